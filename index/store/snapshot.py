"""One generation of an index: its documents and chunks, and what is near to a question or holds its words."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from index.embedding.maxsim import interaction
from index.errors import DamagedIndex
from index.store.filters import Filters
from index.store.vector_files import gather, nearest, ordered
from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store.reader import IndexReader

MOST_MATCHES = 7_500  # chunks that the words of a question may match, counted once for each word: some 3 ms
FEW_MATCHES = 1_000  # are found in no time, whatever they tell
FEW_CHUNKS = 5_000  # as many vectors are gathered faster than all of 200,000 are compared
DOCUMENT_COLUMNS = "id, title, text, source, url, published, language, sha256"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was made with; vectors and terms made otherwise cannot be compared with its own."""

    model: str
    model_sha256: str
    dim: int
    chunk_size: int
    version: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: how many, and the first and last date that they bear, None if they bear none."""

    name: str | None
    documents: int
    first: str | None
    last: str | None


class VectorFile(NamedTuple):
    """A vector file: its number, its rows, those in use, its CRC-32, and that of its sketch, None if it has none."""

    id: int
    rows: int
    live: int
    crc32: int
    sketch_crc32: int | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What the index knows of a document's origin."""

    id: str
    file: str
    origin: str
    digest: str


class Snapshot:
    """One generation of an index, as seen between the two ends of `IndexReader.snapshot()`."""

    def __init__(self, reader: "IndexReader") -> None:
        self._reader = reader
        self.folder = reader.folder
        self.rows: Callable[..., Any] = reader.connection.execute
        self.meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
        self.generation = int(self.meta["generation"])
        self.settings = Settings(**json.loads(self.meta["settings"]))
        self._packed: dict[int, bytes] = {}

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        return self.rows("SELECT count(*) FROM documents").get, self.chunk_count()

    def chunk_count(self) -> int:
        """How many chunks there are; each has one row in a vector file, and to count these takes no longer for more."""
        count: int = self.rows("SELECT ifnull(sum(live), 0) FROM vector_files").get
        return count

    def languages(self) -> dict[str, int]:
        """How many documents there are in each language."""
        return dict(self.rows("SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC"))

    def sources(self) -> list[Source]:
        """Every source, the one with most articles first; the last name is None if there are articles without one."""
        rows = self.rows(
            "SELECT source, count(*), min(published), max(published) FROM documents "
            "GROUP BY 1 ORDER BY source IS NULL, 2 DESC, 1"
        )
        return [Source(*row) for row in rows]

    def passes(self, filters: Filters) -> bool:
        """Whether any document passes the filters."""
        condition, values = self._condition(filters)
        return bool(self.rows(f"SELECT EXISTS (SELECT 1 FROM documents WHERE {condition})", values).get)

    def _condition(self, filters: Filters) -> tuple[str, list[str]]:
        names = (source.name for source in self.sources() if source.name) if filters.sources else ()
        return filters.condition(names)

    def known(self) -> Iterator[StoredDocument]:
        """Where every document came from."""
        for row in self.rows("SELECT id, file, origin, digest FROM documents ORDER BY rowid"):
            yield StoredDocument(*row)

    def listing(self) -> Iterator[tuple[str, str, str | None, str]]:
        """Id, language, date and title of every document, by title."""
        yield from self.rows("SELECT id, language, published, title FROM documents ORDER BY title, id")

    def has_document(self, id: str) -> bool:
        """Whether there is a document of that id."""
        return bool(self.rows("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone())

    def document(self, id: str) -> Document | None:
        """The document of that id, or None."""
        row = self.rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (id,)).fetchone()
        return Document(*row) if row else None

    def chunks(self, ids: Sequence[int]) -> list[tuple[Chunk, Document]]:
        """Chunks by number, in the order asked for, each with its document."""
        found: dict[int, tuple[Chunk, Document]] = {}
        documents: dict[str, Document] = {}
        for id, owner, position, start, end in self.rows(
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

    def match(self, terms: Sequence[str], limit: int, filters: Filters | None = None) -> list[tuple[int, float]]:
        """Chunks that hold any of the terms, by BM25 (k1 1.2, b 0.75), best first.

        Of many chunks, words that more than half hold are left out, as FTS5 gives them no weight, and where the others match
        very many, those that match most, which tell least and cost most.

        Args:
            terms: words as `index.analysis.terms` makes them; they are quoted, so operators in them mean nothing. A word that comes
                twice counts twice.
            filters: look only in the documents that pass, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and score, higher is better.
        """
        if not terms:
            return []
        within = ""
        values: list[str] = []
        if filters:
            # asked of each chunk that matches: as a set of rows to look in, FTS5 would search anew for every one
            condition, values = self._condition(filters)
            within = (
                "AND (SELECT document_id FROM chunks WHERE id = terms.rowid) "
                f"IN (SELECT id FROM documents WHERE {condition})"
            )
        return [
            (id, -score)
            for id, score in self.rows(
                f"SELECT rowid, bm25(terms) FROM terms WHERE terms MATCH ? {within} ORDER BY 2, 1 LIMIT {int(limit)}",
                (" OR ".join(map(_quoted, self._telling(terms))), *values),
            )
        ]

    def _telling(self, terms: Sequence[str]) -> list[str]:
        """The rarest of the terms, at least one: each in half of the chunks or few, and all in no more than `MOST_MATCHES`."""
        held, many = self.holding(terms), max(self.chunk_count() / 2, FEW_MATCHES)
        kept: set[str] = set()
        matches = 0
        for term in sorted(held, key=lambda term: held[term]):
            matches += held[term]
            if kept and (matches > MOST_MATCHES or held[term] > many):
                break
            kept.add(term)
        return [term for term in terms if term in kept]

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms, counted up to `MOST_MATCHES`."""
        count = f"SELECT count(*) FROM (SELECT 1 FROM terms WHERE terms MATCH ? LIMIT {MOST_MATCHES})"
        held = self._reader.held(self.generation)
        for term in terms:
            if term not in held:
                held[term] = self.rows(count, (_quoted(term),)).get
        return {term: held[term] for term in terms}

    def interaction(self, states: "NDArray[np.float32]", ids: Sequence[int]) -> "NDArray[np.float32]":
        """How near chunks are to a question token by token, see `states.interaction`.

        Args:
            states: of the question's tokens, float32, shape (tokens, dim).
            ids: chunk numbers.

        Returns:
            float32, shape (len(ids),), between -1 and 1.
        """
        return interaction(states, self.centre, self.packed_states(ids))

    def packed_states(self, ids: Sequence[int]) -> list[bytes]:
        """The packed token states of chunks, by number; each is read once."""
        new = json.dumps([id for id in ids if id not in self._packed])
        query = "SELECT chunk_id, signs FROM states WHERE chunk_id IN (SELECT value FROM json_each(?))"
        self._packed |= self.rows(query, (new,))
        return [self._packed[id] for id in ids]

    @cached_property
    def centre(self) -> "NDArray[np.float32]":
        """What packed states are seen from, float32, shape (dim,); zeros as long as the index holds none."""
        import numpy as np

        return np.array(json.loads(self.meta.get("centre", "null")) or [0.0] * self.settings.dim, np.float32)

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, filters: Filters | None = None
    ) -> list[tuple[int, float]]:
        """Chunks whose vectors have the largest inner product with a vector, best first; see `vectors.nearest`.

        Args:
            vector: unit, float32, shape (dim,).
            filters: look only in the documents that pass, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and cosine.
        """
        hits = self._nearest_within(vector, limit, filters) if filters else self._nearest_of_all(vector, limit)
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _nearest_of_all(self, vector: "NDArray[np.float32]", limit: int) -> list[tuple[int, float]]:
        hits: list[tuple[int, float]] = []
        vectors = self.all_vectors()
        for file in self.vector_files():
            sketch, dead = self._reader.sketch(file), file.rows - file.live
            # all dead rows may be nearer; a sketch, which is not exact anyway, takes it that not so many are
            spare = dead if sketch is None else min(dead, limit)
            scores = dict(nearest(vectors[file.id], vector, limit + spare, sketch))
            hits += [(id, scores[row]) for id, row in self._chunks_at(file.id, list(scores))]
        return hits

    def _nearest_within(self, vector: "NDArray[np.float32]", limit: int, filters: Filters) -> list[tuple[int, float]]:
        """Few chunks are gathered and compared. Where many pass, all are compared, and asked from the best down."""
        condition, values = self._condition(filters)
        within = f"document_id IN (SELECT id FROM documents WHERE {condition})"
        places = self.rows(
            f"SELECT id, vector_file, vector_row FROM chunks WHERE {within} LIMIT {FEW_CHUNKS + 1}", values
        ).fetchall()
        files = self.all_vectors()
        if len(places) <= FEW_CHUNKS:
            rows = gather(files, [place[1:] for place in places], self.settings.dim)
            return [(places[row][0], score) for row, score in nearest(rows, vector, limit)]
        hits: list[tuple[int, float]] = []
        for file, vectors in files.items():
            found: list[tuple[int, float]] = []
            for block in ordered(vectors, vector, 8 * limit):
                scores = dict(block)
                found += [(id, scores[row]) for id, row in self._chunks_at(file, list(scores), f"AND {within}", values)]
                if len(found) >= limit:
                    break
            hits += found
        return hits

    def _chunks_at(
        self, file: int, rows: Sequence[int], further: str = "", values: Sequence[str] = ()
    ) -> list[tuple[int, int]]:
        """Number and row of the chunks that have their vectors in those rows of a file; rows without a chunk are dead."""
        found: list[tuple[int, int]] = self.rows(
            "SELECT id, vector_row FROM chunks "
            f"WHERE vector_file = ? AND vector_row IN (SELECT value FROM json_each(?)) {further}",
            (file, json.dumps(rows), *values),
        ).fetchall()
        return found

    def all_vectors(self) -> "dict[int, NDArray[np.float32]]":
        """Every vector file by number, each (rows, dim); rows of deleted chunks are still in them."""
        return {file.id: self._reader.vectors(file, self.settings.dim) for file in self.vector_files()}

    def document_vectors(self) -> "tuple[list[str], NDArray[np.float32]]":
        """Every document's id, and the mean of the vectors of its chunks as a unit row, shape (documents, dim)."""
        import numpy as np

        rows = self.rows(
            "SELECT document_id, vector_file, vector_row FROM chunks ORDER BY document_id, position"
        ).fetchall()
        vectors = gather(self.all_vectors(), [(file, row) for _, file, row in rows], self.settings.dim)
        ids = list(dict.fromkeys(id for id, _, _ in rows))
        sums = np.zeros((len(ids), self.settings.dim), np.float32)
        numbers = {id: number for number, id in enumerate(ids)}
        np.add.at(sums, [numbers[id] for id, _, _ in rows], vectors)
        return ids, sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(min=1e-9)

    def vector_files(self) -> list[VectorFile]:
        """Every vector file, the oldest first."""
        columns = ", ".join(VectorFile._fields)
        return [VectorFile(*row) for row in self.rows(f"SELECT {columns} FROM vector_files ORDER BY id")]


def _quoted(term: str) -> str:
    """A term as FTS5 takes it literally, whatever it holds."""
    return '"' + term.replace('"', '""') + '"'
