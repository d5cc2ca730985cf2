"""The index on disk: SQLite is the one manifest, vector files lie beside it.

    INDEX/
      store.db          documents, chunks, terms (FTS5), token states, settings, and the list of vector files
      vectors/<n>.npy   unit rows, never changed once written; where they are many, <n>.sketch finds among them
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
from typing import TYPE_CHECKING, Any, Self

from index.errors import MismatchedIndex, MissingIndex
from index.store.schema import APPLICATION_ID, SCHEMA_VERSION, connect, translated
from index.store.snapshot import Snapshot, VectorFile
from index.store.vector_files import open_sketch, open_vectors

if TYPE_CHECKING:
    import apsw
    import numpy as np
    from numpy.typing import NDArray

SNAPSHOT_ATTEMPTS = 5
REMEMBERED_TERMS = 50_000


class IndexReader:
    """An index opened for reading. Many may be open while one writer commits.

    Example:
        with IndexReader(folder) as reader, reader.snapshot() as snapshot:
            print(snapshot.counts())
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder.

        Raises:
            MissingIndex: there is none.
            DamagedIndex: there is one, but it cannot be read.
        """
        self.folder = folder
        self._mapped: dict[int, NDArray[np.float32]] = {}
        self._sketches: dict[int, Any] = {}
        self._held: tuple[int, dict[str, int]] = -1, {}
        self._lock = threading.RLock()
        with translated(folder):
            if not (folder / "store.db").is_file():
                raise MissingIndex(f"no index in {folder}", f"kenes index PATH --index {shlex.quote(str(folder))}")
            self.connection = self._connect()
            try:
                self._check_kind()
            except BaseException:
                self.connection.close()
                raise

    def _connect(self) -> "apsw.Connection":
        return connect(self.folder / "store.db", write=False)

    def _check_kind(self) -> None:
        version = self.connection.pragma("user_version")
        if version == 0:
            raise MissingIndex(
                f"the index in {self.folder} was never finished",
                f"kenes index PATH --index {shlex.quote(str(self.folder))}",
            )
        if self.connection.pragma("application_id") != APPLICATION_ID:
            raise MismatchedIndex(f"{self.folder / 'store.db'} is no Kenes index", "name another folder with --index")
        if version != SCHEMA_VERSION:
            sources = self.connection.execute("SELECT value FROM meta WHERE key = 'sources'").get
            raise MismatchedIndex(
                f"the index in {self.folder} was made by another version of Kenes",
                remake(self.folder, json.loads(sources or "[]")),
            )

    @contextlib.contextmanager
    def snapshot(self, *, search: bool = False) -> Iterator[Snapshot]:
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

    def _begin(self, search: bool) -> Snapshot:
        for attempt in range(SNAPSHOT_ATTEMPTS):
            self.connection.execute("BEGIN")
            try:
                snapshot = Snapshot(self)
                if search:
                    self._mapped = snapshot.all_vectors()
                    files = snapshot.vector_files()
                    self._sketches = {file.id: sketch for file in files if (sketch := self.sketch(file))}
                return snapshot
            except FileNotFoundError:  # a writer replaced it after this transaction began: look again
                self.connection.execute("ROLLBACK")
                if attempt == SNAPSHOT_ATTEMPTS - 1:
                    raise
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
        raise AssertionError("unreachable")

    def vectors(self, file: VectorFile, dim: int) -> "NDArray[np.float32]":
        """The rows of a vector file, mapped once and kept."""
        if file.id not in self._mapped:
            self._mapped[file.id] = open_vectors(vector_path(self.folder, file.id), file.crc32, (file.rows, dim))
        return self._mapped[file.id]

    def sketch(self, file: VectorFile) -> Any:
        """The sketch of a vector file, read once and kept; None if it has none."""
        if file.sketch_crc32 is None:
            return None
        if file.id not in self._sketches:
            self._sketches[file.id] = open_sketch(sketch_path(self.folder, file.id), file.sketch_crc32, file.rows)
        return self._sketches[file.id]

    def held(self, generation: int) -> dict[str, int]:
        """How many chunks hold a term, for those terms of a generation that have been counted; kept until there are many."""
        if self._held[0] != generation or len(self._held[1]) > REMEMBERED_TERMS:
            self._held = generation, {}
        return self._held[1]

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


def vector_path(folder: Path, file: int) -> Path:
    """Where the vector file of a number lies."""
    return folder / "vectors" / f"{file}.npy"


def sketch_path(folder: Path, file: int) -> Path:
    """Where the sketch of a vector file lies."""
    return folder / "vectors" / f"{file}.sketch"
