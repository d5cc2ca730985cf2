"""Counts what could answer in some words of a passage: things of the kind asked for, not told of something else."""

import re
from collections.abc import Callable
from functools import partial

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from index.analysis.sentences import sentences
from index.analysis.terms import legible, stems
from rag.reading.addresses import Addresses
from rag.reading.answer_type import AnswerType, count_mentions, without_aside
from rag.reading.asked_unit import AskedUnit
from rag.reading.attributes import AskedAttribute
from rag.reading.context import day_over, is_dateline, sentence_at
from rag.reading.contrary import (
    asked_years_on,
    clause_at,
    denies,
    divisions_in,
    is_allowed,
    is_beside_named_role,
    is_denied,
    is_in_other_line,
    tells_other_year,
    with_verb,
)
from rag.reading.deputies import asks_for_deputy, asks_for_head, is_deputy, names_deputy
from rag.reading.differences import AskedDifference
from rag.reading.lists import list_at
from rag.reading.named_items import NamedItems
from rag.reading.now_and_before import AskedThen
from rag.reading.opposites import AskedSides
from rag.reading.put import is_of_another_time
from rag.reading.quantities import Quantity, quantities_in
from rag.reading.roles import AskedRole
from rag.reading.span_reader import Count, anything
from rag.reading.told import (
    is_to_come,
    month_asked,
    numbers_asked,
    tells_other_months,
    tells_other_numbers,
    tells_other_weekdays,
    tells_other_years,
    years_in,
)
from rag.types import Passage, Query
from rag.understanding.days import weekdays_in
from rag.understanding.when import when

LISTED = (AnswerType.NUMBER, AnswerType.TIME)  # what the lines of a list or a programme tell
_SCORE = re.compile(r"(?<![\d.,:-])\d{1,3}\s?[-–—:]\s?\d{1,3}(?![\d.,:-]*\d)")
LONGEST = 20_000  # characters of an article, in which the numbers of a question are looked for
_UNIT = 30  # characters after a number, in which its unit stands


class AskedNumber:
    """What a question that asks for a number says of it: its unit, what it measures, whether it is a difference."""

    def __init__(self, question: str, language: str) -> None:
        self.unit = AskedUnit(question, language)
        self._attribute = AskedAttribute(question, language)
        self._difference = AskedDifference(question, language)

    def may_be(self, number: Quantity, text: str, start: int, language: str) -> bool:
        """Whether a number of a text, counted from `start` on, may be the one that is asked for."""
        start, end = start + number.start, start + number.end
        is_other = self._attribute.is_other(text, start, language) or self._difference.is_other(
            text, start, end, language
        )
        return self.unit.allows(number) and not is_other


def count_fitting(query: Query, kind: AnswerType | None, passage: Passage) -> Count:
    """Counts what could answer in a span of the passage, as it is read: things of the kind asked for, and not told of something else."""
    language = passage.document.language
    text, places = legible(passage.chunk.text, language)
    if _asks(record(query.language).answers.asks_score, query):
        named: Count = partial(_scored, text)
    elif _asks(record(query.language).answers.asks_ranked, query):
        named = partial(_ranked, language, text)
    elif kind is None:
        named = anything(text)
    elif kind is AnswerType.NUMBER:
        named = partial(_measured, AskedNumber(query.text, query.language), language, text)
    else:
        named = partial(_named, kind, language, text)
    tells_other = _tells_other(query, kind, passage)
    if is_of_another_time(when(query.text, query.language), passage.document):
        return lambda _start, _end: 0

    is_of_head = asks_for_head(query.text, query.language)
    role, addresses = AskedRole(query.text, query.language), Addresses(text)

    def count(start: int, end: int) -> int:
        named_here = named(start, end)
        if (
            not named_here
            or addresses.hold(place_of(start, end), end)
            or tells_other(places[place_of(start, end)])
            or role.is_other(text, start, end, language)
        ):
            return 0
        return 0 if is_of_head and is_deputy_here(start, end) else named_here

    def place_of(start: int, end: int) -> int:
        """Where what is told stands in a span: its first number, if one is asked for and told."""
        words = text[start:end].partition(";")[0]
        first = next(iter(quantities_in(words, language)), None) if kind is AnswerType.NUMBER else None
        return start + first.start if first else start

    def is_deputy_here(start: int, end: int) -> bool:
        """Whether a name is that of a deputy, and its clause does not tell that the deputy heads what is asked for."""
        clause, heads = clause_at(text, start), whole_words(record(language).statements.heads)
        rest = stems(heads.sub(" ", clause), language)
        is_of_asked = query.language != language or not _informative(query).isdisjoint(rest)
        return is_deputy(text, start, end, language) and not (is_of_asked and heads.search(clause))

    return count


def _tells_other(query: Query, kind: AnswerType | None, passage: Passage) -> Callable[[int], bool]:
    """Tells of a place in a passage whether it is told of another year, number, day or line than is asked for, or denied, or only dates it."""
    text, document, language = passage.chunk.text, passage.document, passage.document.language
    years, numbers = years_in(query.text), numbers_asked(_without_date(query), query.language)
    weekdays, years_on = weekdays_in(query.text, query.language), asked_years_on(query.text, query.language)
    month = None if kind in (None, AnswerType.YES_NO) else month_asked(query.text, query.language)
    sides = AskedSides(without_aside(query.text), query.language, is_number=kind is AnswerType.NUMBER)
    asks_for_one = kind not in (None, AnswerType.YES_NO) or _chooses(query)
    divisions = divisions_in(query.text, query.language)
    asked = _informative(query) if query.language == language else frozenset[str]()
    items = NamedItems(document, (passage.chunk.start, passage.chunk.end), asked)
    of_deputy = asks_for_deputy(query.text, query.language)
    may_be_denied = kind is not None and not denies(query.text, query.language)
    asked_then = AskedThen(query.text, query.language) if kind is AnswerType.NUMBER else None
    asks_cause = _asks(record(query.language).answers.asks_cause, query)
    allowed = is_allowed(query.text, query.language) if kind is None and not asks_cause else None
    asks_next = kind is AnswerType.TIME and _asks(record(query.language).answers.asks_next, query)

    def names(line: str) -> bool:
        return kind is not None and bool(count_mentions(kind, line, language))

    def is_of_other_day(place: int) -> bool:
        """Whether the line over a list, or over the lines of a day, names another one."""
        listed = list_at(document, place)
        over = f"{listed.head if listed else ''} {day_over(document, place)}"
        return tells_other_weekdays(weekdays, over, language)

    def is_of_other_rule(place: int, clause: str) -> bool:
        """Whether a clause, or else the line over its list, allows what is asked to be forbidden, or the other way round."""
        listed = list_at(document, place)
        told = is_allowed(clause, language)
        told = is_allowed(listed.head, language) if told is None and listed else told
        return told is not None and told != allowed

    def tells_other(start: int) -> bool:
        place = passage.chunk.start + start
        left, right = sentence_at(document, place)
        sentence = document.text[left:right]
        around = [sentence, _paragraph(document, place), document.title]
        clause = clause_at(text, start)
        named = divisions_in(sentence, language) or divisions_in(document.title, language)
        return (
            tells_other_years(years, around, document)
            or tells_other_numbers(numbers, [*around, document.text[:LONGEST]], language)
            or tells_other_weekdays(weekdays, sentence, language)
            or (asked_then is not None and asked_then.is_other(sentence, place - left, language, document.published))
            or (weekdays and not weekdays_in(sentence, language) and is_of_other_day(place))
            or (allowed is not None and is_of_other_rule(place, clause))
            or tells_other_year(years_on, clause, language)
            or tells_other_months(month, clause, language)
            or (asks_for_one and sides.are_others(with_verb(text, start), language))
            or (bool(divisions) and bool(named) and divisions.isdisjoint(named))
            or (may_be_denied and is_denied(text, start, language, nearby=kind is not AnswerType.TIME))
            or (kind in LISTED and is_in_other_line(text, start, asked, language, names))
            or items.is_other(place)
            or (kind is AnswerType.PERSON and is_beside_named_role(text, start, asked, language))
            or (of_deputy and not names_deputy(_with_the_one_before(document, place), language))
            or (kind is AnswerType.TIME and is_dateline(document, place))
            or (asks_next and not is_to_come(sentence, document))
        )

    return tells_other


def _asks(pattern: str, query: Query) -> bool:
    return bool(re.search(pattern, query.text, re.IGNORECASE))


def _chooses(query: Query) -> bool:
    """Whether a question asks which of several things, and not why or how."""
    known = record(query.language)
    asks_cause = whole_words(known.answers.asks_cause).search(query.text)
    return not asks_cause and bool(whole_words(known.follow_up.chooses).search(query.text))


def _scored(text: str, start: int, end: int) -> int:
    """How many scores of a match a span names: 2-0, 10:6."""
    return len(_SCORE.findall(text[start:end]))


def _ranked(language: str, text: str, start: int, end: int) -> int:
    """How many numbers a span names, ranks among them: article 5, the third floor."""
    return len(list(numerals_in(text[start:end], language)))


def _informative(query: Query) -> frozenset[str]:
    """Stems of a question's words, without those that say little."""
    small = record(query.language).small_words
    words = (word for word in query.text.lower().split() if word not in small)
    return frozenset(stems(" ".join(words), query.language)) & frozenset(query.terms)


def _without_date(query: Query) -> str:
    """A question without the date that it names, whose numbers count nothing."""
    time = when(query.text, query.language)
    return f"{query.text[: time.start]} {query.text[time.end :]}" if time else query.text


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
