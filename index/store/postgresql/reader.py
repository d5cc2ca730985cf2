"""An index in PostgreSQL opened for reading: each question in one transaction, on a connection that comes back after an outage."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from index.embedding.model_cache import models_folder
from index.errors import MismatchedIndex, MissingIndex, UnreachableIndex
from index.store.postgresql.address import Address, export_command
from index.store.postgresql.connection import Connection
from index.store.postgresql.schema import SCHEMA_VERSION, is_there
from index.store.postgresql.snapshot import CANDIDATES, PostgresSnapshot
from index.store.sql_snapshot import RememberedCounts
from index.store.types import INDEX_VERSION, settings_of


class PostgresReader:
    """An index in PostgreSQL opened for reading; see `index.store.protocol.OpenIndex`."""

    def __init__(self, address: Address, *, exact: bool = False) -> None:
        """Open the index.

        Args:
            address: of the database, with one host or several.
            exact: compare all vectors, where there is an HNSW index, too.

        Raises:
            MissingIndex: there is none.
            MismatchedIndex: it was made by another version of Kenes.
            UnreachableIndex: no host replies.
        """
        self.address = address
        self._exact = exact
        self._term_counts = RememberedCounts()
        self._lock = threading.RLock()
        self._connection: Connection | None = self._connect()

    def _connect(self) -> Connection:
        connection = Connection(self.address)
        try:
            self._check_kind(connection)
            connection.script(f"SET hnsw.ef_search = {CANDIDATES}; SET hnsw.iterative_scan = relaxed_order")
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_kind(self, connection: Connection) -> None:
        if not is_there(connection):
            raise MissingIndex(f"no index in {self.name}", export_command(self.address))
        made = dict(connection.execute("SELECT key, value FROM meta"))
        if made.get("schema_version") != SCHEMA_VERSION or settings_of(made).version != INDEX_VERSION:
            raise MismatchedIndex(
                f"the index in {self.name} was made by another version of Kenes", self.remake_command()
            )

    def remake_command(self) -> str:
        return export_command(self.address, anew=True)

    @property
    def name(self) -> str:
        """The address without the password."""
        return str(self.address)

    @property
    def cache(self) -> Path:
        """A folder in the user's cache."""
        key = hashlib.sha256(self.name.encode()).hexdigest()[:16]
        return models_folder().with_name("postgresql") / key

    def size(self) -> int:
        """How many bytes the tables and their indexes take."""
        return sum(self.table_sizes().values())

    def table_sizes(self) -> dict[str, int]:
        """How many bytes each table takes with its indexes."""
        query = (
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relnamespace = ?::regnamespace AND relkind = 'r' ORDER BY 2 DESC"
        )
        with self._lock, self._transaction() as connection:
            return dict(connection.execute(query, (self.address.schema,)))

    @contextmanager
    def snapshot(self, *, search: bool = False) -> Iterator[PostgresSnapshot]:  # noqa: ARG002
        """Everything read inside sees the same generation; `search` makes no difference here.

        Raises:
            UnreachableIndex: the database is gone. The next snapshot connects again.
        """
        with self._lock, self._transaction() as connection:
            yield PostgresSnapshot(connection, self._term_counts, exact=self._exact)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        connection = self._begun()
        try:
            yield connection
            connection.execute("ROLLBACK")
        except UnreachableIndex:
            self.close()
            raise
        except BaseException:
            connection.roll_back()
            raise

    def _begun(self) -> Connection:
        """A connection with a transaction begun; a new one if the old one is gone."""
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if self._connection is not None:
            try:
                self._connection.execute(begin)
                return self._connection
            except UnreachableIndex:
                self.close()
        self._connection = self._connect()
        self._connection.execute(begin)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
