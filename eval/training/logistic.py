"""Fits a logistic regression (scikit-learn's) to features as they are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.logistic import Logistic

Floats = NDArray[np.float64]


def fit_logistic(
    names: Sequence[str],
    x: Floats,
    y: NDArray[np.bool_],
    share: Floats | None = None,
    *,
    is_balanced: bool = False,
) -> Logistic:
    """The weights and the bias, for features that are not standardised.

    Args:
        names: of the features.
        x: shape (examples, features).
        y: shape (examples,).
        share: how much each example counts, shape (examples,); None: all the same.
        is_balanced: whether the examples of either class count as much together as those of the other.
    """
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(0), x.std(0) + 1e-9
    model: Any = LogisticRegression(max_iter=1000, class_weight="balanced" if is_balanced else None)
    model.fit((x - mean) / scale, y, sample_weight=share)
    weights = model.coef_[0] / scale
    return Logistic(dict(zip(names, weights.tolist(), strict=True)), float(model.intercept_[0] - weights @ mean))


def rounded(model: Logistic, slope: float = 1.0, intercept: float = 0.0) -> Logistic:
    """A model with its log-odds times `slope` plus `intercept`, to four places, as it is kept in a file."""
    weights = {name: round(slope * weight, 4) for name, weight in model.weights.items()}
    return Logistic(weights, round(slope * model.bias + intercept, 4))
