"""Gold questions: what is asked, what answers it, and the verbatim quotations that prove it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures.scores import Span
from index import Filters, InputError, Snapshot

GOLD = Path(__file__).with_name("gold.jsonl")
FIELDS = {"id", "question", "language", "answerable", "answers", "evidence", "documents", "tags"}
FORM = (
    'write lines like {"id": "1", "question": "How many?", "language": "en", "answerable": true, "answers": ["ten"], '
    '"evidence": [{"document": "a.txt", "quote": "Ten laws change."}]}'
)
CALIBRATION = Path(__file__).with_name("calibration.jsonl")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that answers, from a document named by its file or its id; an empty one is the whole document."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question.

    Attributes:
        answers: the answer in words, in as many ways as one may give it; none: only places count.
        evidence: every place that answers; none: the question is not answerable.
        documents: where to look, as files or ids; None for everywhere.
        tags: its kind, how hard it is, and whatever else results are to be told apart by.
    """

    id: str
    question: str
    language: str
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()

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
        return row if self.documents is None else {**row, "documents": list(self.documents)}


def load_gold(path: Path) -> list[Question]:
    """Read a gold file: a question a line, with `id`, `question`, `language`, `answerable`, and, where it is
    answerable, `evidence` as a list of {"document", "quote"}; `answers`, `documents` and `tags` may be there.

    Raises:
        InputError: a line is not such a question, or an id stands twice.
    """
    questions = list(_read(path))
    unique([question.id for question in questions], path)
    return questions


def unique(ids: Sequence[str], path: Path) -> None:
    """Refuse ids that stand twice.

    Raises:
        InputError: it names one.
    """
    if twice := [id for id, count in Counter(ids).items() if count > 1]:
        raise InputError(f'{path}: the id "{min(twice)}" stands twice')


def _read(path: Path) -> Iterator[Question]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _question(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise InputError(f"{path} line {number}: no gold question ({error!r})", FORM) from None


def _question(row: Any) -> Question:
    if unknown := row.keys() - FIELDS:
        raise ValueError(f"no use for {min(unknown)}")
    evidence = tuple(Evidence(_text(each["document"]), _text(each["quote"])) for each in row.get("evidence", ()))
    if bool(evidence) != row["answerable"]:
        raise ValueError("answerable questions have evidence, others have none")
    documents = row.get("documents")
    return Question(
        id=_text(row["id"]),
        question=_text(row["question"]),
        language=_text(row["language"]),
        answers=_texts(row.get("answers", [])),
        evidence=evidence,
        documents=None if documents is None else _texts(documents),
        tags=_texts(row.get("tags", [])),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()  # JSON can spell half characters
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(map(_text, values))


def append_gold(path: Path, questions: Iterable[Question]) -> None:
    """Add questions to the end of a gold file, which may not be there yet.

    Raises:
        InputError: it cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(question.to_json(), ensure_ascii=False) + "\n" for question in questions)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None


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
    found = [span(each, ids, snapshot) for each in question.evidence]
    for each, place in zip(question.evidence, found, strict=True):
        if place is None:
            there = "does not hold its quotation" if each.document in ids else "is not in the index; its quotation is"
            raise InputError(
                f'question "{question.id}": {each.document} {there} "{each.quote[:60]}"',
                "list every mismatch with kenes eval check, with the same --gold and --index",
            )
    return tuple(place for place in found if place)


def span(evidence: Evidence, ids: Mapping[str, str], snapshot: Snapshot) -> Span | None:
    """Where a quotation stands first in its document; None if it does not."""
    document = snapshot.document(ids.get(evidence.document, evidence.document))
    start = document.text.find(evidence.quote) if document else -1
    if document is None or start < 0:
        return None
    return document.id, start, start + len(evidence.quote or document.text)


def restriction(question: Question, ids: Mapping[str, str]) -> Filters | None:
    """The documents that the question is restricted to, or None."""
    if question.documents is None:
        return None
    return Filters(documents=tuple(ids.get(name, name) for name in question.documents))
