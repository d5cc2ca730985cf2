"""Fits the confidence to the calibration questions: `python -m eval.training.confidence` writes rag/reading/weights/confidence.json.

The questions are those of `eval.training.calibration`. The words read in each passage are one example: does their sentence hold
gold evidence? A logistic regression learns that from the features of `rag.reading.confidence`. A threshold is then set for each caution and language, on the confidence of
each question's best words, with weights that have not seen the question (five folds): the lowest threshold that keeps
the rate of false answers at the target. A language with fewer than 200 unanswerable questions has the threshold of all. The gold questions of the test set are never touched.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import cycle
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.files import write_text
from eval.training.calibration import CalibrationQuestion, read_questions
from eval.training.logistic import fit_logistic, rounded
from eval.training.matter import fit_matter
from index import load_embedder
from index.analysis.languages import LANGUAGES
from rag.logistic import Logistic, logistic
from rag.reading.confidence import CONFIDENCE, FALSE_ANSWERS, WRONG_IF_UNSURE, ConfidenceModel, Features

FOLDS = 5
NOTHING = -20.0  # the score of a question for which nothing was found to read
ENOUGH = 200  # questions that nothing answers, for a language to have a threshold of its own: 16 of them lie above it
NAMES = tuple(field.name for field in fields(Features))

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Thresholds = Mapping[str, Mapping[str, float]]  # by caution and language


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Every question's best candidate, by weights that have not seen the question; each shape (questions,).

    `scores` are log-odds, `right` tells whether the candidate answers.
    """

    scores: Floats
    right: Bools
    answerable: Bools
    languages: NDArray[np.str_]


def fit(questions: Sequence[CalibrationQuestion]) -> Logistic:
    """Logistic regression over all candidates; each question has the same weight."""
    x = np.concatenate(list(map(attrgetter("features"), questions)))
    y = np.concatenate(list(map(attrgetter("answers"), questions)))
    share = np.concatenate(list(map(_equal_shares, questions)))
    return fit_logistic(NAMES, x, y, share * len(y) / share.sum(), is_balanced=True)


def _equal_shares(question: CalibrationQuestion) -> Floats:
    """The share of each candidate in its question, shape (n,)."""
    count = len(question.answers)
    return np.full(count, 1 / max(1, count))


def best(question: CalibrationQuestion, model: Logistic) -> tuple[float, bool]:
    """Score (log-odds) of a question's best candidate, and whether it answers; for a model as `fit` makes it."""
    if not len(question.answers):
        return NOTHING, False
    scores = question.features @ np.array(list(model.weights.values())) + model.bias
    at = int(scores.argmax())
    return float(scores[at]), bool(question.answers[at])


def hold_out(questions: Sequence[CalibrationQuestion]) -> HeldOut:
    """The best candidate of every question, with weights fitted to the other folds."""
    models = [_fit_to_others(questions, fold) for fold in range(FOLDS)]
    scores, right = zip(*map(best, questions, cycle(models)), strict=True)
    return HeldOut(
        scores=np.array(scores),
        right=np.array(right, bool),
        answerable=np.array(list(map(attrgetter("answerable"), questions)), bool),
        languages=np.array(list(map(attrgetter("language"), questions))),
    )


def _fit_to_others(questions: Sequence[CalibrationQuestion], fold: int) -> Logistic:
    return fit([question for at, question in enumerate(questions) if at % FOLDS != fold])


def platt(scores: Floats, right: Bools) -> tuple[float, float]:
    """Slope and intercept that turn scores into log-odds of being right.

    Source: Platt, "Probabilistic outputs for support vector machines", 1999.
    """
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def threshold_for(scores: Floats, answerable: Bools, target: float) -> float:
    """The lowest score above which at most a share `target` of the unanswerable questions lies.

    >>> threshold_for(np.array([3.0, 2.0, 1.0, 9.0]), np.array([False, False, False, True]), 0.34)
    2.0
    """
    wrong = np.sort(scores[~answerable])[::-1]
    return float(wrong[int(target * len(wrong))])


def thresholds(held_out: HeldOut) -> dict[str, dict[str, float]]:
    """The score from which on a question is answered, by caution and language."""
    found: dict[str, dict[str, float]] = {}
    for caution, target in FALSE_ANSWERS.items():
        of_all = threshold_for(held_out.scores, held_out.answerable, target)
        found[caution] = {}
        for language in LANGUAGES:
            own = held_out.languages == language
            has_enough = (own & ~held_out.answerable).sum() >= ENOUGH
            of_own = threshold_for(held_out.scores[own], held_out.answerable[own], target) if has_enough else of_all
            found[caution][language] = of_own
    return found


def threshold_of_unsure(held_out: HeldOut, target: float = WRONG_IF_UNSURE) -> float:
    """The lowest score from which on at most a share `target` of the questions have best words that are wrong."""
    order = np.argsort(-held_out.scores, kind="stable")
    wrong = np.cumsum(~held_out.right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(wrong <= target)
    return float(held_out.scores[order][kept[-1]]) if len(kept) else float("inf")


def calibrate(questions: Sequence[CalibrationQuestion], held_out: HeldOut, limits: Thresholds) -> dict[str, Any]:
    """What confidence.json holds: weights, bias, and thresholds as probabilities."""
    slope, intercept = platt(held_out.scores, held_out.right)
    told: dict[str, dict[str, float]] = {}
    for caution, of_language in limits.items():
        told[caution] = {}
        for language, limit in of_language.items():
            told[caution][language] = round(logistic(slope * limit + intercept), 4)
    said = min(told["normal"].values())
    return {
        **rounded(fit(questions), slope, intercept).to_json(),
        "thresholds": told,
        "unsure": min(said, round(logistic(slope * threshold_of_unsure(held_out) + intercept), 4)),
    }


def report(held_out: HeldOut, limits: Thresholds) -> Iterator[str]:
    """A line for each caution and language, and for all of them: how often the best words answer, and how often they are said."""
    for caution, of_language in limits.items():
        limit = np.array([of_language[language] for language in held_out.languages])
        said = held_out.scores > limit
        for language in (*LANGUAGES, "all"):
            group = (held_out.languages == language) | (language == "all")
            yes, no = group & held_out.answerable, group & ~held_out.answerable
            yield (
                f"{caution:8} {language:3}  {yes.sum()} answerable: best words answer {held_out.right[yes].mean():.3f}, "
                f"answered {said[yes].mean():.3f}, of these right {held_out.right[yes & said].mean():.3f}; "
                f"{no.sum()} not: answered {said[no].mean():.3f}"
            )


def write_confidence(
    questions: Sequence[CalibrationQuestion],
    path: Path,
    learn_matter: Callable[[ConfidenceModel], Logistic],
) -> None:
    """Fit, print what the held-out folds say, and write the file.

    Args:
        learn_matter: the model of `rag.verdict.matter`, for a confidence.

    Raises:
        InputError: it cannot be written.
    """
    held_out = hold_out(questions)
    limits = thresholds(held_out)
    for line in report(held_out, limits):
        print(line)
    row = calibrate(questions, held_out, limits)
    row["matter"] = learn_matter(ConfidenceModel.of(row)).to_json()
    write_text(path, json.dumps(row, indent=2) + "\n")


def main() -> None:
    """Read the calibration questions and write the confidence."""
    parser = argparse.ArgumentParser(prog="python -m eval.training.confidence", description=__doc__.partition("\n")[0])
    parser.add_argument("--into", type=Path, default=CONFIDENCE, metavar="FILE", help="the file to write")
    arguments, embedder = parser.parse_args(), load_embedder()
    write_confidence(read_questions(), arguments.into, partial(fit_matter, embedder))


if __name__ == "__main__":
    main()
