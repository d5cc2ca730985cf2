"""Fits the confidence to the calibration questions: `python -m eval.training.confidence` writes rag/reading/weights/confidence.json.

The words read in each passage are one example: does their sentence answer (does it hold gold evidence) or not? A logistic
regression learns that from the features of `rag.reading.confidence`. For each language of questions a threshold is then set on the
confidence of each question's best words, with weights that have not seen the question (five folds): the lowest that
keeps the rate of false answers at most at the target, one for each caution. A language has few questions, so that its
threshold is drawn half way to that of all. The gold questions of the test set are never touched.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import numpy as np

from eval.datasets.formats import seeds_index
from eval.datasets.questions import CALIBRATION, addresses, load_gold, restriction, spans
from eval.measures.outcome import Span, overlaps
from index import LANGUAGES, IndexReader, load_embedder
from rag.assistant import READ_PASSAGES
from rag.question import understand
from rag.reading.confidence import CONFIDENCE, FALSE_ANSWERS, Features
from rag.reading.extract import AnswerExtractor
from rag.retrieval.retrieve import retrieve
from rag.types import Reading

FOLDS = 5
NOTHING = -20.0  # the score where nothing was found to read
REGULARISATION = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates: their features, shape (n, features), and whether each answers, shape (n,)."""

    language: str
    features: np.ndarray
    answers: np.ndarray
    answerable: bool


def examples() -> list[Example]:
    """Search and read for every calibration question, on an index of the seeds."""
    embedder, made = load_embedder(), []
    passage_reader = AnswerExtractor(embedder)
    with seeds_index() as folder, IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        ids = addresses(snapshot)
        for question in load_gold(CALIBRATION):
            query = understand(question.question, embedder, snapshot)
            passages = retrieve(snapshot, query, READ_PASSAGES, restriction(question, ids))
            candidates = passage_reader.candidates(query, passages)
            gold = spans(question, ids, snapshot)
            made.append(
                Example(
                    question.language,
                    np.array([astuple(each.features) for each in candidates]).reshape(-1, len(fields(Features))),
                    np.array([any(overlaps(_sentence(each.reading), g) for g in gold) for each in candidates], bool),
                    bool(gold),
                )
            )
    return made


def _sentence(reading: Reading) -> Span:
    return reading.document.id, reading.sentence_start, reading.sentence_end


def fit(questions: Sequence[Example]) -> tuple[np.ndarray, float]:
    """Logistic regression over all candidates; each question weighs the same.

    Returns:
        weights, shape (features,), and the bias, for features as they are (not scaled).
    """
    from sklearn.linear_model import LogisticRegression

    x = np.concatenate([each.features for each in questions])
    y = np.concatenate([each.answers for each in questions])
    weight = np.concatenate([np.full(len(each.answers), 1 / max(1, len(each.answers))) for each in questions])
    mean, scale = x.mean(0), x.std(0) + 1e-9
    model: Any = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=1000)
    model.fit((x - mean) / scale, y, sample_weight=weight * len(y) / weight.sum())
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ mean)


def best(example: Example, weights: np.ndarray, bias: float) -> tuple[float, bool]:
    """Score (log-odds) of a question's best candidate, and whether it answers."""
    if not len(example.answers):
        return NOTHING, False
    scores = example.features @ weights + bias
    at = int(scores.argmax())
    return float(scores[at]), bool(example.answers[at])


def held_out(questions: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """`best` for every question, with weights fitted to the other folds: scores and truths, each shape (n,)."""
    found = []
    for at, question in enumerate(questions):
        rest = [each for other, each in enumerate(questions) if other % FOLDS != at % FOLDS]
        found.append(best(question, *fit(rest)))
    return np.array([score for score, _ in found]), np.array([right for _, right in found])


def calibration(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and intercept that turn scores into log-odds of being right (Platt, "Probabilistic outputs for support
    vector machines", 1999).
    """
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def threshold_for(scores: np.ndarray, answerable: np.ndarray, target: float) -> float:
    """The lowest score above which at most a share `target` of the unanswerable questions lies."""
    wrong = np.sort(scores[~answerable])[::-1]
    return float(wrong[int(target * len(wrong))])


def probability(score: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-score)))


def main() -> None:
    """Fit, print what the held-out folds say, and write rag/reading/weights/confidence.json."""
    questions = examples()
    answerable = np.array([each.answerable for each in questions])
    languages = np.array([each.language for each in questions])
    scores, right = held_out(questions)
    limits = {
        caution: {
            language: (
                threshold_for(scores[languages == language], answerable[languages == language], target)
                + threshold_for(scores, answerable, target)
            )
            / 2
            for language in LANGUAGES
        }
        for caution, target in FALSE_ANSWERS.items()
    }
    for caution, of_language in limits.items():
        answered = scores > np.array([of_language[language] for language in languages])
        for name, group in {**{each: languages == each for each in LANGUAGES}, "all": languages != ""}.items():
            yes, no = group & answerable, group & ~answerable
            print(
                f"{caution:8} {name:3}  {yes.sum()} answerable: best words answer {right[yes].mean():.3f}, "
                f"answered {answered[yes].mean():.3f}, of these right {right[yes & answered].mean():.3f}; "
                f"{no.sum()} not: answered {answered[no].mean():.3f}"
            )
    slope, intercept = calibration(scores, right)
    weights, bias = fit(questions)
    names = [field.name for field in fields(Features)]
    row = {
        "weights": {name: round(slope * float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "bias": round(slope * bias + intercept, 4),
        "thresholds": {
            caution: {
                language: round(probability(slope * limit + intercept), 4) for language, limit in of_language.items()
            }
            for caution, of_language in limits.items()
        },
    }
    CONFIDENCE.write_text(json.dumps(row, indent=2) + "\n", "utf-8")
    print(json.dumps(row))


if __name__ == "__main__":
    main()
