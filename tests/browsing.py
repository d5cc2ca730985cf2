"""A person at the page, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOWEST = 120_000  # milliseconds that anything may take, on a machine that has much else to do
SHOTS = ROOT / "screenshots"  # git ignores it
ASKED = {
    "en": "How many laws must change?",
    "ru": "Сколько статей Конституции пересмотрят?",
    "kk": "Конституцияның қанша бабы қайта қаралады?",
}
LOCALES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}
# Waits until nothing has scrolled for a while.
AT_REST = """() => new Promise((rest) => {
  let timer = setTimeout(rest, 600);
  document.addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(rest, 600); }, { capture: true });
})"""
PIE = "What is the best recipe for an apple pie?"


class Visit:
    """A page, and everything that must not happen on it."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.set_default_timeout(SLOWEST)
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on(
            "console",
            lambda line: self.faults.append(f"{line.text} {line.location['url']}") if line.type == "error" else None,
        )
        page.on("request", lambda request: self._sent(request.url))
        page.goto(address)
        page.wait_for_selector("body.drawn")

    def _sent(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:" + self.address)):
            self.faults.append(f"request {url}")

    def ask(self, question: str) -> Any:
        """Type a question, press Enter, and wait for its turn."""
        before = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        turn = self.page.locator(".turn:not(.pending)").nth(before)
        turn.wait_for()
        return turn

    def choose(self, menu: Any, button: str) -> None:
        """Unfold the menu that holds a button, and click it."""
        menu.locator(f"details.menu:has({button}) summary").click()
        menu.locator(button).click()

    def start_anew(self) -> None:
        """Start a new conversation."""
        self.choose(self.page.locator("#whole"), "#fresh")

    def shoot(self, name: str) -> None:
        """Keep a picture for people to look at."""
        self.page.wait_for_timeout(400)  # what scrolls comes to rest
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def visit(browser: "Browser", chat: str) -> Iterator[Any]:
    """Open the page in a language; at the end nothing may have gone wrong."""
    opened: list[Visit] = []

    def begin(language: str = "en", address: str = chat, **options: Any) -> Visit:
        context = browser.new_context(
            locale=LOCALES[language], **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.append(Visit(context.new_page(), address))
        return opened[-1]

    yield begin
    for each in opened:
        each.page.context.close()
        assert each.faults == [], each.faults


def verdict(browser: "Browser", sheet: Path) -> tuple[str | None, str]:
    """What a downloaded answer says of itself, opened from the disk."""
    page = browser.new_page()
    page.goto(sheet.as_uri())
    page.wait_for_selector("#verdict[class]")
    found = page.get_attribute("#verdict", "class"), page.inner_text("#verdict")
    page.close()
    return found
