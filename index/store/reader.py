"""The index on disk: SQLite is the one manifest, vector files lie beside it.

    INDEX/
      store.db          documents, chunks, terms (FTS5), token embeddings, settings, and the list of vector files
      vectors/<n>.npy   unit rows, never changed once written; large ones have a quantized index <n>.sketch
      writer.lock       held by the one writer

A commit writes a vector file, makes it last, and then runs one SQLite transaction: what the transaction does not name
does not exist. Every page of `store.db` carries a checksum (SQLite's cksumvfs), every vector file a CRC in the
manifest. A reader holds one transaction for each question, so it sees one generation of everything.
"""

import contextlib
import json
import shlex
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from index.errors import MismatchedIndex, MissingIndex
from index.store.schema import APPLICATION_ID, SCHEMA_VERSION, connect, translated
from index.store.snapshot import LocalSnapshot
from index.store.sql_snapshot import RememberedCounts
from index.store.types import INDEX_VERSION, model_of, settings_of
from index.store.vectors.vector_files import VectorFiles

SNAPSHOT_ATTEMPTS = 5


class IndexReader:
    """An index opened for reading. Many may be open while one writer commits.

    Example:
        with IndexReader(folder) as reader, reader.snapshot() as snapshot:
            print(snapshot.counts())
    """

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        """Open the index in a folder.

        Args:
            folder: the index.
            write: open the connection for writing, too; for `IndexWriter`.

        Raises:
            MissingIndex: there is none.
            MismatchedIndex: it was made by another version of Kenes.
            DamagedIndex: there is one, but it cannot be read.
        """
        self.folder = folder
        self._term_counts = RememberedCounts()
        self._lock = threading.RLock()
        with translated(folder):
            if not (folder / "store.db").is_file():
                raise MissingIndex(f"no index in {folder}", f"kenes index PATH --index {shlex.quote(str(folder))}")
            self.connection = connect(folder / "store.db", write=write)
            try:
                self._check_kind()
                self.vectors = VectorFiles(folder / "vectors", settings_of(self._meta()).dim)
            except BaseException:
                self.connection.close()
                raise

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.folder)

    @property
    def cache(self) -> Path:
        """The folder, too."""
        return self.folder

    def size(self) -> int:
        """How many bytes the folder takes."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def _check_kind(self) -> None:
        version = self.connection.pragma("user_version")
        if version == 0:
            raise MissingIndex(
                f"the index in {self.folder} was never finished",
                f"kenes index PATH --index {shlex.quote(str(self.folder))}",
            )
        if self.connection.pragma("application_id") != APPLICATION_ID:
            raise MismatchedIndex(f"{self.folder / 'store.db'} is no Kenes index", "name another folder with --index")
        if version != SCHEMA_VERSION or settings_of(self._meta()).version != INDEX_VERSION:
            raise MismatchedIndex(
                f"the index in {self.folder} was made by another version of Kenes", self.remake_command()
            )

    def _meta(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT key, value FROM meta"))

    def remake_command(self) -> str:
        meta = self._meta()
        return remake(self.folder, json.loads(meta.get("sources", "[]")), model_of(meta))

    @contextlib.contextmanager
    def snapshot(self, *, search: bool = False) -> Iterator[LocalSnapshot]:
        """Everything read inside sees the same generation.

        Args:
            search: also map the vector files of that generation, so that a writer cannot take them away meanwhile.
        """
        with self._lock, translated(self.folder):
            snapshot = self._begin(search)
            try:
                yield snapshot
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def _begin(self, search: bool) -> LocalSnapshot:
        for attempt in range(SNAPSHOT_ATTEMPTS):
            self.connection.execute("BEGIN")
            try:
                snapshot = LocalSnapshot(self.connection.execute, self.vectors, self._term_counts)
                if search:
                    self.vectors.open(snapshot.vector_files())
                return snapshot
            except FileNotFoundError:  # a writer replaced it after this transaction began: look again
                self.connection.execute("ROLLBACK")
                if attempt == SNAPSHOT_ATTEMPTS - 1:
                    raise
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def remake(folder: Path, sources: Sequence[str], model: str | None = None) -> str:
    """The command that builds an index again from the same sources."""
    named = " ".join(map(shlex.quote, sources)) or "PATH"
    with_model = f"--model {shlex.quote(model)} " if model else ""
    where = shlex.quote(str(folder))
    return f"rm -r {where} && kenes index {named} {with_model}--index {where}"
