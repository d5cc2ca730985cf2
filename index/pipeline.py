"""Brings an index up to date with a list of files and folders: reads, cuts, embeds, commits."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis.terms import terms
from index.articles.chunks import CHUNK_SIZE, cut, embedding_text
from index.articles.document import document_id, to_document
from index.articles.files import read_articles
from index.embedding.maxsim import centre_of, pack, worded
from index.errors import InputError
from index.store.snapshot import Settings, StoredDocument
from index.store.writer import IndexedDocument, IndexWriter
from index.types import Article, BadArticle, Chunk, Document, Embedder, PassedOver

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Part of an index's settings: raise it when terms, chunks or embedded texts change their meaning.
INDEX_VERSION = "3"
COMMIT_CHUNKS = 512  # what a killed run loses at most
PROGRESS_CHUNKS = 128

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class BuildReport:
    """What an indexing run did; `documents` and `chunks` count the whole index afterwards."""

    documents: int = 0
    chunks: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    bad: list[BadArticle] = field(default_factory=list)
    passed_over: PassedOver = field(default_factory=lambda: PassedOver({}))
    embedded: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Plan:
    """What there is to do: articles to commit, documents to drop or to note at a new address."""

    pending: list[tuple[Article, Document, list[Chunk]]] = field(default_factory=list)
    moved: list[Article] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def settings_for(embedder: Embedder) -> Settings:
    """The settings of an index made with an embedder."""
    return Settings(embedder.name, embedder.sha256, embedder.dim, CHUNK_SIZE, INDEX_VERSION)


def build(
    paths: Sequence[Path],
    folder: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    on_progress: Progress = lambda done, total: None,
) -> BuildReport:
    """Index every article under the paths. Unchanged ones are skipped, so a killed run goes on where it stopped.

    Args:
        paths: files and folders.
        folder: the index; made if it is not there.
        prune: drop documents under the paths that are not there any more.
        on_progress: called with chunks done and chunks in all, after each step.

    Raises:
        StoreError: the index cannot be written; what was committed stays.
    """
    began = time.perf_counter()
    report = BuildReport()
    if not (folder / "store.db").exists():  # do not leave an empty index where nothing could be read
        report.bad = _all_bad(paths)
        if report.bad:
            return report
    with IndexWriter(folder, settings_for(embedder)) as writer:
        with writer.snapshot() as snapshot:
            known = {each.id: each for each in snapshot.known()}
        plan = _plan(paths, known, report, prune=prune)
        writer.remember_sources([str(path.absolute()) for path in paths])
        if plan.moved:
            writer.move(plan.moved)
        if plan.gone:
            writer.remove(plan.gone)
            report.removed = len(plan.gone)
        total = sum(len(chunks) for _, _, chunks in plan.pending)
        on_progress(0, total)
        centre = writer.centre(lambda: centre_of(embedder))
        for batch in _batches(plan.pending):
            _commit(writer, embedder, batch, centre, lambda n: on_progress(report.embedded + n, total))
            report.embedded += sum(len(chunks) for _, _, chunks in batch)
        writer.compact()
        with writer.snapshot() as snapshot:
            report.documents, report.chunks = snapshot.counts()
    report.seconds = time.perf_counter() - began
    return report


def _all_bad(paths: Sequence[Path]) -> list[BadArticle]:
    """Everything under the paths if not one article can be read, else nothing."""
    bad: list[BadArticle] = []
    for item in read_articles(paths):
        if isinstance(item, Article):
            return []
        if isinstance(item, BadArticle):
            bad.append(item)
    return bad


def _plan(paths: Sequence[Path], known: dict[str, StoredDocument], report: BuildReport, *, prune: bool) -> _Plan:
    plan = _Plan()
    seen: dict[str, str] = {}  # id -> origin
    at_origin = {each.origin: each.id for each in known.values()}
    for item in read_articles(paths):
        if isinstance(item, BadArticle):
            report.bad.append(item)
            continue
        if isinstance(item, PassedOver):
            report.passed_over = item
            continue
        id = document_id(item)
        old = known.get(id)
        other = seen.get(id) or (old.origin if old and _elsewhere(old, item) else None)
        if other == item.origin:
            continue  # named twice, by a file and by its folder
        if other is not None:
            report.bad.append(BadArticle(item.file, item.origin, f'its id "{id}" is also that of {other}'))
            continue
        seen[id] = item.origin
        if old and old.digest == item.digest:
            report.unchanged += 1
            if old.origin != item.origin:
                plan.moved.append(item)
            continue
        try:
            document = to_document(item)
            plan.pending.append((item, document, cut(document)))
        except InputError as error:
            report.bad.append(BadArticle(item.file, item.origin, error.what))
            continue
        if item.origin == item.file and at_origin.get(item.origin, id) != id:  # the file now has another address
            plan.gone.append(at_origin[item.origin])
        report.changed += old is not None
        report.added += old is None
    if prune:
        plan.gone += _gone(paths, known, seen, report.bad)
    return plan


def _elsewhere(old: StoredDocument, article: Article) -> bool:
    return old.file != article.file and Path(old.file).exists()


def _gone(
    paths: Sequence[Path], known: dict[str, StoredDocument], seen: dict[str, str], bad: list[BadArticle]
) -> list[str]:
    """Ids of documents under the paths that were not met; what could not be read or was not there keeps what it had."""
    roots = {Path(os.path.abspath(path)) for path in paths}
    unreadable = {Path(item.file) for item in bad if not os.access(item.file, os.R_OK) or not Path(item.file).is_dir()}
    gone = []
    for each in known.values():
        above = {Path(each.file), *Path(each.file).parents}
        if each.id not in seen and above & roots and not above & unreadable:
            gone.append(each.id)
    return gone


_Pending = tuple[Article, Document, list[Chunk]]


def _batches(pending: list[_Pending]) -> Iterator[list[_Pending]]:
    batch: list[_Pending] = []
    chunks = 0
    for item in pending:
        batch.append(item)
        chunks += len(item[2])
        if chunks >= COMMIT_CHUNKS:
            yield batch
            batch, chunks = [], 0
    if batch:
        yield batch


def _commit(
    writer: IndexWriter,
    embedder: Embedder,
    batch: list[_Pending],
    centre: "NDArray[np.float32]",
    on_progress: Callable[[int], None],
) -> None:
    import numpy as np

    texts = [embedding_text(document, chunk) for _, document, chunks in batch for chunk in chunks]
    by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    vectors = np.empty((len(texts), embedder.dim), np.float32)
    packed = [b""] * len(texts)
    for start in range(0, len(texts), PROGRESS_CHUNKS):
        places = by_length[start : start + PROGRESS_CHUNKS]
        part = [texts[at] for at in places]
        embedded = embedder.embed_documents(part)
        vectors[places] = embedded.vectors
        for at, states in zip(places, worded(embedded, part), strict=True):
            packed[at] = pack(states, centre)
        on_progress(start + len(places))
    states_of = iter(packed)
    prepared = [
        IndexedDocument(
            article,
            document,
            chunks,
            [terms(embedding_text(document, chunk), document.language) for chunk in chunks],
            [next(states_of) for _ in chunks],
        )
        for article, document, chunks in batch
    ]
    writer.commit(prepared, vectors)
