"""JSON lines, one article a line: .jsonl."""

import json
from collections.abc import Iterator

from index.analysis.unicode import one_line
from index.articles.encodings import decode
from index.articles.metadata import article
from index.articles.source_file import TEXT_LIMIT, SourceFile, too_large
from index.errors import InputError
from index.types import Article, BadArticle


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read each line as an article; a line that cannot be read is named, and the next one read."""
    with file.open() as stream:
        number = 0
        while raw := stream.readline(TEXT_LIMIT + 1):
            number += 1
            origin = f"{file.origin} line {number}"
            if len(raw) > TEXT_LIMIT:
                size = len(raw)
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(TEXT_LIMIT)
                    size += len(raw)
                yield BadArticle(str(file.path), origin, too_large(size))
            elif raw.strip():
                try:
                    yield _read_line(file, number, raw)
                except InputError as error:
                    yield BadArticle(str(file.path), origin, error.what)


def _read_line(file: SourceFile, number: int, raw: bytes) -> Article:
    text, notes = decode(raw)
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no valid JSON ({error})") from None
    if not isinstance(row, dict):
        raise InputError('not a JSON object such as {"text": "…"}')
    body, id = row.get("text"), row.get("id")
    if not isinstance(body, str):
        raise InputError('no "text" in it, or the text is no string')
    if id is not None and not (isinstance(id, (str, int)) and one_line(str(id))):
        raise InputError('its "id" is neither a string nor a number')
    id = None if id is None else one_line(str(id))
    origin = f"{file.origin} line {number}"
    return article(file, body, row, raw=raw, origin=origin, id=id, line=number, notes=notes)


READERS = {".jsonl": read}
