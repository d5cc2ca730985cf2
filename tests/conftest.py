"""Shared fixtures: a fake index for the fast tests, one real index of the seeds for the end-to-end ones."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import build, load_embedder
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"

PATIENCE = 600  # seconds until something is taken for hung, however busy or slow the machine
CONFIDENCE_MOVES = 0.1  # at most, from one kind of processor to another; between those with AVX2 or more it does not

# A shell's job in the background is started with SIGINT ignored, and would pass that on to every process started here.
signal.signal(signal.SIGINT, signal.default_int_handler)

Kenes = Callable[..., subprocess.CompletedProcess[str]]


SLOW_FIXTURES = {
    "seeds_folder",
    "kenes",
    "chat",
    "browser",
    "postgres",
}  # the real model, processes, a browser, a server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a slow fixture as slow."""
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three small articles in a folder."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "apples.txt").write_text("About apples\n\nApples are red. Ten apples fell from the tree.", "utf-8")
    (folder / "pears.md").write_text("---\ntitle: Pears\ndate: 2026-01-19\n---\nPears are *green*.", "utf-8")
    (folder / "more.jsonl").write_text('{"id": "plums", "text": "Plums are blue and sweet."}\n', "utf-8")
    return folder


@pytest.fixture
def index_folder(tmp_path: Path, articles: Path, embedder: FakeEmbedder) -> Path:
    """An index of those articles made with the fake embedder."""
    folder = tmp_path / "index"
    build([articles], folder, embedder)
    return folder


@pytest.fixture(scope="session")
def seeds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the seeds made with the real model."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    build([SEEDS], folder, load_embedder())
    return folder


@pytest.fixture
def kenes(tmp_path: Path) -> Kenes:
    """Run the real command in a process of its own, with a home of its own."""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "NO_COLOR": "1"}
    environment.pop("KENES_INDEX", None)

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ui.cli", *map(str, arguments)],
            cwd=ROOT,
            env={**environment, **more},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    return run


@contextmanager
def chatting(index: Path, tmp_path: Path, *options: str) -> Iterator[str]:
    """The chat page's server in a process that can reach nothing but loopback; yields its address.

    What it tried to reach besides, names included, fails the test that started it.
    """
    tried = tmp_path / "tried.txt"
    command = [
        sys.executable,
        "-m",
        "tests.offline",
        str(tried),
        "chat",
        "--port",
        "0",
        "--index",
        str(index),
        *options,
    ]
    with (tmp_path / "stderr.txt").open("w+") as stderr:
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True)
        assert server.stdout is not None
        try:
            line = server.stdout.readline()
            stderr.seek(0)
            assert line.startswith("Kenes is at http"), stderr.read()
            yield line.split()[3]
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=PATIENCE)
            server.stdout.close()
        stderr.seek(0)
        assert "Traceback" not in (printed := stderr.read()), printed
    assert not tried.exists(), tried.read_text("utf-8")


@pytest.fixture(scope="session")
def chat(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat page over the seeds that keeps votes in `votes.jsonl` beside the index."""
    votes = seeds_folder.parent / "votes.jsonl"
    with chatting(seeds_folder, tmp_path_factory.mktemp("chat"), "--feedback", str(votes)) as address:
        yield address


@pytest.fixture(scope="module")  # an event loop runs in this thread until it is closed
def browser() -> "Iterator[Browser]":
    """Debian's chromium; where there is none, the tests of the page are skipped, except in CI."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium\nfix: apt-get install chromium")
        pytest.skip("no chromium; apt-get install chromium")
    # as root it has no sandbox; and it must look up no names
    switches = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=switches)
        yield launched
        launched.close()
