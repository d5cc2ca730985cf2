"""Tells English, Russian and Kazakh apart: the script first, then letters, small words and endings.

Texts in other languages become the nearest of the three for terms, but never Kazakh: Cyrillic ones (Ukrainian,
Belarusian, Kyrgyz, Uzbek …) and pages half Russian, half Kazakh become Russian, all others English.
"""

import functools
import re
from collections import Counter

from index.analysis import kazakh_latin
from index.analysis.languages import RECORDS

_KAZAKH, _RUSSIAN, _ENGLISH = RECORDS["kk"], RECORDS["ru"], RECORDS["en"]
_RUSSIAN_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_KAZAKH_LETTERS = frozenset(letter.lower() for letter in _KAZAKH.letters)
_OF_EITHER = _RUSSIAN_LETTERS | _KAZAKH_LETTERS
_OF_KAZAKH_ALONE = frozenset("ғқұі")  # neither Kyrgyz, Tatar nor Mongolian has them
_FEW_LETTERS = 6  # a shorter text may lack any of them by chance
_LEAST_OF_KAZAKH_ALONE = 0.2  # share of Kazakh letters; 0.65 in Kazakh
_MOST_SINGLE_LETTER = 0.95  # і alone: Ukrainian or Belarusian
_MOST_FOREIGN = 0.05  # share of letters that neither Russian nor Kazakh has, of the Kazakh ones: a name at most
_AHEAD = 2  # times more Kazakh than Russian words make a Kazakh text: about two thirds of it

_KYRGYZ = re.compile(r"аа|оо|ээ|уу|([өү])\1|ө[^\W\d_]*ө|ү[^\W\d_]*ү")  # long vowels, and rounded ones throughout
_UKRAINIAN = frozenset(
    "і й що це від він вона вони його але як які який яка хто коли чому скільки або чи під із".split()
)
_RUSSIAN_ENDING = re.compile(
    r"..(?:ого|его|ому|ему|ый|ий|ая|яя|ое|ые|ие|ию|ить|ать|еть|тся|ться|лся|лась|лись|ила|ило|или|ил|ыла|ыли|ует|ают|яют|ами|"
    r"ями|ах|ях|ость|ости|ение|ения|ой|ции|ов|ев)"
)
_KAZAKH_WORDS = _KAZAKH.small_words - _RUSSIAN.small_words
_RUSSIAN_WORDS = _RUSSIAN.small_words - _KAZAKH.small_words
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[Ѐ-ԯ]+")
_LOOKED_AT = 10_000  # characters
_SHORT = 20  # words of a text that may be a question
_KEPT = 1 << 14  # words whose signs are kept: a text repeats its words


def detect(text: str) -> str:
    """The language of a text, `en`, `ru` or `kk`.

    Cyrillic text counts as Kazakh when it holds more Kazakh words (by their letters, or small words) than Russian ones (small
    words, or endings), twice as many at least. Latin text counts as Kazakh when it is written in one of its Latin alphabets.

    >>> detect("Қанша заң өзгереді?"), detect("Сколько законов изменится?"), detect("How many laws?")
    ('kk', 'ru', 'en')
    >>> detect("Скільки законів зміниться?"), detect("Qansha zań ózgeredi, qashan?")
    ('ru', 'kk')
    """
    words = _WORD.findall(text[:_LOOKED_AT])
    letters = "".join(words).lower()
    cyrillic = len(letters) - len(_CYRILLIC.sub("", letters))
    if 2 * cyrillic <= len(letters) and not (cyrillic and _asks_in_cyrillic(words)):
        return "kk" if _is_not_english(words) and kazakh_latin.is_kazakh(text) else "en"
    return "kk" if _is_kazakh(words, letters) else "ru"


def _is_not_english(words: list[str]) -> bool:
    return 5 * sum(word.lower() in _ENGLISH.small_words for word in words) < len(words)


def _asks_in_cyrillic(words: list[str]) -> bool:
    """Whether a short text has a question word in Cyrillic, however long the names are that it has in Latin letters.

    >>> _asks_in_cyrillic(["Как", "установить", "Visual", "Studio", "Code"]), _asks_in_cyrillic("Who wrote кто".split())
    (True, False)
    """
    asking = (_KAZAKH.question_words | _RUSSIAN.question_words).intersection(map(str.lower, words))
    return len(words) <= _SHORT and bool(asking) and _is_not_english(words)


def _is_kazakh(words: list[str], letters: str) -> bool:
    if _is_neighbour([word.lower() for word in words], letters):
        return False
    kazakh = sum(_kazakh_sign(word) for word in words)
    russian = sum(_is_russian_word(word) for word in words)
    return kazakh > 0 and kazakh >= _AHEAD * russian


@functools.lru_cache(_KEPT)
def _kazakh_sign(word: str) -> float:
    """How much a word says that a text is Kazakh: 1, half as much for what may be a name in another language, or 0."""
    if not _KAZAKH_LETTERS.isdisjoint(word.lower()):
        return 0.5 if word[0].isupper() else 1
    return word.lower() in _KAZAKH_WORDS


@functools.lru_cache(_KEPT)
def _is_russian_word(word: str) -> bool:
    """Whether a word says that a text is Russian: a small word, or one with a Russian ending that is no name."""
    if not _KAZAKH_LETTERS.isdisjoint(word.lower()):
        return False
    if word.lower() in _RUSSIAN_WORDS:
        return True
    return word.islower() and bool(_RUSSIAN_ENDING.search(word, max(0, len(word) - 5)))


def _is_neighbour(words: list[str], letters: str) -> bool:
    """Whether a Cyrillic text is in a language near to Kazakh or Russian that shares letters with Kazakh."""
    counts = Counter(letters)
    own = sum(counts[letter] for letter in _KAZAKH_LETTERS)
    foreign = sum(n for letter, n in counts.items() if "Ѐ" <= letter <= "ԯ" and letter not in _OF_EITHER)
    if foreign and foreign > _MOST_FOREIGN * own:
        return True
    alone = sum(counts[letter] for letter in _OF_KAZAKH_ALONE)
    if own >= _FEW_LETTERS:
        return alone < _LEAST_OF_KAZAKH_ALONE * own or counts["і"] > _MOST_SINGLE_LETTER * own
    if counts["і"] == own:
        return not _UKRAINIAN.isdisjoint(words)
    return not alone and any(_KYRGYZ.search(word) for word in words)
