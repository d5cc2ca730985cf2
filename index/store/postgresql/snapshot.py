"""One generation of an index in PostgreSQL: what is near to a question or holds its words, found by the database."""

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.store.bm25 import K1, B
from index.store.filters import Filters
from index.store.postgresql.connection import Connection
from index.store.protocol import Hits
from index.store.schema import Condition, Lists
from index.store.sql_snapshot import RememberedCounts, SqlSnapshot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW_CHUNKS = 5_000  # comparing so many vectors takes no longer than asking the HNSW index again and again
CANDIDATES = 200  # that the HNSW index names at least, to be compared exactly; `eval.benchmarks.postgresql` measures what they miss
LEAST_IDF = 1e-6  # of a term in more than half of the chunks, as in FTS5

# What FTS5 computes, in the same order of operations, so that the sums are the same to the last bit.
_BM25 = (
    f"asked.idf * (frequency * {K1 + 1}::float8 / "
    f"(frequency + {K1}::float8 * ({1 - B}::float8 + {B}::float8 * length / asked.mean_length)))"
)
_SEARCH_BM25 = f"""
SELECT chunk_id, sum({_BM25} ORDER BY number) AS score
FROM (
    SELECT term, idf, number, ?::float8 AS mean_length
    FROM unnest(?::text[], ?::float8[]) WITH ORDINALITY AS given (term, idf, number)
) AS asked JOIN postings USING (term) WHERE term = ANY(?) {{within}}
GROUP BY chunk_id ORDER BY score DESC, chunk_id LIMIT ?
"""
_WITHIN = "chunk_id IN (SELECT id FROM chunks WHERE document_id IN (SELECT id FROM documents WHERE {}))"


class PostgresSnapshot(SqlSnapshot):
    """One generation, as seen between the two ends of `PostgresReader.snapshot()`."""

    lists = Lists("(SELECT unnest(?::text[]))", "(SELECT unnest(?::bigint[]))", list)

    def __init__(self, connection: Connection, remembered: RememberedCounts, *, exact: bool) -> None:
        """See `SqlSnapshot`.

        Args:
            connection: inside a transaction.
            exact: compare all vectors, where there is an HNSW index, too.
        """
        super().__init__(connection.execute, remembered)
        self._exact = exact or "hnsw" not in self.meta

    def chunk_count(self) -> int:
        """See `SqlSnapshot`."""
        return int(self.meta["chunks"])

    def _search_bm25(self, terms: Sequence[str], limit: int, condition: Condition | None = None) -> Hits:
        chunks = self.chunk_count()
        if not terms or not chunks:
            return []
        counted = self._counted(terms)
        idfs = [_fts5_idf(counted[term], chunks) for term in terms]
        mean_length = int(self.meta["tokens"]) / chunks
        within, values = _restriction(condition, "AND")
        query = _SEARCH_BM25.format(within=within)
        return [
            (id, score)
            for id, score in self._rows(query, (mean_length, list(terms), idfs, list(terms), *values, limit))
        ]

    def _count(self, terms: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(terms, 0) | self.terms_among(terms)

    def terms_with_prefix(self, prefix: str, limit: int) -> dict[str, int]:
        last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        query = "SELECT term, chunks FROM terms WHERE term >= ? AND term < ? AND chunks > 0 ORDER BY term LIMIT ?"
        return dict(self._rows(query, (prefix, last, limit)))

    def terms_among(self, terms: Sequence[str]) -> dict[str, int]:
        return dict(self._rows("SELECT term, chunks FROM terms WHERE term = ANY(?) AND chunks > 0", (list(terms),)))

    def search_vectors(self, vector: "NDArray[np.float32]", limit: int, filters: Filters | None = None) -> Hits:
        condition = self._condition(filters) if filters else None
        within, values = _restriction(condition, "WHERE")
        if self._exact or (condition and self._are_few(within, values)):
            return self._compared(f"(SELECT chunk_id, vector FROM vectors {within})", values, vector, limit)
        dim = self.settings.dim
        named = (
            f"(SELECT chunk_id, vector FROM vectors {within} "
            f"ORDER BY (vector::halfvec({dim})) <#> ?::vector::halfvec({dim}) LIMIT {max(CANDIDATES, 2 * limit)})"
        )
        return self._compared(named, (*values, _literal(vector)), vector, limit)

    def _are_few(self, within: str, values: Sequence[object]) -> bool:
        """Whether few chunks pass."""
        counted = f"SELECT count(*) FROM (SELECT 1 FROM vectors {within} LIMIT {FEW_CHUNKS + 1}) AS passing"
        return bool(self._value(counted, values) <= FEW_CHUNKS)

    def _compared(self, chosen: str, values: Sequence[object], vector: "NDArray[np.float32]", limit: int) -> Hits:
        """The best of some vectors, which SQL names, compared exactly."""
        query = (
            f"SELECT chunk_id, -(vector <#> ?::vector) AS cosine FROM {chosen} AS chosen "
            "ORDER BY cosine DESC, chunk_id LIMIT ?"
        )
        return [(id, cosine) for id, cosine in self._rows(query, (_literal(vector), *values, limit))]

    def cosines(self, vector: "NDArray[np.float32]", ids: Sequence[int]) -> Hits:
        query = "SELECT chunk_id, -(vector <#> ?::vector) FROM vectors WHERE chunk_id = ANY(?)"
        found: dict[int, float] = dict(self._rows(query, (_literal(vector), list(ids))))
        return [(id, found[id]) for id in ids]

    def chunk_vectors(self) -> "tuple[list[str], NDArray[np.float32]]":
        import numpy as np

        rows = self._rows(
            "SELECT document_id, vector_send(vector) FROM chunks JOIN vectors ON chunk_id = id ORDER BY document_id, position"
        )
        packed = b"".join(vector[4:] for _, vector in rows)  # after the number of dimensions
        vectors = np.frombuffer(packed, ">f4").reshape(len(rows), self.settings.dim)
        return [id for id, _ in rows], vectors.astype(np.float32)


def _restriction(condition: Condition | None, word: str) -> tuple[str, Sequence[object]]:
    """SQL that keeps the chunks whose documents meet a condition, and the values bound in it; nothing for None."""
    return (f"{word} {_WITHIN.format(condition[0])}", condition[1]) if condition else ("", ())


def _fts5_idf(frequency: int, chunks: int) -> float:
    """How rare a term is, as FTS5 computes it."""
    weight = math.log((chunks - frequency + 0.5) / (frequency + 0.5))
    return weight if weight > 0 else LEAST_IDF


def _literal(vector: "NDArray[np.float32]") -> str:
    """A vector as pgvector reads it; nothing is lost, as every digit stands there."""
    return json.dumps(vector.tolist())
