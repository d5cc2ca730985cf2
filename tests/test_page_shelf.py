"""The shelf: every article, found by title or source, read without asking; by itself and in a real browser."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Filters, IndexReader, build
from rag.overview import NewestArticles
from tests import made_answers
from tests.fakes import FakeEmbedder
from tests.test_page_verdict import Open, ask, visit
from ui.html.shelf import articles_found
from ui.server.shelf import SHOWN, Shelf

__all__ = ["visit"]  # the fixture


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


def test_articles_are_found_by_words_of_title_and_source_newest_first(tmp_path: Path) -> None:
    with made_answers.reading(tmp_path) as reader, reader.snapshot() as snapshot:
        shelf = Shelf()
        every = shelf.find(snapshot, "", 0)
        assert every.total == len(every.articles) == 15
        assert [each.published for each in every.articles][:4] == ["2024-04-09"] * 3 + ["2024-04-08"]
        found = shelf.find(snapshot, "KARASU herald", 0)
        assert [each.id for each in found.articles] == ["homes-en", "first-en"]
        assert [each.id for each in shelf.find(snapshot, "қарасуда", 0).articles] == ["homes-kk", "first-kk"]
        assert shelf.find(snapshot, "karasu nowhere", 0).total == 0
        assert [each.published for each in shelf.find(snapshot, "2024-04-09", 0).articles] == ["2024-04-09"] * 3


class Counting:
    """A snapshot that counts what it is asked."""

    def __init__(self, snapshot: Any) -> None:
        self._snapshot = snapshot
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self._snapshot, name)


def test_of_one_generation_nothing_is_read_again_however_often_it_is_looked_at(tmp_path: Path) -> None:
    shelf, newest = Shelf(), NewestArticles()
    with made_answers.reading(tmp_path) as reader:
        for _ in range(3):
            with reader.snapshot() as snapshot:
                counted = Counting(snapshot)
                shelf.find(counted, "karasu", 0)
                assert "Valley Post" in shelf.sources(counted)
                assert newest.of(counted, None, "en")[0] == 15
                assert newest.of(counted, Filters(languages=("kk",)), "en")[0] < 15
        assert set(counted.asked) == {"generation"}


def test_many_articles_come_in_parts_and_a_new_generation_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    rows = [json.dumps({"id": f"{n}", "title": f"Report {n:03}", "text": f"Text {n}."}) for n in range(SHOWN + 20)]
    file.write_text("\n".join(rows), "utf-8")
    build([file], tmp_path / "index", FakeEmbedder())
    shelf = Shelf()
    with IndexReader(tmp_path / "index") as reader:
        with reader.snapshot() as snapshot:
            first, rest = shelf.find(snapshot, "", 0), shelf.find(snapshot, "", SHOWN)
            assert [each.title for each in first.articles + rest.articles] == [
                f"Report {n:03}" for n in range(SHOWN + 20)
            ]
            assert f'data-first="{SHOWN}"' in articles_found(first.articles, first.first, first.total, "en")
            assert "data-first" not in articles_found(rest.articles, rest.first, rest.total, "en")
        file.write_text("\n".join([*rows, '{"id": "new", "title": "Added", "text": "Late."}']), "utf-8")
        build([file], tmp_path / "index", FakeEmbedder())
        with reader.snapshot() as snapshot:
            assert shelf.find(snapshot, "added", 0).total == 1


@pytest.mark.slow
def test_an_article_is_found_and_read_without_asking(visit: Open) -> None:
    visited = visit()
    page = visited.page
    page.wait_for_selector("#evidence .shelf li")
    assert page.inner_text("#evidence .count") == "Articles: 15"
    page.fill("#evidence .shelf input", "valley")
    page.wait_for_function("document.querySelectorAll('#evidence .shelf li').length === 3")
    page.locator("#evidence .shelf .link").first.click()
    page.wait_for_selector("#evidence .bar:has-text('Water in four hundred homes')")
    assert page.locator("#evidence mark").count() == 0
    assert "Rain is forecast for the week." in page.inner_text("#evidence .text")
    page.go_back()
    page.wait_for_selector("#evidence .shelf li")
    assert page.input_value("#evidence .shelf input") == "valley"  # as it was left
    page.fill("#evidence .shelf input", "nowhere")
    page.wait_for_selector("#evidence .count:has-text('No article has these words')")


@pytest.mark.slow
def test_a_refusal_leaves_the_shelf_beside_it(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    visited.page.wait_for_selector("#evidence mark")
    ask(visited, "nothing")
    visited.page.wait_for_selector("#evidence .shelf li")


@pytest.mark.slow
def test_on_a_phone_the_shelf_opens_over_the_talk_and_back_closes_it(visit: Open) -> None:
    visited = visit("kk", width=360)
    page = visited.page
    assert not page.locator("#evidence").is_visible()
    for leaves in (lambda: page.go_back(), lambda: page.click("#evidence .close")):
        page.click(".browse")
        assert page.locator("#evidence .bar").evaluate("each => each.offsetWidth") == 360  # from edge to edge
        page.wait_for_selector("#evidence.open .shelf li")
        page.locator("#evidence .shelf .link").first.click()
        page.wait_for_selector("#evidence.open .evidence")
        leaves()
        page.wait_for_selector("#evidence", state="hidden")
        assert page.url.rstrip("/") == visited.address
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
