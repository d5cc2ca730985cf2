"""Retrieves the passages for a question: candidates by meaning and by words, fused into one order, then selected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index import Filters, Snapshot
from index.store.bm25 import upper_bound
from rag.retrieval.fuse import Ranking, by_score, fuse
from rag.retrieval.select import select
from rag.types import Hit, Passage, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 50  # taken from each searcher at first
DEEPER = 4  # times as many, where copies of one story took them all
MANY_CANDIDATES = 1_000  # from so many on, further chunks of the same articles are accepted

Searcher = Callable[[Snapshot, Query, int, Filters | None], Ranking]


def dense(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None) -> Ranking:
    """Chunks nearest in meaning: (chunk number, cosine), best first."""
    return snapshot.search_vectors(query.vector, limit, filters)


def lexical(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None) -> Ranking:
    """Chunks that share words with the question: (chunk number, BM25), best first."""
    return snapshot.search_bm25(query.terms, limit, filters)


SEARCHERS: Mapping[str, Searcher] = {"dense": dense, "lexical": lexical}


def retrieve(
    snapshot: Snapshot, query: Query, limit: int, filters: Filters | None = None, per_document: int | None = None
) -> list[Passage]:
    """The best passages for a question, best first: one chunk each, near-duplicates left out.

    Where near-duplicates take all the candidates, more are fetched, until there are enough passages.

    Args:
        limit: how many at most.
        filters: look only in the documents that pass, or everywhere for None.
        per_document: the most chunks of one article; see `select`.
    """
    depth = max(CANDIDATES, limit)
    found, exhausted = _retrieve_from(snapshot, query, depth, limit, filters, per_document)
    while len(found) < limit and not exhausted:
        depth *= DEEPER
        found, exhausted = _retrieve_from(snapshot, query, depth, limit, filters, per_document)
    return found


def near(snapshot: Snapshot, vector: "NDArray[np.float32]", filters: Filters | None = None) -> list[Passage]:
    """The passages nearest to a vector, best first: one chunk each."""
    ranking = snapshot.search_vectors(vector, CANDIDATES, filters)
    told = snapshot.chunks([id for id, _ in ranking])
    return [
        Passage(*about, rank, cosine, {"dense": Hit(rank, cosine)})
        for rank, ((_, cosine), about) in enumerate(zip(ranking, told, strict=True), 1)
    ]


def _retrieve_from(
    snapshot: Snapshot, query: Query, depth: int, limit: int, filters: Filters | None, per_document: int | None
) -> tuple[list[Passage], bool]:
    """The best of `depth` candidates from each searcher, and whether no searcher has more."""
    rankings = run_searchers(snapshot, query, depth, filters)
    exhausted = all(len(ranking) < depth for ranking in rankings.values())
    candidates = to_passages(snapshot, query, rankings, limit)
    fill = exhausted or depth >= MANY_CANDIDATES
    return select(candidates, limit, per_document, fill=fill), exhausted


def run_searchers(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None) -> dict[str, Ranking]:
    """What each searcher finds, by its name. Words come first, for the question is still being embedded meanwhile."""
    by_words = lexical(snapshot, query, limit, filters)
    return {"dense": dense(snapshot, query, limit, filters), "lexical": by_words}


def to_passages(snapshot: Snapshot, query: Query, rankings: Mapping[str, Ranking], block: int) -> Iterator[Passage]:
    """All candidates, best first, as passages of one chunk each; `block` of them are read from the index at a time."""
    hits = _hits_by_chunk(rankings)
    measure, nearness = nearness_of(snapshot, query, list(hits))
    for rank, (id, score) in enumerate(by_score(nearness), 1):
        hits[id][measure] = Hit(rank, score)
    limit = upper_bound(query.weights[term] for term in query.terms)
    fused = fuse(nearness, dict(rankings["lexical"]), limit)
    for start in range(0, len(fused), block):
        part = fused[start : start + block]
        chunks = snapshot.chunks([id for id, _ in part])
        for rank, ((id, score), (chunk, document)) in enumerate(zip(part, chunks, strict=True), start + 1):
            yield Passage(chunk, document, rank, score, hits[id])


def nearness_of(snapshot: Snapshot, query: Query, ids: Sequence[int]) -> tuple[str, dict[int, float]]:
    """How near chunks are to a question, and the name of the measure.

    `tokens`: MaxSim of the token embeddings. `cosine`: of the vectors, if the model gives no token embeddings.
    """
    if query.token_embeddings is None:
        return "cosine", dict(snapshot.cosines(query.vector, ids))
    return "tokens", dict(zip(ids, snapshot.maxsim(query.token_embeddings, ids).tolist(), strict=True))


def _hits_by_chunk(rankings: Mapping[str, Ranking]) -> dict[int, dict[str, Hit]]:
    """For each candidate, where each searcher placed it."""
    hits: dict[int, dict[str, Hit]] = {}
    for name, ranking in rankings.items():
        for rank, (id, score) in enumerate(ranking, 1):
            hits.setdefault(id, {})[name] = Hit(rank, score)
    return hits
