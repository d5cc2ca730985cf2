"""The phrases with a preposition in a question, and its words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.russian_grammar import Form, forms, is_noun, is_verb

TOKEN = re.compile(r"[^\s,;:]+")
_NAMING = '«“"№0123456789'  # with what a name or a number begins that belongs to the noun before it
MARKS = "«»“”\"'()?!.,"


Span = tuple[int, int]


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


def russian_groups(before: str) -> Iterator[tuple[tuple[Form, ...], Span]]:
    """The nouns of a question outside of phrases, each with its adjectives and the name behind it."""
    asked = whole_words(record("ru").follow_up.asking).search(before)
    inside = [(each.start, each.end) for each in phrases_in(before, "ru")]
    start: int | None = None
    held: tuple[tuple[Form, ...], Span] | None = None
    for token in TOKEN.finditer(before, asked.end() if asked else 0):
        word = token[0].strip(MARKS)
        found = forms(word)
        is_outside = not any(one <= token.start() < other for one, other in inside)
        if held and is_outside and token[0][0] in _NAMING:
            held = held[0], (held[1][0], token.end())
            continue
        if held:
            yield held
            held = None
        if not is_outside or is_verb(word) or not found:
            start = None
        elif is_noun(word):
            held, start = (found, (token.start() if start is None else start, token.end())), None
        elif start is None:
            start = token.start()
    if held:
        yield held
