"""What a question asks the price or the rise of: what never names that thing, in its language, tells of others, of milk and not of bread."""

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
BEFORE = 100  # characters before a sentence, in which the thing may be named that it tells of
_WORD = re.compile(r"[^\W\d_]{2,}")


class Priced:
    """Tells which readings may be of the thing whose price, or whose rise, a question asks for.

    Args:
        query: what was asked; a question for anything else is of no such thing.
    """

    def __init__(self, query: Query) -> None:
        self._language = query.language
        is_asked = re.search(_asking(query.language), query.text, re.IGNORECASE)
        self._things = _things(query) if is_asked else frozenset[str]()

    def is_told(self, readings: Iterable[Reading], shown: float) -> bool:
        """Whether an article of the question's language names the thing, and has an answer at least as likely as `shown`."""
        likely = (each.document for each in readings if each.confidence >= shown)
        return any(each.language == self._language and self._names(each) for each in likely)

    def is_of_another(self, reading: Reading) -> bool:
        """Whether the article of a reading is in the question's language, and never names the thing."""
        return bool(self._things) and reading.document.language == self._language and not self._names(reading.document)

    def is_told_of_another(self, first: Reading, other: Reading) -> bool:
        """Whether one reading names the thing, and another one in the question's language does not, nor the words before it."""
        is_asked = bool(self._things) and other.document.language == self._language
        is_named = first.document.language != self._language or self._stands_near(first)
        return is_asked and is_named and not self._stands_near(other)

    def _names(self, document: Document) -> bool:
        return not self._things.isdisjoint(_stems(f"{document.title} {document.text[:LONGEST]}", document.language))

    def _stands_near(self, reading: Reading) -> bool:
        """Whether the thing is named in a sentence or shortly before it."""
        near = reading.document.text[max(0, reading.sentence_start - BEFORE) : reading.sentence_end]
        return not self._things.isdisjoint(stems(near, reading.document.language))


@lru_cache(64)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language))


def _things(query: Query) -> frozenset[str]:
    """The stems of a question's words, without names, numbers, units and what asks for a price."""
    known, language = record(query.language), query.language
    text = re.sub(f"{_asking(language)}|{known.follow_up.asking}", " ", query.text, flags=re.IGNORECASE)
    small = known.little_words
    found = (word[0] for word in _WORD.finditer(text) if word[0].lower() not in small and not word[0][0].isupper())
    things = (word for word in found if not measured_in(word, language) and not numerals_in(word, language))
    return frozenset(stems(" ".join(things), language))


def _asking(language: str) -> str:
    """What asks for a price or a rise."""
    answers = record(language).answers
    return f"{answers.asks_money}|{answers.asks_rise}"
