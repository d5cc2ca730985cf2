"""The releases that a changelog tells of: their versions, their days, and what is told of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Document
from index.analysis.languages import record
from rag.understanding.days import Calendar
from rag.understanding.when import times_in

VERSION = r"\d+(?:\.\d+){1,3}(?:[-.]?(?:a|b|rc|alpha|beta|dev|post)[-.]?\d*)?"
_LONGEST = 100  # characters of a heading
_LEAST = 2  # headings of a changelog
_LINE = re.compile(r"[^\n]+")
_WHOLE = 3  # numbers of a version that is one without any other sign: 1.2.0
_REST = re.compile(r"[\W_]*(?:[^\W\d_]+[\W_]*)?")  # what a heading may say besides: "– ", "(yanked)", "released"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Release:
    """A release in a document: where its heading stands, in it the version and the day if it has one, and where what is told of it ends."""

    name: str
    heading: Span
    version: Span
    day: Span | None
    end: int


def releases_in(document: Document) -> list[Release]:
    r"""The releases that a changelog tells of, in its order; none if a document has fewer than two headings that name a version.

    >>> text = "1.2.0 (5 May 2024)\n\n* Add tea.\n\n1.1.0\n\n* Drop milk."
    >>> found = releases_in(Document("1", "Changes", text, None, None, None, "en", ""))
    >>> [(each.name, each.day and text[slice(*each.day)], text[each.heading[1] : each.end].strip()) for each in found]
    [('1.2.0', '5 May 2024', '* Add tea.'), ('1.1.0', None, '* Drop milk.')]
    """
    found = list(_headings(document))
    if len(found) < _LEAST:
        return []
    ends = [*(each.heading[0] for each in found[1:]), len(document.text)]
    return [
        Release(each.name, each.heading, each.version, each.day, end) for each, end in zip(found, ends, strict=True)
    ]


def plain_version(version: str) -> str:
    """A version as it is compared: without zeros at its end.

    >>> plain_version("2.0.0"), plain_version("2.0") == plain_version("2.0.0"), plain_version("2.10")
    ('2', True, '2.10')
    """
    return re.sub(r"(?:\.0)+$", "", version.lower())


def _headings(document: Document) -> Iterator[Release]:
    words = record(document.language).releases.version
    heading = re.compile(
        rf"\W*(?P<word>(?:{words})\s+|v)?\[?(?P<version>{VERSION})\b\]?(?P<after>\s+(?:{words}))?", re.IGNORECASE
    )
    for line in _LINE.finditer(document.text):
        begin, end = line.span()
        found = heading.match(line[0]) if end - begin <= _LONGEST else None
        if not found or line[0].lstrip()[:1] in "*-•":
            continue
        day = _day(line[0], found.end(), document.language)
        rest = line[0][found.end() :] if day is None else line[0][found.end() : day[0]] + line[0][day[1] :]
        is_named = day or found["word"] or found["after"] or found["version"].count(".") >= _WHOLE - 1
        if is_named and _REST.fullmatch(rest) and not times_in(found["version"], document.language):
            place = (begin + found.start("version"), begin + found.end("version"))
            yield Release(found["version"], (begin, end), place, day and (begin + day[0], begin + day[1]), end)


def _day(line: str, start: int, language: str) -> Span | None:
    """Where a full date stands in a line after a place; None without one."""
    for named in times_in(line, language):
        time = named.time
        if named.start >= start and isinstance(time, Calendar) and time.year and time.day:
            return named.start, named.end
    return None
