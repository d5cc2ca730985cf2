"""Writes an index: one writer at a time, each commit wholly there or not at all."""

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.articles.document import document_id
from index.errors import InputError, MismatchedIndex
from index.store.reader import IndexReader, remake, sketch_path, vector_path
from index.store.schema import connect, create, translated
from index.store.snapshot import DOCUMENT_COLUMNS, Settings, VectorFile
from index.store.vector_files import SKETCHED, gather, sync_folder, write_sketch, write_vectors
from index.types import Article, Chunk, Document

if TYPE_CHECKING:
    import apsw
    import numpy as np
    from numpy.typing import NDArray

# Compaction: more files than this, or more dead rows than this share, are written anew as one file.
MAX_FILES = 16
MAX_DEAD = 0.25


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document ready to be committed: its article's address and digest, its chunks, their terms and their packed states."""

    article: Article
    document: Document
    chunks: list[Chunk]
    terms: list[list[str]]
    states: list[bytes]


class IndexWriter(IndexReader):
    """An index opened for writing; makes it if it is not there. Only one at a time, readers do not mind.

    Raises:
        BusyIndex: another process is writing it.
        MismatchedIndex: it was made with other settings.
        InputError: the folder holds something else.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        from filelock import FileLock

        self._take_folder(folder)
        self._writer_lock = FileLock(folder / "writer.lock")
        with translated(folder):
            self._writer_lock.acquire(timeout=0)
        try:
            with translated(folder):
                create(folder, asdict(settings))
            super().__init__(folder)
            self._check_settings(settings)
            self._remove_orphans()
        except BaseException:
            self._writer_lock.release()
            raise

    @staticmethod
    def _take_folder(folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder} is a file, and an index is a folder", "name another with --index")
        ours = {"store.db", "store.db-wal", "store.db-shm", "vectors", "writer.lock", "cache"}
        with translated(folder):
            others = sorted({path.name for path in folder.iterdir()} - ours) if folder.is_dir() else []
            if others and not (folder / "store.db").is_file():
                raise InputError(f"{folder} is no index: it holds {others[0]}", "name a new folder with --index")
            (folder / "vectors").mkdir(parents=True, exist_ok=True)

    def _connect(self) -> "apsw.Connection":
        return connect(self.folder / "store.db", write=True)

    def _check_settings(self, settings: Settings) -> None:
        with self.snapshot(search=True) as snapshot:  # a damaged index is not built upon
            made, sources = snapshot.settings, json.loads(snapshot.meta["sources"])
        if made != settings:
            old, new = asdict(made), asdict(settings)
            differences = ", ".join(f"{k} {str(old[k])[:20]} (now {str(new[k])[:20]})" for k in old if old[k] != new[k])
            raise MismatchedIndex(
                f"the index in {self.folder} was made with {differences}", remake(self.folder, sources, settings.model)
            )

    def _remove_orphans(self) -> None:
        listed = {row[0] for row in self.connection.execute("SELECT id FROM vector_files")}
        for path in (self.folder / "vectors").iterdir():
            if not (path.suffix in (".npy", ".sketch") and path.stem.isdigit() and int(path.stem) in listed):
                path.unlink()

    def commit(self, prepared: Sequence[IndexedDocument], vectors: "NDArray[np.float32]") -> None:
        """Add documents, replacing those of the same id; on return they are on disk for good.

        Args:
            vectors: a row for each chunk, in order, shape (chunks, dim).

        Raises:
            FullDisk: no room; the index is as it was.
        """
        with translated(self.folder):
            file, crcs = self._write(vectors)
            with self._transaction() as execute:
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?, ?)", (file, len(vectors), len(vectors), *crcs))
                row = 0
                for item in prepared:
                    self._delete(item.document.id)
                    self._insert(item, file, row)
                    row += len(item.chunks)

    def _insert(self, item: IndexedDocument, file: int, row: int) -> None:
        execute, article, doc = self.connection.execute, item.article, item.document
        execute(
            f"INSERT INTO documents ({DOCUMENT_COLUMNS}, file, origin, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(doc.id, doc.title, doc.text, doc.source, doc.url, doc.published, doc.language, doc.sha256),
                *(article.file, article.origin, article.digest),
            ),
        )
        for offset, (chunk, terms, states) in enumerate(zip(item.chunks, item.terms, item.states, strict=True)):
            id = execute(
                'INSERT INTO chunks (document_id, position, start, "end", vector_file, vector_row) '
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (doc.id, chunk.position, chunk.start, chunk.end, file, row + offset),
            ).get
            execute("INSERT INTO terms (rowid, body) VALUES (?, ?)", (id, " ".join(terms)))
            execute("INSERT INTO states VALUES (?, ?)", (id, states))

    def remove(self, ids: Sequence[str]) -> None:
        """Drop documents by id."""
        with translated(self.folder), self._transaction():
            for id in ids:
                self._delete(id)

    def move(self, articles: Sequence[Article]) -> None:
        """Note where unchanged articles are found now."""
        with translated(self.folder), self._transaction() as execute:
            for article in articles:
                values = (article.file, article.origin, document_id(article))
                execute("UPDATE documents SET file = ?, origin = ? WHERE id = ?", values)

    def _delete(self, id: str) -> None:
        execute = self.connection.execute
        execute(
            "UPDATE vector_files SET live = live - dead.n FROM (SELECT vector_file, count(*) AS n FROM chunks "
            "WHERE document_id = ? GROUP BY 1) AS dead WHERE dead.vector_file = vector_files.id",
            (id,),
        )
        execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM chunks WHERE document_id = ?)", (id,))
        execute("DELETE FROM states WHERE chunk_id IN (SELECT id FROM chunks WHERE document_id = ?)", (id,))
        execute("DELETE FROM chunks WHERE document_id = ?", (id,))
        execute("DELETE FROM documents WHERE id = ?", (id,))

    def remember_sources(self, sources: Sequence[str]) -> None:
        """Keep the paths that the index is made from, for the command that makes it anew."""
        with self.snapshot() as snapshot:
            before = json.loads(snapshot.meta["sources"])
        if merged := [source for source in sources if source not in before]:
            with translated(self.folder), self._transaction() as execute:
                execute("UPDATE meta SET value = ? WHERE key = 'sources'", (json.dumps(before + merged),))

    def centre(self, make: "Callable[[], NDArray[np.float32]]") -> "NDArray[np.float32]":
        """What token states are packed from, the same for the index's whole life; made when it is new."""
        import numpy as np

        with self.snapshot() as snapshot:
            if "centre" in snapshot.meta:
                return snapshot.centre
        made = make().astype(np.float32)
        with translated(self.folder), self._transaction() as execute:
            execute("INSERT INTO meta VALUES ('centre', ?)", (json.dumps(made.tolist()),))
        return made

    def compact(self) -> None:
        """Write the living vectors of files with many dead rows, and of small files if there are many, into one file."""
        with self.snapshot() as snapshot:
            merged = to_merge(snapshot.vector_files())
            if not merged:
                return
            places = snapshot.rows(
                "SELECT id, vector_file, vector_row FROM chunks "
                "WHERE vector_file IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(merged),),
            ).fetchall()
            rows = gather(snapshot.all_vectors(), [place[1:] for place in places], snapshot.settings.dim)
        with translated(self.folder):
            file, crcs = self._write(rows)
            with self._transaction() as execute:
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?, ?)", (file, len(rows), len(rows), *crcs))
                execute(
                    "UPDATE vector_files SET live = 0 WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps(merged),),
                )
                for row, place in enumerate(places):
                    execute("UPDATE chunks SET vector_file = ?, vector_row = ? WHERE id = ?", (file, row, place[0]))

    def _write(self, rows: "NDArray[np.float32]") -> tuple[int, tuple[int, int | None]]:
        """Write rows to a new file, with a sketch if they are many; its number, and both CRCs."""
        file = self._next_file()
        crc = write_vectors(vector_path(self.folder, file), rows)
        many = len(rows) >= SKETCHED
        return file, (crc, write_sketch(sketch_path(self.folder, file), rows) if many else None)

    def _next_file(self) -> int:
        # AUTOINCREMENT's own counter, so that a number is never used twice
        last = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'vector_files'").get
        return (last or 0) + 1

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Any]:
        """One generation: all of it or nothing. Files that it leaves without a living row go afterwards."""
        execute: Callable[..., Any] = self.connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            yield execute
            dead = [row[0] for row in execute("DELETE FROM vector_files WHERE live = 0 RETURNING id").fetchall()]
            execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                execute("ROLLBACK")
            raise
        for file in dead:
            self._mapped.pop(file, None)
            self._sketches.pop(file, None)
            for path in (vector_path(self.folder, file), sketch_path(self.folder, file)):
                path.unlink(missing_ok=True)
        if dead:
            sync_folder(self.folder / "vectors")

    def close(self) -> None:
        try:
            with translated(self.folder):
                super().close()
        finally:
            self._writer_lock.release()


def to_merge(files: Sequence[VectorFile]) -> list[int]:
    """The numbers of the files to write anew as one; none if all is well.

    Where files are too many, the largest stay as long as each is larger than all that are smaller taken together: what
    is written anew is then, in the long run, a few times what was added, however large the index.

    >>> to_merge([VectorFile(1, 1000, 990, 0, None), VectorFile(2, 10, 10, 0, None), VectorFile(3, 100, 50, 0, None)])
    [3]
    """
    wasteful = [file.id for file in files if file.rows - file.live > MAX_DEAD * file.rows]
    if len(files) <= MAX_FILES:
        return wasteful
    ordered = sorted(files, key=lambda file: file.live)
    below = list(accumulate((file.live for file in ordered), initial=0))
    count = len(ordered)
    while count > MAX_FILES // 2 and ordered[count - 1].live > below[count - 1]:
        count -= 1
    return sorted({*wasteful, *(file.id for file in ordered[:count])})
