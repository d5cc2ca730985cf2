"""What axe finds on a page: every rule of WCAG 2.2 A and AA that it knows, and its best practices."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, which axe leaves out unless it is named
    "resultTypes": ["violations"],
}


def violations(page: "Page") -> list[tuple[str, str]]:
    """Each rule that is broken, with the HTML of what breaks it. The page's own policy must be bypassed (`bypass_csp`).

    The box to ask in stays in its place meanwhile: axe would call a link small that is half behind it until somebody scrolls.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelector('#form')?.style.setProperty('position', 'static')")
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    page.evaluate("document.querySelector('#form')?.style.removeProperty('position')")
    return [(each["id"], node["html"][:160]) for each in found for node in each["nodes"]]
