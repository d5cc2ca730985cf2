"""Gets questions and the index to ask them of: our gold files, SQuAD's JSON, BEIR's folders."""

import csv
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeVar

from eval.datasets.questions import Evidence, Question, load_gold, unique
from eval.files import WRONG, Row, jsonl, read_jsonl, write_text
from index import InputError, build, load_embedder
from index.analysis.detect import detect
from index.analysis.sentences import sentences
from index.articles.cleaning import clean

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLES = "articles.jsonl"

T = TypeVar("T")


@contextmanager
def seeds_index() -> Iterator[Path]:
    """An index of the seeds, made for the occasion and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        build([SEEDS], Path(folder, "index"), load_embedder())
        yield Path(folder, "index")


@contextmanager
def open_gold(gold: Path, index: Path | None) -> Iterator[tuple[list[Question], Path]]:
    """Gold questions, and the index to ask.

    Args:
        gold: a file of ours (`gold.load_gold`), a SQuAD 1.1 or 2.0 file (`.json`), or a BEIR folder (`corpus.jsonl`,
            `queries.jsonl`, `qrels/test.tsv`, or the only file in `qrels`).
        index: None: that of the passages that come with SQuAD or BEIR, made for the occasion, or that of the seeds.

    Raises:
        InputError: it is none of these, there is no question in it, or an id stands twice.
    """
    questions, articles = _read(gold)
    if not questions:
        raise InputError(f"{gold}: there is no question in it")
    unique(list(map(attrgetter("id"), questions)), gold)
    unique(list(map(itemgetter("id"), articles)), gold)
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        if index is None:
            index = _index(articles, Path(folder))
        yield questions, index


def _index(articles: Sequence[Row], folder: Path) -> Path:
    """Make an index of articles, or of the seeds if there are none."""
    source = SEEDS
    if articles:
        source = folder / ARTICLES
        write_text(source, jsonl(articles))
    build([source], folder / "index", load_embedder())
    return folder / "index"


def _read(gold: Path) -> tuple[list[Question], list[Row]]:
    kind = "gold file"
    try:
        if gold.is_dir():
            kind = "BEIR folder"
            return from_beir(gold)
        if gold.suffix == ".json":
            kind = "SQuAD file"
            return from_squad(gold)
    except (OSError, *WRONG, csv.Error) as error:
        raise InputError(f"{gold} is no {kind} ({error!r})") from None
    return load_gold(gold), []


def from_squad(path: Path) -> tuple[list[Question], list[Row]]:
    """Questions of a SQuAD file, and its paragraphs as articles.

    The sentence in which an answer stands is its quotation. A question that its paragraph does not answer has no
    evidence.

    Raises:
        InputError: an answer does not stand in its paragraph.
        ValueError, KeyError, TypeError, AttributeError, OSError: it is no such file.
    """
    questions: list[Question] = []
    rows: list[Row] = []
    for article in json.loads(path.read_text("utf-8-sig"))["data"]:
        for paragraph in article["paragraphs"]:
            id, context = f"{article['title']}-{len(rows)}", paragraph["context"]
            rows.append({"id": id, "title": article["title"].replace("_", " "), "text": clean(context)})
            questions += [_squad_question(id, context, row) for row in paragraph["qas"]]
    return questions, rows


def _squad_question(id: str, context: str, row: Row) -> Question:
    text, question = clean(context), str(row["question"])
    spans = sentences(text, detect(text))
    evidence, answers = [], []
    for answer in row["answers"]:
        start = _place(text, context, answer)
        if start is None:
            raise InputError(f'question "{row["id"]}": its paragraph does not hold the answer "{answer["text"][:60]}"')
        quote = next((text[a:b] for a, b in spans if a <= start < b), clean(answer["text"]))
        evidence.append(Evidence(id, quote))
        answers.append(answer["text"])
    return Question(str(row["id"]), question, detect(question), _distinct(answers), _distinct(evidence))


def _place(text: str, context: str, answer: Row) -> int | None:
    """Where an answer starts in a cleaned context; None if it is not there.

    Cleaning moves characters a little, so it is the place nearest to the one that the file names.
    """
    words = clean(answer["text"])
    if not words:
        return None
    expected = len(clean(context[: answer["answer_start"]]))
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    return min(starts, key=lambda start: abs(start - expected), default=None)


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def from_beir(folder: Path) -> tuple[list[Question], list[Row]]:
    """Queries of a BEIR folder that have a relevant document, and its corpus as articles; a whole document is evidence.

    Raises:
        InputError: something is missing, or one file names what another does not hold.
        OSError, csv.Error: it is no such folder.
    """
    rows = read_jsonl(folder / "corpus.jsonl", _beir_article, "document of a BEIR corpus")
    queries = dict(read_jsonl(folder / "queries.jsonl", _beir_query, "query of a BEIR folder"))
    documents = {row["id"] for row in rows}
    relevant: dict[str, list[Evidence]] = {}
    table = _judgements(folder / "qrels")
    for query, document, score in _judged(table):
        if query not in queries or document not in documents:
            raise InputError(f'{table} names "{query}" and "{document}", and one of them is not in the folder')
        if score > 0:
            relevant.setdefault(query, []).append(Evidence(document, ""))
    questions = []
    for id, evidence in relevant.items():
        questions.append(Question(id, queries[id], detect(queries[id]), evidence=tuple(evidence)))
    return questions, rows


def _beir_article(row: Row) -> Row:
    return {"id": str(row["_id"]), "title": row.get("title") or None, "text": str(row["text"])}


def _beir_query(row: Row) -> tuple[str, str]:
    return str(row["_id"]), str(row["text"])


def _judgements(folder: Path) -> Path:
    """The table of relevant documents: test.tsv, or the only table in the folder."""
    tables = sorted(folder.glob("*.tsv"))
    test = folder / "test.tsv"
    if test in tables:
        return test
    if len(tables) != 1:
        named = ", ".join(table.name for table in tables) or "nothing"
        raise InputError(f"{folder} holds {named}, and not one table", "name the table to use test.tsv")
    return tables[0]


def _judged(path: Path) -> Iterator[tuple[str, str, int]]:
    """Query, document and score of every line; the first line may name the columns instead."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) == 3 and re.fullmatch(r"-?\d+", row[2]):
                yield row[0], row[1], int(row[2])
            elif row and number > 1:
                raise InputError(f"{path} line {number}: not a query, a document and a score")
