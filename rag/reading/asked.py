"""What a question says of its answer, worked out once for all the passages that it is put to."""

import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import stems
from rag.reading.answer_type import AnswerType, asks_for_hours, asks_yes_or_no, without_aside
from rag.reading.asked_unit import AskedUnit
from rag.reading.attributes import AskedAttribute
from rag.reading.contacts import CONTACTS
from rag.reading.contrary import asked_years_on, denies, divisions_in, is_allowed
from rag.reading.deputies import asks_for_deputy, asks_for_head
from rag.reading.differences import AskedDifference
from rag.reading.lifetimes import asks_lifetime
from rag.reading.now_and_before import AskedThen
from rag.reading.opposites import AskedOpposites
from rag.reading.own_name import OwnName
from rag.reading.quantities import Quantity
from rag.reading.raised import AskedChange
from rag.reading.roles import AskedRole
from rag.reading.stages import AskedStage
from rag.reading.told import month_asked, numbers_asked, years_in
from rag.types import Query
from rag.understanding.days import weekdays_in
from rag.understanding.phrases import dated
from rag.understanding.when import when


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


class Asked:
    """The kind of thing that a question asks for, and what tells it from others of that kind: its time, its numbers, its role.

    Attributes:
        stems: of the question's words, without those that say little.
        number: what it says of a number, None if it asks for none.
        of_event: whether it asks when something happened, and not when somebody lived.
        allowed: whether it asks for what is allowed, or forbidden; None for neither.
        asks_for_one: whether it asks for one of several things, so that what is told of the others is no answer.
    """

    def __init__(self, query: Query, kind: AnswerType | None) -> None:
        question, language = query.text, query.language
        answers, is_number = record(language).answers, kind is AnswerType.NUMBER
        self.question, self.kind, self.language, self.stems = question, kind, language, _informative(query)
        self.asks_score, self.asks_ranked = _asks(answers.asks_score, query), _asks(answers.asks_ranked, query)
        self.asks_hours = asks_for_hours(question)
        self.number = AskedNumber(question, language) if is_number else None
        self.change = AskedChange(question, language)
        self.role = AskedRole(question, language)
        self.is_of_head, self.is_of_deputy = asks_for_head(question, language), asks_for_deputy(question, language)
        self.time, self.years = when(question, language), years_in(question)
        self.numbers = numbers_asked(_without_date(query), language)
        self.weekdays, self.years_on = weekdays_in(question, language), asked_years_on(question, language)
        self.month = None if kind in (None, AnswerType.YES_NO) else month_asked(question, language)
        self.then = AskedThen(question, language) if is_number else None
        self.of_event = kind is AnswerType.TIME and not asks_lifetime(question, language)
        self.asks_next = kind is AnswerType.TIME and _asks(answers.asks_next, query)
        self.sides = AskedOpposites(without_aside(question), language, is_number=is_number)
        self.asks_for_one = kind not in (None, AnswerType.YES_NO) or _chooses(query)
        self.divisions = divisions_in(question, language)
        is_negative = denies(question, language) or _asks(answers.asks_end, query)
        self.may_be_denied = kind not in (None, *CONTACTS) and not is_negative
        asks_cause = _asks(answers.asks_cause, query)
        is_yes_no = kind is None and asks_yes_or_no(question, language)
        self.stage = None if is_yes_no or asks_cause else AskedStage(question, language, is_open=kind is None)
        self.dated = dated(question, language)
        self.own_name = OwnName(question, language) if kind is AnswerType.PERSON else None
        asks_what = kind is None and not asks_cause and not is_yes_no
        self.allowed = is_allowed(question, language) if asks_what else None

    def stems_in(self, language: str) -> frozenset[str]:
        """The stems of its words in the language of an article; those of another language are none of its words."""
        return self.stems if language == self.language else frozenset()


def _asks(pattern: str, query: Query) -> bool:
    return bool(re.search(pattern, query.text, re.IGNORECASE))


def _chooses(query: Query) -> bool:
    """Whether a question asks which of several things, and not why or how."""
    known = record(query.language)
    asks_cause = whole_words(known.answers.asks_cause).search(query.text)
    return not asks_cause and bool(whole_words(known.follow_up.chooses).search(query.text))


def _informative(query: Query) -> frozenset[str]:
    """Stems of a question's words, without those that say little."""
    small = record(query.language).small_words
    words = (word for word in query.text.lower().split() if word not in small)
    return frozenset(stems(" ".join(words), query.language)) & frozenset(query.terms)


def _without_date(query: Query) -> str:
    """A question without the date that it names, whose numbers count nothing."""
    time = when(query.text, query.language)
    return f"{query.text[: time.start]} {query.text[time.end :]}" if time else query.text
