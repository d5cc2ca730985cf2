"""Search by meaning: the chunks whose vectors are nearest to that of a question."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.store.protocol import Hits
from index.store.schema import Condition, Execute
from index.store.vectors.top_k import by_score, top_k
from index.store.vectors.vector_files import VectorFile, VectorFiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW_CHUNKS = 5_000  # gathering so many vectors is faster than comparing all of 200,000


class DenseSearch:
    """Joins the chunks of a database with the rows of its vector files."""

    def __init__(self, execute: Execute, vectors: VectorFiles, files: Sequence[VectorFile]) -> None:
        self._execute = execute
        self._vectors = vectors
        self._files = files

    def search(self, vector: "NDArray[np.float32]", limit: int, condition: Condition | None) -> Hits:
        """The chunks with the largest inner product, best first, at most `limit`.

        Args:
            vector: unit, float32, shape (dim,).
            condition: only chunks of documents that meet it.
        """
        hits = self._search_all(vector, limit) if condition is None else self._search_within(vector, limit, condition)
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def cosines(self, vector: "NDArray[np.float32]", ids: Sequence[int]) -> Hits:
        """Those of some chunks, in the order of their numbers as given."""
        places = self._execute(
            "SELECT id, vector_file, vector_row FROM chunks WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ).fetchall()
        rows = self._vectors.gather(self._files, [(file, row) for _, file, row in places])
        found = dict(zip((id for id, _, _ in places), (rows @ vector).tolist(), strict=True))
        return [(id, found[id]) for id in ids]

    def _search_all(self, vector: "NDArray[np.float32]", limit: int) -> Hits:
        hits: Hits = []
        for file in self._files:
            hits += self._chunks_of(file, self._vectors.search(file, vector, limit))
        return hits

    def _search_within(self, vector: "NDArray[np.float32]", limit: int, condition: Condition) -> Hits:
        """If few chunks pass, their vectors are gathered and compared; if many, all are compared, and asked from the best down."""
        within = f"document_id IN (SELECT id FROM documents WHERE {condition[0]})"
        places = self._execute(
            f"SELECT id, vector_file, vector_row FROM chunks WHERE {within} LIMIT {FEW_CHUNKS + 1}", condition[1]
        ).fetchall()
        if len(places) > FEW_CHUNKS:
            return self._search_down(vector, limit, within, condition[1])
        rows = self._vectors.gather(self._files, [(file, row) for _, file, row in places])
        return [(places[row][0], score) for row, score in top_k(rows, vector, limit)]

    def _search_down(self, vector: "NDArray[np.float32]", limit: int, within: str, values: Sequence[str]) -> Hits:
        hits: Hits = []
        for file in self._files:
            found: Hits = []
            for block in by_score(self._vectors.rows(file), vector, 8 * limit):
                found += self._chunks_of(file, block, f"AND {within}", values)
                if len(found) >= limit:
                    break
            hits += found
        return hits

    def _chunks_of(
        self, file: VectorFile, scored: Sequence[tuple[int, float]], further: str = "", values: Sequence[str] = ()
    ) -> Iterator[tuple[int, float]]:
        """The chunks of some rows of a file, with the rows' scores. A row without a chunk belongs to a deleted document."""
        scores = dict(scored)
        for id, row in self._execute(
            "SELECT id, vector_row FROM chunks "
            f"WHERE vector_file = ? AND vector_row IN (SELECT value FROM json_each(?)) {further}",
            (file.id, json.dumps(list(scores)), *values),
        ):
            yield id, scores[row]
