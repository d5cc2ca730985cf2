"""Who came before somebody, or after, of the people that articles name for an office: as they tell, or else by their dates."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.extract import AnswerExtractor, Candidate
from rag.reading.roles import came_before
from rag.reading.succession import AskedSuccession
from rag.types import Passage, Query, Reading
from rag.verdict.comparison import pointings
from rag.verdict.names import Name, names_in

LONGEST = 20_000  # characters of an article, in which the one before is looked for
BY_DATES = 0.5  # what nothing but dates of print tells is never sure: articles about others in between may be missing


class Succeeded:
    """Who came before somebody, or after.

    Args:
        asked: what a question asks for.
        language: that of the question.
        found: the passages that are read.
    """

    def __init__(self, asked: AskedSuccession, language: str, found: Sequence[Passage]) -> None:
        self._asked = asked
        self._person = names_in(asked.name, language)
        documents = {each.document.id: each.document for each in found}
        self._naming = {id: each for id, each in documents.items() if any(map(self._is_person, _names(each)))}

    def candidates(
        self, extractor: AnswerExtractor, query: Query, reworded: Callable[[str], Query], found: Sequence[Passage]
    ) -> list[Candidate]:
        """The best words of each passage that do not name the person; of the person's name an article needs to know nothing to
        answer who holds the office.

        Args:
            reworded: the query with another text.
        """
        office = [each for each in found if self._asked.office and not self._is_asked_as_it_is(each.document)]
        groups = [(query, [each for each in found if each not in office])]
        groups += [(reworded(self._asked.office), office)] if office else []
        return [each for question, passages in groups for each in self._of_others(extractor, question, passages)]

    def of(self, readings: Sequence[Reading]) -> list[Reading]:
        """Those of some readings that name who came before, or after."""
        if self._asked.is_before:
            before = [name for each in self._naming.values() for name in self._before(each)]
            told = [each for each in readings if any(name.equals(one) for name in before for one in _names_of(each))]
        else:
            told = [each for each in readings if self._tells_that_left(each.document)]
        told_of = [each for each in readings if each.document.id in self._naming]
        return told or [*told_of, *self._by_dates(readings)]

    def _is_asked_as_it_is(self, document: Document) -> bool:
        return document.id in self._naming and (self._asked.is_before or not self._tells_that_left(document))

    def _of_others(self, extractor: AnswerExtractor, query: Query, found: Sequence[Passage]) -> list[Candidate]:
        several = [pointings(each) for each in extractor.candidates(query, found)]
        fitting = [
            next((each for each in pointed if not any(map(self._is_person, _names_of(each.reading)))), None)
            for pointed in several
        ]
        return extractor.weigh(query, [each for each in fitting if each])

    def _before(self, document: Document) -> list[Name]:
        """Others of whom an article tells that their place was taken."""
        text, language = _told(document), document.language
        others = (each for each in _names(document) if not self._is_person(each))
        return [each for each in others if came_before(text, each.start, each.end, language)]

    def _tells_that_left(self, document: Document) -> bool:
        """Whether an article tells that the person's place was taken."""
        text, language = _told(document), document.language
        named = filter(self._is_person, _names(document))
        return any(came_before(text, each.start, each.end, language) for each in named)

    def _by_dates(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings of the last article before those in which the person has the office, or of the first one after them."""
        days = [each.published for each in self._naming.values() if each.published and self._has_office(each)]
        if not days:
            return []
        nearest, limit = (max, min(days)) if self._asked.is_before else (min, max(days))
        dated = [(each.document.published or "", each) for each in readings]
        beyond = [(day, each) for day, each in dated if day and (day < limit if self._asked.is_before else day > limit)]
        the_day = nearest((day for day, _ in beyond), default="")
        return [replace(each, confidence=min(BY_DATES, each.confidence)) for day, each in beyond if day == the_day]

    def _has_office(self, document: Document) -> bool:
        """Whether a sentence of an article that names the person tells who gets an office, or heads something."""
        known, text = record(document.language).statements, _told(document)
        office = whole_words(f"{known.takes_office}|{known.heads}")
        named = [each.start for each in _names(document) if self._is_person(each)]
        telling = [span for span in sentences(text, document.language) if office.search(text, *span)]
        return any(start <= name < end for start, end in telling for name in named)

    def _is_person(self, name: Name) -> bool:
        return any(map(name.equals, self._person))


def _names(document: Document) -> list[Name]:
    return names_in(_told(document), document.language)


def _names_of(reading: Reading) -> list[Name]:
    return names_in(reading.answer, reading.document.language)


def _told(document: Document) -> str:
    return f"{document.title}.\n{document.text[:LONGEST]}"
