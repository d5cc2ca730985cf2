"""Days that a text names, as values: "6 марта", "March 6, 2024", "on Thursday" and "yesterday" as seen from the article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from rag.understanding.days import Calendar, Days, Relative, published_days, weekday
from rag.understanding.when import NamedTime, in_year, times_in

_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)(?!\d|:)|(?:\.\s?(?P<dotted>[0-5]\d))?(?!\d)\s*(?=[ap]\.?m\b))"
    r"(?:\s*(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_HOURS, _NOON = 24, 720  # in a day; in minutes
_SAID_NEAR = 25  # characters beside a time of day, in which its half of the day stands
_SOME_DAY = date(2000, 1, 1)  # from which both are seen, where neither article has a date
_NEAR = 4  # characters between a weekday and its date: Monday, 7 April
_BETWEEN = re.compile(r"[^\W\d_]{0,5}\s+(?:(?:of|в|во)\s+)?")  # a month or a season and its year: June of next year
_LONG_AGO = timedelta(31)  # what is still to come is not that long past: planned in March for November
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_LEAST = 4  # letters of the name of a month that is known by its capital: no "May"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names at `start` to `end`: days, or a time of day in minutes since midnight.

    Both are None for a day that is seen from an article without a date. `named` is then what it says of that day all the same: a
    date without a year, or a weekday, 0 for Monday.
    """

    start: int
    end: int
    days: Days | None
    minutes: int | None = None
    named: Calendar | int | None = None

    def equals(self, other: "Moment") -> bool:
        """Whether both may be one time: the days of one lie in those of the other, or it is the same minute."""
        if self.minutes is not None or other.minutes is not None:
            return self.minutes == other.minutes
        days, others = self._days_beside(other), other._days_beside(self)
        if days is None or others is None:
            return isinstance(self.named, int) and self.named == other.named
        return days in others or others in days

    def is_vaguer(self, other: "Moment") -> bool:
        """Whether the days of the other one are some of its own: May beside 4 May."""
        days, others = self._days_beside(other), other._days_beside(self)
        return days is not None and others is not None and others in days and days not in others

    def can_be_compared(self, other: "Moment") -> bool:
        """Whether it can be told if both are one time: "yesterday" in an article without a date is no day."""
        if self.minutes is not None or other.minutes is not None:
            return self.minutes is not None and other.minutes is not None
        both_weekdays = isinstance(self.named, int) and isinstance(other.named, int)
        return both_weekdays or None not in (self._days_beside(other), other._days_beside(self))

    def _days_beside(self, other: "Moment") -> Days | None:
        """Its days; where its article has no date, those nearest to the other time."""
        if self.days or self.named is None:
            return self.days
        seen_from = other.days.first if other.days else _SOME_DAY
        if isinstance(self.named, Calendar):
            return self.named.days(seen_from)
        is_that_weekday = other.days is not None and other.days.first.weekday() == self.named
        return other.days if is_that_weekday else None


def moments_in(text: str, language: str, published: str | None) -> list[Moment]:
    """The days, months and years that a text names, in their order, as seen from the date of its article.

    >>> [str(each.days.first) for each in moments_in("On Thursday, not 6 March", "en", "2024-03-11")]
    ['2024-03-07', '2024-03-06']
    >>> [str(each.days.first) for each in moments_in("Мост обещают открыть в четверг", "ru", "2024-03-11")]
    ['2024-03-14']
    >>> moments_in("They left more than 90 days ago", "en", "2024-03-11")
    []
    """
    seen = published_days(published)
    seen_from = seen.last if seen else None
    is_planned = bool(whole_words(record(language).statements.planned).search(text))
    named = [each for each in times_in(text, language) if not _is_bound(text, each, language)]
    times = [
        each for each in _with_years(text, named) if each.relation or each.is_sure or _is_month(text, each, language)
    ]
    seasons = list(_seasons(text, language, seen_from, named, is_planned=is_planned))
    found = seasons + [
        _moment(each, seen_from, is_planned=is_planned)
        for each in times
        if not any(season.start <= each.start < season.end for season in seasons)
    ]
    clocks = [Moment(match.start(), match.end(), None, _minutes(match)) for match in _CLOCK.finditer(text)]
    clocks += _clocks_in_words(text, language)
    dated = [range(each.start - _NEAR, each.end + _NEAR) for each in found]
    weekdays = (
        day
        for day in _weekdays(text, language, seen_from, is_planned=is_planned)
        if not any(day.start in near or day.end in near for near in dated)
    )
    return sorted((*clocks, *found, *weekdays), key=lambda moment: moment.start)


def _is_bound(text: str, named: NamedTime, language: str) -> bool:
    """Whether a text says only that something was before or after a time that is seen from its article: more than 90 days ago."""
    bounds = record(language).times.bounds
    before = text[: named.start]
    return isinstance(named.time, Relative) and bool(re.search(rf"(?<!\w)(?:{bounds})\s+$", before, re.IGNORECASE))


def _with_years(text: str, named: Sequence[NamedTime]) -> list[NamedTime]:
    """Times, a month or a day as one with the year beside it that is named apart: in June next year, келер жылы маусымда."""
    found: list[NamedTime] = []
    for each in named:
        before = found[-1] if found else None
        if before and _BETWEEN.fullmatch(text, before.end, each.start) and (both := _in_one_year(before, each)):
            found[-1] = both
        else:
            found.append(each)
    return found


def _in_one_year(one: NamedTime, other: NamedTime) -> NamedTime | None:
    """Two times of which one is the year of the other, as one; None if they are no such."""
    month, year = (one, other) if _has_month(one) else (other, one)
    time = in_year(month.time, [year.time])
    if _has_month(year) or time == month.time:
        return None
    until = month.until and in_year(month.until, [year.time])
    return NamedTime(time, one.start, other.end, month.relation, until, is_sure=True)


def _has_month(named: NamedTime) -> bool:
    return isinstance(named.time, Calendar) and named.time.month is not None


def _is_month(text: str, named: NamedTime, language: str) -> bool:
    """Whether a month is named with its year, or known by its capital letter, and goes with no noun: to November."""
    if not isinstance(named.time, Calendar) or named.time.month is None:
        return False
    if named.time.year is not None or named.time.years_on is not None:
        return True
    month = text[named.start : named.end].split()[-1].rpartition("-")[2]
    following = _NEXT_WORD.match(text, named.end)
    is_alone = following is None or following[1] in record(language).sentences.starters
    return month.istitle() and len(month) >= _LEAST and is_alone


def _moment(named: NamedTime, seen_from: date | None, *, is_planned: bool) -> Moment:
    """A time as it is seen from the date of its article, with the days of both ends of a span."""
    ends = [named.time, named.until or named.time]
    first, last = (_days_of(each, seen_from, is_planned=is_planned) for each in ends)
    days = Days(min(first.first, last.first), max(first.last, last.last)) if first and last else None
    return Moment(named.start, named.end, days, named=named.time if isinstance(named.time, Calendar) else None)


def _days_of(time: Calendar | Relative, seen_from: date | None, *, is_planned: bool) -> Days | None:
    """The days of a time; of what is planned the next ones, if those nearest are long past."""
    days = time.days(seen_from)
    if not (is_planned and days and seen_from and isinstance(time, Calendar)):
        return days
    is_fixed = time.year is not None or time.years_on is not None
    return (
        days if is_fixed or days.last >= seen_from - _LONG_AGO else replace(time, year=days.first.year + 1).days(None)
    )


def _seasons(
    text: str, language: str, seen_from: date | None, named: Sequence[NamedTime], *, is_planned: bool
) -> Iterator[Moment]:
    """The seasons that a text names, in the year that stands beside them, or as seen from the date of its article."""
    years = [each for each in named if not _has_month(each)]
    for number, season in enumerate(map(whole_words, record(language).statements.seasons)):
        for match in season.finditer(text):
            year = next((each for each in years if _is_beside(text, match, each)), None)
            middle = in_year(Calendar(month=3 * number + 1), [year.time] if year else [])
            if days := _days_of(middle, seen_from, is_planned=is_planned):
                first, last = days.first - timedelta(1), days.last + timedelta(1)
                last_month = Calendar(last.year, last.month).days(None) or days
                start, end = (min(match.start(), year.start), max(match.end(), year.end)) if year else match.span()
                yield Moment(start, end, Days(first.replace(day=1), last_month.last))


def _is_beside(text: str, season: re.Match[str], year: NamedTime) -> bool:
    between = [(season.end(), year.start), (year.end, season.start())]
    return any(_BETWEEN.fullmatch(text, *place) for place in between)


def _minutes(match: re.Match[str]) -> int:
    """Minutes since midnight: 4:20, 9.05 p.m."""
    hour, minute = int(match["hour"]), int(match["minute"] or match["dotted"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    return 60 * hour + minute


def _clocks_in_words(text: str, language: str) -> list[Moment]:
    """Times of day in words: half past four, в семь часов вечера, сағат төртте.

    >>> [each.minutes for each in _clocks_in_words("at seventeen minutes past four, at seven in the evening", "en")]
    [257, 1140]
    """
    known = record(language).statements
    found: list[Moment] = []
    for pattern, factor in known.clocks.items():
        for match in whole_words(pattern).finditer(text):
            minutes = _minutes_in_words(match.groupdict(), factor, language)
            is_free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if minutes is not None and is_free:
                before = text[max(0, match.start() - _SAID_NEAR) : match.start()].rpartition(",")[2]
                after = text[match.end() : match.end() + _SAID_NEAR].partition(",")[0]
                is_late = minutes < _NOON and bool(whole_words(known.late).search(before + match[0] + after))
                found.append(Moment(match.start(), match.end(), None, minutes + _NOON * is_late))
    return found


def _minutes_in_words(parts: Mapping[str, str | None], factor: int, language: str) -> int | None:
    """Minutes since midnight by the words for the hour and the minutes, None if they are no such numbers."""
    hours, minutes = (numerals_in(parts.get(name) or "", language) for name in ("hour", "minute"))
    if len(hours) != 1 or hours[0].value > _HOURS or bool(parts.get("minute")) != bool(minutes):
        return None
    if not minutes:
        return 60 * int(hours[0].value) + (factor if abs(factor) > 1 else 0)
    return 60 * int(hours[0].value) + factor * int(minutes[0].value)


def _weekdays(text: str, language: str, seen_from: date | None, *, is_planned: bool) -> Iterator[Moment]:
    """The days of the week in a text: the last one, or the next one where the text tells of what is to come."""
    for match in weekday(language).finditer(text):
        day = int(str(match.lastgroup)[1:])
        days = None
        if seen_from:
            back = (seen_from.weekday() - day) % 7
            the_day = seen_from + timedelta(7 - back if is_planned else -back)
            days = Days(the_day, the_day)
        yield Moment(match.start(), match.end(), days, named=day)
