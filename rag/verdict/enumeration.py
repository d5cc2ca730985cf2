"""Enumerations: their items, and the one that words announce ("in two ways: by phone or by post")."""

import re
from dataclasses import replace
from itertools import pairwise

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from rag.types import Reading

LONGEST = 400  # characters of an enumeration that belongs to words
_BETWEEN = re.compile(
    r",\s*(?:and|or|и|или|а также|және|мен)?\s+|\s+(?:and|or|as well as|и|или|а также|мен|пен|және)\s+|;\s+"
)
_ANNOUNCED = re.compile(r"[^.,;:()!?\n]{0,40}?(:\s+|\s+[—–]\s+)(?=\S)")


def items(words: str) -> list[tuple[int, int]]:
    """Where the items of an enumeration stand.

    >>> [words[start:end] for words in ["Asel Kim, Per Lund and others"] for start, end in items(words)]
    ['Asel Kim', 'Per Lund', 'others']
    """
    marks = [(0, 0), *(mark.span() for mark in _BETWEEN.finditer(words)), (len(words), len(words))]
    return [(left[1], right[0]) for left, right in pairwise(marks) if left[1] < right[0]]


def is_between_items(words: str) -> bool:
    """Whether some words stand between two items of an enumeration.

    >>> [is_between_items(each) for each in (", ", " and ", " ", " in ")]
    [True, True, False, False]
    """
    return bool(_BETWEEN.fullmatch(words))


def enumerates(words: str) -> bool:
    """Whether words join two things or more by a conjunction: no name with an office after a comma does.

    >>> [enumerates(each) for each in ("the lake, the mill and the pier", "Asel Kim, director of the mill")]
    [True, False]
    """
    return any(words[mark.start() : mark.end()].strip(" ,;") for mark in _BETWEEN.finditer(words))


def is_list(words: str) -> bool:
    """Whether words enumerate three things or more."""
    return len(items(words)) > 2


def announces(words: str, language: str) -> bool:
    """Whether words announce several things and name none: in two ways, for several reasons.

    >>> [announces(each, "en") for each in ("two online portals", "several reasons", "the portals", "in 2019")]
    [True, True, False, False]
    """
    if whole_words(record(language).lists.announcing).search(words):
        return True
    numerals = [each for each in numerals_in(words, language) if not each.ordinal]
    return any(each.value is not None and 2 <= each.value <= 12 for each in numerals) and not any(
        map(str.isdigit, words)
    )


def with_its_list(reading: Reading) -> Reading:
    """Words with the enumeration that their sentence gives after a colon or a dash: "two ways: by phone or by post"."""
    document = reading.document
    rest = document.text[reading.end : reading.sentence_end]
    found = _ANNOUNCED.match(rest)
    if found is None or len(rest) > LONGEST or len(items(rest[found.end() :])) < 2:
        return reading
    is_right_before = found.start(1) == 0 and ":" in found[1]
    if not is_right_before and not announces(reading.answer, document.language):
        return reading
    return replace(reading, end=reading.end + len(rest.rstrip(" \n.;!")))


def only_announces(reading: Reading) -> bool:
    """Whether words announce reasons, ways or the like, and tell none: "for two reasons"."""
    language = reading.document.language
    announced = whole_words(record(language).lists.announced)
    is_told = ":" in reading.answer or len(items(reading.answer)) > 1
    return not is_told and bool(announced.search(reading.answer)) and announces(reading.answer, language)
