"""Runs gold questions through `ask` and scores what comes back."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.gold import GOLD, Question, addresses, load_gold, restriction, spans
from eval.measures import (
    Outcome,
    answer_found,
    citation_right,
    false_answer_rate,
    false_refusal_rate,
    hit_at,
    mean_reciprocal_rank,
)
from index import Reader, build, load_embedder
from rag import Answer, Assistant

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FLOORS = Path(__file__).with_name("floors.json")
TOP = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one group of questions; all but the counts are shares between 0 and 1."""

    questions: int
    answerable: int
    hit_at_1: float
    hit_at_5: float
    mrr: float
    answer_found: float
    citation_right: float
    false_answer_rate: float
    false_refusal_rate: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Scores":
        """Score a group of outcomes."""
        return cls(
            questions=len(outcomes),
            answerable=sum(bool(outcome.gold) for outcome in outcomes),
            hit_at_1=hit_at(outcomes, 1),
            hit_at_5=hit_at(outcomes, 5),
            mrr=mean_reciprocal_rank(outcomes),
            answer_found=answer_found(outcomes),
            citation_right=citation_right(outcomes),
            false_answer_rate=false_answer_rate(outcomes),
            false_refusal_rate=false_refusal_rate(outcomes),
        )

    def to_json(self) -> dict[str, Any]:
        """The measures by name."""
        return asdict(self)


@contextmanager
def seeds_index() -> Iterator[Path]:
    """An index of the seeds, made for the occasion and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        build([SEEDS], Path(folder, "index"), load_embedder())
        yield Path(folder, "index")


def evaluate(gold: Path, folder: Path) -> dict[str, Scores]:
    """Ask every gold question and score the answers.

    Returns:
        the scores of each question language, and under `all` those of the whole set.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    outcomes = [outcome for _, outcome, _ in ask_all(load_gold(gold), folder)]
    languages = sorted({outcome.language for outcome in outcomes})
    groups = {language: [each for each in outcomes if each.language == language] for language in languages}
    return {language: Scores.of(group) for language, group in {**groups, "all": outcomes}.items()}


def ask_all(questions: Sequence[Question], folder: Path) -> list[tuple[Question, Outcome, Answer]]:
    """Ask every question; each with its outcome and the answer in full."""
    with Reader(folder) as reader, reader.snapshot() as snapshot:
        ids = addresses(snapshot)
        gold = [spans(question, ids, snapshot) for question in questions]
    with Assistant.open(folder) as assistant:
        answers = [assistant.ask(each.question, TOP, restriction(each, ids)) for each in questions]
    return [
        (question, _outcome(question.language, places, answer), answer)
        for question, places, answer in zip(questions, gold, answers, strict=True)
    ]


def _outcome(language: str, gold: tuple[tuple[str, int, int], ...], answer: Answer) -> Outcome:
    cited = answer.citations[0] if answer.citations else None
    return Outcome(
        language=language,
        gold=gold,
        found=tuple((p.document.id, p.chunk.start, p.chunk.end) for p in answer.passages),
        cited=(cited.document_id, cited.start, cited.end) if cited else None,
    )


def below_floors(scores: Scores) -> list[str]:
    """The pinned floors (and, for rates of errors, ceilings) that scores do not reach, a sentence each."""
    broken = []
    for name, limits in json.loads(FLOORS.read_text("utf-8")).items():
        value = getattr(scores, name)
        if value < limits.get("min", 0.0) or value > limits.get("max", 1.0):
            broken.append(f"{name} is {value:.3f}, the pinned limit is {limits}")
    return broken


__all__ = ["GOLD", "Scores", "ask_all", "below_floors", "evaluate", "seeds_index"]
