"""What articles said over time, on the page, in a real browser: a chart and a list that open the article at the words."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from index import build, load_embedder
from tests.accessibility import violations
from tests.browsing import LOCALES, Visit
from tests.conftest import chatting
from tests.test_timeline import ARTICLES
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

ASKED = {
    "en": "How much does the Tassai bridge cost?",
    "ru": "Сколько стоит мост в Тассае?",
    "kk": "Тассай көпірі қанша тұрады?",
}


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("bridge")
    (folder / "a.jsonl").write_text("".join(json.dumps({"lang": "en", **row}) + "\n" for row in ARTICLES), "utf-8")
    build([folder / "a.jsonl"], folder / "index", load_embedder())
    with chatting(folder / "index", folder) as address:
        yield address


@pytest.mark.parametrize(
    ("language", "width", "options"),
    [
        ("en", 1280, {"color_scheme": "light"}),
        ("ru", 360, {"color_scheme": "dark"}),
        ("kk", 360, {"forced_colors": "active"}),
    ],
)
def test_values_over_time_open_the_article_at_the_words(
    browser: "Browser", bridge: str, language: str, width: int, options: Any
) -> None:
    context = browser.new_context(
        locale=LOCALES[language], viewport={"width": width, "height": 800}, bypass_csp=True, **options
    )
    visited = Visit(context.new_page(), bridge)
    turn = visited.ask(ASKED[language])
    button = turn.locator("[data-timeline]")
    button.click()
    shown = turn.locator("section.timeline")
    shown.wait_for()
    assert shown.locator("h3").inner_text() == say(language, "timeline_title")
    assert shown.locator("strong").all_inner_texts() == ["40 million tenge", "55 million tenge"]
    assert shown.locator(".gap").inner_text() == say(language, "timeline_gap", days=100)
    visited.shoot(f"timeline-{language}")
    assert violations(visited.page) == []
    assert visited.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.locator("svg a").nth(1).focus()
    visited.page.keyboard.press("Enter")
    visited.page.locator("#evidence .evidence strong", has_text="55 million tenge").wait_for()
    if width < 960:
        visited.page.keyboard.press("Escape")
    shown.locator("button.link").first.click()
    visited.page.locator("#evidence .evidence strong", has_text="40 million tenge").wait_for()
    if width < 960:
        visited.page.keyboard.press("Escape")
    button.click()
    assert turn.locator(".timeline").count() == 0
    context.close()
    assert visited.faults == []
