"""Learns which values answer a question over time: `python -m eval.training.timeline` writes rag/timeline/weights.json.

For every question with values to the stories to build with, each value that is read to it is one example: is it one of the
question's? A logistic regression learns that from the features of `rag.timeline.weigh`. The other stories are never
touched: they measure what comes out (`python -m eval.benchmarks.timeline`). Run it when the reader changes.
"""

import json
from collections.abc import Iterator
from dataclasses import astuple, fields

import numpy as np

from eval.datasets.stories import BUILT_WITH, load_stories, questions_of, stories_index
from eval.files import write_text
from eval.measures.stories import StoryQuestion
from eval.training.logistic import fit_logistic, rounded
from index import Embedder, load_embedder
from rag.logistic import Logistic
from rag.timeline.find import find_values
from rag.timeline.weigh import WEIGHTS, Features
from rag.types import Reading
from rag.understanding.question import meaning_of

NAMES = tuple(field.name for field in fields(Features))
Example = tuple[Features, bool]


def examples(embedder: Embedder) -> Iterator[Example]:
    """Every value that is read to the questions of the stories to build with, and whether it is one of the question's."""
    stories = load_stories()
    asked = [each for story in stories if story["id"] in BUILT_WITH for each in questions_of(story) if each.values]
    with stories_index(stories, embedder) as reader:
        for question in asked:
            with reader.snapshot(search=True) as snapshot:
                found = find_values(snapshot, embedder, meaning_of(question.question, snapshot))
            yield from ((features, tells(statement.reading, question)) for statement, features in found.values)


def tells(reading: Reading, asked: StoryQuestion) -> bool:
    """Whether words are at a value of a question."""
    return any(
        reading.document.id == document and reading.start < end and start < reading.end
        for places in asked.values
        for document, start, end in places
    )


def fit(found: list[Example]) -> Logistic:
    """The model of `Features`."""
    x = np.array([astuple(features) for features, _ in found])
    return rounded(fit_logistic(NAMES, x, np.array([is_told for _, is_told in found])))


def main() -> None:
    """Read, fit, write."""
    found = list(examples(load_embedder()))
    write_text(WEIGHTS, json.dumps(fit(found).to_json(), indent=2) + "\n")
    print(f"{len(found)} values, {sum(told for _, told in found)} of them answer: wrote {WEIGHTS.name}")


if __name__ == "__main__":
    main()
