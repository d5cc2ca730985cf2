"""What a reading says, as values that can be compared across languages, units, scripts and spellings."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.analysis.languages import record
from rag.reading.answer_type import AnswerType
from rag.reading.quantities import Quantity, quantities_in
from rag.types import Reading
from rag.verdict.moments import Moment, moments_in
from rag.verdict.names import Name, names_in, same_names

MOST_AROUND = 4  # words that may stand beside a value in words that say little more than it

_UNIT = 30  # characters after words, in which the unit of their last number may stand
_WORD = re.compile(r"[^\W\d_]{2,}")


class Kind(StrEnum):
    """What words are compared by."""

    NUMBER = "number"
    TIME = "time"
    NAME = "name"
    WORDS = "words"  # their meaning


@dataclass(frozen=True, slots=True)
class Statement:
    """A reading with the values in its words."""

    reading: Reading
    kind: Kind
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]

    @property
    def day(self) -> str:
        """The date of its article, "" for none; such dates can be put in order."""
        return self.reading.document.published or ""


def statement(reading: Reading, asked: AnswerType | None) -> Statement:
    """What a reading says to a question that asks for a type of answer."""
    words, document = reading.answer, reading.document
    moments = moments_in(words, document.language, document.published)
    with_unit = document.text[reading.start : min(reading.end + _UNIT, reading.sentence_end)]
    quantities = [
        quantity
        for quantity in quantities_in(with_unit, document.language)
        if quantity.start < len(words) and not any(moment.start <= quantity.start < moment.end for moment in moments)
    ]
    names = names_in(words, document.language)
    kind = _kind(words, asked, document.language, quantities, moments, names)
    return Statement(reading, kind, tuple(quantities), tuple(moments), tuple(names))


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


def _words_around(words: str, values: "list[Quantity] | list[Moment] | list[Name]", language: str) -> int:
    """How many words stand beside values, small words left out."""
    small = record(language).small_words
    found = [word for word in _WORD.finditer(words) if word[0].lower() not in small]
    return sum(not any(value.start <= word.start() < value.end for value in values) for word in found)


def comparable(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one kind, numbers of one unit, so that they agree or disagree."""
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.NUMBER:
        return one.quantities[0].unit == other.quantities[0].unit
    if one.kind is Kind.TIME:
        return all(each.moments[0].days for each in (one, other)) or all(
            each.moments[0].minutes for each in (one, other)
        )
    return True


def same_value(one: Statement, other: Statement) -> bool:
    """Whether two statements of one kind have equal values.

    Numbers: the first ones are, or all of the one are in the other. Days: they may be one. Names: all of the one are in the
    other. Words: they are the same.
    """
    if one.kind is not other.kind:
        return False
    match one.kind:
        case Kind.NUMBER:
            return _same_quantities(one.quantities, other.quantities)
        case Kind.TIME:
            return one.moments[0].equals(other.moments[0])
        case Kind.NAME:
            return same_names(one.names, other.names)
        case Kind.WORDS:
            return " ".join(one.reading.answer.lower().split()) == " ".join(other.reading.answer.lower().split())


def _same_quantities(some: tuple[Quantity, ...], others: tuple[Quantity, ...]) -> bool:
    if some[0].equals(others[0]):
        return True
    fewer, more = sorted((some, others), key=len)
    return all(any(each.equals(other) for other in more) for each in fewer)
