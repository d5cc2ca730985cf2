"""Tells a clause that says the opposite of what is asked, or tells a number of others: closed for opened, nurses for doctors."""

from collections.abc import Mapping, Sequence

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.asked_unit import after_asking
from rag.reading.contrary import denies

Sides = Mapping[int, frozenset[int]]  # by the number of a set of words, which of them are named

FOR_ALL = 0  # the place of the word for all that a set of counted things holds: nurses are staff


class AskedOpposites:
    """Which of words that exclude one another a question names: "opened" and not "closed".

    >>> AskedOpposites("When did the mill open?", "en", is_number=False).are_others("it closed on 3 May", "en")
    True
    >>> AskedOpposites("How many girls sing?", "en", is_number=True).are_others("40 boys and 12 girls sing", "en")
    False
    """

    def __init__(self, question: str, language: str, *, is_number: bool) -> None:
        statements = record(language).statements
        is_denied = denies(question, language)  # what did not open is closed
        self._opposites = {} if is_denied else sides_named(statements.opposites, question)
        counted = sides_named(statements.counted, after_asking(question, language)) if is_number else {}
        self._counted = {number: kinds for number, sides in counted.items() if (kinds := _kinds(sides))}
        self._told_apart = sides_named(statements.told_apart, question) if is_number else {}

    def are_others(self, clause: str, language: str) -> bool:
        """Whether a clause names only others than the question does."""
        statements = record(language).statements
        if is_apart(self._counted, statements.counted, clause):
            return True
        if is_apart(self._told_apart, statements.told_apart, clause):
            return True
        return not denies(clause, language) and is_apart(self._opposites, statements.opposites, clause)


def _kinds(sides: frozenset[int]) -> frozenset[int]:
    """What is counted of a set of things; several kinds may be counted by the word for all: cats and dogs by "animals"."""
    kinds = sides - {FOR_ALL}
    return kinds | {FOR_ALL} if len(kinds) > 1 else kinds


def sides_named(sets: Sequence[Sequence[str]], text: str) -> Sides:
    """The sets of words of which a text names any, with those that it names."""
    named = ((number, _named(words, text)) for number, words in enumerate(sets))
    return {number: sides for number, sides in named if sides}


def _named(words: Sequence[str], text: str) -> frozenset[int]:
    """Which words of a set a text names, by number."""
    return frozenset(number for number, word in enumerate(words) if whole_words(word).search(text))


def is_apart(asked: Sides, sets: Sequence[Sequence[str]], clause: str) -> bool:
    """Whether a clause names words of a set that is asked about, and none that are asked for."""
    told = ((sides, _named(sets[number], clause)) for number, sides in asked.items())
    return any(named and named.isdisjoint(sides) for sides, named in told)
