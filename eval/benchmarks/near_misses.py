"""Measures the reader on near misses: `python -m eval.benchmarks.near_misses [--json FILE]` prints a Markdown table.

`eval/datasets/own/dev.jsonl` holds articles in three parallel versions, with facts that they tell and near misses that they do
not tell, though these are asked in the article's own words. Each question is put to each version of its article, so that
there are nine pairs of languages. For every pair the table says how well the reader's score tells facts from misses
(AUROC), and how well its best words match the answer (F1, with accents, case and punctuation left out).
"""

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.datasets.own import DEV, Row, answers_in, load_own, questions_of
from eval.measures.answers import f1
from eval.measures.confidence import auroc
from index import Document
from index.analysis.languages import LANGUAGES
from index.articles.chunks import cut
from rag.reading.span_reader import SpanReader


@dataclass(frozen=True, slots=True)
class Reading:
    """The best words for a question in one version of its article; `gold` is empty for a near miss."""

    pair: str
    words: str
    score: float
    gold: tuple[str, ...]


def read_all(rows: Sequence[Row], reader: SpanReader) -> list[Reading]:
    """Put each question to each version of its article, cut into chunks as an index has them."""
    made = []
    for row in rows:
        for version in LANGUAGES:
            title, chunks = row["articles"][version]["title"], _chunks(row, version)
            for language in LANGUAGES:
                for question, asked in questions_of(row, language):
                    words, score = _best(reader, question, title, chunks)
                    made.append(Reading(f"{language}→{version}", words, score, answers_in(asked, version)))
    return made


def _chunks(row: Row, version: str) -> list[str]:
    article = row["articles"][version]
    document = Document(row["id"], article["title"], article["text"], None, None, None, version, "")
    return [chunk.text for chunk in cut(document)]


def _best(reader: SpanReader, question: str, title: str, chunks: Sequence[str]) -> tuple[str, float]:
    pointed = reader.point(question, [(title, chunk) for chunk in chunks])
    found = [(each.score, chunk[each.start : each.end]) for each, chunk in zip(pointed, chunks, strict=True) if each]
    score, words = max(found, default=(float("-inf"), ""))
    return words, score


def measure(readings: Sequence[Reading]) -> dict[str, float]:
    """AUROC of facts against misses, and the mean F1 of the best words for facts."""
    facts = [each for each in readings if each.gold]
    misses = [each for each in readings if not each.gold]
    return {
        "facts": len(facts),
        "misses": len(misses),
        "AUROC": auroc([each.score for each in facts], [each.score for each in misses]),
        "F1": statistics.fmean(f1(each.words, each.gold) for each in facts),
    }


def table(readings: Sequence[Reading]) -> dict[str, dict[str, float]]:
    """The measures of each pair of languages, and of all."""
    pairs = sorted({each.pair for each in readings})
    rows = {pair: measure([each for each in readings if each.pair == pair]) for pair in pairs}
    return {**rows, "all": measure(readings)}


def main() -> None:
    """Read, measure, print."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.near_misses", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--file", type=Path, default=DEV, help="articles with facts and misses")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    arguments = parser.parse_args()
    rows = table(read_all(load_own(arguments.file), SpanReader()))
    print("| question → article | facts | misses | AUROC | F1 |\n|---|---|---|---|---|")
    for pair, row in rows.items():
        print(f"| {pair} | {row['facts']} | {row['misses']} | {row['AUROC']:.3f} | {row['F1']:.3f} |")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
