"""`kenes eval`: runs gold questions, compares runs, measures parts, checks gold and helps to write it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ui.cli import options
from ui.cli.options import JsonOption

if TYPE_CHECKING:
    from eval.datasets.questions import Question
    from eval.runs.results import EvalRun
    from eval.runs.summary import Estimate


class _DefaultsToRun(TyperGroup):
    """`kenes eval --gold FILE` is `kenes eval run --gold FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in HELP):
            args = ["run", *args]
        return super().parse_args(ctx, args)


HELP = ("-h", "--help")
OURS = (b'{\n "format":', b"<!doctype html>")  # how a run and a report begin

app = typer.Typer(
    cls=_DefaultsToRun,
    help="Run gold questions and measure the answers; compare runs; check gold, and write it. Without a command: run.",
    epilog="Examples: kenes eval · kenes eval run --save now.json --report now.html · kenes eval compare before.json now.json",
    context_settings={"help_option_names": [*HELP]},
)

GoldOption = Annotated[
    Path | None,
    typer.Option(
        "--gold",
        metavar="FILE",
        help="Gold questions, a SQuAD JSON file, or a BEIR folder (default: ours on the seeds).",
    ),
]
SaveOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the run with every result.")]
ReportOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a report, one HTML page.")]
IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index to ask (default: a temporary one).")
]


@app.command(epilog="Examples: kenes eval run · kenes eval run --gold gold.jsonl --index my-index --save now.json")
def run(
    gold: GoldOption = None,
    index: IndexOption = None,
    save: SaveOption = None,
    report: ReportOption = None,
    trec: Annotated[Path | None, typer.Option(metavar="DIR", help="Write run.trec and qrels.trec.")] = None,
    json: JsonOption = False,
) -> None:
    """Run gold questions and print the measures with their 95 % intervals; exit 1 below the pinned floors.

    Without options: the project's own questions, on a temporary index of the seeds.
    """
    _check_places(save, report)
    made = _run(gold, index)
    _write(made, save, report, trec)
    _tell(made, json=json)
    _check_floors(made)


@app.command(epilog="Example: kenes eval stories mine.jsonl --save now.json --report now.html")
def stories(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Developing stories with questions (default: ours).")
    ] = None,
    save: SaveOption = None,
    report: ReportOption = None,
    json: JsonOption = False,
) -> None:
    """Ask of developing stories: what is newest, what held then, who agrees, who differs, what nobody says."""
    from eval.datasets.stories import STORIES
    from eval.runs.stories import evaluate_stories
    from ui.cli import printing

    _check_places(save, report)
    with printing.progress("Asking") as on_progress:
        made = evaluate_stories(file or STORIES, on_progress)
    _write(made, save, report, None)
    _tell(made, json=json)


@app.command(epilog="Example: kenes eval compare before.json after.json")
def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A run that --save wrote.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another one.")],
    json: JsonOption = False,
) -> None:
    """Compare two saved runs question by question; exit 1 on a significant loss, or below a floor."""
    from dataclasses import asdict

    from eval.runs.compare import compare as compare_runs
    from eval.runs.results import load
    from ui.cli import printing
    from ui.cli.eval import tables

    now = load(after)
    found = compare_runs(load(before), now)
    if json:
        printing.as_json(asdict(found))
    else:
        tables.comparison(found)
    _check_floors(now)
    if found.lost:
        raise typer.Exit(1)


@app.command(epilog="Example: kenes eval ablations --json > ablations.json")
def ablations(gold: GoldOption = None, index: IndexOption = None, json: JsonOption = False) -> None:
    """Measure each part of the search alone, and all of them together."""
    from eval.runs.ablations import ablations as run_ablations
    from ui.cli import printing
    from ui.cli.eval import tables

    with _opened(gold, index) as (questions, folder), printing.progress("Asking") as on_progress:
        found = run_ablations(questions, folder, on_progress)
    if json:
        printing.as_json({name: _as_rows(summary) for name, summary in found.items()})
    else:
        tables.ablations(found)


def _check_places(save: Path | None, report: Path | None) -> None:
    """Refuse, before anything is asked, a place where nothing can be written, and a report that nothing can draw."""
    from index.errors import needed

    for path in filter(None, (save, report)):
        _check_place(path)
    if report is not None:
        with needed("a report"):
            import_module("matplotlib")  # takes no time that drawing would not take


def _check_place(path: Path) -> None:
    """Refuse, before anything is asked, a place where nothing can be written, or a file that is neither a run nor a report."""
    from index import InputError

    if not path.parent.is_dir():
        raise InputError(f"{path} cannot be written: there is no folder {path.parent}")
    if path.is_dir():
        raise InputError(f"{path} is a folder", "name a file in it")
    if path.is_file() and path.stat().st_size and not path.read_bytes().startswith(OURS):
        raise InputError(f"{path} already exists, and is no run or report", "name another file, or remove it")


def _run(gold: Path | None, index: Path | None) -> "EvalRun":
    from eval.runs.run import evaluate
    from ui.cli import printing

    with _opened(gold, index) as (questions, folder), printing.progress("Asking") as on_progress:
        return evaluate(questions, folder, on_progress)


@contextmanager
def _opened(gold: Path | None, index: Path | None) -> "Iterator[tuple[list[Question], Path]]":
    from eval.datasets.formats import open_gold
    from eval.datasets.questions import GOLD

    with open_gold(gold or GOLD, index) as found:
        yield found


def _write(made: "EvalRun", save: Path | None, report: Path | None, trec: Path | None) -> None:
    from eval.runs.results import save as save_run
    from eval.runs.trec import write_trec
    from index import InputError
    from ui.html.eval_report import as_report

    if save is not None:
        save_run(made, save)
    if trec is not None:
        write_trec(made, trec)
    if report is not None:
        try:
            report.write_text(as_report(made), "utf-8")
        except OSError as error:
            raise InputError(f"{report} cannot be written: {error.strerror or error}") from None


def _tell(made: "EvalRun", *, json: bool) -> None:
    from eval.runs.summary import groups, latency, summary
    from ui.cli import printing
    from ui.cli.eval import tables

    found = {name: summary(results) for name, results in groups(made.results).items()}
    if json:
        printing.as_json({name: _as_rows(measured) for name, measured in found.items()} | {"latency": latency(made)})
    else:
        tables.summaries(made, found, latency(made))


def _as_rows(summary: "Mapping[str, Estimate]") -> dict[str, Any]:
    from dataclasses import asdict

    return {measure: asdict(estimate) for measure, estimate in summary.items()}


def _check_floors(made: "EvalRun") -> None:
    from eval.runs.summary import below_floors
    from ui.cli import printing

    broken = below_floors(made)
    for floor in broken:
        printing.note(floor, "red")
    if broken or any(result.error for result in made.results):
        raise typer.Exit(1)


@app.command(epilog="Example: kenes eval check --gold gold.jsonl --index my-index")
def check(
    gold: GoldOption = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Gold that must not share a question with it.")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Check gold: quotations that no longer match, duplicates, leaks between two sets, balance. Exit 1 on a fault."""
    from eval.datasets.check import check as find_faults
    from eval.datasets.questions import CALIBRATION, load_gold
    from index import IndexReader, load_embedder
    from ui.cli.eval import tables

    others = []
    if against or gold is None:
        others = load_gold(against or CALIBRATION)
    with _opened(gold, index) as (questions, folder), IndexReader(folder) as reader, reader.snapshot() as snapshot:
        findings = find_faults(questions, others, snapshot, load_embedder(snapshot.settings.model))
    if tables.faults(findings, len(questions)):
        raise typer.Exit(1)


@app.command(epilog="Example: kenes eval coverage --gold gold.jsonl --index my-index")
def coverage(gold: GoldOption = None, index: IndexOption = None) -> None:
    """List the gaps: questions that nothing answers, documents never found, topics without gold."""
    from eval.runs.coverage import coverage as left_open
    from eval.runs.run import evaluate
    from index import IndexReader
    from ui.cli import printing
    from ui.cli.eval import tables

    with _opened(gold, index) as (questions, folder):
        with printing.progress("Asking") as on_progress:
            made = evaluate(questions, folder, on_progress)
        with IndexReader(folder) as reader, reader.snapshot() as snapshot:
            tables.coverage(left_open(made, snapshot), snapshot.counts()[0])


@app.command(
    epilog="Examples: kenes eval new --gold gold.jsonl · kenes eval new --gold gold.jsonl --from-feedback votes.jsonl · kenes eval new --stories mine.jsonl"
)
def new(
    gold: Annotated[Path | None, typer.Option(metavar="FILE", help="The gold file to add to.")] = None,
    stories: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file of developing stories to add to.")
    ] = None,
    index: options.IndexOption = None,
    from_feedback: Annotated[
        Path | None, typer.Option(metavar="VOTES", help="Go through the votes that kenes chat --feedback kept.")
    ] = None,
) -> None:
    """Write gold or stories: read articles, type questions, and paste the words that answer; all is checked.

    Gold has questions to single passages. A developing story has questions to several articles, and what each says.
    """
    if (gold is None) == (stories is None):
        raise typer.BadParameter("give either --gold or --stories")
    if gold is not None:
        _new_gold(gold, index, from_feedback)
    elif stories is not None and from_feedback is None:
        _new_stories(stories, index)
    else:
        raise typer.BadParameter("--from-feedback goes with --gold")


def _new_gold(gold: Path, index: str | None, from_feedback: Path | None) -> None:
    from eval.datasets.author import read_votes
    from eval.datasets.questions import load_gold
    from index import open_index
    from ui.cli.eval.write_gold import write_from_passages, write_from_votes

    known = load_gold(gold) if gold.exists() else []
    votes = read_votes(from_feedback) if from_feedback else None
    with open_index(index or options.default_index()) as reader, reader.snapshot() as snapshot:
        if votes is None:
            write_from_passages(gold, known, snapshot)
        else:
            write_from_votes(gold, known, votes, snapshot)


def _new_stories(stories: Path, index: str | None) -> None:
    from eval.datasets.stories import load_stories
    from ui.cli.eval.write_stories import write_stories

    known = load_stories(stories) if stories.exists() else []
    with options.open_assistant(index) as assistant:
        write_stories(stories, known, assistant)
