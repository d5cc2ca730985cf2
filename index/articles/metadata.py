"""Metadata as it stands in a file, checked: title, date, source, address, language."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from index.analysis.languages import language_of
from index.analysis.unicode import one_line
from index.articles.source_file import SourceFile
from index.errors import InputError
from index.types import Article, Note

READER_VERSION = "1"  # part of every digest: articles are read anew when reading changes
_FIELDS = ("title", "date", "source", "url", "lang")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def article(
    file: SourceFile,
    text: str,
    fields: Mapping[str, Any],
    *,
    raw: bytes | None = None,
    origin: str | None = None,
    id: str | None = None,
    line: int | None = None,
    notes: tuple[Note, ...] = (),
) -> Article:
    """Make an article of plain text and of the metadata as it stands in the file.

    Args:
        file: the file it comes from.
        text: its text without markup.
        fields: "title", "date", "source", "url", "lang", as they are written; others are passed over.
        raw: its bytes, which tell whether it has changed; otherwise text and fields do.
        origin: its own name, where a file has many articles.
        id: the id that the file gives it.
        line: where it starts in the file, counted from 1.
        notes: what the reader left out or guessed.

    Raises:
        InputError: a field cannot be read.
    """
    values = {name: _field(fields, name) for name in _FIELDS}
    content = raw if raw is not None else f"{values}\n{text}".encode("utf-8", "surrogatepass")
    return Article(
        file=str(file.path),
        origin=origin or file.origin,
        digest=hashlib.sha256(READER_VERSION.encode() + content).hexdigest(),
        text=text,
        id=id,
        title=values["title"],
        published=iso_date(values["date"]) if values["date"] else None,
        source=values["source"],
        url=values["url"],
        language=language_of(values["lang"]) if values["lang"] else None,
        line=line,
        notes=notes,
    )


def _field(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise InputError(f'its "{name}" is no text')
    return one_line(str(value)) or None


def iso_date(value: str) -> str:
    """Check a date: `2026`, `2026-01`, `2026-01-19` or with a time; the time is dropped.

    Raises:
        InputError: it is written another way, which could be read two ways.
    """
    if _PARTIAL_DATE.fullmatch(value):
        return value
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        raise InputError(f'its date "{value[:40]}" is not written like 2026-01-19') from None
