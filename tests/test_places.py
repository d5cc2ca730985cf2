"""Where a document comes from: its file, page and line, and links that a terminal opens."""

from pathlib import Path

import pytest
from rich.style import Style

from index import Document
from rag import Citation
from ui.cli.places import linked, place


def link_of(text: object) -> str | None:
    style = getattr(text, "style")  # noqa: B009
    return style.link if isinstance(style, Style) else None


def test_a_file_is_linked_and_a_member_of_an_archive_to_the_archive(tmp_path: Path) -> None:
    (tmp_path / "новости 1.zip").write_bytes(b"")
    address = (tmp_path / "новости 1.zip").as_uri()
    assert link_of(linked("News", str(tmp_path / "новости 1.zip"))) == address
    assert link_of(linked("News", str(tmp_path / "новости 1.zip" / "2024" / "a.html"))) == address
    assert link_of(linked("News", str(tmp_path / "gone.txt"))) is None


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "", "http://["])
def test_nothing_else_is_linked(target: str) -> None:
    assert link_of(linked("News", target)) is None
    assert link_of(linked("News", "https://news.example/1")) == "https://news.example/1"


def test_terminal_codes_in_a_title_or_a_path_are_no_codes() -> None:
    assert "\x1b" not in linked("\x1b]8;;https://evil.example\x07News", "").plain
    assert "\x1b" not in place("/a/\x1b[31mred.txt", None, None).plain


def test_a_citation_names_file_page_and_line() -> None:
    document = Document("d", "T", "One. Two.", None, None, None, "en", "0" * 64, "/press/a.pdf", None, (5,))
    first, second = Citation.of(1, document, 0, 4), Citation.of(2, document, 5, 9)
    assert (first.path, first.page, second.page, first.line) == ("/press/a.pdf", 1, 2, None)
    wire = Citation.of(1, Document("d", "T", "One.", None, None, None, "en", "0" * 64, "/w.jsonl", 12), 0, 4)
    assert (wire.path, wire.page, wire.line) == ("/w.jsonl", None, 12)
