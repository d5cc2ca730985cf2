"""Batches: a question on every line of a file in, one line of JSON out for each, in the same order."""

from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from index import Filters, InputError
from rag import Assistant, unanswerable
from rag.reading.confidence import Caution
from ui.cli import printing
from ui.requests import FILTERS, Row, filters_of, parse_object


def ask(
    file: Path, assistant: Assistant, top: int, filters: Filters, caution: Caution, *, verbatim: bool = False
) -> None:
    """Answer every {"id", "question"} of a file; `filters` are the defaults of a line's own."""

    def answer(row: Row) -> Row:
        return assistant.ask(row["question"], top, filters_of(row, filters), caution, verbatim).to_json()

    _run(file, "question", answer, lambda question, reason: unanswerable(question, reason).to_json())


def search(file: Path, assistant: Assistant, top: int, filters: Filters, per_document: int | None) -> None:
    """Print the passages for every {"id", "query"} of a file; `filters` are the defaults of a line's own."""

    def passages(row: Row) -> Row:
        found = assistant.search(row["query"], top, filters_of(row, filters), per_document)
        return {"passages": [passage.to_json() for passage in found]}

    _run(file, "query", passages, lambda query, reason: {"passages": [], "reason": reason})


def _run(file: Path, field: str, run: Callable[[Row], Row], failed: Callable[[str, str], Row]) -> None:
    """Run every line. A line that cannot be run is named on stderr, and keeps its place in the output with `failed`'s row.

    Raises:
        InputError: the file cannot be read.
        typer.Exit: with code 1, after the last line, if any line failed.
    """
    problems = 0
    unused: set[str] = set()
    for number, raw in _lines(file):
        row: Row = {}
        try:
            row = parse_object(raw)
            if not isinstance(row.get(field), str):
                raise InputError(f'"{field}" is missing, or no text')
            unused |= _name_new(row.keys() - {"id", field, *FILTERS} - unused, file, number)
            result = run(row)
        except InputError as error:
            problems += 1
            reason = error.what
            printing.note(f"{file} line {number}: {reason}", "red")
            result = failed(str(row.get(field) or ""), reason)
        printing.as_json({"id": row.get("id"), **result}, one_line=True)
    if problems:
        raise typer.Exit(1)


def _name_new(keys: set[str], file: Path, number: int) -> set[str]:
    """Warn once about each unknown key: it may be a misspelt filter. Returns the keys."""
    if keys:
        listed = ", ".join(f'"{key}"' for key in sorted(keys))
        printing.note(f"{file} line {number}: unknown key {listed}; the filters are {', '.join(FILTERS)}", "yellow")
    return keys


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as lines:
            yield from ((number, raw) for number, raw in enumerate(lines, 1) if raw.strip())
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
