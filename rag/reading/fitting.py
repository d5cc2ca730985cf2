"""Counts what could answer in some words of a passage: things of the kind asked for, not told of something else."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from index.analysis.sentences import sentences
from index.analysis.terms import legible, stems
from rag.reading.addresses import Addresses
from rag.reading.amendments import is_taken_out, without_taken_out
from rag.reading.answer_type import AnswerType, count_mentions
from rag.reading.asked import Asked, AskedNumber
from rag.reading.contacts import CONTACTS, contacts_of, tells_address, tells_hours
from rag.reading.context import day_over, is_dateline, sentence_at
from rag.reading.contrary import (
    clause_at,
    divisions_in,
    is_allowed,
    is_beside_named_role,
    is_denied,
    is_in_other_line,
    tells_other_year,
    with_verb,
)
from rag.reading.deputies import is_deputy, names_deputy
from rag.reading.lifetimes import is_lifetime
from rag.reading.lists import list_at
from rag.reading.named_items import NamedItems
from rag.reading.parts import AskedParts
from rag.reading.put import is_of_other_section
from rag.reading.quantities import quantities_in
from rag.reading.span_reader import Count, anything
from rag.reading.succession import NAME
from rag.reading.told import (
    is_to_come,
    tells_other_months,
    tells_other_numbers,
    tells_other_weekdays,
    tells_other_years,
)
from rag.types import Passage
from rag.understanding.days import weekdays_in

LISTED = (AnswerType.NUMBER, AnswerType.TIME)  # what the lines of a list or a programme tell
_SIDES = 2  # of a match, or of a vote
_SCORE = re.compile(r"(?<![\d.,:-])\d{1,3}\s?[-–—:]\s?\d{1,3}(?![\d.,:-]*\d)")
LONGEST = 20_000  # characters of an article, in which the numbers of a question are looked for
_UNIT = 30  # characters after a number, in which its unit stands


def count_fitting(asked: Asked, passage: Passage) -> Count:
    """Counts what could answer in a span of the passage, as it is read: things of the kind asked for, and not told of something else."""
    kind, language = asked.kind, passage.document.language
    text, places = legible(passage.chunk.text, language)
    if asked.asks_score:
        named: Count = partial(_scored, language, text)
    elif asked.asks_ranked:
        named = partial(_ranked, language, text)
    elif kind is None:
        named = anything(text)
    elif kind in CONTACTS:
        places_of = [(each.start, each.end) for each in contacts_of(kind, text, language)]
        named = partial(_overlaps, places_of)
    elif kind is AnswerType.ADDRESS:
        named = partial(_told_by, tells_address, text)
    elif asked.asks_hours:
        named = partial(_told_by, partial(tells_hours, language=language), text)
    elif asked.number:
        named = partial(_measured, asked.number, language, text)
    else:
        named = partial(_named, kind, language, text)
    tells_other, addresses = cache(_tells_other(asked, passage)), Addresses(text)
    parts = AskedParts(asked.question, asked.language, text, language) if asked.number else None

    def count(start: int, end: int) -> int:
        named_here = named(start, end)
        if not named_here:
            return 0
        place = place_of(start, end)
        if (
            (kind not in CONTACTS and addresses.hold(place, end))
            or (parts is not None and parts.is_whole(place))
            or (kind is AnswerType.NUMBER and asked.change.is_other(text, start, end, language))
            or (kind in LISTED and addresses.hold_number(place))
            or tells_other(places[place])
            or asked.role.is_other(text, start, end, language)
            or is_out(place, end)
            or (asked.of_event and is_of_lifetime(start, end))
            or (asked.own_name is not None and asked.own_name.is_named(text, start, end, language))
            or (asked.is_of_head and (are_counted(start, end) or is_deputy_here(start, end)))
        ):
            return 0
        return named_here

    def place_of(start: int, end: int) -> int:
        """Where what is told stands in a span: its first number that may be asked for, if one is asked for and told."""
        if kind is AnswerType.NUMBER:
            start, end = asked.change.kept(text, start, end, language)
        words = text[start:end].partition(";")[0]
        numbers = quantities_in(words, language) if kind is AnswerType.NUMBER else []
        of_part = (each for each in numbers if not (parts and parts.is_whole(start + each.start)))
        first = next(of_part, next(iter(numbers), None))
        return start + first.start if first else start

    def is_out(start: int, end: int) -> bool:
        """Whether a law puts other words in for those of a span, all of them."""
        place, document = passage.chunk.start + places[start], passage.document
        left, right = sentence_at(document, place)
        sentence = document.text[left:right]
        first, last = without_taken_out(sentence, place - left, place - left + end - start, language)
        return is_taken_out(sentence, first, language) and is_taken_out(sentence, last - 1, language)

    def is_of_lifetime(start: int, end: int) -> bool:
        """Whether the first number of a span says when somebody lived."""
        number = next((at for at in range(start, end) if text[at].isdigit()), start)
        place, document = passage.chunk.start + places[number], passage.document
        left, right = sentence_at(document, place)
        return is_lifetime(document.text[left:right], place - left, language)

    def are_counted(start: int, end: int) -> bool:
        """Whether people are told by their number, as those that a head heads: 420 doctors."""
        return bool(list(numerals_in(text[start:end], language))) and not NAME.search(text, start, end)

    def is_deputy_here(start: int, end: int) -> bool:
        """Whether a name is that of a deputy, and its clause does not tell that the deputy heads what is asked for."""
        clause, heads = clause_at(text, start), whole_words(record(language).statements.heads)
        rest = stems(heads.sub(" ", clause), language)
        is_of_asked = asked.language != language or not asked.stems.isdisjoint(rest)
        return is_deputy(text, start, end, language) and not (is_of_asked and heads.search(clause))

    return count


def _tells_other(asked: Asked, passage: Passage) -> Callable[[int], bool]:
    """Tells of a place in a passage whether it is told of another year, number, day or line than is asked for, or denied, or only dates it."""
    text, document, language, kind = passage.chunk.text, passage.document, passage.document.language, asked.kind
    stems_here = asked.stems_in(language)
    items = NamedItems(document, (passage.chunk.start, passage.chunk.end), stems_here)

    def names(line: str) -> bool:
        return kind is not None and bool(count_mentions(kind, line, language))

    def is_of_other_day(place: int) -> bool:
        """Whether the line over a list, or over the lines of a day, names another one."""
        listed = list_at(document, place)
        over = f"{listed.head if listed else ''} {day_over(document, place)}"
        return tells_other_weekdays(asked.weekdays, over, language)

    def is_of_other_rule(place: int, clause: str) -> bool:
        """Whether a clause, or else the line over its list, allows what is asked to be forbidden, or the other way round."""
        listed = list_at(document, place)
        told = is_allowed(clause, language)
        told = is_allowed(listed.head, language) if told is None and listed else told
        return told is not None and told != asked.allowed

    def is_of_other_division(sentence: str) -> bool:
        named = divisions_in(sentence, language) or divisions_in(document.title, language)
        return bool(named) and named.isdisjoint(asked.divisions)

    def is_of_other_stage(sentence: str, start: int) -> bool:
        """Whether what is told of is discussed, and what is asked for decided, or the other way round."""
        told = sentence if kind is None else with_verb(text, start)
        return asked.stage is not None and asked.stage.is_other(told, language)

    def tells_other(start: int) -> bool:
        place = passage.chunk.start + start
        left, right = sentence_at(document, place)
        sentence = document.text[left:right]
        around = [sentence, _paragraph(document, place), document.title]
        clause = clause_at(text, start)
        return (
            tells_other_years(asked.years, around, document)
            or tells_other_numbers(asked.numbers, [*around, document.text[:LONGEST]], language)
            or tells_other_weekdays(asked.weekdays, sentence, language)
            or (asked.then is not None and asked.then.is_other(sentence, place - left, language, document.published))
            or (bool(asked.weekdays) and not weekdays_in(sentence, language) and is_of_other_day(place))
            or (asked.allowed is not None and is_of_other_rule(place, clause))
            or is_of_other_stage(sentence, start)
            or is_of_other_section(asked.dated, document, place, sentence)
            or tells_other_year(asked.years_on, clause, language)
            or tells_other_months(asked.month, clause, language)
            or (asked.asks_for_one and asked.sides.are_others(with_verb(text, start), language))
            or (bool(asked.divisions) and is_of_other_division(sentence))
            or (asked.may_be_denied and is_denied(text, start, language, nearby=kind is not AnswerType.TIME))
            or (kind in LISTED and is_in_other_line(text, start, stems_here, language, names))
            or items.is_other(place)
            or (kind is AnswerType.PERSON and is_beside_named_role(text, start, stems_here, language))
            or (asked.is_of_deputy and not names_deputy(_with_the_one_before(document, place), language))
            or (kind is AnswerType.TIME and is_dateline(document, place))
            or (asked.asks_next and not is_to_come(sentence, document))
        )

    return tells_other


def _overlaps(places: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """1 for a span that has a character of some places, else 0."""
    return int(any(left < end and start < right for left, right in places))


def _told_by(tells: Callable[[str], bool], text: str, start: int, end: int) -> int:
    """1 for a span whose words tell what is asked for, else 0."""
    return int(tells(text[start:end]))


def _scored(language: str, text: str, start: int, end: int) -> int:
    """How many scores a span names: of a match, 2-0, 10:6, or of a vote, 17 votes to 12."""
    words = text[start:end]
    plain = [each for each in quantities_in(words, language) if not each.unit]
    return len(_SCORE.findall(words)) or int(len(plain) == _SIDES)


def _ranked(language: str, text: str, start: int, end: int) -> int:
    """How many numbers a span names, ranks among them: article 5, the third floor."""
    return len(list(numerals_in(text[start:end], language)))


def _paragraph(document: Document, place: int) -> str:
    """The paragraph that holds a character."""
    end = document.text.find("\n\n", place)
    return document.text[document.text.rfind("\n\n", 0, place) + 1 : end if end >= 0 else None]


def _with_the_one_before(document: Document, place: int) -> str:
    """The sentence that holds a character, and the one before it."""
    start, end = sentence_at(document, place)
    before, _ = sentence_at(document, len(document.text[:start].rstrip()) - 1) if start else (start, end)
    return document.text[before:end]


def _named(kind: AnswerType, language: str, text: str, start: int, end: int) -> int:
    """How many things of a kind a span names before a sentence ends in it: what follows is not shown."""
    words = text[start:end].partition(";")[0]
    first = next(iter(sentences(words, language)), (0, 0))
    return count_mentions(kind, words[slice(*first)], language)


def _measured(asked: AskedNumber, language: str, text: str, start: int, end: int) -> int:
    """How many numbers that may be asked for a span names; the unit may stand right after the span. Free is a price."""
    words = text[start:end].partition(";")[0]
    is_share = asked.unit.is_met_by_share(words, language)
    if not _named(AnswerType.NUMBER, language, text, start, end):
        return int(is_share or asked.unit.is_met_by_none(words, language))
    around = [each for each in quantities_in(text[start : end + _UNIT], language) if each.start < len(words)]
    return max(is_share, sum(asked.may_be(each, text, start, language) for each in around))
