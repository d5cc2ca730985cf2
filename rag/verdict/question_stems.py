"""The words of a question that say something, as stems, held against what articles say in its language."""

import re
from functools import lru_cache
from itertools import takewhile

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stem, stems
from rag.types import Query, Reading

FEWEST = 3  # stems of a question that is told from others by its words
SHORTEST = 4  # letters that two stems of one word share
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@lru_cache(64)
def question_stems(text: str, language: str) -> frozenset[str]:
    """The stems of a question's words, without those that say little, only ask, or say that a text names something.

    >>> sorted(question_stems("Which mills are listed in the table of the north?", "en"))
    ['mill', 'north']
    """
    known = record(language)
    small = known.little_words
    asking = f"{known.lists.asks_speakers}|{whole_words(f'{known.follow_up.asking}|{known.lists.naming}').pattern}"
    asked = re.sub(asking, " ", text.lower())
    return frozenset(stems(" ".join(word for word in _WORD.findall(asked) if word not in small), language))


def is_told_in_its_words(query: Query, reading: Reading) -> bool:
    """Whether a sentence, or the title over it, holds all the words of a question, of which there are several."""
    document = reading.document
    if document.language != query.language:
        return False
    asked = question_stems(query.text, query.language)
    return len(asked) >= FEWEST and holds(f"{document.title} {reading.sentence}", document.language, asked)


def holds(text: str, language: str, asked: frozenset[str]) -> bool:
    """Whether a text holds words with all of some stems."""
    return found_in(text, language, asked) == asked


def found_in(text: str, language: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of some stems whose words a text holds."""
    told = stems(text, language)
    told += stems(" ".join(told), language)  # ойындар, ойын: one ending is taken off at a time
    return frozenset(
        each for each in asked if any(_is_one(form, other) for form in (each, stem(each, language)) for other in told)
    )


def _is_one(one: str, other: str) -> bool:
    """Whether two stems are those of one word, of which each may have kept a letter of an ending: кеңес, кеңе."""
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or (begin >= SHORTEST and max(len(one), len(other)) - begin <= 1)
