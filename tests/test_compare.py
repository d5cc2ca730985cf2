"""Comparing runs: what is significant, what changed sides, and what cannot be compared."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.measures.statistics import holm, permutation
from eval.runs.compare import compare
from eval.runs.results import EvalRun
from index import InputError
from tests.fakes import result_of

RIGHT = {"answered rightly": 1.0, "false refusals": 0.0, "MRR@10": 1.0}


def run_of(right: set[int], count: int = 12, sha256: str = "0") -> EvalRun:
    results = (result_of(str(at), **({"values": RIGHT} if at in right else {})) for at in range(count))
    return EvalRun({}, {"sha256": sha256}, tuple(results), {})


def test_a_loss_that_is_no_chance_is_significant_and_listed() -> None:
    found = compare(run_of(set(range(12))), run_of({0, 1}))
    assert [(each.measure, each.before, each.after) for each in found.lost] == [
        ("answered rightly", 1.0, pytest.approx(2 / 12)),
        ("false refusals", 0.0, pytest.approx(10 / 12)),
    ]
    assert found.lost[0].p == 2 / 2**10  # ten questions changed, all to one side
    assert [after.id for _, after in found.worse] == [str(at) for at in range(2, 12)]
    assert not found.better
    assert not found.corpus_differs


def test_a_gain_is_no_loss() -> None:
    found = compare(run_of({0, 1}), run_of(set(range(12)), sha256="1"))
    assert not found.lost
    assert any(change.significant for change in found.changes)
    assert found.corpus_differs


def test_few_questions_prove_nothing() -> None:
    found = compare(run_of({0, 1, 2}), run_of({1, 2}))
    assert not found.lost
    assert [after.id for _, after in found.worse] == ["0"]


def test_runs_of_other_questions_are_refused() -> None:
    with pytest.raises(InputError, match='"11" and 0 more differ'):
        compare(run_of(set()), run_of(set(), count=11))


def test_a_false_answer_is_a_question_got_wrong() -> None:
    refused = result_of("x", gold=(), values={"false answers": 0.0})
    answered = result_of("x", gold=(), values={"false answers": 1.0})
    found = compare(*(EvalRun({}, {"sha256": ""}, (each,), {}) for each in (refused, answered)))
    assert [after.id for _, after in found.worse] == ["x"]


@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), max_size=7))
@settings(deadline=None)
def test_the_permutation_test_tries_every_sign(differences: list[float]) -> None:
    signed = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    expected = sum(each >= abs(sum(differences)) - 1e-9 for each in signed) / len(signed)
    assert permutation(differences) == pytest.approx(expected)


def test_where_there_are_too_many_signs_some_are_drawn() -> None:
    assert permutation([1.0] * 40) == 1 / 10_001
    balanced = permutation([1.0, -1.0] * 20)
    assert balanced == permutation([1.0, -1.0] * 20) == 1.0


def test_holm_stops_at_the_first_that_fails() -> None:
    assert holm([0.04, 0.001, 0.02]) == [True, True, True]  # .001 < .05/3, .02 < .05/2, .04 < .05
    assert holm([0.04, 0.001, 0.03]) == [False, True, False]
    assert holm([]) == []
