"""Gold questions: what is asked, what answers it, and the verbatim quotations that prove it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from eval.files import read_jsonl, text, texts, write_text
from eval.measures.outcome import Span
from index import Filters, InputError, Snapshot

GOLD = Path(__file__).with_name("gold.jsonl")
CALIBRATION = GOLD.with_name("calibration.jsonl")
FIELDS = {"id", "question", "language", "answerable", "answers", "evidence", "documents", "tags", "points"}
FORM = (
    'write lines like {"id": "1", "question": "How many?", "language": "en", "answerable": true, "answers": ["ten"], '
    '"evidence": [{"document": "a.txt", "quote": "Ten laws change."}]}'
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that answers, from a document named by its file or its id; an empty one is the whole document."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question.

    Attributes:
        answers: the answer in words, one entry for each way to put it; empty: only places count.
        evidence: every place that answers; empty: the question is not answerable.
        documents: where to look, as files or ids; None for everywhere.
        tags: labels for grouping results, such as question type and difficulty.
        points: for a question with several answers, each of them in every wording that tells it: words that stand in what is said.
    """

    id: str
    question: str
    language: str
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    points: tuple[tuple[str, ...], ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.evidence)

    def to_json(self) -> dict[str, Any]:
        """The question as a line of a gold file."""
        row: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "language": self.language,
            "answerable": self.answerable,
            "answers": list(self.answers),
            "evidence": [{"document": each.document, "quote": each.quote} for each in self.evidence],
            "tags": list(self.tags),
        }
        if self.documents is not None:
            row["documents"] = list(self.documents)
        if self.points:
            row["points"] = list(map(list, self.points))
        return row


def load_gold(path: Path) -> list[Question]:
    """Read a gold file, one question a line.

    `id`, `question`, `language` and `answerable` are needed, and `evidence` as a list of {"document", "quote"} if the
    question is answerable; `answers`, `documents`, `tags` and `points` are optional.

    Raises:
        InputError: a line is not such a question, or two questions have the same id.
    """
    questions = read_jsonl(path, _question, "gold question", FORM)
    unique(list(map(attrgetter("id"), questions)), path)
    return questions


def unique(ids: Sequence[str], path: Path) -> None:
    """Refuse a file in which an id stands twice.

    Raises:
        InputError: it names one.
    """
    id, count = min(Counter(ids).items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    if count > 1:
        raise InputError(f'{path}: the id "{id}" stands twice')


def _question(row: Any) -> Question:
    unknown = row.keys() - FIELDS
    if unknown:
        raise ValueError(f"unknown key {min(unknown)}")
    evidence = tuple(Evidence(text(each["document"]), text(each["quote"])) for each in row.get("evidence", ()))
    if bool(evidence) != row["answerable"]:
        raise ValueError("answerable questions have evidence, others have none")
    return Question(
        id=text(row["id"]),
        question=text(row["question"]),
        language=text(row["language"]),
        answers=texts(row.get("answers", [])),
        evidence=evidence,
        documents=texts(row["documents"]) if row.get("documents") is not None else None,
        tags=texts(row.get("tags", [])),
        points=tuple(map(texts, row.get("points", []))),
    )


def append_gold(path: Path, questions: Iterable[Question]) -> None:
    """Add questions to the end of a gold file, which is made if it is not there.

    Raises:
        InputError: it cannot be written.
    """
    lines = [json.dumps(question.to_json(), ensure_ascii=False) + "\n" for question in questions]
    write_text(path, "".join(lines), append=True)


def addresses(snapshot: Snapshot) -> dict[str, str]:
    """Document ids by file name and by id: gold names files, and so outlives the ids of one machine."""
    found, ids = {}, {}
    for stored in snapshot.stored_documents():
        found[Path(stored.file).name] = stored.id
        ids[stored.id] = stored.id
    return found | ids


def spans(question: Question, ids: Mapping[str, str], snapshot: Snapshot) -> tuple[Span, ...]:
    """Where a question's quotations stand in the index.

    Raises:
        InputError: a document is not in the index, or does not hold the quotation.
    """
    found = []
    for evidence in question.evidence:
        place = span(evidence, ids, snapshot)
        if place is None:
            problem = (
                "does not hold its quotation" if evidence.document in ids else "is not in the index; its quotation is"
            )
            raise InputError(
                f'question "{question.id}": {evidence.document} {problem} "{evidence.quote[:60]}"',
                "list every mismatch with kenes eval check, with the same --gold and --index",
            )
        found.append(place)
    return tuple(found)


def span(evidence: Evidence, ids: Mapping[str, str], snapshot: Snapshot) -> Span | None:
    """Where a quotation first stands in its document; None if it does not."""
    document = snapshot.document(ids.get(evidence.document, evidence.document))
    if document is None:
        return None
    start = document.text.find(evidence.quote)
    if start < 0:
        return None
    return document.id, start, start + len(evidence.quote or document.text)


def restriction(question: Question, ids: Mapping[str, str]) -> Filters | None:
    """The documents that a question is restricted to; None if it is not restricted."""
    if question.documents is None:
        return None
    return Filters(documents=tuple(ids.get(name, name) for name in question.documents))
