"""Options that several commands share, and what they open: the index, the assistant, the filters."""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from index import Document, Filters
    from rag import Assistant
    from rag.reading.confidence import Caution

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="The index: a folder, or postgresql://… (default: KENES_INDEX, or a folder in the user's data directory).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TopOption = Annotated[int, typer.Option("--top", metavar="K", min=1, max=1000, help="How many passages to show.")]
BatchOption = Annotated[
    Path | None, typer.Option("--batch", metavar="FILE", help="Read questions from a JSON-lines file.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Answer only when very sure.")]
LenientOption = Annotated[bool, typer.Option("--lenient", help="Answer even when less sure.")]

VerbatimOption = Annotated[
    bool,
    typer.Option("--verbatim", help="Ask the question as it is written: correct no typos, take nothing for key words."),
]

ExplainOption = Annotated[bool, typer.Option("--explain", help="Show ranks, scores and the words that matched.")]
PerDocumentOption = Annotated[
    int | None,
    typer.Option(
        "--per-document",
        metavar="N",
        min=1,
        help="At most N pieces of one article (default: 2, or more if no other article is left).",
    ),
]

DraftsOption = Annotated[bool, typer.Option("--drafts", help="Take drafts in, too (draft: true, published: false).")]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=KEY", help="Which key or column is the text, title, date …: text=content (repeatable)."),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="List everything that was left out or guessed.")]
RayOption = Annotated[
    str | None,
    typer.Option(
        "--ray", metavar="HOST:PORT", help="Let the workers of this Ray cluster read and embed (docs/scale.md)."
    ),
]
AuthOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Only let in users listed in FILE, one name:password a line.", readable=False),
]
HostNameOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A host name that people use for it (repeatable).")
]
AllowOriginOption = Annotated[
    list[str] | None,
    typer.Option(metavar="URL", help="A site whose pages may use the JSON interface from a browser (repeatable)."),
]
AcceptOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Let people add files and web pages on the page; they are kept in FOLDER and indexed at once.",
        readable=False,
    ),
]
FeedbackOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Show thumbs, and keep votes with their questions in FILE.")
]

# One option for each field of `index.Filters`, under the field's name.
FILTERS = {
    "documents": Annotated[
        list[str] | None, typer.Option("--document", metavar="ID", help="Only this document (repeatable).")
    ],
    "after": Annotated[
        str | None,
        typer.Option(
            "--after", metavar="DATE", help="Only from this day, month or year on: 2026, 2026-01, 2026-01-19."
        ),
    ],
    "before": Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="Only up to and including this day, month or year.")
    ],
    "sources": Annotated[
        list[str] | None, typer.Option("--source", metavar="NAME", help="Only articles from this source (repeatable).")
    ],
    "languages": Annotated[
        list[str] | None, typer.Option("--lang", metavar="LANG", help="Only articles in en, ru or kk (repeatable).")
    ],
}


class IndexCommand(TyperCommand):
    """`kenes index`, which lists the kinds of files in its help; they are loaded only when the help is shown."""

    def format_help(self, *arguments: Any, **named: Any) -> None:
        """Print the help."""
        from index.articles.registry import kinds

        for parameter in self.params:
            if parameter.name == "paths":
                parameter.help = f"Files and folders: {kinds()}."  # type: ignore[attr-defined]
        super().format_help(*arguments, **named)


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `FILTERS`; it receives what they hold as one argument, `filters`."""

    @wraps(command)
    def run(**given: Any) -> None:
        values = {name: given.pop(name) for name in FILTERS}
        command(filters=_filters(values), **given)

    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == "filters":
            parameters += _filter_parameters()
        else:
            parameters.append(parameter)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _filter_parameters() -> list[inspect.Parameter]:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return [inspect.Parameter(name, kind, default=None, annotation=option) for name, option in FILTERS.items()]


def _filters(values: dict[str, Any]) -> "Filters":
    from index import Filters

    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value) or None  # an option that is not given is an empty list
    return Filters(**values)


def caution_of(*, strict: bool, lenient: bool) -> "Caution":
    """How sure to be before answering."""
    if strict and lenient:
        raise typer.BadParameter("--strict and --lenient exclude each other")
    if strict:
        return "strict"
    if lenient:
        return "lenient"
    return "normal"


def exactly_one(question: str | None, batch: Path | None) -> None:
    """Refuse a question beside a batch, and neither of them."""
    from index import InputError

    if (question is None) == (batch is None):
        raise InputError(
            "give either a question or a file of them with --batch",
            "see the examples: kenes ask --help, kenes search --help",
        )


def default_index() -> str:
    """`KENES_INDEX`, or `index` in the user's data folder."""
    if given := os.environ.get("KENES_INDEX"):
        return given
    import platformdirs

    return str(platformdirs.user_data_path("kenes") / "index")


def local_index(index: str | None) -> Path:
    """The folder of an index, for what is done with a folder only.

    Raises:
        InputError: it is in a database.
    """
    from index import InputError
    from index.store.postgresql.address import is_address

    where = index or default_index()
    if is_address(where):
        raise InputError(
            "this works with an index in a folder, not with one in a database",
            "name a folder with --index; kenes export --to ADDRESS brings it into the database",
        )
    return Path(where)


def open_assistant(index: str | None) -> "Assistant":
    """Open the index; if there is none in the default folder, make one from the seeds first."""
    from index import MissingIndex
    from index.store.postgresql.address import is_address
    from rag import Assistant

    where = index or default_index()
    try:
        return Assistant.open(where)
    except MissingIndex:
        if index is not None or is_address(where) or not SEEDS.is_dir():
            raise
    _index_seeds(Path(where))
    return Assistant.open(where)


def find_document(id: str, index: str | None) -> "Document":
    """The document of that id; raises InputError if there is none."""
    from index import InputError, open_index

    with open_index(index or default_index()) as reader, reader.snapshot() as snapshot:
        document = snapshot.document(id)
    if document is None:
        raise InputError(f'no document "{id}" in the index', "kenes status --documents lists them")
    return document


def _index_seeds(folder: Path) -> None:
    from index import build, load_embedder
    from ui.cli import printing

    printing.note(f"No index yet: making one from the articles in {SEEDS} (for your own: kenes index PATH)")
    with printing.indexing() as on_progress:
        report = build([SEEDS], folder, load_embedder(), on_progress=on_progress)
    printing.note(f"{report.documents} documents, {report.chunks} chunks, {report.seconds:.1f} s, in {folder}")


def fields_of(given: list[str]) -> dict[str, str]:
    """The keys of `--field text=content`, by field: {"text": "content"}.

    Raises:
        InputError: one is not written so.
    """
    from index import InputError

    pairs = [each.partition("=") for each in given]
    for each, (name, _, key) in zip(given, pairs, strict=True):
        if not name.strip() or not key.strip():
            raise InputError(f'--field is "{each}", not NAME=KEY', "for example: --field text=content")
    return {name.strip(): key.strip() for name, _, key in pairs}
