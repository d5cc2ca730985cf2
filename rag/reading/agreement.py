"""Tells whether a sentence could be cited for the words of an answer: it must hold their numbers and names."""

import re

from index.analysis.name_keys import name_keys
from index.analysis.terms import figures
from rag.types import Reading

_CAPITAL = re.compile(r"[^\W\d_a-zа-яёәғқңөұүһі][^\W\d_]{2,}")


def holds_answer(reading: Reading, other: Reading) -> bool:
    """Whether the sentence of another reading holds the numbers and the names in the words of a reading.

    Numbers count the same in words and in digits, names in every spelling; languages may differ.
    """
    numbers = figures(reading.answer, reading.document.language)
    return numbers <= figures(other.sentence, other.document.language) and _holds_names(reading, other)


def _holds_names(reading: Reading, other: Reading) -> bool:
    words = re.findall(r"\w+", other.sentence.lower())
    keys = {key for word in words for key in name_keys(word, other.document.language)}
    names = _CAPITAL.findall(reading.answer)
    asked = (name_keys(name.lower(), reading.document.language) for name in names)
    return all(not keys.isdisjoint(each) for each in asked if each)
