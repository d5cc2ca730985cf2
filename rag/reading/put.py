"""A question as it is put to a passage: in the passage's own words for the time that is asked for.

An article of October 2025 tells of 2024 as "last year", and of its own day in no words at all. The reader sees no dates of print,
so that it would find no "2024" there. Which time a passage tells of is worked out here, and the question is put without it, or in
words that the passage has, too.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from operator import attrgetter

from index import Document
from index.analysis.languages import record
from rag.reading.context import day_over
from rag.types import Passage, Query
from rag.understanding.days import SOON, Calendar, Days, Relative, printed_within, published_days
from rag.understanding.phrases import dated, phrase_of, without_time
from rag.understanding.when import NamedTime, Relation, When, in_year, times_in

LONGEST = 20_000  # characters of a document that is looked through for the times that it names
_SEASON = timedelta(92)  # a longer time that is named, as a year, does not tell of a day in it


def put_to(query: Query, passage: Passage) -> str:
    """The question as it is put to a passage.

    Without the time that it names if only the date of print tells that the passage is of it; with "last year" for 2024, or without
    the year, if the passage says so, too.
    """
    question, language, document, text = query.text, query.language, passage.document, passage.chunk.text
    time = dated(question, language)
    if time is None or time.relation is not Relation.DURING:
        return question
    if is_told_in_print(time, document, text):
        return without_time(question, time, language)
    if time.until:
        return question
    if relative := _as_seen(time, document, text):
        return _with_relative(question, time, relative, language)
    return _without_year(question, time, language) if _is_told_without_year(time, document, text) else question


def is_told_in_print(time: When, document: Document, text: str) -> bool:
    """Whether only the date of print says that a text of a document tells of a time: printed then or soon after, it names no day of it.

    >>> from rag.understanding.when import when
    >>> march, report = when("How many came in March 2025?", "en"), Document("1", "Fair", "", None, None, "2025-03-04", "en", "")
    >>> [is_told_in_print(march, report, text) for text in ("Some 900 came.", "Some 900 came on 3 March.")]
    [True, False]
    """
    asked, printed = time.days(document.published), published_days(document.published)
    if asked is None or printed is None or not isinstance(time.time, Calendar):
        return False
    if printed not in _printed_within(asked, document):
        return False
    part = attrgetter("month" if time.time.month else "year")
    named = (days for each, days in _named(document, text) if isinstance(each, Calendar) and part(each))
    return not any(days.first <= asked.last and asked.first <= days.last for days in named)


def is_of_another_time(asked: When | None, document: Document) -> bool:
    """Whether a document cannot tell of a month or a day that is asked for with its year: it was printed before or long after, and names
    no time near to that.

    >>> from rag.understanding.when import when
    >>> july, texts = when("Which pump failed in July 2024?", "en"), ("The new pump failed.", "In July the new pump failed.")
    >>> [is_of_another_time(july, Document("1", "", text, None, None, "2024-12-02", "en", "")) for text in texts]
    [True, False]
    """
    printed = published_days(document.published)
    if asked is None or asked.relation is not Relation.DURING or not isinstance(asked.time, Calendar):
        return False
    days = asked.days(None) if asked.time.month else None
    if printed is None or days is None or len(document.text) > LONGEST:
        return False
    soon = days if _bears_its_day(document) else Days(days.first, days.last + timedelta(SOON))
    if days.first <= printed.last and printed.first <= soon.last:
        return False
    longest = _SEASON if asked.time.day else timedelta.max
    near = (named for _, named in _named(document, document.text) if named.last - named.first < longest)
    return not any(named.first <= days.last and days.first <= named.last for named in near)


def is_of_other_section(asked: When | None, document: Document, place: int, sentence: str) -> bool:
    r"""Whether the line that dates what stands at a place names days, and none of the time that is asked for; a sentence with a time of its own is of that.

    >>> from rag.understanding.when import when
    >>> july, text = when("Who came in July 2024?", "en"), "2024-07-29\n\nAnn came.\n\n2024-08-05\n\nBob came."
    >>> minutes = Document("1", "Minutes", text, None, None, "2024-08-05", "en", "")
    >>> [is_of_other_section(july, minutes, text.index(name), f"{name} came.") for name in ("Ann", "Bob")]
    [False, True]
    """
    if asked is None or asked.relation is not Relation.DURING or not isinstance(asked.time, Calendar):
        return False
    days, printed = asked.days(document.published), published_days(document.published)
    if days is None or times_in(sentence, document.language) or not (over := day_over(document, place)):
        return False
    named = [each.time.days(printed and printed.first) for each in times_in(over, document.language)]
    told = [each for each in named if each]
    return bool(told) and not any(each.first <= days.last and days.first <= each.last for each in told)


def _printed_within(told: Days, document: Document) -> Days:
    """When a document must be printed to tell of some days without naming them."""
    return told if _bears_its_day(document) else printed_within(told)


def _bears_its_day(document: Document) -> bool:
    """Whether the title says the day of a document, as that of minutes does: it tells of that day, and not of those before."""
    printed = published_days(document.published)
    times = (each.time for each in times_in(document.title, document.language) if isinstance(each.time, Calendar))
    return any(time.day and time.days(None) == printed for time in times)


def _as_seen(time: When, document: Document, text: str) -> Relative | None:
    """How a text names the time as seen from its date: last year for 2024."""
    asked = time.days(document.published)
    found = (each for each, days in _named(document, text) if isinstance(each, Relative) and days == asked)
    return next(found, None)


def _is_told_without_year(time: When, document: Document, text: str) -> bool:
    """Whether a text names a month or a day of the time that is asked for, and no year with it."""
    asked = time.days(document.published)
    if asked is None or not (isinstance(time.time, Calendar) and time.time.year and time.time.month):
        return False
    return any(
        isinstance(each, Calendar) and each.year is None and days in asked for each, days in _named(document, text)
    )


def _named(document: Document, text: str) -> Iterator[tuple[Calendar | Relative, Days]]:
    """The times that a text of a document names, or its title, with their days as seen from its date.

    The day in a title that only dates the document itself is none: "Minutes of 13 November 2024".
    """
    printed = published_days(document.published)
    for named, following in _in_pairs(times_in(f"{document.title}\n{text}", document.language)):
        time = in_year(named.time, [following.time]) if following else named.time
        if not printed or not (days := time.days(printed.first)):
            continue
        if named.start >= len(document.title) or days != printed:
            yield time, days


def _in_pairs(times: Sequence[NamedTime]) -> Iterator[tuple[NamedTime, NamedTime | None]]:
    """Each time with the one that follows at once, as the year in "March next year" does."""
    for at, each in enumerate(times):
        following = times[at + 1] if at + 1 < len(times) else None
        yield each, following if following and following.start - each.end <= 1 else None


def _with_relative(question: str, time: When, relative: Relative, language: str) -> str:
    """A question with "last year" for the year that it names; without that, where no word makes it a time: the budget of 2024."""
    words = record(language).times.relative_words.get((relative.unit, relative.offset))
    named = next((each for each in times_in(question, language) if each.start == time.start), None)
    if words is None or named is None or named.relation is None:
        return without_time(question, time, language)
    start, end = phrase_of(question, time, language)
    words = words if start else words[0].upper() + words[1:]
    return f"{question[:start]}{words}{question[end:]}"


def _without_year(question: str, time: When, language: str) -> str:
    """A question that names a month or a day without its year.

    >>> from rag.understanding.when import when
    >>> asked = "How many died in the accident in November 2024?"
    >>> _without_year(asked, when(asked, "en"), "en")
    'How many died in the accident in November?'
    """
    of_year = record(language).times.of_year
    year = rf"(?:,?\s+|^)\d{{4}}{of_year},?|\d{{4}}{of_year}\s+"
    kept = re.sub(year, "", question[time.start : time.end], count=1, flags=re.IGNORECASE).strip()
    return f"{question[: time.start]}{kept}{question[time.end :]}"
