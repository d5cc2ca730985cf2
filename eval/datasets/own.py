"""Articles of our own in three parallel versions, with the facts that they tell and near misses that they do not tell.

`own/train.jsonl` and `own/train_more.jsonl` (168 and 1,340 articles) and `own/dev.jsonl` (18, never trained on) have one article
a line:

    {"id", "kind", "place", "articles": {"en": {"title", "text"}, …},
     "facts": [{"type", "questions": {"en": [plain, in other words, …], …}, "answers": {"en": words of the text, or a list}}],
     "misses": [{"type", "questions": {"en": […], …}}]}

The versions of an article tell the same, but for those whose id begins with `se`: there three papers tell of one event on three
days, and some of their figures differ. Every answer stands exactly once in its version's text. A fact's second question avoids the words of the sentence that answers, and
so does its third, where there is one: what somebody would ask who has not read the article, some as key words. A miss reuses the
article's words, and nothing in any version answers it; its second question, if any, asks the same in other words. Where the id
begins with `t` or `u`, each miss was written as a fact's question with one thing changed. The labels of `u` were not read a second
time; where its id begins with `ub`, the versions tell of one event on different days.

`own/train_stories.jsonl` (111 developing stories) is told of in `eval.training.told_stories`.

`own/appeals.jsonl` (160 letters of an invented region, 25 themes) and `own/appeals_check.jsonl` (59 of another one, 12 other
themes) have one letter a line: {"id", "lang", "date", "place", "text", "theme"}; `own/appeals_names.jsonl` says what a person
calls each theme: {"theme", "en", "ru", "kk"}. People, places and figures are invented; MIT licence.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import Embedder, IndexReader, build

FOLDER = Path(__file__).with_name("own")
TRAIN = (FOLDER / "train.jsonl", FOLDER / "train_more.jsonl")  # what the reader is taught with
DEV = FOLDER / "dev.jsonl"  # what it never saw
APPEALS, APPEALS_CHECK, APPEALS_NAMES = (
    FOLDER / f"{name}.jsonl" for name in ("appeals", "appeals_check", "appeals_names")
)
Row = dict[str, Any]


def load_own(*paths: Path) -> list[Row]:
    """The rows of files of `eval/datasets/own`."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").strip().split("\n")]


def questions_of(row: Row, language: str) -> Iterator[tuple[str, Row]]:
    """Every question in a language, with the fact or the miss that it asks for."""
    for asked in (*row["facts"], *row["misses"]):
        for question in asked["questions"][language]:
            yield question, asked


def answers_in(asked: Row, language: str) -> tuple[str, ...]:
    """The words that answer in the version of a language; none for a near miss."""
    found = asked.get("answers", {}).get(language, ())
    return (found,) if isinstance(found, str) else tuple(found)


@contextmanager
def own_index(rows: Sequence[Row], embedder: Embedder) -> Iterator[IndexReader]:
    """An index of every version of some articles, for as long as it is needed; a version has the id `ARTICLE.LANGUAGE`."""
    with tempfile.TemporaryDirectory() as folder:
        articles, index = Path(folder, "articles.jsonl"), Path(folder, "index")
        articles.write_text("".join(map(versions, rows)), "utf-8")
        build([articles], index, embedder)
        with IndexReader(index) as reader:
            yield reader


def versions(row: Row) -> str:
    """The versions of an article as JSON lines, as they are indexed."""
    lines = (
        {"id": f"{row['id']}.{language}", "lang": language, **article} for language, article in row["articles"].items()
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
