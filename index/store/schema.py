"""The database of an index: its tables, how it is opened, and what its errors mean."""

import contextlib
import errno
import functools
import json
import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import BusyIndex, DamagedIndex, FullDisk

if TYPE_CHECKING:
    import apsw

Execute = Callable[..., Any]  # of a connection: SQL and the values bound in it
Condition = tuple[str, Sequence[Any]]  # SQL over the columns of `documents`, and the values bound in it


class Lists(NamedTuple):
    """How a database takes a list as one value: SQL for the set of its texts, or of its numbers, and what is bound."""

    texts: str
    numbers: str
    bind: Callable[[Sequence[Any]], Any]


SCHEMA_VERSION = 6
APPLICATION_ID = 0x4B454E45  # "KENE"

_SCHEMA = r"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT, url TEXT, published TEXT,
    language TEXT NOT NULL, sha256 TEXT NOT NULL, pages TEXT NOT NULL, -- a JSON list of offsets in the text
    place TEXT
) STRICT;
CREATE INDEX documents_by_facts ON documents (source, published, language, id);
-- Apart from the documents, so that noting where they are found now does not write their texts again.
CREATE TABLE places (
    document_id TEXT PRIMARY KEY REFERENCES documents (id), file TEXT NOT NULL, origin TEXT NOT NULL, line INTEGER,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX places_by_origin ON places (origin);
CREATE INDEX places_by_digest ON places (digest);
CREATE TABLE vector_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, rows INTEGER NOT NULL, live INTEGER NOT NULL, crc32 INTEGER NOT NULL,
    quantized_crc32 INTEGER -- NULL: it has no quantized index
) STRICT;
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    vector_file INTEGER NOT NULL REFERENCES vector_files (id), vector_row INTEGER NOT NULL
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document_id);
CREATE UNIQUE INDEX chunks_by_vector ON chunks (vector_file, vector_row);
CREATE TABLE token_embeddings (chunk_id INTEGER PRIMARY KEY REFERENCES chunks (id), signs BLOB NOT NULL) STRICT;
-- A term is one token whatever stands in it, such as 3.5 or 2/3; only blanks divide them.
CREATE VIRTUAL TABLE terms USING fts5 (
    body, content='', contentless_delete=1, tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'"
);
"""


def create(folder: Path, settings: dict[str, Any]) -> None:
    """Make an empty index in a folder, unless one is there."""
    connection = connect(folder / "store.db", write=True)
    try:
        if connection.pragma("user_version") == 0:
            meta = {"generation": "0", "settings": json.dumps(settings), "sources": "[]"}
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
        connection.pragma("fullfsync", True)  # macOS alone knows the difference
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

    fix = f"see the damage with kenes verify --index {shlex.quote(str(folder))}; then remove the folder and index again"
    try:
        yield
    except apsw.FullError:
        raise _full_disk(folder) from None
    except (apsw.BusyError, apsw.LockedError, TimeoutError):  # the last one from the writer's lock
        raise BusyIndex(f"another process is writing the index in {folder}", "wait until it has ended") from None
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise DamagedIndex(
            f"{folder / 'store.db'} cannot be opened: {error}", "check who may read and write it"
        ) from None
    except apsw.IOError as error:
        code = getattr(error, "extendedresult", 0)
        if code == apsw.SQLITE_IOERR_DATA:
            raise DamagedIndex(f"{folder / 'store.db'} is damaged: a page's checksum is wrong", fix) from None
        if code in (apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_SHMSIZE):
            raise _full_disk(folder) from None
        raise DamagedIndex(f"{folder / 'store.db'} cannot be read: {error}", fix) from None
    except apsw.Error as error:
        raise DamagedIndex(f"{folder / 'store.db'} is damaged: {error}", fix) from None
    except FileNotFoundError as error:
        raise DamagedIndex(f"{error.filename} is missing", fix) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full_disk(folder) from None
        raise DamagedIndex(f"{error.filename or folder}: {error.strerror}", "check who may read and write it") from None


def _full_disk(folder: Path) -> FullDisk:
    return FullDisk(
        f"no room on the disk of {folder}; everything committed before is kept",
        "make room, then run the same command again; it goes on where it stopped",
    )
