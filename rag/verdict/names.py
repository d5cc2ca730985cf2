"""Names, as values that can be compared across languages and spellings: Tokayev, Тоқаев and Kassym-Jomart Tokayev are one."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import whole_words
from index.analysis.name_keys import name_keys, without_ending
from index.analysis.sentences import sentences
from index.analysis.sounds import sounds_alike
from rag.understanding.edits import distance

_CAPITAL = "[^\\W\\d_a-zа-яёәғқңөұүһі]"
_WORD = re.compile(rf"{_CAPITAL}[^\W\d_]+(?:[-'’]{_CAPITAL}?[^\W\d_]+)*")
_LETTER = re.compile(r"[^\W_]")
_BETWEEN = re.compile(r"\s+(?:[^\W\d_]\.\s*)*")  # two words of one name, perhaps with initials
_ADJECTIVE = re.compile(r"(?<=[а-я]{4})(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")  # Жетиозенская область
_SURNAME = re.compile(
    r"\w{3,}(?:[иы]н|[ое]в|бек|бай|хан)(?:а|у|е|ы|ой|ым|ом|тың|тің|ның|нің)?"
)  # no month: Мартынов, Наурызбай
_ENDING = 2  # sounds that may have been taken for a case ending
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LAST_VOWELS = frozenset(
    "аеиоуыюяa"
)  # a Russian case may have put them there, or another one in their place: Лестера, Анкары


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name.

    Attributes:
        text: in lower case.
        keys: that it shares with its other spellings; a short word has none.
        forms: as it is read, with and without what may be a case ending.
        is_cyrillic: whether its letters are.
    """

    text: str
    keys: frozenset[str]
    forms: tuple[str, ...]
    is_cyrillic: bool

    def equals(self, other: "NameWord") -> bool:
        """Whether both may be one name in two spellings; a short word in one script only in the same letters, endings aside."""
        if self.is_cyrillic == other.is_cyrillic:
            is_short = not (self.keys and other.keys)
            is_one = is_short and not set(self.forms).isdisjoint(other.forms)
            return is_one or self.text == other.text or not self.keys.isdisjoint(other.keys)
        latin, cyrillic = (other, self) if self.is_cyrillic else (self, other)
        return any(sounds_alike(one, another) for one in latin.forms for another in cyrillic.forms)

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
        is_telling = any(there for _, there in pairs)
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


Spellings = frozenset[NameWord]  # the words of names, each in one of its spellings


@functools.lru_cache(256)
def spellings_in(text: str, language: str) -> Spellings:
    """The words of the names in a text, each once, and the parts of Marangu-Hill; short words, which hardly tell, are left out."""
    return _spellings(names_in(text, language), language)


@functools.lru_cache(256)
def surely_names(text: str, language: str) -> Spellings:
    """Those of them that do not owe their capital letter to a sentence that begins with them, as far as can be told.

    >>> [name.text for name in surely_names("Repairs took long. The Marlow ferry is back.", "en")]
    ['marlow']
    """
    first = (_LETTER.search(text, *place) for place in sentences(text, language))
    begin = {letter.start() for letter in first if letter}
    found = [name for name in names_in(text, language) if name.start not in begin or len(name.words) > 1]
    return _spellings(found, language)


def _spellings(names: Sequence[Name], language: str) -> Spellings:
    found = [word for name in names for word in name.words]
    found += [_word(part, language) for word in found if "-" in word.text for part in word.text.split("-")]
    return frozenset({word.keys: word for word in found if word.keys}.values())


@functools.lru_cache(1024)
def shared(names: Spellings, others: Spellings) -> Spellings:
    """Which of the names are among the others, in whatever spelling, as far as their keys or their sounds tell.

    >>> bool(shared(spellings_in("Tokayev came", "en"), spellings_in("пришёл Токаев", "ru")))
    True
    """
    keys, texts = frozenset[str]().union(*(each.keys for each in others)), {each.text for each in others}
    latin = [each for each in others if not each.is_cyrillic]
    cyrillic = [each for each in others if each.is_cyrillic]

    def is_there(word: NameWord) -> bool:
        if word.text in texts or not word.keys.isdisjoint(keys):
            return True
        return any(map(word.equals, latin if word.is_cyrillic else cyrillic))

    return frozenset(filter(is_there, names))


def _name(run: Sequence[re.Match[str]], language: str) -> Name:
    return Name(run[0].start(), run[-1].end(), tuple(_word(word[0], language) for word in run))


@functools.lru_cache(4096)
def _word(word: str, language: str) -> NameWord:
    plain = _plain(word)
    base = without_ending(plain, language)
    short = re.sub(rf"(?<=..)(?<!....)(?:{record(language).short_endings})$", "", plain)
    forms = (plain, base, short, base[:-1]) if base[-1:] in _LAST_VOWELS else (plain, base, short)
    told = [form for form in dict.fromkeys(forms) if len(form) > 1]
    is_cyrillic = bool(_CYRILLIC.search(word))
    return NameWord(word.lower(), frozenset(name_keys(plain, language)), tuple(told), is_cyrillic)


def _plain(word: str) -> str:
    """A word as it is folded: in lower case, Qasym-Jomart as one, an adjective as the name of its place."""
    return _ADJECTIVE.sub("", re.sub(r"['’]s$|[-'’]", "", word.lower()))


@functools.lru_cache(4096)
def _is_no_name(word: str, language: str) -> bool:
    known, lower = record(language), word.lower()
    is_small = lower in known.sentences.starters or lower in known.small_words or lower in known.question_words
    return is_small or (bool(_not_names().fullmatch(lower)) and not _SURNAME.fullmatch(lower))


@functools.cache
def _not_names() -> re.Pattern[str]:
    """Offices, months and weekdays."""
    parts = [part for each in RECORDS.values() for part in (each.answers.persons, each.answers.times)]
    return whole_words("|".join(parts))
