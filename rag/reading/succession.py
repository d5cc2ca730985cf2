"""Tells whether a question asks who came before somebody or after, and what it asks besides: who was director before Rune Aksdal."""

import re
from dataclasses import dataclass

from index.analysis.languages import record
from rag.reading.answer_type import AnswerType, expected_answer_type

_WORD = r"[^\W\d_a-zа-яёәғқңөұүһі][^\W\d_]+(?:[-'’][^\W\d_]+)*"
NAME, ONE_WORD = re.compile(rf"{_WORD}(?:\s+{_WORD})*"), re.compile(_WORD)
LEAST = 2  # words of a question, beside those that ask, by which an article that does not name the person can be asked


@dataclass(frozen=True, slots=True)
class AskedSuccession:
    """Who came before somebody is asked for, or after.

    Attributes:
        name: of that person.
        is_before: whether who came before is asked for.
        office: the question for who holds the office, which an article can answer that does not name the person; "" for none.
    """

    name: str
    is_before: bool
    office: str


def asked_succession(question: str, language: str) -> AskedSuccession | None:
    """Whose predecessor or successor a question asks for; None if it asks for neither.

    >>> asked_succession("Who was director of the port before Rune Aksdal?", "en")
    AskedSuccession(name='Rune Aksdal', is_before=True, office='Who was director of the port?')
    >>> asked_succession("Кто сменил Инну Белову на посту начальника порта?", "ru")
    AskedSuccession(name='Инну Белову', is_before=False, office='Кто на посту начальника порта?')
    """
    if expected_answer_type(question) is not AnswerType.PERSON:
        return None
    known = record(language).successions
    for name in NAME.finditer(question):
        marked = f"{question[: name.start()]}#{name[0]}#{question[name.end() :]}"
        for is_before, patterns in ((True, known.asks_before), (False, known.asks_after)):
            for pattern, instead in patterns.items():
                if found := re.search(pattern, marked, re.IGNORECASE):
                    return AskedSuccession(name[0], is_before, _office(marked, found, instead, language))
    return None


def _office(marked: str, found: re.Match[str], instead: str, language: str) -> str:
    """A question with other words for those that were found, "" if hardly any are left that say something."""
    known = record(language)
    rest = f"{marked[: found.start()]}{instead}{marked[found.end() :]}".strip()
    little = known.small_words | known.question_words
    telling = [word for word in re.findall(r"\w+", rest.lower()) if word not in little]
    return f"{rest[0].upper()}{rest[1:]}" if len(telling) >= LEAST else ""
