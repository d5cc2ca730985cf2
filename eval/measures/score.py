"""All measures of single questions under their names, and the scores of one question."""

from collections.abc import Mapping

from eval.measures import answers, confidence
from eval.measures.answers import ANSWERS, Measure
from eval.measures.outcome import Outcome, judge
from eval.measures.ranking import RANKING, RankingMeasure
from eval.measures.stories import PASSES as STORIES


def _of_outcome(measure: RankingMeasure) -> Measure:
    """A measure of rankings as one of outcomes; it does not apply to questions without an answer."""

    def score(outcome: Outcome) -> float | None:
        if not outcome.gold:
            return None
        return measure(*judge(outcome.found, outcome.gold))

    return score


MEASURES: Mapping[str, Measure] = {**{name: _of_outcome(measure) for name, measure in RANKING.items()}, **ANSWERS}
NAMES = (*MEASURES, *STORIES)  # of all measures of a question, in the order of tables
LOWER_IS_BETTER = answers.ERRORS | confidence.ERRORS


def score(outcome: Outcome) -> dict[str, float]:
    """The value of every measure that applies to a question, by name."""
    found = {}
    for name, measure in MEASURES.items():
        value = measure(outcome)
        if value is not None:
            found[name] = value
    return found
