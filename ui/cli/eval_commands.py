"""`kenes eval`: runs gold questions, compares runs, checks gold and helps to write it."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.datasets.gold import Question
    from eval.runs.run import Run

app = typer.Typer(
    help="Run gold questions and measure the answers; check gold, and write it.",
    epilog="Examples: kenes eval · kenes eval --save now.json --report now.html · kenes eval --compare before.json now.json",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

GoldOption = Annotated[
    Path | None,
    typer.Option(
        "--gold", metavar="FILE", help="Gold questions, SQuAD's JSON, or a BEIR folder (else those on the seeds)."
    ),
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index to ask (else one made for the occasion).")
]


@app.callback()
def run(
    context: typer.Context,
    gold: GoldOption = None,
    index: IndexOption = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the run, every result in it.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a report, one HTML page.")] = None,
    trec: Annotated[Path | None, typer.Option(metavar="DIR", help="Write run.trec and qrels.trec.")] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            metavar="BEFORE AFTER", help="Compare two saved runs; exit 1 on a significant loss, or under a floor."
        ),
    ] = None,
    ablations: Annotated[
        bool, typer.Option("--ablations", help="Measure each part of the search alone, and the whole.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run gold questions and print the measures with their 95 % intervals; exit 1 under the pinned floors.

    Without options: the project's own questions, on an index of the seeds made for the occasion.
    """
    given = {name for name, value in context.params.items() if value}
    if context.invoked_subcommand is not None:
        _alone(f"kenes eval {context.invoked_subcommand}", given, after=True)
        return
    if compare is not None:
        _alone("--compare", given - {"compare", "json"})
        _compare(*compare, json=json)
        return
    if ablations:
        _alone("--ablations", given - {"ablations", "gold", "index", "json"})
        _ablations(gold, index, json=json)
        return
    from index.errors import needed

    for path in filter(None, (save, report)):
        _check_place(path)
    if report is not None:
        with needed("a report"):
            import_module("matplotlib")  # takes no time that drawing would not take
    made = _run(gold, index)
    _write(made, save, report, trec)
    _tell(made, json=json)
    _check_floors(made)


def _alone(what: str, others: set[str], *, after: bool = False) -> None:
    """Refuse options that would have no effect."""
    from index import InputError

    if others:
        named = ", ".join(f"--{name}" for name in sorted(others))
        advice = f"put them behind it: {what} …" if after else "leave them out, or run it apart"
        raise InputError(f"{what} takes no {named}{' before its name' if after else ''}", advice)


def _check_place(path: Path) -> None:
    """Refuse to write where one cannot, or over what is neither a run nor a report, before anything is asked."""
    from index import InputError

    if not path.parent.is_dir():
        raise InputError(f"{path} cannot be written: there is no folder {path.parent}")
    if path.is_dir():
        raise InputError(f"{path} is a folder", "name a file in it")
    if (
        path.is_file()
        and path.stat().st_size
        and not path.read_bytes()[:40].startswith((b'{\n "format":', b"<!doctype html>"))
    ):
        raise InputError(f"{path} is there already, and is no run or report", "name another file, or remove it")


def _run(gold: Path | None, index: Path | None) -> "Run":
    from eval.runs.run import evaluate
    from ui.cli import printing

    with _opened(gold, index) as (questions, folder), printing.progress("Asking") as on_progress:
        return evaluate(questions, folder, on_progress)


@contextmanager
def _opened(gold: Path | None, index: Path | None) -> "Iterator[tuple[list[Question], Path]]":
    from eval.datasets.formats import opened
    from eval.datasets.gold import GOLD

    with opened(gold or GOLD, index) as found:
        yield found


def _write(made: "Run", save: Path | None, report: Path | None, trec: Path | None) -> None:
    from eval.runs import run as runs
    from eval.runs.trec import write_trec
    from index import InputError
    from ui.html.eval_report import as_report

    if save is not None:
        runs.save(made, save)
    if trec is not None:
        write_trec(made, trec)
    if report is not None:
        try:
            report.write_text(as_report(made), "utf-8")
        except OSError as error:
            raise InputError(f"{report} cannot be written: {error.strerror or error}") from None


def _tell(made: "Run", *, json: bool) -> None:
    from dataclasses import asdict

    from eval.runs.summary import groups, latency, summary
    from ui.cli import eval_tables, printing

    found = {name: summary(results) for name, results in groups(made.results).items()}
    if json:
        printing.as_json(
            {name: {key: asdict(each) for key, each in of.items()} for name, of in found.items()}
            | {"latency": latency(made)}
        )
        return
    eval_tables.summaries(made, found, latency(made))


def _check_floors(made: "Run") -> None:
    from eval.runs.summary import below_floors
    from ui.cli import printing

    broken = below_floors(made)
    for floor in broken:
        printing.note(floor, "red")
    if broken or any(result.error for result in made.results):
        raise typer.Exit(1)


def _compare(before: Path, after: Path, *, json: bool) -> None:
    from dataclasses import asdict

    from eval.runs.compare import compare
    from eval.runs.run import load
    from ui.cli import eval_tables, printing

    now = load(after)
    found = compare(load(before), now)
    printing.as_json(asdict(found)) if json else eval_tables.comparison(found)
    _check_floors(now)
    if found.lost:
        raise typer.Exit(1)


def _ablations(gold: Path | None, index: Path | None, *, json: bool) -> None:
    from dataclasses import asdict

    from eval.runs.ablations import ablations
    from ui.cli import eval_tables, printing

    with _opened(gold, index) as (questions, folder), printing.progress("Asking") as on_progress:
        found = ablations(questions, folder, on_progress)
    if json:
        printing.as_json({name: {key: asdict(each) for key, each in of.items()} for name, of in found.items()})
    else:
        eval_tables.ablations(found)


@app.command(epilog="Example: kenes eval check --gold gold.jsonl --index my-index")
def check(
    gold: GoldOption = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Gold that must share no question with it.")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Check gold: quotations that no longer match, doubles, leaks between two sets, balance. Exit 1 if figures are wrong."""
    from eval.datasets.check import check as find_faults
    from eval.datasets.gold import CALIBRATION, load_gold
    from index import IndexReader, load_embedder
    from ui.cli import printing

    others = load_gold(against) if against else load_gold(CALIBRATION) if gold is None else []
    with _opened(gold, index) as (questions, folder), IndexReader(folder) as reader, reader.snapshot() as snapshot:
        findings = find_faults(questions, others, snapshot, load_embedder(snapshot.settings.model))
    for finding in findings:
        named = f"{finding.id}: " if finding.id else ""
        printing.line(f"{'FAULT' if finding.fault else 'note '}  {named}{finding.what}")
    faults = sum(finding.fault for finding in findings)
    printing.line(f"{len(questions)} questions, {faults} faults, {len(findings) - faults} notes")
    if faults:
        raise typer.Exit(1)


@app.command(epilog="Example: kenes eval coverage --gold gold.jsonl --index my-index")
def coverage(gold: GoldOption = None, index: IndexOption = None) -> None:
    """Tell what is left open: questions that nothing answers, documents never found, topics without gold."""
    from eval.runs.coverage import coverage as left_open
    from eval.runs.run import evaluate
    from index import IndexReader
    from ui.cli import eval_tables, printing

    with _opened(gold, index) as (questions, folder):
        with printing.progress("Asking") as on_progress:
            made = evaluate(questions, folder, on_progress)
        with IndexReader(folder) as reader, reader.snapshot() as snapshot:
            eval_tables.coverage(left_open(made, snapshot), snapshot.counts()[0])


@app.command(
    epilog="Examples: kenes eval new --gold gold.jsonl · kenes eval new --gold gold.jsonl --from-feedback votes.jsonl"
)
def new(
    gold: Annotated[Path, typer.Option(metavar="FILE", help="The gold file to add to.")],
    index: Annotated[
        Path | None,
        typer.Option("--index", metavar="DIR", help="The index (else KENES_INDEX, else the user's data folder)."),
    ] = None,
    from_feedback: Annotated[
        Path | None, typer.Option(metavar="VOTES", help="Go through what kenes chat --feedback kept.")
    ] = None,
) -> None:
    """Write gold: see a passage (or a vote), type the question, and copy the words that answer; both are checked."""
    from eval.datasets.author import read_votes
    from eval.datasets.gold import load_gold
    from index import IndexReader
    from ui.cli.commands import default_index
    from ui.cli.write_gold import write_from_passages, write_from_votes

    known = load_gold(gold) if gold.exists() else []
    votes = read_votes(from_feedback) if from_feedback else None
    with IndexReader(index or default_index()) as reader, reader.snapshot() as snapshot:
        if votes is None:
            write_from_passages(gold, known, snapshot)
        else:
            write_from_votes(gold, known, votes, snapshot)
