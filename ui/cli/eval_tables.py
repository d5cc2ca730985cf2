"""Tables of the evaluation on the terminal."""

from collections.abc import Iterable, Mapping, Sequence

from eval.runs.compare import Comparison
from eval.runs.coverage import Coverage
from eval.runs.results import EvalRun, QuestionResult
from eval.runs.summary import Estimate
from ui.cli.printing import line

SHOWN = 10  # questions, documents and topics of a list

Summary = Mapping[str, Estimate]


def summaries(run: EvalRun, found: Mapping[str, Summary], milliseconds: Mapping[str, float]) -> None:
    """The measures of all questions and of each language, with their intervals; then how long it took, and what failed."""
    languages = [name for name in found if name == "all" or (not name.startswith("#") and "→" not in name)]
    line(f"{len(run.results)} questions, {sum(result.answerable for result in run.results)} of them answerable")
    line(f"{run.corpus['documents']} documents, {run.corpus['chunks']} chunks, model {run.settings['model']}")
    line()
    _table(["", *languages], [[name, *(_cell(found[each].get(name)) for each in languages)] for name in found["all"]])
    line()
    line("milliseconds of a question: " + ", ".join(f"{name} {value:.0f}" for name, value in milliseconds.items()))
    for result in run.results:
        if result.error:
            line(f"failed: {result.id}: {result.error}")


def ablations(found: Mapping[str, Summary]) -> None:
    """A row for each measure, a column for each part."""
    names = list(dict.fromkeys(name for of in found.values() for name in of))
    _table(["", *found], [[name, *(_cell(of.get(name)) for of in found.values())] for name in names])


def comparison(found: Comparison) -> None:
    """Every measure before and after, then the questions that changed sides."""
    if found.corpus_differs:
        line("The two runs asked different articles.")
    rows = [
        [
            change.measure,
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"{change.after - change.before:+.3f} ({change.low:+.2f} to {change.high:+.2f})",
            f"{change.p:.3f}",
            ("worse" if change.worse else "better") if change.significant else "",
        ]
        for change in found.changes
    ]
    _table(["", "before", "after", "difference", "p", "significant"], rows)
    for name, pairs in (("right now", found.better), ("wrong now", found.worse)):
        line()
        line(f"{len(pairs)} {name}")
        for before, after in pairs:
            line(f"{after.id}: {after.question}", 2)
            line(f"before: {_said(before)}", 6)
            line(f"after:  {_said(after)}", 6)


def coverage(found: Coverage, documents: int) -> None:
    """What is left open."""
    _listed("questions refused though they can be answered", [f"{r.id}: {r.question}" for r in found.unanswered])
    _listed("questions for which nothing that answers was found", [f"{r.id}: {r.question}" for r in found.lost])
    _listed(f"of {documents} documents never found by any question", [f"{id}: {title}" for id, title in found.unfound])
    topics = [f"{topic.documents} documents: {' · '.join(topic.titles)}" for topic in found.topics]
    _listed(f"of {found.all_topics} topics without gold", topics)


def _listed(what: str, rows: Sequence[str]) -> None:
    line(f"{len(rows)} {what}")
    for row in rows[:SHOWN]:
        line(row, 2)
    if len(rows) > SHOWN:
        line(f"and {len(rows) - SHOWN} more", 2)


def _said(result: QuestionResult) -> str:
    return result.error or (f"“{result.answer}” in “{result.sentence}”" if result.answer else result.reason)


def _cell(estimate: Estimate | None) -> str:
    return f"{estimate.value:.3f} ({estimate.low:.2f}–{estimate.high:.2f})" if estimate else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    cells = [head, *rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
