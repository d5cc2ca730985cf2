"""The phrases with a preposition in a question, and its words."""

import re
from typing import NamedTuple

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.russian_grammar import is_verb

TOKEN = re.compile(r"[^\s,;:]+")
MARKS = "«»“”\"'()?!.,"


class Phrase(NamedTuple):
    """A preposition with what belongs to it, and where they stand."""

    preposition: str
    start: int
    end: int


def phrases_in(before: str, language: str) -> list[Phrase]:
    """The phrases of an English or Russian question, each from its preposition to the next one or to a verb.

    >>> [before[each.start : each.end] for before in ["How many work at the mine near Tolm"] for each in phrases_in(before, "en")]
    ['at the mine', 'near Tolm']
    """
    known, found = record(language).follow_up, list(TOKEN.finditer(before))
    ends_in_verb = language == "en" and bool(
        whole_words("do|does|did|will|would|can|could|must|should|may").search(before)
    )
    phrases: list[Phrase] = []
    is_open = False
    for at, token in enumerate(found):
        word = token[0].strip(MARKS)
        if at and whole_words(known.prepositions).fullmatch(word):
            phrases.append(Phrase(word.lower(), token.start(), token.end()))
            is_open = True
        elif is_open and (inside := before[phrases[-1].start : token.start()].split()[1:]):
            is_last = ends_in_verb and at == len(found) - 1 and inside[-1] not in ("the", "a", "an")
            is_open = not (is_last or _ends_phrase(word, inside, language))
        if is_open:
            phrases[-1] = phrases[-1]._replace(end=token.end())
    return phrases


def _ends_phrase(word: str, inside: list[str], language: str) -> bool:
    """Whether a word is a verb and no more of a phrase, in English also what follows a name: in Marle "cost"."""
    if language == "en" and word.islower() and inside[0][0].isupper():
        return True
    return happens(word, language) or bool(whole_words(record(language).follow_up.measures).fullmatch(word))


def happens(word: str, language: str) -> bool:
    """Whether a word seems to say what happens."""
    return is_verb(word) if language == "ru" else bool(whole_words(record(language).follow_up.finite).fullmatch(word))
