"""Tables of the evaluation on the terminal."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from eval.datasets.check import GoldIssue
from eval.runs.compare import Change, Comparison
from eval.runs.coverage import Coverage
from eval.runs.results import EvalRun, QuestionResult
from eval.runs.summary import Estimate
from ui.cli.printing import line

MARKS = {True: "FAULT", False: "note "}
SHOWN = 10  # questions, documents and topics of a list

Summary = Mapping[str, Estimate]


def summaries(run: EvalRun, found: Mapping[str, Summary], milliseconds: Mapping[str, float]) -> None:
    """The measures of all questions and of each language, with their intervals; then how long it took, and what failed."""
    languages = [name for name in found if name == "all" or (not name.startswith("#") and "→" not in name)]
    answerable = [result for result in run.results if result.answerable]
    line(f"{len(run.results)} questions, {len(answerable)} of them answerable")
    line(f"{run.corpus['documents']} documents, {run.corpus['chunks']} chunks, model {run.settings['model']}")
    line()
    _measures({name: found[name] for name in languages})
    line()
    line("milliseconds of a question: " + ", ".join(f"{name} {value:.0f}" for name, value in milliseconds.items()))
    for result in run.results:
        if result.error:
            line(f"failed: {result.id}: {result.error}")


def ablations(found: Mapping[str, Summary]) -> None:
    """A row for each measure, a column for each part."""
    _measures(found)


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
            _verdict(change),
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
    _listed("questions refused though they can be answered", [*map(_asked, found.unanswered)])
    _listed("questions for which nothing that answers was found", [*map(_asked, found.lost)])
    _listed(f"of {documents} documents never found by any question", [f"{id}: {title}" for id, title in found.unfound])
    topics = [f"{topic.documents} documents: {' · '.join(topic.titles)}" for topic in found.topics]
    _listed(f"of {found.all_topics} topics without gold", topics)


def faults(findings: Sequence[GoldIssue], questions: int) -> int:
    """What is wrong with gold, faults and notes; returns the number of faults."""
    found = 0
    for finding in findings:
        found += finding.fault
        parts = filter(None, (finding.id, finding.what))
        line(f"{MARKS[finding.fault]}  {': '.join(parts)}")
    line(f"{questions} questions, {found} faults, {len(findings) - found} notes")
    return found


def _measures(found: Mapping[str, Summary]) -> None:
    """A row for each measure, a column for each group or part."""
    names = dict.fromkeys(chain.from_iterable(found.values()))
    rows = [[name, *(_cell(summary.get(name)) for summary in found.values())] for name in names]
    _table(["", *found], rows)


def _verdict(change: Change) -> str:
    if not change.significant:
        return ""
    return "worse" if change.worse else "better"


def _asked(result: QuestionResult) -> str:
    return f"{result.id}: {result.question}"


def _listed(what: str, rows: Sequence[str]) -> None:
    line(f"{len(rows)} {what}")
    for row in rows[:SHOWN]:
        line(row, 2)
    if len(rows) > SHOWN:
        line(f"and {len(rows) - SHOWN} more", 2)


def _said(result: QuestionResult) -> str:
    if result.answer and not result.error:
        return f"“{result.answer}” in “{result.sentence}”"
    return result.error or result.reason


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:.3f} ({estimate.low:.2f}–{estimate.high:.2f})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    cells = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line("  ".join(map(str.ljust, row, widths)).rstrip())
