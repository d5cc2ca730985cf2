"""JSON lines, one article a line: .jsonl, .ndjson. An array or indented records under these names are read, too."""

import json
from collections.abc import Iterator

from index.articles.encoding.decode import decode
from index.articles.metadata.records import article_of, json_rows, rows_of
from index.articles.source_file import TEXT_LIMIT, SourceFile, too_large
from index.errors import InputError, fault_of
from index.types import Article, BadArticle, Fault, Note

_BEGINNING = 100_000  # bytes that show whether the file holds one record a line


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read each line as an article; a line that cannot be read is named, and the next one read."""
    with file.open() as stream:
        beginning = stream.read(_BEGINNING)
    if _is_one_record_a_line(beginning):
        yield from _read_lines(file)
    else:
        yield from read_whole(file)


def read_whole(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read the records of a JSON text that is laid out in any way."""
    text, notes = decode(file.read())
    last, number = 0, 1
    for line, row in json_rows(text):
        number = number + 1 if line == last else 1
        last = line
        yield _read_row(file, row, line, notes, number)


def _is_one_record_a_line(beginning: bytes) -> bool:
    """Whether the first line is a record; so is a line that is too long to tell, or broken."""
    if b"\0" in beginning:
        return False  # UTF-16
    first, end, _ = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not end:
        return not first.startswith(b"[")
    return first.strip() not in (b"[", b"{") and not first.startswith((b"[{", b"[ {"))


def _read_lines(file: SourceFile) -> Iterator[Article | BadArticle]:
    with file.open() as stream:
        number = 0
        while raw := stream.readline(TEXT_LIMIT + 1):
            number += 1
            if len(raw) > TEXT_LIMIT:
                size = len(raw)
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(TEXT_LIMIT)
                    size += len(raw)
                yield _bad(file, number, too_large(size), "oversized")
            elif raw.strip():
                yield from _read_line(file, number, raw)


def _read_line(file: SourceFile, line: int, raw: bytes) -> Iterator[Article | BadArticle]:
    try:
        text, notes = decode(raw)
        rows = rows_of(json.loads(text.strip().removesuffix(",")))
    except InputError as error:
        yield _bad(file, line, str(error), fault_of(error))
    except RecursionError:
        yield _bad(file, line, "no valid JSON (it is nested too deep)")
    except ValueError as error:
        yield _bad(file, line, f"no valid JSON ({error})")
    else:
        for number, row in enumerate(rows, 1):
            yield _read_row(file, row, line, notes, number)


def _read_row(
    file: SourceFile, row: object, line: int, notes: tuple[Note, ...], number: int = 1
) -> Article | BadArticle:
    """Read a record; `number` is its own among those that begin on its line."""
    if not isinstance(row, dict):
        return _bad(file, line, 'not a JSON object such as {"text": "…"}')
    try:
        return article_of(file, row, line=line, number=number, notes=notes)
    except InputError as error:
        return _bad(file, line, str(error), fault_of(error))


def _bad(file: SourceFile, line: int, reason: str, fault: Fault = "malformed") -> BadArticle:
    return BadArticle(str(file.path), f"{file.origin} line {line}", reason, fault)


READERS = {".jsonl": read, ".ndjson": read}
