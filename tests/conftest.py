"""Shared fixtures: a fake index for the fast tests, one real index of the seeds for the end-to-end ones."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import build, load_embedder
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"

Kenes = Callable[..., subprocess.CompletedProcess[str]]


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
            timeout=120,
        )

    return run
