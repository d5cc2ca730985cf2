"""One generation of an index: its documents and chunks, and what is near to a question or holds its words."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from index.embedding.maxsim import interaction
from index.errors import DamagedIndex
from index.store.bm25 import document_frequency, idf, informative_terms, search_bm25
from index.store.dense import DenseSearch
from index.store.filters import Filters
from index.store.schema import Condition, Execute
from index.store.vectors.vector_files import VectorFile, VectorFiles
from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REMEMBERED_TERMS = 50_000
_DOCUMENTS = (
    "SELECT id, title, text, source, url, published, language, sha256, iif(line IS NULL, origin, file), line, pages, place "
    "FROM documents JOIN places ON document_id = id"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was made with; vectors and terms made otherwise cannot be compared with its own."""

    model: str
    model_sha256: str
    dim: int
    chunk_size: int
    version: str


def settings_of(meta: Mapping[str, str]) -> Settings:
    """The settings in the `meta` table."""
    return Settings(**json.loads(meta["settings"]))


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: how many, and the first and last date that they bear, None if they bear none."""

    name: str | None
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """Where a document was found, see `Article`."""

    id: str
    file: str
    origin: str
    line: int | None
    digest: str


class ListedDocument(NamedTuple):
    """A document as lists show it."""

    id: str
    language: str
    published: str | None
    title: str
    path: str
    line: int | None
    source: str | None
    place: str | None = None


class RememberedCounts:
    """In how many chunks terms are, for the terms of one generation that have been counted."""

    def __init__(self) -> None:
        self._generation = -1
        self._counts: dict[str, int] = {}

    def of(self, generation: int) -> dict[str, int]:
        """The counts of a generation; empty if another one was asked about before, or if there are too many."""
        if self._generation != generation or len(self._counts) > REMEMBERED_TERMS:
            self._generation, self._counts = generation, {}
        return self._counts


class Snapshot:
    """One generation of an index, as seen between the two ends of `IndexReader.snapshot()`."""

    def __init__(self, execute: Execute, vectors: VectorFiles, remembered: RememberedCounts) -> None:
        self._execute = execute
        self._vectors = vectors
        self.meta: dict[str, str] = dict(self._execute("SELECT key, value FROM meta"))
        self.generation = int(self.meta["generation"])
        self.settings = settings_of(self.meta)
        self._term_counts = remembered.of(self.generation)
        self._sign_bits: dict[int, bytes] = {}

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        return self._execute("SELECT count(*) FROM documents").get, self.chunk_count()

    def chunk_count(self) -> int:
        """How many chunks there are; each has one row in a vector file, and to count these takes no longer for more."""
        count: int = self._execute("SELECT ifnull(sum(live), 0) FROM vector_files").get
        return count

    def is_unfinished(self) -> bool:
        """Whether the last indexing run has not ended: it is still going on, or was cut off."""
        return "unfinished" in self.meta

    def languages(self) -> dict[str, int]:
        """How many documents there are in each language."""
        return dict(self._execute("SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC"))

    def sources(self) -> list[Source]:
        """Every source, the one with most articles first; the last name is None if there are articles without one."""
        rows = self._execute(
            "SELECT source, count(*), min(published), max(published) FROM documents "
            "GROUP BY 1 ORDER BY source IS NULL, 2 DESC, 1"
        )
        return [Source(*row) for row in rows]

    def passes(self, filters: Filters) -> bool:
        """Whether any document passes the filters."""
        condition, values = self._condition(filters)
        return bool(self._execute(f"SELECT EXISTS (SELECT 1 FROM documents WHERE {condition})", values).get)

    def _condition(self, filters: Filters) -> Condition:
        names = (source.name for source in self.sources() if source.name) if filters.sources else ()
        return filters.condition(names)

    def stored_documents(self) -> Iterator[StoredDocument]:
        """Where every document came from."""
        for row in self._execute("SELECT document_id, file, origin, line, digest FROM places ORDER BY rowid"):
            yield StoredDocument(*row)

    def listing(self, filters: Filters | None = None) -> Iterator[ListedDocument]:
        """Every document that passes the filters, by title."""
        condition, values = self._condition(filters or Filters())
        for row in self._execute(
            "SELECT id, language, published, title, iif(line IS NULL, origin, file), line, source, place "
            f"FROM documents JOIN places ON document_id = id WHERE {condition} ORDER BY title, id",
            values,
        ):
            yield ListedDocument(*row)

    def newest(self, limit: int, filters: Filters | None = None) -> list[ListedDocument]:
        """The documents that pass the filters, newest first; those without a date come last."""
        condition, values = self._condition(filters or Filters())
        return [
            ListedDocument(*row)
            for row in self._execute(
                "SELECT id, language, published, title, iif(line IS NULL, origin, file), line, source "
                f"FROM documents JOIN places ON document_id = id WHERE {condition} "
                f"ORDER BY published IS NULL, published DESC, title, id LIMIT {int(limit)}",
                values,
            )
        ]

    def count(self, filters: Filters | None = None) -> int:
        """How many documents pass the filters."""
        condition, values = self._condition(filters or Filters())
        found: int = self._execute(f"SELECT count(*) FROM documents WHERE {condition}", values).get
        return found

    def digest(self) -> str:
        """A hash of what the index holds: the same ids with the same texts have the same one."""
        pairs = self._execute("SELECT id, sha256 FROM documents ORDER BY id").fetchall()
        return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()

    def has_document(self, id: str) -> bool:
        """Whether there is a document of that id."""
        return bool(self._execute("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone())

    def document(self, id: str) -> Document | None:
        """The document of that id, or None."""
        row = self._execute(f"{_DOCUMENTS} WHERE id = ?", (id,)).fetchone()
        if not row:
            return None
        columns = [*row[:-2], tuple(json.loads(row[-2])), row[-1]]
        return Document(*columns)

    def chunks(self, ids: Sequence[int]) -> list[tuple[Chunk, Document]]:
        """Chunks by number, in the order asked for, each with its document."""
        found: dict[int, tuple[Chunk, Document]] = {}
        documents: dict[str, Document] = {}
        for id, owner, position, start, end in self._execute(
            'SELECT id, document_id, position, start, "end" FROM chunks WHERE id IN (SELECT value FROM json_each(?))',
            (json.dumps(list(ids)),),
        ).fetchall():
            if owner not in documents:
                document = self.document(owner)
                if document is None:
                    raise DamagedIndex(f"chunk {id} belongs to no document")
                documents[owner] = document
            document = documents[owner]
            found[id] = (Chunk(owner, position, start, end, document.text[start:end]), document)
        return [found[id] for id in ids]

    def search_bm25(self, terms: Sequence[str], limit: int, filters: Filters | None = None) -> list[tuple[int, float]]:
        """Chunks that hold any of the terms, by BM25, best first; see `bm25.search_bm25`.

        Args:
            terms: as `index.analysis.terms` makes them. The least informative ones are dropped.
            filters: look only in the documents that pass, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and score, higher is better.
        """
        wanted = informative_terms(terms, self.document_frequencies(terms), self.chunk_count())
        return search_bm25(self._execute, wanted, limit, self._condition(filters) if filters else None)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms, counted up to `bm25.MOST_MATCHES`; each is counted once a generation."""
        counts = self._term_counts
        for term in terms:
            if term not in counts:
                counts[term] = document_frequency(self._execute, term)
        return {term: counts[term] for term in terms}

    def terms_with_prefix(self, prefix: str, limit: int) -> dict[str, int]:
        """The index terms that begin so, in their order, `limit` at most, each with the number of chunks that hold it."""
        last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        query = f"SELECT term, doc FROM {self._vocabulary()} WHERE term >= ? AND term < ? LIMIT ?"
        return dict(self._execute(query, (prefix, last, limit)))

    def terms_among(self, terms: Sequence[str]) -> dict[str, int]:
        """Those of some terms that the index holds, each with the number of chunks that hold it."""
        query = f"SELECT term, doc FROM {self._vocabulary()} WHERE term IN (SELECT value FROM json_each(?))"
        return dict(self._execute(query, (json.dumps(sorted(terms)),)))

    def _vocabulary(self) -> str:
        """The name of the table of all terms: FTS5 makes it of its index, and it takes no room."""
        self._execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'terms', 'row')")
        return "temp.vocabulary"

    def chunks_with_term(self, term: str, limit: int) -> list[tuple[Chunk, Document]]:
        """Some chunks that hold a term, each with its document."""
        return self.chunks([id for id, _ in search_bm25(self._execute, [term], limit)])

    def inverse_document_frequencies(self, terms: Sequence[str]) -> dict[str, float]:
        """How rare each of the terms is; see `bm25.idf`."""
        chunks = self.chunk_count()
        return {term: idf(frequency, chunks) for term, frequency in self.document_frequencies(terms).items()}

    def search_vectors(
        self, vector: "NDArray[np.float32]", limit: int, filters: Filters | None = None
    ) -> list[tuple[int, float]]:
        """Chunks whose vectors have the largest inner product with a vector, best first.

        Args:
            vector: unit, float32, shape (dim,).
            filters: look only in the documents that pass, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and cosine.
        """
        return self._dense_search().search(vector, limit, self._condition(filters) if filters else None)

    def cosines(self, vector: "NDArray[np.float32]", ids: Sequence[int]) -> list[tuple[int, float]]:
        """How near chunks are to a question: pairs of chunk number and cosine, in the order given.

        Args:
            vector: unit, float32, shape (dim,).
            ids: chunk numbers.
        """
        return self._dense_search().cosines(vector, ids)

    def _dense_search(self) -> DenseSearch:
        return DenseSearch(self._execute, self._vectors, self.vector_files())

    def maxsim(self, embeddings: "NDArray[np.float32]", ids: Sequence[int]) -> "NDArray[np.float32]":
        """How near chunks are to a question token by token; see `index.embedding.maxsim`.

        Args:
            embeddings: of the question's tokens, float32, shape (tokens, dim).
            ids: chunk numbers.

        Returns:
            float32, shape (len(ids),), between -1 and 1.
        """
        return interaction(embeddings, self.mean_token_embedding, self.sign_bits(ids))

    def sign_bits(self, ids: Sequence[int]) -> list[bytes]:
        """The token embeddings of chunks, by number, one bit a dimension; each is read once."""
        new = json.dumps([id for id in ids if id not in self._sign_bits])
        query = "SELECT chunk_id, signs FROM token_embeddings WHERE chunk_id IN (SELECT value FROM json_each(?))"
        self._sign_bits |= self._execute(query, (new,))
        return [self._sign_bits[id] for id in ids]

    @cached_property
    def mean_token_embedding(self) -> "NDArray[np.float32]":
        """What is subtracted before signs are taken, float32, shape (dim,); zeros as long as the index holds no token."""
        import numpy as np

        stored = json.loads(self.meta.get("mean_token_embedding", "null"))
        return np.array(stored or [0.0] * self.settings.dim, np.float32)

    def document_chunks(self, id: str) -> list[int]:
        """The numbers of a document's chunks, in their order."""
        query = "SELECT id FROM chunks WHERE document_id = ? ORDER BY position"
        return [number for (number,) in self._execute(query, (id,))]

    def beginnings(self, chunks: int, limit: int) -> list[list[int]]:
        """The numbers of the first chunks of each document, in the order of ids; of the newest documents, if there are more."""
        query = (
            "SELECT json_group_array(id) FROM (SELECT id, document_id FROM chunks WHERE position < ? AND document_id IN "
            "(SELECT id FROM documents ORDER BY published IS NULL, published DESC, id LIMIT ?) "
            "ORDER BY document_id, position) GROUP BY document_id ORDER BY document_id"
        )
        return [json.loads(numbers) for (numbers,) in self._execute(query, (chunks, limit))]

    def chunk_vectors(self) -> "tuple[list[str], NDArray[np.float32]]":
        """The vectors of all chunks, (chunks, dim), in the order of documents and positions; and whose they are, (chunks,)."""
        rows = self._execute(
            "SELECT document_id, vector_file, vector_row FROM chunks ORDER BY document_id, position"
        ).fetchall()
        vectors = self._vectors.gather(self.vector_files(), [(file, row) for _, file, row in rows])
        return [id for id, _, _ in rows], vectors

    def vector_files(self) -> list[VectorFile]:
        """Every vector file, the oldest first."""
        return vector_files_of(self._execute)


def vector_files_of(execute: Execute) -> list[VectorFile]:
    """The list of vector files, the oldest first."""
    columns = ", ".join(VectorFile._fields)
    return [VectorFile(*row) for row in execute(f"SELECT {columns} FROM vector_files ORDER BY id")]
