"""The command line: `kenes index`, `ask`, `search`, `chat`, `show`, `status`, `verify`, `prove`, `eval`, `doctor`.

Results go to stdout, everything else to stderr. Exit codes: 0 done (an honest "not in these articles" is a result),
1 done with findings (an article that could not be read, a quotation that does not hold, a floor not reached),
2 input that cannot be used, 3 an index that cannot be used, 4 a model that cannot be used or a part that is
not installed, 70 a fault of Kenes, 130 interrupted.
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from ui.cli import eval_commands

if TYPE_CHECKING:
    from index import Filters
    from rag import Assistant
    from rag.reading.confidence import Caution

app = typer.Typer(
    name="kenes",
    help="Ask a folder of articles, and get the exact words that answer, with citations that can be proved.",
    epilog='Example: kenes index articles/ && kenes ask "How many laws must change?"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index", metavar="DIR", help="The index (else KENES_INDEX, else the user's data folder).", readable=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TopOption = Annotated[int, typer.Option("--top", metavar="K", min=1, max=1000, help="How many passages to show.")]
BatchOption = Annotated[
    Path | None, typer.Option("--batch", metavar="FILE", help="Read questions from a JSON-lines file.")
]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", metavar="DATE", help="From this day, month or year on: 2026, 2026-01, 2026-01-19."),
]
BeforeOption = Annotated[
    str | None, typer.Option("--before", metavar="DATE", help="Up to and including this day, month or year.")
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Only articles from this source (repeatable).")
]
LanguageOption = Annotated[
    list[str] | None, typer.Option("--lang", metavar="LANG", help="Only articles in en, ru or kk (repeatable).")
]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--document", metavar="ID", help="Look only in this document (repeatable).")
]

app.add_typer(eval_commands.app, name="eval")

INTERRUPTED = 130
STATUS_SOURCES = 20
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def default_index() -> Path:
    """`KENES_INDEX`, or `index` in the user's data folder."""
    if given := os.environ.get("KENES_INDEX"):
        return Path(given)
    import platformdirs

    return platformdirs.user_data_path("kenes") / "index"


class _IndexCommand(TyperCommand):
    """Names the kinds of files in its help, which it asks for only when the help is shown."""

    def format_help(self, *arguments: Any, **named: Any) -> None:
        from index.articles.registry import kinds

        for parameter in self.params:
            if parameter.name == "paths":
                parameter.help = f"Files and folders: {kinds()}."  # type: ignore[attr-defined]
        super().format_help(*arguments, **named)


@app.command(cls=_IndexCommand, epilog="Example: kenes index articles/ extra.jsonl --prune")
def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", readable=False)],
    index: IndexOption = None,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="e5-small, minilm, or a sentence-transformers folder or name.")
    ] = "e5-small",
    prune: Annotated[bool, typer.Option("--prune", help="Drop articles under PATH that are gone.")] = False,
) -> None:
    """Index articles. Unchanged ones are skipped, changed ones replaced; a killed run goes on where it stopped."""
    from index import build, load_embedder
    from ui.cli import printing

    with printing.progress("Indexing") as on_progress:
        report = build(paths, index or default_index(), load_embedder(model), prune=prune, on_progress=on_progress)
    printing.report(report)
    if report.bad:
        raise typer.Exit(1)


@app.command(
    epilog='Examples: kenes ask "How many laws must change?" · kenes ask --batch questions.jsonl > answers.jsonl'
)
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    batch: BatchOption = None,
    json: JsonOption = False,
    top: TopOption = 5,
    strict: Annotated[bool, typer.Option("--strict", help="Answer only when very sure.")] = False,
    lenient: Annotated[bool, typer.Option("--lenient", help="Answer also when less sure.")] = False,
    document: DocumentOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    source: SourceOption = None,
    lang: LanguageOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question with the exact words of an article, or say that it is not in these articles.

    A batch file holds {"id", "question"} on each line, and what filters it likes: "documents" (a list of ids), "after",
    "before", "sources", "languages". One JSON answer a line comes out.
    """
    from ui.cli import batches, printing

    _exactly_one(question, batch)
    filters, caution = _filters(document, after, before, source, lang), _caution(strict, lenient)
    with _assistant(index) as assistant:
        if batch is not None:
            batches.ask(batch, assistant, top, filters, caution)
            return
        answer = assistant.ask(question or "", top, filters, caution)
    printing.as_json(answer.to_json()) if json else printing.answer(answer)


@app.command(epilog='Example: kenes search "single-chamber parliament" --after 2026-01 --lang kk --explain')
def search(
    query: Annotated[str | None, typer.Argument(metavar="QUERY")] = None,
    batch: BatchOption = None,
    json: JsonOption = False,
    top: TopOption = 10,
    explain: Annotated[bool, typer.Option("--explain", help="Show ranks, scores and the words that met.")] = False,
    per_document: Annotated[
        int | None,
        typer.Option(
            "--per-document",
            metavar="N",
            min=1,
            help="At most N pieces of one article (else 2, and more only where no other article is left).",
        ),
    ] = None,
    document: DocumentOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    source: SourceOption = None,
    lang: LanguageOption = None,
    index: IndexOption = None,
) -> None:
    """Show the passages for a question, best first, without reading an answer out of them.

    A batch file holds {"id", "query"} on each line, and filters as for `kenes ask`; one JSON line {"id", "passages"} comes
    out for each.
    """
    from ui.cli import batches, printing

    _exactly_one(query, batch)
    filters = _filters(document, after, before, source, lang)
    with _assistant(index) as assistant:
        if batch is not None:
            batches.search(batch, assistant, top, filters, per_document)
            return
        found = assistant.search(query or "", top, filters, per_document)
        why = None if found else assistant.filtered_out(filters)
    if json:
        printing.as_json({"query": query, "passages": [passage.to_json() for passage in found]})
    elif found:
        printing.passages(found, question=query if explain else None)
    else:
        printing.line("Nothing found.")
    if why:
        printing.note(why)


@app.command(epilog="Examples: kenes chat · kenes chat --host 0.0.0.0 --name news.example --auth people.txt")
def chat(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen, in figures.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 for any that is free.")] = 7860,
    auth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Let in only whom this file names: lines of name:password.", readable=False),
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Let everybody in who can reach ADDRESS.")] = False,
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name under which people reach it (repeatable).")
    ] = None,
    feedback: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Offer thumbs, and keep them with the question in this file.")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Open the chat page, and a JSON interface beside it, for this machine alone or for others.

    Questions are not kept, unless people judge an answer and --feedback names a file for that.
    """
    from index import IndexReader
    from index.errors import needed
    from ui.cli import printing
    from ui.server import address
    from ui.server.passwords import read_passwords
    from ui.server.queue import Desk

    users = read_passwords(auth) if auth else None
    with (
        address.listen(host, port, open_to_others=public or users is not None) as listening,
        _assistant(index) as assistant,
        IndexReader(index or default_index()) as reader,
    ):
        with printing.waiting("Loading the model and the page"):
            with needed("the chat page"):
                from ui.server import app as server  # Gradio takes seconds

            hosts, everywhere = address.known_hosts(host, name or ()), address.is_everywhere(host)
            page = server.build_app(Desk(assistant, reader), feedback, hosts, users, any_address=everywhere)
        ready = f"Kenes is at {address.url(host, listening)} (Ctrl+C stops it)"
        server.serve(page, listening, partial(printing.line, ready))


@app.command(epilog="Example: kenes show 3f2a9c01b7de --start 120 --end 260")
def show(
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT_ID")],
    start: Annotated[int, typer.Option(metavar="N", min=0, help="First character, from 0.")] = 0,
    end: Annotated[int | None, typer.Option(metavar="N", min=0, help="Character after the last.")] = None,
    index: IndexOption = None,
) -> None:
    """Show a document as it is stored, or the characters from START to END of it."""
    from index import IndexReader, InputError
    from ui.cli import printing

    with IndexReader(index or default_index()) as reader, reader.snapshot() as snapshot:
        document = snapshot.document(document_id)
    if document is None:
        raise InputError(f'no document "{document_id}" in the index', "kenes status --documents lists what there is")
    end = len(document.text) if end is None else end
    if not start <= end <= len(document.text):
        raise InputError(f"{start} to {end} is no part of it", f"give offsets from 0 to {len(document.text)}")
    printing.document(document, start, end)


@app.command(epilog="Example: kenes status --documents")
def status(
    documents: Annotated[bool, typer.Option("--documents", help="List every document with its id.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="List every source, not only the largest.")] = False,
    index: IndexOption = None,
) -> None:
    """Show what is indexed, with which model, and where."""
    from index import IndexReader
    from ui.cli import printing

    folder = index or default_index()
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        counts, languages, settings = snapshot.counts(), snapshot.languages(), snapshot.settings
        listing = list(snapshot.listing()) if documents else []
        origins = snapshot.sources()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    printing.line(f"index       {folder}")
    printing.line(f"documents   {counts[0]} ({', '.join(f'{n} {language}' for language, n in languages.items())})")
    printing.line(f"chunks      {counts[1]}")
    printing.line(f"generation  {snapshot.generation}")
    printing.line(f"model       {settings.model} ({settings.dim} dimensions, sha256 {settings.model_sha256[:12]}…)")
    printing.line(f"size        {size / 1e6:.1f} MB")
    printing.sources(origins if sources else origins[:STATUS_SOURCES], len(origins))
    for id, language, published, title in listing:
        printing.line(f"{id}  {language}  {published or '-':10}  {title}")


@app.command(epilog="Example: kenes verify && echo sound")
def verify(index: IndexOption = None) -> None:
    """Check every checksum, span and reference of the index; exit 1 if anything is wrong."""
    import index as indexing
    from ui.cli import printing

    folder = index or default_index()
    problems = indexing.verify(folder)
    for problem in problems:
        printing.line(problem)
    if problems:
        printing.note(f"{len(problems)} faults in {folder}\nfix: remove that folder and index again", "red")
        raise typer.Exit(1)
    printing.line(f"sound: every checksum, span and reference of {folder} holds")


@app.command(epilog='Example: kenes ask "…" --json > answer.json && kenes prove answer.json')
def prove(
    answer: Annotated[Path, typer.Argument(metavar="ANSWER.json", help="Or the HTML file of the chat page.")],
    index: IndexOption = None,
) -> None:
    """Prove a saved answer: each quotation verbatim at its place, each document unchanged; exit 1 if not."""
    from index import IndexReader, InputError
    from rag import prove as prove_answer
    from ui.cli import printing
    from ui.cli.batches import parse_json

    try:
        saved = parse_json(_answer_in(answer.read_bytes()))
    except OSError as error:
        raise InputError(f"{answer} cannot be read: {error.strerror}") from None
    except InputError as error:
        raise InputError(f"{answer}: {error.what}", "kenes ask QUESTION --json > ANSWER.json") from None
    with IndexReader(index or default_index()) as reader, reader.snapshot() as snapshot:
        checked, problems = prove_answer(saved, snapshot)
    for problem in problems:
        printing.line(problem)
    if problems:
        raise typer.Exit(1)
    printing.line(f"proved: {checked} quotations and passages stand verbatim at their places")


@app.command(epilog="Example: kenes doctor")
def doctor(index: IndexOption = None) -> None:
    """Check this installation: versions, models and their hashes, the index; name the command that fixes a fault."""
    from ui.cli import printing
    from ui.cli.doctor import examine

    findings = examine(index or default_index())
    for finding in findings:
        printing.line(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}")
        if finding.fix:
            printing.line(f"fix: {finding.fix}", 6)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _answer_in(saved: bytes) -> bytes:
    """The JSON of an answer, out of the page that the chat page gave to keep, if it is that."""
    if b'id="held"' not in saved:
        return saved
    from ui.html.saved_answer import held_answer

    return held_answer(saved)


def _exactly_one(question: str | None, batch: Path | None) -> None:
    from index import InputError

    if (question is None) == (batch is None):
        raise InputError(
            "give either a question or a file of them with --batch",
            "see the examples of kenes ask --help and kenes search --help",
        )


def _filters(
    documents: list[str] | None,
    after: str | None,
    before: str | None,
    sources: list[str] | None,
    lang: list[str] | None,
) -> "Filters":
    from index import Filters

    given = (tuple(values) if values else None for values in (documents, sources, lang))
    of_documents, of_sources, of_languages = given
    return Filters(of_documents, after, before, of_sources, of_languages)


def _caution(strict: bool, lenient: bool) -> "Caution":
    if strict and lenient:
        raise typer.BadParameter("--strict and --lenient exclude each other")
    return "strict" if strict else "lenient" if lenient else "normal"


def _assistant(index: Path | None) -> "Assistant":
    """Open the index; where none has been made at the usual place, make one from the seeds first."""
    from index import MissingIndex
    from rag import Assistant

    folder = index or default_index()
    try:
        return Assistant.open(folder)
    except MissingIndex:
        if index is not None or not SEEDS.is_dir():
            raise
    _index_seeds(folder)
    return Assistant.open(folder)


def _index_seeds(folder: Path) -> None:
    from index import build, load_embedder
    from ui.cli import printing

    printing.note(f"No index yet: making one from the articles in {SEEDS} (for your own: kenes index PATH)")
    with printing.progress("Indexing") as on_progress:
        report = build([SEEDS], folder, load_embedder(), on_progress=on_progress)
    printing.note(f"{report.documents} documents, {report.chunks} chunks, {report.seconds:.1f} s, in {folder}")


def main() -> None:
    """Run the command line; every error ends in a message and an exit code, never in a traceback."""
    from index.errors import KenesError

    try:
        _check_arguments(sys.argv[1:])
        app()
    except KenesError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except SystemExit as exit:
        if exit.code == INTERRUPTED:
            _complain("interrupted; what was committed is kept")
        raise
    except OSError as error:  # what touches an index or a model has been translated before
        _complain(f"cannot go on: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("KENES_DEBUG"):
            raise
        _complain(
            f"unexpected {type(error).__name__}: {error}\nfix: see where with KENES_DEBUG=1, and please report it"
        )
        sys.exit(70)


def _check_arguments(arguments: list[str]) -> None:
    """An empty argument is mostly a variable that was not set, and would name the current folder."""
    from index.errors import InputError

    for argument in arguments:
        if not argument or (argument.startswith("--") and argument.endswith("=")):
            raise InputError("an argument is empty", "give it a value, or leave it out")
        if any("\ud800" <= char <= "\udfff" for char in argument):
            raise InputError("an argument is not UTF-8")


def _complain(message: str) -> None:
    from index.analysis.unicode import printable

    first, _, rest = printable(message).partition("\n")
    print(f"kenes: {first}", *(f"  {line}" for line in rest.split("\n") if line), sep="\n", file=sys.stderr)
