"""Whether two statements tell of the same matter, so that other values are a disagreement and equal ones an agreement."""

import itertools
import math
import re
from dataclasses import dataclass

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.logistic import log_odds
from rag.reading.confidence import ConfidenceModel
from rag.reading.told import years_in
from rag.types import Reading
from rag.verdict.names import Spellings, names_in, shared, spellings_in, surely_names
from rag.verdict.values import Kind, Statement

AROUND = 1_500  # characters of an article before and after a reading, in which its names are looked for
MANY = 4  # shared names; more of them tell no more
FARTHEST = 4.0  # the logarithm of a ratio of numbers; a greater one tells no more
_HANGS = re.compile(r"\s*(?:что|чтобы|that)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()«»“”]|\s[–—-]\s|\.\s")


@dataclass(frozen=True, slots=True)
class Matter:
    """What tells that another reading answers the question that a first one answers.

    Attributes:
        confidence: log-odds of the other one's confidence, and of whether it counts what is asked for.
        names: how many names both articles hold, as `shared_names` counts.
        same_language: 1 if both articles are in one language, else 0.
        cosine: of the vectors of both sentences, each after its title.
        is_number: 1 if what is compared are numbers, else 0.
        ratio: of such numbers, the greater to the smaller, as its logarithm, 4 at most: 9 pupils in hospital and 720 at school
            are two matters.
    """

    confidence: float
    names: float
    same_language: float
    cosine: float
    is_number: float
    ratio: float


def same_matter(matter: Matter) -> float:
    """The probability, 0 to 1, that it does, by the model that `python -m eval.training.confidence` makes."""
    return ConfidenceModel.load().matter.probability(matter)


def matter_of(first: Statement, other: Statement, cosine: float, counts: float = 0.0) -> Matter:
    """The features of another statement beside a first one.

    Args:
        cosine: that of their titles' and sentences' vectors.
        counts: log-odds that the other one counts what is asked for.
    """
    one, another = first.reading, other.reading
    same = one.document.language == another.document.language
    return Matter(
        log_odds(another.confidence) + counts,
        shared_names(one, another),
        float(same),
        cosine,
        float(first.kind is Kind.NUMBER),
        _ratio(first, other) if first.kind is Kind.NUMBER else 0.0,
    )


def _ratio(first: Statement, other: Statement) -> float:
    """How far the numbers of two statements are apart, the nearest two: the logarithm of the greater to the smaller one.

    A zero is as far as can be from all but zeros.
    """
    pairs = itertools.product(first.quantities, other.quantities)
    return min((_apart(float(one.amount), float(another.amount)) for one, another in pairs), default=FARTHEST)


def _apart(amount: float, another: float) -> float:
    if amount <= 0 or another <= 0:
        return 0.0 if amount == another else FARTHEST
    return min(FARTHEST, abs(math.log(amount / another)))


def shared_names(one: Reading, other: Reading) -> int:
    """How many names stand in both articles near the readings, 4 at most, in whatever spelling."""
    names, others = (names_of(each.document, each.start) for each in (one, other))
    return min(MANY, len(shared(names, others)))


def of_other_places(one: Reading, other: Reading, *, named: bool = False) -> bool:
    """Whether both articles surely name places or people, and none in common, in whatever spelling.

    Args:
        named: whether the words that answer are such names, which do not count then.
    """
    names, others = (_besides(names_of(each.document, each.start), each, named) for each in (one, other))
    if shared(names, others):
        return False
    return all(_besides(surely_names(*_near(each.document, each.start)), each, named) for each in (one, other))


def of_other_subjects(one: Reading, other: Reading) -> bool:
    """Whether both articles are called by a name, as lives of people are, and not by the same: they died in one year at most."""
    subject, another = (_subject(each.document) for each in (one, other))
    return bool(subject) and bool(another) and not shared(subject, another)


def _subject(document: Document) -> Spellings:
    """The title of an article that is a full name and nothing else, and stands in its text; nothing for other titles."""
    title = document.title
    names = names_in(title, document.language)
    is_name = [(name.start, name.end) for name in names if len(name.words) > 1] == [(0, len(title))]
    return spellings_in(title, document.language) if is_name and title in document.text else frozenset()


def names_of(document: Document, place: int) -> Spellings:
    """The names in the title of a document and around a place in it."""
    return spellings_in(*_near(document, place))


def _near(document: Document, place: int) -> tuple[str, str]:
    """The title of a document with the text around a place in it, and their language."""
    near = document.text[max(0, place - AROUND) : place + AROUND]
    return f"{document.title}. {near}", document.language


def _besides(names: Spellings, reading: Reading, named: bool) -> Spellings:
    """Some names without those in the words of a reading, if these are names."""
    return names - shared(names, spellings_in(reading.answer, reading.document.language)) if named else names


def of_other_years(one: Reading, other: Reading, *, timed: bool = False) -> bool:
    """Whether the sentences, or else the titles, name years and none in common: harvests of 2019 and of 2021.

    Args:
        timed: whether the words that answer are times, which do not count then.
    """
    if timed:
        return _are_apart(*(years_in(_around(each)) for each in (one, other)))
    texts = ((one.sentence, other.sentence), (one.document.title, other.document.title))
    both = ((years_in(text), years_in(text_of_other)) for text, text_of_other in texts)
    return next((_are_apart(*years) for years in both if all(years)), False)


def of_other_seasons(one: Reading, other: Reading) -> bool:
    """Whether the sentences name seasons besides the words that answer, and none in common."""
    return _are_apart(*(_seasons(_around(each), each.document.language) for each in (one, other)))


def _are_apart(some: frozenset[int], others: frozenset[int]) -> bool:
    return bool(some) and bool(others) and some.isdisjoint(others)


def _seasons(text: str, language: str) -> frozenset[int]:
    """The seasons that a text names, 0 for winter."""
    seasons = map(whole_words, record(language).statements.seasons)
    return frozenset(number for number, season in enumerate(seasons) if season.search(text))


def _around(reading: Reading) -> str:
    """A sentence without the words that answer."""
    start, end = reading.start - reading.sentence_start, reading.end - reading.sentence_start
    return f"{reading.sentence[:start]} {reading.sentence[end:]}"


def of_former_times(reading: Reading) -> bool:
    """Whether words are told of another time than that of their article: last spring, three years ago, formerly."""
    formerly = whole_words(record(reading.document.language).statements.formerly)
    return bool(formerly.search(clause_of(reading)))


def of_next_times(reading: Reading) -> bool:
    """Whether words are told of what comes next: where the next congress will be."""
    next_time = whole_words(record(reading.document.language).statements.next_time)
    return bool(next_time.search(clause_of(reading)))


def clause_of(reading: Reading) -> str:
    """The part of a sentence between commas, colons and dashes that holds the words, with what it hangs on: ожидается, что."""
    start, end = reading.start - reading.sentence_start, reading.end - reading.sentence_start
    left, right = clause_at(reading.sentence, start, end)
    if left and _HANGS.match(reading.sentence, left):
        left, _ = clause_at(reading.sentence, left - 1, left - 1)
    return reading.sentence[left:right]


def clause_at(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the part of a sentence between commas, colons and dashes begins and ends that holds a place in it."""
    marks = list(_CLAUSE.finditer(sentence))
    left = max((mark.end() for mark in marks if mark.end() <= start), default=0)
    return left, min((mark.start() for mark in marks if mark.start() >= end), default=len(sentence))
