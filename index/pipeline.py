"""Brings an index up to date with files and folders: reads, cuts, embeds and commits them, a batch at a time."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis.terms import terms
from index.articles.chunks import CHUNK_SIZE, cut, embedding_text
from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.process.ahead import ahead
from index.articles.source_file import Options
from index.embedding.maxsim import centre_of, pack, worded
from index.errors import InputError
from index.progress import Meter, OnProgress
from index.store.types import Settings, StoredDocument
from index.store.writer import IndexedDocument, IndexWriter
from index.types import Article, BadArticle, Chunk, Document, Embedder, Note, PassedOver

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Part of an index's settings: raise it when terms, chunks or embedded texts change their meaning.
INDEX_VERSION = "3"
COMMIT_CHUNKS = 512  # what a killed run loses at most
EMBED_CHUNKS = 128  # embedded between two reports of progress
TELL_ARTICLES = 256  # unchanged articles between two reports of progress

Item = Article | BadArticle | PassedOver


@dataclass(slots=True)
class BuildReport:
    """What an indexing run did; `documents` and `chunks` count the whole index afterwards.

    Attributes:
        moved: unchanged articles that were found in another file than before.
        removed: documents that were dropped.
        gone: origins of documents under the paths that are not there any more, but still answer.
        bad: what could not be read.
        notes: what was left out or guessed, each with the origin of its article.
        kinds: how many articles were met in files of each kind, by suffix.
        undated: how many of these have no date.
        embedded: chunks that were embedded.
    """

    documents: int = 0
    chunks: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    gone: list[str] = field(default_factory=list)
    bad: list[BadArticle] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    passed_over: PassedOver = field(default_factory=lambda: PassedOver({}))
    embedded: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Pending:
    """A document that is to be embedded and committed."""

    article: Article
    document: Document
    chunks: list[Chunk]
    replaces: str | None


def settings_for(embedder: Embedder) -> Settings:
    """The settings of an index made with an embedder."""
    return Settings(embedder.name, embedder.sha256, embedder.dim, CHUNK_SIZE, INDEX_VERSION)


def build(
    paths: Sequence[Path],
    folder: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    options: Options | None = None,
    on_progress: OnProgress = lambda progress: None,
    within: Path | None = None,
) -> BuildReport:
    """Index every article under the paths. Unchanged ones are skipped, so a killed run goes on where it stopped.

    Articles pass through one batch at a time, so memory does not grow with their number.

    Args:
        paths: files and folders.
        folder: the index; made if it is not there and there is something to index.
        embedder: makes the vectors.
        prune: drop documents under the paths that are not there any more.
        options: which fields hold what, whether drafts are taken in.
        on_progress: called after each step.
        within: leave documents of files outside this folder as they are, whatever ids and addresses the articles give.

    Raises:
        StoreError: the index cannot be written; what was committed stays.
    """
    report, meter = BuildReport(), Meter(paths, on_progress)
    is_new = not (folder / "store.db").exists()
    items = ahead(read_articles(paths, options))
    first = _first_article(items, report) if is_new else None
    if is_new and first is None:
        return report
    with IndexWriter(folder, settings_for(embedder)) as writer:
        writer.begin([str(path.absolute()) for path in paths], within)
        meter.tell()
        run = _Run(writer, embedder, report, meter)
        for item in chain([first] if first else [], items):
            run.take(item)
        run.commit()
        _drop_or_name_gone(writer, paths, report, prune=prune)
        report.moved = writer.finish()
        with writer.reader.snapshot() as snapshot:
            report.documents, report.chunks = snapshot.counts()
        if is_new and not report.documents:
            writer.discard()
    report.embedded, report.seconds = meter.chunks, meter.seconds
    return report


def drop(file: Path, folder: Path, embedder: Embedder) -> int:
    """Drop the documents of a file from the index in `folder`; how many there were.

    Raises:
        StoreError: the index cannot be written.
    """
    with IndexWriter(folder, settings_for(embedder)) as writer:
        ids = [stored.id for stored in writer.unmet() if stored.file == str(file)]
        writer.remove(ids)
        writer.finish()
    return len(ids)


def _first_article(items: Iterator[Item], report: BuildReport) -> Article | None:
    """The first item that is an article, after those that are none were noted."""
    for item in items:
        if isinstance(item, Article):
            return item
        _note(item, report)
    return None


def _note(item: BadArticle | PassedOver, report: BuildReport) -> None:
    if isinstance(item, BadArticle):
        report.bad.append(item)
    else:
        report.passed_over = item


class _Run:
    """Takes articles one by one and commits them in batches."""

    def __init__(self, writer: IndexWriter, embedder: Embedder, report: BuildReport, meter: Meter) -> None:
        self._writer = writer
        self._embedder = embedder
        self._report = report
        self._meter = meter
        self._mean = writer.mean_token_embedding(lambda: centre_of(embedder))
        self._batch: list[_Pending] = []
        self._chunks = 0  # in the batch

    def take(self, item: Item) -> None:
        """Note what is no article; skip an article that is unchanged; add any other to the batch."""
        if not isinstance(item, Article):
            _note(item, self._report)
            return
        self._meter.read(item)
        try:
            self._take_article(item)
        except InputError as error:
            self._report.bad.append(BadArticle(item.file, item.origin, error.what))
        if self._chunks >= COMMIT_CHUNKS:
            self.commit()
        elif self._meter.articles % TELL_ARTICLES == 0:
            self._meter.tell()

    def _take_article(self, article: Article) -> None:
        writer, report = self._writer, self._report
        if writer.is_met(article):
            return
        if twin := writer.repeated(article):
            report.notes.append((article.origin, Note("repeated row", f"the same as {twin}")))
            return
        report.kinds[Path(article.file).suffix.lower()] += 1
        report.undated += article.published is None
        identity = writer.identify(article)
        is_same = identity.stored is not None and identity.stored.digest == article.digest
        if is_same and identity.stored and identity.stored.file == article.file:
            report.unchanged += 1
            return
        document = to_document(article, identity.id)
        if is_same and self._writer.holds(document):  # at a new place: a file's name may tell its title, date or format
            report.unchanged += 1
            return
        chunks = cut(document)
        if identity.shares:
            report.notes.append((article.origin, Note("shared URL", f"its URL is also that of {identity.shares}")))
        report.notes += [(article.origin, note) for note in article.notes]
        report.changed += identity.stored is not None
        report.added += identity.stored is None
        self._batch.append(_Pending(article, document, chunks, identity.replaces))
        self._chunks += len(chunks)

    def commit(self) -> None:
        """Embed the batch and commit it."""
        if not self._batch:
            return
        texts = [embedding_text(item.document, chunk) for item in self._batch for chunk in item.chunks]
        vectors, sign_bits = self._embed(texts)
        text, bits = iter(texts), iter(sign_bits)
        documents = [
            IndexedDocument(
                item.article,
                item.document,
                item.chunks,
                [terms(next(text), item.document.language) for _ in item.chunks],
                [next(bits) for _ in item.chunks],
                item.replaces,
            )
            for item in self._batch
        ]
        self._writer.commit(documents, vectors)
        self._batch, self._chunks = [], 0

    def _embed(self, texts: Sequence[str]) -> "tuple[NDArray[np.float32], list[bytes]]":
        """The vectors of some texts, (texts, dim), and the sign bits of their tokens.

        Texts of like length are embedded together, as short ones would wait for long ones.
        """
        import numpy as np

        vectors = np.empty((len(texts), self._embedder.dim), np.float32)
        sign_bits = [b""] * len(texts)
        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(texts), EMBED_CHUNKS):
            places = by_length[start : start + EMBED_CHUNKS]
            part = [texts[place] for place in places]
            embedded = self._embedder.embed_documents(part)
            vectors[places] = embedded.vectors
            for place, tokens in zip(places, worded(embedded, part), strict=True):
                sign_bits[place] = pack(tokens, self._mean)
            self._meter.embedded(len(places))
        return vectors, sign_bits


def _drop_or_name_gone(writer: IndexWriter, paths: Sequence[Path], report: BuildReport, *, prune: bool) -> None:
    """Drop the documents under the paths that were not met, or name them; what could not be read keeps what it had."""
    roots = {Path(os.path.abspath(path)) for path in paths}
    unreadable = {Path(bad.file) for bad in report.bad if not _is_readable_folder(bad.file)}
    gone = [stored for stored in writer.unmet() if _is_under(stored, roots) and not _is_under(stored, unreadable)]
    if prune:
        writer.remove([stored.id for stored in gone])
        report.removed = len(gone)
    else:
        report.gone = [stored.origin for stored in gone]


def _is_readable_folder(path: str) -> bool:
    return Path(path).is_dir() and os.access(path, os.R_OK)


def _is_under(stored: StoredDocument, folders: set[Path]) -> bool:
    return not folders.isdisjoint((Path(stored.file), *Path(stored.file).parents))
