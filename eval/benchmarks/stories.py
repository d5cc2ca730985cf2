"""Measures what is said of developing stories: `python -m eval.benchmarks.stories [--only ID …]` prints a Markdown table.

The articles of all stories are one index. A question passes if it is answered, and

    supersede   the newest value is said, and older ones are listed, as earlier ones only
    conflict    one value is said, another one is listed as differing
    agree       the value is said, with the right number of independent sources
    as_of       the value of that date is said
    single      the value is said, and no other one is listed
    none        it is not answered

At last it counts the co-citations that tell another value; there should be none. `older` is the share of older values that are listed as earlier, of the `supersede` questions that say the newest one.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.datasets.stories import KINDS, STORIES, Place, StoryQuestion, load_stories, questions_of, stories_index
from index import load_embedder
from index.analysis.languages import LANGUAGES
from rag.answer import Answer, OtherPoint, Point
from rag.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Result:
    """A question with what became of it; `said` and `listed` are numbers of values, -1 for words that tell none of them."""

    asked: StoryQuestion
    answer: Answer

    @property
    def said(self) -> int | None:
        """The value of the first point; None if nothing is answered."""
        if self.answer.status != "answered":
            return None
        return self._value(self.answer.points[0])

    def listed(self, relation: str) -> set[int]:
        """The values that are listed with a relation."""
        return {self._value(other) for other in self.answer.others if other.relation == relation}

    def _value(self, point: Point | OtherPoint) -> int:
        place = self.answer.quotation_of(point).document_id, point.start, point.end
        return next((at for at, places in enumerate(self.asked.values) if _meets(place, places)), -1)


def _meets(place: Place, places: Iterable[Place]) -> bool:
    document, start, end = place
    return any(document == other and start < right and left < end for other, left, right in places)


def _supersedes(result: Result) -> bool:
    earlier = result.listed("earlier")
    listed_otherwise = result.listed("differs") | result.listed("later")
    return result.said == 0 and bool(earlier - {-1}) and not listed_otherwise


def _conflicts(result: Result) -> bool:
    return result.said not in (None, -1) and bool(result.listed("differs") - {-1, result.said})


def _agrees(result: Result) -> bool:
    return result.said == 0 and result.answer.points[0].sources == result.asked.sources


def _holds(result: Result) -> bool:
    return result.said == result.asked.holds


def _is_single(result: Result) -> bool:
    return result.said == 0 and not result.answer.others


def _is_silent(result: Result) -> bool:
    return result.said is None


def strays(result: Result) -> int:
    """How many citations beside the first of what is said tell another of the question's values, and not this one."""
    if result.said in (None, -1):
        return 0
    quotes = [(each.document_id, each.start, each.end) for each in result.answer.citations_of(result.answer.points[0])]
    told = ({at for at, places in enumerate(result.asked.values) if _meets(quote, places)} for quote in quotes[1:])
    return sum(bool(values) and result.said not in values for values in told)


PASSES: dict[str, Callable[[Result], bool]] = {
    "supersede": _supersedes,
    "conflict": _conflicts,
    "agree": _agrees,
    "as_of": _holds,
    "single": _is_single,
    "none": _is_silent,
}


def ask_all(assistant: Assistant, questions: Iterable[StoryQuestion]) -> list[Result]:
    """Ask every question."""
    return [Result(each, assistant.ask(each.question)) for each in questions]


def table(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """The share that passes, of each kind and language; then the mean of the kinds, and `older`."""
    rows = {kind: {language: _share(results, kind, language) for language in (*LANGUAGES, "all")} for kind in KINDS}
    rows["mean"] = {
        language: statistics.fmean(row[language] for row in rows.values()) for language in (*LANGUAGES, "all")
    }
    rows["older"] = {language: _older(results, language) for language in (*LANGUAGES, "all")}
    return rows


def _share(results: Sequence[Result], kind: str, language: str) -> float:
    of_kind = [each for each in results if each.asked.kind == kind and language in (each.asked.language, "all")]
    return statistics.fmean(PASSES[kind](each) for each in of_kind) if of_kind else float("nan")


def _older(results: Sequence[Result], language: str) -> float:
    said = [
        each
        for each in results
        if each.asked.kind == "supersede" and each.said == 0 and language in (each.asked.language, "all")
    ]
    found = sum(len(each.listed("earlier") - {-1}) for each in said)
    return found / max(1, sum(len(each.asked.values) - 1 for each in said))


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.stories", description=__doc__.partition("\n")[0])
    parser.add_argument("--file", type=Path, default=STORIES, help="stories with questions")
    parser.add_argument("--only", nargs="+", metavar="ID", help="ask of these stories only; the index holds all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    arguments = parser.parse_args()
    stories, embedder = load_stories(arguments.file), load_embedder()
    chosen = [story for story in stories if arguments.only is None or story["id"] in arguments.only]
    with stories_index(stories, embedder) as reader:
        results = ask_all(Assistant(reader, embedder), (each for story in chosen for each in questions_of(story)))
    rows = table(results)
    print(f"| {len(results)} questions | {' | '.join((*LANGUAGES, 'all'))} |\n|---|---|---|---|---|")
    for name, row in rows.items():
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in row.values())} |")
    print(f"\nco-citations that tell another value: {sum(map(strays, results))}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
