"""What a run of gold questions found, and the file that keeps it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.files import WRONG, Row, read_text, texts, write_text
from eval.measures.outcome import Span
from index import InputError

FORMAT = 1  # of a run's file
COMPARED = (("settings", "gold"), ("corpus", "sha256"))  # what a comparison of two runs looks at


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One gold question with what came back.

    Attributes:
        pair: languages of the question and of the documents that it is restricted to, "ru→kk"; None if it is
            unrestricted, or restricted to documents in several languages.
        answers, quotes: right answers in words, and the quotations that prove them.
        gold: the spans that answer it; empty if nothing does.
        points: distinct right answers, each in every wording.
        values: the value of every measure that applies, by name.
        answer: the words given; None if the question was refused.
        sentence: the quotation of citation 1, from an article in the language `said_in`.
        passage: the text of the first passage.
        reason: why it was answered, or why not, in a sentence.
        confidence: 0 to 1, of the likeliest words, shown or not.
        right: whether these words stand where the question is answered.
        found, cited: the spans of the passages, best first, and of the citations.
        error: why the question could not be run; None if it could.
    """

    id: str
    question: str
    language: str
    tags: tuple[str, ...]
    pair: str | None
    answers: tuple[str, ...]
    quotes: tuple[str, ...]
    gold: tuple[Span, ...]
    points: tuple[tuple[str, ...], ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    answer: str | None = None
    sentence: str | None = None
    said_in: str | None = None
    passage: str | None = None
    reason: str = ""
    confidence: float = 0.0
    right: bool = False
    found: tuple[Span, ...] = ()
    cited: tuple[Span, ...] = ()
    error: str | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class EvalRun:
    """All results of a gold set on an index. Everything but `timings` is reproducible.

    Attributes:
        settings: what it ran with: models and their hashes, and a digest of the questions.
        corpus: the index's number of documents and chunks, and a digest of all texts.
        timings: when it began, and the milliseconds of each question, by id.
    """

    settings: Mapping[str, Any]
    corpus: Mapping[str, Any]
    results: tuple[QuestionResult, ...]
    timings: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The run as its file holds it."""
        return {"format": FORMAT, **asdict(self)}


def save(run: EvalRun, path: Path) -> None:
    """Write a run to a file.

    Raises:
        InputError: it cannot be written.
    """
    write_text(path, json.dumps(run.to_json(), ensure_ascii=False, indent=1) + "\n")


def load(path: Path) -> EvalRun:
    """Read a run from its file.

    Raises:
        InputError: it cannot be read, or is no run.
    """
    written = read_text(path)
    try:
        return _run(json.loads(written))
    except WRONG as error:
        raise InputError(f"{path} is no run ({error!r})", "write one with kenes eval run --save FILE") from None


def _run(row: Row) -> EvalRun:
    if row["format"] != FORMAT:
        raise ValueError(f"format {row['format']}, not {FORMAT}")
    for part, key in COMPARED:
        row[part] = {**row[part], key: str(row[part][key])}
    return EvalRun(row["settings"], row["corpus"], tuple(map(_result, row["results"])), dict(row["timings"]))


def _result(row: Row) -> QuestionResult:
    """One result of a file; checks that it holds the value that tells right from wrong."""
    row = dict(row)
    for name in ("gold", "found", "cited"):
        row[name] = tuple(map(_span, row[name]))
    for name in ("tags", "answers", "quotes"):
        row[name] = texts(row[name])
    row["points"] = tuple(map(texts, row.get("points", ())))
    row["values"] = {str(name): float(value) for name, value in row["values"].items()}
    needed = "answered rightly" if row["gold"] else "false answers"
    if needed not in row["values"]:
        raise KeyError(needed)
    return QuestionResult(**row)


def _span(row: Any) -> Span:
    id, start, end = row
    return str(id), int(start), int(end)
