"""Measures what is said of developing stories: `python -m eval.benchmarks.stories [--only ID …]` prints a Markdown table.

The articles of all stories are one index. `eval.measures.stories` says when a question passes; `kenes eval stories` measures a
file of anybody's. At last it counts the co-citations that tell another value; there should be none. `older` is the share of older values that are listed as earlier, of the `supersede` questions that say the newest one.
"""

import argparse
import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from eval.datasets.stories import KINDS, STORIES, load_stories, questions_of, stories_index
from eval.measures.stories import PASSES, StoryAnswer, strays
from eval.runs.stories import ask_all
from index import load_embedder
from index.analysis.languages import LANGUAGES
from rag.assistant import Assistant


def table(results: Sequence[StoryAnswer]) -> dict[str, dict[str, float]]:
    """The share that passes, of each kind and language; then the mean of the kinds, and `older`."""
    rows = {kind: {language: _share(results, kind, language) for language in (*LANGUAGES, "all")} for kind in KINDS}
    rows["mean"] = {
        language: statistics.fmean(row[language] for row in rows.values()) for language in (*LANGUAGES, "all")
    }
    rows["older"] = {language: _older(results, language) for language in (*LANGUAGES, "all")}
    return rows


def _share(results: Sequence[StoryAnswer], kind: str, language: str) -> float:
    of_kind = [each for each in results if each.asked.kind == kind and language in (each.asked.language, "all")]
    return statistics.fmean(PASSES[kind](each) for each in of_kind) if of_kind else float("nan")


def _older(results: Sequence[StoryAnswer], language: str) -> float:
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
