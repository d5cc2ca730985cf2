"""Runs gold questions through `ask`: every question's result, and what it was made with."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.datasets.gold import Question, addresses, restriction, spans
from eval.measures.scores import Outcome, Span, at_gold, values
from index import Document, Filters, IndexReader, InputError, Snapshot
from rag import Answer, Assistant, Reading
from rag.reading.confidence import CONFIDENCE
from rag.reading.span_reader import files

TOP = 10  # passages of a ranking that are scored
FORMAT = 1  # of a run's file
NEEDED = (("settings", "gold"), ("corpus", "sha256"))  # what comparisons look at

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """One gold question with what came back.

    Attributes:
        pair: languages of the question and of the documents that it is restricted to, "ru→kk"; None if it is not, or to
            several languages.
        answers, quotes: what would be right, in words, and the quotations that prove it.
        answer: the words that were given, None where it was refused.
        sentence: the quotation of citation 1, and `said_in` the language of its article.
        passage: the text of the first passage.
        reason: why it was answered, or why not, in a sentence.
        confidence: 0 to 1, of the likeliest words, said or not.
        right: whether these words stand where the question is answered.
        gold, found, cited: the spans that answer, of the passages in rank order, and of the citations.
        values: what `measures.MEASURES` say of it.
        error: why it could not be asked; None if it could.
    """

    id: str
    question: str
    language: str
    tags: tuple[str, ...]
    pair: str | None
    answers: tuple[str, ...]
    quotes: tuple[str, ...]
    answer: str | None
    sentence: str | None
    said_in: str | None
    passage: str | None
    reason: str
    confidence: float
    right: bool
    gold: tuple[Span, ...]
    found: tuple[Span, ...]
    cited: tuple[Span, ...]
    values: Mapping[str, float]
    error: str | None

    @property
    def answerable(self) -> bool:
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class Run:
    """All results of a gold set on an index. All but `timings` is the same whenever it is run again.

    Attributes:
        settings: what it was made with: models and their hashes, and a digest of the questions.
        corpus: the index's documents and chunks, and a digest of all texts.
        timings: when it began, and milliseconds of each question, by id.
    """

    settings: Mapping[str, Any]
    corpus: Mapping[str, Any]
    results: tuple[Result, ...]
    timings: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The run as its file holds it."""
        return {"format": FORMAT, **asdict(self)}


def evaluate(questions: Sequence[Question], folder: Path, on_progress: Progress = lambda done, total: None) -> Run:
    """Ask every gold question.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        ids = addresses(snapshot)
        gold = [spans(question, ids, snapshot) for question in questions]
        pairs = [_pair(question, ids, snapshot) for question in questions]
        corpus = _corpus(snapshot)
        model = snapshot.settings
    begun, milliseconds, results = time.strftime("%Y-%m-%dT%H:%M:%S%z"), {}, []
    with Assistant.open(folder) as assistant:
        for number, (question, places, pair) in enumerate(zip(questions, gold, pairs, strict=True), 1):
            answer = _ask(assistant, question, restriction(question, ids))
            results.append(result(question, places, pair, answer))
            milliseconds[question.id] = answer.timings["total_ms"] if isinstance(answer, Answer) else 0.0
            on_progress(number, len(questions))
    hashes = {path.name: sha256 for path, sha256 in files()}
    hashes[CONFIDENCE.name] = hashlib.sha256(CONFIDENCE.read_bytes()).hexdigest()
    settings = {**asdict(model), "reader": hashes, "gold": digest(questions), "caution": "normal", "top": TOP}
    return Run(settings, corpus, tuple(results), {"begun": begun, "ms": milliseconds})


def digest(questions: Sequence[Question]) -> str:
    """SHA-256 of what is asked and what is right."""
    return hashlib.sha256(json.dumps([each.to_json() for each in questions]).encode()).hexdigest()


def _pair(question: Question, ids: Mapping[str, str], snapshot: Snapshot) -> str | None:
    """The language of a question, and that of the documents that it is restricted to."""
    found = [snapshot.document(ids.get(name, name)) for name in question.documents or ()]
    languages = {document.language for document in found if document}
    return f"{question.language}→{languages.pop()}" if len(languages) == 1 else None


def _ask(assistant: Assistant, question: Question, filters: Filters | None) -> Answer | InputError:
    try:
        return assistant.ask(question.question, TOP, filters)
    except InputError as error:
        return error


def _corpus(snapshot: Snapshot) -> dict[str, Any]:
    documents, chunks = snapshot.counts()
    texts = sorted(document.sha256 for known in snapshot.known() if (document := snapshot.document(known.id)))
    return {"documents": documents, "chunks": chunks, "sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest()}


def result(question: Question, gold: tuple[Span, ...], pair: str | None, answer: Answer | InputError) -> Result:
    """Score what came back for a question."""
    asked = partial(
        Result,
        id=question.id,
        question=question.question,
        language=question.language,
        tags=question.tags,
        pair=pair,
        answers=question.answers,
        quotes=tuple(each.quote for each in question.evidence),
        gold=gold,
    )
    if isinstance(answer, InputError):
        failed = Outcome(question.question, gold, question.answers, failed=True)
        return asked(
            answer=None,
            sentence=None,
            said_in=None,
            passage=None,
            reason="",
            confidence=0.0,
            right=False,
            found=(),
            cited=(),
            values=values(failed),
            error=answer.what,
        )
    first = answer.citations[0] if answer.citations else None
    copies = {passage.document.id: passage.copies for passage in answer.passages}
    outcome = Outcome(
        question=question.question,
        gold=gold,
        answers=question.answers,
        found=tuple(
            _place((p.document.id, p.chunk.start, p.chunk.end), p.chunk.text, p.copies, gold) for p in answer.passages
        ),
        cited=tuple(
            _place((c.document_id, c.start, c.end), c.quote, copies.get(c.document_id, ()), gold)
            for c in answer.citations
        ),
        answer=answer.text or "",
        language=first.language if first else "",
    )
    return asked(
        answer=answer.text,
        sentence=answer.sentence,
        said_in=first.language if first else None,
        passage=answer.passages[0].chunk.text if answer.passages else None,
        reason=answer.reason,
        confidence=answer.confidence,
        right=answer.likeliest is not None and at_gold(_told(answer.likeliest, copies, gold), gold),
        found=outcome.found,
        cited=outcome.cited,
        values=values(outcome),
        error=None,
    )


def _told(reading: Reading, copies: Mapping[str, Sequence[Document]], gold: Sequence[Span]) -> Span:
    span = reading.document.id, reading.sentence_start, reading.sentence_end
    return _place(span, reading.sentence, copies.get(reading.document.id, ()), gold)


def _place(span: Span, text: str, copies: Sequence[Document], gold: Sequence[Span]) -> Span:
    """A span, or where the same words stand in a copy of its document, if it is the copy that gold names."""
    if at_gold(span, gold):
        return span
    starts = ((copy, copy.text.find(text)) for copy in copies)
    places = ((copy.id, start, start + len(text)) for copy, start in starts if start >= 0)
    return next((place for place in places if at_gold(place, gold)), span)


def save(run: Run, path: Path) -> None:
    """Write a run to a file.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.write_text(json.dumps(run.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None


def load(path: Path) -> Run:
    """Read a run from its file.

    Raises:
        InputError: it cannot be read, or is no run.
    """
    try:
        row = json.loads(path.read_text("utf-8"))
        if row["format"] != FORMAT:
            raise ValueError(f"format {row['format']}, not {FORMAT}")
        results = tuple(_result(each) for each in row["results"])
        settings, corpus = ({**row[part], key: str(row[part][key])} for part, key in NEEDED)
        return Run(settings, corpus, results, dict(row["timings"]))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path} is no run ({error!r})", "write one with kenes eval run --save FILE") from None


def _result(row: dict[str, Any]) -> Result:
    """A result out of a file; values that it needs are there."""
    places = {name: tuple((str(id), int(a), int(b)) for id, a, b in row[name]) for name in ("gold", "found", "cited")}
    texts = {name: tuple(map(str, row[name])) for name in ("tags", "answers", "quotes")}
    told = {str(name): float(value) for name, value in row["values"].items()}
    if (needed := "answered rightly" if row["gold"] else "false answers") not in told:
        raise KeyError(needed)
    return Result(**{**row, **places, **texts, "values": told})
