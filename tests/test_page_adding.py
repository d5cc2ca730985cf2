"""Bringing one's own articles on the page, in a real browser: chosen, dropped or by address; seen, asked, taken away."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import made_answers, web_server
from tests.accessibility import violations
from tests.browsing import Visit
from tests.conftest import chatting
from tests.test_page_verdict import Open, visit
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright")
pytestmark = pytest.mark.slow

__all__ = ["visit"]  # the fixture

DROP = """([files, address]) => {
    const brought = new DataTransfer();
    for (const [name, content] of files) brought.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt())], name));
    if (address) brought.setData("text/uri-list", address);
    for (const kind of ["dragenter", "dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: brought, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("page")
    with made_answers.serving(folder, accept=folder / "added") as address:
        yield address


def drop(page: "Page", files: dict[str, bytes], address: str = "") -> None:
    page.evaluate(DROP, [[(name, base64.b64encode(content).decode()) for name, content in files.items()], address])


def told(page: "Page", name: str) -> Any:
    """What is said of a file, once it is known what became of it."""
    line = page.locator(".jobs li.done, .jobs li.refused").filter(has=page.get_by_text(name, exact=True))
    line.wait_for()
    return line


def remove(page: "Page", name: str, language: str = "en") -> None:
    button = page.locator(f".added [data-remove='{name}']")
    button.click()
    assert button.inner_text() == say(language, "take_away_sure")
    button.click()
    button.wait_for(state="detached")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_files_are_chosen_seen_on_the_shelf_and_taken_away(visit: Open, tmp_path: Path, language: str) -> None:
    visited = visit(language)
    page = visited.page
    page.wait_for_selector("#evidence .shelf li")
    file = tmp_path / f"Мост {language}.txt"
    file.write_text("The bridge\n\nThe bridge cost nine million tenge.", "utf-8")
    page.click(".adding summary")
    page.set_input_files(".adding input[type=file]", file)
    assert say(language, "add_done", count=1) in told(page, file.name).inner_text()
    assert file.name in page.inner_text(".aloud")
    page.wait_for_function("document.querySelector('.shelf .list').textContent.includes('The bridge')")
    page.locator(".added .link").click()
    page.wait_for_selector("#evidence .text:has-text('nine million')")
    page.click("#evidence .close")
    visited.shoot(f"adding-{language}")
    remove(page, file.name, language)
    page.wait_for_function("!document.querySelector('.shelf .list').textContent.includes('The bridge')")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_dropped_anywhere_is_added_and_refusals_are_named(visit: Open, width: int) -> None:
    visited = visit("ru", width)
    page = visited.page
    files = {"apples.txt": b"Apples are red.", "<img src=x onerror=alert(1)>.md": b"Plums are blue.", "a.exe": b"MZ"}
    drop(page, {**files, "no.pdf": b"this is no pdf"})
    assert say("ru", "add_done", count=1) in told(page, "apples.txt").inner_text()
    assert say("ru", "add_done", count=1) in told(page, "<img src=x onerror=alert(1)>.md").inner_text()
    assert say("ru", "add_kind", kinds="") in told(page, "a.exe").inner_text()
    refused = told(page, "no.pdf")
    assert say("ru", "add_damaged") in refused.inner_text()
    assert refused.locator("[lang=en]").count() == 0
    page.evaluate("document.querySelector('#language input[value=kk]').click()")
    page.wait_for_selector(f"text={say('kk', 'add_damaged')}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visited.shoot(f"adding-refused-{width}")
    for _ in files | {"no.pdf": b""}:
        page.locator(".jobs button").first.click()
    assert page.locator(".jobs li").count() == 0
    for name in ("apples.txt", "_img src=x onerror=alert(1)_.md"):
        remove(page, name, "kk")
    visited.faults = [fault for fault in visited.faults if "status of 415" not in fault]  # the browser's line


def test_the_sources_to_choose_from_follow_what_is_added(visit: Open) -> None:
    visited = visit()
    page = visited.page
    page.wait_for_selector("#evidence .shelf li")
    page.click("#filters button")
    names = page.locator("#sources label:has(input)")
    names.first.wait_for()
    before = names.all_inner_texts()
    page.check("#sources input >> nth=0")
    row = {"title": "Pears", "text": "Pears are green.", "source": "Orchard & <b>Post</b>"}
    drop(page, {"pears.jsonl": json.dumps(row).encode()})
    told(page, "pears.jsonl")
    names.filter(has_text="Orchard & <b>Post</b>").wait_for()
    assert sorted(names.all_inner_texts()) == sorted([*before, "Orchard & <b>Post</b>"])
    assert page.locator("#chosen .chosen").all_inner_texts() == [f"{before[0]} ×"]  # what was chosen still is
    assert page.locator("#sources input:checked").count() == 1
    remove(page, "pears.jsonl")
    names.filter(has_text="Orchard").wait_for(state="detached")
    assert names.all_inner_texts() == before


def test_an_address_is_typed_or_dropped(visit: Open) -> None:
    visited = visit()
    page = visited.page
    with web_server.serving() as web:
        typed = web.page("/dam", "The dam", "The dam of Karasu held through the night. " * 9)
        dropped = web.page("/road", "The road", "The road to Karasu is closed until Friday. " * 9)
        page.click(".adding summary")
        page.fill("#address", typed)
        page.keyboard.press("Enter")
        assert say("en", "add_done", count=1) in told(page, typed).inner_text()
        drop(page, {}, dropped)
        assert say("en", "add_done", count=1) in told(page, dropped).inner_text()
    page.fill("#address", "karasu")
    page.click(".adding form button")
    assert say("en", "add_address") in told(page, "karasu").inner_text()
    page.locator(".added [data-remove]").first.wait_for()
    for name in page.locator(".added .name").all_inner_texts():
        remove(page, name)
    visited.faults = [fault for fault in visited.faults if "status of 400" not in fault]  # the browser's line


def test_a_server_that_is_gone_is_told(visit: Open) -> None:
    visited = visit()
    page = visited.page
    page.wait_for_selector("#evidence .adding")
    page.context.set_offline(True)
    drop(page, {"apples.txt": b"Apples are red."})
    assert say("en", "add_no_reply") in told(page, "apples.txt").inner_text()
    visited.faults = [fault for fault in visited.faults if "ERR_INTERNET" not in fault]


def test_what_was_added_answers_within_seconds_with_the_real_model(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    import shutil

    index = shutil.copytree(seeds_folder, tmp_path / "index")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with chatting(index, tmp_path, "--accept", str(tmp_path / "added")) as address:
        visited = Visit(context.new_page(), address)
        text = "The ferry to Aral\n\nThe new ferry to Aral was built by Marat Ospanov. It cost 77 million tenge."
        drop(visited.page, {"ferry.txt": text.encode()})
        told(visited.page, "ferry.txt")
        with visited.page.expect_response("**/page/after"):  # what may be asked next, looked for in the article
            turn = visited.ask("How much did the ferry to Aral cost?")
        assert "77 million" in turn.locator(".sentence mark").first.inner_text()
        visited.page.wait_for_selector("#evidence mark")  # the article opens by itself
        visited.page.click("#evidence .close")
        remove(visited.page, "ferry.txt")
        context.close()
    assert visited.faults == []
