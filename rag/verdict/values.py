"""What a reading says, as values that can be compared across languages, units, scripts and spellings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems
from rag.reading.answer_type import AnswerType
from rag.reading.contacts import CONTACTS, Contact, contacts_in, contacts_of
from rag.reading.quantities import Quantity, quantities_in
from rag.reading.raised import changes_in
from rag.reading.roles import comes_from, has_left
from rag.types import Reading
from rag.verdict.moments import Moment, moments_in
from rag.verdict.names import Name, names_in, same_names

Value = TypeVar("Value")

MOST_AROUND = 4  # words that may stand beside a value in words that say little more than it

_BESIDE = 40  # characters around words, in which the rest of a time that they name may stand
_UNIT = 30  # characters after words, in which the unit of their last number may stand
_WORD = re.compile(r"[^\W\d_]{2,}")


class Kind(StrEnum):
    """What words are compared by."""

    NUMBER = "number"
    TIME = "time"
    NAME = "name"
    CONTACT = "contact"  # a telephone number, an e-mail or a web address
    WORDS = "words"  # their meaning


@dataclass(frozen=True, slots=True)
class Statement:
    """A reading with the values in its words."""

    reading: Reading
    kind: Kind
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    contacts: tuple[Contact, ...] = ()

    @property
    def day(self) -> str:
        """The date of its article, "" for none; such dates can be put in order."""
        return self.reading.document.published or ""


def statement(reading: Reading, asked: AnswerType | None) -> Statement:
    """What a reading says to a question that asks for a type of answer."""
    words, document = reading.answer, reading.document
    moments = moments_of(reading)
    contacts = contacts_of(asked, words, document.language) if asked in CONTACTS else contacts_in(words)
    with_unit = document.text[reading.start : min(reading.end + _UNIT, reading.sentence_end)]
    aside = [(each.start, each.end) for each in moments] + [(each.start, each.end) for each in contacts]
    quantities = [
        quantity
        for quantity in quantities_in(with_unit, document.language)
        if quantity.start < len(words) and not any(start <= quantity.start < end for start, end in aside)
    ]
    if len(quantities) > 1:  # raised from 100 to 150: 150
        sentence, offset = reading.sentence, reading.start - reading.sentence_start
        before = {change.old.start - offset for change in changes_in(sentence, document.language)}
        quantities = [each for each in quantities if each.start not in before] or quantities
    names = _names(reading)
    kind = _kind(words, asked, document.language, quantities, moments, names)
    if contacts and (asked in CONTACTS or (asked is None and _words_around(words, contacts, document.language) <= 1)):
        kind = Kind.CONTACT
    return Statement(reading, kind, tuple(quantities), tuple(moments), tuple(names), tuple(contacts))


def _names(reading: Reading) -> list[Name]:
    """The names in the words, without those of who has left or of where something came from, if others are there."""
    text, language = reading.document.text, reading.document.language
    found = names_in(reading.answer, language)
    places = [(reading.start + name.start, reading.start + name.end) for name in found]
    over = [has_left(text, *place, language) or comes_from(text, *place, language) for place in places]
    return found if all(over) else [name for name, is_over in zip(found, over, strict=True) if not is_over]


def moments_of(reading: Reading) -> list[Moment]:
    """The times that the words name, or a part of which they are; places count from the beginning of the words."""
    document = reading.document
    start = max(reading.sentence_start, reading.start - _BESIDE)
    around = document.text[start : min(reading.end + _BESIDE, reading.sentence_end)]
    left, right = reading.start - start, reading.end - start
    found = moments_in(around, document.language, document.published)
    near = (each for each in found if each.start < right and left < each.end)
    return [replace(each, start=each.start - left, end=each.end - left) for each in near]


def _kind(
    words: str,
    asked: AnswerType | None,
    language: str,
    quantities: list[Quantity],
    moments: list[Moment],
    names: list[Name],
) -> Kind:
    """The kind that is asked for, if there is such a value; without a kind that of words that say little more than a value."""
    match asked:
        case AnswerType.YES_NO:  # the clause settles it, whatever values it holds
            return Kind.WORDS
        case AnswerType.NUMBER:
            return Kind.NUMBER if quantities else Kind.WORDS
        case AnswerType.TIME:
            return Kind.TIME if moments else Kind.WORDS
        case AnswerType.PERSON:
            return Kind.NAME if names else Kind.WORDS
    for kind, values in ((Kind.TIME, moments), (Kind.NUMBER, quantities), (Kind.NAME, names)):
        if values and _words_around(words, values, language) <= (MOST_AROUND if kind is Kind.NUMBER else 1):
            return kind
    return Kind.WORDS


def _words_around(words: str, values: "Sequence[Quantity | Moment | Name | Contact]", language: str) -> int:
    """How many words stand beside values, small words left out."""
    small = record(language).small_words
    found = [word for word in _WORD.finditer(words) if word[0].lower() not in small]
    return sum(not any(value.start <= word.start() < value.end for value in values) for word in found)


def comparable(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one kind, numbers of one unit, so that they agree or disagree."""
    if one.kind is not other.kind:
        return False
    match one.kind:
        case Kind.NUMBER:
            return _in_common(one.quantities, other.quantities, attrgetter("unit")) is not None
        case Kind.TIME:
            moments = _in_common(one.moments, other.moments, _is_of_day)
            return moments is not None and moments[0][0].can_be_compared(moments[1][0])
        case Kind.NAME:
            here, there = _beside_lone_names(one, other)
            return not (here and there) or one.reading.document.language == other.reading.document.language
        case Kind.CONTACT:
            return _in_common(one.contacts, other.contacts, attrgetter("kind")) is not None
        case Kind.WORDS:
            return True


def same_value(one: Statement, other: Statement) -> bool:
    """Whether two statements of one kind have equal values.

    Numbers and times: the first ones of a unit that both have are, or all of the one are in the other. Names: all of the one
    are in the other, and what stands beside a lone one is not all different. Words: they are the same.
    """
    if one.kind is not other.kind:
        return False
    match one.kind:
        case Kind.NUMBER:
            quantities = _in_common(one.quantities, other.quantities, attrgetter("unit"))
            return _same_in_order(*(quantities or (one.quantities, other.quantities)), Quantity.equals)
        case Kind.TIME:
            moments = _in_common(one.moments, other.moments, _is_of_day)
            return moments is not None and _same_in_order(*moments, Moment.equals)
        case Kind.NAME:
            here, there = _beside_lone_names(one, other)
            return same_names(one.names, other.names) and (not (here and there) or not here.isdisjoint(there))
        case Kind.CONTACT:
            contacts = _in_common(one.contacts, other.contacts, attrgetter("kind"))
            return contacts is not None and _same_in_order(*contacts, Contact.equals)
        case Kind.WORDS:
            return " ".join(one.reading.answer.lower().split()) == " ".join(other.reading.answer.lower().split())


def is_vaguer(one: Statement, other: Statement) -> bool:
    """Whether one says less precisely when than another one does."""
    return one.kind is other.kind is Kind.TIME and one.moments[0].is_vaguer(other.moments[0])


def _beside_lone_names(one: Statement, other: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what each says beside its names: the "council" or the "police" of Orvik; nothing where both have a full name.

    Offices do not count: one person is "mayor Petrov" and "Petrov".
    """
    if all(any(len(name.words) > 1 for name in each.names) for each in (one, other)):
        return frozenset(), frozenset()
    return _beside(one), _beside(other)


def _beside(statement: Statement) -> frozenset[str]:
    language, text = statement.reading.document.language, statement.reading.answer
    known = record(language)
    offices = whole_words(known.answers.offices)
    found = (word for word in _WORD.finditer(text) if word[0].lower() not in known.small_words)
    telling = [
        word[0]
        for word in found
        if not offices.fullmatch(word[0]) and not any(name.start <= word.start() < name.end for name in statement.names)
    ]
    return frozenset(stems(" ".join(telling), language))


def _in_common(
    some: Sequence[Value], others: Sequence[Value], kind: Callable[[Value], object]
) -> tuple[Sequence[Value], Sequence[Value]] | None:
    """The values of the kind that the first one of either side has and the other side, too; None if there is none."""
    for first in (some[0], others[0]):
        alike = [[each for each in side if kind(each) == kind(first)] for side in (some, others)]
        if all(alike):
            return alike[0], alike[1]
    return None


def _is_of_day(moment: Moment) -> bool:
    """Whether a moment is a time of day."""
    return moment.minutes is not None


def _same_in_order(some: Sequence[Value], others: Sequence[Value], equals: Callable[[Value, Value], bool]) -> bool:
    """Whether the first of some values is the first of others, or all of the fewer ones are among the others."""
    if equals(some[0], others[0]):
        return True
    fewer, more = sorted((some, others), key=len)
    return all(any(equals(each, other) for other in more) for each in fewer)
