"""Decides: how likely a sentence answers a question, and from where on that is said.

The confidence is a logistic regression over a few features of question and sentence. Its weights and thresholds
are made from the questions in `eval/calibration.jsonl` by `python -m eval.calibrate`, and kept in `confidence.json`.
"""

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

CONFIDENCE = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made of.

    Attributes:
        judged: the judge's log-odds that the sentence answers.
        cosine: of the question's vector and the sentence's.
        lead: that cosine minus the mean over all sentences read for the question.
        tokens: how near the sentence's tokens are to the question's (late interaction).
        overlap: share of the question's words in the sentence, rare words counting more; 0 across languages.
        same_language: 1 if question and document are in one language, else 0.
        kind_missing: 1 if the question wants a number or a time and the sentence has none, else 0.
        counted: 1 if the question asks how many of a thing and the sentence counts just that thing, else 0.
        uncounted: 1 if it asks so in the sentence's language and the sentence does not count that thing, else 0.
    """

    judged: float
    cosine: float
    lead: float
    tokens: float
    overlap: float
    same_language: float
    kind_missing: float
    counted: float
    uncounted: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of `Features`, a bias, and for each language of questions the confidence from which on one
    counts as answered.
    """

    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, float]

    @classmethod
    @functools.cache
    def load(cls) -> "Model":
        """Read the model that ships with the project, once."""
        row = json.loads(CONFIDENCE.read_text("utf-8"))
        return cls(tuple(row["weights"].values()), row["bias"], row["thresholds"])

    def confidence(self, features: Features) -> float:
        """Probability, 0 to 1, that the sentence answers: the logistic function of the weighted sum."""
        total = self.bias + sum(w * x for w, x in zip(self.weights, astuple(features), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
