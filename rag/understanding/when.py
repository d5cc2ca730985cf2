"""The time that a question names: "as of 8 April", "в марте", "былтыр".

    asked = when(question, language)                 # None: the question names no time
    days = asked.days(document.published)            # the first and the last day that count, both included
    published_days(document.published) in days       # whether an article is from that time

With `as_of`, `before`, `since` and `after` one end is open (`date.min` or `date.max`). A year that is not named is the one in
which the time lies nearest to the article; "since" and "after" look back. "Today" and "now" name no time: what is newest holds now.
A day of the week counts only in "as of Wednesday".
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import TimeWords
from index.analysis.numerals import numerals_in
from rag.understanding.days import Calendar, Days, Relative, Weekday, published_days, weekday

_FIRST_YEAR, _LAST_YEAR = 1500, 2099  # other numbers of four digits count something
_YEAR = r"(?<![\d.,-])(?P<{}>1[5-9]\d\d|20\d\d)(?!\d|[.,]\d)"
_DAY = r"(?<![\d.,])(?P<d>\d{1,2})(?!\d)"
_ISO = re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)")
_BEGINNING = re.compile(r"(?:^|\n|\w\w[.!?…][»”\"]?)\s*$")  # of a sentence: г. Қазан is a town
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")

Time = Calendar | Relative


class Relation(StrEnum):
    """How what is asked for relates to the time that is named."""

    AS_OF = "as_of"  # as of 8 April, by March: what held at its end
    BEFORE = "before"
    SINCE = "since"  # from its first day on
    AFTER = "after"
    DURING = "during"  # in March, on 8 April, from 2019 to 2021


@dataclass(frozen=True, slots=True)
class When:
    """The time that a question names, in its characters `start` to `end`; `until` is the other end of a span.

    >>> asked = when("How many were evacuated as of 8 April?", "en")
    >>> asked.relation.value, asked.time.month, asked.time.day, asked.days("2025-04-14").last.isoformat()
    ('as_of', 4, 8, '2025-04-08')
    """

    relation: Relation
    time: Time | Weekday
    start: int
    end: int
    until: Time | None = None

    def days(self, published: str | None) -> Days | None:
        """The days that count, seen from the date of an article; None if they hang on a date that it does not bear.

        Args:
            published: an ISO date, perhaps only its year or month.
        """
        seen_from = published_days(published)
        is_past = self.relation in (Relation.SINCE, Relation.AFTER)
        first = self.time.days(seen_from and seen_from.first, is_past=is_past)
        last = self.until.days(seen_from and seen_from.first) if self.until else first
        if first is None or last is None:
            return None
        match self.relation:
            case Relation.AS_OF:
                return Days(date.min, last.last)
            case Relation.BEFORE:
                return Days(date.min, first.first - timedelta(first.first > date.min))
            case Relation.SINCE:
                return Days(first.first, date.max)
            case Relation.AFTER:
                return Days(last.last + timedelta(last.last < date.max), date.max)
            case Relation.DURING:
                return Days(min(first.first, last.first), max(first.last, last.last))


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time as it stands in a text; its relation is None where no word tells one, and then a day alone makes it a time."""

    time: Time
    start: int
    end: int
    relation: Relation | None
    until: Time | None = None
    is_sure: bool = False


@functools.lru_cache(256)
def when(question: str, language: str) -> When | None:
    """The time that a question names, or None.

    A month or a year counts only with a word that makes it a time: "in 1995", not "the 1995 constitution". Where several
    are named, the first day or month counts, in the year that is named beside it.

    >>> found = when("Сколько домов затоплено к концу апреля 2025 года?", "ru")
    >>> found.relation.value, found.days(None).last.isoformat()
    ('as_of', '2025-04-30')
    >>> when("Былтыр қанша мектеп салынды?", "kk").time, when("What does the 1995 constitution say?", "en")
    (Relative(unit='year', offset=-1), None)
    """
    known = record(language).times
    found = _joined(question, times_in(question, language), known)
    times = [each for each in found if each.relation or each.is_sure]
    exact = next((each for each in times if isinstance(each.time, Calendar) and each.time.month), None)
    chosen = exact or next(iter(times), None)
    if chosen is None:
        return _as_of_a_weekday(question, language)
    time = in_year(chosen.time, [each.time for each in times])
    return When(chosen.relation or Relation.DURING, time, chosen.start, chosen.end, chosen.until)


def _as_of_a_weekday(question: str, language: str) -> When | None:
    """The day of the week as of which something is asked: by Thursday, according to Wednesday's figures."""
    known = record(language).times
    for match in weekday(language).finditer(question):
        if _relation(question, *match.span(), known, of_a_day=False) is Relation.AS_OF:
            return When(Relation.AS_OF, Weekday(int(str(match.lastgroup)[1:])), *match.span())
    return None


def in_year(time: Time, others: list[Time]) -> Time:
    """A month or a day in the year that the question names apart from it: in March last year."""
    if not isinstance(time, Calendar) or time.year is not None:
        return time
    for other in others:
        if isinstance(other, Calendar) and other.year is not None:
            return replace(time, year=other.year)
        if isinstance(other, Relative) and other.unit == "year":
            return replace(time, years_on=other.offset)
    return time


def _joined(question: str, named: Sequence[NamedTime], known: TimeWords) -> list[NamedTime]:
    """The times of a question, the two ends of a span as one: from March to May."""
    joins = re.compile(rf"\s*(?:{known.joins})\s*", re.IGNORECASE)
    found: list[NamedTime] = []
    for each in named:
        before = found[-1] if found else None
        may_join = before and before.until is None and before.relation in (None, Relation.SINCE, Relation.DURING)
        if before and may_join and joins.fullmatch(question, before.end, each.start):
            first = in_year(before.time, [each.time])
            sure = bool(before.relation or each.relation or each.is_sure)
            found[-1] = NamedTime(first, before.start, each.end, Relation.DURING, each.time, sure)
        else:
            found.append(each)
    return found


@functools.lru_cache(256)  # what a passage names is looked at from several sides
def times_in(text: str, language: str) -> tuple[NamedTime, ...]:
    """Every time in a text, in its order, those that nothing makes a time among them.

    >>> [each.time for each in times_in("On 8 April it was 4.80 m, yesterday 5.12.", "en")][1]
    Relative(unit='day', offset=-1)
    """
    found = list(_relatives(text, language))
    for form in _forms(language):
        for match in form.finditer(text):
            is_free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if is_free and (named := _calendar(text, match, language)):
                found.append(named)
    return tuple(sorted(found, key=lambda each: each.start))


def _relatives(question: str, language: str) -> Iterator[NamedTime]:
    known = record(language).times
    for pattern, (unit, offset) in known.relative.items():
        for match in _apart(pattern).finditer(question):
            relation = _relation(question, match.start(), match.end(), known, of_a_day=unit == "day")
            yield NamedTime(Relative(unit, offset), match.start(), match.end(), relation, is_sure=True)
    for match in _apart(known.ago).finditer(question):
        units = [unit for unit, text in match.groupdict().items() if unit != "count" and text]
        count = _count(match["count"], language)
        if count:
            yield NamedTime(Relative(units[0], -count), match.start(), match.end(), None, is_sure=True)  # type: ignore[arg-type]


@functools.cache
def _apart(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _count(written: str | None, language: str) -> int:
    """How many years ago: "three" is 3, "a" and nothing are 1, another word is 0."""
    if written is None or written.lower() in record(language).numerals.articles:
        return 1
    numbers = numerals_in(written, language)
    return int(numbers[0].value) if numbers and numbers[0].value < _LAST_YEAR else 0


@functools.cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    """How a day, a month or a year is written, most particular first."""
    known = record(language).times
    ended = "" if known.parts_follow else r"(?!\w)"  # endings follow a month where parts do
    month = rf"(?<!\w)(?P<name>{'|'.join(known.months)}){ended}"
    day, between, of_year = _DAY + known.of_day, known.between, known.of_year
    ahead = rf"(?:{_YEAR.format('y')}{of_year}{between})?"
    behind = rf"(?:{between}{_YEAR.format('y2')}{of_year})?"
    span = rf"(?:\s*(?:{known.joins})\s*(?P<d2>\d{{1,2}}))?"
    forms = (
        rf"{ahead}{_DAY}{span}{known.of_day}{between}{month}{behind}",
        rf"{month}{between}{_DAY}{span}{known.of_day}{between}{_YEAR.format('y2')}{of_year}",
        rf"{month}{between}{day}{behind}",
        rf"{ahead}{month}{behind}",
        rf"{_YEAR.format('y')}(?:[-–—/](?P<last>\d{{4}}|\d\d)(?!\d))?(?P<of>{of_year})",
    )
    return (_ISO, _DOTTED, *(re.compile(form, re.IGNORECASE) for form in forms))


def _calendar(question: str, match: re.Match[str], language: str) -> NamedTime | None:
    """A year, a month or a day that one of the forms matched; None if it counts something."""
    known = record(language).times
    parts = match.groupdict()
    year = int(parts.get("y") or parts.get("y2") or 0) or None
    month = _month(parts, known)
    day = int(parts.get("d") or 0) or None
    start, end, part = _with_part(question, match, known) if not day else (*match.span(), None)
    if not _is_time(question, match, language) or not 0 <= (month or 0) <= 12 or (day or 0) > 31:
        return None
    relation = _relation(question, start, end, known, of_a_day=bool(day) or part is not None)
    time = Calendar(year, month, day, part=part)
    until: Calendar | None = None
    if last := parts.get("last"):
        until = Calendar(int(last if len(last) == 4 else f"{year}"[:2] + last))
    elif last := parts.get("d2"):
        until = replace(time, day=int(last))
    return NamedTime(time, start, end, relation, until, bool(day) or bool(until and parts.get("of")))


def _month(parts: dict[str, str | None], known: TimeWords) -> int | None:
    name = parts.get("name")
    if not name:
        return int(parts.get("m") or 0) or None
    return next(at for at, form in enumerate(known.months, 1) if re.fullmatch(form, name, re.IGNORECASE))


def _with_part(question: str, match: re.Match[str], known: TimeWords) -> tuple[int, int, int | None]:
    """Where a month or a year begins and ends with the part of it that is named, and which that is."""
    start, end = match.span()
    for part, words in enumerate(known.parts):
        if known.parts_follow:
            if found := re.compile(words, re.IGNORECASE).match(question, end):
                return start, found.end(), part
        elif found := re.search(rf"(?<!\w)(?:{words})[\s-]*$", question[:start], re.IGNORECASE):
            return found.start(), end, part
    return start, end, None


def _is_time(question: str, match: re.Match[str], language: str) -> bool:
    """Whether a match is no number of things, as in "2000 homes", and no name, as in Қазанда."""
    parts = match.groupdict()
    name, has_day = parts.get("name"), bool(parts.get("d"))
    is_capital = name and not has_day and record(language).cyrillic and name[0].isupper()
    if is_capital and not _BEGINNING.search(question[: match.start()]):
        return False
    ends_in_number = question[match.end() - 1].isdigit() and not parts.get("m") and not (name and parts.get("y2"))
    following = _NEXT_WORD.match(question, match.end())
    if not ends_in_number or not following or following[1][0].isupper():
        return True
    return following[1] in _small_words(language)


@functools.cache
def _small_words(language: str) -> frozenset[str]:
    return RECORDS[language].small_words | RECORDS[language].question_words


def _relation(question: str, start: int, end: int, known: TimeWords, *, of_a_day: bool) -> Relation | None:
    """How the words around a time relate it to what is asked; None if they do not tell."""
    ahead = question[:start]
    if of_a_day and known.before_a_day and re.search(rf"(?<!\w){known.before_a_day}\s+$", ahead, re.IGNORECASE):
        return Relation.AS_OF
    for relation in Relation:
        before, after = known.before.get(relation), known.after.get(relation)
        if before and re.search(rf"(?<!\w)(?:{before})\s+$", ahead, re.IGNORECASE):
            return relation
        if after and re.compile(after, re.IGNORECASE).match(question, end):
            return relation
    return None
