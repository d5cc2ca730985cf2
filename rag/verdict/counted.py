"""Whether a number counts what a question asks for: how many laws, not how many articles, in any of the languages.

Words that mean the same are near in the states of their tokens, across languages, too. In `eval/datasets/own` (40 articles, all
pairs of languages) that tells the number that answers from the others of its article with an AUROC of .84.
"""

import re
from typing import TYPE_CHECKING

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from index.analysis.terms import stems
from rag.reading.sentence_embeddings import told
from rag.types import Query, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    States = NDArray[np.float32]

LOOKED_AT = 3  # words after "how many", the first of which that tells something is what is counted
FOLLOWING = 2  # words after a number, in which stands what it counts
SLOPE, MIDDLE = 3.0, 0.35  # log-odds for a nearness, as it is on the calibration questions
_WORD = re.compile(r"[^\W\d_]+")


class Counted:
    """What a question counts.

    Args:
        query: as it was embedded.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        self._noun: States | None = None
        embedded, place = query.embedded.result(), _noun(query)
        self._stems = frozenset(stems(query.text[slice(*place)], query.language)) if place else frozenset[str]()
        if place and embedded.states is not None and embedded.spans is not None:
            self._noun = self._states(embedded.states[0], embedded.spans[0].tolist(), [place])

    @property
    def is_asked(self) -> bool:
        """Whether the question counts anything that can be told."""
        return self._noun is not None and len(self._noun) > 0

    def evidence(self, reading: Reading) -> float:
        """The log-odds that the number in words that were weighed counts it; 0 where that cannot be told."""
        near = self._nearness(reading)
        return 0.0 if near is None else SLOPE * (near - MIDDLE)

    def is_named(self, reading: Reading) -> bool:
        """Whether the noun itself, in any form, stands after a number in words of the question's language."""
        language = reading.document.language
        after = (reading.sentence[start:end] for start, end in _counted_by(reading))
        return language == self._query.language and any(
            not self._stems.isdisjoint(stems(each, language)) for each in after
        )

    def _nearness(self, reading: Reading) -> float | None:
        """The best cosine of a word after a number with the noun, the mean over the tokens of the noun."""
        text = told(reading)
        sentence = self._query.told[text]
        offset = text.find(reading.sentence)
        if self._noun is None or not self.is_asked or sentence.spans is None or sentence.states is None or offset < 0:
            return None
        places = [(offset + start, offset + end) for start, end in _counted_by(reading)]
        states = self._states(sentence.states, sentence.spans.tolist(), places)
        return float((self._noun @ states.T).max(axis=1).mean()) if len(states) else None

    def _states(self, states: "States", spans: list[list[int]], places: list[tuple[int, int]]) -> "States":
        """The states of the tokens at some places of a text, seen from the mean of ordinary text, as unit rows."""
        import numpy as np

        at = [i for i, (start, end) in enumerate(spans) if any(start < right and left < end for left, right in places)]
        seen = states[at] - self._query.centre
        unit: States = seen / np.linalg.norm(seen, axis=1, keepdims=True).clip(min=1e-12)
        return unit


def _noun(query: Query) -> tuple[int, int] | None:
    """Where the word stands that "how many" counts; None for a question that counts nothing."""
    known = record(query.language)
    asking = whole_words(known.answers.asks_number).search(query.text)
    if asking is None:
        return None
    words = list(_WORD.finditer(query.text, asking.end()))[:LOOKED_AT]
    small = known.small_words | known.function_words
    return next((word.span() for word in words if word[0].lower() not in small), None)


def _counted_by(reading: Reading) -> list[tuple[int, int]]:
    """Where in the sentence of a reading the words stand that follow a number in its words."""
    sentence, start, end = (
        reading.sentence,
        reading.start - reading.sentence_start,
        reading.end - reading.sentence_start,
    )
    numbers = (each for each in numerals_in(sentence, reading.document.language) if not each.ordinal)
    inside = [each for each in numbers if each.start < end and start < each.end]
    return [word.span() for each in inside for word in list(_WORD.finditer(sentence, each.end))[:FOLLOWING]]
