"""Measures timelines on developing stories: `python -m eval.benchmarks.timeline [--only ID …]` prints a Markdown table.

The articles of all stories are one index; every question whose values change or differ is put to it, in three languages.

    found    the share of its values that the timeline tells
    dates    of these, the share whose first date is that of the oldest article that tells the value
    wrong    of all values of timelines, the share that is none of the question's, or tells one a second time

The first row holds the stories that the weights were made with, the second one the others.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.tables import Table
from eval.datasets.stories import BUILT_WITH, STORIES, load_stories, questions_of, stories_index
from eval.measures.stories import StoryQuestion
from index import load_embedder
from rag.assistant import Assistant
from rag.timeline.types import Timeline, Value

KINDS = ("supersede", "conflict")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some questions: values there are, told, told with the right date, and values of timelines, wrong ones."""

    values: int
    found: int
    dated: int
    told: int
    wrong: int


def score(asked: StoryQuestion, timeline: Timeline, dates: dict[str, str]) -> Score:
    """Compare a timeline with the values of its question.

    Args:
        dates: of every article.
    """
    first: dict[int, Value] = {}
    for value in timeline.values:
        told = next((at for at, _ in enumerate(asked.values) if at not in first and _tells(value, asked, at)), None)
        if told is not None:
            first[told] = value
    dated = sum(value.first == min(dates[id] for id, _, _ in asked.values[at]) for at, value in first.items())
    return Score(len(asked.values), len(first), dated, len(timeline.values), len(timeline.values) - len(first))


def _tells(value: Value, asked: StoryQuestion, at: int) -> bool:
    return any(
        each.citation.document_id == document and each.start < end and start < each.end
        for each in value.tellings
        for document, start, end in asked.values[at]
    )


def total(scores: Iterable[Score]) -> Score:
    """The sums of some scores."""
    rows = [(each.values, each.found, each.dated, each.told, each.wrong) for each in scores]
    return Score(*(sum(column) for column in zip(*rows, strict=True))) if rows else Score(0, 0, 0, 0, 0)


def shares(sums: Score) -> list[str]:
    """Found, dates and wrong as shares.

    >>> shares(Score(values=10, found=8, dated=6, told=10, wrong=2))
    ['0.800', '0.750', '0.200']
    """
    pairs = ((sums.found, sums.values), (sums.dated, sums.found), (sums.wrong, sums.told))
    return [f"{part / max(whole, 1):.3f}" for part, whole in pairs]


def measure(assistant: Assistant, asked: Sequence[StoryQuestion], dates: dict[str, str]) -> list[Score]:
    """The score of every question."""
    return [score(each, assistant.timeline(each.question), dates) for each in asked]


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.timeline", description=__doc__.partition("\n")[0])
    parser.add_argument("--file", type=Path, default=STORIES, help="stories with questions")
    parser.add_argument("--only", nargs="+", metavar="ID", help="ask of these stories only; the index holds all")
    arguments = parser.parse_args()
    stories, embedder = load_stories(arguments.file), load_embedder()
    dates = {f"{story['id']}.{each['id']}": each["date"] for story in stories for each in story["articles"]}
    asked = [each for story in stories for each in questions_of(story) if each.kind in KINDS]
    chosen = [each for each in asked if arguments.only is None or each.story in arguments.only]
    table = Table("stories", "questions", "values", "found", "dates", "wrong")
    with stories_index(stories, embedder) as reader:
        assistant = Assistant(reader, embedder)
        for name, is_built in (("built with", True), ("others", False)):
            some = [each for each in chosen if (each.story in BUILT_WITH) is is_built]
            if some:
                sums = total(measure(assistant, some, dates))
                table.add(name, str(len(some)), str(sums.values), *shares(sums))


if __name__ == "__main__":
    main()
