"""Tells the whole from the part of it: "of the 150 houses promised, 92 stand", "13 million hectares, including 6 million in the south".

So it does the rule from its exception: "a pass lasts 90 days by default. Guests may choose one of two days". Which of the two is asked for is told by the words that only one of them is told with. Without such words both may be.
"""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from index.analysis.terms import stems
from rag.reading.now_and_before import numbers_of
from rag.reading.quantities import Quantity

_WORD = re.compile(r"[^\W\d_]{3,}")
_ROOT = 6  # letters of a stem by which a word is known in its other forms
_BEHIND = re.compile(r", (?!who|which|where|котор|где)")  # the comma after which both are told of again
_BESIDE = 60  # characters between "including" and the number of the part
MANY = 2  # of "how many" in a question, which asks for both then, perhaps

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Where the number of a whole and that of a part of it stand in a text, and what is told of either."""

    whole: Place
    part: Place
    of_whole: str
    of_part: str

    def asks_part(self, asked: frozenset[str], language: str) -> bool:
        """Whether the words of a question, by their roots, name what only the part is told with."""
        return not asked.isdisjoint(_roots(self.of_part, language) - _roots(self.of_whole, language))


class AskedParts:
    """The numbers of a text that count a whole where a part of it is asked for.

    A whole is never taken for asked for by its words: those who ask for a part in other words name the whole as well.

    >>> text = "Of the 150 houses promised in May, 92 stand."
    >>> asked = [AskedParts(f"How many houses {each}?", "en", text, "en") for each in ("stand", "were promised")]
    >>> [each.is_whole(7) for each in asked], [text[slice(*each.without_whole(7, 37))] for each in asked]
    ([True, False], ['92', '150 houses promised in May, 92'])
    """

    def __init__(self, question: str, language: str, text: str, written: str) -> None:
        asking = whole_words(record(language).answers.asks_number)
        pairs = pairs_in(text, written) if len(asking.findall(question)) < MANY else ()
        roots = _roots(asking.sub(" ", question), language) if language == written else frozenset()
        self._wholes = [pair for pair in pairs if pair.asks_part(roots, written)]

    def is_whole(self, place: int) -> bool:
        """Whether the number that begins at a place counts a whole a part of which is asked for."""
        return any(pair.whole[0] <= place < pair.whole[1] for pair in self._wholes)

    def without_whole(self, start: int, end: int) -> Place:
        """Words that hold the numbers of a whole and of the part that is asked for, from the part on."""
        for pair in self._wholes:
            (_, whole), (part, part_end) = pair.whole, pair.part
            if start < whole <= part < end:
                return part, max(end, part_end)
        return start, end


@functools.lru_cache(256)
def pairs_in(text: str, language: str) -> tuple[Pair, ...]:
    """The numbers of a whole and of a part of it in a text: in one sentence, or the part in a sentence that begins with "of these".

    >>> text = "They planted 900 trees. Of these, 40 stand in Lund."
    >>> [(text[slice(*each.whole)], text[slice(*each.part)]) for each in pairs_in(text, "en")]
    [('900', '40')]
    """
    found: list[Pair] = []
    before: tuple[int, int] | None = None
    for place in sentences(text, language):
        found += _of_whole(text, place, language)
        found += _included(text, place, before, language)
        if before and "\n\n" not in text[before[1] : place[0]]:
            found += _exceptions(text, before, place, language)
        before = place
    return tuple(found)


def _of_whole(text: str, place: Place, language: str) -> Iterator[Pair]:
    """Pairs of a sentence that names the whole first: of 150 houses, 92; из 150 домов сданы 92; 150 үйдің 92-сі."""
    start, end = place
    sentence = text[start:end]
    for whole, part in itertools.pairwise(numbers_of(sentence, language)):
        between = sentence[whole.end : part.start]
        if _marks(language).search(between):  # which is seen to by `_included`
            continue
        told = f"{sentence[: whole.start]}#{between}#{sentence[part.start :]}"
        marked = _whole_first(language).search(told)
        if marked and _may_be_parts(whole, part) and not _ends_with_number(told[: marked.start()], language):
            split = part.start - _own_words(between, language)
            yield _pair(start, whole, start, part, sentence[:split], sentence[split:])


def _ends_with_number(text: str, language: str) -> bool:
    """Whether a number stands last in a text, perhaps with what it counts: fourteen trams (of thirty-five)."""
    numbers = numbers_of(text, language)
    return bool(numbers) and len(text[numbers[-1].end :].split()) <= 1


def _own_words(between: str, language: str) -> int:
    """How many of the characters between a whole and its part are told of the part: after the comma, else its verb before it."""
    if ", " in between:
        return len(between) - between.rindex(", ")
    if record(language).talk.placed_by_case:  # the verb stands last
        return 0
    return len(between.split()[-1]) + 1 if len(between.split()) > 1 else 0


def _included(text: str, place: Place, before: Place | None, language: str) -> Iterator[Pair]:
    """Pairs of a sentence that names the whole before "including", or begins with "of these" after the one that names it."""
    start, end = place
    sentence = text[start:end]
    numbers = numbers_of(sentence, language)
    for mark in _marks(language).finditer(sentence):
        own = [each for each in numbers if each.end <= mark.start()]
        until = sentence.find(";", mark.start())  # behind it others are told of
        until = until if until >= 0 else len(sentence)
        parts = [each for each in numbers if mark.start() <= each.start < until]
        if own and mark.start() - own[-1].end <= 1:  # 92 of them
            parts, own = [own[-1], *parts], own[:-1]
        offset, wholes = start, own
        if not own and before and not sentence[: mark.start()].strip(" ,—–-"):
            offset, wholes = before[0], list(numbers_of(text[slice(*before)], language))
        until = _end_of_part(sentence, mark, parts, own, until, language)
        for at, part in enumerate(parts):
            whole = next((each for each in reversed(wholes) if _may_be_parts(each, part)), None)
            if whole is None or (not at and part.start - mark.end() > _BESIDE):
                break
            left = max(mark.end() if part.start > mark.start() else part.start, _after_comma(sentence, part.start))
            right = _comma_before(sentence, parts[at + 1].start) if at + 1 < len(parts) else until
            of_whole = sentence[: min(mark.start(), part.start)] if offset == start else text[slice(*before or place)]
            yield _pair(offset, whole, start, part, of_whole, sentence[left : max(right, part.end)])


def _end_of_part(
    sentence: str, mark: re.Match[str], parts: list[Quantity], own: list[Quantity], until: int, language: str
) -> int:
    """Where ends what is told of the parts alone: at the comma after them, or, where the verb stands last, before that of both."""
    if not parts or not own or parts[-1].start < mark.start():
        return until
    comma = _BEHIND.search(sentence, parts[-1].end, until)
    end = comma.start() if comma else until
    is_shared = len(sentence[own[-1].end : mark.start()].split()) <= 1  # 120 people, of these 40 children, came
    if not (record(language).talk.placed_by_case and is_shared):
        return end
    return max(parts[-1].end, sentence.rstrip(" .,!?;").rfind(" ", 0, end))


def _exceptions(text: str, one: Place, other: Place, language: str) -> Iterator[Pair]:
    """A rule and its exception in two sentences, as a whole and its part: a pass lasts 90 days by default; guests may have one of 2 days."""
    rule, exception = one, other
    is_rule, is_rule_there = (bool(_general(language).search(text, *place)) for place in (one, other))
    if is_rule == is_rule_there:
        return
    if is_rule_there:
        rule, exception = other, one
    numbers = (numbers_of(text[slice(*place)], language) for place in (rule, exception))
    for general, special in itertools.product(*numbers):
        if general.unit == special.unit and general.amount != special.amount:
            told = text[slice(*rule)], text[slice(*exception)]
            yield _pair(rule[0], general, exception[0], special, *told)


def _pair(offset: int, whole: Quantity, start: int, part: Quantity, of_whole: str, of_part: str) -> Pair:
    places = (offset + whole.start, offset + whole.end), (start + part.start, start + part.end)
    return Pair(*places, of_whole, of_part)


def _may_be_parts(whole: Quantity, part: Quantity) -> bool:
    return part.unit in (whole.unit, "") and part.written != whole.written and 1 <= part.amount < whole.amount


def _after_comma(sentence: str, place: int) -> int:
    return max(sentence.rfind(", ", 0, place), sentence.rfind("; ", 0, place)) + 1


def _comma_before(sentence: str, place: int) -> int:
    return max(sentence.rfind(", ", 0, place), sentence.rfind("; ", 0, place))


def _roots(text: str, language: str) -> frozenset[str]:
    """The beginnings of the words of a text that say something."""
    little = record(language).little_words
    said = (word for word in _WORD.findall(text.lower()) if word not in little)
    return frozenset(stem[:_ROOT] for stem in stems(" ".join(said), language))


@functools.cache
def _whole_first(language: str) -> re.Pattern[str]:
    return re.compile(record(language).statements.whole_first, re.IGNORECASE)


@functools.cache
def _general(language: str) -> re.Pattern[str]:
    return whole_words(record(language).statements.general)


@functools.cache
def _marks(language: str) -> re.Pattern[str]:
    return whole_words(record(language).statements.including)
