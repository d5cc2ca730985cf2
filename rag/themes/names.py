"""Names themes by their own words: the phrases that set the articles of a theme apart from all others.

A phrase is one to three words in a row, as people wrote them. It counts for a theme by how many of its articles hold it, by
how near its words are to what the theme is about where they stand, and by how few articles hold it at all: a TF-IDF of
classes (Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", 2022).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from index import Document
from index.analysis.languages import record
from index.analysis.terms import stems
from rag.themes.vectors import Pile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PHRASES = 3  # in a name
LONGEST = 3  # words in a phrase
SHORTEST = 3  # letters of the first and the last word
LONGER = 0.35  # a longer phrase is taken if it counts so much of what the shorter one in it does
HOLDERS = 2  # articles of a theme that hold a phrase of several words; in one alone it is chance
READ = 60  # articles of a theme in one language, the nearest to it
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_BLANKS = re.compile(r"[ \u00a0]+")

Key = tuple[str, ...]  # the stems of a phrase


class Phrase(NamedTuple):
    """Words in a row: their stems, where they stand in the text, and whether they are written like a name."""

    key: Key
    start: int
    end: int


def name_themes(
    pile: Pile, themes: Sequence[Sequence[int]], centroids: "NDArray[np.float32]"
) -> list[dict[str, tuple[str, ...]]]:
    """The phrases that name each theme, best first, in each language that its articles are written in.

    Args:
        pile: the articles.
        themes: the rows of each theme's articles, the nearest to it first.
        centroids: what each theme is about, unit rows, shape (themes, dim).
    """
    members = [_by_language(pile.documents, rows) for rows in themes]
    read = {row for each in members for rows in each.values() for row in rows}
    vocabularies = {language: _Vocabulary(language) for each in members for language in each}
    for row in sorted(read):
        vocabularies[pile.documents[row].language].add(row, pile.documents[row].text)
    return [
        {language: vocabularies[language].name(pile, rows, centroid) for language, rows in each.items()}
        for each, centroid in zip(members, centroids, strict=True)
    ]


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


class _Vocabulary:
    """The phrases of articles in one language: which articles hold them where, and how they are written."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._places: dict[int, list[Phrase]] = {}  # of each article
        self._written: dict[int, list[str]] = {}  # how each of these phrases is written
        self._holders: Counter[Key] = Counter()
        self._capitals: Counter[str] = Counter()  # of stems, inside of sentences
        self._words: Counter[str] = Counter()

    def add(self, row: int, text: str) -> None:
        """Take in an article's text."""
        found = self._places[row] = list(phrases_of(text, self._language))
        self._written[row] = [_written(text[start:end]) for _, start, end in found]
        self._holders.update({phrase.key for phrase in found})
        for key, start, end in found:
            if len(key) == 1 and start and text[start - 1] == " " and text[max(0, start - 2)] not in '.!?…:»”"':
                self._words[key[0]] += 1
                self._capitals[key[0]] += text[start].isupper() and not text[start:end].isupper()

    def name(self, pile: Pile, rows: Sequence[int], centroid: "NDArray[np.float32]") -> tuple[str, ...]:
        """The phrases that set some articles apart, best first, each sharing no word with the others."""
        counts: defaultdict[Key, float] = defaultdict(float)
        holders: Counter[Key] = Counter()
        for row in rows:
            for key, likeness in self._likeness(pile, row, centroid).items():
                counts[key] += likeness
                holders[key] += 1
        total = len(self._places)
        scores = {key: count * log(1 + total / self._holders[key]) for key, count in counts.items()}
        rare = {key for key in scores if holders[key] < HOLDERS and (len(key) > 1 or len(rows) > HOLDERS)}
        fit = {key: score for key, score in scores.items() if key not in rare and not self._is_name(key)}
        return tuple(self._form(key, rows) for key in _distinct(fit))

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

    def _form(self, key: Key, rows: Sequence[int]) -> str:
        """How some articles write a phrase: most often, without a case ending if it can be."""
        without_case = record(self._language).without_case
        forms = Counter(
            form
            for row in rows
            for phrase, form in zip(self._places[row], self._written[row], strict=True)
            if phrase.key == key
        )

        def order(form: str) -> tuple[bool, int, int, str]:
            last = form.rpartition(" ")[2]
            return without_case(last) != last, -forms[form], len(form), form

        return min(forms, key=order)


def _distinct(scores: Mapping[Key, float]) -> list[Key]:
    """The best phrases that share no word; a longer one in the place of a part of it, if it counts nearly as much."""
    taken: list[Key] = []
    used: set[str] = set()
    for best in sorted(scores, key=lambda key: (-scores[key], key)):
        if len(taken) == PHRASES:
            break
        if used.isdisjoint(best):
            longer = [key for key in scores if set(best) < set(key) and used.isdisjoint(key)]
            near = [key for key in longer if scores[key] >= LONGER * scores[best]]
            chosen = max(near, key=lambda key: (len(key), scores[key], key), default=best)
            taken.append(chosen)
            used.update(chosen)
    return taken


def _by_language(documents: Sequence[Document], rows: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(documents[row].language, []).append(row)
    return {language: rows[:READ] for language, rows in found.items()}


def _says_something(word: str, language: str) -> bool:
    return len(word) >= SHORTEST and word.lower().replace("ё", "е") not in record(language).function_words


@lru_cache(1 << 16)
def _stem(word: str, language: str) -> str:
    return " ".join(stems(word, language))


def _written(phrase: str) -> str:
    """A phrase in small letters, but for abbreviations."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in _BLANKS.split(phrase))
