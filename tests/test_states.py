"""Token states: packed by hand, late interaction against a plain reference, and what the real model makes of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import Embedded, worded
from index.states import centre_of, interaction, pack
from tests.fakes import FakeEmbedder

FloatArray = NDArray[np.float32]


def test_a_bit_is_set_where_a_state_lies_above_the_centre() -> None:
    centre = np.array([0, 0, 1, 0, 0, 0, 0, 0, -1], np.float32)
    states = np.array([[1, -1, 0.5, 2, 0, 0, 0, 3, 0], [-1, -1, 2, -1, -1, -1, -1, -1, -2]], np.float32)
    assert pack(states, centre) == bytes([0b10010001, 0b10000000, 0b00100000, 0b00000000])


def test_interaction_worked_by_hand() -> None:
    centre = np.zeros(4, np.float32)
    question = np.array([[1, 0, 0, 0], [0, 0, 3, 4]], np.float32)
    both = pack(np.array([[1, 1, 1, 1], [-1, 1, -1, -1]], np.float32), centre)
    neither = pack(np.array([[-1, 1, -1, -1]], np.float32), centre)
    # each token's best: 1/2 and (3 + 4) / (5 * 2) with the first row; -1/2 and -7/10 where only the other row is
    assert interaction(question, centre, [both, neither]) == pytest.approx([(0.5 + 0.7) / 2, -(0.5 + 0.7) / 2])


def test_where_either_side_has_no_token_nothing_is_near() -> None:
    centre, some = np.zeros(8, np.float32), np.ones((1, 8), np.float32)
    assert interaction(some, centre, [b"", b"\xff", b""]) == pytest.approx([-1, 1, -1])
    assert interaction(some[:0], centre, [b"\xff"]).tolist() == [-1]
    assert interaction(some, centre, []).shape == (0,)


def plain(question: FloatArray, centre: FloatArray, passages: list[FloatArray]) -> list[float]:
    """The definition, one pair of tokens at a time."""
    found = []
    for states in passages:
        signs = [np.where(state > centre, 1.0, -1.0) for state in states]
        best = [
            max(
                float(token @ sign) / float(np.linalg.norm(token) * np.linalg.norm(sign))
                for token in [asked - centre]
                for sign in signs
            )
            for asked in question
        ]
        found.append(sum(best) / len(best))
    return found


@given(st.integers(1, 20), st.integers(1, 4), st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 99))
def test_interaction_is_that_of_the_definition(dim: int, tokens: int, lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    centre = random.normal(size=dim).astype(np.float32)
    question = random.normal(size=(tokens, dim)).astype(np.float32)
    passages = [random.normal(size=(length, dim)).astype(np.float32) for length in lengths]
    found = interaction(question, centre, [pack(states, centre) for states in passages])
    assert found == pytest.approx(plain(question, centre, passages), abs=1e-5)


def test_tokens_without_a_letter_or_digit_are_left_out() -> None:
    states = np.arange(8, dtype=np.float32).reshape(4, 2)
    embedded = Embedded(np.zeros((1, 2), np.float32), (states,), (np.array([[0, 2], [2, 3], [4, 6], [6, 7]]),))
    assert worded(embedded, ["ab, 40!"])[0].tolist() == [[0, 1], [4, 5]]


def test_the_centre_is_the_mean_state_of_three_languages() -> None:
    centre = centre_of(FakeEmbedder())
    assert centre.shape == (64,)
    assert 0 < np.abs(centre).max() < 0.5
