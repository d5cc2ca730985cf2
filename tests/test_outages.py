"""Ten outages in a real browser: the server is killed while a question is asked, and comes back."""

import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT
from tests.test_chat import ASKED, LOCALES, Visit
from ui.html.texts import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright")

OUTAGES = 10
TOLD = 2_000  # milliseconds until a person is told that the server is away


def started(index: Path, port: str, errors: IO[str]) -> tuple["subprocess.Popen[str]", str]:
    """A server, and its address."""
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", port, "--index", str(index)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert server.stdout is not None
    line = server.stdout.readline()
    assert line.startswith("Kenes is at http"), line
    return server, line.split()[3]


def test_ten_questions_outlive_a_server_that_is_killed_while_they_are_asked(
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
            page.wait_for_selector("body.ready")
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
