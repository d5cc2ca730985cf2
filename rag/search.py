"""Finds the passages for a question: by meaning and by words, fused on ranks."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from index import Filters, Snapshot
from rag.results import results
from rag.types import Hit, Passage, Query

CANDIDATES = 50  # taken from each searcher
MANY_CANDIDATES = 1_000  # of so many, articles that crowd are let in again rather than more taken
RRF_K = 60

Ranking = list[tuple[int, float]]
Searcher = Callable[[Snapshot, Query, int, Filters | None], Ranking]


def dense(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None) -> Ranking:
    """Chunks nearest in meaning: (chunk number, cosine), best first."""
    return snapshot.nearest(query.vector, limit, filters)


def lexical(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None) -> Ranking:
    """Chunks that share words with the question: (chunk number, BM25), best first."""
    return snapshot.match(query.terms, limit, filters)


SEARCHERS: Mapping[str, Searcher] = {"dense": dense, "lexical": lexical}


def find(
    snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None, per_document: int | None = None
) -> list[Passage]:
    """The best passages for a question, best first, as `rag.results` makes them of the fused ranking.

    Where copies of one story take all the candidates, more are fetched, until there are enough results.

    Args:
        limit: how many at most.
        filters: look only in the documents that pass, or everywhere for None.
        per_document: the most chunks of one article; see `results`.
    """
    depth = max(CANDIDATES, limit)
    while True:
        rankings = {name: searcher(snapshot, query, depth, filters) for name, searcher in SEARCHERS.items()}
        is_all = all(len(ranking) < depth for ranking in rankings.values())
        fill = is_all or depth >= MANY_CANDIDATES
        found = results(candidates(snapshot, rankings, limit), limit, per_document, fill=fill)
        if len(found) >= limit or is_all:
            return found
        depth *= 4


def candidates(snapshot: Snapshot, rankings: Mapping[str, Ranking], limit: int) -> Iterator[Passage]:
    """The fused ranking as passages of one chunk each, read from the index as they are asked for, `limit` at a time."""
    fused = fuse({name: [id for id, _ in ranking] for name, ranking in rankings.items()})
    hits: dict[int, dict[str, Hit]] = {id: {} for id, _ in fused}
    for name, ranking in rankings.items():
        for rank, (id, score) in enumerate(ranking, 1):
            hits[id][name] = Hit(rank, score)
    for start in range(0, len(fused), limit):
        block = fused[start : start + limit]
        found = snapshot.chunks([id for id, _ in block])
        for rank, ((id, score), (chunk, document)) in enumerate(zip(block, found, strict=True), start + 1):
            yield Passage(chunk, document, rank, score, hits[id])


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
