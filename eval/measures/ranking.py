"""Measures of rankings: how early the relevant documents come.

To add a measure, write a function of a ranking and the relevant ids, and name it in `RANKING`: `kenes eval` and
`python -m eval.benchmarks.retrieval` both report it.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

RankingMeasure = Callable[[Sequence[str], Collection[str]], float]


def hit(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 if a relevant document is among the first k, else 0 (trec_eval's `success`).

    >>> hit(["a", "b"], {"b"}, 1), hit(["a", "b"], {"b"}, 2), hit([], {"b"}, 5)
    (0.0, 1.0, 0.0)
    """
    return float(not set(relevant).isdisjoint(ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """1 / rank of the first relevant document among the first k; 0 if there is none.

    Source: Voorhees, "The TREC-8 Question Answering Track Report", 1999.

    >>> reciprocal_rank(["a", "b"], {"b", "c"}), reciprocal_rank(["a"], {"b"}), reciprocal_rank(["a", "b"], {"b"}, 1)
    (0.5, 0.0, 0.0)
    """
    for rank, id in enumerate(ranking[:k], 1):
        if id in relevant:
            return 1 / rank
    return 0.0


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant documents that are among the first k.

    Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 8.3.

    >>> recall(["a", "b", "c"], {"b", "d"}, 2), recall(["a", "b", "c"], {"b", "d"}, 1)
    (0.5, 0.0)
    """
    if not relevant:
        return 0.0
    return len(set(relevant).intersection(ranking[:k])) / len(relevant)


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain.

    A relevant document at rank r gains 1 / log2(r + 1). The sum over the first k is divided by that of the best
    possible ranking (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, with the
    discount that trec_eval uses).

    One of two relevant documents at rank 3: 1 / log2(4) = 0.5 out of 1 + 1 / log2(3) = 1.6309.

    >>> round(ndcg(["a", "b", "c"], {"c", "d"}, 10), 4)
    0.3066
    """
    if not relevant:
        return 0.0
    gain = sum(_discount(rank) for rank, id in enumerate(ranking[:k], 1) if id in relevant)
    best = sum(map(_discount, range(1, min(len(relevant), k) + 1)))
    return gain / best


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


RANKING: Mapping[str, RankingMeasure] = {
    "hit@1": partial(hit, k=1),
    "hit@5": partial(hit, k=5),
    "MRR@10": partial(reciprocal_rank, k=10),
    "nDCG@10": partial(ndcg, k=10),
    "recall@10": partial(recall, k=10),
}
