"""Logistic regression over the fields of a small dataclass: what is learned is a weight for each field, and a bias."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HIGHEST = 50.0  # log-odds, so that none overflows
LEAST = 1e-3  # how far a probability is kept from 0 and 1 before its log-odds are taken


@dataclass(frozen=True, slots=True)
class Logistic:
    """A weight for each feature, by its name, and a bias."""

    weights: Mapping[str, float]
    bias: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Logistic":
        """What `to_json` gave."""
        return cls(row["weights"], row["bias"])

    def to_json(self) -> dict[str, Any]:
        """The weights and the bias."""
        return {"weights": dict(self.weights), "bias": self.bias}

    def probability(self, features: Any) -> float:
        """The probability, 0 to 1: the logistic function of the weighted sum.

        Args:
            features: an object with an attribute for each weight.
        """
        return logistic(self.bias + sum(weight * getattr(features, name) for name, weight in self.weights.items()))


def logistic(log_odds: float) -> float:
    """The probability of log-odds.

    >>> logistic(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-HIGHEST, min(HIGHEST, log_odds))))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, which is kept away from 0 and 1.

    >>> log_odds(0.5)
    0.0
    """
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
