"""A question as it is put to a passage: in the passage's own words for the time that is asked for.

An article of October 2025 tells of 2024 as "last year", and of its own day in no words at all. The reader sees no dates of print,
so that it would find no "2024" there. Which time a passage tells of is worked out here, and the question is put without it, or in
words that the passage has, too.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from operator import attrgetter

from index import Document
from index.analysis.languages import record
from rag.types import Passage, Query
from rag.understanding.days import Calendar, Days, Relative, published_days
from rag.understanding.phrases import dated, phrase_of, without_time
from rag.understanding.when import NamedTime, Relation, When, in_year, times_in

SOON = 31  # days after a time in which articles still tell of it; of a day or two, only two days more than they last


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
    soon = asked.last + timedelta(min(SOON, 2 + (asked.last - asked.first).days))
    if printed.first < asked.first or soon < printed.last:
        return False
    part = attrgetter("month" if time.time.month else "year")
    named = (days for each, days in _named(document, text) if isinstance(each, Calendar) and part(each))
    return not any(days.first <= asked.last and asked.first <= days.last for days in named)


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
    """The times that a text of a document names, or its title, with their days as seen from its date."""
    printed = published_days(document.published)
    for named, following in _in_pairs(times_in(f"{document.title}\n{text}", document.language)):
        time = in_year(named.time, [following.time]) if following else named.time
        if printed and (days := time.days(printed.first)):
            yield time, days


def _in_pairs(times: list[NamedTime]) -> Iterator[tuple[NamedTime, NamedTime | None]]:
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
