"""`kenes themes`: what a pile of articles is about, counted and quoted."""

import csv
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.cli.options import IndexOption, JsonOption, open_assistant, with_filters

if TYPE_CHECKING:
    from index import Filters
    from index.store.types import ListedDocument
    from rag.themes.report import ThemeCount, ThemeReport

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute a cell that begins so
_COLUMNS = ("theme", "document", "title", "published", "language", "place", "source", "path", "line")
_LARGEST = 6  # months, places or sources that a theme names


@with_filters
def themes(
    like: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only the articles about this, such as street lighting.")
    ] = None,
    json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table, one row an article.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Print a report as one HTML page.")] = False,
    language: Annotated[
        Literal["en", "ru", "kk"] | None,
        typer.Option(help="Language of names and of the report (default: that of most articles)."),
    ] = None,
    index: IndexOption = None,
    *,
    filters: "Filters",
) -> None:
    """Show what the articles are about, across languages: themes, how many articles are in each, and their own words.

    A theme is named by the words that set it apart. An article on two matters stands in both; copies count once.
    """
    from ui.cli import printing

    if json + as_csv + html > 1:
        raise typer.BadParameter("--json, --csv and --html exclude each other")
    with open_assistant(index) as assistant:
        found = assistant.themes(filters, language) if like is None else assistant.like(like, filters)
    if json:
        printing.as_json(found.to_json())
    elif as_csv:
        _print_table(found)
    elif html:
        from ui.html.theme_report import as_page

        print(as_page(found, language or found.language), end="")
    else:
        _print_report(found)


def _print_table(found: "ThemeReport") -> None:
    """One row for each article of each theme, then those in none, whose theme is empty."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(_COLUMNS)
    rows = [(theme.name, document) for theme in found.themes for document in theme.documents]
    for name, document in [*rows, *(("", each) for each in found.other)]:
        table.writerow([_cell(value) for value in (name, *_facts(document))])


def _facts(document: "ListedDocument") -> tuple[str | int | None, ...]:
    return (
        *(document.id, document.title, document.published, document.language, document.place, document.source),
        *(document.path, document.line),
    )


def _cell(value: str | int | None) -> str:
    """A value that no spreadsheet takes for a formula.

    >>> _cell("=1+1"), _cell(None), _cell(7)
    ("'=1+1", '', '7')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _print_report(found: "ThemeReport") -> None:
    from ui.cli import printing

    count = f"{found.articles} articles"
    copies = f", and {found.copies} copies" if found.copies else ""
    printing.line(f"{count}{copies}: {len(found.themes)} themes, {len(found.other)} articles in none")
    for number, theme in enumerate(found.themes, 1):
        printing.line()
        _print_theme(number, theme)


def _print_theme(number: int, theme: "ThemeCount") -> None:
    from rich.text import Text

    from ui.cli import printing
    from ui.cli.places import place

    copies = f" and {theme.copies} copies" if theme.copies else ""
    printing.line(Text.assemble((f"{number}. {theme.name}", "bold"), f": {theme.articles} articles{copies}"))
    for counts in (theme.languages, theme.months, theme.places, theme.sources):
        if counts:
            printing.line(Text(_listed(counts), style="dim"), 3)
    for quote in theme.quotes:
        printing.line(f"“{quote.quote}”", 3)
        about = " · ".join(filter(None, (quote.published, quote.source, quote.language)))
        printing.line(Text(f"{about} · document {quote.document_id}, characters {quote.start} to {quote.end}"), 5)
        printing.line(place(quote.path, quote.page, quote.line), 5)


def _listed(counts: "Mapping[str, int]") -> str:
    """Counts on one line, the first of them if they are many.

    >>> _listed({"ru": 6, "kk": 2})
    'ru 6, kk 2'
    """
    shown = ", ".join(f"{name} {count}" for name, count in list(counts.items())[:_LARGEST])
    more = len(counts) - _LARGEST
    return shown + (f" and {more} more" if more > 0 else "")
