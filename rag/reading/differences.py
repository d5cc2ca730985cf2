"""Tells by how much something changes from what it comes to: a rise by 30 does not answer how many there are."""

import re

from index.analysis.languages import record
from rag.reading.roles import is_marked


class AskedDifference:
    """Whether a question asks by how much something changes, or how many things there are, or how much they cost.

    >>> asked = AskedDifference("By how much did the number of pupils rise?", "en")
    >>> text = "It rose by 30 to 300."
    >>> asked.is_other(text, 11, 13, "en"), asked.is_other(text, 17, 20, "en")
    (False, True)
    """

    def __init__(self, question: str, language: str) -> None:
        answers = record(language).answers
        self._by_how_much = bool(re.search(answers.asks_difference, question, re.IGNORECASE))
        asks_rise = re.search(answers.asks_rise, question, re.IGNORECASE)
        level = f"{answers.asks_count}|{answers.asks_money}"
        self._how_many = not asks_rise and bool(re.search(level, question, re.IGNORECASE))

    def is_other(self, text: str, start: int, end: int, language: str) -> bool:
        """Whether a number, which stands at a place of a text, tells the other of both."""
        statements = record(language).statements
        if self._by_how_much:
            return is_marked(text, start, end, statements.changed_to)
        return self._how_many and is_marked(text, start, end, statements.changed_by)
