"""The day and the author of an article that a question names by its title."""

import json
from concurrent.futures import Future
from pathlib import Path

import pytest

from index import Chunk, Document, build
from index.analysis.detect import detect
from index.store.reader import IndexReader
from rag.assistant import Assistant
from rag.titled import articles_asked
from rag.types import Passage, Query
from tests.fakes import FakeEmbedder

TITLES = ("Slow ferries", "Кто чинит мосты?", "Өзен жағасында", "Ferries of the north")


def passage(title: str, published: str | None = "2021-01-07", source: str | None = "Ada Quill") -> Passage:
    text = "The harbour is cold." if title.isascii() else "Река холодная." if "ст" in title else "Өзен суық."
    document = Document(title, title, text, source, None, published, detect(text), "")
    return Passage(Chunk(title, 0, 0, len(text), text), document, 1, 1.0, {})


def listed(question: str, *found: Passage) -> list[str]:
    query = Query(question, detect(question), (), {}, Future())
    return [each.title for each in articles_asked(query, found or tuple(map(passage, TITLES)))]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ('When was "Slow ferries" published?', "Slow ferries"),
        ("Who wrote the article Slow Ferries?", "Slow ferries"),
        ("Who is the author of Slow ferries?", "Slow ferries"),
        ("Когда опубликована статья «Кто чинит мосты?»?", "Кто чинит мосты?"),
        ("Кто автор заметки «Кто чинит мосты»?", "Кто чинит мосты?"),
        ("«Өзен жағасында» мақаласы қашан жарияланды?", "Өзен жағасында"),
        ("«Өзен жағасында» деген мақаланы кім жазды?", "Өзен жағасында"),
    ],
)
def test_the_article_of_that_title_is_listed(question: str, title: str) -> None:
    assert listed(question) == [title]


@pytest.mark.parametrize(
    "question",
    [
        "When was the timetable of the slow ferries published?",
        "Who wrote a letter to the slow ferries?",
        "When do slow ferries leave?",
        "What is the article Slow ferries about?",
        "Кто написал, что автор статьи «Кто чинит мосты?» уехал в Москву?",
        "Өзен жағасында мектеп қашан ашылды?",
    ],
)
def test_a_question_for_something_else_lists_none(question: str) -> None:
    assert listed(question) == []


def test_what_a_file_does_not_give_is_not_listed() -> None:
    undated = passage("Slow ferries", published=None, source=None)
    assert listed("When was Slow ferries published?", undated) == listed("Who wrote Slow ferries?", undated) == []


def test_it_is_an_overview_with_the_date(tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "Slow ferries", "text": "The harbour is cold.", "date": "2021-01-07"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as assistant:
        answer = assistant.ask("When was Slow ferries published?", verbatim=True)
    assert (answer.status, answer.reason.code, answer.points) == ("overview", "article", ())
    assert [each.published for each in answer.articles] == ["2021-01-07"]
