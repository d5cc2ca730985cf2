"""Reads sets of passages and questions, and makes runs of them: what is asked, and where it is to be found."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import InputError

NAMES = Path(__file__).with_name("names.jsonl")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question and the ids of the passages that answer it. The same `story` may be asked in several languages."""

    id: str
    text: str
    relevant: tuple[str, ...]
    story: str


@dataclass(frozen=True, slots=True)
class Run:
    """Topics to ask, and the passages (rows of a JSON-lines file of articles) to find them in."""

    name: str
    passages: list[Row]
    topics: list[Topic]


def label(name: str) -> str:
    """The name of a set without its folders.

    >>> label("data/xquad_ru/@data/xquad_en")
    'xquad_ru@xquad_en'
    """
    return "@".join(Path(part).name for part in name.split("@"))


def runs_of(name: str, data: Path) -> list[Run]:
    """The runs of a set: the whole, and where every question has its passage in every language, each pair of languages.

    Args:
        name: a folder under `data` (or any other), `A@B` for the questions of A in the passages of B, or `names`.

    Raises:
        InputError: it is not there, or it is not such a set.
    """
    asked, _, searched = name.partition("@")
    questions, passages = _load(asked, data)
    if searched:
        own, passages = _load(searched, data)
        questions = _paired(name, questions, own)
    language = {passage["id"]: passage["lang"] for passage in passages}
    for row in questions:
        _check(name, row, language)
    if not questions:
        raise InputError(f"{name}: no question in it has a relevant passage")
    corpora = _by_language(passages)
    parallel = len(corpora) > 1 and all(
        {language[id] for id in row["relevant_passage_ids"]} == set(corpora) for row in questions
    )
    whole = Run(label(name), passages, [_topic(row, row["relevant_passage_ids"], story=parallel) for row in questions])
    if not parallel:
        return [whole]
    pairs = [
        Run(f"{label(name)} {asking}→{found}", corpus, [_topic(row, _within(row, corpus), story=True) for row in rows])
        for asking, rows in _by_language(questions).items()
        for found, corpus in corpora.items()
    ]
    return [whole, *pairs]


def read_rows(path: Path, *fields: str) -> list[Row]:
    """The objects of a JSON-lines file, each with these fields.

    Raises:
        InputError: the file cannot be read, or a line is no such object.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}", "name the folder of the sets with --data DIR") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.append({**row, **{field: row[field] for field in fields}})
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{path} line {number}: not what a set holds ({error!r})") from None
    return rows


def _load(name: str, data: Path) -> tuple[list[Row], list[Row]]:
    """Answerable questions with a relevant passage, and all passages, of one set."""
    if name == "names":
        return names_set(read_rows(NAMES, "query", "text", "lang_query", "lang_text"))
    questions = read_rows(
        data / name / "questions.jsonl", "id", "question", "lang", "answerable", "relevant_passage_ids"
    )
    findable = [row for row in questions if row["answerable"] and row["relevant_passage_ids"]]
    return findable, read_rows(data / name / "passages.jsonl", "id", "text", "lang")


def names_set(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Questions and passages of pairs of texts that spell a name differently; equal texts are one passage."""
    questions: list[Row] = []
    passages: dict[str, Row] = {}
    for number, row in enumerate(rows):
        new = {"id": f"text-{number}", "text": row["text"], "lang": row["lang_text"]}
        relevant = [passages.setdefault(row["text"], new)["id"]]
        questions.append(
            {
                "id": f"name-{number}",
                "question": row["query"],
                "lang": row["lang_query"],
                "relevant_passage_ids": relevant,
            }
        )
    return questions, list(passages.values())


def _paired(name: str, asked: Iterable[Row], own: Iterable[Row]) -> list[Row]:
    """Questions that take their relevant passages from the parallel question of another set."""
    relevant = {row["parallel_id"]: row["relevant_passage_ids"] for row in own if "parallel_id" in row}
    rows = []
    for row in asked:
        if row.get("parallel_id") not in relevant:
            raise InputError(f'{name}: the sets are not parallel, question "{row["id"]}" has no partner')
        rows.append({**row, "relevant_passage_ids": relevant[row["parallel_id"]]})
    return rows


def _check(name: str, row: Row, known: Mapping[str, str]) -> None:
    for id in row["relevant_passage_ids"]:
        if id not in known:
            raise InputError(f'{name}: there is no passage "{id}", which question "{row["id"]}" names')


def _within(row: Row, corpus: Iterable[Row]) -> list[str]:
    ids = {passage["id"] for passage in corpus}
    return [id for id in row["relevant_passage_ids"] if id in ids]


def _topic(row: Row, relevant: Iterable[str], *, story: bool = False) -> Topic:
    told = " ".join(row["relevant_passage_ids"]) if story else row["id"]
    return Topic(row["id"], row["question"], tuple(relevant), told)


def _by_language(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their language, in the order in which the languages appear."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["lang"]].append(row)
    return groups


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A question with its own paragraph, a row of passages; `answers` is empty where that does not answer it."""

    question: str
    passage: Row
    answers: tuple[str, ...]
    group: str


def paragraphs_of(name: str, data: Path) -> tuple[list[Paragraph], list[Row]]:
    """Every question of a set with the first of its paragraphs, and all passages; `A@B`: the questions of A, all else of B.

    Raises:
        InputError: it is not there, or it is not such a set.
    """
    asked, _, searched = name.partition("@")
    fields = ("id", "question", "answers", "answerable", "relevant_passage_ids")
    rows = read_rows(data / asked / "questions.jsonl", *fields)
    if searched:
        partners = {row.get("parallel_id"): row for row in read_rows(data / searched / "questions.jsonl", *fields)}
        if not all(row.get("parallel_id") in partners for row in rows):
            raise InputError(f"{name}: the sets are not parallel")
        rows = [{**partners[row["parallel_id"]], "question": row["question"]} for row in rows]
    passages = read_rows(data / (searched or asked) / "passages.jsonl", "id", "text", "lang")
    by_id = {row["id"]: row for row in passages}
    made = [
        Paragraph(
            row["question"],
            by_id[row["relevant_passage_ids"][0]],
            tuple(row["answers"]) if row["answerable"] else (),
            row.get("group", ""),
        )
        for row in rows
        if row["relevant_passage_ids"]
    ]
    return made, passages
