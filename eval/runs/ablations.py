"""Measures each part of the search alone, the whole search, and search with reader: what every part is worth."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval.datasets.questions import Question, addresses, restriction, spans
from eval.measures.outcome import Outcome, Span
from eval.measures.ranking import RANKING
from eval.measures.score import MEASURES
from eval.runs.run import TOP, Progress, evaluate, no_progress
from eval.runs.summary import Estimate, summary
from index import Embedder, Filters, IndexReader, InputError, Snapshot, load_embedder
from rag.retrieval.retrieve import SEARCHERS, retrieve
from rag.retrieval.select import PER_DOCUMENT, merge_adjacent
from rag.types import Query
from rag.understanding.question import understand

WHOLE = "hybrid + reader"

Finder = Callable[[Snapshot, Query, Filters | None], list[Span]]


def _one_searcher(name: str) -> Finder:
    def found(snapshot: Snapshot, query: Query, filters: Filters | None) -> list[Span]:
        numbers = [number for number, _ in SEARCHERS[name](snapshot, query, TOP, filters)]
        return [(chunk.document_id, chunk.start, chunk.end) for chunk, _ in snapshot.chunks(numbers)]

    return found


def _hybrid(snapshot: Snapshot, query: Query, filters: Filters | None) -> list[Span]:
    passages = merge_adjacent(retrieve(snapshot, query, TOP * PER_DOCUMENT, filters))[:TOP]
    return [(passage.document.id, passage.chunk.start, passage.chunk.end) for passage in passages]


FINDERS: Mapping[str, Finder] = {
    "BM25 only": _one_searcher("lexical"),
    "dense only": _one_searcher("dense"),
    "hybrid": _hybrid,
}


def ablations(
    questions: Sequence[Question], folder: Path, on_progress: Progress = no_progress
) -> dict[str, dict[str, Estimate]]:
    """The measures of BM25 alone, of dense vectors alone, of the hybrid search, and of the hybrid search with reader.

    Only the last one answers, so the others have measures of rankings alone.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    found = search_ablations(questions, folder)
    return {**found, WHOLE: summary(evaluate(questions, folder, on_progress).results)}


def search_ablations(
    questions: Sequence[Question], folder: Path, embedder: Embedder | None = None
) -> dict[str, dict[str, Estimate]]:
    """The measures of rankings for each part of the search.

    Args:
        embedder: the one that the index was built with; None: the model that the index names.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        if embedder is None:
            embedder = load_embedder(snapshot.settings.model)
        return {name: _measure(finder, questions, snapshot, embedder) for name, finder in FINDERS.items()}


def _measure(
    finder: Finder, questions: Sequence[Question], snapshot: Snapshot, embedder: Embedder
) -> dict[str, Estimate]:
    ids = addresses(snapshot)
    values: dict[str, list[float]] = {name: [] for name in RANKING}
    for question in questions:
        gold = spans(question, ids, snapshot)
        try:
            found = finder(snapshot, understand(question.question, embedder, snapshot), restriction(question, ids))
        except InputError:  # the question has no words
            found = []
        outcome = Outcome(question.question, gold, found=tuple(found))
        for name, own in values.items():
            value = MEASURES[name](outcome)
            if value is not None:
                own.append(value)
    return {name: Estimate.of_mean(own) for name, own in values.items()}
