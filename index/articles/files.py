"""Reads files, folders and JSON-lines files into articles; what cannot be read is named, and the rest goes on."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index.analysis.detect import detect
from index.analysis.unicode import one_line
from index.articles.cleaning import clean, split_title
from index.errors import InputError
from index.types import Article, BadArticle, Document

SUFFIXES = (".txt", ".md", ".jsonl")
SIZE_LIMIT = 10_000_000  # bytes of one article; a newspaper's longest read has 100,000
READER_VERSION = "1"  # part of every digest: articles are read anew when reading changes
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_MATTER_LIMIT = 20_000
_FIELDS = ("title", "date", "source", "url", "lang")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
TITLE_LIMIT = 300  # characters
_BEGINNING = 80  # of the text, where there is no title


def read_articles(paths: Iterable[Path]) -> Iterator[Article | BadArticle]:
    """Read every article under the paths, in the order given, folders by name.

    A folder is searched for `.txt`, `.md` and `.jsonl`; hidden files and links to folders are passed over.
    """
    for path in paths:
        yield from _read_path(Path(os.path.abspath(path)))


def _read_path(path: Path) -> Iterator[Article | BadArticle]:
    if path.is_dir():
        found = False
        errors: list[OSError] = []
        for file in _files_in(path, errors):
            found = True
            yield from _read_file(file)
        for error in errors:
            yield _bad(Path(error.filename), f"cannot be read: {error.strerror}")
        if not found and not errors:
            yield _bad(path, f"no article in this folder (looked for {', '.join(SUFFIXES)})")
    elif not path.exists():
        yield _bad(path, "no such file or folder")
    elif path.suffix.lower() not in SUFFIXES:
        yield _bad(path, f"not a kind of file that is read ({', '.join(SUFFIXES)})")
    else:
        yield from _read_file(path)


def _files_in(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(parent, name)


def _read_file(path: Path) -> Iterator[Article | BadArticle]:
    try:
        str(path).encode()
        if not path.is_file():
            yield _bad(path, "not a regular file")
        elif path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
        else:
            yield _read_text_file(path)
    except UnicodeEncodeError:
        yield _bad(path, "its name is not UTF-8, rename it")
    except OSError as error:
        yield _bad(path, f"cannot be read: {error.strerror or error}")


def _read_text_file(path: Path) -> Article | BadArticle:
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        return _bad(path, _too_large(size))
    raw = path.read_bytes()
    try:
        text = _decode(raw)
        markdown = path.suffix.lower() == ".md"
        fields, body = _front_matter(text) if markdown else ({}, text)
        return _article(path, str(path), raw, fields, body, markdown=markdown)
    except InputError as error:
        return _bad(path, str(error))


def _read_lines(path: Path) -> Iterator[Article | BadArticle]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(SIZE_LIMIT + 1):
            number += 1
            origin = f"{path} line {number}"
            if len(raw) > SIZE_LIMIT:
                size = len(raw)
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(SIZE_LIMIT)
                    size += len(raw)
                yield BadArticle(str(path), origin, _too_large(size))
            elif raw.strip():
                try:
                    yield _read_line(path, origin, raw)
                except InputError as error:
                    yield BadArticle(str(path), origin, str(error))


def _read_line(path: Path, origin: str, raw: bytes) -> Article:
    try:
        row = json.loads(_decode(raw))
    except (ValueError, RecursionError) as error:
        raise InputError(f"no valid JSON ({error})") from None
    if not isinstance(row, dict):
        raise InputError('not a JSON object such as {"text": "…"}')
    text, id = row.get("text"), row.get("id")
    if not isinstance(text, str):
        raise InputError('no "text" in it, or the text is no string')
    if id is not None and not (isinstance(id, (str, int)) and one_line(str(id))):
        raise InputError('its "id" is neither a string nor a number')
    id = None if id is None else one_line(str(id))
    return _article(path, origin, raw, row, text, id=id)


def _article(
    path: Path,
    origin: str,
    raw: bytes,
    fields: dict[str, Any],
    text: str,
    *,
    id: str | None = None,
    markdown: bool = False,
) -> Article:
    values = {name: _field(fields, name) for name in _FIELDS}
    return Article(
        file=str(path),
        origin=origin,
        digest=hashlib.sha256(READER_VERSION.encode() + raw).hexdigest(),
        text=text,
        id=id,
        title=values["title"],
        published=iso_date(values["date"]) if values["date"] else None,
        source=values["source"],
        url=values["url"],
        language=values["lang"].lower()[:2] if values["lang"] else None,
        markdown=markdown,
    )


def _field(fields: dict[str, Any], name: str) -> str | None:
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


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    import yaml

    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    head = match[1] or ""
    try:
        if len(head) > _FRONT_MATTER_LIMIT:
            raise InputError(f"its front matter is longer than {_FRONT_MATTER_LIMIT:,} characters")
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"its front matter is no valid YAML ({one_line(str(error))}); a value with a colon needs quotation marks"
        ) from None
    if fields is not None and not isinstance(fields, dict):
        raise InputError("its front matter holds no `name: value` lines")
    return fields or {}, text[match.end() :]


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_not_utf8(raw, error.start)) from None


def _not_utf8(raw: bytes, at: int) -> str:
    """Say what bytes look like. A guess is never read as text: a wrong one would be quoted as if it were true."""
    sample = raw[:100_000]
    for encoding, sign in (("utf-16", sample[:2] in (b"\xff\xfe", b"\xfe\xff")), ("windows-1251", _cyrillic(sample))):
        if sign:
            return f"not UTF-8 but, by its looks, {encoding}; convert it: iconv -f {encoding} -t utf-8 FILE > NEWFILE"
    return f"no text: byte {at:,} is not UTF-8"


def _cyrillic(raw: bytes) -> bool:
    high = [byte for byte in raw if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return b"\0" not in raw and letters > 0.9 * len(high)


def _too_large(size: int) -> str:
    return f"{size / 1e6:,.1f} MB in one article; the limit is {SIZE_LIMIT / 1e6:,.0f} MB, split it"


def _bad(path: Path, reason: str) -> BadArticle:
    return BadArticle(str(path), str(path), reason)


def document_id(article: Article) -> str:
    """The id given with the article, or twelve hex digits of the SHA-256 of its URL or of the place it came from."""
    address = article.url or article.origin
    return article.id or hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def to_document(article: Article) -> Document:
    """Clean an article.

    Raises:
        InputError: nothing is left of it.
    """
    text = clean(article.text, markdown=article.markdown)
    title = article.title
    if title is None:
        title, text = split_title(text)
    elif text.startswith(title + "\n"):  # a headline repeated at the top of the body
        text = text[len(title) :].lstrip()
    if not any(c.isalnum() for c in text):
        raise InputError("no text in it")
    return Document(
        id=document_id(article),
        title=_shortened(title or text.split("\n", 1)[0], TITLE_LIMIT if title else _BEGINNING),
        text=text,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language or detect(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _shortened(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"
