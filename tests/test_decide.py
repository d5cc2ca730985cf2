"""Deciding: the logistic function, worked by hand, and the model that ships."""

import json
from dataclasses import fields

import pytest

from index.analysis.languages import LANGUAGES
from rag.logistic import Logistic
from rag.reading.confidence import CONFIDENCE, FALSE_ANSWERS, ConfidenceModel, Features
from rag.verdict.matter import Matter


def test_the_confidence_is_the_logistic_function_of_the_weighted_sum() -> None:
    model = ConfidenceModel(Logistic({"read": 1.0, "cosine": 2.0}, -1.0), {})
    assert model.confidence(Features(read=0.0, cosine=0.5)) == 0.5
    assert model.confidence(Features(read=2.0, cosine=0.0)) == pytest.approx(0.7310585786300049)
    assert model.confidence(Features(read=-1e9, cosine=0.0)) < 1e-20


def test_the_shipped_model_fits_the_features_and_has_a_threshold_for_each_language() -> None:
    row = json.loads(CONFIDENCE.read_text("utf-8"))
    assert list(row["weights"]) == [field.name for field in fields(Features)]
    assert set(row["thresholds"]) == set(FALSE_ANSWERS)
    assert list(row["matter"]["weights"]) == [field.name for field in fields(Matter)]
    assert 0 < row["unsure"] <= min(row["thresholds"]["normal"].values())
    for language in LANGUAGES:
        strict, normal, lenient = (row["thresholds"][caution][language] for caution in ("strict", "normal", "lenient"))
        assert 1 > strict >= normal >= lenient > 0
