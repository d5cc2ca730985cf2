"""Records, one an article: rows of JSON, JSON lines or tables, whose text and metadata go by many names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.analysis.unicode import one_line
from index.articles.markup.entities import decode_entities
from index.articles.markup.lines import unwrap
from index.articles.markup.page import looks_like_html, plain_from_html
from index.articles.metadata.article import article
from index.articles.metadata.fields import field_value
from index.articles.source_file import Options, SourceFile
from index.errors import InputError
from index.types import Article, Note

# Best first, in small letters without "_" and "-".
_TEXT = (
    "text content body articlebody article fulltext maintext contenttext articletext contenthtml bodyhtml html story "
    "description summary abstract"
).split()
_ID = ("id", "_id", "uuid")
_ITEMS = ("articles", "items", "data", "results", "posts", "entries", "records", "rows", "news", "documents", "hits")
_HOW = "say which is the text: --field text=NAME"


def article_of(file: SourceFile, row: Mapping[str, Any], *, line: int, notes: tuple[Note, ...] = ()) -> Article:
    """Make an article of a record; `file.options.fields` may say which key is which.

    Args:
        file: the file that it comes from.
        row: its keys and values.
        line: the line or row of the file on which it begins, counted from 1.
        notes: what its reader has to say.

    Raises:
        InputError: it has no text.
    """
    row = {**row, **{name: row[key] for name, key in file.options.fields.items() if key in row}}
    text, left_out = _plain(_text(row))
    id = field_value(row, _ID)
    if id is not None and not (isinstance(id, (str, int)) and not isinstance(id, bool) and one_line(str(id))):
        notes, id = (*notes, Note("field left out", f"id: {one_line(str(id))[:60]}")), None
    return article(
        file,
        text,
        row,
        origin=f"{file.origin} line {line}",
        id=None if id is None else one_line(str(id)),
        line=line,
        notes=(*notes, *left_out),
    )


def has_text(names: Sequence[str], options: Options) -> bool:
    """Whether one of these names of columns is that of a text."""
    return options.fields.get("text") in names or field_value(dict.fromkeys(names, "x"), tuple(_TEXT)) is not None


def json_rows(text: str) -> Iterator[tuple[int, Any]]:
    r"""The records of a JSON text and the lines on which they begin, counted from 1.

    The text is an array of records, an object that holds one ("articles", "items" …), a record, or several of these one
    after another.

    Raises:
        InputError: from some place on it is no JSON; the records before it have been given.

    >>> list(json_rows('[\n{"text": "a"},\n{"text": "b"}]'))
    [(2, {'text': 'a'}), (3, {'text': 'b'})]
    """
    decoder = json.JSONDecoder()
    at, line, counted = 0, 1, 0
    in_array = False
    while (at := _skip(text, at)) < len(text):
        if text[at] == "[]"[in_array]:  # the brackets of the array around the records
            in_array = not in_array
            at += 1
            continue
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise InputError(f"no valid JSON ({_where(error)})") from None
        rows = _inner_rows(value)
        for row in rows:
            yield line, row


def _inner_rows(value: Any) -> list[Any]:
    """The records in an object that only wraps them, else the object itself."""
    if isinstance(value, Mapping) and field_value(value, tuple(_TEXT[:6])) is None:
        for name in _ITEMS:
            if isinstance(value.get(name), list) and value[name]:
                return list(value[name])
    return [value]


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,\x1e":
        at += 1
    return at


def _where(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}: line {error.lineno} column {error.colno}"
    return "it is nested too deep"


def _text(row: Mapping[str, Any]) -> str:
    value = field_value(row, tuple(_TEXT))
    if isinstance(value, Mapping) and isinstance(value.get("rendered"), str):  # as WordPress gives it
        value = value["rendered"]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if isinstance(value, str):
        return value
    if value is None:
        keys = ", ".join(f'"{one_line(str(key))[:30]}"' for key in list(row)[:8])
        raise InputError(f'no "text" in it, but {keys or "nothing"}; {_HOW}')
    kind = "an object" if isinstance(value, Mapping) else "a list" if isinstance(value, list) else "a number"
    raise InputError(f'its "text" is {kind}, not a text; {_HOW}')


def _plain(text: str) -> tuple[str, tuple[Note, ...]]:
    if looks_like_html(text):
        return plain_from_html(text)
    return unwrap(decode_entities(text)), ()
