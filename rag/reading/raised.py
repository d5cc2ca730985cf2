"""Tells the number that holds from the one before it where a sentence names both: raised from 100 to 150."""

import functools
import itertools
import re
from typing import NamedTuple

from index.analysis.languages import record
from rag.reading.now_and_before import names_before
from rag.reading.quantities import Quantity, quantities_in
from rag.understanding.when import times_in

_BEFORE, _AFTER, _BETWEEN = 80, 60, 40  # characters around two numbers, and between them
_END = re.compile(r"[.!?;]\s|\n")


class Change(NamedTuple):
    """Two numbers of a text of which one took the other's place."""

    old: Quantity
    new: Quantity


@functools.lru_cache(256)
def changes_in(text: str, language: str) -> tuple[Change, ...]:
    """The numbers of a text that went up or down, each with what it came to.

    >>> [[str(each.amount) for each in change] for change in changes_in("The fee rose from 100 to 150. Open from 9 to 18.", "en")]
    [['100', '150']]
    >>> [[str(each.amount) for each in change] for change in changes_in("Баға 90 теңгеден 120 теңгеге қымбаттады", "kk")]
    [['90', '120']]
    """
    times = times_in(text, language)
    numbers = [
        each for each in quantities_in(text, language) if not any(time.start <= each.start < time.end for time in times)
    ]
    pattern = _pattern(language)
    found = []
    for one, other in itertools.pairwise(numbers):
        if match := other.start - one.end <= _BETWEEN and pattern.search(_marked(text, one, other)):
            found.append(Change(other, one) if match["back"] else Change(one, other))
    return tuple(found)


def _marked(text: str, one: Quantity, other: Quantity) -> str:
    """Two numbers with what stands around them in their sentence, # before each and after it."""
    before = _END.split(text[max(0, one.start - _BEFORE) : one.start])[-1]
    after = _END.split(text[other.end : other.end + _AFTER])[0]
    numbers = (text[each.start : each.end].replace("#", " ") for each in (one, other))
    return f"{before.replace('#', ' ')}#{next(numbers)}#{text[one.end : other.start]}#{next(numbers)}#{after}"


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(record(language).statements.changed_from, re.IGNORECASE)


class AskedChange:
    """Which of two such numbers a question asks for: the one that holds, the one before, or either, if it asks how much it changed.

    >>> text = "The fee rose from 100 to 150."
    >>> asked = [AskedChange(f"{each}?", "en") for each in ("How much is the fee", "From what was the fee raised", "By how much did it rise")]
    >>> [text[slice(*each.kept(text, 13, 28, "en"))] for each in asked]
    ['150', 'from 100', 'from 100 to 150']
    """

    def __init__(self, question: str, language: str) -> None:
        answers = record(language).answers
        asks_change = re.search(f"{answers.asks_difference}|{answers.asks_rise}", question, re.IGNORECASE)
        self.is_before = bool(re.search(answers.asks_from, question, re.IGNORECASE)) or names_before(question, language)
        self._either = bool(asks_change) and not self.is_before

    def kept(self, text: str, start: int, end: int, language: str) -> tuple[int, int]:
        """What of some words of a text tells the number that is asked for; the words themselves if they tell no other one."""
        for change in () if self._either else changes_in(text, language):
            asked, other = change if self.is_before else (change.new, change.old)
            if not all(start < each.end and each.start < end for each in change):
                continue
            return (asked.start, end) if other.start < asked.start else (start, asked.end)
        return start, end

    def is_other(self, text: str, start: int, end: int, language: str) -> bool:
        """Whether words of a text tell of two such numbers only the one that is not asked for."""
        for change in () if self._either else changes_in(text, language):
            asked, other = change if self.is_before else (change.new, change.old)
            has_asked, has_other = (start < each.end and each.start < end for each in (asked, other))
            if has_other and not has_asked:
                return True
        return False
