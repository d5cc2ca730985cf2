"""Finds the passages for a question: candidates by meaning and by words, ordered by how well their tokens answer its own."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache

from index import Filters, Snapshot
from rag.retrieval.select import results
from rag.types import Hit, Passage, Query

CANDIDATES = 50  # taken from each searcher
MANY_CANDIDATES = 1_000  # of so many, articles that crowd are let in again rather than more taken
WORDS_WEIGHT = 0.4  # of the share of the question's words, beside the nearness of its tokens; see `order`
BM25_K1 = 1.2  # as FTS5 has it

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
    """The best passages for a question, best first, as `rag.retrieval.select` makes them of the ordered candidates.

    Where copies of one story take all the candidates, more are fetched, until there are enough results.

    Args:
        limit: how many at most.
        filters: look only in the documents that pass, or everywhere for None.
        per_document: the most chunks of one article; see `results`.
    """
    depth = max(CANDIDATES, limit)
    while True:
        rankings = search(snapshot, query, depth, filters)
        is_all = all(len(ranking) < depth for ranking in rankings.values())
        fill = is_all or depth >= MANY_CANDIDATES
        found = results(candidates(snapshot, query, rankings, limit), limit, per_document, fill=fill)
        if len(found) >= limit or is_all:
            return found
        depth *= 4


def search(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None) -> dict[str, Ranking]:
    """What each searcher finds, by its name. Words are looked up while the question is embedded, which takes as long."""
    by_words = _meanwhile().submit(_by_words, snapshot, query, limit, filters)
    try:
        query.embedded()
    finally:
        wait([by_words])  # a snapshot is for one thread at a time
    return {"dense": dense(snapshot, query, limit, filters), "lexical": by_words.result()}


def _by_words(snapshot: Snapshot, query: Query, limit: int, filters: Filters | None) -> Ranking:
    """What `lexical` finds; also reads what ordering it will need."""
    found = lexical(snapshot, query, limit, filters)
    query.weighed()
    snapshot.packed_states([id for id, _ in found])
    return found


@cache
def _meanwhile() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(thread_name_prefix="words")


def candidates(snapshot: Snapshot, query: Query, rankings: Mapping[str, Ranking], limit: int) -> Iterator[Passage]:
    """All that was found, in order, as passages of one chunk each, read from the index as asked for, `limit` at a time."""
    hits: dict[int, dict[str, Hit]] = {}
    for name, ranking in rankings.items():
        for rank, (id, score) in enumerate(ranking, 1):
            hits.setdefault(id, {})[name] = Hit(rank, score)
    near = dict(zip(hits, snapshot.interaction(query.states, list(hits)).tolist(), strict=True))
    for rank, (id, score) in enumerate(sorted(near.items(), key=lambda item: -item[1]), 1):
        hits[id]["tokens"] = Hit(rank, score)
    ordered = order(near, dict(rankings["lexical"]), most_words(query))
    for start in range(0, len(ordered), limit):
        block = ordered[start : start + limit]
        found = snapshot.chunks([id for id, _ in block])
        for rank, ((id, score), (chunk, document)) in enumerate(zip(block, found, strict=True), start + 1):
            yield Passage(chunk, document, rank, score, hits[id])


def order(near: Mapping[int, float], words: Mapping[int, float], most: float) -> Ranking:
    """The candidates, best first: how near a passage's tokens are to the question's, and some of the share of its words.

    Both parts are on a scale of their own, the same for every question, so that a part that knows nothing (the words, in
    another language) hardly moves what the other one says. Fusing ranks instead trusts it just as much, and loses on
    every pair of languages.

    Args:
        near: the interaction of every candidate (-1 to 1).
        words: BM25 scores of those that were found by words.
        most: the score that a passage full of the question's words would come near to.

    >>> order({7: 0.4, 8: 0.25}, {8: 5.0}, 10.0)
    [(8, 0.45), (7, 0.4)]
    """
    scores = {id: value + WORDS_WEIGHT * words.get(id, 0.0) / most for id, value in near.items()}
    return sorted(scores.items(), key=lambda item: -item[1])


def most_words(query: Query) -> float:
    """The limit of BM25 where every term of a question comes without end: the sum of their weights times k1 + 1."""
    return (BM25_K1 + 1) * sum(query.weights[term] for term in query.terms) or 1.0
