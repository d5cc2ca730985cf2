"""The numbered parts of laws: articles, and the chapters and sections over them, each under a line with its number."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.languages import record

SHORTEST = 80  # characters: a part with fewer stays with what follows


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text from the line with its number up to the next part.

    Attributes:
        article: the number of an article, such as "94-1"; None for a chapter or section.
        start: where the line with the number begins.
        body: where the words after the number begin: its title, if it has one, or what it says.
        end: where the part ends.
    """

    article: str | None
    start: int
    body: int
    end: int


def parts_of(text: str, language: str) -> list[Part]:
    r"""The parts of a text, in order; none for a text that is no law.

    >>> [(part.article, part.start) for part in parts_of("Chapter I\n\nArticle 1\n\nAll are equal.\n\nArticle 1-1. Name\nBe it so.", "en")]
    [(None, 0), ('1', 11), ('1-1', 38)]
    """
    found = list(_heading(language).finditer(text))
    ends = [*(heading.start() for heading in found[1:]), len(text)][: len(found)]
    return [
        Part(heading["article"], heading.start(), heading.end(), len(text[:end].rstrip()))
        for heading, end in zip(found, ends, strict=True)
    ]


def cuts_of(text: str, language: str) -> Iterator[int]:
    """Where a text is cut before its parts: not between numbers with little or nothing below, as tables of contents have."""
    before = 0
    for part in parts_of(text, language):
        if part.start - before >= SHORTEST:
            yield part.start
            before = part.start


@functools.cache
def _heading(language: str) -> re.Pattern[str]:
    """The number of a part at the beginning of a line, alone or before a title: a small letter goes on with a sentence."""
    return re.compile(
        rf"^[ \t]*(?i:{record(language).lists.parts})(?:[.:)]?[ \t]*$|[.:)][ \t]+|[ \t]+(?:[–—-][ \t]+)?(?=[^\W\d_a-zа-яёәғқңөұүһі]|[«“\"]))",
        re.MULTILINE,
    )
