"""The index on disk: SQLite is the one manifest, vector files lie beside it.

    INDEX/
      store.db          documents, chunks, terms (FTS5), settings, and the list of vector files
      vectors/<n>.npy   unit rows, never changed once written
      writer.lock       held by the one writer

A commit writes a vector file, makes it last, and then runs one SQLite transaction: what the transaction does not name
does not exist. Every page of `store.db` carries a checksum (SQLite's cksumvfs), every vector file a CRC in the
manifest. A reader holds one transaction for each question, so it sees one generation of everything.
"""

import contextlib
import errno
import functools
import json
import os
import shlex
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from index.articles import document_id
from index.errors import BusyIndex, DamagedIndex, FullDisk, InputError, MismatchedIndex, MissingIndex
from index.types import Article, Chunk, Document
from index.vectors import gather, nearest, open_vectors, sync_folder, write_vectors

if TYPE_CHECKING:
    import apsw
    import numpy as np
    from numpy.typing import NDArray

SCHEMA_VERSION = 1
APPLICATION_ID = 0x4B454E45  # "KENE"
# Compaction: more files than this, or more dead rows than this share, are written anew as one file.
MAX_FILES = 16
MAX_DEAD = 0.25
SNAPSHOT_ATTEMPTS = 5

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, origin TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, source TEXT, url TEXT, published TEXT, language TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_file ON documents (file);
CREATE TABLE vector_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, rows INTEGER NOT NULL, live INTEGER NOT NULL, crc32 INTEGER NOT NULL
) STRICT;
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    vector_file INTEGER NOT NULL REFERENCES vector_files (id), vector_row INTEGER NOT NULL
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document_id);
CREATE UNIQUE INDEX chunks_by_vector ON chunks (vector_file, vector_row);
CREATE VIRTUAL TABLE terms USING fts5 (body, content='', contentless_delete=1, tokenize='ascii');
"""
_DOCUMENT = "id, title, text, source, url, published, language, sha256"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was made with; vectors and terms made otherwise cannot be compared with its own."""

    model: str
    model_sha256: str
    dim: int
    chunk_size: int
    version: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be committed: its article's address and digest, its chunks and their terms."""

    article: Article
    document: Document
    chunks: list[Chunk]
    terms: list[list[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a document's origin."""

    id: str
    file: str
    origin: str
    digest: str


class Snapshot:
    """One generation of an index, as seen between the two ends of `Reader.snapshot()`."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.folder = reader.folder
        self.rows: Callable[..., Any] = reader.connection.execute
        self.meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
        self.generation = int(self.meta["generation"])
        self.settings = Settings(**json.loads(self.meta["settings"]))

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks there are."""
        row = self.rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM chunks)").get
        return row[0], row[1]

    def languages(self) -> dict[str, int]:
        """How many documents there are in each language."""
        return dict(self.rows("SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC"))

    def known(self) -> Iterator[Known]:
        """Where every document came from."""
        for row in self.rows("SELECT id, file, origin, digest FROM documents ORDER BY rowid"):
            yield Known(*row)

    def listing(self) -> Iterator[tuple[str, str, str | None, str]]:
        """Id, language, date and title of every document, by title."""
        yield from self.rows("SELECT id, language, published, title FROM documents ORDER BY title, id")

    def has_document(self, id: str) -> bool:
        """Whether there is a document of that id."""
        return bool(self.rows("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone())

    def document(self, id: str) -> Document | None:
        """The document of that id, or None."""
        row = self.rows(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", (id,)).fetchone()
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

    def match(self, terms: Sequence[str], limit: int, documents: Sequence[str] | None) -> list[tuple[int, float]]:
        """Chunks that hold any of the terms, by BM25 (k1 1.2, b 0.75), best first.

        Args:
            terms: words as `index.terms` makes them; they are quoted, so operators in them mean nothing.
            documents: look only in these, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and score, higher is better.
        """
        if not terms:
            return []
        query = " OR ".join(map(_quoted, terms))
        within = "" if documents is None else f"AND rowid IN ({_CHUNKS_OF})"
        values: list[Any] = [query] if documents is None else [query, json.dumps(list(documents))]
        return [
            (id, -score)
            for id, score in self.rows(
                f"SELECT rowid, bm25(terms) FROM terms WHERE terms MATCH ? {within} ORDER BY 2, 1 LIMIT {int(limit)}",
                values,
            )
        ]

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms."""
        count = "SELECT count(*) FROM terms WHERE terms MATCH ?"
        return {term: self.rows(count, (_quoted(term),)).get for term in terms}

    def nearest(
        self, vector: "NDArray[np.float32]", limit: int, documents: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """Chunks whose vectors have the largest inner product with a vector, exact, best first.

        Args:
            vector: unit, float32, shape (dim,).
            documents: look only in these, or everywhere for None.

        Returns:
            at most `limit` pairs of chunk number and cosine.
        """
        if documents is not None:
            return self._nearest_within(vector, limit, documents)
        hits: list[tuple[int, float]] = []
        for file, rows, live, crc in self.vector_files():
            vectors = self._reader.vectors(file, (rows, self.settings.dim), crc)
            scores = dict(nearest(vectors, vector, limit + rows - live))
            for id, row in self.rows(
                "SELECT id, vector_row FROM chunks WHERE vector_file = ? AND vector_row IN (SELECT value FROM json_each(?))",
                (file, json.dumps(list(scores))),
            ):
                hits.append((id, scores[row]))
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _nearest_within(
        self, vector: "NDArray[np.float32]", limit: int, documents: Sequence[str]
    ) -> list[tuple[int, float]]:
        places = self.rows(
            f"SELECT id, vector_file, vector_row FROM chunks WHERE id IN ({_CHUNKS_OF}) ORDER BY id",
            (json.dumps(list(documents)),),
        ).fetchall()
        rows = gather(self.all_vectors(), [place[1:] for place in places], self.settings.dim)
        return [(places[row][0], score) for row, score in nearest(rows, vector, limit)]

    def all_vectors(self) -> "dict[int, NDArray[np.float32]]":
        """Every vector file by number, each (rows, dim); rows of deleted chunks are still in them."""
        shape = self.settings.dim
        return {file: self._reader.vectors(file, (rows, shape), crc) for file, rows, _, crc in self.vector_files()}

    def vector_files(self) -> list[tuple[int, int, int, int]]:
        """Number, rows, rows in use and CRC-32 of every vector file."""
        files: list[tuple[int, int, int, int]] = self.rows(
            "SELECT id, rows, live, crc32 FROM vector_files ORDER BY id"
        ).fetchall()
        return files


_CHUNKS_OF = "SELECT id FROM chunks WHERE document_id IN (SELECT value FROM json_each(?))"


def _quoted(term: str) -> str:
    """A term as FTS5 takes it literally, whatever it holds."""
    return '"' + term.replace('"', '""') + '"'


class Reader:
    """An index opened for reading. Many may be open while one writer commits.

    Example:
        with Reader(folder) as reader, reader.snapshot() as snapshot:
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
        self._lock = threading.RLock()
        if not (folder / "store.db").is_file():
            raise MissingIndex(f"no index in {folder}\nmake one: kenes index PATH --index {shlex.quote(str(folder))}")
        with translated(folder):
            self.connection = self._connect()
            self._check_kind()

    def _connect(self) -> "apsw.Connection":
        return connect(self.folder / "store.db", write=False)

    def _check_kind(self) -> None:
        version = self.connection.pragma("user_version")
        if version == 0:
            raise MissingIndex(
                f"the index in {self.folder} was never finished\n"
                f"make it: kenes index PATH --index {shlex.quote(str(self.folder))}"
            )
        if self.connection.pragma("application_id") != APPLICATION_ID or version != SCHEMA_VERSION:
            raise MismatchedIndex(
                f"{self.folder / 'store.db'} is no Kenes index of version {SCHEMA_VERSION}\n"
                "name another folder with --index, or remove this one and index again"
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
                return snapshot
            except FileNotFoundError:  # a writer replaced it after this transaction began: look again
                self.connection.execute("ROLLBACK")
                if attempt == SNAPSHOT_ATTEMPTS - 1:
                    raise
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
        raise AssertionError("unreachable")

    def vectors(self, file: int, shape: tuple[int, int], crc: int) -> "NDArray[np.float32]":
        """A vector file by its number, mapped once and kept."""
        if file not in self._mapped:
            self._mapped[file] = open_vectors(vector_path(self.folder, file), crc, shape)
        return self._mapped[file]

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Writer(Reader):
    """An index opened for writing; makes it if it is not there. Only one at a time, readers do not mind.

    Raises:
        BusyIndex: another process is writing it.
        MismatchedIndex: it was made with other settings.
        InputError: the folder holds something else.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        from filelock import FileLock, Timeout

        self._take_folder(folder)
        self._writer_lock = FileLock(folder / "writer.lock")
        try:
            self._writer_lock.acquire(timeout=0)
        except Timeout:
            raise BusyIndex(f"another process is writing the index in {folder}\nwait until it has ended") from None
        try:
            with translated(folder):
                create(folder, settings)
            super().__init__(folder)
            self._check_settings(settings)
            self._remove_orphans()
        except BaseException:
            self._writer_lock.release()
            raise

    @staticmethod
    def _take_folder(folder: Path) -> None:
        ours = {"store.db", "store.db-wal", "store.db-shm", "vectors", "writer.lock", "cache"}
        with translated(folder):
            others = sorted({path.name for path in folder.iterdir()} - ours) if folder.is_dir() else []
            if others and not (folder / "store.db").is_file():
                raise InputError(f"{folder} is no index: it holds {others[0]}\nname a new folder with --index")
            (folder / "vectors").mkdir(parents=True, exist_ok=True)

    def _connect(self) -> "apsw.Connection":
        return connect(self.folder / "store.db", write=True)

    def _check_settings(self, settings: Settings) -> None:
        with self.snapshot() as snapshot:
            made, sources = snapshot.settings, json.loads(snapshot.meta["sources"])
        if made != settings:
            old, new = asdict(made), asdict(settings)
            differences = ", ".join(f"{k} {str(old[k])[:20]} (now {str(new[k])[:20]})" for k in old if old[k] != new[k])
            raise MismatchedIndex(
                f"the index in {self.folder} was made with {differences}\n"
                f"make it anew: rm -r {shlex.quote(str(self.folder))} && kenes index "
                f"{' '.join(map(shlex.quote, sources)) or 'PATH'} --model {shlex.quote(settings.model)} "
                f"--index {shlex.quote(str(self.folder))}"
            )

    def _remove_orphans(self) -> None:
        listed = {row[0] for row in self.connection.execute("SELECT id FROM vector_files")}
        for path in (self.folder / "vectors").iterdir():
            if not (path.suffix == ".npy" and path.stem.isdigit() and int(path.stem) in listed):
                path.unlink()

    def commit(self, prepared: Sequence[Prepared], vectors: "NDArray[np.float32]") -> None:
        """Add documents, replacing those of the same id; on return they are on disk for good.

        Args:
            vectors: a row for each chunk, in order, shape (chunks, dim).

        Raises:
            FullDisk: no room; the index is as it was.
        """
        with translated(self.folder):
            file = self._next_file()
            crc = write_vectors(vector_path(self.folder, file), vectors)
            with self._transaction() as execute:
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?)", (file, len(vectors), len(vectors), crc))
                row = 0
                for item in prepared:
                    self._delete(item.document.id)
                    self._insert(item, file, row)
                    row += len(item.chunks)

    def _insert(self, item: Prepared, file: int, row: int) -> None:
        execute, article, doc = self.connection.execute, item.article, item.document
        execute(
            f"INSERT INTO documents ({_DOCUMENT}, file, origin, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(doc.id, doc.title, doc.text, doc.source, doc.url, doc.published, doc.language, doc.sha256),
                *(article.file, article.origin, article.digest),
            ),
        )
        for offset, (chunk, terms) in enumerate(zip(item.chunks, item.terms, strict=True)):
            id = execute(
                'INSERT INTO chunks (document_id, position, start, "end", vector_file, vector_row) '
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (doc.id, chunk.position, chunk.start, chunk.end, file, row + offset),
            ).get
            execute("INSERT INTO terms (rowid, body) VALUES (?, ?)", (id, " ".join(terms)))

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
        execute("DELETE FROM chunks WHERE document_id = ?", (id,))
        execute("DELETE FROM documents WHERE id = ?", (id,))

    def remember_sources(self, sources: Sequence[str]) -> None:
        """Keep the paths that the index is made from, for the command that makes it anew."""
        with self.snapshot() as snapshot:
            before = json.loads(snapshot.meta["sources"])
        if merged := [source for source in sources if source not in before]:
            with translated(self.folder), self._transaction() as execute:
                execute("UPDATE meta SET value = ? WHERE key = 'sources'", (json.dumps(before + merged),))

    def compact(self) -> None:
        """Write the living vectors into one file, if there are many files or many dead rows."""
        with self.snapshot() as snapshot:
            files = snapshot.vector_files()
            total, live = sum(file[1] for file in files), sum(file[2] for file in files)
            if len(files) <= MAX_FILES and total - live <= MAX_DEAD * total:
                return
            places = snapshot.rows("SELECT id, vector_file, vector_row FROM chunks ORDER BY id").fetchall()
            rows = gather(snapshot.all_vectors(), [place[1:] for place in places], snapshot.settings.dim)
        with translated(self.folder):
            file = self._next_file()
            crc = write_vectors(vector_path(self.folder, file), rows)
            with self._transaction() as execute:
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?)", (file, len(rows), len(rows), crc))
                for row, place in enumerate(places):
                    execute("UPDATE chunks SET vector_file = ?, vector_row = ? WHERE id = ?", (file, row, place[0]))
                execute("UPDATE vector_files SET live = 0 WHERE id != ?", (file,))

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
            vector_path(self.folder, file).unlink(missing_ok=True)
        if dead:
            sync_folder(self.folder / "vectors")

    def close(self) -> None:
        try:
            with translated(self.folder):
                super().close()
        finally:
            self._writer_lock.release()


def vector_path(folder: Path, file: int) -> Path:
    """Where the vector file of a number lies."""
    return folder / "vectors" / f"{file}.npy"


def create(folder: Path, settings: Settings) -> None:
    """Make an empty index in a folder, unless one is there."""
    connection = connect(folder / "store.db", write=True)
    try:
        if connection.pragma("user_version") == 0:
            meta = {"generation": "0", "settings": json.dumps(asdict(settings)), "sources": "[]"}
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_SCHEMA)
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")
    finally:
        connection.close()


def connect(path: Path, *, write: bool) -> "apsw.Connection":
    """Open `store.db` with checksums on every page, in write-ahead mode, every commit flushed to disk."""
    import apsw

    _load_checksums()
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if write else apsw.SQLITE_OPEN_READONLY
    name = str(path)
    if not write and not os.access(path.parent, os.W_OK) and not path.with_name("store.db-wal").exists():
        # a folder that nobody can write, such as a disc, has no place for SQLite's shared memory
        name, flags = path.absolute().as_uri() + "?immutable=1", flags | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(name, flags=flags, vfs="cksmvfs")
    connection.set_busy_timeout(5_000)
    if write:
        connection.reserve_bytes(None, 8)  # where cksumvfs keeps a page's checksum
        connection.pragma("journal_mode", "wal")
        connection.pragma("synchronous", "full")
        connection.pragma("foreign_keys", True)
    return connection


@functools.cache
def _load_checksums() -> None:
    import apsw
    import apsw.sqlite_extra

    loader = apsw.Connection(":memory:")
    apsw.sqlite_extra.load(loader, "cksumvfs")
    loader.close()


@contextlib.contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into errors that name the index and the way out."""
    import apsw

    mend = f"find what: kenes verify --index {shlex.quote(str(folder))}; then remove the folder and index again"
    try:
        yield
    except apsw.FullError:
        raise _full_disk(folder) from None
    except (apsw.BusyError, apsw.LockedError):
        raise BusyIndex(f"another process is writing the index in {folder}\nwait until it has ended") from None
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise DamagedIndex(
            f"{folder / 'store.db'} cannot be opened: {error}\ncheck who may read and write it"
        ) from None
    except apsw.IOError as error:
        code = getattr(error, "extendedresult", 0)
        if code == apsw.SQLITE_IOERR_DATA:
            raise DamagedIndex(f"{folder / 'store.db'} is damaged: a page's checksum is wrong\n{mend}") from None
        if code in (apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_SHMSIZE):
            raise _full_disk(folder) from None
        raise DamagedIndex(f"{folder / 'store.db'} cannot be read: {error}\n{mend}") from None
    except apsw.Error as error:
        raise DamagedIndex(f"{folder / 'store.db'} is damaged: {error}\n{mend}") from None
    except FileNotFoundError as error:
        raise DamagedIndex(f"{error.filename} is missing\n{mend}") from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full_disk(folder) from None
        raise DamagedIndex(f"{error.filename or folder}: {error.strerror}\ncheck who may read and write it") from None


def _full_disk(folder: Path) -> FullDisk:
    return FullDisk(
        f"no room on the disk of {folder}; everything committed before is kept\n"
        "make room, then run the same command again: it goes on where it stopped"
    )
