"""The units that a question asks for: what does bread cost, what share, how many houses."""

import functools
import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.quantities import Quantity, measured_in

MONEY = frozenset("tenge ruble dollar euro pound yuan som crown franc yen rupee peso lira".split())
_SHARES = frozenset({"percent", "point"})
_OF_GOODS = frozenset({"kg"})  # nine tonnes of apples
_LITTLE = 3  # words after "how many" among which a unit may stand: how many paid vacation days


class AskedUnit:
    """Tells whether a quantity may be what a question asks for, by its unit.

    >>> from rag.reading.quantities import quantities_in
    >>> asked = AskedUnit("How much does a loaf cost?", "en")
    >>> [asked.allows(each) for each in quantities_in("185 tenge for 600 grams, 25 more than in summer", "en")]
    [True, False, True]
    """

    def __init__(self, question: str, language: str) -> None:
        answers = record(language).answers
        self._unit = _unit_in(after_asking(question, language), language)
        self._share = bool(_pattern(answers.asks_share).search(question))
        self._part = self._share or bool(_pattern(answers.asks_part).search(question))
        self._units = None
        if self._unit:
            self._units = frozenset({self._unit})
        elif _pattern(answers.asks_count).search(question):
            self._units = _OF_GOODS
        elif _pattern(answers.asks_weight).search(question):
            self._units = frozenset({"kg"})
        elif _pattern(answers.asks_money).search(question) and not _pattern(answers.asks_extent).search(question):
            self._units = MONEY
        self._is_priced = self._units is MONEY
        if self._is_priced and (self._part or _pattern(answers.asks_rise).search(question)):
            self._units = MONEY | _SHARES

    def allows(self, quantity: Quantity) -> bool:
        """Whether a quantity has that unit, or one that is not known; a share must be a percentage or a fraction."""
        if self._share:
            return quantity.unit in _SHARES or quantity.amount.denominator != 1
        return self._units is None or not quantity.unit or quantity.unit in self._units

    def is_met_by_none(self, words: str, language: str) -> bool:
        """Whether words answer what something costs without a number: it is free.

        >>> AskedUnit("How much do pupils pay?", "en").is_met_by_none("free for pupils", "en")
        True
        """
        return self._is_priced and bool(whole_words(record(language).answers.free).search(words))

    def is_met_by_share(self, words: str, language: str) -> bool:
        """Whether words tell the share, or the part, that is asked for without a percentage.

        >>> AskedUnit("What share of the donors was new?", "en").is_met_by_share("every third donor", "en")
        True
        """
        return self._part and bool(_pattern(record(language).answers.shares).search(words))


def _unit_in(words: str, language: str) -> str:
    """The unit that words begin with, or that follows what only says of which kind it is; "" if there is none.

    >>> [_unit_in(words, "en") for words in ("vacation days", "square metres", "people a day", "buses on working days")]
    ['day', 'm2', '', '']
    """
    of_kind = _pattern(record(language).answers.of_units)
    while words:
        if unit := measured_in(words, language):
            return unit
        if not of_kind.match(words):
            return ""
        words = words.partition(" ")[2]
    return ""


def after_asking(question: str, language: str) -> str:
    """The words after "how many"."""
    asking = whole_words(record(language).answers.asks_number).search(question)
    return " ".join(question[asking.end() :].split()[:_LITTLE]) if asking else ""


@functools.cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
