"""Checks everything that an index promises: every checksum, every span, every reference."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from index.errors import DamagedIndex, KenesError
from index.store.reader import IndexReader
from index.store.schema import Execute
from index.store.snapshot import vector_files_of
from index.store.types import settings_of
from index.store.vectors.vector_files import VectorFiles


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
        vectors = partial(_vectors, reader.vectors)
        for check in (_pages, _documents, _chunks, _terms, _token_embeddings, vectors):
            try:
                with reader.snapshot():
                    problems += check(reader.connection.execute)
            except KenesError as error:
                problems.append(error.what)
    return list(dict.fromkeys(problems))


def _pages(execute: Execute) -> Iterator[str]:
    for (line,) in execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"store.db: {line}"


def _documents(execute: Execute) -> Iterator[str]:
    for id, text, sha256 in execute("SELECT id, text, sha256 FROM documents"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield f'document "{id}": its text is not the one whose hash was stored'


def _chunks(execute: Execute) -> Iterator[str]:
    for id, document_id, start, end, length in execute(
        'SELECT c.id, c.document_id, c.start, c."end", length(d.text) '
        "FROM chunks AS c LEFT JOIN documents AS d ON d.id = c.document_id"
    ):
        if length is None:
            yield f'chunk {id}: its document "{document_id}" is not there'
        elif not 0 <= start < end <= length:
            yield f'chunk {id}: {start} to {end} is no place in document "{document_id}" of {length} characters'
    for (id,) in execute("SELECT id FROM documents EXCEPT SELECT document_id FROM chunks"):
        yield f'document "{id}" has no chunk'
    for (id,) in execute("SELECT id FROM documents EXCEPT SELECT document_id FROM places"):
        yield f'document "{id}" has no place'


def _terms(execute: Execute) -> Iterator[str]:
    query = "SELECT id FROM {} EXCEPT SELECT id FROM {}"
    for (id,) in execute(query.format("chunks", "terms_docsize")):
        yield f"chunk {id} has no terms"
    for (id,) in execute(query.format("terms_docsize", "chunks")):
        yield f"terms of chunk {id}, which is not there"


def _token_embeddings(execute: Execute) -> Iterator[str]:
    query = "SELECT {} FROM {} EXCEPT SELECT {} FROM {}"
    for (id,) in execute(query.format("id", "chunks", "chunk_id", "token_embeddings")):
        yield f"chunk {id} has no token embeddings"
    for (id,) in execute(query.format("chunk_id", "token_embeddings", "id", "chunks")):
        yield f"token embeddings of chunk {id}, which is not there"
    width = -(-settings_of(dict(execute("SELECT key, value FROM meta"))).dim // 8)
    for (id,) in execute("SELECT chunk_id FROM token_embeddings WHERE length(signs) % ?", (width,)):
        yield f"chunk {id}: its token embeddings are not {width} bytes each"


def _vectors(vectors: VectorFiles, execute: Execute) -> Iterator[str]:
    for file in vector_files_of(execute):
        yield from vectors.verify(file)
        path = vectors.path(file.id)
        query = "SELECT count(*), min(vector_row), max(vector_row) FROM chunks WHERE vector_file = ?"
        used, first, last = execute(query, (file.id,)).get
        if used != file.live:
            yield f"{path}: {used} chunks use it, the list says {file.live}"
        if used and not 0 <= first <= last < file.rows:
            yield f"{path}: a chunk points outside its {file.rows} rows"
    for (number,) in execute("SELECT DISTINCT vector_file FROM chunks EXCEPT SELECT id FROM vector_files"):
        yield f"chunks point to the vector file {number}, which is not listed"
