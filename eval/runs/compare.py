"""Compares two runs of the same questions: how much each measure changed, and whether that could be chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from eval.measures.score import LOWER_IS_BETTER, NAMES
from eval.measures.statistics import bootstrap, holm, permutation
from eval.runs.results import EvalRun, QuestionResult
from index import InputError

Pair = tuple[QuestionResult, QuestionResult]  # a question before and after


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in two runs.

    Attributes:
        low, high: the 95 % interval of the difference.
        p: how often chance alone makes so large a difference.
        count: how many questions have a value in both runs.
        significant: whether it is, given that several measures are tested.
    """

    measure: str
    before: float
    after: float
    low: float
    high: float
    p: float
    count: int
    significant: bool = False

    @property
    def worse(self) -> bool:
        if self.measure in LOWER_IS_BETTER:
            return self.after > self.before
        return self.after < self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two runs, and the questions that only one of them got right."""

    changes: tuple[Change, ...]
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]
    corpus_differs: bool

    @property
    def lost(self) -> list[Change]:
        """The measures that are significantly worse."""
        return [change for change in self.changes if change.significant and change.worse]


def compare(before: EvalRun, after: EvalRun) -> Comparison:
    """Compare two runs, question by question.

    Raises:
        InputError: they did not ask the same questions.
    """
    pairs = _pairs(before, after)
    measured = [name for name in NAMES if any(name in before.values for before, _ in pairs)]
    changes = [_change(name, pairs) for name in measured]
    significant = holm(list(map(attrgetter("p"), changes)))
    return Comparison(
        changes=tuple(replace(each, significant=yes) for each, yes in zip(changes, significant, strict=True)),
        better=tuple(filter(_is_better, pairs)),
        worse=tuple(filter(_is_worse, pairs)),
        corpus_differs=before.corpus["sha256"] != after.corpus["sha256"],
    )


def _pairs(before: EvalRun, after: EvalRun) -> list[Pair]:
    old = {result.id: result for result in before.results}
    new = {result.id: result for result in after.results}
    differing = sorted(id for id in old.keys() | new.keys() if _asked(old.get(id)) != _asked(new.get(id)))
    if differing:
        raise InputError(f'the runs did not ask the same: "{differing[0]}" and {len(differing) - 1} more differ')
    return [(old[id], new[id]) for id in old]


def _asked(result: QuestionResult | None) -> tuple[str, bool] | None:
    if result is None:
        return None
    return result.question, result.answerable


def _is_better(pair: Pair) -> bool:
    before, after = map(_goodness, pair)
    return after > before


def _is_worse(pair: Pair) -> bool:
    before, after = map(_goodness, pair)
    return after < before


def _goodness(result: QuestionResult) -> float:
    """1 for a right answer, or for refusing a question that nothing answers."""
    if result.answerable:
        return result.values["answered rightly"]
    return 1 - result.values["false answers"]


def _change(name: str, pairs: Sequence[Pair]) -> Change:
    old, new, differences = [], [], []
    for before, after in pairs:
        if name in before.values and name in after.values:
            old.append(before.values[name])
            new.append(after.values[name])
            differences.append(new[-1] - old[-1])
    count = max(1, len(differences))
    low, high = bootstrap(differences)
    return Change(name, sum(old) / count, sum(new) / count, low, high, permutation(differences), len(differences))
