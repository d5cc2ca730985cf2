"""The commands: `kenes index`, `fetch`, `export`, `ask`, `search`, `themes`, `timeline`, `chat`, `mcp`, `show`, `open`, `status`, `verify`, `prove`, `eval`, `doctor`.

Results go to stdout, everything else to stderr. Exit codes: 0 done (an honest "not in these articles" is a result),
1 done, with findings (an article that could not be read, a quotation that does not hold, a floor not reached),
2 unusable input, 3 an unusable index, 4 an unusable model or a part that is not installed,
70 a fault of Kenes, 130 interrupted.
"""

from contextlib import ExitStack, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.eval import commands as eval_commands
from ui.cli.export_command import export
from ui.cli.fetch_command import fetch
from ui.cli.mcp_command import mcp
from ui.cli.options import (
    AcceptOption,
    AllowOriginOption,
    AuthOption,
    BatchOption,
    DraftsOption,
    ExplainOption,
    FeedbackOption,
    FieldOption,
    HostNameOption,
    IndexCommand,
    IndexOption,
    JsonOption,
    LenientOption,
    PerDocumentOption,
    RayOption,
    StrictOption,
    TopOption,
    VerbatimOption,
    VerboseOption,
    caution_of,
    default_index,
    exactly_one,
    fields_of,
    find_document,
    local_index,
    open_assistant,
    with_filters,
)
from ui.cli.status_command import status
from ui.cli.themes_command import themes
from ui.cli.timeline_command import timeline

if TYPE_CHECKING:
    from index import Filters

app = typer.Typer(
    name="kenes",
    help="Ask a folder of articles, and get the exact words that answer, with citations that can be proved.",
    epilog='Example: kenes index articles/ && kenes ask "How many laws must change?"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(eval_commands.app, name="eval")
app.command(epilog='Examples: kenes themes --after 2026-01 · kenes themes --like "street lighting" --json')(themes)
app.command(epilog='Example: kenes timeline "How many laws must change?"')(timeline)
app.command(epilog="Example: kenes status --documents")(status)
app.command(epilog="Example: kenes mcp --index my-index")(mcp)
app.command(epilog="Example: kenes export --to postgresql://anna@db.example/press")(export)
app.command(epilog="Example: kenes fetch https://example.org/news --to articles && kenes index articles")(fetch)


@app.command(cls=IndexCommand, epilog="Example: kenes index articles/ extra.jsonl --prune")
def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.", readable=False)],
    index: IndexOption = None,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="e5-small, minilm, or a sentence-transformers folder or name.")
    ] = "e5-small",
    prune: Annotated[bool, typer.Option("--prune", help="Drop articles under PATH that no longer exist.")] = False,
    drafts: DraftsOption = False,
    field: FieldOption = None,
    ray: RayOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Index articles. Unchanged ones are skipped, changed ones replaced; an interrupted run resumes where it stopped."""
    from index import build, load_embedder
    from index.articles.source_file import Options
    from index.cluster.ray_workers import RayWorkers
    from ui.cli import printing
    from ui.cli.index_report import print_report

    options = Options(fields_of(field or []), drafts)
    with RayWorkers(ray, model) if ray else nullcontext() as workers, printing.indexing() as on_progress:
        report = build(
            paths,
            local_index(index),
            load_embedder(model),
            prune=prune,
            options=options,
            on_progress=on_progress,
            workers=workers,
        )
    print_report(report, verbose=verbose)
    if report.bad:
        raise typer.Exit(1)


@app.command(
    epilog='Examples: kenes ask "How many laws must change?" · kenes ask --batch questions.jsonl > answers.jsonl'
)
@with_filters
def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    batch: BatchOption = None,
    json: JsonOption = False,
    top: TopOption = 5,
    strict: StrictOption = False,
    lenient: LenientOption = False,
    verbatim: VerbatimOption = False,
    index: IndexOption = None,
    *,
    filters: "Filters",
) -> None:
    """Answer a question with the exact words of an article, or say that these articles do not answer it.

    Each line of a batch file holds {"id", "question"}, and any filters: "documents" (a list of ids), "after", "before",
    "sources", "languages". The output has one JSON answer a line.
    """
    from ui.cli import batches, printing

    exactly_one(question, batch)
    caution = caution_of(strict=strict, lenient=lenient)
    with open_assistant(index) as assistant:
        if batch is not None:
            batches.ask(batch, assistant, top, filters, caution, verbatim=verbatim)
            return
        answer = assistant.ask(question or "", top, filters, caution, verbatim)
    if json:
        printing.as_json(answer.to_json())
    else:
        printing.answer(answer)


@app.command(epilog='Example: kenes search "single-chamber parliament" --after 2026-01 --lang kk --explain')
@with_filters
def search(
    query: Annotated[str | None, typer.Argument(metavar="QUERY")] = None,
    batch: BatchOption = None,
    json: JsonOption = False,
    top: TopOption = 10,
    explain: ExplainOption = False,
    per_document: PerDocumentOption = None,
    index: IndexOption = None,
    *,
    filters: "Filters",
) -> None:
    """Show the best passages for a question, best first, without reading an answer out of them.

    Each line of a batch file holds {"id", "query"}, and filters as for `kenes ask`. The output has one JSON object
    {"id", "passages"} a line.
    """
    from ui.cli import batches, printing

    exactly_one(query, batch)
    with open_assistant(index) as assistant:
        if batch is not None:
            batches.search(batch, assistant, top, filters, per_document)
            return
        found = assistant.search(query or "", top, filters, per_document)
        why = assistant.why_nothing(filters)
    if json:
        printing.as_json({"query": query, "passages": [passage.to_json() for passage in found]})
    elif found:
        printing.passages(found, question=query if explain else None)
    else:
        printing.line("Nothing found.")
    if why and not found:
        printing.note(why.text())


@app.command(epilog="Examples: kenes chat · kenes chat --host 0.0.0.0 --name news.example --auth people.txt")
def chat(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="IP address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes any free one.")] = 7860,
    auth: AuthOption = None,
    public: Annotated[bool, typer.Option("--public", help="Let in everybody who can reach ADDRESS.")] = False,
    name: HostNameOption = None,
    allow_origin: AllowOriginOption = None,
    feedback: FeedbackOption = None,
    accept: AcceptOption = None,
    index: IndexOption = None,
) -> None:
    """Open the chat page and a JSON interface beside it, for this machine alone or for others.

    Questions are not kept, unless people judge an answer and --feedback names a file for that.
    """
    from index import InputError, open_index
    from index.errors import needed
    from ui.cli import printing
    from ui.server import address
    from ui.server.passwords import read_passwords
    from ui.server.queue import AskQueue

    users = read_passwords(auth) if auth else None
    if accept and public and users is None:
        raise InputError(
            "everybody who comes could add files", "ask for a password with --auth FILE, or leave out --accept"
        )
    folder = local_index(index) if accept else None
    origins = frozenset(map(address.origin_of, allow_origin or ()))
    with (
        address.listen(host, port, open_to_others=public or users is not None) as listening,
        open_assistant(index) as assistant,
        open_index(index or default_index()) as reader,
        ExitStack() as running,
    ):
        with printing.waiting("Loading the model and the page"):
            with needed("the chat page"):
                from ui.server.app import build_app  # Gradio takes seconds
                from ui.server.finding_themes import ThemeFinder
                from ui.server.intake import Intake
                from ui.server.serving import serve

            hosts, everywhere = address.known_hosts(host, name or ()), address.is_everywhere(host)
            queue = running.enter_context(AskQueue(assistant, reader, ThemeFinder(index or default_index())))
            intake = running.enter_context(Intake(accept, folder, assistant.embedder)) if accept and folder else None
            page = build_app(queue, feedback, hosts, users, any_address=everywhere, origins=origins, intake=intake)
        ready = f"Kenes is at {address.url(host, listening)} (Ctrl+C stops it)"
        serve(page, listening, partial(printing.line, ready))


@app.command(epilog="Example: kenes show 3f2a9c01b7de --start 120 --end 260")
def show(
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT_ID")],
    start: Annotated[int, typer.Option(metavar="N", min=0, help="First character, counted from 0.")] = 0,
    end: Annotated[int | None, typer.Option(metavar="N", min=0, help="The character after the last.")] = None,
    index: IndexOption = None,
) -> None:
    """Show a document as it is stored, or its characters from START to END."""
    from index import InputError
    from ui.cli import printing

    document = find_document(document_id, index)
    if end is None:
        end = len(document.text)
    if not start <= end <= len(document.text):
        raise InputError(
            f"the document has no part from {start} to {end}", f"it has {len(document.text)} characters, counted from 0"
        )
    printing.document(document, start, end)


@app.command("open", epilog="Example: kenes open 3f2a9c01b7de --start 120")
def open_(
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT_ID")],
    start: Annotated[int, typer.Option(metavar="N", min=0, help="A character, counted from 0; a PDF opens at it.")] = 0,
    index: IndexOption = None,
) -> None:
    """Open the file that a document came from; without a display, print where it is."""
    from ui.cli import opener, printing

    document = find_document(document_id, index)
    opened = opener.open_source(document, start)
    place = opener.place_of(document, start)
    printing.line(f"opened {place}" if opened else place)


@app.command(epilog="Example: kenes verify && echo sound")
def verify(index: IndexOption = None) -> None:
    """Check every checksum, span and reference of the index; exit 1 if anything is wrong."""
    import index as indexing
    from ui.cli import printing

    folder = local_index(index)
    problems = indexing.verify(folder)
    for problem in problems:
        printing.line(problem)
    if problems:
        printing.note(f"{len(problems)} faults in {folder}\nfix: remove that folder and index again", "red")
        raise typer.Exit(1)
    printing.line(f"sound: every checksum, span and reference of {folder} holds")


@app.command(epilog='Example: kenes ask "…" --json > answer.json && kenes prove answer.json')
def prove(
    answer: Annotated[Path, typer.Argument(metavar="ANSWER.json", help="Or an HTML file saved from the chat page.")],
    index: IndexOption = None,
) -> None:
    """Prove a saved answer: each quotation verbatim at its place, each document unchanged; exit 1 if not."""
    from index import open_index
    from rag import prove as prove_answer
    from ui.cli import printing
    from ui.html.saved_answer import read_saved

    saved = read_saved(answer)
    with open_index(index or default_index()) as reader, reader.snapshot() as snapshot:
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
    if not printing.findings(findings):
        raise typer.Exit(1)
