"""The page for everyone: what axe finds in every state, headings, names, zoom, narrow screens, motion, focus; in a real browser."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import made_answers
from tests.accessibility import violations
from tests.made_answers import VERDICTS
from tests.test_page_verdict import Open, ask, visit
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
# What axe looks for hangs on the language or on the look, never on both: each of them once.
SEEN = pytest.mark.parametrize(("language", "look"), [("en", "light"), ("ru", "dark"), ("kk", "forced")])


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


def check(page: "Page", state: str) -> list[tuple[str, str, str]]:
    """What axe finds in a state of the page."""
    return [(state, rule, html) for rule, html in violations(page)]


@SEEN
def test_axe_finds_nothing_in_any_state(visit: Open, language: str, look: str) -> None:
    visited = visit(language, **LOOKS[look])
    page = visited.page
    page.wait_for_selector("#evidence .shelf li")
    page.click(".facts summary")
    found = check(page, "first screen and shelf")
    for name in VERDICTS:
        ask(visited, name, language)
    visited.ask("x" * 5000)  # cannot be asked
    turn = page.locator(".turn.answered").first
    turn.locator(".chip").first.click()
    page.wait_for_selector("#evidence mark")
    page.click("#evidence .proof summary")
    turn.locator("[data-vote=down]").click()
    turn.locator(".reasons").wait_for()
    turn.locator("details.menu summary").first.click()
    found += check(page, "every verdict, an article, a menu, a vote")
    page.keyboard.press("Escape")
    page.click("#filters button")
    page.fill("#after textarea", "2024")
    turn.locator(".chip").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.wait_for_selector("#preview:visible")
    found += check(page, "filters and a card")
    page.set_viewport_size({"width": 360, "height": 780})
    page.reload()
    page.wait_for_selector("#evidence.open mark")  # its address leads to the article
    found += check(page, "an article on a phone")
    page.click("#evidence .close")
    page.wait_for_selector("#evidence", state="hidden")
    found += check(page, "phone")
    page.goto(f"{visited.address}/page/themes?language={language}")
    found += check(page, "themes")
    page.goto(f"{visited.address}/api")
    found += check(page, "manual")
    assert found == []
    visited.faults.clear()  # a page of its own has no icon


@SEEN
def test_axe_finds_nothing_on_the_narrowest_screen_with_anything_open(visit: Open, language: str, look: str) -> None:
    visited = visit(language, width=320, **LOOKS[look])
    page = visited.page
    turn = ask(visited, "differing", language)
    turn.locator("[data-vote=down]").click()
    turn.locator(".reasons").wait_for()
    found = []
    for menu in (*turn.locator("details.menu").all(), page.locator("#whole details")):
        menu.locator("summary").click()
        found += check(page, "a menu at 320")
        page.keyboard.press("Escape")
    page.click("#filters button")
    page.fill("#before textarea", "soon")
    found += check(page, "filters at 320")
    page.click("#filters button")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    found += check(page, "keys at 320")
    page.keyboard.press("Escape")
    assert found == []


def test_the_headings_are_in_order_and_name_every_part(visit: Open) -> None:
    visited = visit()
    page = visited.page
    page.wait_for_selector("#evidence .shelf li")
    levels = "all => all.filter((each) => each.checkVisibility()).map((each) => [each.tagName, each.textContent])"
    assert page.eval_on_selector_all("h1, h2, h3, h4", levels) == [
        ["H1", "Kenes"],
        ["H2", "Conversation"],
        ["H2", "Evidence"],
    ]
    ask(visited, "one")
    page.wait_for_selector("#evidence mark")
    assert page.eval_on_selector_all("h1, h2, h3, h4", levels) == [
        ["H1", "Kenes"],
        ["H2", "Conversation"],
        ["H3", made_answers.question("one", "en")],
        ["H2", "Evidence"],
        ["H3", "[1] Karasu counts its flooded homes"],
    ]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_what_a_screen_reader_calls_things(visit: Open, language: str) -> None:
    visited = visit(language)
    page = visited.page
    filters = page.get_by_role("button", name=say(language, "filters"), exact=True)
    assert filters.get_attribute("aria-expanded") == "false"
    filters.click()
    page.wait_for_selector("#filters button[aria-expanded=true]")
    languages = page.get_by_role("group", name=say(language, "interface")).get_by_role("radio")
    names = [say(code, "own_name") for code in ("en", "ru", "kk")]
    assert [each.evaluate("each => each.labels[0].textContent.trim()") for each in languages.all()] == names
    told = page.locator("#language").inner_text().replace(say(language, "interface"), "")
    assert told.split() == names  # and no stray word
    page.locator("#kenes a").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#language') !== null")  # no stop without a purpose between
    assert page.title() == "Kenes"
    ask(visited, "one", language)
    assert page.title() == f"{made_answers.question('one', language)} · Kenes"
    page.click("#kenes a")
    assert page.title() == "Kenes"


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 400), (320, 640)])
def test_at_two_and_four_times_the_size_nothing_is_cut_off(visit: Open, width: int, height: int) -> None:
    """A screen of 1280 by 800 or 1024 shows so many points at 400 % or 200 %."""
    visited = visit("ru", width=width)
    page = visited.page
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    page.wait_for_selector("body.drawn")  # it is drawn on a low screen, too
    ask(visited, "differing", "ru")
    page.locator(".turn details.menu summary").first.click()
    wide = """() => [...document.querySelectorAll("#talk *, #head *")].filter((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 1 && each.checkVisibility() && (right > innerWidth + 1 || left < -1);
    }).map((each) => each.outerHTML.slice(0, 120))"""
    assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#question textarea").scroll_into_view_if_needed()
    covered = page.locator("#form").bounding_box()
    assert covered
    assert (
        covered["height"] <= 0.75 * height
        or page.locator("#form").evaluate("each => getComputedStyle(each).position") == "static"
    )


def test_nothing_moves_for_those_who_asked_for_that(visit: Open) -> None:
    visited = visit(reduced_motion="reduce")
    page = visited.page
    moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    page.wait_for_function(f"{moving} === 0", timeout=5_000)  # Gradio fades in at its start
    page.route("**/page/ask", lambda route: None)  # never answered
    page.fill("#question textarea", "Why?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn.pending")
    assert page.evaluate(moving) == 0
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("look", LOOKS)
def test_the_focus_is_seen_wherever_it_goes(visit: Open, look: str) -> None:
    visited = visit(**LOOKS[look])
    page = visited.page
    turn = ask(visited, "differing")
    turn.locator("[data-vote=down]").click()
    turn.locator(".reasons").wait_for()
    page.click("#filters button")
    page.locator(".skip").focus()
    unseen, seen = [], 0
    ring = """() => {
      const focused = document.activeElement;
      if (focused === document.body) return null;
      const rings = [focused, focused.closest("label")].filter(Boolean).map((each) => getComputedStyle(each));
      const is = rings.some(({ outlineStyle, outlineWidth }) => !["none", "auto"].includes(outlineStyle) && parseFloat(outlineWidth) >= 2);
      return [is, focused.outerHTML.slice(0, 100)];
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(ring)
        if found is None:
            break
        seen += 1
        if not found[0]:
            unseen.append(found[1])
    assert unseen == []
    assert seen > 30


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 700)])
def test_what_has_the_focus_is_never_behind_the_box_to_ask(visit: Open, width: int, height: int) -> None:
    """WCAG 2.2, 2.4.11: what is focused is not hidden by what stays in its place; not even half of it, here, forward or back."""
    visited = visit(width=width)
    page = visited.page
    page.set_viewport_size({"width": width, "height": height})
    for name in ("differing", "several", "agreed", "nothing"):
        ask(visited, name)
    page.keyboard.press("Escape")  # on a phone, an article would lie over all
    hidden = """() => {
      const focused = document.activeElement, form = document.querySelector("#form");
      if (form.contains(focused) || !document.querySelector("#talk").contains(focused)) return null;
      const { top, bottom, height } = focused.getBoundingClientRect();
      const covered = Math.max(document.querySelector("#head").getBoundingClientRect().bottom, 0);
      const shown = Math.min(bottom, innerHeight, form.getBoundingClientRect().top) - Math.max(top, covered);
      return [shown >= Math.min(height / 2, 100), focused.outerHTML.slice(0, 100)];
    }"""
    for key, start in (("Tab", ".skip"), ("Shift+Tab", "#question textarea")):
        page.locator(start).focus()
        page.evaluate("scrollTo(0, 0)" if key == "Tab" else "scrollTo(0, document.body.scrollHeight)")
        found = []
        for _ in range(40):
            page.keyboard.press(key)
            page.wait_for_timeout(30)  # a scroll is over in the next frame
            found.append(page.evaluate(hidden))
        seen = [each for each in found if each]
        assert [html for is_seen, html in seen if not is_seen] == []
        assert len(seen) > 20


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_first_screen_of_a_phone_shows_what_to_do(visit: Open, language: str) -> None:
    visited = visit(language, width=360)
    page = visited.page
    assert page.locator(".facts summary").inner_text().startswith(say(language, "articles_found", count=15))
    assert not page.locator(".facts dl").is_visible()
    form = page.locator("#form").bounding_box()
    browse = page.locator(".browse").bounding_box()
    assert form
    assert browse
    assert browse["y"] + browse["height"] <= form["y"]  # in sight, without scrolling
    assert form["height"] <= 110


def test_the_arrow_of_the_filters_stands_beside_their_name_and_points_down(visit: Open) -> None:
    visited = visit()
    content = "each => getComputedStyle(each, '::after').content"
    label = visited.page.locator("#filters .label-wrap")
    assert label.evaluate(content) == '" ▾" / ""'  # and no part of the name
    assert not visited.page.locator("#filters .icon").is_visible()
    label.click()
    visited.page.wait_for_selector("#filters .label-wrap.open")
    assert label.evaluate(content) == '" ▴" / ""'


def test_in_forced_colours_buttons_and_choices_can_be_told(visit: Open) -> None:
    visited = visit(forced_colors="active")
    page = visited.page
    style = "(each, name) => getComputedStyle(each)[name]"
    assert page.locator("#ask").evaluate(style, "borderTopStyle") == "solid"
    chosen, other = page.locator("#language label:has(input:checked)"), page.locator("#language label").last
    assert [each.evaluate(style, "outlineStyle") for each in (chosen, other)] == ["solid", "none"]
    dots = []
    for name in ("one", "several", "differing"):
        dot = ask(visited, name).locator(".dot").first
        kind = (dot.get_attribute("class") or "").removeprefix("dot ")
        dots.append((kind, dot.evaluate(style, "backgroundColor"), dot.evaluate(style, "backgroundImage")))
    looks = {kind: look for kind, *look in dots}
    assert len(looks) >= 2
    assert len({*map(str, looks.values())}) == len(looks)


def test_what_is_pasted_is_folded_to_three_lines(visit: Open) -> None:
    visited = visit()
    turn = visited.ask("The river rose. " * 80)
    asked = turn.locator(".asked")
    height, line = asked.evaluate("each => [each.clientHeight, parseFloat(getComputedStyle(each).lineHeight)]")
    assert height <= 3 * line + 2
    assert turn.locator("details[open] li").count() <= 3


def held_back(page: Any, address: str) -> Callable[[], None]:
    """Open the page without Gradio's scripts; what is given back lets them come."""
    held: list[Any] = []
    page.route("**/assets/*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")

    def let_come() -> None:
        page.unroute("**/assets/*.js")  # what is held goes on
        page.wait_for_selector("body.drawn")

    return let_come


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_everything_but_the_filters_works_before_gradio_has_drawn(visit: Open, language: str) -> None:
    visited = visit(language)
    page = visited.page
    let_come = held_back(page, visited.address)
    page.wait_for_selector("body.ready")
    assert page.inner_text("#first .lead") == say(language, "lead")
    page.wait_for_selector("#evidence .shelf li")
    turn = visited.ask(made_answers.question("one", language))
    page.wait_for_selector("#evidence mark")
    assert violations(page) == []
    page.click("#language label:last-child")
    assert page.get_attribute("#question textarea", "placeholder") == say("kk", "placeholder")
    before = turn.inner_text(), page.inner_text("#evidence"), page.evaluate("scrollY")
    let_come()
    assert (turn.inner_text(), page.inner_text("#evidence"), page.evaluate("scrollY")) == before
    assert page.locator("#language input:checked").get_attribute("value") == "kk"
    assert page.locator("#early").count() == 0


PLACES = [
    "#head",
    "#kenes a",
    "#language label",
    "#talk",
    "#first .lead",
    "#form",
    "#question textarea",
    "#ask",
    "#filters button",
]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_gradio_has_drawn(visit: Open, width: int) -> None:
    visited = visit(width=width)
    page = visited.page
    let_come = held_back(page, visited.address)
    page.wait_for_selector("body.ready")
    page.wait_for_selector("#first .facts")
    boxes = [page.locator(each).first.bounding_box() for each in PLACES]
    let_come()
    drawn = [page.locator(each).first.bounding_box() for each in PLACES]
    for place, before, after in zip(PLACES, boxes, drawn, strict=True):
        assert after == pytest.approx(before, abs=1), place


def test_what_is_typed_stays_with_its_cursor_when_gradio_has_drawn(visit: Open) -> None:
    visited = visit()
    page = visited.page
    let_come = held_back(page, visited.address)
    page.fill("#question textarea", "How many laws?")
    page.wait_for_selector("body.ready")
    page.click("#filters button")
    page.locator("#question textarea").evaluate("box => { box.focus(); box.setSelectionRange(4, 8); }")
    let_come()
    page.keyboard.type("few")
    assert page.input_value("#question textarea") == "How few laws?"
    page.wait_for_selector("#spoken input")  # the filters are open, as they were asked to be


@pytest.mark.parametrize("key", ["Enter", "Shift"])
def test_what_is_pressed_before_our_scripts_are_there_is_done_then(visit: Open, key: str) -> None:
    visited = visit()
    page = visited.page
    held: list[Any] = []
    page.route("**/page/texts.json", lambda route: held.append(route))
    page.goto(visited.address, wait_until="commit")
    question = made_answers.question("one", "en")
    page.fill("#question textarea", question)
    page.wait_for_timeout(1_000)  # the first script is there, the texts are not
    page.keyboard.press(key)
    assert page.locator("body.ready").count() == 0
    for each in held:
        each.continue_()
    page.wait_for_selector("body.drawn")
    if key == "Enter":
        assert page.locator(".turn:not(.pending) .asked").inner_text() == question
    else:
        assert page.input_value("#question textarea") == question
        assert page.locator(".turn").count() == 0
