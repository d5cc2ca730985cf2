"""Opens the file that a document came from, with the system's own program; a PDF in the browser, at the page."""

import os
import sys
import webbrowser
from pathlib import Path

import typer

from index import Document, InputError
from index.types import page_of
from ui.cli.places import place


def place_of(document: Document, offset: int) -> str:
    """Where a character stands, for a person: the file, and the page or the line if there are any.

    >>> place_of(Document("a", "Title", "One. Two.", None, None, None, "en", "…", path="a.pdf", pages=(5,)), 6)
    'a.pdf, page 2'
    """
    return place(document.path, page_of(document, offset), document.line).plain


def source_file(document: Document) -> Path:
    """The file of a document on this machine; of a member of an archive, the archive.

    Raises:
        InputError: it is not there.
    """
    if document.path:
        path = Path(document.path)
        for candidate in (path, *path.parents):
            if candidate.is_file():
                return candidate.resolve()
    raise InputError(
        f"the source of document {document.id} is not there: {document.path or 'it has no file'}",
        f"kenes show {document.id} prints the text as it was indexed",
    )


def open_source(document: Document, offset: int) -> bool:
    """Open the source of a document; false if this machine has no display, or nothing to open files with.

    Args:
        document: from the index.
        offset: a character of its text; a PDF is opened at its page.

    Raises:
        InputError: the file is not there.
    """
    file = source_file(document)
    if not has_display():
        return False
    page = page_of(document, offset)
    if file.suffix.lower() == ".pdf" and page:
        return webbrowser.open(f"{file.as_uri()}#page={page}")
    return typer.launch(str(file)) == 0


def has_display() -> bool:
    """Whether a window can be shown: on Linux and the like, if there is an X or Wayland display."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
