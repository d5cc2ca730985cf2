"""Metadata on top of a Markdown file: YAML, TOML or JSON, read as tolerantly as people write it."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from index.types import Note

_TOP = r"\A\s*(?:<!--(?:(?!-->).)*-->\s*)?"  # a comment may stand above it
_YAML = re.compile(
    rf"{_TOP}---[ \t]*(?P<kind>yaml|toml|json)?[ \t]*\n(?P<head>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_TOML = re.compile(rf"{_TOP}\+\+\+[ \t]*\n(?P<head>.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\A\s*\{\s*\"")
_UNCLOSED = re.compile(r"\A\s*(?:---|\+\+\+)[ \t]*\n")
_LIMIT = 20_000  # characters; longer ones are read line by line only
_FIELD = re.compile(
    r"(?P<name>[A-Za-z][\w .-]{0,40}?)[ \t]*[:=][ \t]+(?P<value>\S.*)|(?P<empty>[A-Za-z][\w .-]{0,40}?):[ \t]*"
)
_HEADER = re.compile(
    r"(?:title|date|author|authors|slug|category|tags|summary|status|lang|modified|url|source)", re.IGNORECASE
)


def split_front_matter(text: str) -> tuple[dict[str, Any], str, tuple[Note, ...]]:
    r"""Take the metadata off the top of a Markdown text.

    YAML stands between lines of three hyphens, TOML between lines of three plus signs, JSON between braces. Values of YAML
    are strings as they are written (`yes`, `2024-02-30`), or lists and mappings of such. Where YAML or TOML cannot be
    parsed, its lines are read as `name: rest of the line`, and a note says so. A horizontal rule on the first line is text,
    unless nothing but known fields stands up to the next blank line: then its end was forgotten.

    Returns:
        the fields, the text without them, and notes.

    >>> split_front_matter("---\ntitle: Budget 2025: what changes\n---\nText")[:2]
    ({'title': 'Budget 2025: what changes'}, 'Text')
    """
    found = _YAML.match(text) or _TOML.match(text)
    if found and found.groupdict().get("kind", "toml") != "toml":
        fields, notes = _read_yaml(found["head"] or "")  # JSON is YAML, too
        return (fields, text[found.end() :], notes) if fields is not None else _read_header(text)
    if found:
        fields, notes = _read_toml(found["head"] or "")
        return fields, text[found.end() :], notes
    if _JSON.match(text):
        return _read_json(text)
    return _read_header(text)


def _read_yaml(head: str) -> tuple[dict[str, Any] | None, tuple[Note, ...]]:
    """The fields of YAML; None if it is none, as a text between two rules is."""
    import yaml

    if not head.strip():
        return {}, ()
    try:
        if len(head) > _LIMIT:
            raise ValueError("too long")
        # The base loader makes strings of all values: "no" is a language code here, and 2024-02-30 is worth a note.
        fields = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        fields = _read_lines(head)
        if 2 * len(fields) < sum(bool(line.strip()) and not line[0].isspace() for line in head.split("\n")):
            return None, ()
        return fields, (Note("front matter read line by line", "no valid YAML"),)
    if not isinstance(fields, dict) or _is_prose(head, fields):
        return None, ()
    return {str(name): value for name, value in fields.items()}, ()


def _is_prose(head: str, fields: Mapping[str, Any]) -> bool:
    """Whether what looks like YAML is a sentence with a colon between two rules."""
    if any(_HEADER.fullmatch(str(name)) for name in fields):
        return False
    return head[0].isspace() or any(str(value).endswith((".", "!", "?")) for value in fields.values())


def _read_toml(head: str) -> tuple[dict[str, Any], tuple[Note, ...]]:
    try:
        if len(head) > _LIMIT:
            raise ValueError("too long")
        fields = tomllib.loads(head)
    except (ValueError, RecursionError):
        return _read_lines(head), (Note("front matter read line by line", "no valid TOML"),)
    # Zola keeps fields of its own in tables
    extra = fields.get("extra")
    return {**(extra if isinstance(extra, Mapping) else {}), **fields}, ()


def _read_json(text: str) -> tuple[dict[str, Any], str, tuple[Note, ...]]:
    start = text.index("{")
    try:
        fields, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, text, ()
    rest = text[end:]
    if not any(_HEADER.fullmatch(str(name)) for name in fields):
        return {}, text, ()  # an example of JSON
    if rest.strip(" \t") and not rest.lstrip(" \t").startswith("\n"):
        return {}, text, ()
    return fields, rest, ()


def _read_header(text: str) -> tuple[dict[str, Any], str, tuple[Note, ...]]:
    """`Title: …` lines on top, as Pelican and MultiMarkdown write them, or after a mark; they end at a blank line."""
    head, blank, rest = _UNCLOSED.sub("", text).lstrip("\n").partition("\n\n")
    lines = head.split("\n")
    fields = _read_lines(head)
    known = [name for name in fields if _HEADER.fullmatch(name)]
    if not blank or len(fields) < len(lines) or len(known) < 2 or not _HEADER.match(lines[0]):
        return {}, text, ()
    return fields, rest, ()


def _read_lines(head: str) -> dict[str, Any]:
    """`name: rest of the line` and `name = value`, whatever the value; indented lines belong to what is above them."""
    fields: dict[str, Any] = {}
    for line in head.split("\n"):
        found = _FIELD.fullmatch(line.rstrip())
        if found and found["name"]:
            fields.setdefault(found["name"], _unquoted(found["value"]))
    return fields


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value[1:] if value.count('"') == 1 and value[0] == '"' else value
