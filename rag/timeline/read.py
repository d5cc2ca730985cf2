"""Reads every value of a kind that passages tell, each with how likely it answers.

An answer needs the best words of a passage alone, a timeline all of "from 40 to 50".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import Document
from index.analysis.sentences import sentences
from index.analysis.unicode import without_lookalikes
from index.embedding.e5.encoder import in_threads
from index.embedding.e5.tokenizer import shared_tokenizer
from rag.reading.answer_type import AnswerType
from rag.reading.context import with_context
from rag.reading.quantities import quantities_in
from rag.reading.span_reader import Layout, SpanReader, best_spans, layout, odds, whole_words
from rag.types import Passage, Reading
from rag.verdict.moments import moments_in
from rag.verdict.names import names_in
from rag.verdict.values import Kind, Statement, statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ASKED = {Kind.NUMBER: AnswerType.NUMBER, Kind.TIME: AnswerType.TIME, Kind.NAME: AnswerType.PERSON}


@dataclass(frozen=True, slots=True)
class Told:
    """What a passage tells, and the reader's log-odds that it answers."""

    statement: Statement
    read: float


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with the logits of its tokens as the start and the end of an answer, shape (tokens,).

    `base` turns their sum into the log-odds of an answer.
    """

    passage: Passage
    laid: Layout
    first: "NDArray[np.float32]"
    last: "NDArray[np.float32]"
    base: float

    def words(self) -> Told | None:
        """The likeliest words, whatever they are."""
        for begin, stop, score in best_spans(self.first, self.last, 1):
            start, end = self.laid.spans[begin][0], self.laid.spans[stop][1]
            return self._told(*whole_words(self.passage.chunk.text, start, end), self.base + score, None)
        return None

    def values(self, kind: Kind) -> Iterator[Told]:
        """Every value of a kind, with the likeliest words around it that hold no other one."""
        document, text = self.passage.document, self.passage.chunk.text
        for start, end in sentences(text, document.language):
            spans = [(start + left, start + right) for left, right in _spans(kind, text[start:end], document)]
            edges = [start, *(edge for span in spans for edge in span), end]
            for at, span in enumerate(spans):
                yield from self._around(span, (edges[2 * at], edges[2 * at + 3]), kind)

    def _around(self, value: tuple[int, int], room: tuple[int, int], kind: Kind) -> Iterator[Told]:
        """The likeliest words that hold the beginning of a value and lie in a part of the text, widened to the whole value.

        None if the reader did not see the value.
        """
        starts = [start for start, _ in self.laid.spans]
        begin, high = bisect_right(starts, value[0]) - 1, bisect_right(starts, room[1] - 1)
        low = max(0, min(begin, bisect_right(starts, room[0]) - 1))
        if begin < 0 or self.laid.spans[-1][1] < value[1]:
            return
        first = low + int(self.first[low : begin + 1].argmax())
        last = begin + int(self.last[begin:high].argmax())
        start = max(room[0], min(value[0], self.laid.spans[first][0]))
        end = min(room[1], max(value[1], self.laid.spans[last][1]))
        told = self._told(start, end, self.base + float(self.first[first] + self.last[last]), ASKED[kind])
        if told and told.statement.kind is kind:
            yield told

    def _told(self, start: int, end: int, read: float, asked: AnswerType | None) -> Told | None:
        document, at = self.passage.document, self.passage.chunk.start
        text = self.passage.chunk.text
        found = ((left, right) for left, right in sentences(text, document.language) if left <= start < right)
        left, right = next(found, (start, end))
        end = min(end, right)
        reading = Reading(document, *with_context(document, at + left, at + right), at + start, at + end, 0.0)
        return Told(statement(reading, asked), read)


def read_passages(question: str, passages: Sequence[Passage]) -> list[ReadPassage]:
    """The passages as the reader sees them.

    Raises:
        ModelError: a file of the model is missing, or not the one expected.
    """
    reader, tokenizer = SpanReader(), shared_tokenizer()

    def read(passage: Passage) -> ReadPassage:
        laid = layout(tokenizer, question, _title(passage.document), without_lookalikes(passage.chunk.text))
        first, last, none = reader.logits(laid)
        best = best_spans(first, last, 1)
        return ReadPassage(passage, laid, first, last, odds(first, last, none) - (best[0][2] if best else 0.0))

    found = dict(in_threads(read, passages, lambda passage: len(passage.chunk.text)))
    return [found[at] for at in range(len(passages))]


def _title(document: Document) -> str:
    """The title that the reader sees, none if it is only the beginning of the text."""
    return "" if document.text.startswith(document.title.removesuffix(" …")) else document.title


def _spans(kind: Kind, sentence: str, document: Document) -> list[tuple[int, int]]:
    """Where the values of a kind stand in a sentence."""
    match kind:
        case Kind.NUMBER:
            moments = moments_in(sentence, document.language, document.published)
            found = quantities_in(sentence, document.language)
            return [
                (each.start, each.end)
                for each in found
                if not any(moment.start <= each.start < moment.end for moment in moments)
            ]
        case Kind.TIME:
            found_times = moments_in(sentence, document.language, document.published)
            return [(each.start, each.end) for each in found_times if each.days or each.minutes is not None]
        case _:
            return [(each.start, each.end) for each in names_in(sentence, document.language)]
