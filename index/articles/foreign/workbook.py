"""Excel files: .xlsx, .xlsm. As tables are read, each sheet is one; a formula counts for what it last came to."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from index.articles.markup.records_of_tables import table_articles
from index.articles.markup.zipped import open_zip
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle

_UNPACKED_LIMIT = 500_000_000  # bytes
_ROWS_LIMIT = 1_048_576  # what Excel allows


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read every sheet that is shown."""
    from openpyxl import load_workbook

    raw = file.read(FILE_LIMIT)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableArticle(
            "encrypted", "encrypted with a password, or an old .xls file; save it as .xlsx without one"
        )
    with open_zip(raw) as archive:
        if (size := sum(info.file_size for info in archive.infolist())) > _UNPACKED_LIMIT:
            raise UnreadableArticle("oversized", f"too large when unpacked: {size / 1e6:,.0f} MB")
    workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            sheet.reset_dimensions()  # some programs write wrong ones
            name = sheet.title if len(sheets) > 1 else ""
            yield from table_articles(file, _rows(sheet), sheet=name)
    finally:
        workbook.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _ROWS_LIMIT:
            return
        yield number, [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A cell as a person reads it: 5 for 5.0, 5.2% for 0.052, a day without its midnight."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        is_share = "%" in (cell.number_format or "")
        return f"{value * 100:.10g}%" if is_share else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


READERS = {".xlsx": read, ".xlsm": read}
