"""Finds out which words name what a question leaves out: after "apart from the mayor" Mayor Ilse Hartog is no answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.analysis.languages import record
from index.analysis.terms import stems
from rag.reading.deputies import is_deputy, names_deputy
from rag.types import Passage, Query, Reading
from rag.verdict.enumeration import items
from rag.verdict.names import Name, names_in

_BEFORE = 70  # characters before a name, in which its office stands
_BREAK = re.compile(r"[.;:()!?\n,]|\s(?:and|и|мен|пен|және)\s")
_OF_HIS = re.compile(r"\w+(?:['’]s|[нтд][ыі]ң)\s")  # the "president's" assistant Asel Kim


class Excluded:
    """What a question leaves out, by its words and by the names that passages of its language give to it."""

    def __init__(self, things: Sequence[str], query: Query, passages: Iterable[Passage]) -> None:
        self._language = query.language
        texts = [each.chunk.text for each in passages if each.document.language == self._language] if things else []
        common = self._stems(" ".join(word for text in texts for word in text.split() if word.islower()))
        named = [(thing, self._names_in(thing, common)) for thing in things]
        self._are_deputies = any(names_deputy(thing, query.language) for thing in things)
        self._nouns = [nouns for thing, names in named if not names and (nouns := self._stems(thing))]
        self._names = [name for _, names in named for name in names]
        self._names += [name for text in texts for name in self._called(text)]

    @property
    def is_of_people(self) -> bool:
        """Whether names are left out, or what passages give names to."""
        return bool(self._names)

    def _stems(self, text: str) -> frozenset[str]:
        """The stems of the words that mean something: "самого президента" is the president."""
        small = record(self._language).function_words
        words = " ".join(word for word in text.lower().split() if word not in small)
        return frozenset(stems(words, self._language)) - small

    def _names_in(self, thing: str, common: frozenset[str]) -> list[Name]:
        """The names in a thing; a lone word that passages write in small letters only begins the question: "Әкімнен басқа"."""
        names = names_in(thing, self._language)
        return [
            name for name in names if len(name.words) > 1 or not self._stems(thing[name.start : name.end]) <= common
        ]

    def _is_meant(self, text: str) -> bool:
        """Whether a text holds all the words of one of the things."""
        found = self._stems(text)
        return any(nouns <= found for nouns in self._nouns)

    def _is_part(self, text: str) -> bool:
        """Whether all words of a text are among those of one of the things: "Mill" in Mill director Asel Kim."""
        found = self._stems(text)
        return any(found <= nouns for nouns in self._nouns)

    def _called(self, text: str) -> list[Name]:
        """The names before which a text says what is left out: "Mayor" Ilse Hartog; not its deputy, unless that is left out."""
        found, before = [], 0
        for name in names_in(text, self._language):
            last = text.rfind(" ", name.start, name.end) + 1 or name.start  # "Mayor" may be taken for a name
            office = _BREAK.split(text[max(before, last - _BEFORE) : last])[-1]
            is_it = self._is_meant(_OF_HIS.sub("", office))
            is_other = not self._are_deputies and is_deputy(text, name.start, name.end, self._language)
            if is_it and not is_other:
                found.append(name)
            words = text[name.start : name.end]
            if not (self._is_meant(words) or self._is_part(words)):
                before = name.end
        return found

    def holds(self, words: str, language: str) -> bool:
        """Whether words name what is left out."""
        if any(name.equals(other) for name in names_in(words, language) for other in self._names):
            return True
        return language == self._language and self._is_meant(words)

    def without(self, reading: Reading) -> Reading | None:
        """A reading without what is left out: the first items in a row of its enumeration that are not; None if there are none."""
        found = items(reading.answer)
        kept = [
            (start, end) for start, end in found if not self.holds(reading.answer[start:end], reading.document.language)
        ]
        if len(kept) == len(found):
            return reading
        run = _first_run(found, kept)
        return replace(reading, start=reading.start + run[0], end=reading.start + run[1]) if run else None


def _first_run(found: Sequence[tuple[int, int]], kept: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """From the first kept item to the last one before an item that is not kept."""
    if not kept:
        return None
    rest = found[found.index(kept[0]) :]
    end = next((at for at, item in enumerate(rest) if item not in kept), len(rest))
    return rest[0][0], rest[end - 1][1]
