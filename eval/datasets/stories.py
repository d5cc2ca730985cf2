"""Developing stories: dated articles of several papers that agree, differ, change or are silent, with questions to them.

`own/stories.jsonl` has one story a line, and anybody may add more:

    {"id", "topic", "articles": [{"id", "lang", "date", "source", "title", "text"}],
     "questions": [{"kind", "questions": {"en": …, "ru": …, "kk": …}, "values": [{"article", "answer": words of its text}],
                    "same": [[articles that tell one value], … newest first], "copies": [[articles that are one report]],
                    "as_of": {"article": whose value held then}}]}

Kinds: `supersede` (the newest value holds), `conflict` (values of one time differ), `agree`, `as_of`, `single` (one article
tells it, others tell something near), `none` (no article does). People, places and figures are invented; MIT licence.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.datasets.own import FOLDER
from eval.files import read_jsonl, write_text
from eval.measures.stories import Place, StoryQuestion
from index import Embedder, IndexReader, build

STORIES = FOLDER / "stories.jsonl"
BUILT_WITH = ("s1-01", "s1-03", "s1-07", "s2-01", "s2-03", "s2-05")  # the others are looked at for figures only
KINDS = ("supersede", "conflict", "agree", "as_of", "single", "none")
Story = dict[str, Any]


def load_stories(path: Path = STORIES) -> list[Story]:
    """The stories of a file.

    Raises:
        InputError: it cannot be read, or a line is no story, such as one whose articles do not hold the words of a value.
    """
    return read_jsonl(path, _story, "developing story", "eval/datasets/stories.py says what one holds")


def append_stories(path: Path, stories: Iterable[Story]) -> None:
    """Add stories to the end of a file, which is made if it is not there.

    Raises:
        InputError: it cannot be written.
    """
    write_text(path, "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories), append=True)


def _story(row: Story) -> Story:
    if unknown := {question["kind"] for question in row["questions"]}.difference(KINDS):
        raise ValueError(f"no kind of question: {', '.join(sorted(unknown))}")
    list(questions_of(row))  # finds every value in its article
    return row


def questions_of(story: Story) -> Iterator[StoryQuestion]:
    """Every question to a story, in each of its languages."""
    texts = {article["id"]: article["text"] for article in story["articles"]}
    for row in story["questions"]:
        places = {value["article"]: _place(story["id"], value, texts) for value in row["values"]}
        values = tuple(tuple(places[article] for article in group) for group in row["same"])
        asked = row.get("as_of", {}).get("article")
        holds = next((at for at, group in enumerate(row["same"]) if asked in group), 0)
        sources = _sources(row["same"][holds], row["copies"]) if values else 0
        for language, question in row["questions"].items():
            yield StoryQuestion(story["id"], row["kind"], language, question, values, holds, sources)


def _place(story: str, value: dict[str, str], texts: dict[str, str]) -> Place:
    """Where the words of a value stand.

    Raises:
        ValueError: the article does not hold them.
    """
    start = texts[value["article"]].index(value["answer"])
    return f"{story}.{value['article']}", start, start + len(value["answer"])


def _sources(articles: Sequence[str], copies: Sequence[Sequence[str]]) -> int:
    """How many sources some articles are, copies of one report counted once."""
    reports = {next((tuple(group) for group in copies if article in group), (article,)) for article in articles}
    return len(reports)


@contextmanager
def stories_index(stories: Sequence[Story], embedder: Embedder) -> Iterator[IndexReader]:
    """An index of all articles of some stories, for as long as it is needed; an article has the id `STORY.ARTICLE`."""
    with tempfile.TemporaryDirectory() as folder:
        articles, index = Path(folder, "articles.jsonl"), Path(folder, "index")
        rows = [
            {**article, "id": f"{story['id']}.{article['id']}"} for story in stories for article in story["articles"]
        ]
        articles.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        build([articles], index, embedder)
        with IndexReader(index) as reader:
            yield reader
