"""Keeps what people think of answers, one JSON line each, in a file that the owner named; without one, nothing is kept.

A person can think again: of the lines with one `ballot` the last one counts.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from index import Document, InputError
from index.analysis.detect import detect
from ui.html.tools import WRONG

LONGEST_FILE = 50_000_000  # bytes; what comes after that is not kept
VOTES = ("up", "down", "none")  # none takes a vote back
_lock = Lock()


def vote_of(row: dict[str, Any], document: Document | None) -> dict[str, Any]:
    """A line to keep: the question, the vote, and the quotation as the index has it, whatever the request says it is.

    Raises:
        InputError: it is no vote on a place in a document of the index.
    """
    question, vote = row.get("question"), row.get("vote")
    if not isinstance(question, str) or vote not in VOTES or document is None:
        raise InputError("this is no vote on an answer")
    ballot, why = row.get("ballot"), row.get("why")
    if not isinstance(ballot, str) or not re.fullmatch("[0-9a-f]{32}", ballot) or why not in (None, *WRONG):
        raise InputError("this is no vote of a person")
    start, end = row.get("start"), row.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(document.text):
        raise InputError("this is no vote on a place in a document")
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": question,
        "language": detect(question),
        "vote": vote,
        "ballot": ballot,
        "why": why,
        "document": document.id,
        "start": start,
        "end": end,
        "quote": document.text[start:end],
    }


def keep(file: Path, line: dict[str, Any]) -> None:
    """Add a line to the file.

    Raises:
        OSError: it cannot be written.
        InputError: it is full.
    """
    with _lock, file.open("a", encoding="utf-8") as lines:
        if lines.tell() > LONGEST_FILE:
            raise InputError(f"{file} is full", "move it away, and a new one is begun")
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")
