"""Reads a question in the letters that were meant: another keyboard layout, Kazakh without its letters or in plain Latin ones."""

import re
from collections.abc import Iterator
from itertools import product

from index import Snapshot
from index.analysis import kazakh_latin
from index.analysis.detect import detect
from index.analysis.languages import RECORDS, record
from index.analysis.terms import readable, stem, words
from index.embedding.e5.tokenizer import shared_tokenizer
from rag.understanding.keyboard import in_kazakh_layout, in_other_layout
from rag.understanding.typos import knows_most

LEAST_TYPED = 3  # letters of a word that may have been typed in the other layout
_LEAST_KAZAKH = 0.5  # share of the words that must be Kazakh ones of the index or the language
_LEAST_KNOWN = 0.5  # share of the words that the index must know in another layout, and not know as English ones
_MOST_SPELLINGS = 512  # of a word; a longer one has the first letters that may stand for two exchanged
_MEANT = {"к": "қ", "г": "ғ", "а": "ә", "о": "ө", "у": "ұү", "н": "ң", "и": "ій", "ы": "і", "й": "иі", "х": "һқ"}
_MEANT |= {"ұ": "уү", "і": "ий"}  # Latin u and i
_SOUNDS = (("тси", "ци"), ("иыа", "ия"), ("иұ", "ию"))  # as Latin letters spell them
_KAZAKH = RECORDS["kk"]
_PLAIN = re.compile(r"[\x00-\x7fа-яё«»–—…]*", re.IGNORECASE)
_SMALL = _KAZAKH.function_words | _KAZAKH.question_words
_OTHER = RECORDS["ru"].function_words | RECORDS["ru"].question_words | RECORDS["ru"].small_words
_TELLING = frozenset(word for word in _SMALL - _OTHER if len(word) >= LEAST_TYPED)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_IN_LATIN = re.compile("[!-~]+")  # with the signs that are letters in another layout
_IN_CYRILLIC = re.compile(r"[а-яё]+\W*", re.IGNORECASE)


def in_meant_letters(written: str, language: str, snapshot: Snapshot) -> tuple[str, str]:
    """A text in the letters that the index knows it in, and its language; as it is if it knows it in no others.

    Args:
        written: the text as it was typed; `language` is what it seems to be.

    >>> list(_spellings("зан"))[:4]
    ['зан', 'заң', 'зән', 'зәң']
    """
    if kazakh := _with_kazakh_letters(written, language, snapshot):
        return kazakh, "kk"
    text = readable(written, language)
    if not knows_most(text, language, snapshot, least=0.01):
        for other in (in_other_layout(text), in_kazakh_layout(text)):
            spoken, longest = detect(other), max(map(len, words(other)), default=0)
            if longest >= LEAST_TYPED and knows_most(other.lower(), spoken, snapshot, least=_LEAST_KNOWN):
                return other, spoken
    return " ".join(_in_known_layout(word, language, snapshot) for word in text.split()), language


def _in_known_layout(word: str, language: str, snapshot: Snapshot) -> str:
    """A word in letters that are not of the language, in those that the same keys would have typed, if the index knows only these."""
    typed = _IN_LATIN if record(language).cyrillic else _IN_CYRILLIC
    if not typed.fullmatch(word) or sum(map(str.isalpha, word)) < LEAST_TYPED:
        return word
    other = in_other_layout(word)
    is_known = knows_most(word, "en" if record(language).cyrillic else "ru", snapshot, least=1.0)
    return other if not is_known and knows_most(other, language, snapshot, least=1.0) else word


def _with_kazakh_letters(written: str, language: str, snapshot: Snapshot) -> str | None:
    """A question in Kazakh that was typed without the letters that only Kazakh has; None if it is not one."""
    if not _PLAIN.fullmatch(written) or (language == "en" and knows_most(written, "en", snapshot, least=_LEAST_KNOWN)):
        return None
    text = (
        written if _CYRILLIC.search(written) else kazakh_latin.to_cyrillic(written)
    )  # beside Cyrillic a Latin word is foreign
    for sounds, letters in _SOUNDS:
        text = text.replace(sounds, letters)
    found = [word.lower() for word in _WORD.findall(text) if _CYRILLIC.match(word)]
    if language == "ru" and not _OTHER.isdisjoint(set(found) - _SMALL):
        return None
    spelled = {word: _spelled(word, snapshot) for word in dict.fromkeys(found)}
    if list(spelled.values()).count(None) > (1 - _LEAST_KAZAKH) * len(spelled):
        return None
    if language != "kk" and _TELLING.isdisjoint(spelled.values()):
        return None
    return _WORD.sub(lambda word: _cased(spelled.get(word[0].lower()) or word[0], word[0]), text)


def _spelled(word: str, snapshot: Snapshot) -> str | None:
    """A Kazakh word as it is spelled: a word of the language, or the most usual form of one that the index knows; None if neither."""
    spellings = list(_spellings(word))
    if small := [each for words in (_KAZAKH.question_words, _SMALL) for each in spellings if each in words]:
        return small[0]
    stems = {each: stem(each, "kk") for each in spellings}
    counts = snapshot.terms_among(list(dict.fromkeys(stems.values())))
    if not counts:
        return None
    found = stems[word] if stems[word] in counts else max(counts, key=lambda term: (counts[term], term))
    return max((each for each in spellings if stems[each] == found), key=shared_tokenizer().log_likelihood)


def _spellings(word: str) -> Iterator[str]:
    """A word with any of its letters exchanged for Kazakh ones, itself first."""
    choices: list[str] = []
    made = 1
    for letter in word:
        meant = letter + _MEANT.get(letter, "")
        made *= len(meant)
        choices.append(meant if made <= _MOST_SPELLINGS else letter)
    return map("".join, product(*choices))


def _cased(word: str, like: str) -> str:
    return like if word == like.lower() else word.capitalize() if like[:1].isupper() else word
