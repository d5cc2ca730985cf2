"""Reads and writes files; what cannot be read or written is named in one sentence, with the line."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from index import InputError

Row = dict[str, Any]
T = TypeVar("T")

WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError)  # what JSON of another shape raises


def read_text(path: Path, fix: str | None = None) -> str:
    """The text of a UTF-8 file, without its byte order mark.

    Raises:
        InputError: it cannot be read; `fix` is what the user may do.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        reason = "not UTF-8"
    except OSError as error:
        reason = error.strerror or str(error)
    raise InputError(f"{path} cannot be read: {reason}", fix)


def read_jsonl(
    path: Path, parse: Callable[[Any], T], what: str, fix: str | None = None, unreadable: str | None = None
) -> list[T]:
    """Every line of a JSON-lines file that is not blank, as `parse` makes it.

    Args:
        parse: makes a value of parsed JSON; raises one of `WRONG` if it is of another shape.
        what: what a line ought to be, as the error says it: "gold question".
        fix: what the user may do about a line that is none.
        unreadable: what the user may do about a file that cannot be read.

    Raises:
        InputError: the file cannot be read, or a line is not what it ought to be.
    """
    values = []
    for number, line in enumerate(read_text(path, unreadable).split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append(parse(json.loads(line)))
        except WRONG as error:
            raise InputError(f"{path} line {number}: not a {what} ({error!r})", fix) from None
    return values


def text(value: Any) -> str:
    """A string of parsed JSON.

    Raises:
        TypeError: it is something else.
        ValueError: it holds half of a character, which JSON can spell and UTF-8 cannot.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()
    return value


def texts(values: Any) -> tuple[str, ...]:
    """A list of strings of parsed JSON.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(map(text, values))


def jsonl(rows: Iterable[Any]) -> str:
    """Values as JSON lines, in ASCII."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def write_text(path: Path, text: str, *, append: bool = False) -> None:
    """Write or extend a file.

    Raises:
        InputError: it cannot be written.
    """
    try:
        with path.open("a" if append else "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
