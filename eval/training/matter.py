"""Learns when two articles tell of one matter, from half of the stories: part of `python -m eval.training.confidence`.

For every question whose likeliest words tell one of its values, each value of the same kind in another article is one
example: is it a value of that question, too? A logistic regression learns that from the features of `rag.verdict.matter`.
The other stories are never touched: they measure what comes out.
"""

from collections.abc import Iterator
from dataclasses import astuple, fields

import numpy as np

from eval.datasets.stories import BUILT_WITH, load_stories, questions_of, stories_index
from eval.measures.stories import Place, StoryQuestion
from eval.training.logistic import fit_logistic, rounded
from index import Embedder
from rag.logistic import Logistic
from rag.reading.confidence import ConfidenceModel
from rag.reading.extract import AnswerExtractor
from rag.retrieval.retrieve import retrieve
from rag.types import Reading
from rag.understanding.question import understand
from rag.verdict.comparer import Comparer
from rag.verdict.judge import COMPARED_PASSAGES
from rag.verdict.matter import Matter

NAMES = tuple(field.name for field in fields(Matter))
Example = tuple[Matter, bool]


def fit_matter(embedder: Embedder, confidence: ConfidenceModel) -> Logistic:
    """The model of `Matter`, with the confidence that is given."""
    found = list(examples(embedder, confidence))
    x = np.array([astuple(matter) for matter, _ in found])
    return rounded(fit_logistic(NAMES, x, np.array([tells for _, tells in found])))


def examples(embedder: Embedder, confidence: ConfidenceModel) -> Iterator[Example]:
    """Every comparison for the questions of the stories to build with, and whether it tells a value of the question."""
    stories, extractor = load_stories(), AnswerExtractor(embedder, confidence=confidence)
    with stories_index(stories, embedder) as reader, reader.snapshot(search=True) as snapshot:
        for asked in (each for story in stories if story["id"] in BUILT_WITH for each in questions_of(story)):
            query = understand(asked.question, embedder, snapshot)
            found = retrieve(snapshot, query, COMPARED_PASSAGES)
            compared = Comparer(query, embedder, extractor).compare(found)
            if compared.first and _tells(compared.first.reading, asked):
                yield from ((matter, _tells(other.reading, asked)) for other, matter in compared.others)


def _tells(reading: Reading, asked: StoryQuestion) -> bool:
    """Whether words are at a value of the question."""
    return any(_meets(reading, place) for places in asked.values for place in places)


def _meets(reading: Reading, place: Place) -> bool:
    document, start, end = place
    return reading.document.id == document and reading.start < end and start < reading.end
