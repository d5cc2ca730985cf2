"""The type of answer that a question expects (a number, a time, a person), and how often words name one."""

import functools
import re
from collections.abc import Iterable
from enum import StrEnum

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in


class AnswerType(StrEnum):
    """What a question can ask for."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"  # or a body, such as a ministry
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    ADDRESS = "address"  # of a place
    YES_NO = "yes_no"  # settled by a clause of any kind


_CAPITAL = r"[^\W\d_a-zа-яёәғқңөұүһі]"  # people and bodies are named with one
_RECORDS = tuple(RECORDS.values())


def _any_of(patterns: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


_ASKS_HOURS = _any_of(each.contacts.asks_hours for each in _RECORDS)
_ASKS = {  # of two that begin at one place the first
    AnswerType.EMAIL: _any_of(each.contacts.asks_email for each in _RECORDS),
    AnswerType.WEBSITE: _any_of(each.contacts.asks_website for each in _RECORDS),
    AnswerType.PHONE: _any_of(each.contacts.asks_phone for each in _RECORDS),
    AnswerType.ADDRESS: _any_of(each.contacts.asks_address for each in _RECORDS),
    AnswerType.TIME: _any_of(
        each for known in _RECORDS for each in (known.answers.asks_time, known.contacts.asks_hours)
    ),
    AnswerType.NUMBER: _any_of(each.answers.asks_number for each in _RECORDS),
    AnswerType.PERSON: _any_of(each.answers.asks_person for each in _RECORDS),
}
_ASIDE = _any_of(each.answers.aside for each in _RECORDS)
_DIGITS = (
    r"(?<![#=\d.])(?!\d{1,3}\.\d+\.\d(?!\d))\d"  # not those of an issue, a version or an address: #2252, 1.8.3, gid=0
)
_TIME = _any_of([_DIGITS, *(rf"\b(?:{each.answers.times})\b" for each in _RECORDS)])
_PERSON = _any_of([_CAPITAL, *(rf"\b(?:{each.answers.persons}|{each.answers.people})\b" for each in _RECORDS)], flags=0)


@functools.lru_cache(256)  # of one question it is asked for some fifteen times
def expected_answer_type(question: str) -> AnswerType | None:
    """The type of answer that the first words that ask for any want, or None if it could be anything.

    >>> [expected_answer_type(each) for each in ("How many laws?", "Кто выступил?", "Why?")]
    [<AnswerType.NUMBER: 'number'>, <AnswerType.PERSON: 'person'>, None]
    """
    asked = without_aside(question)
    found = {kind: match.start() for kind, asks in _ASKS.items() if (match := asks.search(asked))}
    return min(found, key=lambda kind: found[kind], default=None)


def asks_for_hours(question: str) -> bool:
    """Whether a question asks when something is open.

    >>> [asks_for_hours(each) for each in ("What are the opening hours of the pool?", "Музейдің жұмыс уақыты қандай?", "When is it?")]
    [True, True, False]
    """
    return bool(_ASKS_HOURS.search(question))


def without_aside(question: str) -> str:
    """A question without a clause that begins as a question does, but tells a circumstance.

    >>> without_aside("What did she do when the bridge opened?"), without_aside("Do you know when it opened?")
    ('What did she do?', 'Do you know when it opened?')
    """
    found = _ASIDE.search(question)
    if found is None or found.lastindex is None:
        return question
    return question[: found.start(found.lastindex)] + question[found.end(found.lastindex) :]


def asks_yes_or_no(question: str, language: str) -> bool:
    """Whether a question can be answered by yes or no: it begins or ends as such, or no word in it asks for anything else.

    >>> asks_yes_or_no("Was the vote taken?", "en"), asks_yes_or_no("Сенат отменят?", "ru"), asks_yes_or_no("Сенат бола ма?", "kk")
    (True, True, True)
    >>> asks_yes_or_no("When was the vote taken?", "en"), asks_yes_or_no("bridge opening", "en"), asks_yes_or_no("Как голосовать?", "ru")
    (False, False, False)
    """
    known, question = record(language), without_aside(question)
    if any(asks.search(question) for asks in _ASKS.values()):
        return False
    if re.match(rf"\W*(?:{known.follow_up.adverbs['how']})\b", question, re.IGNORECASE):
        return False
    if whole_words(known.answers.asks_yes_no).search(question):
        return True
    return question.rstrip().endswith("?") and not whole_words(known.follow_up.asking).search(question)


def count_mentions(kind: AnswerType, words: str, language: str) -> int:
    """How many numbers words name, if that is the kind; for another kind 1 if they name any, else 0.

    Ordinals are no numbers here: "in its third year" does not answer how many.

    >>> count_mentions(AnswerType.NUMBER, "some laws", "en"), count_mentions(AnswerType.NUMBER, "ten laws, 50 codes", "en")
    (0, 2)
    """
    if kind is AnswerType.NUMBER:
        return sum(not each.ordinal for each in numerals_in(words, language))
    return int(bool((_TIME if kind is AnswerType.TIME else _PERSON).search(words)))
