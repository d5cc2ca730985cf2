"""Whether what two articles say does not belong together: another place, time or thing, a part, a plan, both told by one article."""

import re
from collections.abc import Iterable
from functools import lru_cache

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.contrary import divisions_in
from rag.reading.quantities import Quantity, quantities_in
from rag.types import Reading
from rag.understanding.days import published_days
from rag.verdict.matter import (
    clause_of,
    of_former_times,
    of_next_times,
    of_other_places,
    of_other_seasons,
    of_other_subjects,
    of_other_years,
)
from rag.verdict.moments import Moment, moments_in
from rag.verdict.names import Name, names_in, same_names
from rag.verdict.succession import succeeds, takes_office
from rag.verdict.values import Kind, Statement, same_value

LONGEST = 20_000  # characters of an article, in which its numbers are looked for
BESIDE = 30  # characters beside a value, in which it may be denied
FEW = 12  # numbers up to here are equal by chance


def tells_of_another(first: Statement, other: Statement) -> bool:
    """Whether what another article says is, as far as words tell, of another place, time or thing, or of what is only planned."""
    reading, is_named = other.reading, first.kind is Kind.NAME
    if _is_a_lone_one(other) or _is_told_apart(first, other) or _is_told_apart(other, first):
        return True
    if _is_of_another_time(first, other) or _are_whole_and_part(first, other):
        return True
    if _are_needed_and_counted(first, other) or _is_of_other_division(first.reading, reading):
        return True
    if not _name_one_person(first, other) and _are_of_others(first.reading, reading, named=is_named):
        return True
    is_planned = _is_planned(reading) and not (_may_be_planned(first) or succeeds(other, first))
    return not same_value(first, other) and is_planned


def _name_one_person(one: Statement, other: Statement) -> bool:
    """Whether the words of both are one full name, which hardly means two people."""
    full = [name for name in one.names if len(name.words) > 1]
    return one.kind is Kind.NAME and bool(full) and same_value(one, other)


def _are_of_others(one: Reading, other: Reading, *, named: bool) -> bool:
    return of_other_places(one, other, named=named) or of_other_subjects(one, other)


def _is_of_other_division(one: Reading, other: Reading) -> bool:
    """Whether another reading tells of a contest of women, of men or of the young, and the first one does not."""
    asked, named = (
        divisions_in(f"{each.document.title}. {each.sentence}", each.document.language) for each in (one, other)
    )
    return bool(named) and asked.isdisjoint(named)


def contradict(one: Statement, other: Statement) -> bool:
    """Whether two statements with different values contradict each other: not if an article of that day tells both days or names.

    An older article may name the day of a later change, too, and who takes an office then.
    """
    is_of_one_day = one.day == other.day
    return not (is_of_one_day and (_tells(one.reading.document, other) or _tells(other.reading.document, one)))


def is_told_aside(statement: Statement, question: str, language: str) -> bool:
    """Whether a statement tells of a part, of the next time, or of a contest of some, and a question asks for none of them."""
    known, reading = record(language).statements, statement.reading
    if divisions_in(reading.sentence, reading.document.language) and not divisions_in(question, language):
        return True
    if statement.kind is Kind.NUMBER:
        return _tells_part(statement, surely=True) and not whole_words(known.part_of).search(question)
    if statement.kind is Kind.NAME:
        return of_next_times(reading) and not whole_words(known.next_time).search(question)
    return False


def is_rule(statement: Statement) -> bool:
    """Whether a number or a time is told as that of the rule, which what is chosen or granted instead does not change: by default."""
    reading = statement.reading
    general = whole_words(record(reading.document.language).statements.general)
    return statement.kind in (Kind.NUMBER, Kind.TIME) and bool(general.search(reading.sentence))


def _tells(document: Document, statement: Statement) -> bool:
    """Whether an article tells the day or the names of a statement."""
    match statement.kind:
        case Kind.TIME:
            named = statement.moments[0]
            alike = (each for each in _moments(document) if named.equals(each) and not each.is_vaguer(named))
            return _holds_any(document, alike)
        case Kind.NAME:
            return same_names(statement.names, _names(document))
        case _:
            return False


def _holds_any(document: Document, values: Iterable[Quantity | Moment]) -> bool:
    """Whether an article does not deny all of some values that it tells."""
    return any(not is_denied(document.text, each.start, each.end, document.language) for each in values)


def is_denied(text: str, start: int, end: int, language: str) -> bool:
    """Whether the words right beside a value say that it does not hold, or no longer.

    >>> text = "On 11 May, not on 4 May"
    >>> is_denied(text, 18, 23, "en"), is_denied(text, 3, 9, "en")
    (True, False)
    """
    denied = re.compile(record(language).statements.denied, re.IGNORECASE)
    return bool(denied.search(f"{text[max(0, start - BESIDE) : start]}#{text[end : end + BESIDE]}"))


def is_telling(statement: Statement) -> bool:
    """Whether a value is hardly equal to another one by chance: names, a number that is large or has a unit."""
    if statement.kind is not Kind.NUMBER:
        return statement.kind in (Kind.NAME, Kind.CONTACT)
    quantity = statement.quantities[0]
    return quantity.amount > FEW or quantity.amount.denominator != 1 or bool(quantity.unit)


def _is_of_another_time(first: Statement, other: Statement) -> bool:
    is_timed, reading = first.kind is Kind.TIME, other.reading
    gets_office = first.kind is Kind.NAME and takes_office(other)  # a former mayor is named minister now
    is_of_former = of_former_times(reading) and not (of_former_times(first.reading) or gets_office)
    if is_of_former or of_other_years(first.reading, reading, timed=is_timed):
        return True
    if is_timed:
        return False
    return of_other_seasons(first.reading, reading) or (of_next_times(reading) and not of_next_times(first.reading))


def _are_whole_and_part(one: Statement, other: Statement) -> bool:
    """Whether the other one counts a part, as its words say, or the smaller one does: 80,000 books, and 12,000 books for children."""
    if one.kind is not Kind.NUMBER or same_value(one, other):
        return False
    part, whole = sorted((one, other), key=lambda each: each.quantities[0].amount)
    if _tells_part(other, surely=True) and not _tells_part(one, surely=True):
        return True
    is_count = not (part.quantities[0].unit or whole.quantities[0].unit)
    return is_count and _tells_part(part) and not _tells_part(whole)


def _are_needed_and_counted(one: Statement, other: Statement) -> bool:
    """Whether one counts what is needed, and the other one what there is: signatures for a debate, and those on the petition."""
    if one.kind is not Kind.NUMBER or one.quantities[0].unit or other.quantities[0].unit:
        return False
    return not same_value(one, other) and _is_needed(one.reading) != _is_needed(other.reading)


def _is_needed(reading: Reading) -> bool:
    return bool(whole_words(record(reading.document.language).statements.needed).search(clause_of(reading)))


def _tells_part(statement: Statement, *, surely: bool = False) -> bool:
    """Whether the first number of a statement counts a part of something: books for children, and surely: five of them.

    What goes with a second number is not told of the first one: fourteen works, of which nine were found.
    """
    language = statement.reading.document.language
    known = record(language).statements
    clause = clause_of(statement.reading)
    words = clause[max(0, clause.find(statement.reading.answer)) :]
    found = whole_words(known.part_of if surely else f"{known.part_of}|{known.part}").search(words)
    return found is not None and not any(each.start <= found.start() for each in quantities_in(words, language)[1:])


def _is_a_lone_one(statement: Statement) -> bool:
    """Whether the value is one in words, which is an article or a pronoun as a rule."""
    if statement.kind is not Kind.NUMBER:
        return False
    first = statement.quantities[0]
    return first.amount == 1 and not first.unit and statement.reading.answer[first.start].isalpha()


def _is_told_apart(one: Statement, other: Statement) -> bool:
    """Whether the article of a statement tells another number, too, and is no newer: to it they are two matters."""
    if one.kind is not Kind.NUMBER or same_value(one, other) or not is_telling(other):
        return False
    document, value = one.reading.document, other.quantities[0]
    is_newer = bool(other.day) and one.day > other.day
    alike = (each for each in _numbers(document) if value.unit == each.unit and value.equals(each))
    return not is_newer and _holds_any(document, alike)


def _is_planned(reading: Reading) -> bool:
    """Whether words tell of what is still to come."""
    planned = whole_words(record(reading.document.language).statements.planned)
    return bool(planned.search(clause_of(reading)))


def _may_be_planned(statement: Statement) -> bool:
    """Whether words tell of what is still to come, or may do: the bridge opens on Monday; or name a day after that of their article."""
    reading = statement.reading
    perhaps = whole_words(record(reading.document.language).statements.perhaps_planned)
    printed = published_days(reading.document.published)
    named = [each.days for each in statement.moments if each.days]
    is_to_come = bool(named) and printed is not None and named[0].first > printed.last
    return is_to_come or _is_planned(reading) or bool(perhaps.search(clause_of(reading)))


@lru_cache(64)
def _numbers(document: Document) -> tuple[Quantity, ...]:
    return tuple(quantities_in(document.text[:LONGEST], document.language))


@lru_cache(64)
def _moments(document: Document) -> tuple[Moment, ...]:
    return tuple(moments_in(document.text[:LONGEST], document.language, document.published))


@lru_cache(64)
def _names(document: Document) -> tuple[Name, ...]:
    return tuple(names_in(document.text[:LONGEST], document.language))
