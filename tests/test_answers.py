"""Measures of short answers, against cases worked by hand from the definition of SQuAD's script."""

import itertools
import random

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from eval.measures.answers import exact, f1, normalised
from eval.measures.confidence import auroc, calibration_error, reliability, risk_coverage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Code, of the Sea", "code of sea"),
        ("An apple a day", "apple day"),
        ("U.S.", "us"),  # punctuation goes before articles do
        ("a.", ""),
        ("Ten-year  plan\n", "tenyear plan"),
        ("«Закон» № 5", "«закон» № 5"),  # only ASCII punctuation
        ("theatre another", "theatre another"),
        ("O'Neill", "oneill"),
    ],
)
def test_normalisation(text: str, expected: str) -> None:
    assert normalised(text) == expected


@pytest.mark.parametrize(
    ("answer", "gold", "right", "overlap"),
    [
        ("10th and 11th centuries", ["in the 10th and 11th centuries", "10th and 11th centuries"], 1.0, 1.0),
        ("in the 10th century", ["10th and 11th centuries"], 0.0, 2 * 1 / (3 + 4)),  # in, 10th, century / 4 words
        ("France", ["Normandy"], 0.0, 0.0),
        ("ten ten laws", ["ten laws"], 0.0, 2 * 2 / (3 + 2)),  # a word counts as often as it is there
        ("", [], 1.0, 1.0),
        ("ten", [], 0.0, 0.0),
        ("", ["ten"], 0.0, 0.0),
        ("the", ["a"], 1.0, 1.0),  # nothing is left of either
    ],
)
def test_exact_and_f1(answer: str, gold: list[str], right: float, overlap: float) -> None:
    assert exact(answer, gold) == right
    assert f1(answer, gold) == pytest.approx(overlap)


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    chance = random.Random(1)
    for _ in range(50):
        positive = [chance.randint(0, 6) for _ in range(chance.randint(1, 20))]
        negative = [chance.randint(0, 6) for _ in range(chance.randint(1, 20))]
        pairs = [(p > n) + (p == n) / 2 for p, n in itertools.product(positive, negative)]
        assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))
    assert auroc([], [1.0]) == 0.5


def test_risk_and_coverage() -> None:
    coverage, risk = risk_coverage([0.9, 0.1, 0.5, 0.7], [1.0, 0.0, 0.0, 1.0])
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 2 / 4])


def test_calibration_error_of_honest_and_of_boastful_confidences() -> None:
    assert calibration_error([0.5] * 4, [1.0, 0.0, 1.0, 0.0]) == 0
    assert calibration_error([1.0] * 4, [1.0, 0.0, 0.0, 0.0]) == pytest.approx(0.75)
    assert reliability([1.0, 0.0], [1.0, 0.0], 5) == [(0.0, 0.0, 1), (1.0, 1.0, 1)]


def test_auroc_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(0)
    for _ in range(100):
        truth = chance.random(chance.integers(2, 60)) < 0.4
        truth[:2] = True, False
        scores = chance.integers(0, 12, len(truth)) / 12  # with ties
        assert auroc(scores[truth], scores[~truth]) == pytest.approx(roc_auc_score(truth, scores), abs=1e-12)


def test_reliability_and_calibration_error_are_those_of_scikit_learn() -> None:
    chance = np.random.default_rng(1)
    for bins in (5, 10, 15):
        confidence = chance.random(400) ** 2
        right = (chance.random(400) < confidence).astype(float)
        share, told = calibration_curve(right, confidence, n_bins=bins)
        rows = reliability(confidence, right, bins)
        assert [row[0] for row in rows] == pytest.approx(told.tolist())
        assert [row[1] for row in rows] == pytest.approx(share.tolist())
        sizes = np.histogram(confidence, bins, (0, 1))[0]
        expected = float(np.sum(np.abs(share - told) * sizes[sizes > 0]) / 400)
        assert calibration_error(confidence, right, bins) == pytest.approx(expected)
