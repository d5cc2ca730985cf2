"""Batches: a question on every line of a file in, one line of JSON out for each, in the same order."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from index import InputError
from rag import Assistant, unanswerable
from ui import render

Row = dict[str, Any]


def ask(file: Path, assistant: Assistant, top: int, documents: Sequence[str] | None) -> None:
    """Answer every {"id", "question", "documents"?} of a file; `documents` is for lines that name none."""

    def answer(row: Row) -> Row:
        given = row["documents"] if row.get("documents") is not None else documents
        if given is not None and not (isinstance(given, list) and all(isinstance(id, str) for id in given)):
            raise InputError('its "documents" is no list of ids')
        return assistant.ask(row["question"], top, given).to_json()

    _run(file, "question", answer, lambda question, reason: unanswerable(question, reason).to_json())


def search(file: Path, assistant: Assistant, top: int) -> None:
    """Print the passages for every {"id", "query"} of a file."""

    def passages(row: Row) -> Row:
        return {"passages": [passage.to_json() for passage in assistant.search(row["query"], top)]}

    _run(file, "query", passages, lambda query, reason: {"passages": []})


def _run(file: Path, field: str, run: Callable[[Row], Row], failed: Callable[[str, str], Row]) -> None:
    """Run every line; one that cannot be run is named on stderr and keeps its place with what `failed` makes of it.

    Raises:
        InputError: the file cannot be read.
        typer.Exit: with code 1, after the last line, if one could not be run.
    """
    problems = 0
    for number, raw in _lines(file):
        row: Row = {}
        try:
            row = _parse(raw)
            if not isinstance(row.get(field), str):
                raise InputError(f'no "{field}" in it')
            result = run(row)
        except InputError as error:
            problems += 1
            reason = str(error).split("\n", 1)[0]
            render.note(f"{file} line {number}: {reason}", "red")
            result = failed(str(row.get(field) or ""), reason)
        render.as_json({"id": row.get("id"), **result}, one_line=True)
    if problems:
        raise typer.Exit(1)


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
