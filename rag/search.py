"""Finds the passages for a question: by meaning and by words, fused on ranks."""

from collections.abc import Callable, Mapping, Sequence

from index import Snapshot
from rag.types import Hit, Passage, Query

CANDIDATES = 50  # taken from each searcher
RRF_K = 60

Ranking = list[tuple[int, float]]
Searcher = Callable[[Snapshot, Query, int, Sequence[str] | None], Ranking]


def dense(snapshot: Snapshot, query: Query, limit: int, documents: Sequence[str] | None) -> Ranking:
    """Chunks nearest in meaning: (chunk number, cosine), best first."""
    return snapshot.nearest(query.vector, limit, documents)


def lexical(snapshot: Snapshot, query: Query, limit: int, documents: Sequence[str] | None) -> Ranking:
    """Chunks that share words with the question: (chunk number, BM25), best first."""
    return snapshot.match(query.terms, limit, documents)


SEARCHERS: Mapping[str, Searcher] = {"dense": dense, "lexical": lexical}


def find(snapshot: Snapshot, query: Query, limit: int, documents: Sequence[str] | None = None) -> list[Passage]:
    """The best passages for a question, best first.

    Args:
        limit: how many at most.
        documents: ids of the documents to look in, or None for all.
    """
    rankings = {
        name: searcher(snapshot, query, max(CANDIDATES, limit), documents) for name, searcher in SEARCHERS.items()
    }
    fused = fuse({name: [id for id, _ in ranking] for name, ranking in rankings.items()})[:limit]
    hits: dict[int, dict[str, Hit]] = {id: {} for id, _ in fused}
    for name, ranking in rankings.items():
        for rank, (id, score) in enumerate(ranking, 1):
            if id in hits:
                hits[id][name] = Hit(rank, score)
    found = snapshot.chunks([id for id, _ in fused])
    return [
        Passage(chunk, document, rank, score, hits[id])
        for rank, ((id, score), (chunk, document)) in enumerate(zip(fused, found, strict=True), 1)
    ]


def fuse(rankings: Mapping[str, Sequence[int]], k: int = RRF_K) -> Ranking:
    """Reciprocal rank fusion: each ranking adds 1 / (k + rank) to what it holds, ranks count from 1.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods", SIGIR 2009. Ties go to the one that stands first in the first ranking that holds it.

    >>> fuse({"a": [7, 8], "b": [8]}, k=1)
    [(8, 0.8333333333333333), (7, 0.5)]
    """
    scores: dict[int, float] = {}
    for ranking in rankings.values():
        for rank, id in enumerate(ranking, 1):
            scores[id] = scores.get(id, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda item: -item[1])
