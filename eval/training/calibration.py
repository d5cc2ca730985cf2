"""What the confidence is fitted to: calibration questions, searched for and read as the product does.

They are of three kinds: 150 about the seeds (`eval/datasets/calibration.jsonl`), those about 18 articles of our own in three
languages, half of which sound as if the articles answered them (`eval/datasets/own/dev.jsonl`), and those about the developing stories that
the reader was not taught with, searched for among all of these (`eval.training.told_stories`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from eval.datasets.formats import seeds_index
from eval.datasets.own import DEV, Row, answers_in, load_own, own_index, questions_of
from eval.datasets.questions import CALIBRATION, addresses, load_gold, restriction, spans
from eval.measures.outcome import Span, at_gold
from eval.training.told_stories import is_held_out, load_train_stories, stories_index
from index import Document, Embedder, IndexReader, load_embedder
from index.analysis.languages import LANGUAGES
from rag.reading.confidence import UNLEARNED, ConfidenceModel, Features
from rag.reading.extract import AnswerExtractor, Candidate
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand
from rag.verdict.comparer import READ_PASSAGES

UNFITTED = ConfidenceModel(UNLEARNED, {})  # features are all that is asked for


@dataclass(frozen=True, slots=True)
class CalibrationQuestion:
    """A question's candidates: their features, shape (n, features), and whether each answers, shape (n,)."""

    language: str
    features: NDArray[np.float64]
    answers: NDArray[np.bool_]
    answerable: bool


def read_questions() -> list[CalibrationQuestion]:
    """Search and read for every calibration question: some ten minutes on two cores."""
    embedder = load_embedder()
    extractor = AnswerExtractor(embedder, confidence=UNFITTED)
    return [*_of_seeds(embedder, extractor), *_of_own_articles(embedder, extractor), *_of_stories(embedder, extractor)]


def _of_seeds(embedder: Embedder, extractor: AnswerExtractor) -> Iterator[CalibrationQuestion]:
    with seeds_index() as folder, IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        ids = addresses(snapshot)
        for gold in load_gold(CALIBRATION):
            query = understand(gold.question, embedder, snapshot)
            passages = retrieve(snapshot, query, READ_PASSAGES, restriction(gold, ids))
            candidates = extractor.candidates(query, passages)
            yield question_of(gold.language, candidates, spans(gold, ids, snapshot))


def _of_own_articles(embedder: Embedder, extractor: AnswerExtractor) -> Iterator[CalibrationQuestion]:
    rows = load_own(DEV)
    asked = [(row, language, *pair) for row in rows for language in LANGUAGES for pair in questions_of(row, language)]
    with own_index(rows, embedder) as reader, reader.snapshot(search=True) as snapshot:
        for row, language, question, about in asked:
            query = understand(question, embedder, snapshot)
            passages = retrieve(snapshot, query, READ_PASSAGES)
            documents = {passage.document.id: passage.document for passage in passages}
            gold = [span for document in documents.values() for span in _answers(document, row, about)]
            made = question_of(language, extractor.candidates(query, passages), gold)
            yield CalibrationQuestion(language, made.features, made.answers, "answers" in about)


def _of_stories(embedder: Embedder, extractor: AnswerExtractor) -> Iterator[CalibrationQuestion]:
    stories = load_train_stories()
    asked = [(story, each) for story in filter(is_held_out, stories) for each in story["questions"]]
    with stories_index(stories, embedder) as reader, reader.snapshot(search=True) as snapshot:
        for story, about in asked:
            for language, question in ((each, question) for each in LANGUAGES for question in about["q"][each]):
                query = understand(question, embedder, snapshot)
                passages = retrieve(snapshot, query, READ_PASSAGES)
                documents = {passage.document.id: passage.document for passage in passages}
                gold = [span for each in documents.values() for span in _told(each, story, about)]
                made = question_of(language, extractor.candidates(query, passages), gold)
                yield CalibrationQuestion(language, made.features, made.answers, bool(about["a"]))


def _told(document: Document, story: Row, about: Row) -> Iterator[Span]:
    """Where a report answers a question about a story: nowhere if it is of another one."""
    of, _, report = document.id.rpartition(".")
    if of == story["id"] and report in about["a"]:
        answer = about["a"][report][document.language]
        start = document.text.index(answer)
        yield document.id, start, start + len(answer)


def _answers(document: Document, row: Row, about: Row) -> Iterator[Span]:
    """Where a document answers a question about an article of our own: nowhere if it is no version of that article."""
    article, _, version = document.id.rpartition(".")
    if article == row["id"]:
        for answer in answers_in(about, version):
            start = document.text.find(answer)
            if start >= 0:
                yield document.id, start, start + len(answer)


def question_of(language: str, candidates: Sequence[Candidate], gold: Sequence[Span]) -> CalibrationQuestion:
    """What is fitted to of a question: a candidate answers if its sentence holds one of the places in `gold`."""
    features = np.array([astuple(candidate.features) for candidate in candidates], np.float64)
    answers = np.array([at_gold(_sentence(candidate), gold) for candidate in candidates], bool)
    return CalibrationQuestion(language, features.reshape(-1, len(fields(Features))), answers, bool(gold))


def _sentence(candidate: Candidate) -> Span:
    reading = candidate.reading
    return reading.document.id, reading.sentence_start, reading.sentence_end
