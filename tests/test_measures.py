"""Measures, worked by hand."""

import math
import random
from dataclasses import replace

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from eval.measures.outcome import Outcome, Span, overlaps
from eval.measures.ranking import hit, ndcg, recall, reciprocal_rank
from eval.measures.score import score
from eval.measures.statistics import bootstrap, bootstrap_of

A, B, C = ("a", 0, 100), ("b", 0, 100), ("c", 0, 100)
ASKED = Outcome("How many laws?", gold=(A,), answers=("at least ten", "не менее десяти"), found=(A, B), language="en")


def test_what_was_not_found_counts_as_zero() -> None:
    first, second = score(ASKED), score(replace(ASKED, gold=(B,)))
    lost, nothing = score(replace(ASKED, gold=(C,))), score(replace(ASKED, found=()))
    assert [each["hit@1"] for each in (first, second, lost, nothing)] == [1, 0, 0, 0]
    assert [each["hit@5"] for each in (first, second, lost, nothing)] == [1, 1, 0, 0]
    assert [each["MRR@10"] for each in (first, second, lost, nothing)] == [1, 1 / 2, 0, 0]


def test_gold_in_several_places_is_worth_most_where_all_are_found() -> None:
    # relevant: A at rank 1, and C that was not found: 1 of 1 + 1 / log2(3)
    assert score(replace(ASKED, gold=(A, C)))["nDCG@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))
    # two quotations in one passage are one relevant passage; a second passage with the same gold adds nothing
    assert score(replace(ASKED, gold=(("a", 0, 10), ("a", 20, 30))))["nDCG@10"] == 1
    assert score(replace(ASKED, found=(("a", 0, 60), ("a", 50, 100)), gold=(("a", 50, 60),)))["nDCG@10"] == 1


def test_a_right_answer() -> None:
    told = score(replace(ASKED, cited=(A, B), answer="ten laws"))
    assert told["answered rightly"] == 1
    assert told["citation precision"] == 1 / 2
    assert told["citation recall"] == 1
    assert (told["EM"], told["F1"]) == (0, pytest.approx(2 / 5))  # one word shared, of two and of three
    assert told["numbers right"] == 1
    assert told["false refusals"] == 0
    assert "false answers" not in told


def test_several_answers_by_what_is_said_of_them() -> None:
    several = replace(ASKED, points=(("eGov",), ("e-Otinish",), ("by post", "по почте")), cited=(A,))
    told = score(replace(several, said=("through eGov and e-Otinish", "on the phone", "по почте")))
    assert (told["points recall"], told["points precision"]) == (1, pytest.approx(2 / 3))
    assert score(several)["points recall"] == 0
    assert "points precision" not in score(several)
    assert "points recall" not in score(ASKED)


def test_what_is_shown_as_perhaps_counts_as_shown_and_not_as_answered() -> None:
    told = score(replace(ASKED, perhaps=A))
    assert (told["shown wrongly"], told["answered rightly"], told["false refusals"]) == (0, 0, 1)
    assert score(replace(ASKED, perhaps=B))["shown wrongly"] == 1
    assert "shown wrongly" not in score(ASKED)


def test_an_answer_from_another_place() -> None:
    told = score(replace(ASKED, cited=(B,), answer="forty"))
    assert (told["answered rightly"], told["citation precision"], told["citation recall"]) == (0, 0, 0)
    assert told["numbers right"] == 0


def test_half_a_quotation_is_half_a_recall() -> None:
    assert score(replace(ASKED, cited=(("a", 0, 50),)))["citation recall"] == 0.5


def test_a_refusal_of_what_can_be_answered() -> None:
    told = score(ASKED)
    assert told["false refusals"] == 1
    assert (told["answered rightly"], told["citation recall"], told["EM"], told["F1"], told["numbers right"]) == (
        0,
    ) * 5
    assert "citation precision" not in told


def test_questions_without_an_answer_have_only_errors() -> None:
    nothing = replace(ASKED, gold=(), answers=())
    assert score(nothing) == {"false answers": 0}
    assert score(replace(nothing, cited=(A,))) == {"false answers": 1, "shown wrongly": 1}
    assert score(replace(nothing, perhaps=A)) == {"false answers": 0, "shown wrongly": 1}
    assert score(replace(nothing, failed=True)) == {"false answers": 1}


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [("ten", "en", 1), ("10 laws", "en", 1), ("десяти", "ru", 1), ("ten or fifty", "en", 0), ("some", "en", 0)],
)
def test_numbers_are_the_same_however_they_are_written(said: str, language: str, expected: float) -> None:
    assert score(replace(ASKED, cited=(A,), answer=said, language=language))["numbers right"] == expected


def test_numbers_count_only_where_a_number_is_asked_for() -> None:
    assert "numbers right" not in score(replace(ASKED, question="What did ten people say?"))


some_spans = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.integers(1, 30)).map(lambda s: (s[0], s[1], s[1] + s[2])),
    max_size=5,
    unique=True,
).map(tuple)


@given(some_spans, some_spans, some_spans, st.text(max_size=20), st.booleans())
def test_every_value_is_a_share(
    gold: tuple[Span, ...], found: tuple[Span, ...], cited: tuple[Span, ...], said: str, failed: bool
) -> None:
    outcome = Outcome("How many?", gold, ("ten",), found, cited, said, "en", failed)
    told = score(outcome)
    assert all(0 <= value <= 1 for value in told.values())
    assert told["hit@1"] <= told["hit@5"] if gold else set(told) <= {"false answers", "shown wrongly"}


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


def test_bootstrap_of_any_statistic() -> None:
    rows = [0.0] * 10 + [1.0] * 90
    low, high = bootstrap_of(lambda at: max(rows[int(row)] for row in at), len(rows))
    assert (low, high) == (1.0, 1.0)
    assert bootstrap_of(lambda at: 1.0, 0) == (0.0, 0.0)
