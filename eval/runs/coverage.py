"""Shows what a gold set and an index leave open: unanswered questions, documents never found, topics without gold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.measures.outcome import Span
from eval.runs.results import EvalRun, QuestionResult
from index import Snapshot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLES = 3  # that a cluster is named by
ROUNDS = 20  # of k-means


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents of similar meaning: how many, and the titles nearest to their centre."""

    documents: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is left open.

    Attributes:
        unanswered: answerable questions that were refused, or failed.
        lost: answerable questions for which no passage was found that answers.
        unfound: id and title of the documents that no question found.
        topics: the clusters without a gold quotation, the largest first; `all_topics` counts every cluster.
    """

    unanswered: tuple[QuestionResult, ...]
    lost: tuple[QuestionResult, ...]
    unfound: tuple[tuple[str, str], ...]
    topics: tuple[Cluster, ...]
    all_topics: int


def coverage(run: EvalRun, snapshot: Snapshot) -> Coverage:
    """What a run left open in its index."""
    found: set[str] = set()
    gold: set[str] = set()
    unanswered, lost = [], []
    for result in run.results:
        found |= documents_of(result.found)
        gold |= documents_of(result.gold)
        if result.answerable and not result.cited:
            unanswered.append(result)
        if result.answerable and not result.values["MRR@10"]:
            lost.append(result)
    clusters = clusters_of(snapshot)
    return Coverage(
        unanswered=tuple(unanswered),
        lost=tuple(lost),
        unfound=tuple((listed.id, listed.title) for listed in snapshot.listing() if listed.id not in found),
        topics=tuple(cluster for cluster, documents in clusters if gold.isdisjoint(documents)),
        all_topics=len(clusters),
    )


def documents_of(spans: Iterable[Span]) -> set[str]:
    """The documents that some spans stand in."""
    return {id for id, _, _ in spans}


def clusters_of(snapshot: Snapshot) -> list[tuple[Cluster, set[str]]]:
    """The documents of an index in clusters of similar meaning, with their ids; the largest cluster first.

    k-means over the documents' vectors. The number of clusters is the square root of half the number of documents, a
    rule of thumb (Mardia, Kent and Bibby, "Multivariate analysis", 1979, p. 365).
    """
    import faiss

    ids, vectors = document_vectors(snapshot)
    if not ids:
        return []
    titles = {listed.id: listed.title for listed in snapshot.listing()}
    count = max(1, round((len(ids) / 2) ** 0.5))
    kmeans = faiss.Kmeans(vectors.shape[1], count, niter=ROUNDS, seed=1, spherical=True, min_points_per_centroid=1)
    kmeans.train(vectors)
    similarity, nearest = kmeans.index.search(vectors, 1)
    members: dict[int, list[tuple[float, int]]] = {}
    for row, cluster in enumerate(nearest[:, 0].tolist()):
        members.setdefault(cluster, []).append((-float(similarity[row, 0]), row))
    clusters = []
    for rows in members.values():
        ordered = [ids[row] for _, row in sorted(rows)]
        named = dict.fromkeys(map(titles.__getitem__, ordered))
        clusters.append((Cluster(len(ordered), tuple(named)[:TITLES]), set(ordered)))
    return sorted(clusters, key=lambda each: (-each[0].documents, each[0].titles))


def document_vectors(snapshot: Snapshot) -> "tuple[list[str], NDArray[np.float32]]":
    """The id of every document, and the mean of the vectors of its chunks as a unit row, (documents, dim)."""
    import numpy as np

    owners, vectors = snapshot.chunk_vectors()
    rows = {id: row for row, id in enumerate(dict.fromkeys(owners))}
    sums = np.zeros((len(rows), snapshot.settings.dim), np.float32)
    np.add.at(sums, [rows[id] for id in owners], vectors)
    return list(rows), sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(min=1e-9)
