"""OpenDocument texts: .odt. Numbers of lists, tables and footnotes stay; struck and deleted text does not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.articles.markup.html_tree import Node
from index.articles.markup.page import plain_from_tree
from index.articles.markup.zipped import attribute, core_title, local, open_zip, xml
from index.articles.metadata.article import article
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_SKIPPED = {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "note-citation", "ruby-text"}
_SKIPPED |= {"table-of-content", "alphabetical-index", "illustration-index", "bibliography"}
_REPEAT_LIMIT = 50


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read(FILE_LIMIT)
    with open_zip(raw) as archive:
        manifest = xml(archive, "META-INF/manifest.xml")
        if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
            raise UnreadableArticle("encrypted", "encrypted with a password; save it without one")
        content = xml(archive, "content.xml")
        if content is None:
            raise UnreadableArticle("damaged", "damaged: no text part in it")
        title = core_title(archive, "meta.xml")
        styles = xml(archive, "styles.xml")
    document = _Document([content] if styles is None else [styles, content])
    body = next((each for each in content.iter() if local(each) == "text" and local(each.getparent()) == "body"), None)
    text, notes = plain_from_tree(Node("body", children=document.children(body))) if body is not None else ("", ())
    if text.strip():
        yield article(
            file, text, {"title": title or document.title}, raw=raw, is_paper=True, notes=(*document.notes, *notes)
        )


class _Document:
    """Turns a text into a tree of HTML's elements; `parts` hold the styles that say what is struck or numbered."""

    def __init__(self, parts: "list[Element]") -> None:
        self.notes: list[Note] = []
        self.title: str | None = None
        self._footnotes: list[Node] = []
        self._struck: set[str] = set()
        self._numbers: dict[str, dict[int, str]] = {}  # list style -> level -> what stands behind its numbers
        self._counts: dict[str, int] = {}
        for style in (each for part in parts for each in part.iter() if local(each) in ("style", "list-style")):
            self._take_style(style)

    def _take_style(self, style: "Element") -> None:
        name = attribute(style, "name")
        for each in style:
            if attribute(each, "text-line-through-style") not in ("", "none"):
                self._struck.add(name)
            if local(each) == "list-level-style-number" and attribute(each, "num-format"):
                level = attribute(each, "level")
                ends = attribute(each, "num-suffix") or "."
                self._numbers.setdefault(name, {})[int(level) if level.isdecimal() else 1] = ends

    def children(self, element: "Element") -> list[str | Node]:
        """Text and elements inside an element."""
        found: list[str | Node] = [element.text or ""]
        for child in element:
            found += self._nodes(child)
            found.append(child.tail or "")
        return found

    def _nodes(self, element: "Element") -> list[str | Node]:
        name = local(element)
        if name in _SKIPPED:
            return []
        if name in ("p", "h"):
            return self._paragraph(element)
        if name == "list":
            return [self._list(element, "", 1)]
        if name == "table":
            return [Node("table", children=[row for each in element.iter() for row in self._row(each, element)])]
        if name == "s":
            return [" "]
        if name == "line-break":
            return [Node("br")]
        if name in ("tab", "soft-page-break"):
            return [" " if name == "tab" else "\f"]
        if name == "note":
            self._footnotes += [
                Node("div", children=self.children(each)) for each in element if local(each) == "note-body"
            ]
            return []
        if name == "span" and attribute(element, "style-name") in self._struck:
            self.notes.append(Note("struck text left out", " ".join("".join(element.itertext()).split())[:200]))
            return []
        return self.children(element)

    def _paragraph(self, element: "Element") -> list[str | Node]:
        """A paragraph, and its footnotes behind it."""
        node = Node("p", children=self.children(element))
        is_title = attribute(element, "style-name") == "Title" or attribute(element, "outline-level") == "1"
        if is_title and self.title is None:
            self.title = " ".join(plain_from_tree(node)[0].split()) or None
        footnotes, self._footnotes = self._footnotes, []
        return [node, *footnotes]

    def _list(self, element: "Element", style: str, level: int) -> Node:
        """A list as lines behind their markers; one that goes on from an earlier list keeps counting."""
        style = attribute(element, "style-name") or style
        ends = self._numbers.get(style, {}).get(level)
        number = self._counts.get(style, 0) if attribute(element, "continue-numbering") == "true" else 0
        lines: list[str | Node] = []
        for item in (each for each in element if local(each) in ("list-item", "list-header")):
            number += local(item) == "list-item"
            marker = f"{number}{ends} " if ends else "- "
            for each in item:
                if local(each) == "list":
                    lines.append(self._list(each, style, level + 1))
                else:
                    nodes = self._nodes(each)
                    if nodes and marker and isinstance(nodes[0], Node):
                        nodes[0].children.insert(0, marker)
                        marker = ""
                    lines += nodes
        self._counts[style] = number
        return Node("dl", children=lines)

    def _row(self, element: "Element", table: "Element") -> Iterator[Node]:
        if local(element) != "table-row" or next(_tables_around(element), None) is not table:
            return
        cells: list[str | Node] = []
        parent = element.getparent()
        kind = "th" if parent is not None and local(parent) == "table-header-rows" else "td"
        for cell in (each for each in element if local(each) == "table-cell"):
            repeated = attribute(cell, "number-columns-repeated")
            times = min(int(repeated), _REPEAT_LIMIT) if repeated.isdecimal() else 1
            right, down = attribute(cell, "number-columns-spanned"), attribute(cell, "number-rows-spanned")
            spans = f'colspan="{right}" rowspan="{down}"'
            cells += [Node(kind, spans, self.children(cell)) for _ in range(times)]
        yield Node("tr", children=cells)


def _tables_around(element: "Element") -> "Iterator[Element]":
    return (each for each in element.iterancestors() if local(each) == "table")


READERS = {".odt": read}
