"""Finds what other articles say to a question that one reading answers: words with a value of the same kind and unit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index import Chunk
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from index.analysis.terms import stems
from rag.reading.answer_type import AnswerType
from rag.reading.extract import Candidate, Pointing
from rag.reading.quantities import quantities_in
from rag.types import Passage, Query, Reading
from rag.verdict.matter import (
    Matter,
    MatterModel,
    clause_of,
    names_of,
    of_former_times,
    of_other_places,
    of_other_years,
)
from rag.verdict.moments import moments_in
from rag.verdict.names import names_in
from rag.verdict.values import Kind, Statement, comparable, same_value, statement

FURTHER_PASSAGES = 2  # read besides, of those that have such a value
SAME_MATTER = 0.4  # probability from which another value is a disagreement
SAME_VALUE = 0.1  # probability from which an equal value is an agreement
SURE_MATTER = 0.6  # probability from which a newer value holds instead of the likeliest one
MUCH = 0.4  # of the question's words that the likeliest sentence holds
FEW = 12  # numbers up to here are equal by chance
_NOUN = 3  # words after "how many", in which stands what is counted


def pointings(candidate: Candidate) -> tuple[Pointing, ...]:
    """The words of a passage that were pointed at, the likeliest first."""
    return Pointing(candidate.reading, candidate.features.read), *candidate.further


def timely(candidate: Candidate, asked: AnswerType | None) -> Pointing | None:
    """Words to read instead of the best ones of a passage, where these tell of former times: last spring, a year ago."""
    if asked is None or not of_former_times(candidate.reading):
        return None
    return next((each for each in candidate.further if not of_former_times(each.reading)), None)


def to_compare(
    query: Query, first: Statement, candidates: Iterable[Candidate], asked: AnswerType | None
) -> list[Pointing]:
    """Of each other document the likeliest words with a value of the kind and unit of the first statement's."""
    found: dict[str, Pointing] = {}
    for candidate in candidates:
        id = candidate.reading.document.id
        if id in found or id == first.reading.document.id:
            continue
        telling = (each for each in pointings(candidate) if _may_tell(first, each.reading, asked))
        pointing = next(telling, None)
        if pointing and _tells_as_much(query, first.reading, pointing.reading):
            found[id] = pointing
    return list(found.values())


def _may_tell(first: Statement, reading: Reading, asked: AnswerType | None) -> bool:
    if not comparable(first, statement(reading, asked)):
        return False
    if of_other_years(first.reading, reading) or of_other_places(first.reading, reading) or of_former_times(reading):
        return False
    return _is_planned(first.reading) or not _is_planned(reading)


def _is_planned(reading: Reading) -> bool:
    """Whether words tell of what is still to come."""
    planned = whole_words(record(reading.document.language).statements.planned)
    return bool(planned.search(clause_of(reading)))


def is_same_matter(first: Statement, other: Statement, matter: Matter) -> bool:
    """Whether another statement answers the question that the first one answers, as far as can be told."""
    is_equal = same_value(first, other)
    if is_equal and matter.names and _is_telling(first):
        return True
    return MatterModel.load().probability(matter) >= (SAME_VALUE if is_equal else SAME_MATTER)


def is_surely_same_matter(matter: Matter) -> bool:
    """Whether what tells another value is so surely of the same matter that its value may hold instead."""
    return MatterModel.load().probability(matter) >= SURE_MATTER


def _is_telling(statement: Statement) -> bool:
    """Whether a value is hardly equal to another one by chance: names, a number that is large or has a unit."""
    if statement.kind is not Kind.NUMBER:
        return statement.kind is Kind.NAME
    quantity = statement.quantities[0]
    return quantity.amount > FEW or quantity.amount.denominator != 1 or bool(quantity.unit)


def _tells_as_much(query: Query, first: Reading, other: Reading) -> bool:
    """Whether another sentence holds enough of the question's words that the first one holds, where the language tells.

    What is counted ("how many houses") must be among them.
    """
    if other.document.language != query.language or first.document.language != query.language:
        return True
    asked = set(stems(query.text, query.language)) & set(query.terms)
    told, told_by_other = (
        asked & set(stems(f"{each.document.title}. {each.sentence}", query.language)) for each in (first, other)
    )
    counted = _counted(query) & told
    return len(told & told_by_other) >= MUCH * len(told) and (not counted or bool(counted & told_by_other))


def _counted(query: Query) -> set[str]:
    """What "how many" counts: the words after it, small ones left out."""
    known = record(query.language)
    asking = whole_words(known.answers.asks_number).search(query.text)
    words = query.text[asking.end() :].split()[:_NOUN] if asking else []
    return set(stems(" ".join(word for word in words if word.lower() not in known.small_words), query.language))


def to_read(first: Statement, passages: Sequence[Passage]) -> list[Passage]:
    """Passages worth reading for other values, two at most, cut to their sentences with values of that kind and unit."""
    if first.kind is Kind.WORDS:
        return []
    near = (passage for passage in passages if passage.document.id != first.reading.document.id)
    cut = (_cut(first, passage) for passage in near if _shares_names(first.reading, passage))
    return [passage for passage in cut if passage][:FURTHER_PASSAGES]


def _shares_names(reading: Reading, passage: Passage) -> bool:
    """Whether a passage holds a name of the reading's article, if both hold names."""
    names, others = names_of(reading.document, reading.start), names_of(passage.document, passage.chunk.start)
    return not (names and others) or not names.isdisjoint(others)


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
