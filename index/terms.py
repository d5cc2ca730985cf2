"""Turns text into the words that the lexical index counts, language by language."""

import functools
import re
import unicodedata
from collections.abc import Callable

from index import kazakh
from index.names import MARK, name_keys
from index.numbers import number_terms

_STRESS = re.compile("(?<=[Ѐ-ӿ])[\u0300\u0301]")  # правово́е; й and ё are made of other marks
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)")  # 10 000 and 10,000 are 10000
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.-?){2,}[^\W\d_]?(?!\w)|(?<![\w.])[^\W\d_]\.[^\W\d_](?!\w)")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?:s\b|(?=\w))")
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}(?:[-‐‑][^\W\d_]{2,})+")

# Words that ask; an article that happens to hold them is no nearer to an answer.
_ASKING = frozenset(
    "what which who whom whose when where why how many much did does do is are was were "
    "кто кого кому кем что чего чему чем какой какая какое какие какого какую каком каких каким когда где куда откуда "
    "почему зачем как сколько чей чья чье чьи ли который которая которое которые "
    "кім кімнің кімді кімге кіммен кімдер не нені неге ненің немен қандай қай қайсы қашан қайда қайдан қалай қанша неше "
    "нешінші неліктен дегеніміз деген деп ма ме ба бе па пе".split()
)


def terms(text: str, language: str) -> list[str]:
    """The index terms of a text: its stems in their order, then what stands for a word in other spellings.

    English and Russian words are stemmed with Snowball, Kazakh words by `index.kazakh`. Parts of a hyphenated word are
    also one word, numbers also stand in digits (`index.numbers`), and words of four letters or more also as the key
    that spellings of a name share (`index.names`).

    >>> terms("Ten laws must be updated; 10,000 letters", "en")[:7]
    ['ten', 'law', 'must', 'be', 'updat', '10000', 'letter']
    >>> terms("Twenty-five in Тараз", "ru")
    ['twenti', 'five', 'in', 'тараз', 'twentyf', '≈tvint', '≈fiv', '≈taras']
    """
    plain = simplified(text)
    found = _words(plain)
    return stems(found, language) + joined(plain, language) + number_terms(found, language) + keys(found, language)


def query_terms(text: str, language: str) -> list[str]:
    """The terms to look for, each once: those of the question's language and of the others that share its letters.

    Russian and Kazakh articles share names and numbers, but each language cuts its words its own way. Words that only
    ask ("which", сколько, дегеніміз) are left out, unless there is nothing else.
    """
    plain = simplified(text)
    found = _words(plain)
    found = [word for word in found if word not in _ASKING] or found
    languages = ("ru", "kk") if language in ("ru", "kk") else (language,)
    looked = [term for each in languages for term in stems(found, each) + joined(plain, each)]
    looked += number_terms(found, language)
    looked += [key for each in languages for key in keys(found, each)]
    return list(dict.fromkeys(looked))

def stems(found: list[str], language: str) -> list[str]:
    stem = _stemmer(language)
    return [word.replace(",", ".") if word[0].isdigit() else stem(word) for word in found]

def joined(plain: str, language: str) -> list[str]:
    stem = _stemmer(language)
    out = []
    for w in _HYPHENATED.findall(plain):
        j = re.sub("[-‐‑]", "", w)
        out.append(stem(j))
        out += [MARK + k for k in name_keys(j, language)]
    return out

def keys(found: list[str], language: str) -> list[str]:
    return [MARK + key for word in found for key in name_keys(word, language)]

def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text, compatibility forms folded, ё written е."""
    return _words(simplified(text))


def _words(plain):
    return _WORD.findall(plain)


def simplified(text: str) -> str:
    text = unicodedata.normalize("NFKC", _STRESS.sub("", text)).lower().replace("ё", "е")
    text = _INITIALS.sub(lambda found: re.sub("[.-]", "", found[0]) + " ", text)
    text = _NUMBER.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return _APOSTROPHE.sub("", text)


@functools.cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "kk":
        return kazakh.stem
    import Stemmer

    stemmer = Stemmer.Stemmer({"ru": "russian"}.get(language, "english"))
    stem: Callable[[str], str] = stemmer.stemWord
    return stem
