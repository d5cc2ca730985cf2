"""The encoder of questions: what it is taught by, worked by hand, and against what search does with it."""

import math
from random import Random

import numpy as np
import pytest

from eval.training.groups import HELD_OUT, Group, GroupPassage
from eval.training.nearness import lay_out, loss_of, maxsim, unpack, with_nothing
from eval.training.question_encoder import FOUND, NEAREST, RIGHT, WARMUP, Embedded, _compared, rate, teachable
from index.embedding.load import E5Small
from index.embedding.maxsim import interaction, pack, worded

torch = pytest.importorskip("torch")

QUESTIONS = ("How many laws must change?", "Когда откроют мост - 5 мая?", "Қанша қазақ ?!", "?")


def passage(article: str, number: int, *answers: tuple[int, int]) -> GroupPassage:
    return GroupPassage(article, "en", "", f"{article} {number}", answers)


def test_maxsim_is_what_search_computes() -> None:
    chance = np.random.default_rng(4)
    states = chance.normal(size=(2, 5, 24)).astype(np.float32)
    centre = chance.normal(size=24).astype(np.float32)
    held = torch.tensor([[False, True, True, False, False], [False, True, False, True, True]])
    packed = [pack(chance.normal(size=(tokens, 24)).astype(np.float32), centre) for tokens in (3, 1, 9)]
    made = maxsim(torch.from_numpy(states), held, torch.from_numpy(centre), [unpack(each, 24) for each in packed])
    for row, own, words in zip(made, states, held.numpy(), strict=True):
        assert np.allclose(row.numpy(), interaction(own[words], centre, packed), atol=0.01)


def test_each_right_passage_is_told_from_the_wrong_ones_alone() -> None:
    scores = torch.tensor([[2.0, 1.0, 0.0, 0.5], [3.0, 0.0, 0.0, 0.0]])
    right = torch.tensor([[True, True, False, False], [False, True, False, False]])
    wrong = math.exp(0) + math.exp(0.5)
    first = -(math.log(math.exp(2) / (math.exp(2) + wrong)) + math.log(math.exp(1) / (math.exp(1) + wrong))) / 2
    second = -math.log(1 / (1 + math.exp(3) + 2))
    assert float(loss_of(scores, right)) == pytest.approx((first + second) / 2, abs=1e-5)


def test_nothing_is_right_where_no_passage_is() -> None:
    scores = torch.tensor([[2.0, 1.0, 0.0], [3.0, 0.0, 0.0]])
    right = torch.tensor([[True, True, False], [False, False, False]])
    first = -math.log((math.exp(2) + math.exp(1)) / (math.exp(2) + math.exp(1) + 1 + math.exp(0.5)))
    second = -math.log(math.exp(0.5) / (math.exp(3) + 2 + math.exp(0.5)))
    found = with_nothing(scores, right, torch.tensor(0.5))
    assert float(found) == pytest.approx((first + second) / 2, abs=1e-5)


@pytest.mark.slow
def test_questions_are_laid_out_as_search_does_it() -> None:
    laid = lay_out(QUESTIONS)
    for text, own in zip(QUESTIONS, laid.worded.sum(dim=1).tolist(), strict=True):
        assert own == len(worded(E5Small().embed_query(text), [text])[0])


def test_a_step_compares_right_passages_with_found_and_nearest_ones() -> None:
    passages = [passage("a", number, *([(0, 1)] if number < 3 else [])) for number in range(12)]
    places = {("", each.text): at for at, each in enumerate(passages)}
    embedded = Embedded(places, np.zeros((12, 2), np.float32), [b""] * 12)
    group = Group("a", "How many?", 0, tuple(passages[:8]))
    compared = _compared([group], [frozenset({0, 1, 2})], [[0, 9, 10, 11]], embedded, Random(3))
    assert len([place for place in compared if place < 3]) == RIGHT
    assert len([place for place in compared if 3 <= place < 8]) == FOUND
    assert len([place for place in compared if place > 8]) == NEAREST


def test_facts_and_misses_are_taught_but_for_what_is_held_out() -> None:
    fact = Group("a", "How many?", 0, (passage("a", 1, (0, 1)),))
    found_later = Group("a", "How many?", 1, (), (passage("a", 1, (0, 1)),))
    miss = Group("a", "How few?", None, (passage("a", 1),))
    held_out = Group(min(HELD_OUT), "How many?", 0, fact.passages)
    assert teachable([fact, found_later, miss, held_out]) == ([fact, found_later], [miss])


def test_the_learning_rate_rises_and_falls() -> None:
    rates = [rate(step, 1000) for step in range(1000)]
    assert rates[: WARMUP - 1] == sorted(rates[: WARMUP - 1])
    assert rates[WARMUP:] == sorted(rates[WARMUP:], reverse=True)
    assert rates[-1] < 0.001
