"""Reading on the page: the bar of an article, the card of a citation, the filters that are set; in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import made_answers
from tests.browsing import AT_REST, Visit
from tests.test_page_verdict import Open, ask, visit
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


def card(visited: Visit) -> str | None:
    """What the card says, if it is seen."""
    shown = visited.page.locator("#preview")
    return shown.inner_text() if shown.is_visible() else None


def test_the_bar_names_citation_title_source_and_date_and_stays_on_top(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "differing")
    turn.locator(".chip:has-text('[4]')").first.click()
    bar = visited.page.locator("#evidence .bar:has-text('[4] First homes flooded in Karasu')")
    bar.wait_for()
    assert "Steppe Herald · 6 April 2024 · English" in bar.inner_text()
    assert bar.evaluate("each => getComputedStyle(each).position") == "sticky"
    chips = turn.locator(".chip")
    current = [chip.inner_text() for chip in chips.all() if chip.get_attribute("aria-current")]
    assert current == ["[4]"]
    assert not visited.page.locator("#evidence .proof p").is_visible()
    visited.page.click("#evidence .close")
    visited.page.wait_for_selector("#evidence .hint")
    assert turn.locator(".chip[aria-current]").count() == 0


def test_a_card_shows_sentence_and_source_on_hover_and_focus(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "agreed")
    second = turn.locator(".chip").nth(1)
    visited.page.evaluate(AT_REST)  # a page that scrolls takes the card away, as it should
    second.hover()
    visited.page.wait_for_selector("#preview:visible")
    told = card(visited) or ""
    assert "The flood has reached 412 homes in Karasu" in told
    assert "Water in four hundred homes" in told
    assert "Valley Post · 9 April 2024" in told
    assert second.get_attribute("aria-describedby") == "preview"
    visited.page.hover("#preview q")  # it can be read under the pointer
    assert card(visited)
    visited.page.keyboard.press("Escape")
    assert card(visited) is None
    assert visited.page.locator("#evidence mark").count() == 1  # the article stays
    turn.locator(".chip").first.focus()
    visited.page.keyboard.press("Tab")
    assert "The flood has reached" in (card(visited) or "")
    visited.page.keyboard.press("Enter")  # opens the article, which gives the focus back when it is closed
    visited.page.wait_for_selector("#evidence h3:focus")
    visited.page.keyboard.press("Escape")
    visited.page.wait_for_selector(".chip:focus")
    assert card(visited) is None


def test_a_finger_that_rests_gets_the_card_and_one_that_taps_the_article(visit: Open) -> None:
    visited = visit(width=360, has_touch=True)
    turn = ask(visited, "one")
    page = visited.page
    chip = turn.locator(".chip").first
    page.evaluate(AT_REST)  # a page that scrolls takes the card away, as it should
    box = chip.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, **at: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at] if at else []})

    touch("touchStart", x=box["x"] + box["width"] / 2, y=box["y"] + box["height"] / 2)
    page.wait_for_selector("#preview:visible")
    told = card(visited) or ""
    assert made_answers.TOLD["en"]["homes"][0] in told
    assert "412 homes in Karasu stood in water" in told
    touch("touchEnd")
    page.wait_for_timeout(300)  # a click, if any, comes at once
    assert card(visited) == told
    assert page.locator("#evidence.open").count() == 0
    page.locator(".asked").first.tap()
    page.wait_for_selector("#preview", state="hidden")
    chip.tap()
    page.wait_for_selector("#evidence.open mark")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_filters_that_are_set_are_seen_and_cleared(visit: Open, language: str) -> None:
    visited = visit(language)
    page = visited.page
    page.click("#filters button")
    page.fill("#after textarea", "2027")
    page.check("#spoken input >> nth=2")
    page.click("#filters button")
    chips = page.locator("#chosen .chosen")
    assert chips.all_inner_texts() == [f"{say(language, 'chosen_after', date='2027')} ×", f"{say(language, 'in_kk')} ×"]
    with page.expect_request("**/page/ask") as sent:
        ask(visited, "nothing", language)
    assert sent.value.post_data_json["filters"] == {"after": "2027", "languages": ["kk"]}
    chips.first.click()
    assert chips.all_inner_texts() == [f"{say(language, 'in_kk')} ×"]
    chips.first.click()
    assert not page.locator("#chosen").is_visible()
    with page.expect_request("**/page/ask") as sent:
        ask(visited, "one", language)
    assert sent.value.post_data_json["filters"] == {}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ru", 360), ("kk", 360)])
def test_an_article_alone_can_be_asked_about_and_all_of_them_again(visit: Open, language: str, width: int) -> None:
    visited = visit(language, width=width)
    page = visited.page
    ask(visited, "one", language).locator(".sources .link").first.click()
    page.wait_for_selector("#evidence .ask-about")
    title = page.locator("#evidence h3 [lang]").inner_text()
    page.click("#evidence .ask-about")
    page.wait_for_selector("#chosen .chosen")
    page.wait_for_function("document.activeElement.closest('#question') !== null")
    assert page.locator("#evidence.open").count() == (1 if width > 1000 else 0)
    assert page.locator("#chosen .chosen").all_inner_texts() == [f"{title} ×"]
    with page.expect_request("**/page/ask") as sent:
        turn = ask(visited, "nothing", language)
    assert list(sent.value.post_data_json["filters"]) == ["documents"]
    assert turn.locator(".understood").inner_text() == f"{say(language, 'only_in')} {title}"
    page.locator("#chosen .chosen").click()
    with page.expect_request("**/page/ask") as sent:
        ask(visited, "one", language)
    assert sent.value.post_data_json["filters"] == {}


def test_an_article_that_is_gone_is_said_to_be(visit: Open) -> None:
    visited = visit()
    visited.page.goto(f"{visited.address}/?q=one&documents=none-such")
    turn = visited.page.locator(".turn.failed")
    turn.wait_for()
    assert turn.locator(".why").inner_text() == say("en", "article_gone")


def test_a_new_conversation_has_no_filters(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    visited.page.click("#filters button")
    visited.page.check("#spoken input >> nth=0")
    assert visited.page.locator("#chosen .chosen").count() == 1
    visited.start_anew()
    assert not visited.page.locator("#chosen").is_visible()


@pytest.mark.parametrize("width", [320, 740, 1280, 1920])
def test_the_page_is_in_the_middle_and_inside_the_screen(visit: Open, width: int) -> None:
    visited = visit(width=width)
    ask(visited, "differing")
    left, right = visited.page.evaluate(
        "(({ left, right }) => [left, right])(document.querySelector('#desk').getBoundingClientRect())"
    )
    assert abs(left - (width - right)) <= 16  # a scroll bar aside
    assert right - left >= min(0.8 * width, 1400)
    ask_button = visited.page.locator("#ask").bounding_box()
    form = visited.page.locator("#form").bounding_box()
    assert ask_button
    assert form
    assert form["x"] <= ask_button["x"]
    assert ask_button["x"] + ask_button["width"] <= form["x"] + form["width"]
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_box_and_brings_the_last_question_back(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    visited.page.locator(".chip").first.focus()
    visited.page.keyboard.press("/")
    assert visited.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert visited.page.input_value("#question textarea") == ""
    visited.page.keyboard.press("ArrowUp")
    assert visited.page.input_value("#question textarea") == made_answers.question("one", "en")
    visited.page.keyboard.type("/")  # in the box it is a letter
    assert visited.page.input_value("#question textarea").endswith("/")


def test_every_source_can_be_chosen_and_many_can_be_searched(browser: "Browser", tmp_path: Path) -> None:
    more = [{"id": f"{n}", "title": f"T{n}", "text": f"Text {n}.", "source": f"Paper {n:02}"} for n in range(64)]
    with made_answers.serving(tmp_path, more) as address:
        visited = Visit(browser.new_page(locale="en-GB"), address)
        page = visited.page
        page.click("#filters button")
        page.wait_for_selector("#sources .find")
        assert page.locator("#sources label:has(input)").count() == 66
        page.fill("#sources .find", "paper 6")
        shown = page.locator("#sources label:has(input):visible")
        assert shown.all_inner_texts() == ["Paper 60", "Paper 61", "Paper 62", "Paper 63"]
        shown.nth(2).click()
        assert page.locator("#chosen .chosen").all_inner_texts() == ["Paper 62 ×"]
        with page.expect_request("**/page/ask") as sent:
            ask(visited, "one")
        assert sent.value.post_data_json["filters"] == {"sources": ["Paper 62"]}
        page.close()
    assert visited.faults == []


def test_the_figure_explains_itself_in_the_language_of_the_page(visit: Open) -> None:
    visited = visit()
    figure = ask(visited, "several").locator(".figure").first
    assert figure.get_attribute("title") == "Of 100 answers with this figure, about 81 are right."
    visited.page.click("#language input[value=ru]")
    assert figure.get_attribute("title") == say("ru", "of_hundred", count=81)
