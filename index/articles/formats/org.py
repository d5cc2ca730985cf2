"""Org mode: .org. Headings, lists and tables; without keywords, drawers, comments and marks of emphasis."""

import re
from collections.abc import Iterator
from typing import Any

from index.articles.encoding.decode import decode
from index.articles.markup.lines import unwrap
from index.articles.metadata.article import article
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle, Note

_KEYWORD = re.compile(r"\s*#\+(\w+)(?:\[[^]]*\])?:\s*(.*)", re.IGNORECASE)
_BLOCK = re.compile(r"\s*#\+(begin|end)_(\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"\s*#(?:\s|$)")
_DRAWER = re.compile(r"\s*:[\w-]+:\s*$")
_DRAWER_END = re.compile(r"\s*:END:\s*$", re.IGNORECASE)
_HEADING = re.compile(r"\*+\s+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+)?(?:\[#\w\]\s+)?(.*?)(?:\s+:[\w@#%:]+:)?\s*$")
_PLANNING = re.compile(r"\s*(?:CLOSED|DEADLINE|SCHEDULED):\s*[<\[]")
_TABLE = re.compile(r"\s*\|")
_LINK = re.compile(r"\[\[([^\]\[]*)\](?:\[([^\]\[]*)\])?\]")
_FOOTNOTE = re.compile(r"\[fn:[\w-]*(?::([^\]\[]*))?\]")
_STRUCK = re.compile(r"(?:(?<=[\s({'\"])|^)\+(\S|\S[^+\n]{0,300}?\S)\+(?=[\s.,:;!?)}'\"-]|$)", re.MULTILINE)
_EMPHASIS = re.compile(
    r"(?:(?<=[\s({'\"*/_=~-])|^)([*/_=~])(\S|\S[^\n]{0,300}?\S)\1(?=[\s.,:;!?)}'\"*/_=~-]|$)", re.MULTILINE
)
_DEFINITION = re.compile(r"(?m:(?<=\S)[ \t]+::(?=\s))(?:[ \t]+)?")  # - term :: what it means
_TIMESTAMP = re.compile(r"^[<\[]([0-9-]{10})[^>\]]*[>\]]$")
_FIELDS = ("title", "date", "author", "source", "url", "language", "lang", "draft", "hugo_draft")


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read()
    source, notes = decode(raw)
    fields, body = _fields_and_body(source)
    text, struck = _plain(body)
    if text.strip():
        yield article(file, text, fields, raw=raw, is_paper=True, notes=(*notes, *struck))


def _fields_and_body(source: str) -> tuple[dict[str, Any], str]:
    """The keywords that say something of the article, and the lines that are its text."""
    fields: dict[str, Any] = {}
    kept: list[str] = []
    in_drawer = in_comment = False
    for line in source.splitlines():
        keyword, block = _KEYWORD.match(line), _BLOCK.match(line)
        if in_drawer:
            in_drawer = not _DRAWER_END.match(line)
        elif block:
            in_comment = block[2].lower() == "comment" and block[1].lower() == "begin"
            kept.append("")
        elif keyword and keyword[1].lower() in _FIELDS and keyword[2]:
            fields.setdefault(keyword[1].lower(), _TIMESTAMP.sub(r"\1", keyword[2]))
        elif keyword and keyword[1].lower() == "caption":
            kept += ["", keyword[2], ""]
        elif _DRAWER.match(line):
            in_drawer = True
        elif not (in_comment or keyword or _COMMENT.match(line) or _PLANNING.match(line)):
            kept.append(line)
    return fields, "\n".join(kept)


def _plain(body: str) -> tuple[str, list[Note]]:
    """The text without marks; headings and tables are paragraphs of their own."""
    blocks: list[str] = []
    words: list[str] = []
    rows: list[str] = []
    for line in [*body.split("\n"), ""]:
        is_row = bool(_TABLE.match(line))
        if rows and not is_row:
            blocks.append(unwrap("\n".join(rows)))
            rows = []
        heading = _HEADING.match(line)
        if (heading or is_row) and words:
            blocks.append(unwrap("\n".join(words)))
            words = []
        if heading:
            blocks.append(heading[1])
        elif is_row:
            rows.append(line)
        else:
            words.append(line)
    blocks.append(unwrap("\n".join(words)))
    return _unmarked("\n\n".join(block for block in blocks if block.strip()))


def _unmarked(text: str) -> tuple[str, list[Note]]:
    notes = [Note("struck text left out", found[1]) for found in _STRUCK.finditer(text)]
    text = _STRUCK.sub("", _DEFINITION.sub(": ", text))
    text = _LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:").removeprefix("file:"), text)
    text = _FOOTNOTE.sub(lambda found: f" ({found[1].strip()})" if found[1] else "", text)
    for _ in range(2):  # bold inside italics
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"(?<=\S) {2,}", " ", text), notes


READERS = {".org": read}
