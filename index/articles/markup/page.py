"""Whole pages of HTML to plain text: of the web, of mails, feeds and books; knows layout tables, spans and hidden parts."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from index.articles.markup.html_tree import BLOCKS, Node, parse
from index.articles.markup.lines import join_lines
from index.articles.markup.numbering import written
from index.articles.markup.tables import table_lines
from index.types import Note

_STRUCK = {"del", "s", "strike"}
_LINE_THROUGH = re.compile(r"text-decoration[^;\"']*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HERE = re.compile(r"\W*(?:click )?(?:here|this|link|тут|здесь|сюда|ссылк[аеу]|осында|мұнда|сілтеме)\W*", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\f]+")  # a form feed is the end of a page
_CELL_LIMIT = 300  # characters: a table with longer cells is a page's layout
_SPAN_LIMIT = 50  # rows or columns that one cell may fill
_FILE = re.compile(r"[^\s<>]+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif)", re.IGNORECASE)  # of a picture
_BOXES = {"div", "li", "dd", "td", "th", "section", "article", "figcaption", "summary"}
_CELLS = {"strong", "b", "span", "small", "time", "label"}
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}  # types of lists
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOOKS_LIKE = re.compile(
    r"</?(?:p|div|br|b|i|em|strong|a|span|ul|ol|li|h[1-6]|table|tr|td|blockquote|img|figure|script|style|article|section)"
    r"\b[^<>]*>|<!--",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether a text holds tags of HTML, rather than a lone "<"."""
    return "<" in text and bool(_LOOKS_LIKE.search(text))


def plain_from_html(markup: str) -> tuple[str, tuple[Note, ...]]:
    r"""The words of HTML: paragraphs divided by blank lines; list items, table rows and `<br>` by line breaks.

    Scripts, styles, comments and hidden parts go; struck text goes with a note. What carries a fact stays: addresses of
    mail and telephone links, texts of pictures, markers of lists, names of columns.

    >>> plain_from_html("<p>Caf&eacute;s <b>open</b>.</p><ol><li>One<li>Two</ol>")[0]
    'Cafés open.\n\n1. One\n2. Two'
    """
    return plain_from_tree(parse(markup))


def plain_from_tree(tree: Node) -> tuple[str, tuple[Note, ...]]:
    """The words of an element, as `plain_from_html` gives them."""
    notes: list[Note] = []
    text = "\n\n".join(_blocks(tree, notes))
    return re.sub(r"\n*\f[\n ]*\n", "\n\n\f", text).strip("\n"), tuple(notes)


def _blocks(node: Node, notes: list[Note]) -> list[str]:
    """The paragraphs of an element; one that holds line breaks is a list, a table or a verse."""
    found: list[str] = []
    words: list[str] = []
    has_cells = _has_cells(node)
    for child in node.children:
        if isinstance(child, str) or not _has_blocks(child):
            inline = _inline(child, notes)
            words.append(" " + inline if has_cells and _are_cells("".join(words), inline) else inline)
            continue
        _add_paragraphs(found, words)
        if _is_left_out(child, notes):
            continue
        found += _block(child, notes)
    _add_paragraphs(found, words)
    return found


def _has_cells(node: Node) -> bool:
    """Whether a box holds nothing but labels and values side by side, which its style sheet sets apart."""
    is_box = node.name in _BOXES and len(node.children) > 1
    return is_box and all(isinstance(child, Node) and child.name in _CELLS for child in node.children)


def _are_cells(before: str, after: str) -> bool:
    """Whether words side by side are no parts of one word or number: its first letter, the digits of a counter.

    >>> _are_cells("Stroud", "approx. 121,000"), _are_cells("T", "he mill"), _are_cells("12", "50")
    (True, False, False)
    """
    last = before.rpartition(" ")[2]
    is_divided = len(last) <= 1 or not after[:1].isalnum() or not (last[-1].isalnum() or last[-1] in ".)%:,")
    return not is_divided and not (last[-1].isdigit() and after[0].isdigit())


def _has_blocks(node: Node) -> bool:
    return node.name in BLOCKS or any(isinstance(child, Node) and _has_blocks(child) for child in node.children)


def _block(node: Node, notes: list[Note]) -> list[str]:
    if node.name in ("ul", "ol"):
        return _joined(_items(node, notes))
    if node.name == "table":
        return _table(node, notes)
    if node.name == "pre":
        return _joined([_text_of(node).strip("\n")])
    if node.name == "dl":
        return _joined(line for child in _elements(node) for line in _blocks(child, notes))
    return _blocks(node, notes)


def _joined(lines: "Iterator[str] | list[str]") -> list[str]:
    text = "\n".join(line for line in lines if line)
    return [text] if text else []


def _add_paragraphs(found: list[str], words: list[str]) -> None:
    """Take the words of a paragraph; two `<br>` in a row divide it."""
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in "".join(words).split("\n")]
    found += [join_lines(text) for text in re.split(r"\n{2,}", "\n".join(lines).strip(" \n")) if text]
    words.clear()


def _inline(child: str | Node, notes: list[Note]) -> str:
    if isinstance(child, str):
        return _BLANKS.sub(" ", child)
    if child.name == "br":
        return "\n"
    if child.name == "img":
        return _picture(child)
    if _is_left_out(child, notes):
        return ""
    words = "".join(_inline(each, notes) for each in child.children)
    if child.name == "sup":  # 10<sup>3</sup> is not 103
        return raised(words)
    return _link(child.attribute("href"), words) if child.name == "a" else words


def raised(words: str) -> str:
    """Words written above the line: digits as ¹²³, others as they are."""
    return words.translate(_RAISED) if words.strip().isdecimal() else words


def _picture(node: Node) -> str:
    """What a picture's text says; some have tags in it, and some only the name of the file."""
    text = node.attribute("alt")
    if looks_like_html(text):
        text = plain_from_html(text)[0]
    return f" {' '.join(text.split())} " if text not in ("", "alt") and not _FILE.fullmatch(text.strip()) else " "


def _link(address: str, words: str) -> str:
    """The words of a link, with its address where that says more than the words."""
    scheme, _, rest = address.partition(":")
    target = rest.split("?")[0].removeprefix("//")
    if scheme.lower() in ("mailto", "tel"):
        known = re.sub(r"\W", "", target) in re.sub(r"\W", "", words)
        return words if known or not target else f"{words} ({target})".lstrip()
    if scheme.lower() in ("http", "https") and _HERE.fullmatch(words.strip()):
        return f"{words} ({address})"
    return words


def _is_left_out(node: Node, notes: list[Note]) -> bool:
    if node.name in _STRUCK or ("line-through" in node.attributes and _LINE_THROUGH.search(node.attribute("style"))):
        if text := " ".join(_text_of(node).split()):
            notes.append(Note("struck text left out", text[:200]))
        return True
    lower = node.attributes.lower()
    return ("hid" in lower and bool(node.attribute("hidden"))) or bool("style" in lower and _HIDDEN.search(lower))


def _text_of(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _text_of(child) for child in node.children)


def _elements(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            yield child


def _items(node: Node, notes: list[Note]) -> Iterator[str]:
    """The items of a list, each on a line of its own behind its marker; an item's own paragraphs follow on lines."""
    step = -1 if node.attribute("reversed") else 1
    number = _whole(node.attribute("start"), sum(child.name == "li" for child in _elements(node)) if step < 0 else 1)
    form = _FORMS.get(node.attribute("type"), "decimal")
    for child in _elements(node):
        if child.name != "li":
            yield from _blocks(child, notes)
            continue
        number = _whole(child.attribute("value"), number)
        # `data-mark` is the marker as it is written in Markdown
        marker = child.attribute("data-mark") or (f"{written(number, form)}." if node.name == "ol" else "-")
        number += step
        if lines := _blocks(child, notes):
            yield f"{marker} {lines[0]}"
            yield from lines[1:]


def _whole(value: str, default: int) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else default


def _table(node: Node, notes: list[Note]) -> list[str]:
    caption = [line for each in _elements(node) if each.name == "caption" for line in _blocks(each, notes)]
    rows = list(_rows(node))
    nested = any(True for cell in (cell for row in rows for cell in row) for _ in cell.find("table"))
    cells = [[_blocks(cell, notes) for cell in row] for row in rows]
    is_layout = nested or max(map(len, cells), default=0) < 2 or any(_is_long(cell) for row in cells for cell in row)
    if is_layout:
        return caption + [line for row in cells for cell in row for line in cell]
    lines = [[" ".join(cell) for cell in row] for row in cells]
    return caption + _joined(_table_lines(rows, lines))


def _table_lines(rows: list[list[Node]], lines: list[list[str]]) -> list[str]:
    """The lines of a table; names of columns may be divided over rows, and names of rows stand before their values."""
    is_head = [all(_is_name(cell) for cell in row) for row in rows]
    head = next((at for at, each in enumerate(is_head) if not each), 0)
    texts = _filled(rows, lines, head)
    if not head:
        if all(row and row[0].name == "th" for row in rows):
            return [f"{name.rstrip(':')}: {'; '.join(filter(None, values))}" for name, *values in texts if any(values)]
        return table_lines(texts)
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip_longest(*texts[:head], fillvalue="")]
    if not any(names):
        return table_lines(texts[head:], header=False)
    found: list[str] = []
    for cells, row in zip(rows[head:], texts[head:], strict=True):
        is_title = len(cells) == 1 and _span(cells[0], "colspan") >= len(row) > 1
        found += table_lines([row], header=False) if is_title else table_lines([names, row], header=True)
    return found


def _is_name(cell: Node) -> bool:
    """Whether a cell names its column: by its kind, or because all of it is bold."""
    return cell.name == "th" or (bool(_text_of(cell).strip()) and _is_bold(cell))


def _is_bold(node: Node) -> bool:
    return all(
        not child.strip() if isinstance(child, str) else child.name in ("b", "strong") or _is_bold(child)
        for child in node.children
    )


def _is_long(cell: list[str]) -> bool:
    return sum(map(len, cell)) > _CELL_LIMIT


def _rows(node: Node) -> Iterator[list[Node]]:
    """The cells of each row of a table, not of tables inside it."""
    for child in _elements(node):
        if child.name == "tr":
            yield [cell for cell in _elements(child) if cell.name in ("td", "th")]
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _filled(rows: list[list[Node]], texts: list[list[str]], head: int) -> list[list[str]]:
    """The texts of the cells, each put into every row that it spans, in the first `head` rows into every column, too."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for y, (row, line) in enumerate(zip(rows, texts, strict=True)):
        x = 0
        for cell, text in zip(row, line, strict=True):
            while x in grid[y]:
                x += 1
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            for below in grid[y : y + down]:
                below.update(dict.fromkeys(range(x, x + right), text if y < head else ""))
                below[x] = text
            x += right
    return [[row.get(x, "") for x in range(max(row, default=-1) + 1)] for row in grid]


def _span(cell: Node, name: str) -> int:
    value = cell.attribute(name)
    return min(int(value), _SPAN_LIMIT) if value.isdecimal() and len(value) < 5 and int(value) > 0 else 1
