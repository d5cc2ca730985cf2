"""Tells what a clause names in another role than is asked for: where somebody comes from or goes to, whose place was taken."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.contrary import clause_at
from rag.reading.succession import NAME, ONE_WORD, asked_succession

NEAR = 60  # characters beside a name, in which stands what its role is


class AskedRole:
    """The role of what a question asks for: a place where something is, or a person who holds an office now.

    >>> asked = AskedRole("In which city are the talks held?", "en")
    >>> text = "The talks were moved from Lund to Malmö."
    >>> asked.is_other(text, 27, 31, "en"), asked.is_other(text, 35, 40, "en")
    (True, False)
    """

    def __init__(self, question: str, language: str) -> None:
        known = record(language)
        self._place = bool(re.search(known.answers.asks_place, question, re.IGNORECASE))
        is_person = bool(re.search(known.answers.asks_person, question, re.IGNORECASE))
        succession = asked_succession(question, language)
        asks_before = whole_words(known.statements.leaves_office).search(question) or (
            succession and succession.is_before
        )
        self._holder = is_person and not asks_before

    def is_other(self, text: str, start: int, end: int, language: str) -> bool:
        """Whether the first name in some words of a text has another role there; False for words without a name."""
        if not (self._place or self._holder):
            return False
        by_case = (
            self._place and record(language).talk.placed_by_case
        )  # two names may stand side by side: Лундтан Мальмёге
        named = (ONE_WORD if by_case else NAME).finditer(text, max(0, start - NEAR), end + NEAR)
        names = (name.span() for name in named)
        name = next((name for name in names if name[1] > start and name[0] < end), None)
        if name is None:
            return False
        return has_left(text, *name, language) if self._holder else _is_elsewhere(text, *name, language)


def has_left(text: str, start: int, end: int, language: str) -> bool:
    """Whether a text says of somebody whom it names that another one takes the place.

    >>> text = "Aida Serova has replaced Ivan Petrov as head."
    >>> has_left(text, 0, 11, "en"), has_left(text, 25, 36, "en")
    (False, True)
    """
    return is_marked(text, start, end, record(language).statements.left)


def came_before(text: str, start: int, end: int, language: str) -> bool:
    """Whether a text says of somebody whom it names that another one has the place now.

    >>> text = "Aida Serova heads the port. The former head Ivan Petrov has retired."
    >>> came_before(text, 0, 11, "en"), came_before(text, 44, 55, "en")
    (False, True)
    """
    return has_left(text, start, end, language) or is_marked(text, start, end, record(language).successions.before)


def comes_from(text: str, start: int, end: int, language: str) -> bool:
    """Whether a text says of a place that it names that something comes from there.

    >>> text = "Көрме Лундтан Мальмёге көшірілді."
    >>> comes_from(text, 6, 13, "kk"), comes_from(text, 14, 22, "kk")
    (True, False)
    """
    return is_marked(text, start, end, record(language).statements.origin)


def _is_elsewhere(text: str, start: int, end: int, language: str) -> bool:
    """Whether something comes from a place, or somebody goes there and nothing was moved there."""
    if comes_from(text, start, end, language):
        return True
    known = record(language).statements
    is_moved = whole_words(known.changed).search(clause_at(text, start))
    return not is_moved and is_marked(text, start, end, known.destination)


def is_marked(text: str, start: int, end: int, pattern: str) -> bool:
    """Whether a pattern is found around words of a text, where # stands before them and after them."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    return bool(re.search(pattern, f"{before}#{text[start:end]}#{after}", re.IGNORECASE))
