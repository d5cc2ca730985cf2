"""Batches: a question on every line of a file in, one line of JSON out for each, in the same order."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import typer

from index import Filters, InputError
from rag import Assistant, unanswerable
from rag.reading.confidence import Caution
from ui.cli import printing

Row = dict[str, Any]

FILTERS = tuple(field.name for field in fields(Filters))


def ask(file: Path, assistant: Assistant, top: int, filters: Filters, caution: Caution) -> None:
    """Answer every {"id", "question"} of a file; `filters` is for what a line does not ask itself."""

    def answer(row: Row) -> Row:
        return assistant.ask(row["question"], top, filters_of(row, filters), caution).to_json()

    _run(file, "question", answer, lambda question, reason: unanswerable(question, reason).to_json())


def search(file: Path, assistant: Assistant, top: int, filters: Filters, per_document: int | None) -> None:
    """Print the passages for every {"id", "query"} of a file; `filters` is for what a line does not ask itself."""

    def passages(row: Row) -> Row:
        found = assistant.search(row["query"], top, filters_of(row, filters), per_document)
        return {"passages": [passage.to_json() for passage in found]}

    _run(file, "query", passages, lambda query, reason: {"passages": [], "reason": reason})


def filters_of(row: Row, default: Filters) -> Filters:
    """The filters of a line: "documents", "sources", "languages" are lists of strings, "after", "before" dates.

    Raises:
        InputError: one of them is something else.
    """
    given = {name: row[name] for name in FILTERS if row.get(name) is not None}
    for name in ("after", "before"):
        if not isinstance(given.get(name, ""), str):
            raise InputError(f'its "{name}" is no date in quotation marks')
    for name in ("documents", "sources", "languages"):
        values = given.get(name, [])
        if not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
            raise InputError(f'its "{name}" is no list of {"ids" if name == "documents" else "strings"}')
        if name in given:
            given[name] = tuple(values)
    return replace(default, **given)


def _run(file: Path, field: str, run: Callable[[Row], Row], failed: Callable[[str, str], Row]) -> None:
    """Run every line; one that cannot be run is named on stderr and keeps its place with what `failed` makes of it.

    Raises:
        InputError: the file cannot be read.
        typer.Exit: with code 1, after the last line, if one could not be run.
    """
    problems = 0
    unused: set[str] = set()
    for number, raw in _lines(file):
        row: Row = {}
        try:
            row = _parse(raw)
            if not isinstance(row.get(field), str):
                raise InputError(f'no "{field}" in it')
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
    """Say of each key, once, that nothing is done with it: it may be a filter by another name. Returns the keys."""
    if keys:
        listed = ", ".join(f'"{key}"' for key in sorted(keys))
        printing.note(f"{file} line {number}: no use for {listed}; the filters are {', '.join(FILTERS)}", "yellow")
    return keys


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with file.open("rb") as lines:
            yield from ((number, raw) for number, raw in enumerate(lines, 1) if raw.strip())
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None


def parse_json(raw: bytes) -> Any:
    """Read JSON that can be written again: UTF-8, no NaN or infinity, no half characters.

    Raises:
        InputError: it is not such JSON.
    """
    try:
        value = json.loads(raw.decode("utf-8-sig"))
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise InputError(f"no valid JSON ({error})") from None
    return value


def _parse(raw: bytes) -> Row:
    row = parse_json(raw)
    if not isinstance(row, dict):
        raise InputError("not a JSON object")
    return row
