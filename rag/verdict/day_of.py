"""Tells the day of what a sentence tells with its time of day alone: "at 21:40 she died", after "on 14 March she fell ill"."""

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from index import Document
from index.analysis.languages import record
from rag.reading.context import is_dateline, sentence_at
from rag.types import Query, Reading
from rag.understanding.days import Calendar, weekdays_in
from rag.understanding.when import times_in
from rag.verdict.moments import Moment, moments_in
from rag.verdict.values import moments_of

SENTENCES_BACK = 2  # in which the day may stand
A_WEEK = timedelta(7)
_BLANK = " \n\t"


def asks_time_of_day(query: Query) -> bool:
    """Whether a question asks at what time, or for hours that come again: when does it open; or names the day itself."""
    names_day = weekdays_in(query.text, query.language) or any(map(_is_of_day, _moments(query)))
    return bool(names_day or re.search(record(query.language).answers.asks_clock, query.text, re.IGNORECASE))


def is_time_of_day(reading: Reading) -> bool:
    """Whether words name a time of day, and no day."""
    moments, language = moments_of(reading), reading.document.language
    if moments:
        return all(each.minutes is not None for each in moments)
    return bool(_hours(language).fullmatch(reading.answer.strip())) and not times_in(reading.answer, language)


def is_day(reading: Reading) -> bool:
    """Whether words name a day or a few."""
    return any(_is_of_day(each) for each in moments_of(reading))


def with_day(reading: Reading) -> Reading | None:
    """The day of a time of day that is told alone, with all sentences from the one of the day on; None if none is told nearby.

    It is the nearest in the sentence, else the last one in the sentences before.
    """
    document, left = reading.document, reading.sentence_start
    here = list(_days(document, left, reading.sentence_end))
    if here:
        day = min(here, key=lambda each: abs(left + each.start - reading.start))
        return replace(reading, start=left + day.start, end=left + day.end)
    for _ in range(SENTENCES_BACK):
        before = len(document.text[:left].rstrip(_BLANK)) - 1
        if before < 0:
            return None
        left, right = sentence_at(document, before)
        if found := [each for each in _days(document, left, right) if not is_dateline(document, left + each.start)]:
            day = found[-1]
            return replace(reading, sentence_start=left, start=left + day.start, end=left + day.end)
    return None


def _moments(query: Query) -> list[Moment]:
    return moments_in(query.text, query.language, None)


def _days(document: Document, left: int, right: int) -> Iterable[Moment]:
    """The days that a part of a document names."""
    found = moments_in(document.text[left:right], document.language, document.published)
    return (each for each in found if _is_of_day(each))


def _is_of_day(moment: Moment) -> bool:
    """Whether a time is a day or a few, and no month or year, nor a time of day; a weekday that is not known may come again."""
    if moment.days is None:
        return isinstance(moment.named, Calendar) and moment.named.day is not None
    return moment.days.last - moment.days.first < A_WEEK


@functools.cache
def _hours(language: str) -> re.Pattern[str]:
    return re.compile(record(language).statements.hours, re.IGNORECASE)
