"""`kenes timeline`: what the articles said to a question over time."""

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.options import IndexOption, JsonOption, open_assistant, with_filters

if TYPE_CHECKING:
    from index import Filters
    from rag.timeline.types import Gap, Telling, Timeline, Value

_CHANGES = {"first": "", "changed": "changed", "differs": "differs at that time", "undated": ""}


@with_filters
def timeline(
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    json: JsonOption = False,
    index: IndexOption = None,
    *,
    filters: "Filters",
) -> None:
    """Show what the articles said to a question over time: each value with its dates, sources and sentences.

    Equal values are joined, changes and long times without a word are marked. A time that the question names is left out.
    """
    from ui.cli import printing

    with open_assistant(index) as assistant:
        found = assistant.timeline(question, filters)
    if json:
        printing.as_json(found.to_json())
    else:
        _print(found)


def _print(found: "Timeline") -> None:
    from ui.cli import printing

    if not found.values:
        printing.line(f"None of the {found.read} articles that were read clearly tells a value.")
    for value in found.values:
        for gap in found.gaps_before(value):
            printing.line(_gap(gap))
        _print_value(value)


def _print_value(value: "Value") -> None:
    from rich.text import Text

    from ui.cli import printing

    dates = " to ".join(dict.fromkeys(filter(None, (value.first, value.last)))) or "no date"
    notes = [_CHANGES[value.change], f"{value.sources} sources" if value.sources > 1 else ""]
    printing.line(
        Text.assemble((f"{dates}  ", "dim"), (value.words, "bold"), " ".join(f" · {note}" for note in notes if note))
    )
    for telling in value.tellings:
        _print_telling(telling)


def _print_telling(telling: "Telling") -> None:
    from rich.text import Text

    from ui.cli import printing
    from ui.cli.places import place

    quote = telling.citation
    about = " · ".join(filter(None, (quote.published, quote.source, quote.language)))
    printing.line(f"[{quote.number}] “{quote.quote}”", 3)
    printing.line(
        Text(f"{about} · document {quote.document_id}, characters {telling.start} to {telling.end}", "dim"), 5
    )
    printing.line(place(quote.path, quote.page, quote.line), 5)


def _gap(gap: "Gap") -> str:
    """A gap as a line.

    >>> from rag.timeline.types import Gap
    >>> _gap(Gap("2025-01-01", "2025-03-01", 59, 2))
    '… 59 days in which 2 articles were read and none tells it'
    """
    if not gap.silent:
        return f"… {gap.days} days without an article that tells it"
    return f"… {gap.days} days in which {gap.silent} articles were read and none tells it"
