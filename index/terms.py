"""Turns text into the words that the lexical index counts, language by language."""

import functools
import re
import unicodedata
from collections.abc import Callable

_NUMBER_GAP = re.compile(r"(?<=\d)[  \u202f,](?=\d{3}(?!\d))")  # 10 000 and 10,000 are 10000
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_KAZAKH_PREFIX = 6  # characters; no permissive Kazakh stemmer exists


def terms(text: str, language: str) -> list[str]:
    """The index terms of a text in the order of its words.

    English and Russian words are stemmed with Snowball, Kazakh words cut to six letters, numbers kept whole.

    >>> terms("Ten laws must be updated; 10,000 letters", "en")
    ['ten', 'law', 'must', 'be', 'updat', '10000', 'letter']
    """
    stem = _stemmer(language)
    return [word if word[0].isdigit() else stem(word) for word in words(text)]


def query_terms(text: str, language: str) -> list[str]:
    """The terms to look for, each once: those of the question's language and of the others that share its letters.

    Russian and Kazakh articles share names and numbers, but each language cuts its words its own way.
    """
    languages = ("ru", "kk") if language in ("ru", "kk") else (language,)
    return list(dict.fromkeys(term for each in languages for term in terms(text, each)))


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text, compatibility forms folded, ё written е."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return _WORD.findall(_NUMBER_GAP.sub("", text))


@functools.cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "kk":
        return lambda word: word[:_KAZAKH_PREFIX]
    import Stemmer

    stemmer = Stemmer.Stemmer({"ru": "russian"}.get(language, "english"))
    stem: Callable[[str], str] = stemmer.stemWord
    return stem
