"""Which side a clause takes in a question of yes or no: that it was so, or that it was not."""

import re
from collections.abc import Iterable
from dataclasses import replace

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import numerals_in
from index.analysis.terms import stems
from rag.reading.contrary import denial_in
from rag.reading.opposites import is_apart, sides_named
from rag.types import Reading
from rag.verdict.grouping import Group
from rag.verdict.matter import clause_at, clause_of
from rag.verdict.values import Statement

SIDES = 2  # of a set of words that tell what becomes of a thing: open, closed; other sets tell what it is
LEAST = 3  # letters of a stem to which a denial may be added, and of such a denial at most
NEAR = 5  # words between what is denied and the word that denies it

_ENDS = re.compile(r"[,;:()«»“”]|\s[–—-]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class AskedSide:
    """What a question of yes or no asks whether it is so, by which clauses say yes or no to it.

    >>> asked = AskedSide("Was anybody killed?", "en")
    >>> [asked.of(each, "en") for each in ("one man died", "nobody was killed", "40 houses burnt")]
    [True, False, None]
    """

    def __init__(self, question: str, language: str) -> None:
        self._language = language
        known = record(language)
        sets = known.statements.opposites
        named = sides_named(sets, question)
        told = {number: sides for number, sides in named.items() if len(sets[number]) == SIDES}
        self._kinds = {number: sides for number, sides in named.items() if number not in told}
        self._opposites = {number: next(iter(sides)) for number, sides in told.items() if len(sides) == 1}
        words = [each for each in _WORD.findall(question) if each.lower() not in known.little_words]
        self._asked = frozenset(stems(" ".join(words).lower(), language))
        opposed = [words for number in told for words in sets[number]]
        rest = [each for each in words if not any(whole_words(one).search(each) for one in opposed)]
        self._things = frozenset(stems(" ".join(rest).lower(), language))
        is_counted = any(
            each.value > 1 for each in numerals_in(question, language)
        )  # that so many did not tells nothing
        is_offered = whole_words(known.statements.alternatives).search(question)
        self._is_unclear = bool(is_offered) or is_counted or len(told) > len(self._opposites) or len(told) > 1

    def of_reading(self, reading: Reading) -> bool | None:
        """Which side the clause of a reading takes; None if it settles nothing."""
        document = reading.document
        if reading.sentence.rstrip().endswith("?"):
            return None
        return self.of(clause_of(reading), document.language, reading.sentence, document.title)

    def is_in(self, sentence: str, document: Document) -> bool:
        """Whether a clause of a sentence of a document settles the question."""
        clauses = _ENDS.split(sentence)
        return any(self.of(clause, document.language, sentence, document.title) is not None for clause in clauses)

    def is_opposite(self, reading: Reading, first: Reading) -> bool:
        """Whether a reading takes the other side than a first one does, of the same things as far as their words tell.

        A reader finds that it answers less well than it does: "the pool is open" does not look like what answers "is the pool closed?"
        """
        sides = {self.of_reading(each) for each in (reading, first)}
        return None not in sides and len(sides) > 1 and self._is_of_things(reading, first)

    def _is_of_things(self, reading: Reading, first: Reading) -> bool:
        """Whether a sentence or the title over it names all the things of the question; in another language, a thing that the first one names."""
        language = reading.document.language
        if language == self._language:
            return bool(self._things) and self._things <= set(stems(_titled(reading).lower(), language))
        if language != first.document.language:
            return False
        (here, small_here), (there, small_there) = (self._told_things(each) for each in (reading, first))
        return bool(small_here & there or here & small_there)

    def _told_things(self, reading: Reading) -> tuple[frozenset[str], frozenset[str]]:
        """Stems of the words of a sentence and the title over it, but little words and those of both sides; and of those in small letters."""
        language, text = reading.document.language, _titled(reading)
        for words in self._opposed_words(language):
            text = whole_words(words).sub(" ", text)
        telling = [each for each in _WORD.findall(text) if each.lower() not in record(language).little_words]
        small = (each for each in telling if each.islower())
        return frozenset(stems(" ".join(telling).lower(), language)), frozenset(stems(" ".join(small), language))

    def _opposed_words(self, language: str) -> list[str]:
        """The words of both sides of what is asked."""
        return [words for number in self._opposites for words in record(language).statements.opposites[number]]

    def of(self, clause: str, language: str, sentence: str = "", title: str = "") -> bool | None:
        """Which side a clause takes, True for yes; None if it does not say what is asked about, or not clearly so.

        A clause says it with a word of the question's set of opposites, in any language, or else with the question's own words,
        of which its sentence or the title of its article may have some.
        """
        known = record(language).statements
        if self._is_unclear or whole_words(known.unknown).search(clause):
            return None
        places, is_other = self._opposed(clause, language)
        if is_other is None or is_apart(self._kinds, known.opposites, clause):
            return None
        places = places or self._told(clause, language, sentence, title)
        denied = _is_denied(clause, language, places) if places else None
        return None if denied is None else denied == is_other

    def _opposed(self, clause: str, language: str) -> tuple[list[int], bool | None]:
        """Where a clause has words of the sets of opposites that the question names, and whether they are of the other side.

        None if they are of both sides.
        """
        sets, places, others = record(language).statements.opposites, [], set()
        for number, asked in self._opposites.items():
            for side, words in enumerate(sets[number]):
                found = [each.start() for each in whole_words(words).finditer(clause)]
                places += found
                others |= {side != asked} if found else set()
        return places, None if len(others) > 1 else any(others)

    def _told(self, clause: str, language: str, sentence: str, title: str) -> list[int]:
        """Where a clause has words of the question that the title does not have, if all others stand around; none in another language."""
        if language != self._language or self._opposites or not self._asked:
            return []
        in_title = self._found(title)
        if self._asked - in_title - self._found(sentence) - self._found(clause):
            return []
        wanted = self._asked - in_title or self._asked
        return [each.start() for each in _WORD.finditer(clause) if not wanted.isdisjoint(self._found(each[0]))]

    def _found(self, text: str) -> frozenset[str]:
        """The stems of the question that a text in its language has, where a stem may end with a denial: салынбайды, салына."""
        here = set(stems(text.lower(), self._language))
        if not record(self._language).denials_follow:
            return self._asked & here
        return frozenset(each for each in self._asked if any(_is_one_stem(each, other) for other in here))


def _titled(reading: Reading) -> str:
    return f"{reading.document.title} {reading.sentence}"


def _is_one_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (LEAST <= len(shorter) >= len(longer) - LEAST and longer.startswith(shorter))


def _is_denied(clause: str, language: str, places: Iterable[int]) -> bool | None:
    """Whether a clause denies what stands at some places; None if what denies stands far from them, or may deny nothing."""
    if found := denial_in(clause, language):
        between = (clause[min(place, found) : max(place, found)] for place in places)
        return True if any(len(each.split()) <= NEAR for each in between) else None
    words = {each.lower() for each in _WORD.findall(clause)}
    return None if words & record(language).negations else False


def by_side(asked: AskedSide, statements: Iterable[Statement]) -> list[Group]:
    """Statements that settle a question, those of one side together, the side with the likeliest one first; nothing if all take one."""
    sides: dict[bool, list[Statement]] = {}
    for each in statements:
        side = asked.of_reading(each.reading)
        if side is not None:
            sides.setdefault(side, []).append(each)
    if len(sides) < 2:
        return []
    return [Group(tuple(each)) for each in sides.values()]


def since_the_other(group: Group, other: Group) -> Group:
    """A group without what was told before the last word of the other side, unless that is all."""
    later = tuple(each for each in group.statements if each.day > other.newest)
    return Group(later or group.statements)


def in_clause(asked: AskedSide, group: Group) -> Group:
    """A group whose first words are its whole clause, if they settle nothing without it: "police" of "police have arrested the director"."""
    first = group.first
    reading = first.reading
    if asked.of_reading(reading) is None or asked.of(reading.answer, reading.document.language) is not None:
        return group
    at = reading.sentence_start
    left, right = clause_at(reading.sentence, reading.start - at, reading.end - at)
    words = reading.sentence[left:right]
    start = at + left + len(words) - len(words.lstrip())
    widened = replace(reading, start=start, end=start + len(words.strip().rstrip(".!")))
    return Group((replace(first, reading=widened), *group.statements[1:]))
