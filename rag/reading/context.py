"""Finds the sentence before an answering one that it leans on: the question of an interview, what "he" or "also" refer to."""

import functools
import re

from index import Document
from index.analysis.languages import record
from index.analysis.sentences import sentences

_LOOKED_BACK = 600  # characters
_MARKS = " \n\t\"“”«»'()–—-*"


def with_context(document: Document, left: int, right: int) -> tuple[int, int]:
    r"""A sentence with the one before it, if it cannot be understood alone.

    It cannot after a question, even in the paragraph before, nor if it begins with a pronoun ("He also …").

    >>> talk = Document("1", "Talk", "— Who is captain?\n\n— Erlan Sadykov.", None, None, None, "en", "")
    >>> with_context(talk, 19, 35)
    (0, 35)
    """
    before = document.text[max(0, left - _LOOKED_BACK) : left]
    if before.rstrip(_MARKS).endswith("?"):
        return _last_sentence(before, left, document.language, in_paragraph=False), right
    if _leans_back(document.language).match(document.text[left:right].lstrip(_MARKS)):
        return _last_sentence(before, left, document.language, in_paragraph=True), right
    return left, right


def _last_sentence(before: str, left: int, language: str, *, in_paragraph: bool) -> int:
    """Where the sentence before a place begins; the place itself if there is none."""
    offset = left - len(before)
    kept = before if in_paragraph else before.rstrip()
    start = kept.rfind("\n\n") + 1
    spans = sentences(kept[start:], language)
    return offset + start + spans[-1][0] if spans else left


@functools.cache
def _leans_back(language: str) -> re.Pattern[str]:
    """A pronoun that a sentence begins with."""
    return re.compile(rf"(?:{record(language).follow_up.pronouns})(?!\w)", re.IGNORECASE)
