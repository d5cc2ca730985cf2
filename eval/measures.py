"""The measures, as pure functions of what was asked and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[str, int, int]  # document id, start, end


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
