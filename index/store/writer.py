"""Writes an index: one writer at a time, each commit wholly there or not at all."""

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from index.errors import InputError, MismatchedIndex
from index.store.manifest import Identity, Manifest
from index.store.reader import IndexReader, remake
from index.store.schema import create, translated
from index.store.types import Settings, StoredDocument
from index.store.vectors.merging import to_merge
from index.types import Article, Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OURS = {"store.db", "store.db-wal", "store.db-shm", "vectors", "writer.lock", "cache"}


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document ready to be committed: the article it was made of, its chunks, their terms and their sign bits.

    `replaces` is the id of a document that goes when this one comes.
    """

    article: Article
    document: Document
    chunks: list[Chunk]
    terms: list[list[str]]
    sign_bits: list[bytes]
    replaces: str | None = None


class IndexWriter:
    """An index opened for writing; makes it if it is not there. Only one at a time, readers do not mind.

    Raises:
        BusyIndex: another process is writing it.
        MismatchedIndex: it was made with other settings.
        InputError: the folder holds something else.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        from filelock import FileLock

        self.folder = folder
        self._take_folder()
        self._lock = FileLock(folder / "writer.lock")
        with translated(folder):
            self._lock.acquire(timeout=0)
        try:
            with translated(folder):
                create(folder, asdict(settings))
            self.reader = IndexReader(folder, write=True)
            self._execute: Callable[..., Any] = self.reader.connection.execute
            self._check_settings(settings)
            with translated(folder):
                self._manifest = Manifest(self._execute)
                self.reader.vectors.remove_unlisted({row[0] for row in self._execute("SELECT id FROM vector_files")})
        except BaseException:
            self._lock.release()
            raise

    def _take_folder(self) -> None:
        folder = self.folder
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder} is a file, and an index is a folder", "name another with --index")
        with translated(folder):
            others = sorted({path.name for path in folder.iterdir()} - _OURS) if folder.is_dir() else []
            if others and not (folder / "store.db").is_file():
                raise InputError(f"{folder} is no index: it holds {others[0]}", "name a new folder with --index")
            (folder / "vectors").mkdir(parents=True, exist_ok=True)

    def _check_settings(self, settings: Settings) -> None:
        with self.reader.snapshot(search=True) as snapshot:  # a damaged index is not built upon
            made, sources = snapshot.settings, json.loads(snapshot.meta["sources"])
        if made != settings:
            old, new = asdict(made), asdict(settings)
            differences = ", ".join(f"{k} {str(old[k])[:20]} (now {str(new[k])[:20]})" for k in old if old[k] != new[k])
            raise MismatchedIndex(
                f"the index in {self.folder} was made with {differences}", remake(self.folder, sources, settings.model)
            )

    def begin(self, sources: Sequence[str], within: Path | None = None) -> None:
        """Note that a run has begun, and the paths that it indexes, for the command that makes the index again.

        Args:
            sources: the paths; those in a folder that was indexed before need no note.
            within: leave documents of files elsewhere as they are, even if their files are gone; None for no limit.
        """
        self._manifest.within = within
        with translated(self.folder), self._transaction(generation=False) as execute:
            before = json.loads(execute("SELECT value FROM meta WHERE key = 'sources'").get)
            known = {Path(source) for source in before}
            merged = before + [each for each in sources if known.isdisjoint((Path(each), *Path(each).parents))]
            execute("UPDATE meta SET value = ? WHERE key = 'sources'", (json.dumps(merged),))
            execute("INSERT OR REPLACE INTO meta VALUES ('unfinished', '1')")

    def finish(self) -> int:
        """Store where documents are found now, tidy up, and note that the run has ended.

        Returns:
            how many documents are found in another file than before.
        """
        with translated(self.folder):
            moved = self._manifest.moved()
            if self._manifest.is_displaced():
                with self._transaction():
                    self._manifest.note_places()
        self._compact()
        with translated(self.folder), self._transaction(generation=False) as execute:
            execute("DELETE FROM meta WHERE key = 'unfinished'")
        return moved

    def discard(self) -> None:
        """Close the index and delete it; for one that was made for nothing."""
        with translated(self.folder):
            self.reader.vectors.remove_unlisted(set())
            self.close()
            for name in ("store.db", "store.db-wal", "store.db-shm", "writer.lock"):
                (self.folder / name).unlink(missing_ok=True)
            (self.folder / "vectors").rmdir()
            with contextlib.suppress(OSError):  # it holds a cache
                self.folder.rmdir()

    def known(self, files: Sequence[Path]) -> frozenset[str]:
        """See `Manifest.known`."""
        with translated(self.folder):
            return self._manifest.known(files)

    def is_met(self, article: Article) -> bool:
        """See `Manifest.is_met`."""
        with translated(self.folder):
            return self._manifest.is_met(article)

    def repeated(self, article: Article) -> str | None:
        """See `Manifest.repeated`."""
        with translated(self.folder):
            return self._manifest.repeated(article)

    def identify(self, article: Article) -> Identity:
        """See `Manifest.identify`."""
        with translated(self.folder):
            return self._manifest.identify(article)

    def holds(self, document: Document) -> bool:
        """Whether the index holds just this document, at whatever place."""
        with self.reader.snapshot() as snapshot:
            stored = snapshot.document(document.id)
        return stored is not None and replace(stored, path=document.path, line=document.line) == document

    def unmet(self) -> Iterator[StoredDocument]:
        """See `Manifest.unmet`."""
        with translated(self.folder):
            yield from self._manifest.unmet()

    def commit(self, documents: Sequence[IndexedDocument], vectors: "NDArray[np.float32]") -> None:
        """Add documents, replacing those of the same id; on return they are on disk for good.

        Args:
            documents: with chunks, their terms and their sign bits.
            vectors: a row for each chunk, in order, shape (chunks, dim).

        Raises:
            FullDisk: no room; the index is as it was.
        """
        with translated(self.folder):
            file = self.reader.vectors.write(self._next_file(), [vectors], len(vectors))
            with self._transaction() as execute:
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?, ?)", file)
                row = 0
                for item in documents:
                    self._delete(item.document.id)
                    if item.replaces:
                        self._delete(item.replaces)
                    self._insert(item, file.id, row)
                    row += len(item.chunks)

    def _insert(self, item: IndexedDocument, file: int, row: int) -> None:
        execute, article, doc = self._execute, item.article, item.document
        execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(doc.id, doc.title, doc.text, doc.source, doc.url, doc.published, doc.language, doc.sha256),
                *(json.dumps(doc.pages), doc.place),
            ),
        )
        place = (doc.id, article.file, article.origin, article.line, article.digest)
        execute("INSERT INTO places VALUES (?, ?, ?, ?, ?)", place)
        for offset, (chunk, terms, bits) in enumerate(zip(item.chunks, item.terms, item.sign_bits, strict=True)):
            id = execute(
                'INSERT INTO chunks (document_id, position, start, "end", vector_file, vector_row) '
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (doc.id, chunk.position, chunk.start, chunk.end, file, row + offset),
            ).get
            execute("INSERT INTO terms (rowid, body) VALUES (?, ?)", (id, " ".join(terms)))
            execute("INSERT INTO token_embeddings VALUES (?, ?)", (id, bits))

    def remove(self, ids: Sequence[str]) -> None:
        """Drop documents by id."""
        with translated(self.folder), self._transaction():
            for id in ids:
                self._delete(id)

    def _delete(self, id: str) -> None:
        execute = self._execute
        execute(
            "UPDATE vector_files SET live = live - dead.n FROM (SELECT vector_file, count(*) AS n FROM chunks "
            "WHERE document_id = ? GROUP BY 1) AS dead WHERE dead.vector_file = vector_files.id",
            (id,),
        )
        chunks = "(SELECT id FROM chunks WHERE document_id = ?)"
        execute(f"DELETE FROM terms WHERE rowid IN {chunks}", (id,))
        execute(f"DELETE FROM token_embeddings WHERE chunk_id IN {chunks}", (id,))
        execute("DELETE FROM chunks WHERE document_id = ?", (id,))
        execute("DELETE FROM places WHERE document_id = ?", (id,))
        execute("DELETE FROM documents WHERE id = ?", (id,))

    def mean_token_embedding(self, make: "Callable[[], NDArray[np.float32]]") -> "NDArray[np.float32]":
        """What is subtracted before signs are taken, the same for the index's whole life; made when it is new."""
        import numpy as np

        with self.reader.snapshot() as snapshot:
            if "mean_token_embedding" in snapshot.meta:
                return snapshot.mean_token_embedding
        made = make().astype(np.float32)
        with translated(self.folder), self._transaction(generation=False) as execute:
            execute("INSERT INTO meta VALUES ('mean_token_embedding', ?)", (json.dumps(made.tolist()),))
        return made

    def _compact(self) -> None:
        """Copy the live rows of files with many dead ones, and of small files if there are many, to one file."""
        with self.reader.snapshot() as snapshot:
            files = snapshot.vector_files()
        merged = to_merge(files)
        if not merged:
            return
        with translated(self.folder):
            sources = [file for file in files if file.id in merged]
            count = sum(file.live for file in sources)
            live = ((file, self._rows_in_use(file.id)) for file in sources)
            file = self.reader.vectors.merge(self._next_file(), live, count)
            with self._transaction() as execute:
                numbers = json.dumps(merged)
                execute("INSERT INTO vector_files VALUES (?, ?, ?, ?, ?)", file)
                execute(
                    "UPDATE chunks SET vector_file = ?, vector_row = moved.row FROM (SELECT id, row_number() OVER "
                    "(ORDER BY vector_file, vector_row) - 1 AS row FROM chunks "
                    "WHERE vector_file IN (SELECT value FROM json_each(?))) AS moved WHERE moved.id = chunks.id",
                    (file.id, numbers),
                )
                execute("UPDATE vector_files SET live = 0 WHERE id IN (SELECT value FROM json_each(?))", (numbers,))

    def _rows_in_use(self, file: int) -> list[int]:
        query = "SELECT vector_row FROM chunks WHERE vector_file = ? ORDER BY vector_row"
        return [row for (row,) in self._execute(query, (file,))]

    def _next_file(self) -> int:
        # AUTOINCREMENT's own counter, so that a number is never used twice
        last = self._execute("SELECT seq FROM sqlite_sequence WHERE name = 'vector_files'").get
        return (last or 0) + 1

    @contextlib.contextmanager
    def _transaction(self, *, generation: bool = True) -> Iterator[Any]:
        """All of it or nothing; a new generation, unless nothing changes that answers depend on."""
        execute = self._execute
        execute("BEGIN IMMEDIATE")
        try:
            yield execute
            dead = [row[0] for row in execute("DELETE FROM vector_files WHERE live = 0 RETURNING id").fetchall()]
            if generation:
                execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
            execute("COMMIT")
        except BaseException:
            if self.reader.connection.in_transaction:
                execute("ROLLBACK")
            raise
        self.reader.vectors.remove(dead)

    def close(self) -> None:
        try:
            with translated(self.folder):
                self.reader.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
