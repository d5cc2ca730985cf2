"""Fitting the confidence: signs of weights, thresholds at the rate asked for, and the file; on made-up questions."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.training.calibration import CalibrationQuestion
from eval.training.confidence import (
    NAMES,
    NOTHING,
    best,
    fit,
    hold_out,
    platt,
    threshold_for,
    thresholds,
    write_confidence,
)
from index.analysis.languages import LANGUAGES
from rag.logistic import Logistic
from rag.reading.confidence import FALSE_ANSWERS, ConfidenceModel, Features

READ, COSINE = range(2)


def made_up(count: int, seed: int = 0) -> list[CalibrationQuestion]:
    """Questions of five candidates. One answers, in every second question: it is read with more confidence, and lies nearer."""
    chance = np.random.default_rng(seed)
    questions = []
    for number in range(count):
        features = chance.normal(0, 1, (5, 2))
        answers = np.zeros(5, bool)
        if number % 2:
            answers[number % 5] = True
            features[number % 5, [READ, COSINE]] += (3, 1)
        questions.append(CalibrationQuestion(LANGUAGES[number % 3], features, answers, bool(number % 2)))
    return questions


def test_what_tells_more_gets_more_weight() -> None:
    model = fit(made_up(600))
    assert model.weights["read"] > model.weights["cosine"] > 0.3
    assert model.bias < 0  # most candidates do not answer


def test_features_are_weighed_as_they_are_on_whatever_scale() -> None:
    questions = made_up(300)
    scaled = [CalibrationQuestion(q.language, q.features * [10, 1], q.answers, q.answerable) for q in questions]
    model, other = fit(questions), fit(scaled)
    assert other.weights["read"] * 10 == pytest.approx(model.weights["read"], rel=1e-3)
    assert other.weights["cosine"] == pytest.approx(model.weights["cosine"], rel=1e-3)
    assert other.bias == pytest.approx(model.bias, rel=1e-3)


def test_the_best_candidate_by_hand() -> None:
    features = np.array([[1.0, 0], [3.0, 0]])
    question = CalibrationQuestion("en", features, np.array([True, False]), True)
    assert best(question, Logistic({"read": 2.0, "cosine": 0.0}, -1.0)) == (5.0, False)
    assert best(question, Logistic({"read": -2.0, "cosine": 0.0}, -1.0)) == (-3.0, True)
    empty = CalibrationQuestion("en", np.empty((0, 2)), np.empty(0, bool), False)
    assert best(empty, Logistic({"read": 1.0, "cosine": 1.0}, 0.0)) == (NOTHING, False)


@pytest.mark.parametrize(("target", "expected"), [(0.0, 9.0), (0.02, 9.0), (0.1, 8.0), (0.2, 7.0), (0.95, 0.0)])
def test_a_threshold_lets_the_share_asked_for_pass(target: float, expected: float) -> None:
    scores = np.array([*map(float, range(10)), 50.0, -50.0])
    answerable = np.array([False] * 10 + [True] * 2)  # answerable questions do not move it
    threshold = threshold_for(scores, answerable, target)
    assert threshold == expected
    assert (scores[~answerable] > threshold).mean() <= target


@pytest.mark.parametrize(("count", "has_own"), [(600, False), (1500, True)])  # 100 and 250 unanswerable ones a language
def test_a_language_with_enough_questions_has_a_threshold_of_its_own(count: int, has_own: bool) -> None:
    held_out = hold_out(made_up(count))
    found = thresholds(held_out)
    for caution, target in FALSE_ANSWERS.items():
        of_all = threshold_for(held_out.scores, held_out.answerable, target)
        for language in LANGUAGES:
            own = held_out.languages == language
            of_own = threshold_for(held_out.scores[own], held_out.answerable[own], target)
            assert found[caution][language] == (of_own if has_own else of_all)
    for language in LANGUAGES:
        assert found["strict"][language] > found["normal"][language] > found["lenient"][language]


def test_weights_have_not_seen_the_questions_that_they_score() -> None:
    """With as many features as there is noise to learn by heart, seen questions look better than others."""
    questions = made_up(15)
    seen = [best(question, fit(questions))[0] for question in questions]
    for at in (0, 7):
        rest = [question for number, question in enumerate(questions) if number % 5 != at % 5]
        assert hold_out(questions).scores[at] == best(questions[at], fit(rest))[0]
        assert hold_out(questions).scores[at] != seen[at]


def test_platt_finds_the_odds_that_answers_were_drawn_with() -> None:
    chance = np.random.default_rng(0)
    scores = chance.normal(0, 2, 20_000)
    right = chance.random(20_000) < 1 / (1 + np.exp(-(0.5 * scores - 1)))
    assert platt(scores, right) == (pytest.approx(0.5, abs=0.05), pytest.approx(-1, abs=0.05))


def test_the_file_keeps_false_answers_at_the_rate_stated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "confidence.json"
    write_confidence(made_up(2_700), path, lambda model: Logistic({}, model.answers.bias))
    row = json.loads(path.read_text("utf-8"))
    assert list(row["weights"]) == list(NAMES)
    assert len(capsys.readouterr().out.splitlines()) == len(FALSE_ANSWERS) * (len(LANGUAGES) + 1)
    model = ConfidenceModel.of(row)
    others = made_up(3_000, seed=1)  # none of them was fitted to
    for caution, target in FALSE_ANSWERS.items():
        said = {True: [], False: []}
        for question in others:
            confidence = max(model.confidence(Features(*row)) for row in question.features.tolist())
            said[question.answerable].append(confidence >= model.thresholds[caution][question.language])
        assert np.mean(said[False]) == pytest.approx(target, abs=max(0.015, target / 4))
        assert np.mean(said[True]) > 0.5 + target


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    from index import InputError

    with pytest.raises(InputError, match="cannot be written"):
        write_confidence(made_up(60), tmp_path / "nowhere" / "confidence.json", lambda model: Logistic({}, 0.0))
