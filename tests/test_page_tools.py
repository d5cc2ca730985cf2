"""What can be done with answers on the page: copy, save, print, judge, change the question; in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from index import IndexReader
from rag import prove
from tests import made_answers
from tests.browsing import Visit, verdict
from tests.test_page_verdict import Open, ask, visit
from ui.html.saved_answer import read_saved
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture

SENTENCE = "By Monday evening 412 homes in Karasu stood in water, the district office said."
BREAKS = """(turn) => {
  const broken = [];
  for (let width = 260; width <= 720; width += 4) {
    turn.style.width = `${width}px`;
    for (const chips of turn.querySelectorAll(".chips")) {
      const words = document.createTreeWalker(chips.parentElement, NodeFilter.SHOW_TEXT);
      let last = null;
      while (words.nextNode() && !chips.contains(words.currentNode)) if (words.currentNode.data.trim()) last = words.currentNode;
      const range = document.createRange();
      range.setStart(last, last.data.trimEnd().length - 1);
      range.setEnd(last, last.data.trimEnd().length);
      const word = range.getBoundingClientRect(), chip = chips.querySelector("button").getBoundingClientRect();
      if (chip.top > word.bottom || chip.bottom < word.top) broken.push(width);
    }
  }
  turn.style.width = "";
  return broken;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def flood(folder: Path) -> Iterator[str]:
    with made_answers.serving(folder) as address:
        yield address


def copied(visited: Visit, turn: Any, kind: str) -> str:
    """What a choice of the menu puts on the clipboard."""
    visited.page.evaluate("navigator.clipboard.writeText('')")
    visited.choose(turn, f"[data-copy={kind}]")
    visited.page.wait_for_function("async () => (await navigator.clipboard.readText()) !== ''")
    assert turn.locator(".told").inner_text() == say("en", "copied")
    return str(visited.page.evaluate("navigator.clipboard.readText()"))


def saved(visited: Visit, within: Any, kind: str, to: Path) -> Path:
    """The file that a choice of the menu saves."""
    with visited.page.expect_download() as download:
        visited.choose(within, f"[data-download={kind}]")
    file = to / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_an_answer_is_copied_in_four_ways(visit: Open) -> None:
    visited = visit(permissions=["clipboard-read", "clipboard-write"], timezone_id="Asia/Almaty")
    visited.page.clock.set_fixed_time("2026-11-26T20:30:00Z")  # the 27th there
    turn = ask(visited, "differing")
    assert copied(visited, turn, "sentence") == SENTENCE
    citations = copied(visited, turn, "citations")
    assert citations.startswith(
        f"“{SENTENCE}” [1] [2]\nOther articles say otherwise: 430 homes (differs, 8 April 2024) [3]"
    )
    question = copied(visited, turn, "question").split("\n")
    assert question[:3] == [made_answers.question("differing", "en"), "Asked on 27 November 2026", ""]
    assert "\n".join(question[3:-2]) == citations
    link = copied(visited, turn, "link")
    assert question[-2:] == ["", link]
    assert link.startswith(f"{visited.address}/?")
    assert parse_qs(urlsplit(link).query) == {"q": [made_answers.question("differing", "en")], "lang": ["en"]}
    refused = ask(visited, "nothing")
    assert refused.locator("[data-copy=sentence]").count() == 0
    assert "First homes" not in copied(visited, refused, "citations")


def test_a_link_asks_with_the_filters_and_in_the_language_of_the_page(visit: Open) -> None:
    visited = visit("ru", permissions=["clipboard-read", "clipboard-write"])
    page = visited.page
    page.click("#filters button")
    page.fill("#after textarea", "2024-04")
    page.check("#spoken input >> nth=1")
    page.check("#sources input >> nth=0")
    page.click("#filters button")
    turn = ask(visited, "one", "ru")
    visited.choose(turn, "[data-copy=link]")
    page.wait_for_selector(f".told:has-text('{say('ru', 'copied')}')")
    link = page.evaluate("navigator.clipboard.readText()")
    other = visit("en")
    with other.page.expect_request("**/page/ask") as sent:
        other.page.goto(link)
    assert sent.value.post_data_json["filters"] == {
        "after": "2024-04",
        "languages": ["ru"],
        "sources": ["Steppe Herald"],
    }
    other.page.wait_for_selector("html[lang=ru]")
    other.page.locator(".turn.answered").wait_for()
    assert other.page.locator(".understood").first.inner_text() == turn.locator(".understood").first.inner_text()
    with other.page.expect_request("**/page/ask") as sent:
        ask(other, "unsure", "ru")
    assert sent.value.post_data_json["filters"] == {}  # those of the form


def test_a_whole_conversation_is_saved_and_proves_itself(
    visit: Open, browser: "Browser", folder: Path, tmp_path: Path
) -> None:
    visited = visit()
    whole = visited.page.locator("#whole")
    assert not whole.is_visible()  # there is nothing to save
    names = ("differing", "nothing", "several", "unsure")
    questions = [made_answers.question(name, "en") for name in names]
    for name in names:
        ask(visited, name)
    sheet = saved(visited, whole, "html", tmp_path)
    assert sheet.name == "kenes-conversation.html"
    assert verdict(browser, sheet) == ("proved", say("en", "proved"))
    markdown = saved(visited, whole, "markdown", tmp_path).read_text("utf-8")
    assert [line for line in markdown.splitlines() if line.startswith("# ")] == [f"# {each}" for each in questions]
    rows = json.loads(saved(visited, whole, "json", tmp_path).read_text("utf-8"))
    assert [answer["question"] for answer in rows["answers"]] == questions
    with IndexReader(folder / "index") as reader, reader.snapshot() as snapshot:
        for file in (sheet, tmp_path / "kenes-conversation.json"):
            checked, problems = prove(read_saved(file), snapshot)
            assert (checked > 7, problems) == (True, [])
        rows["answers"][2]["points"][0]["text"] = "Dana Serikova"
        assert prove(rows, snapshot)[1] == [
            "answer 3: point 1: its answer does not stand at its place in its sentence",
            "answer 3: its answer is not that of its first point",
        ]
    text = sheet.read_text("utf-8")
    for old, new in (
        ("<mark>346 homes</mark>", "<mark>446 homes</mark>"),
        ("<h1>How many homes were flooded (several)?", "<h1>How many homes were lost?"),
        ('<article class="unsure">', '<blockquote>Nobody was flooded. [1]</blockquote><article class="unsure">'),
        ("</main>", "<article></article></main>"),
        ('<p class="about">Each', '<section>Nobody was flooded.</section><p class="about">Each'),
    ):
        forged = tmp_path / "forged.html"
        assert old in text
        forged.write_text(text.replace(old, new, 1), "utf-8")
        assert verdict(browser, forged)[0] == "broken", old


def test_one_answer_is_saved_as_json_that_is_an_answer(visit: Open, folder: Path, tmp_path: Path) -> None:
    visited = visit("kk")
    turn = ask(visited, "agreed", "kk")
    file = saved(visited, turn, "json", tmp_path)
    assert file.name == "kenes-answer.json"
    with IndexReader(folder / "index") as reader, reader.snapshot() as snapshot:
        assert prove(read_saved(file), snapshot)[1] == []


def test_a_conversation_larger_than_the_server_takes_is_saved_from_its_end(visit: Open, tmp_path: Path) -> None:
    visited = visit()
    for _ in range(3):
        ask(visited, "one")
    visited.page.eval_on_selector_all(
        "#conversation .tools",
        "all => all[0].dataset.request = JSON.stringify({ question: 'x'.repeat(70_000) })",
    )
    rows = json.loads(saved(visited, visited.page.locator("#whole"), "json", tmp_path).read_text("utf-8"))
    assert len(rows["answers"]) == 2
    assert visited.page.inner_text("#whole .told") == say("en", "saved_part", count=2)


def votes(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "votes.jsonl").read_text("utf-8").splitlines()]


def test_a_vote_is_seen_says_why_and_can_be_taken_back(visit: Open, folder: Path) -> None:
    visited = visit()
    page = visited.page
    turn = ask(visited, "one")

    def pressed() -> list[str]:
        return [each.inner_text() for each in turn.locator("[aria-pressed=true]").all()]

    assert pressed() == []
    assert not turn.locator(".reasons").is_visible()
    turn.locator("[data-vote=down]").click()
    turn.locator(f".told:has-text('{say('en', 'voted')}')").wait_for()
    turn.locator("[data-why=wrong_time]").click()
    turn.locator("[data-why=wrong_time][aria-pressed=true]").wait_for()
    page.reload()
    page.wait_for_selector("body.drawn")
    assert turn.locator("[data-vote=down][aria-pressed=true]").count() == 1
    assert turn.locator("[data-why=wrong_time][aria-pressed=true]").is_visible()
    turn.locator("[data-vote=down]").click()
    turn.locator(f".told:has-text('{say('en', 'unvoted')}')").wait_for()
    assert pressed() == []
    assert not turn.locator(".reasons").is_visible()
    kept = votes(folder)
    assert [(each["vote"], each["why"]) for each in kept] == [("down", None), ("down", "wrong_time"), ("none", None)]
    assert len({each["ballot"] for each in kept}) == 1
    again = ask(visited, "one")
    again.locator("[data-vote=up]").click()
    again.locator("[data-vote=up][aria-pressed=true]").wait_for()
    assert len({each["ballot"] for each in votes(folder)}) == 2


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_citation_never_stands_alone_on_a_line(visit: Open, language: str) -> None:
    visited = visit(language)
    for name in ("one", "agreed", "several", "differing", "unsure"):
        assert ask(visited, name, language).evaluate(BREAKS) == [], name


def test_the_question_as_it_was_understood_can_be_changed(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "rewritten")
    turn.locator(".understood .edit").click()
    assert visited.page.input_value("#question textarea") == made_answers.TOLD["en"]["question"]
    assert visited.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    visited.page.keyboard.type("!")
    assert visited.page.input_value("#question textarea").endswith("?!")


def test_menus_close_by_escape_and_by_a_click_elsewhere(visit: Open) -> None:
    visited = visit()
    page = visited.page
    turn = ask(visited, "one")
    copy = turn.locator("details.menu").first
    copy.locator("summary").click()
    page.keyboard.press("Escape")
    assert copy.get_attribute("open") is None
    assert copy.locator("summary").evaluate("each => each === document.activeElement")
    assert page.locator("#evidence mark").count() == 1  # the article stays
    page.keyboard.press("Enter")
    assert copy.locator("[data-copy=sentence]").is_visible()
    turn.locator("details.menu summary").nth(1).click()
    assert copy.get_attribute("open") is None
    page.click("#name")


def test_printing_shows_every_quotation_on_white(visit: Open, tmp_path: Path) -> None:
    import pypdfium2

    visited = visit("ru", color_scheme="dark")
    page = visited.page
    for name in ("differing", "nothing", "several"):
        ask(visited, name, "ru")
    page.wait_for_selector("#evidence.open mark")  # the article that is open is no part of it, either
    page.click("#kenes a")  # nor is the first screen
    with page.expect_event("console", predicate=lambda line: line.text == "printed"):
        page.evaluate("window.print = () => console.log('printed')")
        visited.choose(page.locator("#whole"), "[data-print]")
    file = tmp_path / "printed.pdf"
    page.pdf(path=file, format="A4", print_background=True)
    with pypdfium2.PdfDocument(file) as printed:
        text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in printed)
        image = printed[0].render().to_pil().convert("RGB")
    for told in ("412 домов", "430 домов", "346 домов", "Дана Серик", "Павел Орлов", "Steppe Herald"):
        assert told in text
    for untold in ("copy", "ask", "browse", "lead", "for_programs"):
        assert say("ru", untold) not in text
    assert image.getpixel((2, 2)) == (255, 255, 255)
