"""Measures of confidence: whether it separates right from wrong, and whether it is as high as answers are right.

To add a measure, write a function of confidences, rightness and answerability, and name it in `CONFIDENCE` (and in
`ERRORS`, if lower is better): `kenes eval` reports it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = Sequence[float] | NDArray[np.float64]

# Of a set of questions: the confidence of each (0 to 1), whether it is right, and whether the question is answerable.
ConfidenceMeasure = Callable[["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.bool_]"], float]


def auroc(positive: "Floats", negative: "Floats") -> float:
    """The probability that a positive scores higher than a negative; a tie counts half, and so does an empty side.

    The area under the ROC curve (Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982).

    >>> auroc([0.9, 0.4], [0.1, 0.4])
    0.875
    """
    import numpy as np

    if not len(positive) or not len(negative):
        return 0.5
    ordered = np.sort(np.asarray(negative, np.float64))
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / 2 / len(ordered))


def risk_coverage(confidence: "Floats", right: "Floats") -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Coverage and risk if only the surest 1, 2, ..., n questions are answered.

    Coverage is the share answered; risk is the mean of 1 - right among them (El-Yaniv and Wiener, "On the foundations
    of noise-free selective classification", 2010). Both have shape (n,).

    >>> coverage, risk = risk_coverage([0.2, 0.9], [0.0, 1.0])
    >>> coverage.tolist(), risk.tolist()
    ([0.5, 1.0], [0.0, 0.5])
    """
    import numpy as np

    order = np.argsort(-np.asarray(confidence, np.float64), kind="stable")
    counts = np.arange(1, len(order) + 1)
    return counts / len(order), np.cumsum(1 - np.asarray(right, np.float64)[order]) / counts


def reliability(confidence: "Floats", right: "Floats", bins: int = 10) -> list[tuple[float, float, int]]:
    """For each non-empty bin of confidences: its mean confidence, its share of right answers, and its size.

    >>> reliability([0.05, 0.15, 0.95], [0.0, 1.0, 1.0], 2)
    [(0.1, 0.5, 2), (0.95, 1.0, 1)]
    """
    import numpy as np

    said, truth = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    bin_of = np.minimum((said * bins).astype(int), bins - 1)
    rows = []
    for number in np.unique(bin_of):
        own = bin_of == number
        rows.append((float(said[own].mean()), float(truth[own].mean()), int(own.sum())))
    return rows


def calibration_error(confidence: "Floats", right: "Floats", bins: int = 10) -> float:
    """The mean distance between confidence and share of right answers over the bins, weighted by their sizes.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015.

    >>> round(calibration_error([0.05, 0.15, 0.95], [0.0, 1.0, 1.0], 2), 4)
    0.2833
    """
    found = reliability(confidence, right, bins)
    return sum(abs(said - share) * size for said, share, size in found) / max(1, len(confidence))


CONFIDENCE: Mapping[str, ConfidenceMeasure] = {
    "calibration error": lambda confidence, right, answerable: calibration_error(confidence, right),
    "AUROC": lambda confidence, right, answerable: auroc(confidence[answerable], confidence[~answerable]),
}
ERRORS = {"calibration error"}  # lower is better
NEED_BOTH_SIDES = {"AUROC"}  # says nothing of a set whose questions all have an answer, or all have none
