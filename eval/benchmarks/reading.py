"""Measures the reader: `python -m eval.benchmarks.reading [SET ...] --data DIR [--search] [--plots DIR]` prints a table.

Each question is read with its own paragraph, in chunks if it is long, as in an index. The best words are compared with
the gold answers as SQuAD does it (EM, F1), and the confidences of questions that the paragraph answers with the others
(AUROC). "F1 all" also counts refusals (Rajpurkar, Jia and Liang, "Know What You Don't Know", ACL 2018): below a threshold
nothing is answered, which is right if there is no answer. Each article's threshold is the best one for the other articles.

With `--search` all paragraphs of the set are indexed as articles, and each answerable question is searched and read twice:
in all of them, and in those of other articles only, where nothing answers it. "Decided" counts what is below the shipped
thresholds as no answer; hit@1 is that of search alone, and of the passages as the reader orders them.

Of `squad2_devhalf` only the articles are asked that the reader was not trained on. `A@B` puts the questions of A to the
paragraphs of B, a parallel set.
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from pathlib import Path

from eval.benchmarks.retrieval import indexed
from eval.benchmarks.tables import Table, mean_and_interval, parser_for, progress, run_main, write_figures
from eval.datasets.sets import SQUAD2_GROUPS, Paragraph, RetrievalTask, label, paragraphs_of
from eval.files import Row
from eval.measures.answers import exact, f1
from eval.measures.confidence import auroc
from eval.measures.plots import draw
from index import Document, Embedder, Filters, IndexReader, load_embedder
from index.articles.chunks import cut
from rag.reading.confidence import ConfidenceModel
from rag.reading.extract import AnswerExtractor, rerank
from rag.reading.span_reader import SpanReader
from rag.retrieval.retrieve import retrieve
from rag.types import Passage, Query
from rag.understanding.question import understand
from rag.verdict.comparer import READ_PASSAGES

# The figures that each set is to reach, with its paragraph and (after "search:") without.
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
PARAGRAPH_HEAD = ("answerable", "EM", "F1", "not", "AUROC", "F1 all", "HasAns", "NoAns")
SEARCH_HEAD = (
    *("questions", "hit@1, search", "hit@1, read", "EM", "F1", "AUROC"),
    *("decided: F1", "decided: false answers", "decided: false refusals"),
)

Cells = Mapping[str, str]  # of a row of the table, by column


@dataclass(frozen=True, slots=True)
class Read:
    """The best words for a question, the reader's confidence in them (0 to 1), and the gold answers (none: no answer)."""

    group: str
    answer: str
    confidence: float
    gold: tuple[str, ...]

    @property
    def right(self) -> float:
        """1 if the words are one of the gold answers."""
        return float(bool(self.gold) and exact(self.answer, self.gold))

    @property
    def f1(self) -> float:
        return f1(self.answer, self.gold)


@dataclass(frozen=True, slots=True)
class Found:
    """A question asked of all paragraphs: what was read, whether it was said, and whether its own paragraph came first.

    `first` is the order of the search, `first_read` the order of the reader.
    """

    read: Read
    said: bool
    first: bool
    first_read: bool

    @property
    def refused(self) -> bool:
        return not self.said

    @property
    def f1_said(self) -> float:
        """The F1 of what was said; a refusal scores 0."""
        return self.read.f1 * self.said


def with_paragraphs(name: str, data: Path) -> list[Read]:
    """Read every question of a set with its paragraph."""
    paragraphs, _ = paragraphs_of(name, data)
    asked = [each for each in paragraphs if each.group not in SQUAD2_GROUPS]
    reader, reads = SpanReader(), []
    for each in asked:
        reads.append(_read_paragraph(each, reader))
        progress(f"{name}: questions", len(reads), len(asked))
    return reads


def _read_paragraph(asked: Paragraph, reader: SpanReader) -> Read:
    title = asked.passage.get("title") or ""
    chunks = [chunk.text for chunk in cut(_document(asked.passage))]
    found = reader.point(asked.question, [(title, chunk) for chunk in chunks])
    score, answer = -math.inf, ""
    for pointed, chunk in zip(found, chunks, strict=True):
        if pointed:
            score, answer = max((score, answer), (pointed.score, chunk[pointed.start : pointed.end]))
    confidence = 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))
    return Read(asked.group, answer, confidence, asked.answers)


def _document(row: Row) -> Document:
    return Document(row["id"], row.get("title") or "", row["text"], None, None, None, row["lang"], "")


def by_search(name: str, data: Path, embedder: Embedder) -> tuple[list[Found], list[Found]]:
    """Search and read every answerable question: in all paragraphs, and in those of other articles."""
    paragraphs, passages = paragraphs_of(name, data)
    asked = [each for each in paragraphs if each.answers and each.group not in SQUAD2_GROUPS]
    article = {row["id"]: row["id"] for row in passages}
    for each in paragraphs:
        article[each.passage["id"]] = each.group
    reader, there, absent = AnswerExtractor(embedder), [], []
    folder = indexed(RetrievalTask(label(name), passages, []), embedder)
    with IndexReader(folder) as index, index.snapshot(search=True) as snapshot:
        for each in asked:
            own = article[each.passage["id"]]
            others = Filters(documents=tuple(id for id, group in article.items() if group != own))
            query = understand(each.question, embedder, snapshot)
            there.append(look(each, query, retrieve(snapshot, query, READ_PASSAGES), reader))
            nowhere = replace(each, answers=())
            absent.append(look(nowhere, query, retrieve(snapshot, query, READ_PASSAGES, others), reader))
            progress(f"{name}: questions", len(there), len(asked))
    return there, absent


def look(asked: Paragraph, query: Query, passages: Sequence[Passage], reader: AnswerExtractor) -> Found:
    """Read what was found for a question."""
    readings = reader.read(query, passages)
    answer, confidence = "", 0.0
    if readings:
        answer, confidence = readings[0].answer, readings[0].confidence
    said = confidence >= ConfidenceModel.load().thresholds["normal"][query.language]
    own = asked.passage["id"]
    return Found(
        Read(asked.group, answer, confidence, asked.answers),
        said,
        first=_is_first(own, passages),
        first_read=_is_first(own, rerank(passages, readings)),
    )


def _is_first(id: str, passages: Sequence[Passage]) -> bool:
    """Whether the first passage is from a document, or from another that tells the same."""
    if not passages:
        return False
    return id == passages[0].document.id or any(id == copy.id for copy in passages[0].copies)


def f1_all(reads: Sequence[Read]) -> list[Read]:
    """Each question once refusals count: the words below the threshold that is best for the other articles are gone."""
    decided: list[Read] = []
    for group in sorted(set(map(attrgetter("group"), reads))):
        others = [read for read in reads if read.group != group]
        threshold = best_threshold(others or reads)
        for read in reads:
            if read.group == group and read.confidence >= threshold:
                decided.append(read)
            elif read.group == group:
                decided.append(replace(read, answer=""))
    return decided


def best_threshold(reads: Sequence[Read]) -> float:
    """The confidence from which on answering gives the highest mean F1."""
    total = best = float(sum(not read.gold for read in reads))  # everything refused
    threshold = math.inf
    for read in sorted(reads, key=lambda read: -read.confidence):
        total += read.f1 if read.gold else -1.0
        if total > best:
            best, threshold = total, read.confidence
    return threshold


def paragraph_row(reads: Sequence[Read]) -> dict[str, str]:
    """The cells of a set whose questions were read with their paragraphs."""
    answerable, rest = _split(reads)
    cells = {
        "answerable": str(len(answerable)),
        "EM": _mean("right", answerable),
        "F1": mean_and_interval(_each("f1", answerable)),
    }
    if not rest:
        return cells
    scored = f1_all(reads)
    has_answer, no_answer = _split(scored)
    return cells | {
        "not": str(len(rest)),
        "AUROC": f"{auroc(_each('confidence', answerable), _each('confidence', rest)):.3f}",
        "F1 all": mean_and_interval(_each("f1", scored)),
        "HasAns": _mean("f1", has_answer),
        "NoAns": _mean("f1", no_answer),
    }


def _split(reads: Iterable[Read]) -> tuple[list[Read], list[Read]]:
    """The reads of answerable questions, and the others."""
    answerable: list[Read] = []
    rest: list[Read] = []
    for read in reads:
        (answerable if read.gold else rest).append(read)
    return answerable, rest


def search_row(there: Sequence[Found], absent: Sequence[Found]) -> dict[str, str]:
    """The cells of a set that was searched."""
    return {
        "questions": str(len(there)),
        "hit@1, search": _mean("first", there),
        "hit@1, read": _mean("first_read", there),
        "EM": _mean("read.right", there),
        "F1": mean_and_interval(_each("read.f1", there)),
        "AUROC": f"{auroc(_each('read.confidence', there), _each('read.confidence', absent)):.3f}",
        "decided: F1": _mean("f1_said", there),
        "decided: false answers": _mean("said", absent),
        "decided: false refusals": _mean("refused", there),
    }


def _each(attribute: str, rows: Iterable[Read | Found]) -> list[float]:
    """An attribute of every row."""
    return list(map(attrgetter(attribute), rows))


def _mean(attribute: str, rows: Iterable[Read | Found]) -> str:
    return f"{statistics.fmean(_each(attribute, rows)):.3f}"


def reached(name: str, cells: Cells, where: str) -> Iterator[str]:
    """Which of a set's bars are reached; `where` is "search" or ""."""
    for measure, bar in BARS.get(name, {}).items():
        place, _, column = measure.rpartition(": ")
        if place == where:
            verb = "reaches" if float(cells[column].split()[0]) >= bar else "misses"
            yield f"{column} {verb} {bar:.2f}"


def main() -> None:
    """Read the sets and print the table."""
    parser = parser_for("reading", __doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"default: {' '.join(BARS)}")
    parser.add_argument("--data", type=Path, default=Path(), help="the folder of the sets")
    parser.add_argument("--search", action="store_true", help="search all paragraphs of the set first")
    parser.add_argument("--plots", type=Path, help="draw risk-coverage and reliability of each set into this folder")
    arguments = parser.parse_args()
    embedder = load_embedder() if arguments.search else None
    columns = SEARCH_HEAD if embedder else PARAGRAPH_HEAD
    table, figures = Table("set", *columns, "bars"), {}
    for name in arguments.sets or BARS:
        if embedder:
            there, absent = by_search(name, arguments.data, embedder)
            where, cells, reads = "search", search_row(there, absent), [found.read for found in (*there, *absent)]
        else:
            reads = with_paragraphs(name, arguments.data)
            where, cells = "", paragraph_row(reads)
        bars = "; ".join(reached(label(name), cells, where))
        table.add(label(name), *(cells.get(column, "") for column in columns), bars)
        figures[label(name)] = {"figures": cells, "questions": list(map(asdict, reads))}
        if arguments.plots:
            draw(label(name), _each("confidence", reads), _each("right", reads), arguments.plots)
    write_figures(arguments, table.markdown(), figures)


if __name__ == "__main__":
    run_main("reading", main)
