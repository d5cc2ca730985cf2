"""The form, the keys and the head of the page: dates picked, languages offered, keys listed, an empty box; in a real browser."""

from collections.abc import Iterator

import pytest

from tests import made_answers
from tests.browsing import AT_REST
from tests.test_page_verdict import Open, ask, visit
from ui.html.texts import say

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_dates_are_picked_or_typed_and_what_is_none_is_marked(visit: Open, language: str) -> None:
    visited = visit(language)
    page = visited.page
    page.click("#filters button")
    page.wait_for_selector("#before .pick")
    page.evaluate(
        "() => { HTMLInputElement.prototype.showPicker = function () { window.picker = [this.closest('.block').id, this.value]; }; }"
    )
    page.fill("#before textarea", "2024-04-09")
    page.get_by_role("button", name=say(language, "pick_date")).nth(1).click()
    assert page.evaluate("picker") == ["before", "2024-04-09"]
    page.locator("#before input[type=date]").evaluate(
        "each => { each.value = '2024-05-01'; each.dispatchEvent(new Event('change')); }"
    )
    assert page.input_value("#before textarea") == "2024-05-01"
    assert page.locator("#chosen .chosen").all_inner_texts() == [
        f"{say(language, 'chosen_before', date='2024-05-01')} ×"
    ]
    for written, invalid in {
        "2024": "false",
        "2024-13": "true",
        "2024-02-30": "true",
        "2024-02-29": "false",
        "soon": "true",
        "": "false",
        "20245": "true",
        "2024-4": "true",
    }.items():
        page.fill("#after textarea", written)
        assert page.get_attribute("#after textarea", "aria-invalid") == invalid, written
    page.set_viewport_size({"width": 360, "height": 800})
    for field in ("#after", "#before"):
        box, button = (page.locator(f"{field} {each}").bounding_box() for each in ("textarea", ".pick"))
        assert box
        assert button
        assert box["width"] > 200  # a whole date on one line
        assert box["y"] <= button["y"] <= button["y"] + button["height"] <= box["y"] + box["height"]
        assert button["x"] + button["width"] <= box["x"] + box["width"]
    page.fill("#after textarea", "soon")
    border = "each => getComputedStyle(each).borderTopColor"
    fields = page.locator("#after textarea"), page.locator("#before textarea")
    assert fields[0].evaluate(border) != fields[1].evaluate(border)


def test_only_languages_that_articles_have_are_offered(visit: Open) -> None:
    visited = visit()
    page = visited.page
    choices = page.request.get(f"{visited.address}/page/choices").json()
    assert choices == {"sources": ["Steppe Herald", "Valley Post"], "languages": ["en", "kk", "ru"]}
    choices["languages"].remove("ru")
    page.route("**/page/choices", lambda route: route.fulfill(json=choices))
    page.click("#filters button")
    page.locator("#spoken label", has_text="English").wait_for()  # before that all are hidden
    page.locator("#spoken label", has_text="Russian").wait_for(state="hidden")
    assert page.locator("#spoken label:visible").all_inner_texts() == ["English", "Kazakh"]


def test_the_keys_are_listed_and_single_signs_can_be_switched_off(visit: Open) -> None:
    visited = visit()
    page = visited.page
    turn = ask(visited, "one")
    page.wait_for_selector("#evidence mark")
    turn.locator(".chip").first.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name=say("en", "keys"))
    keys.wait_for()
    assert keys.locator("kbd").all_inner_texts() == ["/", "↑", "Enter", "Shift + Enter", "Esc", "?"]
    page.keyboard.press("Escape")
    keys.wait_for(state="hidden")
    assert page.locator("#evidence mark").count() == 1  # the article stays
    assert turn.locator(".chip").first.evaluate("each => each === document.activeElement")
    visited.choose(page.locator("#whole"), "[data-keys]")
    keys.locator("input").uncheck()
    keys.get_by_role("button").click()
    for sign in ("/", "?"):
        turn.locator(".chip").first.focus()
        page.keyboard.press(sign)
        assert not keys.is_visible()
        assert page.evaluate("document.activeElement.className") == "chip"
    page.click("#kenes a")
    page.click(".welcome .keys")
    keys.locator("input").check()
    page.keyboard.press("Escape")
    page.locator(".welcome .keys").focus()
    page.keyboard.press("/")
    page.keyboard.type("why?/")  # in the box they are letters
    assert page.input_value("#question textarea") == "why?/"
    assert not keys.is_visible()


def test_who_has_a_keyboard_types_at_once_and_a_phone_shows_none(visit: Open) -> None:
    visited = visit()
    visited.page.keyboard.type("Who?")
    assert visited.page.input_value("#question textarea") == "Who?"
    ask(visited, "one")
    visited.page.reload()
    visited.page.wait_for_selector("body.drawn")
    assert visited.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    phone = visit(width=360, has_touch=True, is_mobile=True)
    assert phone.page.evaluate("document.activeElement.tagName") == "BODY"
    ask(phone, "one")
    assert phone.page.evaluate("document.activeElement.tagName") == "BODY"  # its keyboard does not cover the answer


def test_nothing_is_asked_of_an_empty_box(visit: Open) -> None:
    visited = visit()
    page = visited.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/page/ask" in request.url else None)
    for written in ("", "  ", "\n"):
        page.fill("#question textarea", written)
        page.keyboard.press("Enter")
        page.click("#ask")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert page.locator(".turn").count() == 0
    page.route("**/page/ask", lambda route: None)  # never answered
    page.fill("#question textarea", "Why?")
    page.click("#ask", click_count=3)
    assert page.locator(".turn").count() == 1
    assert page.locator("#ask").is_disabled()
    page.unroute_all(behavior="ignoreErrors")
    assert len(asked) == 1


def test_the_head_stays_in_sight(visit: Open) -> None:
    visited = visit()
    for name in ("differing", "several", "agreed", "unsure"):
        turn = ask(visited, name)
    visited.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    head = visited.page.locator("#head").bounding_box()
    assert head
    assert head["y"] == 0
    visited.page.evaluate(AT_REST)
    turn.evaluate("each => each.scrollIntoView({ behavior: 'instant' })")
    shown = turn.bounding_box()
    assert shown
    assert shown["y"] >= head["height"]
    visited.page.click("#language input[value=kk]")
    assert visited.page.inner_text("#ask") == say("kk", "ask")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_number_stands_at_the_first_line_of_a_long_title(visit: Open, width: int) -> None:
    visited = visit(width=width)
    turn = ask(visited, "nothing")
    turn.evaluate("""turn => {
      for (const link of turn.querySelectorAll("li > .link")) link.textContent = "What people were told about their homes ".repeat(6);
    }""")
    rows = turn.locator("details[open] li:has(> .link)")
    assert rows.count() == 3
    for row in rows.all():
        below, height, line = row.evaluate("""row => {
          const probe = document.createElement("span"), link = row.querySelector(".link");
          probe.textContent = "1.";
          Object.assign(probe.style, { display: "inline-block", width: 0, whiteSpace: "nowrap" });
          row.prepend(probe);
          const below = probe.getBoundingClientRect().top - link.getBoundingClientRect().top;
          return [below, link.offsetHeight, probe.offsetHeight];
        }""")
        assert height > 2 * line
        assert abs(below) < line / 2
