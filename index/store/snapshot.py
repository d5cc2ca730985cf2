"""One generation of a local index: what is near to a question or holds its words, by FTS5 and vector files."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from index.store.bm25 import document_frequency, search_bm25
from index.store.dense import DenseSearch
from index.store.filters import Filters
from index.store.protocol import Hits
from index.store.schema import Condition, Execute, Lists
from index.store.sql_snapshot import RememberedCounts, SqlSnapshot
from index.store.types import StoredDocument, StoredParts
from index.store.vectors.vector_files import VectorFile, VectorFiles
from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class LocalSnapshot(SqlSnapshot):
    """One generation of a local index, as seen between the two ends of `IndexReader.snapshot()`."""

    lists = Lists(*2 * ("(SELECT value FROM json_each(?))",), lambda values: json.dumps(list(values)))

    def __init__(self, execute: Execute, vectors: VectorFiles, remembered: RememberedCounts) -> None:
        def rows(sql: str, values: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
            found: Sequence[tuple[Any, ...]] = execute(sql, values).fetchall()
            return found

        super().__init__(rows, remembered)
        self._execute = execute
        self._vectors = vectors

    def chunk_count(self) -> int:
        """See `SqlSnapshot`; each chunk has one row in a vector file."""
        return int(self._value("SELECT ifnull(sum(live), 0) FROM vector_files"))

    def _search_bm25(self, terms: Sequence[str], limit: int, condition: Condition | None = None) -> Hits:
        return search_bm25(self._execute, terms, limit, condition)

    def _count(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: document_frequency(self._execute, term) for term in terms}

    def terms_with_prefix(self, prefix: str, limit: int) -> dict[str, int]:
        last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        query = f"SELECT term, doc FROM {self._vocabulary()} WHERE term >= ? AND term < ? LIMIT ?"
        return dict(self._execute(query, (prefix, last, limit)))

    def terms_among(self, terms: Sequence[str]) -> dict[str, int]:
        query = f"SELECT term, doc FROM {self._vocabulary()} WHERE term IN {self.lists.texts}"
        return dict(self._execute(query, (self.lists.bind(sorted(terms)),)))

    def _vocabulary(self) -> str:
        """The name of the table of all terms: FTS5 makes it of its index, and it takes no room."""
        self._execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'terms', 'row')")
        return "temp.vocabulary"

    def search_vectors(self, vector: "NDArray[np.float32]", limit: int, filters: Filters | None = None) -> Hits:
        return self._dense_search().search(vector, limit, self._condition(filters) if filters else None)

    def cosines(self, vector: "NDArray[np.float32]", ids: Sequence[int]) -> Hits:
        return self._dense_search().cosines(vector, ids)

    def _dense_search(self) -> DenseSearch:
        return DenseSearch(self._execute, self._vectors, self.vector_files())

    def chunk_vectors(self) -> "tuple[list[str], NDArray[np.float32]]":
        rows = self._rows("SELECT document_id, vector_file, vector_row FROM chunks ORDER BY document_id, position")
        vectors = self._vectors.gather(self.vector_files(), [(file, row) for _, file, row in rows])
        return [id for id, _, _ in rows], vectors

    def fingerprints(self) -> dict[str, str]:
        """A hash of what is stored of each document, by id, in the order of chunks: if nothing changed, it is the same."""
        rows = self._rows(
            "SELECT id, title, source, url, published, language, sha256, pages, place, file, origin, line, digest, number, "
            "first, last FROM documents JOIN (SELECT *, rowid AS number FROM places) AS places ON document_id = id JOIN "
            "(SELECT document_id AS owner, min(id) AS first, max(id) AS last FROM chunks GROUP BY 1) ON owner = id ORDER BY first"
        )
        return {row[0]: hashlib.sha256(json.dumps(row).encode()).hexdigest() for row in rows}

    def parts(self, ids: Sequence[str]) -> Iterator[StoredParts]:
        """All that is stored of some documents, in this order."""
        documents, asked = self.documents(ids), (self.lists.bind(ids),)
        places = self._rows(
            f"SELECT rowid, document_id, file, origin, line, digest FROM places WHERE document_id IN {self.lists.texts}",
            asked,
        )
        rows = self._rows(
            'SELECT document_id, id, position, start, "end", signs, vector_file, vector_row FROM chunks '
            f"JOIN token_embeddings ON chunk_id = id WHERE document_id IN {self.lists.texts} ORDER BY document_id, position",
            asked,
        )
        vectors = self._vectors.gather(self.vector_files(), [row[6:] for row in rows])
        place_of = {place[1]: place for place in places}
        at_of = {owner: [at for at, _ in group] for owner, group in groupby(enumerate(rows), lambda pair: pair[1][0])}
        for id in ids:
            own, document = at_of[id], documents[id]
            yield StoredParts(
                document,
                StoredDocument(*place_of[id][1:]),
                place_of[id][0],
                [rows[at][1] for at in own],
                [_chunk(document, *rows[at][2:5]) for at in own],
                [rows[at][5] for at in own],
                vectors[own],
            )

    def vector_files(self) -> list[VectorFile]:
        """Every vector file, the oldest first."""
        return vector_files_of(self._execute)


def _chunk(document: Document, position: int, start: int, end: int) -> Chunk:
    return Chunk(document.id, position, start, end, document.text[start:end])


def vector_files_of(execute: Execute) -> list[VectorFile]:
    """The list of vector files, the oldest first."""
    columns = ", ".join(VectorFile._fields)
    return [VectorFile(*row) for row in execute(f"SELECT {columns} FROM vector_files ORDER BY id")]
