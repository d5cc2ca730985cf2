"""Estimates the probability that words answer a question, and holds the thresholds above which they are said.

The confidence is a logistic regression over two features of question and words. Its weights and thresholds are made from
calibration questions by `python -m eval.training.confidence`, and kept in `confidence.json`.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rag.logistic import Logistic

CONFIDENCE = Path(__file__).with_name("weights") / "confidence.json"


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made of.

    Attributes:
        read: the reader's log-odds that the words answer rather than nothing in the passage does.
        cosine: of the question's vector and that of title and sentence.
    """

    read: float
    cosine: float


UNLEARNED = Logistic({}, 0.0)

Caution = Literal["strict", "normal", "lenient"]

# The share of unanswerable questions that may be answered all the same: what the thresholds are set to.
FALSE_ANSWERS: Mapping[Caution, float] = {"strict": 0.02, "normal": 0.08, "lenient": 0.20}

# Of what is shown, said or only perhaps, the share that may be wrong, or answer what nothing answers.
WRONG_IF_UNSURE = 0.30


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """How likely words are to answer, from `Features`.

    `thresholds` holds, for each caution and language of the question, the confidence from which on it is answered.
    From `unsure` on, words are shown that may answer, without the claim. `matter` is the model of `rag.verdict.matter`.
    """

    answers: Logistic
    thresholds: Mapping[Caution, Mapping[str, float]]
    unsure: float = 1.0
    matter: Logistic = UNLEARNED

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ConfidenceModel":
        """The model that a row of JSON holds."""
        matter = Logistic.of(row.get("matter", UNLEARNED.to_json()))
        return cls(Logistic.of(row), row["thresholds"], row["unsure"], matter)

    @classmethod
    @functools.cache
    def load(cls) -> "ConfidenceModel":
        """Read the model that ships with the project, once."""
        return cls.of(json.loads(CONFIDENCE.read_text("utf-8")))

    def confidence(self, features: Features) -> float:
        """Probability, 0 to 1, that the words answer."""
        return self.answers.probability(features)
