"""Names, as values that can be compared across languages and spellings: Tokayev, Тоқаев and Kassym-Jomart Tokayev are one."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import whole_words
from index.analysis.name_keys import name_keys
from rag.understanding.edits import distance

_CAPITAL = "[^\\W\\d_a-zа-яёәғқңөұүһі]"
_WORD = re.compile(rf"{_CAPITAL}[^\W\d_]+(?:[-'’]{_CAPITAL}?[^\W\d_]+)*")
_BETWEEN = re.compile(r"\s+(?:[^\W\d_]\.\s*)*")  # two words of one name, perhaps with initials
_ADJECTIVE = re.compile(r"(?<=[а-я]{4})(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")  # Жетиозенская область
_ENDING = 2  # sounds that may have been taken for a case ending
_CYRILLIC = re.compile("[Ѐ-ӿ]")


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name in lower case, and the keys that it shares with its other spellings; a short word has none."""

    text: str
    keys: frozenset[str]

    def equals(self, other: "NameWord") -> bool:
        """Whether both may be one name in two spellings; a short word only in the same letters."""
        if self.text == other.text:
            return True
        if self.keys and other.keys:
            return not self.keys.isdisjoint(other.keys)
        if bool(_CYRILLIC.search(self.text)) != bool(_CYRILLIC.search(other.text)):
            return not (self.keys or other.keys)
        return False

    def resembles(self, other: "NameWord") -> bool:
        """Whether the keys of both are an edit apart at most, or one begins the other: Henrique and Энрике, Рустам and Rustam."""
        return any(_resemble(key, another) for key in self.keys for another in other.keys)


def _resemble(key: str, other: str) -> bool:
    shorter, longer = sorted((key, other), key=len)
    return distance(key, other, 1) <= 1 or (longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a text holds at `start` to `end`."""

    start: int
    end: int
    words: tuple[NameWord, ...]

    def equals(self, other: "Name") -> bool:
        """Whether both name the same: every word of the shorter one stands in the longer one, or, beside one that does, one that
        resembles it.
        """
        shorter, longer = sorted((self.words, other.words), key=len)
        pairs = [(word, next(filter(word.equals, longer), None)) for word in shorter]
        is_telling = any(there and (word.keys or word.text == there.text) for word, there in pairs)
        return is_telling and all(there or any(map(word.resembles, longer)) for word, there in pairs)


def names_in(text: str, language: str) -> list[Name]:
    """The names in a text: runs of words with a capital letter, without offices and words that merely begin a sentence.

    >>> [text[name.start : name.end] for text in ["Then President Tokayev met Asel Kim."] for name in names_in(text, "en")]
    ['Tokayev', 'Asel Kim']
    """
    found: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(text):
        if _is_no_name(word[0], language):
            continue
        if found and _BETWEEN.fullmatch(text, found[-1][-1].end(), word.start()):
            found[-1].append(word)
        else:
            found.append([word])
    return [_name(run, language) for run in found]


def same_names(some: Sequence[Name], others: Sequence[Name]) -> bool:
    """Whether every name of the fewer ones is among the others; by names of several words alone where there are such.

    A lone word with a capital letter may begin a sentence, or name a place: "Unionist Matilda Krok of Orvik". Where one side alone
    has a name of several words, the other one must have a word of it.
    """
    full = [[name for name in names if len(name.words) > 1] for names in (some, others)]
    if all(full) or not any(full):
        fewer, more = sorted(full if all(full) else (some, others), key=len)
        return bool(fewer) and all(any(name.equals(other) for other in more) for name in fewer)
    whole, words = (full[0], others) if full[0] else (full[1], some)
    return any(name.equals(other) for name in whole for other in words)


Spellings = frozenset[frozenset[str]]  # of names, each as the keys of a word of it


@functools.lru_cache(256)
def spellings_in(text: str, language: str) -> Spellings:
    """The words of the names in a text, as the keys by which their spellings can be compared; short words have none."""
    words = (word for name in names_in(text, language) for word in name.words)
    return frozenset(word.keys for word in words if word.keys)


def shared(names: Spellings, others: Spellings) -> list[frozenset[str]]:
    """Which of the names are among the others, in whatever spelling.

    >>> bool(shared(spellings_in("Tokayev came", "en"), spellings_in("пришёл Токаев", "ru")))
    True
    """
    keys = frozenset[str]().union(*others)
    return [name for name in names if not name.isdisjoint(keys)]


def _name(run: Sequence[re.Match[str]], language: str) -> Name:
    words = (NameWord(word[0].lower(), frozenset(name_keys(_plain(word[0]), language))) for word in run)
    return Name(run[0].start(), run[-1].end(), tuple(words))


def _plain(word: str) -> str:
    """A word as it is folded: in lower case, Qasym-Jomart as one, an adjective as the name of its place."""
    return _ADJECTIVE.sub("", re.sub(r"['’]s$|[-'’]", "", word.lower()))


@functools.lru_cache(4096)
def _is_no_name(word: str, language: str) -> bool:
    known, lower = record(language), word.lower()
    is_small = lower in known.sentences.starters or lower in known.small_words or lower in known.question_words
    return is_small or bool(_not_names().fullmatch(lower))


@functools.cache
def _not_names() -> re.Pattern[str]:
    """Offices, months and weekdays."""
    parts = [part for each in RECORDS.values() for part in (each.answers.persons, each.answers.times)]
    return whole_words("|".join(parts))
