"""Runs gold questions through each part of Kenes alone and through the whole, so that one sees what each part is worth."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval.datasets.gold import Question, addresses, restriction, spans
from eval.measures.scores import MEASURES, Outcome, Span, bootstrap
from eval.runs.run import TOP, Progress, evaluate
from eval.runs.summary import Estimate, summary
from index import Filters, IndexReader, InputError, Snapshot, load_embedder
from rag.question import understand
from rag.retrieval.retrieve import SEARCHERS, find
from rag.retrieval.select import PER_DOCUMENT, merged
from rag.types import Query

RANKED = ("hit@1", "hit@5", "MRR@10", "nDCG@10")
WHOLE = "hybrid + reader"

Finder = Callable[[Snapshot, Query, Filters | None], list[Span]]


def _part(name: str) -> Finder:
    def found(snapshot: Snapshot, query: Query, filters: Filters | None) -> list[Span]:
        ranking = SEARCHERS[name](snapshot, query, TOP, filters)
        return [(chunk.document_id, chunk.start, chunk.end) for chunk, _ in snapshot.chunks([id for id, _ in ranking])]

    return found


def _hybrid(snapshot: Snapshot, query: Query, filters: Filters | None) -> list[Span]:
    passages = merged(find(snapshot, query, TOP * PER_DOCUMENT, filters))[:TOP]
    return [(passage.document.id, passage.chunk.start, passage.chunk.end) for passage in passages]


FINDERS: Mapping[str, Finder] = {"BM25 only": _part("lexical"), "dense only": _part("dense"), "hybrid": _hybrid}


def ablations(
    questions: Sequence[Question], folder: Path, on_progress: Progress = lambda done, total: None
) -> dict[str, dict[str, Estimate]]:
    """The measures of BM25 alone, of vectors alone, of both with the tokens' interaction, and of all with the reader.

    Only the last says anything, so that the others have measures of rankings alone.

    Raises:
        InputError: a quotation does not stand in the index.
    """
    made = {name: _ranked(finder, questions, folder) for name, finder in FINDERS.items()}
    return {**made, WHOLE: summary(evaluate(questions, folder, on_progress).results)}


def _ranked(finder: Finder, questions: Sequence[Question], folder: Path) -> dict[str, Estimate]:
    told: dict[str, list[float]] = {name: [] for name in RANKED}
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        ids, embedder = addresses(snapshot), load_embedder(snapshot.settings.model)
        for question in questions:
            gold = spans(question, ids, snapshot)
            try:
                query = understand(question.question, embedder, snapshot)
                found = finder(snapshot, query, restriction(question, ids))
            except InputError:
                found = []
            outcome = Outcome(question.question, gold, found=tuple(found))
            for name, values in told.items():
                if (value := MEASURES[name](outcome)) is not None:
                    values.append(value)
    return {
        name: Estimate(sum(values) / max(1, len(values)), *bootstrap(values), len(values))
        for name, values in told.items()
    }
