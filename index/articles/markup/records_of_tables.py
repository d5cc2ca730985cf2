"""Tables to articles: one a row where a column holds texts, else one of the whole table, a line a row."""

from collections.abc import Iterator, Sequence
from itertools import chain

from index.articles.markup.tables import sheet_lines
from index.articles.metadata.article import article
from index.articles.metadata.records import article_of, has_text
from index.articles.source_file import SourceFile
from index.errors import InputError, fault_of
from index.types import Article, BadArticle, Note

_PART = 1_000_000  # characters: a longer table becomes several articles


def table_articles(
    file: SourceFile, rows: Iterator[tuple[int, list[str]]], *, sheet: str = "", notes: tuple[Note, ...] = ()
) -> Iterator[Article | BadArticle]:
    """Make articles of a table.

    Args:
        file: the file that it comes from.
        rows: the number of each row's line, and its cells.
        sheet: the table's own name, where a file has several.
        notes: what its reader has to say.
    """
    filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    first = next(filled, None)
    if first is None:
        return
    names = [cell.strip() for cell in first[1]]
    if has_text(names, file.options):
        yield from _records(file, names, filled, sheet, notes)
    else:
        yield from _parts(file, chain([first], filled), sheet, notes)


def _records(
    file: SourceFile, names: list[str], rows: Iterator[tuple[int, list[str]]], sheet: str, notes: tuple[Note, ...]
) -> Iterator[Article | BadArticle]:
    for line, row in rows:
        record = {name: cell for name, cell in zip(names, row, strict=False) if name}
        try:
            yield article_of(file, record, line=line, notes=notes)
        except InputError as error:
            place = f"{sheet} row" if sheet else "line"
            yield BadArticle(str(file.path), f"{file.origin} {place} {line}", str(error), fault_of(error))


def _parts(
    file: SourceFile, rows: Iterator[tuple[int, list[str]]], sheet: str, notes: tuple[Note, ...]
) -> Iterator[Article]:
    """The table as lines, in articles of about a million characters."""
    part: list[Sequence[str]] = []
    size, start, names = 0, 1, None
    for line, row in rows:
        if names is None:
            names, start = row, line
        part.append(row)
        size += sum(map(len, row))
        if size > _PART:
            yield _part(file, part, sheet, start, notes)
            part, size, start = [names], 0, line + 1
    if len(part) > 1 or size:
        yield _part(file, part, sheet, start, notes)


def _part(file: SourceFile, rows: list[Sequence[str]], sheet: str, line: int, notes: tuple[Note, ...]) -> Article:
    origin = f"{file.origin} {sheet}" if sheet else file.origin
    fields = {"title": f"{file.stem}: {sheet}" if sheet else file.stem}
    text = "\n".join(sheet_lines(rows))
    return article(file, text, fields, origin=origin if line == 1 else f"{origin} line {line}", line=line, notes=notes)
