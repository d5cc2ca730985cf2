"""The phrases of articles in one language, and what each counts for a theme: the candidates for its name.

A phrase is one to three words in a row, as people wrote them. It counts for a theme by how many of its articles hold it, by
how near its words are to what the theme is about where they stand, by how few other articles hold it (a TF-IDF of classes:
Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", 2022), and by how much it reads like a
heading.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from index.analysis.languages import record
from index.analysis.numerals import numerals_in
from index.analysis.terms import stems
from rag.themes.nouns import Key, Nouns
from rag.themes.vectors import Pile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 3  # words in a phrase
SHORTEST = 3  # letters of the first and the last word
HOLDERS = 2  # articles of a theme that hold a phrase of several words; in one alone it is chance
CANDIDATES = 24  # for the name of a theme in one language
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_BLANKS = re.compile(r"[ \u00a0]+")


class Phrase(NamedTuple):
    """Words in a row: their stems, and where they stand in the text."""

    key: Key
    start: int
    end: int


class Candidate(NamedTuple):
    """A phrase that may name a theme: its stems, how it is written, and what it counts."""

    key: Key
    form: str
    score: float


def phrases_of(text: str, language: str) -> Iterator[Phrase]:
    """The phrases of a text: one to three words with nothing but blanks between, neither first nor last an empty word.

    >>> text = "Low water pressure, again"
    >>> [text[start:end] for _, start, end in phrases_of(text, "en")]
    ['Low', 'Low water', 'Low water pressure', 'water', 'water pressure', 'pressure']
    """
    words = list(_WORD.finditer(text))
    says = [_says_something(word[0], language) for word in words]
    stemmed = [_stem(word[0], language) for word in words]
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and not _BLANKS.fullmatch(text, words[last - 1].end(), words[last].start()):
                break
            if says[first] and says[last]:
                yield Phrase(tuple(stemmed[first : last + 1]), words[first].start(), words[last].end())


class Vocabulary:
    """The phrases of articles in one language: which articles hold them where, and how they are written."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._places: dict[int, list[Phrase]] = {}  # of each article
        self._forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)  # how each phrase is written
        self._holders: Counter[Key] = Counter()
        self._capitals: Counter[str] = Counter()  # of stems, inside of sentences
        self._words: Counter[str] = Counter()
        self._nouns = Nouns(language)

    def add(self, row: int, text: str) -> None:
        """Take in an article's text."""
        words = list(_WORD.finditer(text))
        joined = [bool(_BLANKS.fullmatch(text, one.end(), two.start())) for one, two in pairwise(words)]
        lower = [word[0].lower() for word in words]
        stemmed = [_stem(word[0], self._language) for word in words]
        self._nouns.add(lower, stemmed, [*joined, False], lambda word: not _says_something(word, self._language))
        found = self._places[row] = list(phrases_of(text, self._language))
        for key, start, end in found:
            self._forms[key][_written(text[start:end])] += 1
        self._holders.update({phrase.key for phrase in found})
        for key, start, end in found:
            if len(key) == 1 and start and text[start - 1] == " " and text[max(0, start - 2)] not in '.!?…:»”"':
                self._words[key[0]] += 1
                self._capitals[key[0]] += text[start].isupper() and not text[start:end].isupper()

    def candidates(self, pile: Pile, rows: Sequence[int], centroid: "NDArray[np.float32]") -> list[Candidate]:
        """The phrases that set some articles apart, best first."""
        counts: defaultdict[Key, float] = defaultdict(float)
        holders: Counter[Key] = Counter()
        for row in rows:
            for key, likeness in self._likeness(pile, row, centroid).items():
                counts[key] += likeness
                holders[key] += 1
        scores = {key: self._score(key, count, holders[key]) for key, count in counts.items()}
        rare = {key for key in scores if holders[key] < HOLDERS and (len(key) > 1 or len(rows) > HOLDERS)}
        fit = [key for key in scores if key not in rare and not self._is_name(key)]
        best = sorted(fit, key=lambda key: (-scores[key], key))
        found = (Candidate(key, self._form(key), scores[key]) for key in best)
        return list(islice((each for each in found if self._is_heading(each.form)), CANDIDATES))

    def _is_heading(self, form: str) -> bool:
        """Whether a phrase has no number in it, and does not end in what goes with a noun."""
        return not numerals_in(form, self._language) and not self._nouns.is_adjective(form.rpartition(" ")[2])

    def _score(self, key: Key, likeness: float, holders: int) -> float:
        """What a phrase counts for a theme: its likeness, how much it is the theme's own, how rare, and how like a heading."""
        own, rarity = holders / self._holders[key], log(1 + len(self._places) / self._holders[key])
        return likeness * own * rarity * self._nouns.fitness(key)

    def _likeness(self, pile: Pile, row: int, centroid: "NDArray[np.float32]") -> dict[Key, float]:
        """For each phrase of an article, the mean likeness of its words to a theme, where that is largest; 0 at least."""
        pieces = list(pile.words.likeness(row, centroid)) if pile.words else []
        starts = [start for start, _ in pieces]
        best: dict[Key, float] = {}
        for key, start, end in self._places[row]:
            inside = pieces[bisect_left(starts, start) : bisect_left(starts, end)]
            likeness = sum(each for _, each in inside) / len(inside) if inside else float(not pieces)
            best[key] = max(best.get(key, 0.0), likeness)
        return best

    def _is_name(self, key: Key) -> bool:
        """Whether a phrase holds the name of a place or person: a word that is mostly written with a capital."""
        return any(2 * self._capitals[stem] > self._words[stem] for stem in key)

    def _form(self, key: Key) -> str:
        """How people write a phrase: in the case of headings if any does, then most often."""
        forms = self._forms[key]

        def order(form: str) -> tuple[bool, int, int, str]:
            return self._nouns.is_oblique(form.rpartition(" ")[2]), -forms[form], len(form), form

        return min(forms, key=order)


def _says_something(word: str, language: str) -> bool:
    return len(word) >= SHORTEST and word.lower().replace("ё", "е") not in record(language).function_words


@lru_cache(1 << 16)
def _stem(word: str, language: str) -> str:
    return " ".join(stems(word, language))


def _written(phrase: str) -> str:
    """A phrase in small letters, but for abbreviations."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in _BLANKS.split(phrase))
