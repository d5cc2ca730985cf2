"""Sums results up: every measure over a group of questions with its interval, the latency, and the pinned floors."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from eval.datasets.questions import GOLD, load_gold
from eval.measures.confidence import CONFIDENCE, NEED_BOTH_SIDES, ConfidenceMeasure
from eval.measures.score import LOWER_IS_BETTER, NAMES
from eval.measures.statistics import bootstrap, bootstrap_of
from eval.runs.results import EvalRun, QuestionResult
from eval.runs.run import digest

FLOORS = GOLD.with_name("floors.json")
PERCENTILES = (50, 95, 99)
SAMPLES = 300  # of the bootstrap of a measure of a whole set


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over `count` questions, with its 95 % interval from `low` to `high`."""

    value: float
    low: float
    high: float
    count: int

    @classmethod
    def of_mean(cls, values: Sequence[float]) -> "Estimate":
        """The mean of some values; 0 if there are none."""
        mean = sum(values) / max(1, len(values))
        return cls(mean, *bootstrap(values), len(values))


def groups(results: Sequence[QuestionResult]) -> dict[str, list[QuestionResult]]:
    """All results, then those of each language, of each pair of languages, and of each tag."""
    found = {(0, "all"): list(results)}
    for result in results:
        for key in _groups_of(result):
            found.setdefault(key, []).append(result)
    return {name: found[rank, name] for rank, name in sorted(found)}


def _groups_of(result: QuestionResult) -> Iterator[tuple[int, str]]:
    """The groups that a result belongs to, as (place in the table, name)."""
    yield 1, result.language
    if result.pair:
        yield 2, result.pair
    for tag in dict.fromkeys(result.tags):
        yield 3, f"#{tag}"


def summary(results: Sequence[QuestionResult]) -> dict[str, Estimate]:
    """Every measure over some results, as far as it applies to any of them."""
    found = {}
    for name in NAMES:
        values = [result.values[name] for result in results if name in result.values]
        if values:
            found[name] = Estimate.of_mean(values)
    return found | _confidence_summary(results)


def _confidence_summary(results: Sequence[QuestionResult]) -> dict[str, Estimate]:
    confidence = np.array(list(map(attrgetter("confidence"), results)), np.float64)
    right = np.array(list(map(attrgetter("right"), results)), np.float64)
    answerable = np.array(list(map(attrgetter("answerable"), results)), bool)
    one_sided = answerable.all() or not answerable.any()
    found = {}
    for name, measure in CONFIDENCE.items():
        if name not in NEED_BOTH_SIDES or not one_sided:
            found[name] = _confidence_estimate(measure, confidence, right, answerable)
    return found


def _confidence_estimate(
    measure: ConfidenceMeasure,
    confidence: "NDArray[np.float64]",
    right: "NDArray[np.float64]",
    answerable: "NDArray[np.bool_]",
) -> Estimate:
    size = len(confidence)

    def statistic(rows: "NDArray[np.int64]") -> float:
        return measure(confidence[rows], right[rows], answerable[rows])

    return Estimate(statistic(np.arange(size)), *bootstrap_of(statistic, size, samples=SAMPLES), size)


def latency(run: EvalRun) -> dict[str, float]:
    """Percentiles of the milliseconds of a question."""
    milliseconds = list(run.timings["ms"].values()) or [0.0]
    values = np.percentile(milliseconds, PERCENTILES).tolist()
    return dict(zip(map("p{}".format, PERCENTILES), values, strict=True))


def below_floors(run: EvalRun) -> list[str]:
    """A sentence for each pinned floor that a run of the project's own gold misses; none for a run of another set."""
    if run.settings["gold"] != digest(load_gold(GOLD)):
        return []
    return broken(summary(run.results))


def broken(found: Mapping[str, Estimate]) -> list[str]:
    """A sentence for each pinned floor that a summary misses; measures of errors have a ceiling."""
    missed = []
    for name, limit in json.loads(FLOORS.read_text("utf-8")).items():
        value = found[name].value
        if name in LOWER_IS_BETTER and value > limit:
            missed.append(f"{name} is {value:.3f}, the pinned ceiling is {limit}")
        elif name not in LOWER_IS_BETTER and value < limit:
            missed.append(f"{name} is {value:.3f}, the pinned floor is {limit}")
    return missed
