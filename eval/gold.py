"""Gold questions: what is asked, and the verbatim quotations that answer it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import Span
from index import Filters, InputError, Snapshot

GOLD = Path(__file__).with_name("gold.jsonl")
CALIBRATION = Path(__file__).with_name("calibration.jsonl")


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question. `evidence` pairs a document's file name (or id) with a quotation from it, `documents`
    restricts the search to those files (or ids).
    """

    id: str
    question: str
    language: str
    evidence: tuple[tuple[str, str], ...]
    documents: tuple[str, ...] | None


def load_gold(path: Path) -> list[Question]:
    """Read a gold file: a question a line, with `id`, `question`, `language`, `answerable`, and, where it is
    answerable, `evidence` as a list of {"document", "quote"}.

    Raises:
        InputError: a line is not such a question, or an id stands twice.
    """
    questions = list(_read(path))
    ids = [question.id for question in questions]
    if twice := {id for id in ids if ids.count(id) > 1}:
        raise InputError(f'{path}: the id "{min(twice)}" stands twice')
    return questions


def _read(path: Path) -> Iterator[Question]:
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _question(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError(f"{path} line {number}: no gold question ({error!r})") from None


def _question(row: Any) -> Question:
    evidence = tuple((each["document"], each["quote"]) for each in row.get("evidence", ()))
    if bool(evidence) != row["answerable"]:
        raise ValueError("answerable questions have evidence, others have none")
    documents = row.get("documents")
    return Question(
        row["id"], row["question"], row["language"], evidence, tuple(documents) if documents is not None else None
    )


def addresses(snapshot: Snapshot) -> dict[str, str]:
    """Document ids by file name, so that gold names files and outlives the ids of one machine."""
    return {Path(known.file).name: known.id for known in snapshot.known()} | {
        known.id: known.id for known in snapshot.known()
    }


def spans(question: Question, ids: Mapping[str, str], snapshot: Snapshot) -> tuple[Span, ...]:
    """Where a question's quotations stand in the index.

    Raises:
        InputError: a document is not in the index, or does not hold the quotation.
    """
    found: list[Span] = []
    for name, quote in question.evidence:
        document = snapshot.document(ids.get(name, name))
        start = document.text.find(quote) if document else -1
        if document is None or start < 0:
            raise InputError(f'question "{question.id}": {name} does not hold its quotation "{quote[:60]}"')
        found.append((document.id, start, start + len(quote)))
    return tuple(found)


def restriction(question: Question, ids: Mapping[str, str]) -> Filters | None:
    """The documents that the question is restricted to, or None."""
    if question.documents is None:
        return None
    return Filters(documents=tuple(ids.get(name, name) for name in question.documents))
