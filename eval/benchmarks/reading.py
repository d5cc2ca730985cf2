"""Measures the reader: `python -m eval.benchmarks.reading [SET ...] --data DIR [--search] [--plots DIR]` prints a Markdown table.

Each question is read with its own paragraph, in chunks if it is long, as in an index: the best words are compared with the gold answers as SQuAD does it (EM, F1),
and the scores of questions that the paragraph answers with those that it does not (AUROC). "F1 all" also counts refusals
(Rajpurkar, Jia and Liang, "Know What You Don't Know", ACL 2018): below a threshold nothing is answered, which is right
where there is no answer; each article's threshold is the one that is best for the other articles.

With `--search` all paragraphs of the set are indexed as articles, and each answerable question is searched and read twice:
in all of them, and in those of other articles only, where nothing answers it. "Decided" counts what falls under the
thresholds that ship with Kenes as no answer; hit@1 is that of search alone and of the passages as the reader orders them.

Of `squad2_devhalf` only the articles are asked that the reader was not trained on. `A@B` puts the questions of A to the
paragraphs of B, a parallel set.
"""

import argparse
import math
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.benchmarks.retrieval import indexed, progress
from eval.datasets.sets import SQUAD2_GROUPS, Paragraph, RetrievalTask, label, paragraphs_of
from eval.files import Row
from eval.measures.answers import exact, f1
from eval.measures.confidence import auroc
from eval.measures.plots import draw
from eval.measures.statistics import bootstrap
from index import Document, Embedder, Filters, IndexReader, KenesError, load_embedder
from index.articles.chunks import cut
from rag.assistant import READ_PASSAGES
from rag.question import understand
from rag.reading.confidence import ConfidenceModel
from rag.reading.extract import AnswerExtractor, rerank
from rag.reading.span_reader import SpanReader
from rag.retrieval.retrieve import retrieve
from rag.types import Passage, Query

# What each set is to reach, with its paragraph and (after "search:") without.
BARS: Mapping[str, Mapping[str, float]] = {
    "squad2_devhalf": {"F1 all": 0.74, "F1": 0.83, "AUROC": 0.85, "search: F1": 0.65, "search: AUROC": 0.90},
    "xquad_en": {"F1": 0.82},
    "xquad_ru": {"F1": 0.70},
    "xquad_ru@xquad_en": {},
    "xquad_en@xquad_ru": {},
    "tydiqa_en_dev": {},
    "tydiqa_ru_dev": {"F1": 0.66},
    "kazqad_val": {"F1": 0.50},
}


@dataclass(frozen=True, slots=True)
class Read:
    """The best words for a question, how sure the reader is of them (0 to 1), and the gold answers (none: nothing answers)."""

    group: str
    answer: str
    confidence: float
    gold: tuple[str, ...]

    @property
    def right(self) -> float:
        """1 if the words are one of the gold answers."""
        return exact(self.answer, self.gold) if self.gold else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A question asked of all paragraphs: what was read, what was said, and whether its own paragraph came first."""

    read: Read
    said: bool
    first: bool
    first_read: bool


def with_paragraphs(name: str, data: Path) -> list[Read]:
    """Read every question of a set with its paragraph."""
    paragraphs, _ = paragraphs_of(name, data)
    asked = [each for each in paragraphs if each.group not in SQUAD2_GROUPS]
    reader, made = SpanReader(), []
    for number, each in enumerate(asked, 1):
        chunks = [chunk.text for chunk in cut(_document(each.passage))]
        found = reader.point(each.question, [(each.passage.get("title") or "", chunk) for chunk in chunks])
        read = [(p.score, chunk[p.start : p.end]) for p, chunk in zip(found, chunks, strict=True) if p]
        score, answer = max(read, default=(-math.inf, ""))
        confidence = 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
        made.append(Read(each.group, answer, confidence, each.answers))
        progress(f"{name}: questions", number, len(asked))
    return made


def _document(row: Row) -> Document:
    return Document(row["id"], row.get("title") or "", row["text"], None, None, None, row["lang"], "")


def by_search(name: str, data: Path, embedder: Embedder) -> tuple[list[Found], list[Found]]:
    """Search and read every answerable question: in all paragraphs, and in those of other articles."""
    paragraphs, passages = paragraphs_of(name, data)
    asked = [each for each in paragraphs if each.answers and each.group not in SQUAD2_GROUPS]
    article = {row["id"]: row["id"] for row in passages} | {each.passage["id"]: each.group for each in paragraphs}
    reader, there, absent = AnswerExtractor(embedder), [], []
    with (
        IndexReader(indexed(RetrievalTask(label(name), passages, []), embedder)) as index,
        index.snapshot(search=True) as snapshot,
    ):
        for number, each in enumerate(asked, 1):
            own = article[each.passage["id"]]
            others = Filters(documents=tuple(id for id, group in article.items() if group != own))
            query = understand(each.question, embedder, snapshot)
            there.append(look(each, query, retrieve(snapshot, query, READ_PASSAGES), reader))
            nowhere = replace(each, answers=())
            absent.append(look(nowhere, query, retrieve(snapshot, query, READ_PASSAGES, others), reader))
            progress(f"{name}: questions", number, len(asked))
    return there, absent


def look(asked: Paragraph, query: Query, passages: Sequence[Passage], reader: AnswerExtractor) -> Found:
    """Read what was found for a question."""
    readings = reader.read(query, passages)
    answer, confidence = (readings[0].answer, readings[0].confidence) if readings else ("", 0.0)
    own = asked.passage["id"]
    first, first_read = (
        any(own in (each.document.id, *(copy.id for copy in each.copies)) for each in order[:1])
        for order in (passages, rerank(passages, readings))
    )
    said = confidence >= ConfidenceModel.load().thresholds["normal"][query.language]
    return Found(Read(asked.group, answer, confidence, asked.answers), said, first, first_read)


def f1_all(reads: Sequence[Read]) -> list[tuple[Read, float]]:
    """Each question with the F1 it has once refusals count, with the threshold that is best for the other articles."""
    made = []
    for group in sorted({each.group for each in reads}):
        threshold = best_threshold([each for each in reads if each.group != group] or reads)
        own = [each for each in reads if each.group == group]
        made += [(each, f1(each.answer if each.confidence >= threshold else "", each.gold)) for each in own]
    return made


def best_threshold(reads: Sequence[Read]) -> float:
    """The confidence from which on answering gives the highest mean F1."""
    total = best = float(sum(not each.gold for each in reads))  # everything refused
    threshold = math.inf
    for each in sorted(reads, key=lambda each: -each.confidence):
        total += f1(each.answer, each.gold) if each.gold else -1.0
        if total > best:
            best, threshold = total, each.confidence
    return threshold


def paragraph_row(reads: Sequence[Read]) -> dict[str, str]:
    """The cells of a set whose questions were read with their paragraphs."""
    answerable, rest = [each for each in reads if each.gold], [each for each in reads if not each.gold]
    values = [f1(each.answer, each.gold) for each in answerable]
    found = {
        "answerable": str(len(answerable)),
        "EM": _mean(each.right for each in answerable),
        "F1": f"{_mean(values)} {_interval(values)}",
    }
    if not rest:
        return found
    scored = f1_all(reads)
    return found | {
        "not": str(len(rest)),
        "AUROC": f"{auroc([each.confidence for each in answerable], [each.confidence for each in rest]):.3f}",
        "F1 all": f"{_mean(value for _, value in scored)} {_interval([value for _, value in scored])}",
        "HasAns": _mean(value for each, value in scored if each.gold),
        "NoAns": _mean(value for each, value in scored if not each.gold),
    }


def search_row(there: Sequence[Found], absent: Sequence[Found]) -> dict[str, str]:
    """The cells of a set that was searched."""
    values = [f1(each.read.answer, each.read.gold) for each in there]
    told = [[each.read.confidence for each in side] for side in (there, absent)]
    return {
        "questions": str(len(there)),
        "hit@1, search": _mean(each.first for each in there),
        "hit@1, read": _mean(each.first_read for each in there),
        "EM": _mean(each.read.right for each in there),
        "F1": f"{_mean(values)} {_interval(values)}",
        "AUROC": f"{auroc(*told):.3f}",
        "decided: F1": _mean(value * each.said for value, each in zip(values, there, strict=True)),
        "decided: false answers": _mean(each.said for each in absent),
        "decided: false refusals": _mean(not each.said for each in there),
    }


PARAGRAPH_HEAD = ("answerable", "EM", "F1", "not", "AUROC", "F1 all", "HasAns", "NoAns")
SEARCH_HEAD = (
    *("questions", "hit@1, search", "hit@1, read", "EM", "F1", "AUROC"),
    *("decided: F1", "decided: false answers", "decided: false refusals"),
)


def _mean(values: Iterable[float]) -> str:
    return f"{statistics.fmean(values):.3f}"


def _interval(values: Sequence[float]) -> str:
    return "({:.2f} to {:.2f})".format(*bootstrap(values))


def reached(name: str, found: Mapping[str, str], where: str) -> Iterator[str]:
    """Which of a set's bars are reached."""
    for measure, bar in BARS.get(name, {}).items():
        place, _, column = measure.rpartition(": ")
        if place == where:
            yield f"{column} {'reaches' if float(found[column].split()[0]) >= bar else 'misses'} {bar:.2f}"


def main() -> None:
    """Read the sets and print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.reading", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"default: {' '.join(BARS)}")
    parser.add_argument("--data", type=Path, default=Path(), help="the folder that the sets lie in")
    parser.add_argument("--search", action="store_true", help="search all paragraphs of the set first")
    parser.add_argument("--plots", type=Path, help="draw risk-coverage and reliability of each set into this folder")
    arguments = parser.parse_args()
    head = SEARCH_HEAD if arguments.search else PARAGRAPH_HEAD
    embedder = load_embedder() if arguments.search else None
    print("| " + " | ".join(["set", *head, "bars"]) + " |\n|" + "---|" * (len(head) + 2), flush=True)
    for name in arguments.sets or BARS:
        if embedder:
            there, absent = by_search(name, arguments.data, embedder)
            found, reads = search_row(there, absent), [each.read for each in (*there, *absent)]
        else:
            reads = with_paragraphs(name, arguments.data)
            found = paragraph_row(reads)
        bars = "; ".join(reached(label(name), found, "search" if embedder else ""))
        print("| " + " | ".join([label(name), *(found.get(column, "") for column in head), bars]) + " |", flush=True)
        if arguments.plots:
            draw(label(name), [each.confidence for each in reads], [each.right for each in reads], arguments.plots)


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.benchmarks.reading: {error}")
