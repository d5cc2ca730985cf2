"""What passes between the stages of a question: query, hit, passage, reading."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from index import Chunk, Document, Embedded
from index.embedding.maxsim import worded
from index.types import page_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ToldSentence(NamedTuple):
    """What the embedder makes of a title with a sentence: a unit vector, and its tokens as `Embedded` has them."""

    vector: "NDArray[np.float32]"
    states: "NDArray[np.float32] | None"
    spans: "NDArray[np.int32] | None"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as searchers and readers see it.

    Attributes:
        text: the question with single blanks, without control characters.
        language: ISO 639-1 code.
        terms: its lexical terms in every language that shares its letters.
        weights: the inverse document frequency of each term: rare words weigh more.
        embedded: its embedding, perhaps still in the making.
        corrections: words that were taken for slips, each as it was written and as it is read.
        centre: the mean of the token embeddings of ordinary text, shape (dim,).
        told: titles with sentences that were compared with it, each embedded once.
        put: vectors of the question as it was put to passages in other words, see `rag.reading.put`.
    """

    text: str
    language: str
    terms: tuple[str, ...]
    weights: Mapping[str, float]
    embedded: Future[Embedded]
    corrections: tuple[tuple[str, str], ...] = ()
    centre: "NDArray[np.float32] | float" = field(default=0.0, compare=False, repr=False)
    told: "dict[str, ToldSentence]" = field(default_factory=dict, compare=False, repr=False)
    put: "dict[str, NDArray[np.float32]]" = field(default_factory=dict, compare=False, repr=False)

    @property
    def vector(self) -> "NDArray[np.float32]":
        """Its embedding, unit, shape (dim,)."""
        vector: NDArray[np.float32] = self.embedded.result().vectors[0]
        return vector

    @property
    def token_embeddings(self) -> "NDArray[np.float32] | None":
        """Those of its words, shape (tokens, dim); None if the model gives none."""
        embedded = self.embedded.result()
        return None if embedded.states is None else worded(embedded, [self.text])[0]


class Hit(NamedTuple):
    """Where one searcher placed a chunk: rank from 1, and its own score (cosine, BM25, interaction)."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found, or several neighbours joined to one, with its document.

    Attributes:
        score: see `fuse`.
        found_by: the searchers that found it, and its place among all that was found, by `tokens` or `cosine`; of merged chunks the
            best of each.
        copies: the other documents that tell it in the same words.
        best: where in the document the sentence stands that is most likely to answer, as far as the passage holds it;
            None if the passage was not read, or nothing in it is of the kind asked for.
    """

    chunk: Chunk
    document: Document
    rank: int
    score: float
    found_by: Mapping[str, Hit]
    copies: tuple[Document, ...] = ()
    best: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """The passage as `answer.schema.json` describes it."""
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document_id": self.document.id,
            "title": self.document.title,
            "path": self.document.path,
            "page": page_of(self.document, self.chunk.start),
            "line": self.document.line,
            "start": self.chunk.start,
            "end": self.chunk.end,
            "text": self.chunk.text,
            "document_sha256": self.document.sha256,
            "best": list(self.best) if self.best else None,
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
