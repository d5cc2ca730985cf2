"""A question as a passage spells its names: a reader taught to read exactly hardly takes Majilis and Mazhilis for one."""

import functools
import re
import unicodedata

from index.analysis.name_keys import name_keys
from index.analysis.terms import stem
from rag.types import Passage

_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zа-яёәғқңөұүһі][^\W\d_]{3,}(?!\w)")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_GLIDE = re.compile("y(?=[aeiou])|(?<=[aeiou])y|й")
_VOWEL = re.compile("[aeiouаеиоуюя]")
_SOUNDS = str.maketrans("әіұүөыэy", "аиууоиеi")


def as_spelled(question: str, language: str, passage: Passage) -> str:
    """A question in a language with its names as a passage spells them, unless it spells them so, too; other letters stay.

    >>> from index import Chunk, Document
    >>> text = "The Mazhilis met Toqayev."
    >>> passage = Passage(Chunk("1", 0, 0, 25, text), Document("1", "", text, None, None, None, "en", ""), 1, 1.0, {})
    >>> as_spelled("When did Tokayev meet the Majilis?", "en", passage)
    'When did Toqayev meet the Mazhilis?'
    """
    document = passage.document
    written = _by_key(f"{document.title}\n{passage.chunk.text}", document.language)

    def spelled(found: re.Match[str]) -> str:
        name = found[0]
        others = [each for key in name_keys(name.lower(), language) for each in written.get(key, ())]
        if stem(name.lower(), language) in {stem(each.lower(), document.language) for each in others}:
            return name
        sound = _sound(name, language)
        return next((each for each in others if _sound(each, document.language) == sound), name)

    return _NAME.sub(spelled, question)


def _sound(name: str, language: str) -> tuple[bool, str]:
    """Whether a name is Cyrillic, and its vowels as they sound, without its case ending and the y in Tokayev.

    >>> _sound("Tokayev", "en") == _sound("Toqaev", "en"), _sound("Мажилисе", "ru") == _sound("Мәжіліс", "kk")
    (True, True)
    >>> _sound("Karin", "en") == _sound("Karen", "en")
    False
    """
    base = _GLIDE.sub("", stem(name.lower(), language)).translate(_SOUNDS)
    return bool(_CYRILLIC.match(name)), "".join(_VOWEL.findall(unicodedata.normalize("NFKD", base)))


@functools.lru_cache(64)
def _by_key(text: str, language: str) -> dict[str, tuple[str, ...]]:
    """The names in a text by the keys that all their spellings share."""
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(each[0] for each in _NAME.finditer(text)):
        for key in name_keys(name.lower(), language):
            found[key] = (*found.get(key, ()), name)
    return found
