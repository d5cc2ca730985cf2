"""Where a document comes from, as a terminal shows it: its file, page and line, to be opened by a click."""

from pathlib import Path

from rich.style import Style
from rich.text import Text

from index.analysis.unicode import printable
from ui.html.article import is_web
from ui.html.texts import say


def place(path: str, page: int | None, row: int | None, language: str = "en") -> Text:
    """The file, linked, and where in it, in a language.

    >>> place("/press/report.pdf", 3, None).plain, place("/press/wire.jsonl", None, 12).plain
    ('/press/report.pdf, page 3', '/press/wire.jsonl, line 12')
    """
    where = "" if page is None else f", {say(language, 'on_page', page=page)}"
    where += "" if row is None else f", {say(language, 'on_line', line=row)}"
    return Text.assemble(linked(shown_path(path), path), where, style="dim")


def shown_path(path: str) -> str:
    """A path, without the current folder if it lies in that.

    >>> shown_path(str(Path.cwd() / "articles" / "a.md")), shown_path("/elsewhere/a.md")
    ('articles/a.md', '/elsewhere/a.md')
    """
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def linked(text: str, target: str) -> Text:
    """A text that a terminal opens by a click (OSC 8): a web page, or a file, that of an archive for its members.

    A path that leads to no file is not linked.
    """
    address = target if is_web(target) else _file_address(target)
    return Text(printable(text), style=Style(link=address) if address else "")


def _file_address(path: str) -> str | None:
    for file in (Path(path), *Path(path).parents):
        if file.is_file():
            return file.absolute().as_uri()
    return None
