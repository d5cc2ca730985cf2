"""Outages in a real browser: the server is killed, also while a question is asked, or hangs, and comes back."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from tests.browsing import ASKED, LOCALES, Visit
from tests.conftest import PATIENCE, ROOT, chatting
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")

OUTAGES = 4
TOLD = 2_000  # milliseconds until a person is told that the server is away


def started(index: Path, port: str, errors: IO[str]) -> tuple["subprocess.Popen[str]", str]:
    """A server, and its address."""
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", port, "--index", str(index)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert server.stdout is not None
    line = server.stdout.readline()
    assert line.startswith("Kenes is at http"), line
    return server, line.split()[3]


def test_questions_outlive_a_server_that_is_killed_while_they_are_asked(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale=LOCALES["kk"], viewport={"width": 1280, "height": 800})
    with (tmp_path / "errors.txt").open("w+") as errors:
        server, address = started(seeds_folder, "0", errors)
        try:
            visited = Visit(context.new_page(), address)
            page = visited.page
            for outage in range(OUTAGES):
                before = page.locator(".turn").count()
                if outage % 2:  # the answer is on its way; else the server is gone before the question is there
                    with page.expect_request("**/page/ask"):
                        page.fill("#question textarea", ASKED["kk"])
                        page.keyboard.press("Enter")
                    server.kill()
                else:
                    server.kill()
                    server.wait()
                    page.fill("#question textarea", ASKED["kk"])
                    page.keyboard.press("Enter")
                turn = page.locator(".turn").nth(before)
                page.wait_for_function(
                    "([at, told]) => document.querySelectorAll('.turn')[at]?.matches('.answered') ||"
                    " document.querySelectorAll('.turn')[at]?.textContent.includes(told)",
                    arg=[before, say("kk", "no_reply")],
                    timeout=TOLD,
                )
                server.wait(timeout=PATIENCE)
                assert server.stdout is not None
                server.stdout.close()
                server, _ = started(seeds_folder, address.rsplit(":", 1)[1], errors)
                page.wait_for_function(
                    "at => document.querySelectorAll('.turn.answered').length === at", arg=before + 1
                )
                assert turn.locator(".sentence").count() >= 1
            assert page.locator(".turn").count() == OUTAGES
            page.reload()
            page.wait_for_selector("body.drawn")
            assert page.locator(".turn.answered").count() == OUTAGES
            context.close()
            assert [fault for fault in visited.faults if "net::ERR_" not in fault] == []
        finally:
            server.kill()
            server.wait()
            if server.stdout is not None:
                server.stdout.close()
        errors.seek(0)
        assert "Traceback" not in errors.read()


def test_an_outage_is_told_at_once_and_the_page_recovers_by_itself(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 800})
    with chatting(seeds_folder, tmp_path) as address:
        visited = Visit(context.new_page(), address)
        page = visited.page
        for found in (".example", ".themes:not([data-due])"):  # what is still looked for would be cut off, too
            page.locator(f"#first {found}").first.wait_for(state="attached")
        visited.ask(ASKED["ru"])
    page.fill("#question textarea", "Сколько обращений поступило?")
    page.keyboard.press("Enter")
    lost = page.locator(".turn.failed")
    lost.wait_for(timeout=2000)
    assert say("ru", "no_reply") in lost.inner_text()
    assert lost.locator("[data-again]").inner_text() == say("ru", "again")
    assert page.input_value("#question textarea") == "Сколько обращений поступило?"
    assert lost.locator(".waiting").count() == 0  # nothing pulses any more
    assert lost.evaluate("each => each.getAnimations({ subtree: true }).length") == 0
    page.wait_for_timeout(3_000)  # in which Gradio notices it, too
    assert "Connection" not in page.inner_text("body")
    assert not page.locator(".toast-wrap").is_visible()
    visited.shoot("6-outage")
    page.click("#language input[value=kk]")  # needs no server
    assert say("kk", "no_reply") in lost.inner_text()
    lost.locator("[data-again]").click()
    lost.wait_for(timeout=2000)
    with chatting(seeds_folder, tmp_path, "--port", address.rsplit(":", 1)[1]):
        page.locator(".turn:not(.pending):not(.failed)").nth(1).wait_for()
        assert page.locator(".turn.failed").count() == 0
        assert page.input_value("#question textarea") == ""
        assert visited.ask(ASKED["en"]).locator(".sentence").count() == 1
        assert page.locator(".turn").count() == 3
        context.close()
    assert {fault for fault in visited.faults if "net::ERR_" not in fault} == set()


def test_a_server_that_hangs_is_told_within_two_seconds_and_its_late_answer_arrives(
    browser: "Browser", seeds_folder: Path, tmp_path: Path
) -> None:
    context = browser.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 800})
    with chatting(seeds_folder, tmp_path) as address:
        visited = Visit(context.new_page(), address)
        server = int(
            subprocess.run(["pgrep", "-f", f"tests.offline {tmp_path}"], capture_output=True, text=True).stdout
        )
        os.kill(server, signal.SIGSTOP)
        try:
            visited.page.fill("#question textarea", ASKED["kk"])
            visited.page.keyboard.press("Enter")
            visited.page.locator(f".turn.pending:has-text('{say('kk', 'no_reply')}')").wait_for(timeout=2000)
        finally:
            os.kill(server, signal.SIGCONT)
        visited.page.locator(".turn.answered").wait_for()
        context.close()
