"""Brings a database up to date with a local index: what changed since the last time, a batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.analysis.terms import terms
from index.articles.chunks import embedding_text
from index.pipeline import COMMIT_CHUNKS
from index.store.postgresql.address import Address
from index.store.postgresql.schema import HNSW_FROM
from index.store.postgresql.writer import ExportedDocument, PostgresWriter
from index.store.reader import IndexReader
from index.store.snapshot import LocalSnapshot
from index.store.types import StoredParts

READ_DOCUMENTS = 64  # read from the local index at a time

OnExport = Callable[[int, int], None]  # documents done, and those that were due


@dataclass(slots=True)
class ExportReport:
    """What an export did; `chunks` counts the whole index in the database afterwards."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    chunks: int = 0
    generation: int = 0


def export(
    folder: Path,
    address: Address,
    *,
    shards: Sequence[Address] = (),
    anew: bool = False,
    hnsw_from: int = HNSW_FROM,
    on_progress: OnExport = lambda done, due: None,
) -> ExportReport:
    """Make the index in a database the same as a local one. An interrupted export goes on where it stopped.

    Args:
        folder: the local index.
        address: of the database; the tables are made if they are not there.
        shards: databases that its large tables are spread over; the same ones in the same order each time.
        anew: drop an index that is there first, whatever made it.
        hnsw_from: chunks from which the vectors get an HNSW index.
        on_progress: called after each commit.

    Raises:
        MissingIndex: there is no index in the folder.
        MismatchedIndex: the folder or the database holds one of another version of Kenes, or of another model.
        StoreError: the database cannot be written; what was committed stays.
    """
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        settings = snapshot.settings
        mean = {key: value for key, value in snapshot.meta.items() if key == "mean_token_embedding"}
        with PostgresWriter(address, settings, mean, shards, anew=anew) as writer:
            writer.begin()
            report = _bring_over(snapshot, writer, on_progress)
            report.chunks, report.generation = writer.finish(hnsw_from)
    return report


def _bring_over(snapshot: LocalSnapshot, writer: PostgresWriter, on_progress: OnExport) -> ExportReport:
    wanted, held = snapshot.fingerprints(), writer.fingerprints()
    gone = [id for id in held if id not in wanted]
    due = [id for id, fingerprint in wanted.items() if held.get(id) != fingerprint]
    changed = sum(id in held for id in due)
    writer.remove(gone)
    done = 0
    for batch in _batches(snapshot, due):
        writer.replace([_exported(parts, wanted[parts.document.id]) for parts in batch])
        done += len(batch)
        on_progress(done, len(due))
    return ExportReport(len(due) - changed, changed, len(gone), len(wanted) - len(due))


def _batches(snapshot: LocalSnapshot, ids: Sequence[str]) -> Iterator[list[StoredParts]]:
    """All that is stored of some documents, in batches of some hundred chunks."""
    batch: list[StoredParts] = []
    rest = iter(ids)
    while some := list(islice(rest, READ_DOCUMENTS)):
        for parts in snapshot.parts(some):
            batch.append(parts)
            if sum(len(each.numbers) for each in batch) >= COMMIT_CHUNKS:
                yield batch
                batch = []
    if batch:
        yield batch


def _exported(parts: StoredParts, fingerprint: str) -> ExportedDocument:
    """With the terms of each chunk, made as they were for the local index, which keeps no list of them."""
    document = parts.document
    found = [terms(embedding_text(document, chunk), document.language) for chunk in parts.chunks]
    return ExportedDocument(parts, found, fingerprint)
