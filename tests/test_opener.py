"""`kenes open`: where a document came from, and what is done with it."""

import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer

from index import Document, InputError
from tests.conftest import SEEDS, Kenes
from tests.test_cli import complaint
from ui.cli import opener

DOCUMENT = Document("a", "Title", "One. Two.", None, None, None, "en", "0" * 64)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was started instead of programs, on a Linux with a display."""
    calls: list[Any] = []

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(typer, "launch", lambda file: calls.append(file) or 0)
    monkeypatch.setattr(webbrowser, "open", lambda url: calls.append(url) or True)
    monkeypatch.setenv("DISPLAY", ":0")
    return calls


def test_a_file_is_given_to_the_systems_program(started: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("One. Two.", "utf-8")
    assert opener.open_source(replace(DOCUMENT, path=str(file)), 0)
    assert started == [str(file.resolve())]


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (4, 1), (5, 2)])
def test_a_pdf_opens_in_the_browser_at_the_page(started: list[Any], tmp_path: Path, offset: int, page: int) -> None:
    file = tmp_path / "a b.pdf"
    file.touch()
    assert opener.open_source(replace(DOCUMENT, path=str(file), pages=(5,)), offset)
    assert started == [f"{file.resolve().as_uri()}#page={page}"]
    assert "a%20b.pdf" in started[0]


def test_of_a_member_of_an_archive_the_archive_is_opened(started: list[Any], tmp_path: Path) -> None:
    archive = tmp_path / "news.zip"
    archive.touch()
    assert opener.open_source(replace(DOCUMENT, path=f"{archive}/2024/a.html"), 0)
    assert started == [str(archive.resolve())]


def test_without_a_display_nothing_is_started(
    started: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (tmp_path / "a.txt").touch()
    assert not opener.open_source(replace(DOCUMENT, path=str(tmp_path / "a.txt")), 0)
    assert started == []


@pytest.mark.parametrize("path", ["", "/nowhere/a.txt"])
def test_a_source_that_is_gone_is_named_with_the_command_that_shows_the_text(path: str) -> None:
    with pytest.raises(InputError, match="kenes show a prints the text") as gone:
        opener.open_source(replace(DOCUMENT, path=path), 0)
    assert (path or "it has no file") in gone.value.what


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"path": "a.txt"}, "a.txt"),
        ({"path": "a.jsonl", "line": 7}, "a.jsonl, line 7"),
        ({"path": "a.pdf", "pages": (5,)}, "a.pdf, page 2"),
    ],
)
def test_a_place_names_the_page_or_the_line(more: dict[str, Any], place: str) -> None:
    assert opener.place_of(replace(DOCUMENT, **more), 6) == place


def test_the_commands_name_the_file(kenes: Kenes, tmp_path: Path) -> None:
    rows = tmp_path / "more.jsonl"
    rows.write_text('{"id": "x", "text": "Apples are red."}\n{"id": "y", "text": "Plums are blue."}\n', "utf-8")
    index = tmp_path / "index"
    assert kenes("index", rows, SEEDS / "scope-of-laws.en.md", "--index", index).returncode == 0
    assert f"{rows}, line 2\n" in kenes("show", "y", "--index", index).stdout
    no_display = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    assert kenes("open", "y", "--index", index, **no_display).stdout == f"{rows}, line 2\n"
    rows.rename(tmp_path / "elsewhere.jsonl")
    assert "is not there" in complaint(kenes("open", "y", "--index", index, **no_display), 2)
    assert "no document" in complaint(kenes("open", "z", "--index", index, **no_display), 2)
