"""What the page remembers for the person, and the addresses that lead to a question and to a place; in a real browser."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import made_answers
from tests.browsing import Visit
from tests.test_page_verdict import Open, ask, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


def turns(page: "Page") -> list[str]:
    return page.locator(".turn .asked").all_inner_texts()


def question(name: str) -> str:
    return made_answers.question(name, "en")


def loaded_anew(visited: Visit) -> None:
    visited.page.reload()
    visited.page.wait_for_selector("body.drawn")


def test_the_conversation_survives_a_reload_and_ends_with_the_tab(visit: Open) -> None:
    visited = visit()
    for name in ("one", "unsure", "nothing"):
        ask(visited, name)
    before = visited.page.inner_text("#conversation")
    with visited.page.expect_response("**/page/first*"):
        loaded_anew(visited)
    asked: list[str] = []
    visited.page.on("request", lambda request: asked.append(request.url))
    assert visited.page.inner_text("#conversation") == before
    visited.page.wait_for_timeout(300)
    assert [url for url in asked if "/page/ask" in url] == []  # nothing is asked twice
    assert visited.page.evaluate("JSON.stringify({...localStorage})") == "{}"
    other = visited.page.context.new_page()
    other.goto(visited.address)
    other.wait_for_selector("body.drawn")
    assert turns(other) == []


def test_a_new_conversation_forgets_the_old_one(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    visited.start_anew()
    assert visited.page.locator(".welcome").is_visible()
    loaded_anew(visited)
    assert turns(visited.page) == []


def test_an_answer_that_comes_after_a_new_conversation_was_started_does_not_come_into_it(visit: Open) -> None:
    visited = visit()
    held: list[Route] = []
    visited.page.route("**/page/ask", lambda route: held.append(route))
    visited.page.fill("#question textarea", question("one"))
    visited.page.keyboard.press("Enter")
    visited.page.locator(".turn.pending").wait_for()
    visited.start_anew()
    with visited.page.expect_response("**/page/ask"):
        held[0].continue_()
    visited.page.unroute("**/page/ask")
    ask(visited, "unsure")
    assert turns(visited.page) == [question("unsure")]
    loaded_anew(visited)
    assert turns(visited.page) == [question("unsure")]


def test_the_last_question_is_still_known_after_a_reload(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    loaded_anew(visited)
    with visited.page.expect_request("**/page/ask") as sent:
        ask(visited, "unsure")
    assert sent.value.post_data_json["earlier"]["question"] == question("one")


def test_a_greeting_empties_the_box_and_is_kept_as_well(visit: Open) -> None:
    visited = visit()
    greeted = visited.ask("hello (overview)")
    assert visited.page.input_value("#question textarea") == ""
    shown = greeted.inner_text()
    loaded_anew(visited)
    assert visited.page.locator(".turn").inner_text() == shown


def test_a_question_has_an_address_that_asks_it(visit: Open) -> None:
    visited = visit()
    ask(visited, "differing")
    address = visited.page.url
    assert visited.page.title().startswith("How many homes were flooded")
    other = visit()
    other.page.goto(address)
    other.page.locator(".turn.answered").wait_for()
    assert turns(other.page) == [question("differing")]


def test_a_place_has_an_address_that_opens_it(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "differing")
    turn.locator(".chip:has-text('[4]')").first.click()
    visited.page.wait_for_selector("#evidence mark:has-text('346 homes')")
    address = visited.page.url
    other = visit()
    other.page.goto(address)
    other.page.wait_for_selector("#evidence mark:has-text('346 homes')")
    assert turns(other.page) == [question("differing")]
    lost = visit()
    lost.page.goto(f"{lost.address}/#doc=nowhere&at=1-2")
    lost.page.wait_for_selector("#evidence .hint:has-text('could not be opened')")
    lost.faults.clear()  # the browser's line about the 404


def test_back_and_forward_go_from_question_to_question(visit: Open) -> None:
    visited = visit()
    page = visited.page
    for name in ("one", "several", "unsure"):
        ask(visited, name)
    page.go_back()
    page.wait_for_url("**several**")
    page.wait_for_selector("#evidence mark:has-text('Dana Serik')")
    assert turns(page) == [question(name) for name in ("one", "several", "unsure")]
    page.go_back()
    page.wait_for_selector("#evidence mark:has-text('412 homes')")
    page.go_back()
    page.locator(".welcome").wait_for()
    page.go_forward()
    page.locator(".welcome").wait_for(state="hidden")
    page.wait_for_selector("#evidence mark:has-text('412 homes')")


def test_back_on_a_phone_closes_the_article_and_stays(visit: Open) -> None:
    visited = visit(width=360)
    page = visited.page
    turn = ask(visited, "agreed")
    before = page.url
    for leaves in (
        lambda: page.go_back(),
        lambda: page.click("#evidence .close"),
        lambda: page.keyboard.press("Escape"),
    ):
        turn.locator(".chip").first.click()
        page.wait_for_selector("#evidence.open mark")
        turn.locator(".chip").first.dispatch_event("click")  # opening another one is no further step
        page.wait_for_timeout(200)
        leaves()
        page.wait_for_selector("#evidence.open", state="hidden")
        assert page.url == before
    assert turns(page) == [question("agreed")]


def test_kenes_leads_home_and_the_conversation_stays(visit: Open) -> None:
    visited = visit()
    ask(visited, "one")
    visited.page.click("#kenes a")
    assert visited.page.locator(".welcome").is_visible()
    assert visited.page.title() == "Kenes"
    assert turns(visited.page) == [question("one")]


@pytest.mark.parametrize("field", ["#question textarea", "#after textarea", "#before textarea", "#follow input"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_field_shows_that_it_has_the_focus(visit: Open, scheme: str, field: str) -> None:
    visited = visit(color_scheme=scheme)
    page = visited.page
    page.click("#filters button")
    ring = "each => [getComputedStyle(each).outlineStyle, parseFloat(getComputedStyle(each).outlineWidth)]"
    page.locator(field).focus()
    style, width = page.locator(field).evaluate(ring)
    assert style == "solid"
    assert width >= 2
    page.locator("#ask").focus()
    assert page.locator(field).evaluate(ring)[0] != "solid"
