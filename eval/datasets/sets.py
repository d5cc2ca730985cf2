"""Reads sets of passages and questions, and makes retrieval tasks of them: what is asked, and where to find it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.files import Row, read_jsonl
from index import InputError

NAMES = Path(__file__).with_name("names.jsonl")
SQUAD2_GROUPS = (  # the articles of `squad2_devhalf` that may be trained on; the other eight are for tests alone
    "1973_oil_crisis",
    "European_Union_law",
    "Force",
    "French_and_Indian_War",
    "Huguenot",
    "Imperialism",
    "Packet_switching",
    "Steam_engine",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A question and the ids of the passages that answer it; topics in several languages may tell the same `story`."""

    id: str
    text: str
    relevant: tuple[str, ...]
    story: str


@dataclass(frozen=True, slots=True)
class RetrievalTask:
    """Topics to ask, and the passages (rows of a JSON-lines file of articles) to find them in."""

    name: str
    passages: list[Row]
    topics: list[Topic]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A question with its own paragraph, a row of passages; `answers` is empty if that does not answer it."""

    question: str
    passage: Row
    answers: tuple[str, ...]
    group: str


def label(name: str) -> str:
    """The name of a set without its folders.

    >>> label("data/xquad_ru/@data/xquad_en")
    'xquad_ru@xquad_en'
    """
    return "@".join(Path(part).name for part in name.split("@"))


def tasks_of(name: str, data: Path) -> list[RetrievalTask]:
    """The retrieval tasks of a set: the whole set and, if it is parallel, every pair of languages.

    A set is parallel if every question has a relevant passage in each language.

    Args:
        name: a folder under `data` (or any other), `A@B` for the questions of A in the passages of B, or `names`.

    Raises:
        InputError: it is not there, or it is not such a set.
    """
    questions, passages = _load(name, data)
    language = {passage["id"]: passage["lang"] for passage in passages}
    for row in questions:
        _check(name, row, language)
    if not questions:
        raise InputError(f"{name}: no question in it has a relevant passage")
    corpora = _by_language(passages)
    parallel = len(corpora) > 1 and all(_languages(row, language) == corpora.keys() for row in questions)
    tasks = [_task(label(name), questions, passages, by_story=parallel)]
    if parallel:
        for asked, rows in _by_language(questions).items():
            for searched, corpus in corpora.items():
                tasks.append(_task(f"{label(name)} {asked}→{searched}", rows, corpus, by_story=True))
    return tasks


def _languages(question: Row, language: Mapping[str, str]) -> set[str]:
    return set(map(language.__getitem__, question["relevant_passage_ids"]))


def _task(name: str, questions: Iterable[Row], corpus: list[Row], *, by_story: bool) -> RetrievalTask:
    """The questions as topics, with those relevant passages that are in the corpus."""
    ids = {passage["id"] for passage in corpus}
    topics = []
    for row in questions:
        relevant = row["relevant_passage_ids"]
        story = " ".join(relevant) if by_story else row["id"]
        topics.append(Topic(row["id"], row["question"], tuple(filter(ids.__contains__, relevant)), story))
    return RetrievalTask(name, corpus, topics)


def read_rows(path: Path, *fields: str) -> list[Row]:
    """The objects of a JSON-lines file, each with these fields.

    Raises:
        InputError: the file cannot be read, or a line is no such object.
    """
    return read_jsonl(
        path, partial(_row, fields), "row of a set", unreadable="name the folder of the sets with --data DIR"
    )


def _row(fields: Iterable[str], row: Any) -> Row:
    for field in fields:
        row[field]
    return dict(row)


def _load(name: str, data: Path) -> tuple[list[Row], list[Row]]:
    """The questions of a set that have a relevant passage, and the passages to find them in."""
    asked, _, searched = name.partition("@")
    questions, passages = _load_one(asked, data)
    if searched:
        own, passages = _load_one(searched, data)
        questions = _paired(name, questions, own)
    return questions, passages


def _load_one(name: str, data: Path) -> tuple[list[Row], list[Row]]:
    if name == "names":
        return names_set(read_rows(NAMES, "query", "text", "lang_query", "lang_text"))
    fields = ("id", "question", "lang", "answerable", "relevant_passage_ids")
    questions = read_rows(data / name / "questions.jsonl", *fields)
    findable = [row for row in questions if row["answerable"] and row["relevant_passage_ids"]]
    return findable, read_rows(data / name / "passages.jsonl", "id", "text", "lang")


def names_set(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Questions and passages of pairs of texts that spell a name differently; equal texts are one passage."""
    questions: list[Row] = []
    passages: dict[str, Row] = {}
    for number, row in enumerate(rows):
        new = {"id": f"text-{number}", "text": row["text"], "lang": row["lang_text"]}
        passage = passages.setdefault(row["text"], new)
        question = {"id": f"name-{number}", "question": row["query"], "lang": row["lang_query"]}
        questions.append({**question, "relevant_passage_ids": [passage["id"]]})
    return questions, list(passages.values())


def _paired(name: str, asked: Iterable[Row], own: Iterable[Row]) -> list[Row]:
    """Questions that take their relevant passages from the parallel question of another set."""
    relevant = []
    for row, partner in _partners(name, asked, own):
        relevant.append({**row, "relevant_passage_ids": partner["relevant_passage_ids"]})
    return relevant


def _partners(name: str, asked: Iterable[Row], own: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Each question of a set with its parallel question of another set.

    Raises:
        InputError: one has none.
    """
    by_id = {row["parallel_id"]: row for row in own if "parallel_id" in row}
    for row in asked:
        partner = by_id.get(row.get("parallel_id"))
        if partner is None:
            raise InputError(f'{name}: the sets are not parallel, question "{row["id"]}" has no partner')
        yield row, partner


def _check(name: str, row: Row, known: Collection[str]) -> None:
    for id in row["relevant_passage_ids"]:
        if id not in known:
            raise InputError(f'{name}: there is no passage "{id}", which question "{row["id"]}" names')


def _by_language(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their language, in the order in which the languages appear."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["lang"], []).append(row)
    return groups


def paragraphs_of(name: str, data: Path) -> tuple[list[Paragraph], list[Row]]:
    """Every question of a set with the first of its paragraphs, and all passages.

    Args:
        name: a folder under `data`, or `A@B` for the questions of A with everything else of B.

    Raises:
        InputError: it is not there, or it is not such a set.
    """
    asked, _, searched = name.partition("@")
    fields = ("id", "question", "answers", "answerable", "relevant_passage_ids")
    rows = read_rows(data / asked / "questions.jsonl", *fields)
    if searched:
        own = read_rows(data / searched / "questions.jsonl", *fields)
        rows = [{**partner, "question": row["question"]} for row, partner in _partners(name, rows, own)]
    passages = read_rows(data / (searched or asked) / "passages.jsonl", "id", "text", "lang")
    by_id = {row["id"]: row for row in passages}
    paragraphs = []
    for row in rows:
        if row["relevant_passage_ids"]:
            _check(name, row, by_id)
            passage = by_id[row["relevant_passage_ids"][0]]
            answers = tuple(row["answers"]) if row["answerable"] else ()
            paragraphs.append(Paragraph(row["question"], passage, answers, row.get("group", "")))
    return paragraphs, passages
