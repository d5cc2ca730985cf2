"""Tells what a sentence says of now from what it says of before: "540 pupils learn here now, before the repair it was 320"."""

import functools
import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from index.analysis.terms import stems
from rag.reading.quantities import Quantity, quantities_in
from rag.reading.told import years_in
from rag.understanding.days import published_days
from rag.understanding.when import times_in, when

_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")


class AskedThen:
    """Whether a question asks for what was before, and of which years.

    >>> text = "The inn has 120 rooms now, before the fire it had 64."
    >>> asked = [AskedThen(f"How many rooms {each}?", "en") for each in ("had it before the fire", "does it have")]
    >>> [[each.is_other(text, place, "en", "2021-05-03") for place in (12, 50)] for each in asked]
    [[True, False], [False, True]]
    """

    def __init__(self, question: str, language: str) -> None:
        self._time = when(question, language)
        self._years = years_in(question)
        self._names_before = names_before(question, language)

    def is_other(self, sentence: str, place: int, language: str, published: str | None) -> bool:
        """Whether the first number from a place of a sentence on is of now and one beside it of before, or the other way round,
        and that one is asked for.

        Args:
            published: the date of the sentence's article, if it has one.
        """
        sides = _sides(sentence, place, language)
        if sides is None:
            return False
        named, named_there = (not self._years.isdisjoint(years_in(side)) for side in sides)
        if named != named_there:
            return named_there
        before, before_there = (_is_of_before(side, language) or _is_of_past_year(side, published) for side in sides)
        return before != before_there and before != self._asks_before(published)

    def _asks_before(self, published: str | None) -> bool:
        asked, printed = self._time and self._time.days(published), published_days(published)
        return asked.last < printed.first if asked and printed else self._names_before


def names_before(question: str, language: str) -> bool:
    """Whether a question asks for what was before, as its words say."""
    return _is_of_before(question, language)


def without_other_time(words: str, language: str) -> str:
    """The words of a number up to where another one of its kind is told of another time.

    >>> without_other_time("120 rooms now, before the fire it had 64", "en")
    '120 rooms now'
    """
    sides = _sides(words, 0, language)
    if sides is None:
        return words
    before, before_there = (_is_of_before(side, language) for side in sides)
    return words if before == before_there else sides[0]


def _sides(sentence: str, place: int, language: str) -> tuple[str, str] | None:
    """The part of a sentence with the first number from a place on, and that with a number of its kind beside it; None without such."""
    found = numbers_of(sentence, language)
    at = next((at for at, each in enumerate(found) if each.end > place), len(found))
    beside = [found[near] for near in (at + 1, at - 1) if 0 <= near < len(found)] if at < len(found) else []
    for other in beside:
        one, two = sorted((found[at], other), key=lambda each: each.start)
        mark = _between(language).search(sentence, one.end, two.start)
        if mark and _are_alike(sentence, one, two, language):
            left, right = sentence[: mark.start()], sentence[mark.end() :]
            return (left, right) if other is two else (right, left)
    return None


@functools.lru_cache(256)
def numbers_of(sentence: str, language: str) -> tuple[Quantity, ...]:
    """The numbers of a sentence, those of its dates left out."""
    times = times_in(sentence, language)
    found = quantities_in(sentence, language)
    return tuple(each for each in found if not any(time.start <= each.start < time.end for time in times))


def _are_alike(sentence: str, one: Quantity, other: Quantity, language: str) -> bool:
    """Whether two numbers have one unit or count one thing, as far as words after them tell; half of them is no count of it."""
    if (one.amount < 1) != (other.amount < 1):
        return False
    if one.unit or other.unit:
        return one.unit == other.unit
    counted = [_counted(sentence, each, language) for each in (one, other)]
    return not all(counted) or not counted[0].isdisjoint(counted[1])


def _counted(sentence: str, quantity: Quantity, language: str) -> frozenset[str]:
    """Stems of the word that stands right after a number, none if it says little."""
    found, known = _NEXT_WORD.match(sentence, quantity.end), record(language)
    is_small = found is None or found[1].lower() in known.small_words | known.function_words
    return frozenset() if found is None or is_small else frozenset(stems(found[1], language))


def _is_of_before(text: str, language: str) -> bool:
    """Whether words say that something was before: before the fire, formerly; not "до ста", which limits a number."""
    return any(not numerals_in(found[0], language) for found in _before(language).finditer(text))


def _is_of_past_year(text: str, published: str | None) -> bool:
    """Whether the years that a text names are over when it is printed."""
    years, printed = years_in(text), published_days(published)
    return bool(years) and printed is not None and max(years) < printed.first.year


@functools.cache
def _before(language: str) -> re.Pattern[str]:
    known = record(language).statements
    return whole_words(f"{known.formerly}|{known.before_then}")


@functools.cache
def _between(language: str) -> re.Pattern[str]:
    return re.compile(rf"[,;]\s|\s[—–-]\s|\s(?={record(language).statements.contrasts}\s)", re.IGNORECASE)
