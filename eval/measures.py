"""The measures, as pure functions of what was asked and what came back."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Span = tuple[str, int, int]  # document id, start, end


def hit(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 if a relevant document is among the first k, else 0 (trec_eval's `success`).

    >>> hit(["a", "b"], {"b"}, 1), hit(["a", "b"], {"b"}, 2), hit([], {"b"}, 5)
    (0.0, 1.0, 0.0)
    """
    return float(any(id in relevant for id in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant document, 0 without one (Voorhees, "The TREC-8 Question Answering Track Report",
    1999).

    >>> reciprocal_rank(["a", "b"], {"b", "c"}), reciprocal_rank(["a"], {"b"})
    (0.5, 0.0)
    """
    return next((1 / rank for rank, id in enumerate(ranking, 1) if id in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant documents that are among the first k (Manning, Raghavan and Schütze, "Introduction to
    Information Retrieval", 2008, section 8.3).

    >>> recall(["a", "b", "c"], {"b", "d"}, 2), recall(["a", "b", "c"], {"b", "d"}, 1)
    (0.5, 0.0)
    """
    return sum(id in relevant for id in ranking[:k]) / len(relevant) if relevant else 0.0


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain: a relevant document at rank r adds 1 / log2(r + 1), and the sum over the
    first k is divided by that of the best possible ranking (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of
    IR techniques", 2002, with the discount that trec_eval uses).

    Relevant at rank 3 of two relevant: 1 / log2(4) = 0.5, of 1 + 1 / log2(3) = 1.6309 at best.

    >>> round(ndcg(["a", "b", "c"], {"c", "d"}, 10), 4)
    0.3066
    """
    gain = sum(1 / math.log2(rank + 1) for rank, id in enumerate(ranking[:k], 1) if id in relevant)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1)) if relevant else 0.0


def bootstrap(values: Sequence[float], seed: int = 0, samples: int = 1000) -> tuple[float, float]:
    """The interval that holds 95 % of the means of samples drawn anew from the values, with replacement (percentile
    bootstrap; Efron, "Bootstrap methods: another look at the jackknife", 1979). The same seed gives the same interval.

    >>> bootstrap([0.5, 0.5, 0.5]), bootstrap([])
    ((0.5, 0.5), (0.0, 0.0))
    """
    import numpy as np

    if not len(values):
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(len(values), size=(samples, len(values)))
    low, high = np.percentile(np.asarray(values, np.float64)[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's result.

    `gold` holds every span that answers (none: not answerable), `found` the passages' spans in rank order,
    `cited` the span of citation 1, or None where the question was refused.
    """

    language: str
    gold: tuple[Span, ...]
    found: tuple[Span, ...]
    cited: Span | None


def overlaps(span: Span, gold: Span) -> bool:
    """Whether a span holds at least half of the shorter of the two.

    >>> overlaps(("a", 0, 10), ("a", 6, 30)), overlaps(("a", 0, 10), ("a", 4, 30))
    (False, True)
    """
    shared = min(span[2], gold[2]) - max(span[1], gold[1])
    shorter = min(span[2] - span[1], gold[2] - gold[1])
    return span[0] == gold[0] and shared > 0 and 2 * shared >= shorter


def first_hit(outcome: Outcome) -> int | None:
    """Rank of the first passage that holds a gold span, from 1, or None."""
    for rank, span in enumerate(outcome.found, 1):
        if any(overlaps(span, gold) for gold in outcome.gold):
            return rank
    return None


def hit_at(outcomes: Sequence[Outcome], k: int) -> float:
    """Share of the answerable questions with a gold span among the first k passages; nothing found counts 0."""
    ranks = [first_hit(outcome) for outcome in outcomes if outcome.gold]
    return _share([rank is not None and rank <= k for rank in ranks])


def mean_reciprocal_rank(outcomes: Sequence[Outcome]) -> float:
    """Mean of 1 / rank of the first hit over the answerable questions; no hit counts 0."""
    ranks = [first_hit(outcome) for outcome in outcomes if outcome.gold]
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0


def answer_found(outcomes: Sequence[Outcome]) -> float:
    """Share of the answerable questions that were answered from a place that answers."""
    return _share([_right(outcome) for outcome in outcomes if outcome.gold])


def citation_right(outcomes: Sequence[Outcome]) -> float:
    """Of the answerable questions that were answered, the share whose citation 1 is at a place that answers."""
    return _share([_right(outcome) for outcome in outcomes if outcome.gold and outcome.cited])


def false_answer_rate(outcomes: Sequence[Outcome]) -> float:
    """Share of the questions without an answer that were answered all the same."""
    return _share([outcome.cited is not None for outcome in outcomes if not outcome.gold])


def false_refusal_rate(outcomes: Sequence[Outcome]) -> float:
    """Share of the answerable questions that were refused."""
    return _share([outcome.cited is None for outcome in outcomes if outcome.gold])


def _right(outcome: Outcome) -> bool:
    cited = outcome.cited
    return cited is not None and any(overlaps(cited, gold) for gold in outcome.gold)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
