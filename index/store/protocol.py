"""What everything else asks of an index, wherever it is kept: `OpenIndex` gives snapshots, `Snapshot` is one generation."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from index.store.filters import Filters
from index.store.types import ListedDocument, Settings, Source, StoredDocument
from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Hits = list[tuple[int, float]]  # chunk numbers and scores, best first


class Snapshot(Protocol):
    """One generation of an index: its documents and chunks, and what is near to a question or holds its words.

    `filters` restrict a method to the documents that pass, None to nothing. Chunks are known by a number.
    """

    settings: Settings
    generation: int

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        ...

    def count(self, filters: Filters | None = None) -> int:
        """How many documents pass the filters."""
        ...

    def passes(self, filters: Filters) -> bool:
        """Whether any document passes the filters."""
        ...

    def is_unfinished(self) -> bool:
        """Whether the last indexing run has not ended: it is still going on, or was cut off."""
        ...

    def languages(self) -> dict[str, int]:
        """How many documents there are in each language."""
        ...

    def sources(self) -> list[Source]:
        """Every source, the one with most articles first; the last name is None if there are articles without one."""
        ...

    def stored_documents(self) -> Iterator[StoredDocument]:
        """Where every document came from, in the order in which they were indexed."""
        ...

    def listing(self, filters: Filters | None = None) -> Iterator[ListedDocument]:
        """Every document that passes the filters, by title."""
        ...

    def passing(self, filters: Filters) -> Iterator[str]:
        """The ids of the documents that pass the filters, in no order; far quicker than `listing`, which reads their titles."""
        ...

    def newest(self, limit: int, filters: Filters | None = None) -> list[ListedDocument]:
        """The documents that pass the filters, newest first; those without a date come last."""
        ...

    def digest(self) -> str:
        """A hash of what the index holds: the same ids with the same texts have the same one."""
        ...

    def has_document(self, id: str) -> bool:
        """Whether there is a document of that id."""
        ...

    def document(self, id: str) -> Document | None:
        """The document of that id, or None."""
        ...

    def document_chunks(self, id: str) -> list[int]:
        """The numbers of a document's chunks, in their order."""
        ...

    def beginnings(self, chunks: int, limit: int) -> list[list[int]]:
        """The numbers of the first chunks of each document, in the order of ids; of the newest documents, if there are more."""
        ...

    def chunks(self, ids: Sequence[int]) -> list[tuple[Chunk, Document]]:
        """Chunks by number, in the order asked for, each with its document."""
        ...

    def search_bm25(self, terms: Sequence[str], limit: int, filters: Filters | None = None) -> Hits:
        """Chunks that hold any of the terms, by BM25, best first, at most `limit`; a higher score is better.

        Args:
            terms: as `index.analysis.terms` makes them. The least informative ones are dropped; one that is given twice counts twice.
        """
        ...

    def inverse_document_frequencies(self, terms: Sequence[str]) -> dict[str, float]:
        """How rare each of the terms is; see `index.store.bm25.idf`."""
        ...

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms, counted up to `index.store.bm25.MOST_MATCHES`."""
        ...

    def terms_with_prefix(self, prefix: str, limit: int) -> dict[str, int]:
        """The index terms that begin so, in their order, `limit` at most, each with the number of chunks that hold it."""
        ...

    def terms_among(self, terms: Sequence[str]) -> dict[str, int]:
        """Those of some terms that the index holds, each with the number of chunks that hold it."""
        ...

    def chunks_with_term(self, term: str, limit: int) -> list[tuple[Chunk, Document]]:
        """Some chunks that hold a term, each with its document."""
        ...

    def search_vectors(self, vector: "NDArray[np.float32]", limit: int, filters: Filters | None = None) -> Hits:
        """Chunks whose vectors have the largest inner product with a vector, best first, at most `limit`.

        Args:
            vector: unit, float32, shape (dim,).

        Returns:
            pairs of chunk number and cosine.
        """
        ...

    def cosines(self, vector: "NDArray[np.float32]", ids: Sequence[int]) -> Hits:
        """How near chunks are to a question: pairs of chunk number and cosine, in the order given.

        Args:
            vector: unit, float32, shape (dim,).
            ids: chunk numbers.
        """
        ...

    def maxsim(self, embeddings: "NDArray[np.float32]", ids: Sequence[int]) -> "NDArray[np.float32]":
        """How near chunks are to a question token by token; see `index.embedding.maxsim`.

        Args:
            embeddings: of the question's tokens, float32, shape (tokens, dim).
            ids: chunk numbers.

        Returns:
            float32, shape (len(ids),), between -1 and 1.
        """
        ...

    @property
    def mean_token_embedding(self) -> "NDArray[np.float32]":
        """The mean state of ordinary text, float32, shape (dim,), which is taken away before token embeddings are compared."""
        ...

    def sign_bits(self, ids: Sequence[int]) -> list[bytes]:
        """The token embeddings of chunks, by number, one bit a dimension; each is read once."""
        ...

    def chunk_vectors(self) -> "tuple[list[str], NDArray[np.float32]]":
        """The vectors of all chunks, (chunks, dim), in the order of documents and positions; and whose they are, (chunks,)."""
        ...


class OpenIndex(Protocol):
    """An index opened for reading. Many may be open while it is written.

    Attributes:
        name: what people call it, such as its folder; it holds no password.
        cache: a folder for what was found once and may be lost.
    """

    @property
    def name(self) -> str: ...

    @property
    def cache(self) -> Path: ...

    def size(self) -> int:
        """How many bytes it takes on disk."""
        ...

    def snapshot(self, *, search: bool = False) -> AbstractContextManager[Snapshot]:
        """Everything read inside sees the same generation.

        Args:
            search: also make ready to search vectors.
        """
        ...

    def remake_command(self) -> str:
        """The command that makes it again from the same articles, with the model and the Kenes that are installed."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
