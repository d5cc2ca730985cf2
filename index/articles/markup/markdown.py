r"""Markdown to plain text: CommonMark with tables, and what site generators and note programs add to it.

In three steps: marks that are no Markdown are taken out (templates, components, notes to oneself, wikilinks), markdown-it
renders the rest, and `plain_from_html` takes the words out of that. Code stays as it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from index.articles.markup.lines import begins_point, is_record, join_divided_words
from index.articles.markup.page import plain_from_html
from index.articles.markup.tables import drawn_table
from index.types import Note

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE = r"^(?P<fence>[ ]{0,3}(?P<mark>```+|~~~+)[^\n]*\n(?:.*\n)*?[ ]{0,3}(?P=mark)[`~]*[ \t]*$)"
_CODE = re.compile(
    rf"{_FENCE}|(?P<ticks>(?<!`)`+(?!`))(?:(?!\n[ \t]*\n)[^`]|(?!(?P=ticks)(?!`))`+)*?(?P=ticks)(?!`)", re.MULTILINE
)
_CAPTION = re.compile(r"""\b(?:alt|caption)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

# What is hidden from readers, and templates: from the first mark to the next second one.
_PRIVATE = [
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"\{\{<\s*comment\s*>\}\}"), re.compile(r"\{\{<\s*/comment\s*>\}\}")),
    (re.compile(r"%%"), re.compile(r"%%")),
    (re.compile(r"\{/\*"), re.compile(r"\*/\}")),
]
_TEMPLATES = [(re.compile(r"\{\{"), re.compile(r"\}\}+")), (re.compile(r"\{%"), re.compile(r"%\}"))]
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{:[^{}\n]*\}|(?m:(?<![ \t])[ \t]+\{[#.][^{}\n]*\}[ \t]*$)")
_COMPONENT = re.compile(
    r"""</?[A-Z][\w.]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}))?|\s*\{\.\.\.[^{}]*\})*\s*/?>|</?>"""
)
_JSX_ATTRIBUTE = re.compile(r"(<[a-z][\w-]*(?:\s[^<>]*?)?)\s[\w-]+=\{(?:[^{}]|\{[^{}]*\})*\}")
_EXPRESSION = re.compile(r"(?<!\{)\{[A-Za-z_$][\w$]*(?:\.[\w$]+)+(?:\([^(){}\n]*\))?\}(?!\})")  # {props.names}
_MODULE = re.compile(
    r"""^(?:import\s(?:[^\n;'"]*?\sfrom\s+)?(?:\{[^{}]*\}\s*from\s+)?['"][^'"\n]+['"];?|import\s*\{[^{}]*\}\s*from\s*['"][^'"\n]+['"];?"""
    r"""|export\s+(?:const|let|var|default|function)\b(?:.|\n(?!\s*\n))*)[ \t]*$""",
    re.MULTILINE,
)
_CONTAINER = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:[\w-]+(?:\{[^}]*\})?)?[ \t]*(?:\[([^\]\n]*)\]|([^\n{]*))(?:\{[^}\n]*\})?$", re.MULTILINE
)
_CALLOUT = re.compile(r"^((?:[ \t]*>)+)[ \t]*\[![\w|-]+\][-+]?[ \t]*(.*)$", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:(?<=\s)|^)\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_FOOTNOTE_TEXT = re.compile(r"^[ \t]{0,3}\[\^[^\]\s]+\]:[ \t]*", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_EMBED = re.compile(r"!\[\[([^\[\]\n|]*)(?:\|([^\[\]\n]*))?\]\]")
_WIKILINK = re.compile(r"\[\[([^\[\]\n|]*?)(?:\\?\|([^\[\]\n]*))?\]\]")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_HTML_HEADING = re.compile(r"<h1[^<>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_BOX = re.compile(  # a remark or a tab of MkDocs, and its indented lines
    r"^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w -]+?|===[!+]?)(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*\n"
    r"(?P<inner>(?:[ \t]*\n)*(?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
_BOXES = 4  # inside one another
_INLINE_NOTE = re.compile(r"(?<=\S) ?\^\[([^\[\]\n]+)\]")
_INLINE_FIELD = re.compile(r"(?:^|(?<=[\[(])|(?<=[-*+] ))([^\W\d_][\w -]{0,40})::[ \t]+", re.MULTILINE)
_DEFINITION = re.compile(r"^(?P<term>[^\s:|>#][^\n]*)\n(?:[ \t]*\n)?[ ]{0,3}:[ \t]+(?=\S)", re.MULTILINE)
_MORE_DEFINITION = re.compile(r"^[ ]{0,3}:[ \t]+(?=\S)", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:[ \t]*", re.MULTILINE)
_PAGE_BREAK = re.compile(r"^[ \t]*\\(?:newpage|pagebreak|clearpage)[ \t]*$", re.MULTILINE)
_QUERIES = ("dataview", "dataviewjs", "query", "tasks", "button")  # what note programs compute
_GRID = re.compile(r"^(?:[ ]{0,3}\+[-=+:]+\+[ \t]*\n)(?:[ ]{0,3}[+|].*(?:\n|\Z))+", re.MULTILINE)
_CONTENTS = re.compile(
    r"^[ \t]*\[{1,2}_?TOC_?\]{1,2}[ \t]*$|^[ \t]*(?:[-*+]|1\.)[ \t].*\n[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# Where a paragraph of CommonMark does not begin.
_BLOCK_MARK = re.compile(r"[ ]{0,3}(?:[-*+#>|<\ue000]|\d{1,9}[.)]\s)|[ ]{4}|\t")


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
    markdown = _renderer()
    tokens = markdown.parse(_outside_code(text, lambda part: _plain_markdown(part, private)))
    words, notes = plain_from_html(_rendered(tokens))
    return MarkdownText(words, _first_heading(tokens), (*private, *notes))


def _rendered(tokens: "Sequence[Token]") -> str:
    markdown = _renderer()
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


def _plain_markdown(text: str, notes: list[Note]) -> str:
    """Take out what is no Markdown."""
    for opening, closing in _PRIVATE:
        text, found = _cut(text, opening, closing, lambda _: "")
        notes += [Note("comment left out", "what its author hides from readers")] * found
    text = _COMPONENT.sub("", _MODULE.sub("", text))
    text = _EXPRESSION.sub("", _JSX_ATTRIBUTE.sub(r"\1", text))
    for opening, closing in _TEMPLATES:
        text, _ = _cut(text, opening, closing, _caption_of)
    text = _ATTRIBUTES.sub("", _CONTENTS.sub("", text))
    for _ in range(_BOXES):
        text = _BOX.sub(_unboxed, text)
    text = _ABBREVIATION.sub(r"\n\1: ", _PAGE_BREAK.sub("", text))
    text = _MORE_DEFINITION.sub("\n", _DEFINITION.sub(r"\g<term>: ", text))
    text = _INLINE_FIELD.sub(r"\1: ", _INLINE_NOTE.sub(r" (\1)", text))
    text = _CONTAINER.sub(lambda found: f"\n{found[1] or found[2] or ''}\n", text)
    text = _BLOCK_ID.sub("", _CALLOUT.sub(r"\1 \2\n\1", text))
    text = _FOOTNOTE_MARK.sub("", _FOOTNOTE_TEXT.sub("\n", text))
    text = _GRID.sub(_piped, text)
    text = _EMBED.sub(_embedded, text)
    text = _WIKILINK.sub(lambda found: (found[2] or found[1].lstrip("#")).strip(), text)
    return _with_hard_breaks(join_divided_words(_HIGHLIGHT.sub(r"\1", text)))


def _unboxed(found: re.Match[str]) -> str:
    return f"\n{found['title'] or ''}\n\n{dedent(found['inner'])}\n"


def _with_hard_breaks(text: str) -> str:
    """A text whose programmes, lists of labels and points of laws keep their lines, which Markdown would join."""
    blocks = re.split(r"(\n[ \t]*(?:\n[ \t]*)*\n|^[ \t]*\n)", text)
    return "".join(block if "\n" not in block.strip("\n") else _broken(block) for block in blocks)


def _broken(block: str) -> str:
    lines = block.split("\n")
    is_prose = not any(_BLOCK_MARK.match(line) for line in lines if line.strip())
    keeps_all = is_prose and is_record([line for line in lines if line.strip()])
    done = lines[0]
    for before, line in pairwise(lines):
        is_kept = before.strip() and "|" not in before and (keeps_all or begins_point(before, line))
        done += ("  \n" if is_kept else "\n") + line
    return done


def _cut(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], change: Callable[[str], str]
) -> tuple[str, int]:
    """Replace what stands between two marks, in linear time; without the second mark nothing is replaced.

    Returns:
        the text, and how many parts of it were replaced.
    """
    done: list[str] = []
    at = 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        done += [text[at : start.start()], change(text[start.start() : end.end()])]
        at = end.end()
    return "".join([*done, text[at:]]), len(done) // 2


def _caption_of(template: str) -> str:
    """A template has no words of the article but a picture's description."""
    caption = _CAPTION.search(template)
    return (caption[1] or caption[2] or "") if caption else ""


def _piped(found: re.Match[str]) -> str:
    """A table with a frame as one that Markdown knows."""
    table = drawn_table(found[0].strip("\n").split("\n"))
    if table is None:
        return found[0]
    rows = table.rows if table.header else [[""] * len(table.rows[0]), *table.rows]
    head, *body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body]) + "\n"


def _embedded(found: re.Match[str]) -> str:
    """Of a picture in a note its description, which is not its width in pixels."""
    description = (found[2] or "").strip()
    return "" if re.fullmatch(r"\d*(?:x\d+)?", description) else description


_made: list["MarkdownIt"] = []


def _renderer() -> "MarkdownIt":
    """CommonMark with tables and struck words, whose list items keep their marker."""
    if not _made:
        from markdown_it import MarkdownIt

        markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        markdown.add_render_rule("list_item_open", _list_item)
        _made.append(markdown)
    return _made[0]


def _list_item(_renderer: Any, tokens: "Sequence[Token]", at: int, _options: Any, _env: Any) -> str:
    token = tokens[at]
    return f'<li data-mark="{token.info}{token.markup}">'
