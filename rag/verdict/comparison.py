"""Finds what other articles say to a question that one reading answers: words with a value of the same kind and unit."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from index import Chunk, Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.answer_type import AnswerType
from rag.reading.extract import Candidate, Pointing
from rag.reading.quantities import Quantity, quantities_in
from rag.types import Passage, Reading
from rag.verdict.matter import (
    Matter,
    clause_of,
    names_of,
    of_former_times,
    of_other_places,
    of_other_subjects,
    of_other_years,
    same_matter,
)
from rag.verdict.moments import Moment, moments_in
from rag.verdict.names import Name, names_in, same_names, shared
from rag.verdict.values import Kind, Statement, comparable, same_value, statement

FURTHER_PASSAGES = 4  # read besides, of those that have such a value
SAME_MATTER = 0.5  # probability from which another value is a disagreement
SAME_VALUE = 0.1  # probability from which an equal value is an agreement
SURE_MATTER = 0.6  # probability from which a newer value holds instead of the likeliest one
COMPARED = 2  # words of a document
EQUAL_TELLING, EQUAL = 0.3, 0.15  # what an equal value adds to the probability of one matter
LONGEST = 20_000  # characters of an article, in which its numbers are looked for
FEW = 12  # numbers up to here are equal by chance

Compared = tuple[Statement, Matter]


def pointings(candidate: Candidate) -> tuple[Pointing, ...]:
    """The words of a passage that were pointed at, the likeliest first."""
    return Pointing(candidate.reading, candidate.features.read), *candidate.further


def timely(candidate: Candidate, asked: AnswerType | None) -> Pointing | None:
    """Words to read instead of the best ones of a passage, where these tell of former times: last spring, a year ago."""
    if asked is None or not of_former_times(candidate.reading):
        return None
    return next((each for each in candidate.further if not of_former_times(each.reading)), None)


def to_compare(first: Statement, passages: Iterable[Sequence[Pointing]], asked: AnswerType | None) -> list[Pointing]:
    """The words of other documents with a value of the kind and unit of the first statement's, the likeliest two of each.

    Args:
        passages: the words that were pointed at in each passage, the likeliest first.
    """
    found: dict[str, list[Pointing]] = {}
    for pointed in passages:
        id = pointed[0].reading.document.id
        if id != first.reading.document.id:
            telling = (each for each in pointed if _may_tell(first, each.reading, asked))
            found.setdefault(id, []).extend(telling)
    return [pointing for several in found.values() for pointing in several[:COMPARED]]


def the_nearest(first: Statement, others: Iterable[Compared]) -> list[Compared]:
    """Of each document the statement that is likeliest of the matter of the first one, the likeliest to answer first."""
    best: dict[str, Compared] = {}
    for each in others:
        id = each[0].reading.document.id
        if id not in best or _nearness(first, *each) > _nearness(first, *best[id]):
            best[id] = each
    return sorted(best.values(), key=lambda each: -each[0].reading.confidence)


def _nearness(first: Statement, other: Statement, matter: Matter) -> float:
    """The probability of one matter, and something for an equal value."""
    is_equal = same_value(first, other)
    bonus = (EQUAL_TELLING if _is_telling(first) else EQUAL) if is_equal else 0.0
    return same_matter(matter) + bonus


def _may_tell(first: Statement, reading: Reading, asked: AnswerType | None) -> bool:
    other = statement(reading, asked)
    if (
        not comparable(first, other)
        or _is_a_lone_one(other)
        or _is_told_apart(first, other)
        or _is_told_apart(other, first)
    ):
        return False
    if of_other_years(first.reading, reading) or of_former_times(reading):
        return False
    if of_other_places(first.reading, reading, named=first.kind is Kind.NAME) or of_other_subjects(
        first.reading, reading
    ):
        return False
    return same_value(first, other) or _is_planned(first.reading) or not _is_planned(reading)


def _is_a_lone_one(statement: Statement) -> bool:
    """Whether the value is one in words, which is an article or a pronoun as a rule."""
    if statement.kind is not Kind.NUMBER:
        return False
    first = statement.quantities[0]
    return first.amount == 1 and not first.unit and statement.reading.answer[first.start].isalpha()


def _is_told_apart(one: Statement, other: Statement) -> bool:
    """Whether the article of a statement tells another number, too, and is no newer: to it they are two matters."""
    if one.kind is not Kind.NUMBER or same_value(one, other) or not _is_telling(other):
        return False
    document, value = one.reading.document, other.quantities[0]
    is_newer = bool(other.day) and one.day > other.day
    return not is_newer and any(value.unit == each.unit and value.equals(each) for each in _numbers(document))


def contradict(one: Statement, other: Statement) -> bool:
    """Whether two statements with different values contradict each other: not if an article of that day tells both days or names.

    An older article may name the day of a later change, too, and who takes an office then.
    """
    is_of_one_day = one.day == other.day
    return not (is_of_one_day and (_tells(one.reading.document, other) or _tells(other.reading.document, one)))


def _tells(document: Document, statement: Statement) -> bool:
    """Whether an article tells the day or the names of a statement."""
    match statement.kind:
        case Kind.TIME:
            return any(statement.moments[0].equals(each) for each in _moments(document))
        case Kind.NAME:
            return same_names(statement.names, _names(document))
        case _:
            return False


@lru_cache(64)
def _numbers(document: Document) -> tuple[Quantity, ...]:
    return tuple(quantities_in(document.text[:LONGEST], document.language))


@lru_cache(64)
def _moments(document: Document) -> tuple[Moment, ...]:
    return tuple(moments_in(document.text[:LONGEST], document.language, document.published))


@lru_cache(64)
def _names(document: Document) -> tuple[Name, ...]:
    return tuple(names_in(document.text[:LONGEST], document.language))


def _is_planned(reading: Reading) -> bool:
    """Whether words tell of what is still to come."""
    planned = whole_words(record(reading.document.language).statements.planned)
    return bool(planned.search(clause_of(reading)))


def is_same_matter(first: Statement, other: Statement, matter: Matter) -> bool:
    """Whether another statement answers the question that the first one answers, as far as can be told."""
    is_equal = same_value(first, other)
    if is_equal and matter.names and _is_telling(first):
        return True
    return same_matter(matter) >= (SAME_VALUE if is_equal else SAME_MATTER)


def is_surely_same_matter(matter: Matter) -> bool:
    """Whether what tells another value is so surely of the same matter that its value may hold instead."""
    return same_matter(matter) >= SURE_MATTER


def _is_telling(statement: Statement) -> bool:
    """Whether a value is hardly equal to another one by chance: names, a number that is large or has a unit."""
    if statement.kind is not Kind.NUMBER:
        return statement.kind is Kind.NAME
    quantity = statement.quantities[0]
    return quantity.amount > FEW or quantity.amount.denominator != 1 or bool(quantity.unit)


def to_read(first: Statement, passages: Iterable[Passage], read: Container[str]) -> list[Passage]:
    """Passages of other articles that name the same things, worth reading for other values: one an article, four at most.

    They are cut to their sentences with values of the kind and unit of the first statement's.

    Args:
        read: the ids of documents that were read.
    """
    if first.kind is Kind.WORDS:
        return []
    found: dict[str, Passage] = {}
    for passage in passages:
        id = passage.document.id
        is_new = id not in read and id not in found
        if is_new and _shares_names(first.reading, passage) and (cut := _cut(first, passage)):
            found[id] = cut
        if len(found) == FURTHER_PASSAGES:
            break
    return list(found.values())


def _shares_names(reading: Reading, passage: Passage) -> bool:
    """Whether a passage holds a name of the reading's article, if both hold names."""
    names, others = names_of(reading.document, reading.start), names_of(passage.document, passage.chunk.start)
    return not (names and others) or bool(shared(names, others))


def _cut(first: Statement, passage: Passage) -> Passage | None:
    """A passage from its first to its last sentence with a value of the kind; None without one."""
    text, document = passage.chunk.text, passage.document
    spans = [
        (start, end)
        for start, end in sentences(text, document.language)
        if _has_value(first, text[start:end], document.language, document.published)
    ]
    if not spans:
        return None
    start, end, chunk = spans[0][0], spans[-1][1], passage.chunk
    part = Chunk(chunk.document_id, chunk.position, chunk.start + start, chunk.start + end, text[start:end])
    return replace(passage, chunk=part)


def _has_value(first: Statement, sentence: str, language: str, published: str | None) -> bool:
    match first.kind:
        case Kind.NUMBER:
            return any(each.unit == first.quantities[0].unit for each in quantities_in(sentence, language))
        case Kind.TIME:
            return bool(moments_in(sentence, language, published))
        case _:
            return bool(names_in(sentence, language))
