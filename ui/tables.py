"""Tables of the evaluation."""

from collections.abc import Mapping

from eval.run import Scores
from ui.render import line

_COLUMNS = {
    "hit@1": "hit_at_1",
    "hit@5": "hit_at_5",
    "MRR": "mrr",
    "answer found": "answer_found",
    "citation right": "citation_right",
    "false answers": "false_answer_rate",
    "false refusals": "false_refusal_rate",
}


def scores(groups: Mapping[str, Scores]) -> None:
    """Print the measures, a row for each language."""
    line("language  questions  answerable  " + "  ".join(_COLUMNS))
    for language, score in groups.items():
        cells = [f"{getattr(score, name):>{len(title)}.3f}" for title, name in _COLUMNS.items()]
        line(f"{language:8}  {score.questions:>9}  {score.answerable:>10}  " + "  ".join(cells))
