"""Records, one an article: rows of JSON, JSON lines or tables, whose text and metadata go by many names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.analysis.unicode import one_line
from index.articles.markup.entities import decode_entities
from index.articles.markup.lines import unwrap
from index.articles.markup.page import looks_like_html, plain_from_html
from index.articles.metadata.article import article
from index.articles.metadata.fields import TITLE_NAMES, field_values
from index.articles.source_file import Options, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, Note

# Best first, in small letters without "_", "-" and blanks.
_TEXT = tuple(
    "text content body articlebody article fulltext maintext contenttext bodytext textbody articletext contenthtml bodyhtml "
    "html pagecontent articlecontent fullcontent rawtext plaintext markdown selftext paragraphs story "
    "текст текстстатьи полныйтекст содержание содержимое мәтін мәтіні мазмұны".split()
)
# These may as well say something else: what is around the records, or that all went well.
_SHORT_TEXT = tuple("message post description summary abstract сообщение описание аннотация сипаттама".split())
_ID = ("id", "_id", "uuid")
_ITEMS = ("articles", "items", "data", "results", "posts", "entries", "records", "rows", "news", "documents", "hits")
_PARTS = (
    "rendered",
    "value",
    "text",
    "$t",
    "#text",
    "html",
    "content",
    "body",
    "blocks",
    "children",
    "paragraphs",
    "data",
)
_NESTED = 8  # levels of objects that are looked into
_PROSE = 15  # words of a value that is a text, under whatever name
_FEW_WORDS = 3  # inside an object that is no record: labels of a program, as in {"menu": {"text": "Open file"}}
_HOW = "say which is the text: --field text=NAME"


def article_of(
    file: SourceFile, row: Mapping[str, Any], *, line: int, number: int = 1, notes: tuple[Note, ...] = ()
) -> Article:
    """Make an article of a record; `file.options.fields` may say which key is which.

    Args:
        file: the file that it comes from.
        row: its keys and values.
        line: the line or row of the file on which it begins, counted from 1.
        number: its own among the records that begin on this line, counted from 1.
        notes: what its reader has to say.

    Raises:
        InputError: it has no text.
    """
    inner = row.get("metadata")
    row = {**(inner if isinstance(inner, Mapping) else {}), **row}
    row |= {name: row[key] for name, key in file.options.fields.items() if key in row}
    text, left_out = _plain(_text(row))
    if not _text_among(row, _TEXT):
        notes = (*notes, *_lists_left_out(row))
    id = next(field_values(row, _ID), None)
    if id is not None and not (isinstance(id, (str, int)) and not isinstance(id, bool) and one_line(str(id))):
        notes, id = (*notes, Note("field left out", f"id: {one_line(str(id))[:60]}")), None
    return article(
        file,
        text,
        row,
        origin=f"{file.origin} line {line}" + (f" number {number}" if number > 1 else ""),
        id=None if id is None else one_line(str(id)),
        line=line,
        notes=(*notes, *left_out),
    )


def has_text(names: Sequence[str], options: Options) -> bool:
    """Whether one of these names of columns is that of a text."""
    return options.fields.get("text") in names or any(field_values(dict.fromkeys(names, "x"), _TEXT + _SHORT_TEXT))


def json_rows(text: str) -> Iterator[tuple[int, Any]]:
    r"""The records of a JSON text and the lines on which they begin, counted from 1.

    The text is an array of records, an object around them ("articles", "data" …), a record, or several of these one after
    another.

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
            rows = rows_of(value)
        except (ValueError, RecursionError) as error:
            raise UnreadableArticle("malformed", f"no valid JSON ({_where(error)})") from None
        for row in rows:
            yield line, row


def rows_of(value: Any) -> list[Any]:
    """The records in what only wraps them, at any depth; what holds none is a record itself.

    An object around a single one, such as {"_id": 1, "_source": {"text": "…"}}, gives it the fields that stand beside it.
    """
    if not isinstance(value, list):
        return _rows_inside(value) or [value]
    rows = [row for item in value for row in rows_of(item)]
    return rows if any(isinstance(row, Mapping) for row in rows) else [value]


def _rows_inside(value: Any, depth: int = 0) -> list[Any]:
    if isinstance(value, list):
        return [row for item in value for row in _rows_inside(item, depth + 1)] if depth < _NESTED else []
    if not isinstance(value, Mapping) or depth >= _NESTED:
        return []
    if len(_text_among(value, _TEXT).split()) > (_FEW_WORDS if depth else 0):
        return [value]
    found = _rows_beside(value, depth)
    return [value] if _is_told_at_length(value, found) else found


def _rows_beside(value: Mapping[str, Any], depth: int) -> list[Any]:
    """The records in the lists and objects of one that has no text itself; a single one gets its fields."""
    for name in _ITEMS:
        if isinstance(value.get(name), list) and value[name]:
            return rows_of(value[name])
    beside = {name: each for name, each in value.items() if isinstance(each, (str, int))}
    rows = [(inner, _rows_inside(inner, depth + 1)) for inner in value.values()]
    found = [row for _, inner_rows in rows for row in inner_rows]
    if len(found) == 1 and any(row is found[0] for row, _ in rows):
        return [{**beside, **found[0]}]
    return found


def _is_told_at_length(value: Mapping[str, Any], inner: Sequence[Any]) -> bool:
    """Whether a record has a title, and says as much in its own long values as any that stands inside it."""
    longest = max((_word_count(_strings(row)) for row in inner), default=1)
    return any(field_values(value, TITLE_NAMES)) and _word_count(_prose(value)) >= longest


def _text_among(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first text that a record has under these names; nothing if it has none."""
    return next((words for value in field_values(row, names) if (words := _words_of(value)).strip()), "")


def _words_of(value: Any, depth: int = 0) -> str:
    """The text of a value: a string, paragraphs in a list, blocks as editors keep them."""
    if isinstance(value, str):
        return value
    if depth >= _NESTED:
        return ""
    if isinstance(value, Mapping):
        inner = (value[name] for name in _PARTS if name in value)
        return next((words for each in inner if (words := _words_of(each, depth + 1))), "")
    if isinstance(value, list):
        is_run = any(
            isinstance(each, Mapping) and each.get("type") == "text" for each in value
        )  # parts of one paragraph
        return ("" if is_run else "\n\n").join(filter(None, (_words_of(each, depth + 1) for each in value)))
    return ""


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,\x1e":
        at += 1
    return at


def _where(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}: line {error.lineno} column {error.colno}"
    return "it is nested too deep"


def _prose(row: Mapping[str, Any]) -> list[str]:
    """The values of a record that are texts by their length, under names that nobody can foresee, such as "biography"."""
    known = list(field_values(row, (*_SHORT_TEXT, *TITLE_NAMES)))
    texts = [value for value in row.values() if isinstance(value, str) and value not in known]
    return [text for text in texts if len(text.split()) >= _PROSE]


def _strings(row: Any) -> list[str]:
    values = row.values() if isinstance(row, Mapping) else [row]
    return [value for value in values if isinstance(value, str)]


def _word_count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _lists_left_out(row: Mapping[str, Any]) -> list[Note]:
    """Notes of the lists and objects in a record that hold texts, which are no part of its own one."""
    inner = (
        (name, json.dumps(value, ensure_ascii=False)) for name, value in row.items() if isinstance(value, (list, dict))
    )
    return [Note("field left out", one_line(name)[:60]) for name, value in inner if len(value.split()) >= _PROSE]


def _text(row: Mapping[str, Any]) -> str:
    if text := _text_among(row, _TEXT):
        return text
    short = _text_among(row, _SHORT_TEXT)
    if texts := [text for text in (short, *_prose(row)) if text]:
        return "\n\n".join(dict.fromkeys(texts))
    value = next(field_values(row, _TEXT + _SHORT_TEXT), None)
    if value is None:
        keys = ", ".join(f'"{one_line(str(key))[:30]}"' for key in list(row)[:8])
        raise UnreadableArticle("malformed", f'no "text" in it, but {keys or "nothing"}; {_HOW}')
    kind = "an object" if isinstance(value, Mapping) else "a list" if isinstance(value, list) else "a number"
    raise UnreadableArticle("malformed", f'its "text" is {kind}, not a text; {_HOW}')


def _plain(text: str) -> tuple[str, tuple[Note, ...]]:
    if looks_like_html(text):
        return plain_from_html(text)
    return unwrap(decode_entities(text)), ()
