"""Extracts answers: the exact words of a passage that answer, their sentence, and how likely they are to answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index import Embedder
from index.analysis.languages import record
from index.analysis.numerals import numerals_in
from index.analysis.terms import legible, readable, stems
from index.articles.sections import subject_of
from rag.reading.amendments import with_denied_bound, without_taken_out
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.asked import Asked
from rag.reading.brackets import without_half_brackets
from rag.reading.confidence import ConfidenceModel, Features
from rag.reading.contacts import CONTACTS, contacts_of, together
from rag.reading.context import is_bare_question, sentence_at, with_context
from rag.reading.fitting import count_fitting
from rag.reading.introduced import introduced
from rag.reading.lists import column_at, is_column_name
from rag.reading.now_and_before import without_other_time
from rag.reading.parts import AskedParts
from rag.reading.put import is_of_another_time, put_to
from rag.reading.raised import changes_in
from rag.reading.sentence_embeddings import SentenceEmbeddings, told
from rag.reading.span_reader import Pointed, SpanReader
from rag.reading.spelled import as_spelled
from rag.reading.told import years_in
from rag.types import Passage, Query, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")  # also one that is glued to a word: "costs0,42"
_MARKS = " ,:–—-"
_FULL_STOP = re.compile(r"(?:(?<![.\W_])[^\W_]|\d)\.$")  # that ends a sentence, and not "p.m." or "U.S."

_HALF = r"\d{1,2}\.[ \u00a0][0-5]\d(?:\s?[ap]\.? ?m\b)?"
# With a blank, as laws have them: 10. 00 a.m. and 7. 00 p.m.
_HOURS = re.compile(rf"{_HALF}(?:\.?\s\S{{1,5}}\s{_HALF})?", re.IGNORECASE)


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pointing:
    """Words that the reader points at, and its log-odds; how likely they answer is not yet said.

    `asked` is the question as it was put to the passage, "" for the one that was asked.
    """

    reading: Reading
    score: float
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may answer, what the confidence in them is made of, and what else the passage has that would fit."""

    reading: Reading
    features: Features
    further: tuple[Pointing, ...] = ()
    asked: str = ""

    @property
    def pointing(self) -> Pointing:
        """The words as the reader pointed at them."""
        return Pointing(self.reading, self.features.read, self.asked)


class AnswerExtractor:
    """Points at the words that answer best in each passage; without a span reader of its own, with the trained one."""

    def __init__(
        self, embedder: Embedder, span_reader: SpanReader | None = None, confidence: ConfidenceModel | None = None
    ) -> None:
        self._embedder = embedder
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
        """What `pointings` gives, with the place of each passage among those read, as soon as it is; those of another time are not."""
        kind = expected_answer_type(query.text)
        of_answer = Asked(query, kind)
        passages = [each for each in passages if not is_of_another_time(of_answer.time, each.document)]
        put, asked, counts, places = [], [], [], []
        for passage in passages:
            question = put_to(query, passage)
            text, own = legible(passage.chunk.text, passage.document.language)
            put.append(question)
            asked.append(
                (
                    as_spelled(question, query.language, passage),
                    _title(question, passage, _labels(of_answer, passage)),
                    text,
                )
            )
            counts.append(count_fitting(of_answer, passage))
            places.append(own)
        for at, pointed in self._spans.pointed(asked, counts):
            if pointed:
                several = (pointed, *pointed.further)
                question = put[at]
                if kind is AnswerType.NUMBER:
                    parts = AskedParts(query.text, query.language, asked[at][2], passages[at].document.language)
                    several = tuple(_without_whole(each, parts) for each in several)
                readings = [_place(passages[at], places[at], each, of_answer) for each in several]
                pairs = zip(readings, several, strict=True)
                if left := [Pointing(each, of.score, question) for each, of in pairs if not _only_leads(each)]:
                    yield at, left

    def weigh(self, query: Query, pointings: Sequence[Pointing]) -> list[Candidate]:
        """Say how likely words are to answer."""
        if not pointings:
            return []
        texts = dict.fromkeys(told(pointing.reading) for pointing in pointings)
        if new := [text for text in texts if text not in query.told]:
            query.told.update(self._sentences.of(new))
        weighed = []
        for pointing in pointings:
            cosine = float(query.told[told(pointing.reading)].vector @ self._vector(query, pointing.asked))
            features = Features(read=pointing.score, cosine=cosine)
            reading = replace(pointing.reading, confidence=self._confidence.confidence(features))
            weighed.append(Candidate(reading, features, asked=pointing.asked))
        return weighed

    def _vector(self, query: Query, asked: str) -> "NDArray[np.float32]":
        """The vector of a question as it was put to a passage; each is embedded once."""
        if asked in ("", query.text):
            return query.vector
        if asked not in query.put:
            query.put[asked] = self._embedder.embed_query(asked).vectors[0]
        return query.put[asked]


def cosine_of(query: Query, one: Reading, other: Reading) -> float:
    """The cosine of the sentences of two readings that were weighed, each after its title."""
    return float(query.told[told(one)].vector @ query.told[told(other)].vector)


def vector_between(query: Query, reading: Reading) -> "NDArray[np.float32]":
    """The unit vector half way between a question and the sentence of a reading that was weighed, after its title."""
    import numpy as np

    summed = query.vector + query.told[told(reading)].vector
    between: NDArray[np.float32] = summed / np.linalg.norm(summed)
    return between


def _labels(asked: Asked, passage: Passage) -> list[str]:
    """The labels of the section that a passage goes on with, those that the question may mean: others lead the reader away."""
    document = passage.document
    found = subject_of(document.text, document.language, passage.chunk.start)
    is_foreign = document.language != asked.language
    return [each for each in found if is_foreign or not asked.stems.isdisjoint(stems(each, document.language))]


def _title(asked: str, passage: Passage, labels: Sequence[str] = ()) -> str:
    """The title that the reader sees, none if it is only the beginning of the text, with the labels of the section that goes on.

    With it goes the year of print, if what is asked names it and the passage does not.
    """
    document, printed = passage.document, (passage.document.published or "")[:4]
    title = "" if document.text.startswith(document.title.removesuffix(" …")) else document.title
    over = dict.fromkeys(each for each in (title, *labels) if each)
    title = readable(". ".join(over), document.language)
    is_asked = printed.isdigit() and int(printed) in years_in(asked)
    if is_asked and printed not in title + passage.chunk.text:
        title = f"{title}, {printed}".removeprefix(", ")
    return title


def _only_leads(reading: Reading) -> bool:
    """Whether words are the name of a table's column, or a heading that asks and leads to no list."""
    document, start, end = reading.document, reading.start, reading.end
    is_heading = is_bare_question(document, start, end) and introduced(document, reading.sentence_end) is None
    return is_heading or is_column_name(document, start, end)


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


def _without_whole(pointed: Pointed, parts: AskedParts) -> Pointed:
    """Words that hold the numbers of a whole and of a part of it, with that of the part alone: 19 of "of 28 schools, 19"."""
    start, end = parts.without_whole(pointed.start, pointed.end)
    return replace(pointed, start=start, end=end)


def _place(passage: Passage, places: Sequence[int], pointed: Pointed, asked: Asked) -> Reading:
    """Words of a passage with the sentence in which they begin, at most up to its end, and what it leans on.

    The full stop of the sentence is none of them. A number ends at a semicolon, and before what is told of another time; so does what
    a cell of a table tells. What follows is told of others, as a rule.
    """
    document, at = passage.document, passage.chunk.start
    left, right = sentence_at(document, at + places[pointed.start])
    sentence, language = document.text[left:right], document.language
    start, end = at + places[pointed.start] - left, min(at + places[pointed.end], right) - left
    span = _contact(sentence, start, end, asked.kind, language)
    if span is None:
        is_cell = ";" in sentence and column_at(document, left + start) is not None
        start, end = _cut(sentence, start, end, asked, language, is_cell=is_cell)
        span = _whole(sentence, start, end, asked.kind, language)
    return Reading(document, *with_context(document, left, right), left + span[0], left + span[1], 0.0)


def _contact(sentence: str, start: int, end: int, kind: AnswerType | None, language: str) -> Span | None:
    """The telephone number or address in some words of a sentence, with those that follow it; None if another kind is asked for."""
    contacts = contacts_of(kind, sentence, language) if kind in CONTACTS else []
    here = next((at for at, each in enumerate(contacts) if each.start < end and start < each.end), None)
    return None if here is None else together(contacts[here:], sentence)


def _cut(sentence: str, start: int, end: int, asked: Asked, language: str, *, is_cell: bool) -> Span:
    """Words of a sentence without what is told of others, and without its full stop."""
    is_number, is_at_the_end = asked.kind is AnswerType.NUMBER, end == len(sentence)
    if is_number or (asked.kind is None and asked.change.is_before):
        start, end = asked.change.kept(sentence, start, end, language)
        is_at_the_end = end == len(sentence)
    words = sentence[start:end]
    if is_number or (";" in words and is_cell):
        words = words.partition(";")[0]
    if is_number:  # "23," would go on to what follows the comma
        words = without_other_time(words, language).rstrip(_MARKS)
    if is_at_the_end and start and _FULL_STOP.search(words):
        words = words[:-1]
    return start, start + len(words)


def _whole(sentence: str, start: int, end: int, kind: AnswerType | None, language: str) -> Span:
    """Words of a sentence with the whole of their numbers and what limits these; without what a law takes out, and half brackets."""
    numerals = list(numerals_in(sentence, language))
    wholes = [(each.start, each.end) for each in numerals]  # "seventy" of "one hundred and seventy"
    wholes += [found.span() for figures in (_FIGURE, _HOURS) for found in figures.finditer(sentence)]
    for left, right in wholes:
        if left < end and start < right:
            start, end = min(start, left), max(end, right)
    came_to = {change.new.start for change in changes_in(sentence, language)}
    if start not in came_to and any(start == numeral.start for numeral in numerals):
        start -= len(_limit_before(sentence[:start], language))
    start, end = without_taken_out(sentence, start, end, language)
    if kind is AnswerType.NUMBER and (bounded := next((each for each in numerals if start <= each.start < end), None)):
        start, end = with_denied_bound(sentence, start, end, (bounded.start, bounded.end), language)
    return without_half_brackets(sentence, start, end)


def _limit_before(text: str, language: str) -> str:
    """What limits a number that follows a text, with the blank between them; "" if nothing does.

    >>> _limit_before("They need at least ", "en")
    'at least '
    """
    found = re.search(rf"\b(?:{record(language).offers.about})\s+$", text, re.IGNORECASE)
    return found[0] if found else ""
