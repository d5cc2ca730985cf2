"""Finds what other articles say to a question that one reading answers: words with a value of the same kind and unit."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from index import Chunk
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.answer_type import AnswerType
from rag.reading.attributes import AskedAttribute
from rag.reading.contacts import CONTACTS, contacts_of, without_contacts
from rag.reading.extract import Candidate, Pointing
from rag.reading.quantities import quantities_in
from rag.types import Passage, Query, Reading
from rag.verdict.apart import is_rule, is_telling, tells_of_another
from rag.verdict.matter import (
    Matter,
    names_of,
    of_former_times,
    same_matter,
    shared_names,
)
from rag.verdict.moments import moments_in
from rag.verdict.names import names_in, shared
from rag.verdict.priced import Priced
from rag.verdict.question_stems import found_in, question_stems
from rag.verdict.succession import succeeds
from rag.verdict.values import Kind, Statement, comparable, is_vaguer, same_value, statement
from rag.verdict.yes_or_no import AskedSide

FURTHER_PASSAGES = 4  # read besides, of those that have such a value
SAME_MATTER = 0.5  # probability from which another value is listed, and holds instead if it is newer
SAME_MATTER_UNDATED = 0.75  # the same where no article has a date: such pages seldom tell of one event
BY_CHANCE = -5.0  # log-odds of a statement below which its equal value is no agreement: 260 workers, not 260 houses
SAME_TOPIC = 0.5  # share of the question's words beside a number that stand beside an equal one that counts the same
TOPIC = 300  # characters before and after a number, in which they are looked for
SAME_VALUE = 0.1  # probability from which an equal value is an agreement
COMPARED = 2  # words of a document
OWNERS = 2  # names that articles in two languages share that tell how to reach one body
BESIDE = 12  # characters beside a time, in which it is told as a beginning
EQUAL_TELLING, EQUAL = 0.3, 0.15  # what an equal value adds to the probability of one matter

Compared = tuple[Statement, Matter]


def pointings(candidate: Candidate) -> tuple[Pointing, ...]:
    """The words of a passage that were pointed at, the likeliest first."""
    return candidate.pointing, *candidate.further


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
            several = found.setdefault(id, [])
            several.extend(islice(telling, COMPARED - len(several)))
    return [pointing for several in found.values() for pointing in several]


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
    bonus = (EQUAL_TELLING if is_telling(first) else EQUAL) if is_equal else 0.0
    return same_matter(matter) + bonus


def _may_tell(first: Statement, reading: Reading, asked: AnswerType | None) -> bool:
    other = statement(reading, asked)
    return comparable(first, other) and not tells_of_another(first, other)


def is_of_thing(priced: Priced, attribute: AskedAttribute, first: Statement, other: Statement) -> bool:
    """Whether another value may be that of the thing, and of the attribute, that a question names, if the first one's sentence names it."""
    if first.kind is not Kind.NUMBER or same_value(first, other) or succeeds(other, first):
        return True
    if priced.is_told_of_another(first.reading, other.reading):
        return False
    is_named, is_named_there = (
        attribute.is_named(each.reading.sentence, each.reading.document.language) for each in (first, other)
    )
    return is_named_there or not is_named


def is_of_topic(query: Query, first: Statement, other: Statement) -> bool:
    """Whether an equal number may count the same, by the words of the question beside both: twelve weeks of a badge, or of an appeal.

    In another language they cannot be compared.
    """
    documents = (first.reading.document, other.reading.document)
    is_other = first.kind is not Kind.NUMBER or not same_value(first, other)
    if is_other or any(each.language != query.language for each in documents):
        return True
    asked = question_stems(query.text, query.language)
    beside = found_in(_around(first.reading), query.language, asked)
    return not beside or len(found_in(_around(other.reading), query.language, beside)) >= SAME_TOPIC * len(beside)


def _around(reading: Reading) -> str:
    """The title of an article with the text around some words of it."""
    text = reading.document.text
    return f"{reading.document.title}. {text[max(0, reading.start - TOPIC) : reading.end + TOPIC]}"


def is_of_owner(query: Query, asked: AnswerType | None, first: Statement, other: Statement) -> bool:
    """Whether another telephone number or address may be that of whom a question asks for.

    Everybody has others. So the sentence beside it must name in the words of the question what the first one's sentence names; where that
    one names nothing, the articles must have one title. In another language the articles must share names.
    """
    if asked not in (*CONTACTS, AnswerType.ADDRESS) or same_value(first, other):
        return True
    one, another = first.reading.document, other.reading.document
    if one.language != query.language or another.language != query.language:
        return shared_names(first.reading, other.reading) >= OWNERS
    kinds = whole_words(record(query.language).contacts.kinds)
    named = question_stems(kinds.sub(" ", query.text), query.language)
    beside, beside_other = (
        found_in(without_contacts(each.reading.sentence), query.language, named) for each in (first, other)
    )
    return beside <= beside_other if beside else one.title == another.title


def is_of_beginning(question: str, language: str, first: Statement, other: Statement) -> bool:
    """Whether another time may be when what goes on began, if a question asks since when, and the first one's words say "since"."""
    asks_since = re.search(record(language).answers.asks_since, question, re.IGNORECASE)
    return not (asks_since and _says_since(first) and not _says_since(other))


def _says_since(told: Statement) -> bool:
    """Whether a time is told as a beginning: since October, қазаннан бері."""
    reading = told.reading
    around = reading.document.text[max(0, reading.start - BESIDE) : reading.end + BESIDE]
    return bool(whole_words(record(reading.document.language).answers.since).search(around))


def is_same_matter(first: Statement, other: Statement, matter: Matter, least: float = 0.0) -> bool:
    """Whether another statement answers the question that the first one answers, as far as can be told.

    Args:
        least: the confidence from which another value counts.
    """
    if same_value(first, other):
        if matter.confidence < BY_CHANCE:
            return False
        if is_vaguer(first, other) or is_vaguer(other, first):  # a year is equal by chance, a day is not
            return same_matter(matter) >= SAME_MATTER
        return bool(matter.names and is_telling(first)) or same_matter(matter) >= SAME_VALUE
    if first.kind is Kind.NUMBER and (succeeds(first, other) or succeeds(other, first)):
        return same_matter(matter) >= (SAME_VALUE if is_telling(first) else SAME_MATTER)
    if other.reading.confidence < least:
        return False
    return _may_differ(first, other, matter) or succeeds(first, other) or succeeds(other, first)


def may_hold_instead(first: Statement, other: Statement, matter: Matter) -> bool:
    """Whether what tells another value is of the same matter, so that its value holds if it is newer; what is over does not.

    Nor does what may be an exception from the rule that the first one tells, nor how to reach somebody: others have numbers, too.
    """
    if first.kind is Kind.CONTACT or (is_rule(first) and not is_rule(other)):
        return False
    return _may_differ(first, other, matter) or succeeds(other, first)


def _may_differ(first: Statement, other: Statement, matter: Matter) -> bool:
    """Whether another value is probably of the same matter."""
    return same_matter(matter) >= (SAME_MATTER if first.day or other.day else SAME_MATTER_UNDATED)


def to_read(
    first: Statement, passages: Iterable[Passage], read: Container[str], side: AskedSide | None = None
) -> list[Passage]:
    """Passages of other articles that name the same things, worth reading for other values: one an article, four at most.

    They are cut to their sentences with values of the kind and unit of the first statement's.

    Args:
        read: the ids of documents that were read.
        side: for a question of yes or no, which the first statement settles: what settles it is the value then.
    """
    if first.kind is Kind.WORDS and side is None:
        return []
    found: dict[str, Passage] = {}
    for passage in passages:
        id = passage.document.id
        is_new = id not in read and id not in found
        if is_new and _shares_names(first.reading, passage) and (cut := _cut(first, passage, side)):
            found[id] = cut
        if len(found) == FURTHER_PASSAGES:
            break
    return list(found.values())


def _shares_names(reading: Reading, passage: Passage) -> bool:
    """Whether a passage holds a name of the reading's article, if both hold names."""
    names, others = names_of(reading.document, reading.start), names_of(passage.document, passage.chunk.start)
    return not (names and others) or bool(shared(names, others))


def _cut(first: Statement, passage: Passage, side: AskedSide | None) -> Passage | None:
    """A passage from its first to its last sentence with a value of the kind; None without one."""
    text, document = passage.chunk.text, passage.document
    spans = [
        (start, end)
        for start, end in sentences(text, document.language)
        if (
            side.is_in(text[start:end], document)
            if side
            else _has_value(first, text[start:end], document.language, document.published)
        )
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
        case Kind.CONTACT:
            return bool(contacts_of(first.contacts[0].kind, sentence, language))
        case _:
            return bool(names_in(sentence, language))
