"""Retrieves the passages for a question: candidates by meaning and by words, fused into one order, then selected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index import Filters, Snapshot
from index.store.bm25 import upper_bound
from rag.retrieval.fuse import Ranking, by_score, fuse
from rag.retrieval.near_duplicates import DuplicateGroups
from rag.retrieval.novelty import worth_comparing
from rag.retrieval.select import select, with_same_texts
from rag.types import Hit, Passage, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 50  # taken from each searcher at first, and compared
DEEPER = 6  # times as many, of which what says something new is compared, where copies of one story took them all

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

    Where near-duplicates take all the candidates, it is looked further down, among what says something new. How much is
    looked at is bounded, however large the index is and however many copies it holds: fewer passages may come back.

    Args:
        limit: how many at most.
        filters: look only in the documents that pass, or everywhere for None.
        per_document: the most chunks of one article; see `select`.
    """
    first = max(CANDIDATES, limit)
    groups = DuplicateGroups()
    for times in (1, DEEPER):
        rankings = run_searchers(snapshot, query, times * first, filters)
        is_last = times == DEEPER or all(len(ranking) < times * first for ranking in rankings.values())
        ids, repeating = worth_comparing(snapshot, list(rankings.values()), first)
        candidates = to_passages(snapshot, query, rankings, ids, limit)
        found = select(candidates, limit, per_document, fill=is_last, groups=groups)
        if len(found) >= limit or is_last:
            break
    return with_same_texts(found, repeating)


def near(snapshot: Snapshot, vector: "NDArray[np.float32]", filters: Filters | None = None) -> list[Passage]:
    """The passages nearest to a vector, best first: one chunk each."""
    ranking = snapshot.search_vectors(vector, CANDIDATES, filters)
    told = snapshot.chunks([id for id, _ in ranking])
    return [
        Passage(*about, rank, cosine, {"dense": Hit(rank, cosine)})
        for rank, ((_, cosine), about) in enumerate(zip(ranking, told, strict=True), 1)
    ]


def run_searchers(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None) -> dict[str, Ranking]:
    """What each searcher finds, by its name. Words come first, for the question is still being embedded meanwhile."""
    by_words = lexical(snapshot, query, limit, filters)
    return {"dense": dense(snapshot, query, limit, filters), "lexical": by_words}


def to_passages(
    snapshot: Snapshot, query: Query, rankings: Mapping[str, Ranking], ids: Sequence[int], block: int
) -> Iterator[Passage]:
    """Some of the candidates, best first, as passages of one chunk each; `block` of them are read from the index at a time."""
    hits = _hits_by_chunk(rankings)
    measure, nearness = nearness_of(snapshot, query, ids)
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
