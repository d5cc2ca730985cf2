"""Gets questions and the index to ask them of: our gold files, SQuAD's JSON, BEIR's folders."""

import csv
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.datasets.gold import Evidence, Question, load_gold, unique
from index import InputError, build, detect, load_embedder
from index.analysis.sentences import sentences
from index.articles.cleaning import clean

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
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
            `queries.jsonl`, `qrels/test.tsv`, or the only file in `qrels`).
        index: None: that of the passages that come with SQuAD or BEIR, made for the occasion, or that of the seeds.

    Raises:
        InputError: it is none of these, there is no question in it, or an id stands twice.
    """
    questions, rows = _read(gold)
    if not questions:
        raise InputError(f"{gold}: there is no question in it")
    unique([question.id for question in questions], gold)
    unique([row["id"] for row in rows], gold)
    with tempfile.TemporaryDirectory(prefix="kenes-eval-") as folder:
        if index is None:
            articles = Path(folder) / ARTICLES
            articles.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            index = Path(folder) / "index"
            build([articles if rows else SEEDS], index, load_embedder())
        yield questions, index


def _read(gold: Path) -> tuple[list[Question], list[dict[str, Any]]]:
    if not gold.is_dir() and gold.suffix != ".json":
        return load_gold(gold), []
    kind, read = ("BEIR folder", from_beir) if gold.is_dir() else ("SQuAD file", from_squad)
    try:
        return read(gold)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error) as error:
        raise InputError(f"{gold} is no {kind} ({error!r})") from None


def from_squad(path: Path) -> tuple[list[Question], list[dict[str, Any]]]:
    """Questions of a SQuAD file, and its paragraphs as articles.

    The sentence in which an answer stands is its quotation. A question that its paragraph does not answer has no
    answer.

    Raises:
        InputError: an answer does not stand in its paragraph.
        ValueError, KeyError, TypeError, AttributeError, OSError: it is no such file.
    """
    questions: list[Question] = []
    rows: list[dict[str, Any]] = []
    for article in json.loads(path.read_text("utf-8-sig"))["data"]:
        for paragraph in article["paragraphs"]:
            id, text = f"{article['title']}-{len(rows)}", clean(paragraph["context"])
            rows.append({"id": id, "title": article["title"].replace("_", " "), "text": text})
            questions += [_squad_question(id, text, paragraph["context"], row) for row in paragraph["qas"]]
    return questions, rows


def _squad_question(id: str, text: str, context: str, row: dict[str, Any]) -> Question:
    spans = sentences(text, detect(text))
    evidence = []
    for answer in row["answers"]:
        words, about = clean(answer["text"]), len(clean(context[: answer["answer_start"]]))
        places = [match.start() for match in re.finditer(re.escape(words), text)] if words else []
        if not places:
            raise InputError(f'question "{row["id"]}": its paragraph does not hold the answer "{answer["text"][:60]}"')
        place = min(places, key=lambda each: abs(each - about))  # cleaning moves characters a little
        evidence.append(Evidence(id, next((text[a:b] for a, b in spans if a <= place < b), words)))
    answers = tuple(dict.fromkeys(answer["text"] for answer in row["answers"]))
    question = str(row["question"])
    return Question(str(row["id"]), question, detect(question), answers, tuple(dict.fromkeys(evidence)))


def from_beir(folder: Path) -> tuple[list[Question], list[dict[str, Any]]]:
    """Queries of a BEIR folder that have a relevant document, and its corpus as articles; a whole document is evidence.

    Raises:
        InputError: something is missing, or one thing names another that is not there.
        ValueError, KeyError, TypeError, OSError, csv.Error: it is no such folder.
    """
    corpus, queries = (_rows(folder / name) for name in ("corpus.jsonl", "queries.jsonl"))
    texts = {str(row["_id"]): str(row["text"]) for row in queries}
    documents = {str(row["_id"]) for row in corpus}
    relevant: dict[str, list[Evidence]] = {}
    table = _judgements(folder / "qrels")
    for query, document, score in _judged(table):
        if query not in texts or document not in documents:
            raise InputError(f'{table} names "{query}" and "{document}", and one of them is not in the folder')
        if score > 0:
            relevant.setdefault(query, []).append(Evidence(document, ""))
    rows = [{"id": str(row["_id"]), "title": row.get("title") or None, "text": str(row["text"])} for row in corpus]
    return [
        Question(id, texts[id], detect(texts[id]), evidence=tuple(evidence)) for id, evidence in relevant.items()
    ], rows


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8-sig").split("\n") if line.strip()]


def _judgements(folder: Path) -> Path:
    tables = sorted(folder.glob("*.tsv"))
    chosen = [each for each in tables if each.name == "test.tsv"] or tables
    if len(chosen) != 1:
        named = ", ".join(each.name for each in tables) or "nothing"
        raise InputError(
            f"{folder} holds {named}, and neither test.tsv nor one file alone", "name the table to use test.tsv"
        )
    return chosen[0]


def _judged(path: Path) -> Iterator[tuple[str, str, int]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) == 3 and re.fullmatch(r"-?\d+", row[2]):
                yield row[0], row[1], int(row[2])
            elif row and number > 1:  # the first line may name the columns
                raise InputError(f"{path} line {number}: not a query, a document and a score")
