r"""Markdown to plain text: CommonMark with tables, and what site generators and note programs add to it.

In three steps: marks that are no Markdown are taken out (templates, components, notes to oneself, wikilinks), markdown-it
renders the rest, and `plain_from_html` takes the words out of that. Code stays as it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from index.articles.markup.markdown_extensions import fenced, plain_markdown
from index.articles.markup.page import plain_from_html
from index.types import Note

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE = r"^(?P<fence>[ ]{0,3}(?P<mark>```+|~~~+)[^\n]*\n(?:.*\n)*?[ ]{0,3}(?P=mark)[`~]*[ \t]*$)"
_CODE = re.compile(
    rf"{_FENCE}|<pre\b[^<>]*>(?:[^<]|<(?!/pre>))*</pre>|(?P<ticks>(?<!`)`+(?!`))(?:(?!\n[ \t]*\n)[^`]|(?!(?P=ticks)(?!`))`+)*?(?P=ticks)(?!`)",
    re.MULTILINE,
)
_QUERIES = ("dataview", "dataviewjs", "query", "tasks", "button")  # what note programs compute
_VERBATIM = re.compile(r"\s*<(?:pre|script|style|textarea|!--)", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h1[^<>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The words of a Markdown text, its first heading of level 1 if it has one, and what was left out."""

    text: str
    heading: str | None
    notes: tuple[Note, ...]


def read_markdown(text: str) -> MarkdownText:
    r"""Read the words of a Markdown text.

    Blocks are divided by blank lines. List markers stay as they are written, a table row is one line that says its column
    names, struck words are left out.

    >>> read_markdown("# Prices\n\n4. Milk ~~500~~ 400\n\n| Town | Beds |\n|---|---|\n| Corrow | 12 |").text
    'Prices\n\n4. Milk 400\n\nTown: Corrow; Beds: 12'
    """
    private: list[Note] = []
    markdown = _markdown()
    tokens = markdown.parse(_outside_code(fenced(text), lambda part: plain_markdown(part, private)))
    words, notes = plain_from_html(_rendered(tokens))
    return MarkdownText(words, _first_heading(tokens), (*private, *notes))


def _rendered(tokens: "Sequence[Token]") -> str:
    markdown = _markdown()
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _first_heading(tokens: "Sequence[Token]") -> str | None:
    for token, inner in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0:
            return " ".join(plain_from_html(_rendered([inner]))[0].split()) or None
        if token.type == "html_block" and (found := _HTML_HEADING.search(token.content)):
            return " ".join(plain_from_html(found[1])[0].split()) or None
    return None


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change a text but for its code: fenced blocks and what stands between backticks."""
    code: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if found["fence"] and found["fence"].strip("`~ ").split()[:1] in [[query] for query in _QUERIES]:
            return ""
        code.append(found[0])
        return f"\ue000{len(code) - 1}\ue001"

    changed = change(_CODE.sub(keep, text.replace("\ue000", "").replace("\ue001", "")))
    return re.sub("\ue000(\\d+)\ue001", lambda found: code[int(found[1])], changed)


_made: list["MarkdownIt"] = []


def _markdown() -> "MarkdownIt":
    """CommonMark with tables and struck words, whose list items keep their marker."""
    if not _made:
        from markdown_it import MarkdownIt

        markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        markdown.add_render_rule("list_item_open", _list_item)
        markdown.add_render_rule("html_block", _html_block)
        _made.append(markdown)
    return _made[0]


def _list_item(_renderer: Any, tokens: "Sequence[Token]", at: int, _options: Any, _env: Any) -> str:
    token = tokens[at]
    return f'<li data-mark="{token.info}{token.markup}">'


def _html_block(_renderer: Any, tokens: "Sequence[Token]", at: int, _options: Any, _env: Any) -> str:
    """HTML with the Markdown inside its elements rendered, too, as most programs do."""
    content = tokens[at].content
    return content if _VERBATIM.match(content) else str(_markdown().renderInline(content))
