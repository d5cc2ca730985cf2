"""The verdicts on the page, in a real browser: what is seen, read out, opened and printed. The answers are made by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import made_answers
from tests.accessibility import violations
from tests.browsing import LOCALES, Visit, verdict
from tests.made_answers import VERDICTS
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


@pytest.fixture
def visit(browser: "Browser", flood: str) -> Iterator[Open]:
    opened: list[Visit] = []

    def begin(language: str = "en", width: int = 1280, **options: Any) -> Visit:
        context = browser.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": 800}, bypass_csp=True, **options
        )
        opened.append(Visit(context.new_page(), flood))
        return opened[-1]

    yield begin
    for each in opened:
        each.page.context.close()
        assert each.faults == []


def ask(visited: Visit, name: str, language: str = "en") -> Any:
    return visited.ask(made_answers.question(name, language))


@pytest.mark.parametrize(
    ("language", "width", "options"),
    [
        ("en", 1280, {"color_scheme": "light"}),
        ("ru", 360, {"forced_colors": "active"}),
        ("kk", 360, {"color_scheme": "dark"}),
    ],
    ids=["wide-light", "phone-forced", "phone-dark"],
)
def test_axe_finds_nothing_in_any_verdict_and_nothing_is_too_wide(
    visit: Open, language: str, width: int, options: Any, request: pytest.FixtureRequest
) -> None:
    visited = visit(language, width, **options)
    for name in VERDICTS:
        ask(visited, name, language)
        visited.shoot(f"verdict-{name}-{request.node.callspec.id}")
    assert violations(visited.page) == []
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= width


def test_perhaps_differs_from_an_answer_without_colours(visit: Open) -> None:
    visited = visit()
    answered, unsure = ask(visited, "one"), ask(visited, "unsure")

    def look(turn: Any) -> list[str]:
        style = "each => [getComputedStyle(each).borderTopStyle, getComputedStyle(each.querySelector('.sentence mark')).textDecorationStyle]"
        return list(turn.evaluate(style))

    assert look(answered) == ["solid", "solid"]
    assert look(unsure) == ["dashed", "dotted"]
    assert unsure.locator(".confidence").count() == 0
    assert unsure.locator(".verdict").inner_text() == "Perhaps:"


def test_the_words_are_strong_and_their_sentence_is_pale_in_the_opened_article(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "differing")
    for number, sentence, words in (
        (1, "By Monday evening 412 homes in Karasu stood in water, the district office said.", "412 homes"),
        (4, "Some 346 homes were flooded by noon, rescuers said.", "346 homes"),
    ):
        turn.locator(f".chip:has-text('[{number}]')").first.click()
        visited.page.wait_for_selector(f"#evidence mark strong:has-text('{words}')")
        assert visited.page.inner_text("#evidence mark") == sentence
        assert visited.page.inner_text("#evidence mark strong") == words
    pale, strong = (
        visited.page.eval_on_selector(each, "each => getComputedStyle(each).backgroundColor")
        for each in ("#evidence mark", "#evidence mark strong")
    )
    assert pale != strong
    turn.locator(".chip:has-text('[2]')").first.click()  # it says the same in other words
    visited.page.wait_for_selector("#evidence mark:has-text('The flood has reached')")
    assert visited.page.locator("#evidence mark strong").count() == 0


def test_a_nearest_passage_opens_at_its_best_sentence(visit: Open) -> None:
    visited = visit()
    turn = ask(visited, "nothing")
    turn.locator("details .link").nth(2).click()
    visited.page.wait_for_selector("#evidence mark.passage")
    assert visited.page.inner_text("#evidence mark") == "Some 346 homes were flooded by noon, rescuers said."


def test_a_screen_reader_hears_verdict_sentence_and_source_and_no_button(visit: Open) -> None:
    visited = visit()
    assert visited.page.locator("#talk :is([aria-live], [role=log], [role=alert])").count() == 0
    heard = visited.page.locator(".aloud[role=status]")
    ask(visited, "unsure")
    assert heard.text_content() == (
        "Perhaps: Some 346 homes were flooded by noon, rescuers said. "
        "This sentence may answer, but not surely enough to be called an answer. First homes flooded in Karasu"
    )
    ask(visited, "nothing")
    assert (heard.text_content() or "").startswith("No sentence was found that clearly answers. Passages were found")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_printing_gives_the_conversation_in_black_on_white(visit: Open, scheme: str) -> None:
    visited = visit(color_scheme=scheme)
    page = visited.page
    for name in ("differing", "unsure", "nothing"):
        ask(visited, name)
    page.emulate_media(media="print", color_scheme=scheme)
    for hidden in ("#form", "#evidence", "#head", ".tools"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert [turn.is_visible() for turn in page.locator(".turn").all()] == [True] * 3
    colours = "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    assert page.eval_on_selector(".sentence", colours)[0] == "rgb(0, 0, 0)"
    assert page.eval_on_selector(".turn", colours)[1] == "rgb(255, 255, 255)"
    visited.shoot(f"print-{scheme}")


@pytest.mark.parametrize("name", VERDICTS)
def test_a_kept_verdict_proves_itself_and_a_forged_one_does_not(
    visit: Open, browser: "Browser", tmp_path: Path, name: str
) -> None:
    visited = visit()
    turn = ask(visited, name)
    with visited.page.expect_download() as download:
        visited.choose(turn, "[data-download=html]")
    sheet = tmp_path / "kept.html"
    download.value.save_as(sheet)
    assert verdict(browser, sheet) == ("proved", say("en", "proved"))
    forgeries = {
        "differing": ("<mark>346 homes</mark>", "<mark>446 homes</mark>"),
        "unsure": ('<article class="unsure">', '<article class="answered">'),
        "nothing": ("<mark>Some 346", "<mark>Some 946"),
        "several": ("[2]</blockquote>", "[1]</blockquote>"),
    }
    if name in forgeries:
        old, new = forgeries[name]
        whole = sheet.read_text("utf-8")
        assert old in whole
        sheet.write_text(whole.replace(old, new), "utf-8")
        assert verdict(browser, sheet)[0] == "broken"
