"""Corrects slips of the pen: a word that the index does not have gives way to a near one that it has.

A word that the language has is no slip: `hospital` in an index of laws. What is neither a word of the index, in any form or
spelling, nor of the language gives way to the likeliest word one edit away. A name is in no dictionary, so it is a slip only if it is far less
usual than the word it would become; how usual a word is tells the tokenizer's unigram model. Words are taken from the articles as they stand there.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, takewhile, zip_longest
from typing import NamedTuple

from index import Snapshot
from index.analysis.dictionary import is_word, knows_all_forms
from index.analysis.languages import RECORDS, record
from index.analysis.languages.kazakh_endings import declined
from index.analysis.languages.record import whole_words
from index.analysis.name_keys import MARK, name_keys
from index.analysis.terms import stem, stems, words
from index.embedding.e5.tokenizer import shared_tokenizer
from rag.understanding.edits import Edit, distance, edit_between

SHORTEST = 3  # letters of a word that may be a slip
_HEAD = 3  # letters by which near terms are found
_LOOKED_AT = 4_000  # terms that begin alike
_TRIED = 12  # terms whose words are looked up in the articles
_CHUNKS = 3  # in which these words are looked up
_SHORT_ENDING = 3  # letters; cut by the stemmer of another language, more of them say nothing
_LONGEST_ENDING = 7  # letters that a stemmer may have cut
# By how many nats a name is less usual than the word it stands for, if it is a slip, where the tokenizer cuts it into two, three, or more
# pieces. Names seldom fall into four, and seldom come of others by a swap or a doubled letter. These and the next three were chosen on slips
# made in 60 questions each of own/dev, own/train, the stories, XQuAD, TyDi QA and KazQAD, and on these questions as they are.
_NEEDED = {
    Edit.SWAPPED: (3.0, 3.0, 0.0),
    Edit.DOUBLED: (3.0, 3.0, 0.0),
    Edit.LEFT_OUT: (7.0, 3.0, 0.0),
    Edit.PUT_IN: (12.0, 9.0, 0.0),
    Edit.CHANGED: (12.0, 12.0, 0.0),
}
_NO_WORD, _NO_WORD_OF_A_SHORT_LIST = -3.0, 6.0  # the same of what is no word
_NOWHERE = 2.0  # the same of what is no word and has one letter for another of a word that no article has
_NEW_WORD = 6.5  # the same where what is written may be a new word, and the letter is the first one or no article has the other word
_NEW = -21.0  # a log-probability; a word in two pieces that is less usual is hardly one
_LEAST_DOUBLED = 5  # letters of what may lack a doubled one
_UNKNOWN = 0.5  # of the other words, that the index may not know where what is no word is taken for a slip
_NOT_IN_THE_INDEX = 7.0  # nats that a word of the language is worth less than one of the articles
_MOST, _STRANGE = 0.67, 5.0  # an index that does not know so many of the other words tells of something else: nats more
_HAS_STEM = 5.0  # nats more for a word whose stem the index knows: it may only be an ending that no article has
_LONG = 9  # letters of a word that hardly becomes another one with one more
_LEFT_OUT_OF_LONG = 3.0  # nats less for such a slip
_ASKS = 3.0  # nats that a question word is worth in the first place, and as much what asks with a word beside it: how "many"
_COSTS = {
    Edit.SWAPPED: 5.0,
    Edit.DOUBLED: 5.0,
    Edit.LEFT_OUT: 5.5,
    Edit.PUT_IN: 6.0,
    Edit.CHANGED: 6.5,
}  # nats, of each edit
_WORD = re.compile(r"(?<!\w['’])[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")  # without the 's of an owner
_NEXT_WORD = re.compile(r"\W+(\w+)")
_LAST_WORD = re.compile(r"(\w+)\W+$")


class Correction(NamedTuple):
    """A word as it was written, and as it is read."""

    written: str
    read: str


def corrected(text: str, language: str, snapshot: Snapshot) -> tuple[str, tuple[Correction, ...]]:
    """A question with its slips corrected, and which words were changed.

    Args:
        text: the question in the letters of its language.
        language: of the question.
    """
    matches = list(_WORD.finditer(text))
    unknown = [match for match in matches if not _is_known(match[0], language, snapshot)]
    odd = [match for match in matches if match not in unknown and _is_odd(match[0], language, snapshot)]
    slips = [match for match in unknown if _is_strange(match[0], language)]
    read: dict[int, str] = {}
    telling = sum(match[0].lower() not in _function_words(language) for match in matches)
    for tried in ([*odd, *slips], slips):  # what is read makes the others less strange
        for match in tried:
            if match.start() not in read and _may_be_slip(text, match):
                strangers = sum(other.start() not in read for other in unknown if other is not match)
                shares = strangers / max(1, telling - 1), strangers / max(1, len(matches) - 1)
                slip = _Slip(match[0], text[: match.start()], text[match.end() :], language, *shares, match in odd)
                if meant := _meant(slip, snapshot):
                    read[match.start()] = meant
        if not read:
            break
    pieces = [read.get(match.start(), match[0]) for match in matches]
    between = _WORD.split(text)
    whole = "".join(chain.from_iterable(zip_longest(between, pieces, fillvalue="")))
    return whole, tuple(Correction(match[0], read[match.start()]) for match in matches if match.start() in read)


def knows_most(text: str, language: str, snapshot: Snapshot, least: float) -> bool:
    """Whether the index, or the language, has at least such a share of the words of a text; true of a text without words."""
    found = _WORD.findall(text)
    return sum(_is_known(word, language, snapshot) for word in found) >= least * len(found)


def _may_be_slip(text: str, match: re.Match[str]) -> bool:
    """Whether a word is long enough, and neither a code, nor a part of one or of a word with stress marks; its capital may be doubled."""
    word = match[0]
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    if len(word) < SHORTEST or any(mark in "_-/@0123456789\u0301" for mark in beside):
        return False
    return word[2:].islower() and (not word[:2].isupper() or word[0] == word[1])


def _is_known(word: str, language: str, snapshot: Snapshot) -> bool:
    lower = word.lower()
    if lower in _function_words(language):
        return True
    if _is_miswritten_question_word(lower, language):
        return False  # however its stem reads: нешее
    forms = [
        *stems(lower, language),
        *(stem for stem in _stems(lower, language) if len(lower) - len(stem) <= _SHORT_ENDING),
    ]
    if word[0].isupper() and not word[1:2].isupper():  # a name may be spelled in another way
        forms += [MARK + key for key in name_keys(lower, language)]
    return any(snapshot.document_frequencies(forms).values())


def _is_strange(word: str, language: str) -> bool:
    """Whether a word is none of its language."""
    return not is_word(word, language) or _is_miswritten_question_word(word.lower(), language)


def _is_odd(word: str, language: str, snapshot: Snapshot) -> bool:
    """Whether a word that the index knows by its stem or its sound looks like no word, and stands in none of some articles."""
    lower = word.lower()
    if lower in _function_words(language) or _usual(word)[1] < 2:
        return False
    forms = dict.fromkeys([*_stems(lower, language), *(MARK + key for key in name_keys(lower, language))])
    found = [chunk.text for form in forms for chunk, _ in snapshot.chunks_with_term(form, _CHUNKS)]
    if any(lower in text.lower() for text in found) or is_word(word, language):
        return False
    return not any(_is_form(lower, other, language) for text in found for other in words(text))


def _is_form(word: str, other: str, language: str) -> bool:
    """Whether a word is another one with an ending, or with another ending, as names in no dictionary have them.

    >>> _is_form("акбулаке", "акбулак", "ru"), _is_form("акбулаке", "акбулаком", "ru"), _is_form("законой", "закон", "ru")
    (True, True, False)
    >>> _is_form("ақбұлақтан", "ақбұлақ", "kk"), _is_form("akbulaks", "akbulak", "en"), _is_form("akbulakk", "akbulak", "en")
    (True, True, False)
    """
    if language == "kk":
        return word in declined(other)
    if is_word(other, language):  # the dictionary has its forms, too
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    is_ending = re.compile(record(language).nouns.own_endings).fullmatch
    return any(is_ending(word, at) and is_ending(other, at) for at in range(max(_HEAD, shared - 1), shared + 1))


def _is_miswritten_question_word(word: str, language: str) -> bool:
    as_long = (each for each in record(language).question_words if 0 <= len(word) - len(each) <= 1)
    return any(_is_miswritten(word, each) for each in as_long)


def _is_miswritten(word: str, asks: str) -> bool:
    """Whether a word is a question word with a letter doubled or two swapped."""
    is_near = len(asks) > SHORTEST and distance(word, asks, 1) == 1
    return is_near and edit_between(word, asks) in (Edit.SWAPPED, Edit.DOUBLED)


@cache
def _function_words(language: str) -> frozenset[str]:
    """Words that say little by themselves, of all languages in the same letters."""
    letters = record(language).cyrillic
    return frozenset(
        chain.from_iterable(_own_function_words(each.code) for each in RECORDS.values() if each.cyrillic == letters)
    )


def _own_function_words(language: str) -> Iterator[str]:
    known = record(language)
    return chain(known.small_words, known.question_words, known.negations, known.numerals.words)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word that may be a slip.

    `strangers` is the share of the question's other telling words that the index does not know either, `unknown` that of all its
    other words; `has_stem` tells that the index knows this one's stem.
    """

    written: str
    before: str
    after: str
    language: str
    strangers: float
    unknown: float
    has_stem: bool

    def needed(self, read: str, *, is_here: bool) -> float:
        """By how many nats it must be less usual than another word, of the articles or not, to be a slip for it."""
        if self._may_be_name(read):
            return self._needed_by_pieces(read)
        needed = _NO_WORD if self._is_surely_none(read) else _NO_WORD_OF_A_SHORT_LIST
        if edit_between(self.written, read) is Edit.CHANGED:  # a new word is near to others: vape, quinoa
            usual, pieces = _usual(self.written)
            is_new = pieces == 2 and usual >= _NEW and read not in _function_words(self.language)
            begins_otherwise = self.written[:1] != read[:1]
            needed = needed if is_here else max(needed, _NOWHERE)
            needed = max(needed, _NEW_WORD) if is_new and (begins_otherwise or not is_here) else needed
        return min(needed, self._needed_by_pieces(read))

    def is_plain(self) -> bool:
        """Whether it is in small letters, among words that the index knows."""
        return self.written.islower() and self.unknown <= _UNKNOWN

    def _may_be_name(self, read: str) -> bool:
        """Whether it has a capital, which the first word of a question has anyway, or stands among words that the index does not know."""
        begins = not self.before.strip() and is_word(read, self.language) and self._is_surely_none(read)
        return self.unknown > _UNKNOWN or not (self.written.islower() or begins)

    def _is_surely_none(self, read: str) -> bool:
        """Whether what is in no dictionary is no word, or stands for one that asks."""
        return knows_all_forms(self.language) or read in _function_words(self.language)

    def _needed_by_pieces(self, read: str) -> float:
        """The same of what may be a name."""
        by_pieces = _NEEDED[edit_between(self.written.lower(), read)]
        more = _STRANGE * (self.strangers > _MOST) + _HAS_STEM * self.has_stem
        is_long = len(self.written) >= _LONG and edit_between(self.written.lower(), read) is Edit.LEFT_OUT
        return by_pieces[min(_usual(self.written)[1], 4) - 2] + more - _LEFT_OUT_OF_LONG * is_long

    def asking(self, read: str) -> float:
        """What another word in its place is worth, in nats, if it asks: as the first one, or with one beside it, how "many"."""
        asking = whole_words(record(self.language).follow_up.asking)
        last, next_ = _LAST_WORD.search(self.before), _NEXT_WORD.match(self.after)
        pairs = ([f"{last[1]} {read}"] if last else []) + ([f"{read} {next_[1]}"] if next_ else [])
        is_first = not last and read in record(self.language).question_words
        return _ASKS * (is_first + any(asking.fullmatch(pair) for pair in pairs))


def _function_words_near(word: str, language: str) -> Iterator[str]:
    """Function words of the language that may be one edit away."""
    letters = frozenset(word)
    for length in range(len(word) - 1, len(word) + 2):
        yield from (each for each, own in _by_length(language).get(length, ()) if len(own - letters) <= 1)


@cache
def _by_length(language: str) -> dict[int, list[tuple[str, frozenset[str]]]]:
    """The function words of a language by how long they are, each with its letters."""
    found: dict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for each in dict.fromkeys(_own_function_words(language)):
        found[len(each)].append((each, frozenset(each)))
    return dict(found)


def _meant(slip: _Slip, snapshot: Snapshot) -> str | None:
    """The likeliest word that is meant by a slip, of those that are near and usual enough; None if there is none."""
    word, (usual, pieces) = slip.written.lower(), _usual(slip.written)
    if pieces < 2:  # a word, maybe of another language
        return _with_doubled(slip)
    letters = _letters(slip.language)
    near = {*_function_words_near(word, slip.language), *_index_words(word, letters, slip.language, snapshot)}
    tried = _edited(word, letters, len(word)) if slip.is_plain() else ()
    further = {each for each in tried if is_word(each, slip.language)}
    worth = {
        each: _usual(each)[0] + slip.asking(each) + _log_frequency(each, slip.language, snapshot)
        for each in near | further
        if len(each) >= SHORTEST and distance(word, each, 1) == 1
    }
    cost = {each: _COSTS[edit_between(word, each)] + _NOT_IN_THE_INDEX * (each not in near) for each in worth}
    likely = sorted(worth, key=lambda each: (worth[each] - cost[each], each), reverse=True)
    few = likely if len(word) >= _LONG else likely[:1]  # a short word has many neighbours
    read = next((each for each in few if worth[each] - usual >= slip.needed(each, is_here=each in near)), None)
    return read and _cased(read, slip.written)


def _with_doubled(slip: _Slip) -> str | None:
    """The word that a slip is without a doubled letter, as in suport; None if that is no word, or less usual than what was written."""
    word, language = slip.written, slip.language
    if len(word) < _LEAST_DOUBLED or not (slip.is_plain() and knows_all_forms(language)):
        return None
    made = {word[:at] + letter + word[at:] for at, letter in enumerate(word)}
    likely = [each for each in made if is_word(each, language) and _usual(each)[0] >= _usual(word)[0]]
    return max(likely, key=lambda each: (_usual(each)[0], each), default=None)


def _log_frequency(word: str, language: str, snapshot: Snapshot) -> float:
    """The logarithm of the number of chunks that hold a word in some form, and one more."""
    return math.log1p(sum(snapshot.document_frequencies([stem(word, language)]).values()))


@lru_cache(1 << 14)  # a slip is tried again when others have been read
def _usual(word: str) -> tuple[float, int]:
    """How usual a word is, a log-probability, and into how many pieces it falls; small or with a capital, as it is more usual."""
    return max(map(shared_tokenizer().log_likelihood, {word.lower(), word.capitalize()}))


def _index_words(word: str, letters: str, language: str, snapshot: Snapshot) -> Iterator[str]:
    """Words of the articles that are near to a word, and such as their stems make with its ending."""
    counts: dict[str, int] = snapshot.terms_with_prefix(word[:_HEAD], _LOOKED_AT)
    letters_of_word = frozenset(word)
    alike = [term for term in counts if len(letters_of_word.union(term)) <= len(letters_of_word) + 1]
    near = {term: ends for term in alike if (ends := _near_beginnings(term, word))}
    edited_of: dict[str, list[str]] = defaultdict(list)
    is_plain = letters_of_word.issubset(letters)
    for edited in dict.fromkeys(_edited(word, letters, _HEAD)):
        for each in [stem(edited, language)] if is_plain else stems(edited, language):
            edited_of[each].append(edited)
    found = snapshot.terms_among(list(edited_of))
    for term in sorted(found, key=lambda term: (-found[term], term))[:_TRIED]:
        yield from (each for each in edited_of[term] if _is_near_word(each, word, language))
        yield from _words_of(term, snapshot)
    for term in sorted(near, key=lambda term: (-counts[term], term))[:_TRIED]:
        made = (term + word[end:] for end in near[term])
        yield from (each for each in made if term in _stems(each, language) and _is_near_word(each, word, language))
        yield from _words_of(term, snapshot)


def _is_near_word(made: str, slip: str, language: str) -> bool:
    """Whether a form that no article was seen to have is a word all the same, one edit away."""
    return distance(made, slip, 1) == 1 and is_word(made, language)


def _words_of(term: str, snapshot: Snapshot) -> Iterator[str]:
    """The words of the articles that stand for a term, each form once."""
    for chunk, document in snapshot.chunks_with_term(term, _CHUNKS):
        for word in dict.fromkeys(words(chunk.text)):
            if word[:1] == term[:1] and term in stems(word, document.language):
                yield word


def _stems(word: str, language: str) -> Iterator[str]:
    """The stem of a word in every language of the same letters."""
    for each in RECORDS.values():
        if each.cyrillic == record(language).cyrillic:
            yield from stems(word, each.code)


def _near_beginnings(term: str, word: str) -> list[int]:
    """The ends of the beginnings of a word that a term is one edit from; what follows them a stemmer may have cut."""
    if not term.isalpha() or not -1 <= len(word) - len(term) <= _LONGEST_ENDING + 1:
        return []
    ends = range(max(_HEAD, len(term) - 1), min(len(word), len(term) + 1) + 1)
    return [end for end in ends if distance(term, word[:end], 1) <= 1]


def _edited(word: str, letters: str, until: int) -> Iterator[str]:
    """A word with one edit before a place: a letter left out, two swapped, one of some letters put in or exchanged."""
    for at in range(until):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        for letter in letters:
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]


@cache
def _letters(language: str) -> str:
    if not record(language).cyrillic:
        return "abcdefghijklmnopqrstuvwxyz"
    return "абвгдежзийклмнопрстуфхцчшщъыьэюя" + "".join(sorted(RECORDS["kk"].letters & set("әғқңөұүһі")))


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
