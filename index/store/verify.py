"""Checks everything that an index promises: every checksum, every span, every reference."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import DamagedIndex, KenesError
from index.store.reader import IndexReader, sketch_path, vector_path
from index.store.snapshot import Snapshot
from index.store.vector_files import open_sketch, open_vectors

UNIT_TOLERANCE = 1e-3


def verify(folder: Path) -> list[str]:
    """Every fault found in an index, each as a sentence that names the thing; empty when all is well.

    Raises:
        MissingIndex: there is no index.
    """
    problems: list[str] = []
    try:
        opened = IndexReader(folder)
    except DamagedIndex as error:
        return [error.what]
    with opened as reader:
        for check in (_pages, _documents, _chunks, _terms, _states, _vectors):
            try:
                with reader.snapshot() as snapshot:
                    problems += check(snapshot)
            except KenesError as error:
                problems.append(error.what)
    return list(dict.fromkeys(problems))


def _pages(snapshot: Snapshot) -> Iterator[str]:
    for (line,) in snapshot.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"store.db: {line}"


def _documents(snapshot: Snapshot) -> Iterator[str]:
    for id, text, sha256 in snapshot.rows("SELECT id, text, sha256 FROM documents"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f'document "{id}": its text is not the one whose hash was stored'


def _chunks(snapshot: Snapshot) -> Iterator[str]:
    for id, document_id, start, end, length in snapshot.rows(
        'SELECT c.id, c.document_id, c.start, c."end", length(d.text) '
        "FROM chunks AS c LEFT JOIN documents AS d ON d.id = c.document_id"
    ):
        if length is None:
            yield f'chunk {id}: its document "{document_id}" is not there'
        elif not 0 <= start < end <= length:
            yield f'chunk {id}: {start} to {end} is no place in document "{document_id}" of {length} characters'
    for (id,) in snapshot.rows("SELECT id FROM documents EXCEPT SELECT document_id FROM chunks"):
        yield f'document "{id}" has no chunk'


def _terms(snapshot: Snapshot) -> Iterator[str]:
    query = "SELECT id FROM {} EXCEPT SELECT id FROM {}"
    for (id,) in snapshot.rows(query.format("chunks", "terms_docsize")):
        yield f"chunk {id} has no terms"
    for (id,) in snapshot.rows(query.format("terms_docsize", "chunks")):
        yield f"terms of chunk {id}, which is not there"


def _states(snapshot: Snapshot) -> Iterator[str]:
    query = "SELECT {} FROM {} EXCEPT SELECT {} FROM {}"
    for (id,) in snapshot.rows(query.format("id", "chunks", "chunk_id", "states")):
        yield f"chunk {id} has no token states"
    for (id,) in snapshot.rows(query.format("chunk_id", "states", "id", "chunks")):
        yield f"token states of chunk {id}, which is not there"
    width = -(-snapshot.settings.dim // 8)
    for (id,) in snapshot.rows("SELECT chunk_id FROM states WHERE length(signs) % ?", (width,)):
        yield f"chunk {id}: its token states are not {width} bytes each"


def _vectors(snapshot: Snapshot) -> Iterator[str]:
    import numpy as np

    for file, rows, live, crc, sketch_crc in snapshot.vector_files():
        path, sketch = vector_path(snapshot.folder, file), sketch_path(snapshot.folder, file)
        try:
            vectors = open_vectors(path, crc, (rows, snapshot.settings.dim))
            if sketch_crc is not None:
                open_sketch(sketch, sketch_crc, rows)
        except FileNotFoundError:
            yield f"{path if not path.exists() else sketch} is missing"
            continue
        except KenesError as error:
            yield error.what
            continue
        norms = np.linalg.norm(vectors, axis=1)
        if (abs(norms - 1) > UNIT_TOLERANCE).any():
            yield f"{path}: row {int(np.argmax(abs(norms - 1)))} is not of unit length"
        used = [row for (row,) in snapshot.rows("SELECT vector_row FROM chunks WHERE vector_file = ?", (file,))]
        if len(used) != live:
            yield f"{path}: {len(used)} chunks use it, the list says {live}"
        if used and not 0 <= min(used) <= max(used) < rows:
            yield f"{path}: a chunk points outside its {rows} rows"
    listed = {file for file, *_ in snapshot.vector_files()}
    for (file,) in snapshot.rows("SELECT DISTINCT vector_file FROM chunks"):
        if file not in listed:
            yield f"chunks point to the vector file {file}, which is not listed"
