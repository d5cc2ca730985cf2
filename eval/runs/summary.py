"""Sums results up: every measure over a group of questions with its interval, how long they took, and the pinned floors."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.datasets.gold import GOLD, load_gold
from eval.measures.answers import auroc, calibration_error
from eval.measures.scores import ERRORS, MEASURES, bootstrap, bootstrap_of
from eval.runs.run import Result, Run, digest

FLOORS = GOLD.with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over some questions, and its 95 % interval."""

    value: float
    low: float
    high: float
    count: int


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """All results, those of each language, of each pair of languages, and of each tag."""
    made = {"all": list(results)}
    for name in sorted({each.language for each in results}):
        made[name] = [each for each in results if each.language == name]
    for name in sorted({each.pair for each in results if each.pair}):
        made[name] = [each for each in results if each.pair == name]
    for name in sorted({tag for each in results for tag in each.tags}):
        made[f"#{name}"] = [each for each in results if name in each.tags]
    return made


def summary(results: Sequence[Result]) -> dict[str, Estimate]:
    """Every measure over some results, as far as it says something of any of them."""
    made = {}
    for name in MEASURES:
        if told := [each.values[name] for each in results if name in each.values]:
            made[name] = Estimate(sum(told) / len(told), *bootstrap(told), len(told))
    confidence = [each.confidence for each in results]
    right = [float(each.right) for each in results]
    made["calibration error"] = _estimate(
        lambda at: calibration_error([confidence[row] for row in at], [right[row] for row in at]), len(results)
    )
    if len({each.answerable for each in results}) == 2:
        made["AUROC"] = _estimate(
            lambda at: auroc(*([confidence[row] for row in at if results[row].answerable == side] for side in (1, 0))),
            len(results),
        )
    return made


def _estimate(statistic: Callable[[Iterable[int]], float], size: int) -> Estimate:
    return Estimate(statistic(range(size)), *bootstrap_of(statistic, size, samples=300), size)


def latency(run: Run) -> dict[str, float]:
    """Percentiles of the milliseconds of a question."""
    import numpy as np

    milliseconds = list(run.timings["ms"].values()) or [0.0]
    return {f"p{share}": float(np.percentile(milliseconds, share)) for share in (50, 95, 99)}


def below_floors(run: Run) -> list[str]:
    """The pinned floors (ceilings for measures of errors) that a run of the project's own gold does not reach, a sentence
    each; of a run of another set, none.
    """
    if run.settings["gold"] != digest(load_gold(GOLD)):
        return []
    return broken(summary(run.results))


def broken(found: Mapping[str, Estimate]) -> list[str]:
    """The pinned floors that a summary does not reach."""
    return [
        f"{name} is {found[name].value:.3f}, the pinned {'ceiling' if name in ERRORS else 'floor'} is {limit}"
        for name, limit in json.loads(FLOORS.read_text("utf-8")).items()
        if (found[name].value > limit if name in ERRORS else found[name].value < limit)
    ]
