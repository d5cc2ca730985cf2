"""`kenes chat`: what it refuses before anything is loaded, and whom it lets in."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import PATIENCE, ROOT, Kenes, chatting
from tests.test_cli import complaint

pytestmark = pytest.mark.slow


def test_other_machines_are_let_in_only_on_purpose(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    said = complaint(kenes("chat", "--host", "0.0.0.0", "--index", seeds_folder), 2)
    assert "--auth FILE" in said
    assert "--public" in said
    assert "everybody who comes could add files" in complaint(kenes("chat", "--public", "--accept", tmp_path / "in"), 2)
    assert not (tmp_path / "in").exists()
    assert "no address in figures" in complaint(kenes("chat", "--host", "news.example", "--public"), 2)
    assert "cannot be read" in complaint(kenes("chat", "--auth", tmp_path / "nowhere"), 2)
    assert "no index in" in complaint(kenes("chat", "--port", "0", "--index", tmp_path / "nowhere"), 3)


def test_a_taken_port_is_named(kenes: Kenes, chat: str) -> None:
    assert "cannot be used" in complaint(kenes("chat", "--port", chat.rsplit(":", 1)[1]), 2)


def test_passwords_names_and_nothing_kept(seeds_folder: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    people.write_text("aizhan:құпия\n", "utf-8")
    people.chmod(0o600)
    before = sorted(seeds_folder.rglob("*"))
    options = ("--host", "0.0.0.0", "--name", "news.example", "--auth", str(people))
    with chatting(seeds_folder, tmp_path, *options) as address:
        address = address.replace("0.0.0.0", "127.0.0.1")
        for path in ("/", "/config", "/api/openapi.json", "/page/page.js"):
            assert httpx.get(address + path).status_code == 401
        auth = httpx.BasicAuth(b"aizhan", "құпия".encode())
        assert httpx.get(address, auth=auth, headers={"host": "news.example"}).status_code == 200
        assert httpx.get(address, auth=auth, headers={"host": "evil.example"}).status_code == 421
        question = json.dumps({"question": "Who keeps this secret question?"})
        assert httpx.post(f"{address}/api/ask", auth=auth, content=question, timeout=PATIENCE).status_code == 200
        assert httpx.post(f"{address}/page/vote", auth=auth, content="{}").status_code == 404
    assert sorted(seeds_folder.rglob("*")) == before
    assert "secret" not in (tmp_path / "stderr.txt").read_text("utf-8")


def test_ctrl_c_stops_it_without_a_traceback(seeds_folder: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", "0", "--index", str(seeds_folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Kenes is at http://127.0.0.1:")
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=PATIENCE)
    assert errors == "Loading the model and the page …\n"
    assert server.returncode == 0


@pytest.mark.parametrize("option", ["--host", "--port", "--auth", "--public", "--name", "--feedback", "--accept"])
def test_help_names_every_option(kenes: Kenes, option: str) -> None:
    assert option in kenes("chat", "--help", COLUMNS="120").stdout
