"""Measures, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import (
    Outcome,
    answer_found,
    citation_right,
    false_answer_rate,
    false_refusal_rate,
    first_hit,
    hit_at,
    mean_reciprocal_rank,
    overlaps,
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
