"""Writes an index into PostgreSQL: one writer at a time, each commit wholly there or not at all."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Self

from index.errors import BusyIndex, MismatchedIndex, StoreError
from index.store.postgresql.address import Address, export_command
from index.store.postgresql.connection import Connection
from index.store.postgresql.copying import bigint, integer, packed, raw, text, vector
from index.store.postgresql.schema import HNSW_FROM, SCHEMA_VERSION, WRITER_LOCK, create, create_hnsw
from index.store.postgresql.shards import drop_spread, finish_shard, spread
from index.store.types import Settings, StoredParts, settings_of

Row = tuple[Any, ...]

_COLUMNS = {
    "documents": dict.fromkeys(
        ("id", "title", "text", "source", "url", "published", "language", "sha256", "pages", "place"), text
    ),
    "places": dict.fromkeys(("document_id", "file", "origin", "digest", "fingerprint"), text)
    | {"line": integer, "rowid": bigint},
    "chunks": {"id": bigint, "document_id": text} | dict.fromkeys(("position", "start", '"end"', "length"), integer),
    "token_embeddings": {"chunk_id": bigint, "signs": raw},
    "vectors": {"chunk_id": bigint, "vector": vector},
    "postings": {"term": text, "chunk_id": bigint, "frequency": integer, "length": integer},
}
_FEWER = """
WITH gone AS (DELETE FROM postings WHERE chunk_id = ANY(?) RETURNING term),
    fewer AS (SELECT term, count(*) AS chunks FROM gone GROUP BY term)
UPDATE terms SET chunks = terms.chunks - fewer.chunks FROM fewer WHERE terms.term = fewer.term
"""
_MORE = """
INSERT INTO terms SELECT term, count(*) FROM postings WHERE chunk_id = ANY(?) GROUP BY term ORDER BY term
ON CONFLICT (term) DO UPDATE SET chunks = terms.chunks + excluded.chunks
"""


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """A document of a local index on its way: what is stored of it, the terms of each chunk, and its fingerprint there."""

    parts: StoredParts
    terms: Sequence[Sequence[str]]
    fingerprint: str


class PostgresWriter:
    """An index in PostgreSQL opened for writing; makes it if it is not there.

    Raises:
        BusyIndex: another process is writing it, or the server is a standby.
        MismatchedIndex: it was made with other settings.
        UnreachableIndex: no host replies.
    """

    def __init__(
        self,
        address: Address,
        settings: Settings,
        meta: Mapping[str, str],
        shards: Sequence[Address] = (),
        *,
        anew: bool = False,
    ) -> None:
        """Open it.

        Args:
            settings: of the local index.
            meta: what else the local index notes of itself, such as the mean token embedding; stored when the tables are made.
            shards: databases that the large tables are spread over, the same ones in the same order each time.
            anew: drop the tables first, whatever made them.
        """
        self.address = address
        self._settings = settings
        self._shards = shards
        self._connection = Connection(address, write=True)
        try:
            self._take(meta, anew)
        except BaseException:
            self.close()
            raise

    def _take(self, meta: Mapping[str, str], anew: bool) -> None:
        connection = self._connection
        if connection.execute("SHOW server_encoding") != [("UTF8",)]:
            raise StoreError(
                f"the database {self.address} does not keep its texts in UTF-8", "createdb -E UTF8 -T template0 NAME"
            )
        key = (WRITER_LOCK, self.address.schema)
        if not connection.execute("SELECT pg_try_advisory_lock(?::int, hashtext(?))", key)[0][0]:
            raise BusyIndex(f"another process is writing the index in {self.address}", "wait until it has ended")
        if anew:
            drop_spread(connection, self._shards)
        spread(connection, self._shards, self._settings.dim)
        with connection.transaction():
            create(connection, self._settings.dim)
            for name, value in {
                "schema_version": SCHEMA_VERSION,
                "generation": "0",
                "chunks": "0",
                "tokens": "0",
                "settings": json.dumps(asdict(self._settings)),
                **meta,
            }.items():
                connection.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (name, value))
        made = dict(connection.execute("SELECT key, value FROM meta"))
        if made["schema_version"] != SCHEMA_VERSION or settings_of(made) != self._settings:
            raise MismatchedIndex(
                f"the index in {self.address} was made with another model, or by another version of Kenes",
                export_command(self.address, self._shards, anew=True),
            )

    def begin(self) -> None:
        """Note that a run has begun."""
        self._connection.execute("INSERT INTO meta VALUES ('unfinished', '1') ON CONFLICT (key) DO NOTHING")

    def fingerprints(self) -> dict[str, str]:
        """What is held: the fingerprint of each document, by id."""
        return dict(self._connection.execute("SELECT document_id, fingerprint FROM places"))

    def replace(self, documents: Sequence[ExportedDocument]) -> None:
        """Add documents, replacing those of the same id; on return they are committed.

        Chunks keep their numbers. A document that holds one of these numbers is out of date, and goes, too.
        """
        chunks = [number for each in documents for number in each.parts.numbers]
        holders = self._connection.execute("SELECT document_id FROM chunks WHERE id = ANY(?)", (chunks,))
        with self._transaction() as connection:
            self._delete([*(each.parts.document.id for each in documents), *(id for (id,) in holders)])
            for table, rows in _rows_of(documents).items():
                columns = _COLUMNS[table]
                connection.copy(table, ", ".join(columns), packed(tuple(columns.values()), rows))
            connection.execute(_MORE, (chunks,))
            self._count(chunks, 1)

    def remove(self, ids: Sequence[str]) -> None:
        """Drop documents by id."""
        if ids:
            with self._transaction():
                self._delete(ids)

    def _delete(self, ids: Sequence[str]) -> None:
        execute = self._connection.execute
        found = [number for (number,) in execute("SELECT id FROM chunks WHERE document_id = ANY(?)", (list(ids),))]
        if found:
            self._count(found, -1)
            execute(_FEWER, (found,))
            for table in ("token_embeddings", "vectors"):
                execute(f"DELETE FROM {table} WHERE chunk_id = ANY(?)", (found,))
            execute("DELETE FROM chunks WHERE id = ANY(?)", (found,))
        execute("DELETE FROM places WHERE document_id = ANY(?)", (list(ids),))
        execute("DELETE FROM documents WHERE id = ANY(?)", (list(ids),))

    def _count(self, chunks: Sequence[int], sign: int) -> None:
        """Add some chunks to the statistics of all, or take them off."""
        query = "SELECT count(*), coalesce(sum(length), 0) FROM chunks WHERE id = ANY(?)"
        ((number, length),) = self._connection.execute(query, (chunks,))
        for key, change in (("chunks", number), ("tokens", length)):
            self._connection.execute(
                "UPDATE meta SET value = value::bigint + ?::bigint WHERE key = ?", (sign * change, key)
            )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All of it or nothing; a new generation."""
        with self._connection.transaction():
            yield self._connection
            self._connection.execute("UPDATE meta SET value = value::bigint + 1 WHERE key = 'generation'")

    def finish(self, hnsw_from: int = HNSW_FROM) -> tuple[int, int]:
        """Tidy up, make the HNSW index if the chunks are many, and note that the run has ended.

        Returns:
            how many chunks there are, and the generation.
        """
        connection = self._connection
        connection.execute("DELETE FROM terms WHERE chunks = 0")
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        chunks = int(meta["chunks"])
        if chunks >= hnsw_from and "hnsw" not in meta:
            create_hnsw(connection, self._settings.dim)
        for shard in self._shards:
            finish_shard(shard, self._settings.dim, hnsw=chunks >= hnsw_from)
        for table in (*_COLUMNS, "terms", "meta"):
            connection.execute(f"VACUUM (ANALYZE) {table}")  # so that searches need look at the indexes alone
        connection.execute("DELETE FROM meta WHERE key = 'unfinished'")
        return chunks, int(meta["generation"])

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _rows_of(documents: Sequence[ExportedDocument]) -> dict[str, list[Row]]:
    """The rows of some documents, by table, in the order of `_COLUMNS`."""
    rows: dict[str, list[Row]] = {table: [] for table in _COLUMNS}
    for each in documents:
        parts, document, place = each.parts, each.parts.document, each.parts.place
        rows["documents"].append(
            (
                *(document.id, document.title, document.text, document.source, document.url, document.published),
                *(document.language, document.sha256, json.dumps(document.pages), document.place),
            )
        )
        rows["places"].append(
            (document.id, place.file, place.origin, place.digest, each.fingerprint, place.line, parts.row)
        )
        for number, chunk, signs, vector_, terms in zip(
            parts.numbers, parts.chunks, parts.sign_bits, parts.vectors, each.terms, strict=True
        ):
            rows["chunks"].append((number, document.id, chunk.position, chunk.start, chunk.end, len(terms)))
            rows["token_embeddings"].append((number, signs))
            rows["vectors"].append((number, vector_))
            counted = Counter(terms).items()
            rows["postings"] += [(term, number, frequency, len(terms)) for term, frequency in counted]
    return rows
