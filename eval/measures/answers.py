"""Measures of short answers and of confidences, as pure functions."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """Small letters, no ASCII punctuation, no English articles, single blanks: as SQuAD compares answers (Rajpurkar et al.,
    "SQuAD: 100,000+ Questions for Machine Comprehension of Text", EMNLP 2016, section 6.1).

    >>> normalised("The  Code, of the Sea")
    'code of sea'
    """
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact(answer: str, gold: Sequence[str]) -> float:
    """1 if an answer is one of the gold ones, once both are normalised; no gold answer means that "" is right.

    >>> exact("the ten laws", ["Ten laws."]), exact("ten", ["ten laws"]), exact("", []), exact("ten", [])
    (1.0, 0.0, 1.0, 0.0)
    """
    return float(any(normalised(answer) == normalised(each) for each in gold or ("",)))


def f1(answer: str, gold: Sequence[str]) -> float:
    """The best F1 of the answer's words and those of a gold answer; where one has no words, 1 if both have none.

    "at least ten laws" and "ten laws": 2 shared, precision 2/4, recall 2/2, F1 2/3.

    >>> round(f1("at least ten laws", ["ten laws", "fifty"]), 4)
    0.6667
    """
    return max(_f1(normalised(answer).split(), normalised(each).split()) for each in gold or ("",))


def _f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = (Counter(answer) & Counter(gold)).total()
    return 2 * shared / (len(answer) + len(gold))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores higher than a negative, a tie counting half (area under the ROC curve; Hanley and
    McNeil, "The meaning and use of the area under a ROC curve", 1982). Half where one side is empty.

    >>> auroc([0.9, 0.4], [0.1, 0.4])
    0.875
    """
    import numpy as np

    if not len(positive) or not len(negative):
        return 0.5
    ordered = np.sort(np.asarray(negative, np.float64))
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / 2 / len(ordered))


def risk_coverage(
    confidence: Sequence[float], right: Sequence[float]
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Coverage and risk when only the surest 1, 2, ..., n are answered: the share answered, and the mean of 1 - right
    among them (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", 2010).

    >>> coverage, risk = risk_coverage([0.2, 0.9], [0.0, 1.0])
    >>> coverage.tolist(), risk.tolist()
    ([0.5, 1.0], [0.0, 0.5])
    """
    import numpy as np

    order = np.argsort(-np.asarray(confidence, np.float64), kind="stable")
    counts = np.arange(1, len(order) + 1)
    return counts / len(order), np.cumsum(1 - np.asarray(right, np.float64)[order]) / counts


def reliability(confidence: Sequence[float], right: Sequence[float], bins: int = 10) -> list[tuple[float, float, int]]:
    """For each bin of confidences that is not empty its mean confidence, its share of right answers, and its size.

    >>> reliability([0.05, 0.15, 0.95], [0.0, 1.0, 1.0], 2)
    [(0.1, 0.5, 2), (0.95, 1.0, 1)]
    """
    import numpy as np

    told, truth = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    at = np.minimum((told * bins).astype(int), bins - 1)
    return [
        (float(told[at == each].mean()), float(truth[at == each].mean()), int((at == each).sum()))
        for each in range(bins)
        if (at == each).any()
    ]


def calibration_error(confidence: Sequence[float], right: Sequence[float], bins: int = 10) -> float:
    """The mean distance of confidence and share of right answers over the bins, weighed by their sizes (Naeini, Cooper and
    Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).

    >>> round(calibration_error([0.05, 0.15, 0.95], [0.0, 1.0, 1.0], 2), 4)
    0.2833
    """
    found = reliability(confidence, right, bins)
    return sum(abs(told - share) * size for told, share, size in found) / max(1, len(confidence))
