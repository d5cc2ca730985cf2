"""Leaves out what is not the article: a picture's credit, a menu of other headlines at the foot. A fact is never left out.

Everything that goes is returned as a note. In doubt it stays: a credit that is quoted does less harm than a fact that is lost.
"""

import re

from index.analysis.languages import in_any, words_of_any
from index.types import Note

_PICTURES = in_any(lambda language: language.layout.pictures)
_CREDITS = in_any(lambda language: language.layout.credits)
_CREDIT = re.compile(
    rf"(?:(?<=^)|(?<=[.!?…)»”\"])|(?<=[.!?…)»”\"]\s))\s*[(\[]?(?P<credit>(?:©\s*)?(?:{_PICTURES})"
    rf"(?:(?:\s+(?:{_CREDITS}))?\s*[:©]|\s+(?:by|courtesy of))\s*(?P<name>\S.{{0,80}}?))[)\]]?\s*$",
    re.IGNORECASE,
)
_NAME_WORDS = 8
# What stands in a credit besides names; any other word in small letters may be part of a sentence.
_CREDIT_WORDS = words_of_any(lambda language: language.layout.credit_words)
_HAS_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r",?\s*(?:19|20)\d\d$")
_MENU_HEADING = re.compile(rf"\W*(?:{in_any(lambda language: language.layout.menus)})\W*", re.IGNORECASE)
_LIST_MARK = re.compile(r"\s*(?:[-*•–—▪►]|\d{1,2}[.)])\s+")
_ENDS_SENTENCE = re.compile(r"[.!?…;][\"”»’)]*$")
_MENU_MINIMUM = 3  # headlines
_HEADLINE_LIMIT = 200  # characters


def without_boilerplate(text: str) -> tuple[str, tuple[Note, ...]]:
    r"""Leave out credits of pictures and a menu at the foot.

    >>> without_boilerplate("The park cost 480 million. Photo: City Hall\n\nIt has a pond.")
    ('The park cost 480 million.\n\nIt has a pond.', (Note(kind='caption left out', detail='Photo: City Hall'),))
    """
    notes: list[Note] = []
    lines = [_without_credit(line, notes) for line in text.split("\n")]
    at = _menu_at(lines)
    if at < len(lines):
        notes.append(Note("menu left out", " / ".join(line.strip() for line in lines[at:] if line.strip())[:200]))
    return "\n".join(lines[:at]), tuple(notes)


def _without_credit(line: str, notes: list[Note]) -> str:
    """A paragraph without the credit at its end; the sentences before it stay."""
    found = _CREDIT.search(line)
    if not found or not _is_name(found["name"]):
        return line
    notes.append(Note("caption left out", found["credit"].strip()))
    return line[: found.start()].rstrip()


def _is_name(text: str) -> bool:
    """Whether words may be the name of a person or a body, and no sentence: capitals, initials, and words of credits."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", _YEAR.sub("", text))
    if (
        not words
        or len(words) > _NAME_WORDS
        or _HAS_FIGURE.search(_YEAR.sub("", text))
        or re.search(r"\w{3}[.!?]\s", text)
    ):
        return False
    return all(not word[0].islower() or word.rstrip(".").lower() in _CREDIT_WORDS for word in words)


def _menu_at(lines: list[str]) -> int:
    """Where a menu begins at the end of the lines: a heading such as "Latest news", then three or more headlines.

    A list with a figure in it, or one of sentences, belongs to the article.
    """
    items = 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if not line:
            continue
        if items >= _MENU_MINIMUM and _MENU_HEADING.fullmatch(line):
            return at
        if not _LIST_MARK.match(line) or not _is_headline(_LIST_MARK.sub("", line)):
            break
        items += 1
    return len(lines)


def _is_headline(text: str) -> bool:
    return len(text) <= _HEADLINE_LIMIT and not _HAS_FIGURE.search(text) and not _ENDS_SENTENCE.search(text)
