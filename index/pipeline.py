"""Brings an index up to date with files and folders: reads, cuts, embeds and commits them, a batch at a time."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.articles.files import read_articles
from index.articles.process.ahead import ahead
from index.articles.source_file import Options
from index.embedding.maxsim import centre_of
from index.errors import InputError, fault_of
from index.making import CutDocument, Made, cut_article, make, renamed, settings_for
from index.progress import Meter, OnProgress
from index.store.types import StoredDocument
from index.store.writer import IndexedDocument, IndexWriter
from index.types import Article, BadArticle, Embedder, Note, PassedOver

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMIT_CHUNKS = 512  # what a killed run loses at most
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
    """A document that is to be committed, and to be embedded before unless a worker has done so."""

    article: Article
    content: CutDocument | Made
    replaces: str | None


class Workers(Protocol):
    """Other processes that read and embed; see `index.cluster.ray_workers`."""

    def items(
        self,
        paths: Sequence[Path],
        options: Options,
        mean: "NDArray[np.float32]",
        known: Callable[[Sequence[Path]], frozenset[str]],
    ) -> Iterator[tuple[Item, Made | None]]:
        """What `read_articles` gives, in its order; with each article what the index will hold of it.

        Args:
            paths: files and folders.
            options: see `read_articles`.
            mean: of token embeddings.
            known: digests of articles of some files that need not be made.
        """
        ...


def build(
    paths: Sequence[Path],
    folder: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    options: Options | None = None,
    on_progress: OnProgress = lambda progress: None,
    within: Path | None = None,
    workers: Workers | None = None,
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
        workers: read and embed in place of this process, which only commits; the index is the same.

    Raises:
        StoreError: the index cannot be written; what was committed stays.
    """
    report, meter = BuildReport(), Meter(paths, on_progress)
    is_new = not (folder / "store.db").exists()
    items = ahead(read_articles(paths, options))
    first = _first_article(items, report) if is_new and not workers else None
    if is_new and not workers and first is None:
        return report
    with IndexWriter(folder, settings_for(embedder)) as writer:
        writer.begin([str(path.absolute()) for path in paths], within)
        meter.tell()
        run = _Run(writer, embedder, report, meter)
        if workers:
            for item, made in workers.items(paths, options or Options(), run.mean, writer.known):
                run.take(item, made)
        else:
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
        before = report.passed_over
        others = Counter(before.others) + Counter(item.others)
        report.passed_over = PassedOver(
            dict(others.most_common()), before.empty + item.empty, before.drafts + item.drafts
        )


class _Run:
    """Takes articles one by one and commits them in batches."""

    def __init__(self, writer: IndexWriter, embedder: Embedder, report: BuildReport, meter: Meter) -> None:
        self._writer = writer
        self._embedder = embedder
        self._report = report
        self._meter = meter
        self.mean = writer.mean_token_embedding(lambda: centre_of(embedder))
        self._batch: list[_Pending] = []
        self._chunks = 0  # in the batch

    def take(self, item: Item, made: Made | None = None) -> None:
        """Note what is no article; skip an article that is unchanged; add any other to the batch, perhaps made already."""
        if not isinstance(item, Article):
            _note(item, self._report)
            return
        self._meter.read(item)
        try:
            self._take_article(item, made)
        except InputError as error:
            self._report.bad.append(BadArticle(item.file, item.origin, error.what, fault_of(error)))
        if self._chunks >= COMMIT_CHUNKS:
            self.commit()
        elif self._meter.articles % TELL_ARTICLES == 0:
            self._meter.tell()

    def _take_article(self, article: Article, made: Made | None) -> None:
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
        content = renamed(made, identity.id) if made else cut_article(article, identity.id)
        whole = content.cut if isinstance(content, Made) else content
        if is_same and writer.holds(whole.document):  # at a new place: a file's name may tell its title, date or format
            report.unchanged += 1
            return
        if identity.shares:
            what = "id" if article.id else "URL"
            report.notes.append(
                (article.origin, Note(f"shared {what}", f"its {what} is also that of {identity.shares}"))
            )
        report.notes += [(article.origin, note) for note in article.notes]
        report.changed += identity.stored is not None
        report.added += identity.stored is None
        self._batch.append(_Pending(article, content, identity.replaces))
        self._chunks += len(whole.chunks)

    def commit(self) -> None:
        """Embed the batch and commit it."""
        if not self._batch:
            return
        import numpy as np

        to_make = [item.content for item in self._batch if isinstance(item.content, CutDocument)]
        fresh = iter(make(to_make, self._embedder, self.mean, self._meter.embedded))
        made = [item.content if isinstance(item.content, Made) else next(fresh) for item in self._batch]
        documents = [
            IndexedDocument(item.article, each.cut.document, each.cut.chunks, each.terms, each.sign_bits, item.replaces)
            for item, each in zip(self._batch, made, strict=True)
        ]
        self._writer.commit(documents, np.concatenate([each.vectors for each in made]))
        if done := sum(len(each.terms) for each in made) - sum(len(each.chunks) for each in to_make):
            self._meter.embedded(done)
        self._batch, self._chunks = [], 0


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
