"""The words of an answer: query, passage, reading, citation, answer."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from index import Chunk, Document, Embedded, worded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Query:
    """A question as searchers and readers see it.

    Attributes:
        text: the question with single blanks, without control characters.
        language: ISO 639-1 code.
        terms: its lexical terms in every language that shares its letters.
        weights: the inverse document frequency of each term: rare words weigh more.
        embedded: its embedding, perhaps still in the making.
    """

    text: str
    language: str
    terms: tuple[str, ...]
    weights: Mapping[str, float]
    embedded: Future[Embedded]

    @property
    def vector(self) -> "NDArray[np.float32]":
        """Its embedding, unit, shape (dim,)."""
        vector: NDArray[np.float32] = self.embedded.result().vectors[0]
        return vector

    @property
    def states(self) -> "NDArray[np.float32]":
        """The token embeddings of its words, shape (tokens, dim)."""
        return worded(self.embedded.result(), [self.text])[0]


class Hit(NamedTuple):
    """Where one searcher placed a chunk: rank from 1, and its own score (cosine, BM25, interaction)."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found, or several neighbours joined to one, with its document.

    `score` is that of `fuse`. `found_by` names the searchers that found it, and its place by `tokens` among
    all that was found; of joined chunks they say what was best. `copies` are the other documents that tell it in the
    same words.
    """

    chunk: Chunk
    document: Document
    rank: int
    score: float
    found_by: Mapping[str, Hit]
    copies: tuple[Document, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The passage as `answer.schema.json` describes it."""
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document_id": self.document.id,
            "title": self.document.title,
            "start": self.chunk.start,
            "end": self.chunk.end,
            "text": self.chunk.text,
            "found_by": {name: {"rank": hit.rank, "score": round(hit.score, 6)} for name, hit in self.found_by.items()},
            "copies": [
                {
                    "document_id": copy.id,
                    "title": copy.title,
                    "source": copy.source,
                    "published": copy.published,
                    "url": copy.url,
                }
                for copy in self.copies
            ],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A place in a document that may answer: a sentence, the answer inside it, and how sure the reader is (0..1).

    All four offsets count characters of `document.text`, and `sentence_start <= start < end <= sentence_end`.
    """

    document: Document
    sentence_start: int
    sentence_end: int
    start: int
    end: int
    confidence: float

    @property
    def sentence(self) -> str:
        return self.document.text[self.sentence_start : self.sentence_end]

    @property
    def answer(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quotation: `document.text[start:end] == quote` in the document whose text has that SHA-256."""

    number: int
    document_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    language: str
    start: int
    end: int
    quote: str
    document_sha256: str

    @classmethod
    def of(cls, number: int, document: Document, start: int, end: int) -> "Citation":
        """Cite a place in a document."""
        return cls(
            number=number,
            document_id=document.id,
            title=document.title,
            source=document.source,
            published=document.published,
            url=document.url,
            language=document.language,
            start=start,
            end=end,
            quote=document.text[start:end],
            document_sha256=document.sha256,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns. With status `not_found`, `text`, `start`, `sentence` are None and `citations` is empty.

    `text` is a verbatim part of `sentence`, and `sentence` is the quotation of citation 1, in whose document `text` begins
    at character `start`. `likeliest` are the words most likely to answer, whether they were said or not; None if none
    were read.
    """

    question: str
    language: str
    status: str
    text: str | None
    start: int | None
    sentence: str | None
    likeliest: Reading | None
    reason: str
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    timings: Mapping[str, float]
    generation: int
    model: str

    @property
    def confidence(self) -> float:
        """How likely the likeliest words are to answer, 0 to 1; 0 if none were read."""
        return self.likeliest.confidence if self.likeliest else 0.0

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence in three: what stands before the words that answer, these words, what follows; else all empty."""
        if self.sentence is None or self.text is None or self.start is None:
            return "", "", ""
        at = self.start - self.citations[0].start
        return self.sentence[:at], self.text, self.sentence[at + len(self.text) :]

    def to_json(self) -> dict[str, Any]:
        """The answer as `answer.schema.json` describes it."""
        return {
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "answer": self.text,
            "answer_start": self.start,
            "sentence": self.sentence,
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "citations": [
                {name: getattr(citation, name) for name in Citation.__slots__} for citation in self.citations
            ],
            "passages": [passage.to_json() for passage in self.passages],
            "timings": {name: round(ms, 2) for name, ms in self.timings.items()},
            "index": {"generation": self.generation, "model": self.model},
        }
