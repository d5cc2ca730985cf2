"""What a question asks the price of: articles of its language that never name that thing tell of others, of milk and not of bread."""

import re
from collections.abc import Iterable
from functools import lru_cache

from index import Document
from index.analysis.languages import record
from index.analysis.numerals import numerals_in
from index.analysis.terms import stems
from rag.reading.quantities import measured_in
from rag.types import Query, Reading

LONGEST = 20_000  # characters of an article, in which the thing is looked for
_WORD = re.compile(r"[^\W\d_]{2,}")


class Priced:
    """Tells which readings may be of the thing whose price a question asks for.

    Args:
        query: what was asked; a question for anything else is of no such thing.
    """

    def __init__(self, query: Query) -> None:
        self._language = query.language
        self._things = _things(query) if re.search(_money(query.language), query.text, re.IGNORECASE) else frozenset()

    def is_told(self, readings: Iterable[Reading], shown: float) -> bool:
        """Whether an article of the question's language names the thing, and has an answer at least as likely as `shown`."""
        likely = (each.document for each in readings if each.confidence >= shown)
        return any(each.language == self._language and self._names(each) for each in likely)

    def is_of_another(self, reading: Reading) -> bool:
        """Whether the article of a reading is in the question's language, and never names the thing."""
        return bool(self._things) and reading.document.language == self._language and not self._names(reading.document)

    def _names(self, document: Document) -> bool:
        return not self._things.isdisjoint(_stems(f"{document.title} {document.text[:LONGEST]}", document.language))


@lru_cache(64)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language))


def _things(query: Query) -> frozenset[str]:
    """The stems of a question's words, without names, numbers, units and what asks for a price."""
    known, language = record(query.language), query.language
    text = re.sub(f"{_money(language)}|{known.follow_up.asking}", " ", query.text, flags=re.IGNORECASE)
    small = known.small_words | known.function_words | known.question_words
    found = (word[0] for word in _WORD.finditer(text) if word[0].lower() not in small and not word[0][0].isupper())
    things = (word for word in found if not measured_in(word, language) and not numerals_in(word, language))
    return frozenset(stems(" ".join(things), language))


def _money(language: str) -> str:
    return record(language).answers.asks_money
