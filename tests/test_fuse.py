"""Fusing: by hand, against exact fractions, and what cannot change the order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.bm25 import upper_bound
from rag.retrieval.fuse import WORDS_WEIGHT, fuse

SCORES = st.dictionaries(st.integers(0, 20), st.floats(-1, 1), max_size=8)


def test_words_add_their_share_to_the_nearness() -> None:
    # the third has no word of the question; the second has a quarter of all that words could give
    fused = fuse({1: 0.30, 2: 0.25, 3: 0.32}, {1: 2.0, 2: 5.0}, 20.0)
    assert [id for id, _ in fused] == [2, 1, 3]
    assert [score for _, score in fused] == pytest.approx([0.25 + 0.4 * 5 / 20, 0.30 + 0.4 * 2 / 20, 0.32])


def test_words_that_nothing_holds_change_no_order() -> None:
    assert fuse({4: 0.1, 5: 0.3, 6: 0.2}, {}, 1.0) == [(5, 0.3), (6, 0.2), (4, 0.1)]


def test_equal_candidates_stay_in_order() -> None:
    assert fuse({9: 0.5, 3: 0.5, 7: 0.5}, {}, 1.0) == [(9, 0.5), (3, 0.5), (7, 0.5)]


@given(SCORES, st.dictionaries(st.integers(0, 20), st.floats(0, 50), max_size=8), st.floats(0.1, 50))
def test_scores_are_those_of_exact_fractions(near: dict[int, float], words: dict[int, float], limit: float) -> None:
    share = Fraction(WORDS_WEIGHT) / Fraction(limit)
    exact = {id: Fraction(value) + share * Fraction(words.get(id, 0.0)) for id, value in near.items()}
    fused = fuse(near, words, limit)
    assert dict(fused) == pytest.approx({id: float(score) for id, score in exact.items()})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


@given(SCORES, st.floats(0.1, 50))
def test_sharing_all_words_equally_keeps_the_order(near: dict[int, float], score: float) -> None:
    by_nearness = [id for id, _ in sorted(near.items(), key=lambda item: -item[1])]
    are_apart = len({round(value + score, 9) for value in near.values()}) == len(near)
    fused = [id for id, _ in fuse(near, dict.fromkeys(near, score), 60.0)]
    assert fused == by_nearness or not are_apart


def test_bm25_comes_near_its_limit_and_never_exceeds_it() -> None:
    idf = [2.0, 0.5]
    scores = [sum(weight * often * 2.2 / (often + 1.2 * 0.25) for weight in idf) for often in (1, 100, 10_000)]
    assert scores == sorted(scores)
    assert upper_bound(idf) == pytest.approx(5.5)
    assert 5.4 < scores[-1] < upper_bound(idf)
