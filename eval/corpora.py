"""Gets questions and the index to ask them of: our gold files, SQuAD's JSON, BEIR's folders."""

import csv
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.gold import Evidence, Question, load_gold
from eval.sets import read_rows
from index import InputError, build, detect, load_embedder
from index.cleaning import clean
from rag.sentences import sentences

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
ARTICLES = "articles.jsonl"


@contextmanager
def seeds_index() -> Iterator[Path]:
    """An index of the seeds, made for the occasion and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        build([SEEDS], Path(folder, "index"), load_embedder())
        yield Path(folder, "index")


@contextmanager
def opened(gold: Path, index: Path | None) -> Iterator[tuple[list[Question], Path]]:
    """Questions, and the index to ask them of.

    Args:
        gold: a file of ours (`gold.load_gold`), a SQuAD 1.1 or 2.0 file (`.json`), or a BEIR folder (`corpus.jsonl`,
            `queries.jsonl`, `qrels/*.tsv`).
        index: None: that of the passages that come with SQuAD or BEIR, made for the occasion, or that of the seeds.

    Raises:
        InputError: it is none of these.
    """
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        articles = Path(folder) / ARTICLES
        if gold.is_dir():
            questions, rows = from_beir(gold)
        elif gold.suffix == ".json":
            questions, rows = from_squad(gold)
        else:
            questions, rows = load_gold(gold), []
        if index is None:
            articles.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            index = Path(folder) / "index"
            build([articles if rows else SEEDS], index, load_embedder())
        yield questions, index


def from_squad(path: Path) -> tuple[list[Question], list[dict[str, Any]]]:
    """Questions of a SQuAD file, and its paragraphs as articles.

    The sentence in which an answer stands is its quotation. A question that its paragraph does not answer has no
    answer.

    Raises:
        InputError: it is no such file.
    """
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
        questions, rows = [], []
        for article in articles:
            for number, paragraph in enumerate(article["paragraphs"]):
                id, text = f"{article['title']}-{number}", clean(paragraph["context"])
                rows.append({"id": id, "title": article["title"].replace("_", " "), "text": text})
                questions += [_squad_question(id, text, row) for row in paragraph["qas"]]
        return questions, rows
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no SQuAD file ({error!r})") from None


def _squad_question(id: str, text: str, row: dict[str, Any]) -> Question:
    language = detect(text)
    answers = tuple(dict.fromkeys(answer["text"] for answer in row["answers"]))
    spans = sentences(text, language)
    places = [text.find(clean(answer)) for answer in answers]
    quotes = [next((text[a:b] for a, b in spans if a <= place < b), "") for place in places]
    evidence = tuple(Evidence(id, quote) for quote in dict.fromkeys(quotes))
    return Question(str(row["id"]), row["question"], detect(row["question"]), answers, evidence)


def from_beir(folder: Path) -> tuple[list[Question], list[dict[str, Any]]]:
    """Queries of a BEIR folder that have a relevant document, and its corpus as articles; a whole document is evidence.

    Raises:
        InputError: it is no such folder.
    """
    relevant: dict[str, list[str]] = {}
    tables = sorted((folder / "qrels").glob("*.tsv"))
    if not tables:
        raise InputError(f"{folder} is no BEIR folder: there is no qrels/*.tsv in it")
    for query, document, score in _judgements(tables[-1]):
        if score > 0:
            relevant.setdefault(query, []).append(document)
    corpus = read_rows(folder / "corpus.jsonl", "_id", "text")
    rows = [{"id": row["_id"], "title": row.get("title") or None, "text": row["text"]} for row in corpus]
    questions = [
        Question(
            id=row["_id"],
            question=row["text"],
            language=detect(row["text"]),
            evidence=tuple(Evidence(document, "") for document in relevant[row["_id"]]),
        )
        for row in read_rows(folder / "queries.jsonl", "_id", "text")
        if row["_id"] in relevant
    ]
    return questions, rows


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            if len(row) != 3 or not re.fullmatch(r"-?\d+", row[2]):
                if number == 1:
                    continue  # the names of the columns
                raise InputError(f"{path} line {number}: not a query, a document and a score")
            yield row[0], row[1], int(row[2])
