"""Metadata as it stands in a file, checked: title, date, source, address, language."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.analysis.languages import language_of
from index.articles.boilerplate import without_boilerplate
from index.articles.metadata.beside import fields_beside
from index.articles.metadata.fields import Fields, read_fields
from index.articles.metadata.headline import date_on_top, split_headline
from index.articles.metadata.month_day import day_on_top
from index.articles.metadata.title_date import announces, date_in_title
from index.articles.source_file import SourceFile
from index.types import Article, Note

_DRAFTS = "_drafts"  # Jekyll's folder for them
READER_VERSION = "8"  # part of every digest: articles are read anew when reading changes


def article(
    file: SourceFile,
    text: str,
    fields: Mapping[str, Any],
    *,
    raw: bytes | None = None,
    origin: str | None = None,
    id: str | None = None,
    line: int | None = None,
    title: str | None = None,
    is_paper: bool = False,
    notes: tuple[Note, ...] = (),
) -> Article:
    """Make an article of plain text and of the metadata as it stands in the file.

    Args:
        file: the file it comes from.
        text: its text without markup.
        fields: names and values as they stand in the file, see `read_fields`.
        raw: its bytes, which tell whether it has changed; otherwise text and fields do.
        origin: its own name, where a file has many articles.
        id: the id that the file gives it.
        line: where it starts in the file, counted from 1.
        title: what it is called if its fields do not say.
        is_paper: whether a date alone on one of its first lines is its own, as in letters and minutes; on a page of the web it is that of
            an event as well.
        notes: what the reader left out or guessed.
    """
    read = read_fields(fields, file.stem if line is None else "")
    content = raw if raw is not None else f"{read}\n{text}".encode("utf-8", "surrogatepass")
    is_whole_file = origin is None and line is None and file.data is None
    if is_whole_file and (beside := fields_beside(file.path)):
        read = _below(beside, read)
        content += f"\n{beside}".encode("utf-8", "surrogatepass")
    text, left_out = without_boilerplate(text)
    return Article(
        file=str(file.path),
        origin=origin or file.origin,
        digest=hashlib.sha256(READER_VERSION.encode() + content).hexdigest(),
        text=text,
        id=id,
        title=read.title or title,
        published=read.published
        or _own_date(read.title or title, text, is_paper=is_paper)
        or (day_on_top(text, Path(file.origin)) if is_paper else None),
        source=read.source,
        url=read.url,
        language=language_of(read.language) if read.language else None,
        place=read.place,
        line=line,
        notes=notes + read.notes + left_out,
        is_draft=read.is_draft or _DRAFTS in Path(file.origin).parts,
    )


def _own_date(title: str | None, text: str, *, is_paper: bool) -> str | None:
    """The day on one of the first lines of a paper that announces nothing, else that in its title or headline."""
    called = title or split_headline(text.strip())[0] or ""
    on_top = date_on_top(text) if is_paper and not announces(called) else None
    return on_top or date_in_title(called)


def _below(beside: Fields, read: Fields) -> Fields:
    """What stands beside a file, and below that what the file says itself."""
    return Fields(
        beside.title or read.title,
        beside.published or read.published,
        beside.source or read.source,
        beside.url or read.url,
        beside.language or read.language,
        beside.place or read.place,
        beside.is_draft or read.is_draft,
        read.notes + beside.notes,
    )
