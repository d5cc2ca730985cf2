"""Compares two runs of the same questions: how much each measure has changed, and whether that could be chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.scores import ERRORS, MEASURES, bootstrap
from eval.runs.run import Result, Run
from index import InputError

LEVEL = 0.05  # of all tests together
DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in two runs.

    `low` to `high` is the 95 % interval of the difference, `p` how often so large a one comes by chance, `count` the questions
    that both runs have a value for. `significant` counts in that several measures are looked at.
    """

    measure: str
    before: float
    after: float
    low: float
    high: float
    p: float
    count: int
    significant: bool

    @property
    def worse(self) -> bool:
        return self.after > self.before if self.measure in ERRORS else self.after < self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs: measures, and the questions that one alone answers rightly, before and after."""

    changes: tuple[Change, ...]
    better: tuple[tuple[Result, Result], ...]
    worse: tuple[tuple[Result, Result], ...]
    corpus_differs: bool

    @property
    def lost(self) -> list[Change]:
        """The measures that are significantly worse."""
        return [change for change in self.changes if change.significant and change.worse]


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs, question by question.

    Raises:
        InputError: they did not ask the same questions.
    """
    old = {result.id: result for result in before.results}
    new = {result.id: result for result in after.results}
    if differing := sorted(id for id in old.keys() | new.keys() if _asked(old.get(id)) != _asked(new.get(id))):
        raise InputError(f'the runs did not ask the same: "{differing[0]}" and {len(differing) - 1} more differ')
    pairs = [(old[id], new[id]) for id in old]
    tested = [_change(name, pairs) for name in MEASURES if any(name in one.values for one, _ in pairs)]
    return Comparison(
        changes=tuple(holm(tested)),
        better=tuple(pair for pair in pairs if _good(pair[1]) > _good(pair[0])),
        worse=tuple(pair for pair in pairs if _good(pair[1]) < _good(pair[0])),
        corpus_differs=before.corpus["sha256"] != after.corpus["sha256"],
    )


def _asked(result: Result | None) -> tuple[str, bool] | None:
    return (result.question, result.answerable) if result else None


def _good(result: Result) -> float:
    """1 for a right answer, or for a refusal where there is none."""
    return result.values["answered rightly"] if result.answerable else 1 - result.values["false answers"]


def _change(name: str, pairs: Sequence[tuple[Result, Result]]) -> Change:
    told = [(a.values[name], b.values[name]) for a, b in pairs if name in a.values and name in b.values]
    differences = [b - a for a, b in told]
    count = max(1, len(told))
    means = sum(a for a, _ in told) / count, sum(b for _, b in told) / count
    return Change(name, *means, *bootstrap(differences), permutation(differences), len(told), significant=False)


def permutation(differences: Sequence[float], seed: int = 0) -> float:
    """How often the mean of differences is at least as far from 0 as it is, if each could as well have the other sign.

    The paired permutation test, two-sided (Fisher, "The design of experiments", 1935, section 21). All signs are tried where
    that takes no more than 10,000 draws, else as many are drawn, and the one that was seen counts with them.

    >>> permutation([1.0, 1.0, 1.0]), permutation([1.0, -1.0]), permutation([0.0, 0.0])
    (0.25, 1.0, 1.0)
    """
    import numpy as np

    moved = np.array([each for each in differences if each])
    if not len(moved):
        return 1.0
    seen = abs(moved.sum()) - 1e-9
    if 2 ** len(moved) <= DRAWS:
        signs = 1 - 2 * ((np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1)
        return float((abs(signs @ moved) >= seen).mean())
    signs = np.random.default_rng(seed).choice((-1, 1), size=(DRAWS, len(moved)))
    return float(((abs(signs @ moved) >= seen).sum() + 1) / (DRAWS + 1))


def holm(changes: Sequence[Change]) -> list[Change]:
    """Mark what is significant if 5 % is the chance that anything is marked wrongly (Holm, "A simple sequentially rejective
    multiple test procedure", 1979): the smallest p against 0.05 / n, the next against 0.05 / (n - 1), until one fails.
    """
    passed = set()
    for rank, change in enumerate(sorted(changes, key=lambda each: each.p)):
        if change.p > LEVEL / (len(changes) - rank):
            break
        passed.add(change.measure)
    return [Change(c.measure, c.before, c.after, c.low, c.high, c.p, c.count, c.measure in passed) for c in changes]
