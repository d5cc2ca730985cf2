"""The days under which minutes, diaries and programmes tell what happened: headings that name a day, and what stands below each."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Document
from index.articles.metadata.title_date import date_in_title
from rag.reading.context import only_names_time
from rag.understanding.days import Calendar, Days, published_days
from rag.understanding.when import times_in

_LONGEST = 60  # characters of a heading
_LEAST = 2  # headings of a document that is told by days
_LINE = re.compile(r"[^\n]+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DaySection:
    """What stands under a day: where its heading stands, in it the day, where the section ends, and the day as far as it is known."""

    heading: Span
    named: Span
    end: int
    day: Days | None


@functools.lru_cache(64)
def day_sections(document: Document) -> tuple[DaySection, ...]:
    r"""The days that stand over what a document tells, in its order; none if there are fewer than two.

    >>> minutes = Document("1", "Minutes", "May 3\n\n- We met.\n\nMay 10\n\n- We parted.", None, None, "2021-05-03", "en", "")
    >>> [(minutes.text[slice(*each.named)], each.day.first.isoformat()) for each in day_sections(minutes)]
    [('May 3', '2021-05-03'), ('May 10', '2021-05-10')]
    """
    found = list(_headings(document))
    if len(found) < _LEAST:
        return ()
    ends = [*(heading[0] for heading, _, _ in found[1:]), len(document.text)]
    printed = published_days(document.published)
    return tuple(
        DaySection(heading, named, end, day.days(printed and printed.first))
        for (heading, named, day), end in zip(found, ends, strict=True)
    )


def _headings(document: Document) -> Iterator[tuple[Span, Span, Calendar]]:
    """The lines that name one day and hardly anything else, over more text."""
    text = document.text
    for line in _LINE.finditer(text):
        start, end = line.span()
        if len(line[0]) > _LONGEST or not any(map(str.isdigit, line[0])) or not text[end:].strip():
            continue
        days = [
            each for each in times_in(line[0], document.language) if isinstance(each.time, Calendar) and each.time.day
        ]
        if len(days) != 1 or days[0].until or not _is_heading(document, start, end):
            continue
        (named,) = days
        if isinstance(named.time, Calendar):
            yield (start, end), (start + named.start, start + named.end), named.time


def _is_heading(document: Document, start: int, end: int) -> bool:
    """Whether a line names a day alone, or stands alone and bears the day as minutes do: "Meeting of 5 May 2024"."""
    line = document.text[start:end]
    is_alone = document.text[max(0, start - 2) : start] in ("", "\n\n") and document.text.startswith("\n\n", end)
    return only_names_time(line, document.language) or (is_alone and date_in_title(line) is not None)
