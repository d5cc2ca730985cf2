"""Fuses what the searchers found into one order: pure functions of scores."""

from collections.abc import Mapping

WORDS_WEIGHT = 0.4  # of the share of the question's words, beside the nearness in meaning

Ranking = list[tuple[int, float]]  # chunk number and score, best first


def fuse(nearness: Mapping[int, float], words: Mapping[int, float], limit: float) -> Ranking:
    """Order candidates by nearness + 0.4 · words / limit, best first.

    Both parts have a scale that is the same for every question. So a part that knows nothing (the words, in another
    language) hardly changes what the other one says. Rank fusion trusts both parts equally and loses on every pair of
    languages.

    Args:
        nearness: of every candidate, -1 to 1: MaxSim of the token embeddings, or the cosine of the vectors.
        words: BM25 scores of the candidates that share words with the question.
        limit: the score that BM25 cannot exceed, see `index.store.bm25.upper_bound`.

    >>> fuse({7: 0.4, 8: 0.25}, {8: 5.0}, 10.0)
    [(8, 0.45), (7, 0.4)]
    """
    scores = {id: value + WORDS_WEIGHT * words.get(id, 0.0) / limit for id, value in nearness.items()}
    return by_score(scores)


def by_score(scores: Mapping[int, float]) -> Ranking:
    """Candidates by score, highest first; equal ones stay in order."""
    return sorted(scores.items(), key=lambda item: -item[1])
