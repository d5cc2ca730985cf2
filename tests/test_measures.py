"""Measures, worked by hand."""

import random

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from eval.measures import (
    Outcome,
    answer_found,
    bootstrap,
    citation_right,
    false_answer_rate,
    false_refusal_rate,
    first_hit,
    hit,
    hit_at,
    mean_reciprocal_rank,
    ndcg,
    overlaps,
    recall,
    reciprocal_rank,
)

A, B, C = ("a", 0, 100), ("b", 0, 100), ("c", 0, 100)
HIT_1 = Outcome("en", (A,), (A, B), A)
HIT_2_WRONG = Outcome("en", (B,), (A, B), A)
MISSED_REFUSED = Outcome("ru", (C,), (A, B), None)
NOTHING_FOUND = Outcome("ru", (C,), (), None)
REFUSED = Outcome("kk", (), (A,), None)
INVENTED = Outcome("kk", (), (A,), A)
ALL = [HIT_1, HIT_2_WRONG, MISSED_REFUSED, NOTHING_FOUND, REFUSED, INVENTED]


def test_retrieval_counts_what_was_not_found_as_zero() -> None:
    assert [first_hit(each) for each in ALL[:4]] == [1, 2, None, None]
    assert hit_at(ALL, 1) == 1 / 4
    assert hit_at(ALL, 2) == hit_at(ALL, 5) == 2 / 4
    assert mean_reciprocal_rank(ALL) == (1 + 1 / 2) / 4


def test_answers() -> None:
    assert answer_found(ALL) == 1 / 4
    assert citation_right(ALL) == 1 / 2
    assert false_answer_rate(ALL) == 1 / 2
    assert false_refusal_rate(ALL) == 2 / 4


def test_nothing_asked_is_nothing_found() -> None:
    for measure in (mean_reciprocal_rank, answer_found, citation_right, false_answer_rate, false_refusal_rate):
        assert measure([]) == 0.0


@pytest.mark.parametrize(
    ("span", "gold", "expected"),
    [
        (("a", 0, 10), ("a", 0, 10), True),
        (("a", 0, 10), ("b", 0, 10), False),
        (("a", 0, 10), ("a", 5, 15), True),
        (("a", 0, 10), ("a", 6, 16), False),
        (("a", 0, 1000), ("a", 400, 410), True),
        (("a", 0, 10), ("a", 10, 20), False),
    ],
)
def test_overlap(span: tuple[str, int, int], gold: tuple[str, int, int], expected: bool) -> None:
    assert overlaps(span, gold) is expected


spans = st.tuples(st.just("a"), st.integers(0, 20), st.integers(1, 20)).map(lambda s: (s[0], s[1], s[1] + s[2]))


@given(spans, spans)
def test_overlap_is_symmetric_and_holds_for_itself(one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    assert overlaps(one, one)
    assert overlaps(one, other) == overlaps(other, one)


def test_rankings_are_measured_as_ir_measures_does() -> None:
    chance = random.Random(0)
    documents = [f"d{number}" for number in range(25)]
    relevant = {f"q{number}": set(chance.sample(documents, chance.randint(1, 14))) for number in range(300)}
    rankings = {id: chance.sample(documents, chance.randint(0, 20)) for id in relevant}
    assert sum(not ranking for ranking in rankings.values()) > 5  # nothing found: these count, with 0
    theirs = {
        (row.query_id, row.measure): row.value
        for row in ir_measures.iter_calc(
            [Success @ 1, Success @ 5, RR, R @ 10, nDCG @ 10],
            [ir_measures.Qrel(id, document, 1) for id, found in relevant.items() for document in found],
            [
                ir_measures.ScoredDoc(id, document, -rank)
                for id, ranking in rankings.items()
                for rank, document in enumerate(ranking)
            ],
        )
    }
    for id, found in relevant.items():
        ours = {
            Success @ 1: hit(rankings[id], found, 1),
            Success @ 5: hit(rankings[id], found, 5),
            RR: reciprocal_rank(rankings[id], found),
            R @ 10: recall(rankings[id], found, 10),
            nDCG @ 10: ndcg(rankings[id], found, 10),
        }
        for measure, value in ours.items():
            assert value == pytest.approx(theirs[id, measure], abs=1e-9), (id, measure)


def test_bootstrap() -> None:
    values = [1.0] * 60 + [0.0] * 40
    low, high = bootstrap(values, seed=1)
    assert (low, high) == bootstrap(values, seed=1) != bootstrap(values, seed=2)
    normal = 1.96 * (0.6 * 0.4 / 100) ** 0.5  # what the normal approximation gives for half the interval
    assert (low, high) == pytest.approx((0.6 - normal, 0.6 + normal), abs=0.02)
