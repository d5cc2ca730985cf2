"""Measures how light the page is: `python -m eval.benchmarks.page URL` of a running `kenes chat` (needs chromium and playwright).

A browser without a cache opens the page: what is our own of it as it is sent, when something is seen, when it can be used
(a question can be asked and is answered, articles can be read), and when Gradio has drawn the rest, the filters; then once more,
with what it keeps of Gradio's files. Medians of several visits.
"""

import shutil
import statistics
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from eval.benchmarks.tables import Table, machine, parser_for, run_main, write_figures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VISITS = 5
OWN_LIMIT = 60  # KB
_FIGURES = """() => {
  const all = performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"));
  const own = all.filter(({ name }) => !/[/](assets|theme|config|gradio_api)/.test(new URL(name).pathname));
  const sum = (entries) => entries.reduce((sent, { encodedBodySize }) => sent + encodedBodySize, 0) / 1024;
  const seen = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  return { own: sum(own), sent: sum(all), requests: all.length, seen: seen / 1000 };
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: KB of our own and of everything as they are sent, requests, seconds until something is seen, usable and complete."""

    own: float
    sent: float
    requests: int
    seen: float
    usable: float
    complete: float


def visit(page: "Page", url: str) -> Visit:
    """Open the page."""
    page.add_init_script(
        "window.reached = {}; new MutationObserver(() => document.body?.classList.forEach((name) => reached[name] ??= performance.now()))"
        ".observe(document, { subtree: true, childList: true, attributes: true })"
    )
    page.goto(url)
    page.wait_for_selector("body.drawn")
    reached = page.evaluate("reached")
    page.wait_for_load_state("networkidle")
    return Visit(usable=reached["ready"] / 1000, complete=reached["drawn"] / 1000, **page.evaluate(_FIGURES))


def measure(browser: "Browser", url: str) -> dict[str, list[Visit]]:
    """Visits without a cache, and the same once more with one."""
    found: dict[str, list[Visit]] = {"first visit": [], "again": []}
    for _ in range(VISITS):
        context = browser.new_context()
        for visits in found.values():
            page = context.new_page()
            visits.append(visit(page, url))
            page.close()
        context.close()
    return found


def main() -> None:
    """Print the table; exit 1 if our own part is too large."""
    parser = parser_for("page", __doc__)
    parser.add_argument("url", metavar="URL", help="of a running kenes chat")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        found = measure(browser, arguments.url)
        browser.close()
    table = Table(
        machine(), "own part, KB sent", "all, KB sent", "requests", "something seen, s", "usable, s", "complete, s"
    )
    for name, visits in found.items():
        columns = zip(*(asdict(each).values() for each in visits), strict=True)
        own, sent, requests, seen, usable, complete = map(statistics.median, columns)
        table.add(
            name, f"{own:.1f}", f"{sent:.0f}", f"{requests:.0f}", f"{seen:.2f}", f"{usable:.2f}", f"{complete:.2f}"
        )
    write_figures(arguments, table.markdown(), {name: [asdict(each) for each in row] for name, row in found.items()})
    if max(each.own for each in found["first visit"]) > OWN_LIMIT:
        sys.exit(1)


if __name__ == "__main__":
    run_main("page", main)
