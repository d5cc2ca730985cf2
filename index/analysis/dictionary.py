"""Tells whether a language has a word, whatever an index holds.

English words are those of pyspellchecker, Russian ones in all their forms those of pymorphy3. Kazakh words are a list of forms that
`python -m eval.training.kazakh_words` makes of the project's own Kazakh articles; a Kazakh noun has hundreds of forms, so many are missing.
What a noun of the list makes with an ending is a word too.
"""

import functools
import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis.languages.kazakh_endings import declined

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse
    from spellchecker import SpellChecker

KAZAKH_WORDS = Path(__file__).parent / "languages" / "kazakh_words.txt.gz"

_LEAST_STEM, _LONGEST_ENDING = (
    4,
    5,
)  # letters of a Kazakh noun in the list, and of an ending that the list need not hold
_ASKING = ("ші", "шы")  # what makes a Kazakh request polite: айт, айтшы

# Words of life in Kazakhstan and beside it that the Russian dictionary lacks, as it gives their first form.
_LOCAL = frozenset(
    "акимат маслихат мажилисмен тенге оралман кандас наурыз кюй жуз бий байга кокпар шанырак шырак баурсак чапан дастархан "
    "ураза жайляу жайлоо махалля хокимият кенеш айыльный горакимат облакимат райакимат цон".split()
)
_LOCAL_BEGINNINGS = tuple({word[: min(3, len(word) - 1)] for word in _LOCAL})  # all their forms keep these letters

# The English list has American spellings only.
_AMERICAN = [
    (re.compile("our"), "or"),
    (re.compile("(?<=[bt])re(?=s?$)"), "er"),
    (re.compile("is(?=e|ing|ation)"), "iz"),
    (re.compile("ll(?=e[dr]|ing)"), "l"),
    (re.compile("mme(?=s?$)"), "m"),
    (re.compile("ence(?=s?$)"), "ense"),
]


def is_word(word: str, language: str) -> bool:
    """Whether a language has a word, in small letters or with capitals.

    >>> is_word("Neighbours", "en"), is_word("neihgbours", "en")
    (True, False)
    >>> is_word("выступил", "ru"), is_word("выступл", "ru"), is_word("мектептер", "kk")
    (True, False, True)
    """
    return any(has(word.lower()) for has in _DICTIONARIES[language])


def knows_all_forms(language: str) -> bool:
    """Whether hardly a word of a language is missing in its dictionary."""
    return language != "kk"


def russian_forms(word: str) -> "list[Parse]":
    """What a Russian word may be, the likeliest first.

    >>> [each.tag.POS for each in russian_forms("школа")]
    ['NOUN']
    """
    parsed: list[Parse] = _russian().parse(word)
    return parsed


def _is_english(word: str) -> bool:
    plain = word.replace("’", "'").removesuffix("'s")
    return plain in _english() or any(form.sub(other, plain) in _english() for form, other in _AMERICAN)


def _is_russian(word: str) -> bool:
    if _russian().word_is_known(word) or word in _LOCAL:
        return True
    may_be_local = word.startswith(_LOCAL_BEGINNINGS)  # what a word may be a form of takes long to say
    return may_be_local and any(form.normal_form in _LOCAL for form in russian_forms(word))


def _is_kazakh(word: str) -> bool:
    """Whether a word is in the list, or a form of one: a noun with an ending, a verb that asks politely.

    >>> [_is_kazakh(word) for word in ("берші", "мектепшілік", "мәселелерін", "мәселелрін")]
    [True, False, True, False]
    """
    known = _kazakh()
    if word in known or (word[-2:] in _ASKING and word[:-2] in known):
        return True
    ends = range(max(_LEAST_STEM, len(word) - _LONGEST_ENDING), len(word))
    return any(word[:end] in known and word in declined(word[:end]) for end in ends)


@functools.cache
def _english() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language="en")


@functools.cache
def _russian() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@functools.cache
def _kazakh() -> frozenset[str]:
    return frozenset(gzip.decompress(KAZAKH_WORDS.read_bytes()).decode().split())


# Russian and Kazakh newspapers borrow from one another.
_DICTIONARIES: dict[str, tuple[Callable[[str], bool], ...]] = {
    "en": (_is_english,),
    "ru": (_is_russian, _is_kazakh),
    "kk": (_is_kazakh, _is_russian),
}
