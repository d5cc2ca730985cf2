"""Extracts answers: the exact words of a passage that answer, their sentence, and how likely they are to answer."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from index import Document, Embedder
from index.analysis.languages import record
from index.analysis.numerals import numerals_in
from index.analysis.sentences import sentences
from index.analysis.terms import stems
from index.analysis.unicode import without_lookalikes
from rag.reading.answer_type import AnswerType, count_mentions, expected_answer_type
from rag.reading.asked_unit import AskedUnit
from rag.reading.confidence import ConfidenceModel, Features
from rag.reading.context import with_context
from rag.reading.contrary import asked_years_on, clause_at, denies, is_in_other_line, tells_other_year
from rag.reading.quantities import quantities_in
from rag.reading.sentence_embeddings import SentenceEmbeddings, told
from rag.reading.span_reader import Count, Pointed, SpanReader, anything
from rag.reading.told import (
    numbers_asked,
    tells_other_numbers,
    tells_other_weekdays,
    tells_other_years,
    weekdays_in,
    years_in,
)
from rag.types import Passage, Query, Reading
from rag.understanding.when import when

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LISTED = (AnswerType.NUMBER, AnswerType.TIME)  # what the lines of a list or a programme tell
_UNIT = 30  # characters after a number, in which its unit stands
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")  # also one that is glued to a word: "costs0,42"
AROUND = 5_000  # characters of a paragraph before and after an answer, in which its sentence is looked for


@dataclass(frozen=True, slots=True)
class Pointing:
    """Words that the reader points at, and its log-odds; how likely they answer is not yet said."""

    reading: Reading
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may answer, what the confidence in them is made of, and what else the passage has that would fit."""

    reading: Reading
    features: Features
    further: tuple[Pointing, ...] = ()


class AnswerExtractor:
    """Points at the words that answer best in each passage; without a span reader of its own, with the trained one."""

    def __init__(
        self, embedder: Embedder, span_reader: SpanReader | None = None, confidence: ConfidenceModel | None = None
    ) -> None:
        self._sentences = SentenceEmbeddings(embedder)
        self._confidence = confidence or ConfidenceModel.load()
        self._spans = span_reader or SpanReader()

    def read(self, query: Query, passages: Sequence[Passage]) -> list[Reading]:
        """The best words of each passage, most likely first; none that are not of the kind asked for."""
        readings = [candidate.reading for candidate in self.candidates(query, passages)]
        return sorted(readings, key=lambda reading: -reading.confidence)

    def candidates(self, query: Query, passages: Sequence[Passage]) -> list[Candidate]:
        """The best words of each passage, in the order of the passages; none that are not of the kind asked for."""
        made: dict[int, Candidate] = {}
        for at, (best, *further) in self._pointed(query, passages):
            (weighed,) = self.weigh(query, [best])  # its sentence is embedded while other passages are still read
            made[at] = replace(weighed, further=tuple(further))
        return [made[at] for at in sorted(made)]

    def pointings(self, query: Query, passages: Sequence[Passage]) -> list[list[Pointing]]:
        """The likeliest words of each passage, best first, without a word on how likely they are to answer."""
        found = dict(self._pointed(query, passages))
        return [found[at] for at in sorted(found)]

    def _pointed(self, query: Query, passages: Sequence[Passage]) -> Iterator[tuple[int, list[Pointing]]]:
        """What `pointings` gives, with the place of each passage, as soon as it is read."""
        texts = [(_title(query, passage), without_lookalikes(passage.chunk.text)) for passage in passages]
        kind = expected_answer_type(query.text)
        counts = [_count(query, kind, passage) for passage in passages]
        for at, pointed in self._spans.pointed(query.text, texts, counts):
            if pointed:
                several = (pointed, *pointed.further)
                yield at, [Pointing(_place(passages[at], each), each.score) for each in several]

    def weigh(self, query: Query, pointings: Sequence[Pointing]) -> list[Candidate]:
        """Say how likely words are to answer."""
        if not pointings:
            return []
        texts = dict.fromkeys(told(pointing.reading) for pointing in pointings)
        if new := [text for text in texts if text not in query.told]:
            query.told.update(self._sentences.of(new))
        weighed = []
        for pointing in pointings:
            cosine = float(query.told[told(pointing.reading)].vector @ query.vector)
            features = Features(read=pointing.score, cosine=cosine)
            reading = replace(pointing.reading, confidence=self._confidence.confidence(features))
            weighed.append(Candidate(reading, features))
        return weighed


def cosine_of(query: Query, one: Reading, other: Reading) -> float:
    """The cosine of the sentences of two readings that were weighed, each after its title."""
    return float(query.told[told(one)].vector @ query.told[told(other)].vector)


def vector_between(query: Query, reading: Reading) -> "NDArray[np.float32]":
    """The unit vector half way between a question and the sentence of a reading that was weighed, after its title."""
    import numpy as np

    summed = query.vector + query.told[told(reading)].vector
    between: NDArray[np.float32] = summed / np.linalg.norm(summed)
    return between


def _title(query: Query, passage: Passage) -> str:
    """The title that the reader sees, none if it is only the beginning of the text.

    With it goes the year of print, if the question names it and the passage does not.
    """
    title, printed = passage.document.title, (passage.document.published or "")[:4]
    if passage.document.text.startswith(title.removesuffix(" …")):
        title = ""
    is_asked = printed.isdigit() and int(printed) in years_in(query.text)
    if is_asked and printed not in title + passage.chunk.text:
        title = f"{title}, {printed}".removeprefix(", ")
    return title


def _count(query: Query, kind: AnswerType | None, passage: Passage) -> Count:
    """Counts what could answer in a span of the passage: things of the kind asked for, and not told of something else."""
    text, language = passage.chunk.text, passage.document.language
    if kind is None:
        named = anything(text)
    elif kind is AnswerType.NUMBER:
        named = partial(_measured, AskedUnit(query.text, query.language), language, text)
    else:
        named = partial(_named, kind, language, text)
    tells_other = _tells_other(query, kind, passage)

    def count(start: int, end: int) -> int:
        named_here = named(start, end)
        return 0 if named_here and tells_other(start) else named_here

    return count


def _tells_other(query: Query, kind: AnswerType | None, passage: Passage) -> Callable[[int], bool]:
    """Tells of a place in a passage whether it is told of another year, number, day or line than is asked for, or denied."""
    text, document, language = passage.chunk.text, passage.document, passage.document.language
    years, numbers = years_in(query.text), numbers_asked(_without_date(query), query.language)
    weekdays, years_on = weekdays_in(query.text, query.language), asked_years_on(query.text, query.language)
    asked = _informative(query) if query.language == language else frozenset[str]()
    may_be_denied = kind is not None and not denies(query.text, query.language)

    def names(line: str) -> bool:
        return kind is not None and bool(count_mentions(kind, line, language))

    def tells_other(start: int) -> bool:
        place = passage.chunk.start + start
        sentence = document.text[slice(*sentence_at(document, place))]
        around = [sentence, _paragraph(document, place), document.title]
        clause = clause_at(text, start)
        return (
            tells_other_years(years, around, document)
            or tells_other_numbers(numbers, around, language)
            or tells_other_weekdays(weekdays, sentence, language)
            or tells_other_year(years_on, clause, language)
            or (may_be_denied and denies(clause, language))
            or (kind in LISTED and is_in_other_line(text, start, asked, language, names))
        )

    return tells_other


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


def _named(kind: AnswerType, language: str, text: str, start: int, end: int) -> int:
    """How many things of a kind a span names before a sentence ends in it: what follows is not shown."""
    words = text[start:end].partition(";")[0]
    first = next(iter(sentences(words, language)), (0, 0))
    return count_mentions(kind, words[slice(*first)], language)


def _measured(asked: AskedUnit, language: str, text: str, start: int, end: int) -> int:
    """How many numbers of the unit that is asked for a span names; the unit may stand right after the span. Free is a price."""
    if not _named(AnswerType.NUMBER, language, text, start, end):
        return int(asked.is_met_by_none(text[start:end], language))
    around = quantities_in(text[start : end + _UNIT], language)
    return sum(asked.allows(each) for each in around if each.start < end - start)


def rerank(
    passages: Sequence[Passage], readings: Sequence[Reading], least: float = 0.0, said: Reading | None = None
) -> list[Passage]:
    """The passages, each with its best sentence; the one with what is said first, then those most likely to answer.

    Args:
        passages: one chunk each; those that were not read stay as they are, and follow.
        readings: most likely first.
        least: less likely words than that say nothing of the order: the passages keep the one in which they were found.
        said: the words that are said.
    """
    of_said = [said] if said else []

    def order(item: tuple[Passage, Reading | None]) -> tuple[bool, float]:
        passage, reading = item
        likely = reading.confidence if reading and reading.confidence >= least else 0.0
        return _reading_in(passage, of_said) is None, -likely

    read = [(passage, _reading_in(passage, [*of_said, *readings])) for passage in passages]
    return [_with_best(passage, reading) if reading else passage for passage, reading in sorted(read, key=order)]


def _reading_in(passage: Passage, readings: Sequence[Reading]) -> Reading | None:
    """The likeliest of the readings whose words begin in a passage."""
    for reading in readings:
        is_here = passage.chunk.start <= reading.start < passage.chunk.end
        if is_here and reading.document.id == passage.document.id:
            return reading
    return None


def _with_best(passage: Passage, reading: Reading) -> Passage:
    """A passage with the sentence of a reading as its best one, cut where the passage cuts it."""
    start = max(reading.sentence_start, passage.chunk.start)
    end = min(reading.sentence_end, passage.chunk.end)
    return replace(passage, best=(start, end))


def _place(passage: Passage, pointed: Pointed) -> Reading:
    """Words of a passage with the sentence in which they begin, at most up to its end, and what it leans on."""
    document, at = passage.document, passage.chunk.start
    left, right = sentence_at(document, at + pointed.start)
    start, end = at + pointed.start, min(at + pointed.end, right)
    numerals = numerals_in(document.text[left:right], document.language)
    for numeral in numerals:  # "seventy" of "one hundred and seventy"
        if left + numeral.start < end and start < left + numeral.end:
            start, end = min(start, left + numeral.start), max(end, left + numeral.end)
    for figure in _FIGURE.finditer(document.text, left, right):
        if figure.start() < end and start < figure.end():
            start, end = min(start, figure.start()), max(end, figure.end())
    if any(start == left + numeral.start for numeral in numerals):
        start -= len(_limit_before(document.text[left:start], document.language))
    return Reading(document, *with_context(document, left, right), start, end, 0.0)


def _limit_before(text: str, language: str) -> str:
    """What limits a number that follows a text, with the blank between them; "" if nothing does.

    >>> _limit_before("They need at least ", "en")
    'at least '
    """
    found = re.search(rf"\b(?:{record(language).offers.about})\s+$", text, re.IGNORECASE)
    return found[0] if found else ""


def sentence_at(document: Document, place: int) -> tuple[int, int]:
    """The sentence that holds a character, looked for in the paragraph around it."""
    text = document.text
    offset = max(text.rfind("\n\n", 0, place) + 1, _blank_before(text, place - AROUND))
    until = text.find("\n\n", place)
    end = min(len(text) if until < 0 else until, _blank_before(text, place + AROUND))
    spans = _sentences(text[offset : max(end, place + 1)], document.language)
    found = next(((left, right) for left, right in spans if left <= place - offset < right), None)
    return (found[0] + offset, found[1] + offset) if found else (place, place + 1)


@lru_cache(256)
def _sentences(paragraph: str, language: str) -> list[tuple[int, int]]:
    return sentences(paragraph, language)  # of one paragraph they are asked for some twenty times


def _blank_before(text: str, place: int) -> int:
    """The place after the last blank before a place, so that no word is cut; the place itself beyond the text's ends."""
    if not 0 < place < len(text):
        return max(0, min(place, len(text)))
    return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
