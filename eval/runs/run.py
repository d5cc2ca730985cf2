"""Asks gold questions and scores every answer."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from eval.datasets.questions import Question, addresses, restriction, spans
from eval.measures.outcome import Outcome, Span, at_gold
from eval.measures.score import score
from eval.runs.results import EvalRun, QuestionResult
from index import Document, Filters, IndexReader, InputError, Snapshot
from index.embedding.e5.trained import QUESTIONS
from rag import Answer, Assistant
from rag.reading.confidence import CONFIDENCE
from rag.reading.span_reader import READER

TOP = 10  # passages of a ranking that are scored

Progress = Callable[[int, int], None]
Copies = Mapping[str, Sequence[Document]]  # of each document that was found, by its id


def no_progress(done: int, total: int) -> None:
    """Say nothing."""


def evaluate(questions: Sequence[Question], folder: Path, on_progress: Progress = no_progress) -> EvalRun:
    """Ask every gold question of an index.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    blanks, filters = [], []
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        ids = addresses(snapshot)
        for question in questions:
            blanks.append(blank_result(question, spans(question, ids, snapshot), _pair(question, ids, snapshot)))
            filters.append(restriction(question, ids))
        corpus, model = corpus_of(snapshot), asdict(snapshot.settings)
    began = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    milliseconds, results = {}, []
    with Assistant.open(folder) as assistant:
        for blank, where in zip(blanks, filters, strict=True):
            answer = _ask(assistant, blank.question, where)
            results.append(with_answer(blank, answer))
            milliseconds[blank.id] = answer.timings["total_ms"] if isinstance(answer, Answer) else 0.0
            on_progress(len(results), len(questions))
    settings = {**model, "reader": reader_hashes(), "gold": digest(questions), "caution": "normal", "top": TOP}
    return EvalRun(settings, corpus, tuple(results), {"begun": began, "ms": milliseconds})


def digest(questions: Sequence[Question]) -> str:
    """SHA-256 of the questions and of what answers them."""
    return hashlib.sha256(json.dumps(list(map(Question.to_json, questions))).encode()).hexdigest()


def blank_result(question: Question, gold: tuple[Span, ...], pair: str | None) -> QuestionResult:
    """A question that has not been asked yet."""
    return QuestionResult(
        id=question.id,
        question=question.question,
        language=question.language,
        tags=question.tags,
        pair=pair,
        answers=question.answers,
        quotes=tuple(each.quote for each in question.evidence),
        gold=gold,
        points=question.points,
    )


def with_answer(blank: QuestionResult, answer: Answer | InputError) -> QuestionResult:
    """A question with its scored answer, or with the reason why it could not be asked."""
    if isinstance(answer, InputError):
        failed = Outcome(blank.question, blank.gold, blank.answers, failed=True, points=blank.points)
        return replace(blank, values=score(failed), error=answer.what)
    outcome = outcome_of(blank, answer)
    return replace(
        blank,
        values=score(outcome),
        answer=answer.text if outcome.said else None,
        sentence=answer.sentence if outcome.said else None,
        said_in=outcome.language or None,
        passage=next((passage.chunk.text for passage in answer.passages), None),
        reason=answer.reason.text(),
        confidence=answer.confidence,
        right=_is_right(answer, blank.gold),
        found=outcome.found,
        cited=outcome.cited,
    )


def outcome_of(blank: QuestionResult, answer: Answer) -> Outcome:
    """An answer as measures see it: its spans, moved to the copy of a document that gold names."""
    copies, found, cited = _copies(answer), [], []
    for passage in answer.passages:
        span = passage.document.id, passage.chunk.start, passage.chunk.end
        found.append(_in_gold_copy(span, passage.chunk.text, passage.copies, blank.gold))
    said = answer.points if answer.status == "answered" else ()
    for citation in (citation for point in said for citation in answer.citations_of(point)):
        span = citation.document_id, citation.start, citation.end
        cited.append(_in_gold_copy(span, citation.quote, copies.get(citation.document_id, ()), blank.gold))
    return Outcome(
        question=blank.question,
        gold=blank.gold,
        answers=blank.answers,
        found=tuple(found),
        cited=tuple(dict.fromkeys(cited)),
        answer=said[0].text if said else "",
        language=answer.quotation_of(said[0]).language if said else "",
        points=blank.points,
        said=tuple(point.text for point in said),
        perhaps=_perhaps(answer),
    )


def _perhaps(answer: Answer) -> Span | None:
    """Where the sentence stands that is shown without the claim."""
    if answer.status != "unsure":
        return None
    cited = answer.quotation_of(answer.points[0])
    return cited.document_id, cited.start, cited.end


def _is_right(answer: Answer, gold: Sequence[Span]) -> bool:
    """Whether the likeliest words, shown or not, stand at a gold place."""
    likeliest = answer.likeliest
    if likeliest is None:
        return False
    span = likeliest.document.id, likeliest.sentence_start, likeliest.sentence_end
    copies = _copies(answer).get(likeliest.document.id, ())
    return at_gold(_in_gold_copy(span, likeliest.sentence, copies, gold), gold)


def _copies(answer: Answer) -> Copies:
    return {passage.document.id: passage.copies for passage in answer.passages}


def _in_gold_copy(span: Span, text: str, copies: Sequence[Document], gold: Sequence[Span]) -> Span:
    """The span, or the same words in a copy of its document if gold names that copy."""
    if at_gold(span, gold):
        return span
    for copy in copies:
        start = copy.text.find(text)
        place = copy.id, start, start + len(text)
        if start >= 0 and at_gold(place, gold):
            return place
    return span


def _pair(question: Question, ids: Mapping[str, str], snapshot: Snapshot) -> str | None:
    """The language of a question and that of the documents that it is restricted to."""
    languages = set()
    for name in question.documents or ():
        document = snapshot.document(ids.get(name, name))
        if document:
            languages.add(document.language)
    if len(languages) != 1:
        return None
    return f"{question.language}→{languages.pop()}"


def _ask(assistant: Assistant, question: str, filters: Filters | None) -> Answer | InputError:
    try:
        return assistant.ask(question, TOP, filters)
    except InputError as error:
        return error


def corpus_of(snapshot: Snapshot) -> dict[str, Any]:
    """The number of documents and chunks of an index, and a digest of all texts."""
    documents, chunks = snapshot.counts()
    hashes = []
    for stored in snapshot.stored_documents():
        document = snapshot.document(stored.id)
        if document:
            hashes.append(document.sha256)
    sha256 = hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()
    return {"documents": documents, "chunks": chunks, "sha256": sha256}


def reader_hashes() -> dict[str, str]:
    """SHA-256 of every file that the encoder of questions, the reader and its confidence are made of, by name."""
    hashes = {path.name: sha256 for path, sha256 in (*QUESTIONS.expected(), *READER.expected())}
    return {**hashes, CONFIDENCE.name: hashlib.sha256(CONFIDENCE.read_bytes()).hexdigest()}
