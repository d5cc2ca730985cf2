"""Tells which words of a pile are nouns, by the words around them and by their endings: headings are made of nouns.

No dictionary is asked. A word that stands after "our" or "without" and before a mark or an empty word is a noun there, one
that stands after "we" or "must" is none; over many texts, that tells the words apart.
"""

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from index.analysis.languages import record

Key = tuple[str, ...]  # stems


class Nouns:
    """Which stems of texts in one language are nouns, and which go with nouns."""

    def __init__(self, language: str) -> None:
        self._signs = record(language).nouns
        self._nouns: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._attributes: Counter[str] = Counter()

    def add(
        self, words: Sequence[str], stems: Sequence[str], is_joined: Sequence[bool], is_empty: Callable[[str], bool]
    ) -> None:
        """Take in the words of a text.

        Args:
            words: in small letters.
            stems: one a word.
            is_joined: whether nothing but blanks stands between a word and the next one.
            is_empty: whether a word says nothing of what the text is about.
        """
        signs, carried = self._signs, False
        for at, (word, stem) in enumerate(zip(words, stems, strict=True)):
            before = words[at - 1] if at and is_joined[at - 1] else ""
            after = words[at + 1] if at + 1 < len(words) and is_joined[at] else ""
            goes_on = bool(after) and not is_empty(after)
            introduced = bool(before) and (carried or before in signs.before or _ends(signs.adjectives, before))
            carried = introduced and goes_on  # "our old lift": what introduces "old" introduces "lift"
            if _ends(signs.adjectives, word) or carried:
                self._attributes[stem] += 1
            elif before in signs.before_verb or (_ends(signs.verbs, word) and not introduced):
                self._others[stem] += 1
            elif introduced or after in signs.after or _ends(signs.endings, word):
                self._nouns[stem] += 1

    def fitness(self, key: Key) -> float:
        """How well a heading reads so, 0 to 1: nouns, the last one at least, with what goes with them before it."""
        *first, last = key
        return min(self._noun(last), *(max(self._noun(stem), self._attribute(stem)) for stem in first), 1.0)

    def is_adjective(self, word: str) -> bool:
        """Whether a word ends like what goes with a noun."""
        return _ends(self._signs.adjectives, word)

    def is_oblique(self, word: str) -> bool:
        """Whether a noun stands in another case than that of headings, as far as its ending tells."""
        return _ends(self._signs.oblique, word)

    def _noun(self, stem: str) -> float:
        """The share of signs that a word is a noun, as if there were one of each to begin with (Laplace)."""
        others = self._others[stem] + self._attributes[stem] * bool(self._signs.adjectives)
        return _share(self._nouns[stem], others)

    def _attribute(self, stem: str) -> float:
        return _share(self._attributes[stem], self._others[stem])


def _share(signs: int, others: int) -> float:
    return (signs + 1) / (signs + others + 2)


def _ends(pattern: str, word: str) -> bool:
    return bool(pattern and word and _compiled(pattern).fullmatch(word))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
