"""Tells a deputy from the head of something: "Who heads the mine?" is not answered by its deputy director, nor the other way round."""

import functools
import re

from index.analysis.languages import record
from index.analysis.languages.record import whole_words

_NEAR = 70  # characters before and after a name, in which its office stands
_BREAK = re.compile(r"[.;:()!?\n]|,(?!\s*$)|\s(?:and|и|мен|және)\s")
_CAPITAL = "[^\\W\\d_a-zа-яёәғқңөұүһі]"
_RUN = re.compile(rf"(?:{_CAPITAL}[^\W\d_]+[-\s]+)+$")
_FULL_NAME = re.compile(rf"{_CAPITAL}[^\W\d_]+\s+(?:{_CAPITAL}\.\s*)*{_CAPITAL}[^\W\d_]+")


def asks_for_head(question: str, language: str) -> bool:
    """Whether a question asks who heads something, and not for a deputy.

    >>> [asks_for_head(each, "en") for each in ("Who heads the mine?", "Who is its deputy director?", "Who spoke?")]
    [True, False, False]
    """
    asks = re.search(record(language).answers.asks_head, question, re.IGNORECASE)
    return bool(asks) and not _beside_a_head(language).search(question)


def asks_for_deputy(question: str, language: str) -> bool:
    """Whether a question asks who is the deputy of somebody.

    >>> asks_for_deputy("Who was chosen as vice-rector?", "en")
    True
    """
    known = record(language)
    asks = re.search(known.answers.asks_person, question, re.IGNORECASE)
    return bool(asks) and names_deputy(question, language)


def names_deputy(text: str, language: str) -> bool:
    """Whether a text names the office of a deputy.

    >>> [names_deputy(each, "en") for each in ("He is deputy mayor.", "He is mayor.")]
    [True, False]
    """
    return bool(whole_words(record(language).statements.second).search(text))


def is_deputy(text: str, start: int, end: int, language: str) -> bool:
    """Whether the name at a place of a text is told to be that of a deputy or an assistant.

    >>> text = "Director Ivan Petrov and deputy director Oleg Sidorov came."
    >>> [is_deputy(text, text.index(name), text.index(name) + len(name), "en") for name in ("Ivan Petrov", "Oleg Sidorov")]
    [False, True]
    >>> is_deputy("Olga Kim, until now deputy head of the port, was made its head", 0, 8, "en")
    False
    """
    deputy = _beside_a_head(language)
    run = _RUN.search(text, max(0, start - _NEAR), start)
    start = run.start() if run else start  # in the midst of "Deputy Director Oleg Sidorov"
    if deputy.search(text, start, end):
        return True
    before = _BREAK.split(text[max(0, start - _NEAR) : start])[-1]
    offices = list(deputy.finditer(before))
    if offices and not _names_somebody(before[offices[-1].end() :], language):
        return True
    after = text[end : end + _NEAR]
    office = _office_after(language).match(after)
    if office is None or whole_words(record(language).statements.formerly).search(office[0]):
        return False
    return not _names_somebody(_BREAK.split(after[office.end() :])[0], language)


def _names_somebody(text: str, language: str) -> bool:
    """Whether a text holds a full name: two words with capitals, none of them an office, as in "Kazakh President"."""
    office = whole_words(record(language).answers.offices)
    return any(not office.search(name[0]) for name in _FULL_NAME.finditer(text))


@functools.cache
def _office_after(language: str) -> re.Pattern[str]:
    """The office of a deputy right after a name, or after what links it to the name, and perhaps what that is the deputy of."""
    holds, deputy = whole_words(record(language).statements.holds).pattern, _beside_a_head(language).pattern
    return re.compile(
        rf"\s*(?:[,(–—-]\s*(?:[^\W\d_]+\s+){{0,3}}?|{holds}\s*(?:[^\W\d_]+\s+){{0,2}}?){deputy}", re.IGNORECASE
    )


def _beside_a_head(language: str) -> re.Pattern[str]:
    """The offices of deputies and assistants."""
    known = record(language).statements
    return whole_words(f"{known.second}|{known.aide}")
