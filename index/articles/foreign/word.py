"""Word files: .docx, .docm. Numbers of lists, tables and footnotes stay; struck and deleted text goes with a note."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from index.articles.markup.html_tree import Node
from index.articles.markup.numbering import Numbering
from index.articles.markup.page import plain_from_tree
from index.articles.markup.zipped import attribute, core_title, local, member, open_zip, xml
from index.articles.metadata.article import article
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_LEFT_OUT = {"del": "deleted text left out", "moveFrom": "deleted text left out"}
_SKIPPED = {
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "instrText",
    "Fallback",
    "sectPr",
    "sdtPr",
    "commentReference",
}
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_OFF = ("0", "false", "off", "none")


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read(FILE_LIMIT)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableArticle(
            "encrypted", "encrypted with a password, or an old .doc file; save it as .docx without one"
        )
    with open_zip(raw) as archive:
        document = xml(archive, "word/document.xml")
        if document is None:
            raise UnreadableArticle("damaged", "damaged: no text part in it")
        word = _Word(archive, document)
        text, notes = plain_from_tree(Node("body", children=word.children(document)))
        title = core_title(archive, "docProps/core.xml") or word.title
    if text.strip():
        yield article(file, text, {"title": title}, raw=raw, is_paper=True, notes=(*word.notes, *notes))


class _Word:
    """Turns the parts of a Word file into a tree of HTML's elements."""

    def __init__(self, archive: ZipFile, document: "Element") -> None:
        self.notes: list[Note] = []
        self.title: str | None = None
        self._numbering = Numbering(xml(archive, "word/numbering.xml"))
        self._style_lists, self._titles = _styles(archive)
        self._footnotes = {**_footnotes(archive, "footnotes"), **_footnotes(archive, "endnotes")}
        self._cited: list[Element] = []  # footnotes of the paragraph
        rendered = any(True for each in document.iter() if local(each) == "lastRenderedPageBreak")
        self._page_break = "lastRenderedPageBreak" if rendered else "br"

    def children(self, element: "Element") -> list[str | Node]:
        """The elements for paragraphs, tables and what holds them."""
        found: list[str | Node] = []
        items: Node | None = None
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "p":
                is_item, nodes = self._paragraph(child)
                if is_item and items is None:
                    items = Node("dl")
                    found.append(items)
                elif not is_item:
                    items = None
                (items.children if items else found).extend(nodes)
            else:
                items = None
                found += [self._table(child)] if name == "tbl" else self.children(child)
        return found

    def _paragraph(self, element: "Element") -> tuple[bool, list[Node]]:
        """Whether a paragraph is an item of a list; the paragraph, and its footnotes behind it."""
        style, number, level = self._properties(element)
        marker = self._numbering.marker(number, level)
        node = Node("p", children=self._runs(element))
        if style in self._titles and self.title is None:
            self.title = " ".join(plain_from_tree(node)[0].split()) or None
        if marker and plain_from_tree(node)[0].strip():
            node.children.insert(0, marker)
        footnotes = [Node("p", children=self._runs(each)) for each in self._cited]
        self._cited.clear()
        return bool(marker), [node, *footnotes]

    def _properties(self, element: "Element") -> tuple[str, str, int]:
        """Style, list and level of a paragraph."""
        style, number, level = "", "", "0"
        for properties in (child for child in element if local(child) == "pPr"):
            for each in properties:
                if local(each) == "pStyle":
                    style = attribute(each, "val")
                elif local(each) == "numPr":
                    values = {local(child): attribute(child, "val") for child in each}
                    number, level = values.get("numId", ""), values.get("ilvl", "0")
        if not number:
            number, level = self._style_lists.get(style, ("", "0"))
        return style, number, int(level) if level.isdecimal() and len(level) < 3 else 0

    def _runs(self, element: "Element") -> list[str | Node]:
        """The words of a paragraph, and what stands in text boxes inside it."""
        found: list[str | Node] = []
        for child in element:
            name = local(child)
            if name == "t":
                found.append(child.text or "")
            elif name in _SIGNS:
                found.append(_SIGNS[name] if name != "cr" else Node("br"))
            elif name in ("br", "lastRenderedPageBreak"):
                found += self._break(child)
            elif name in _LEFT_OUT or (name == "r" and (said := _is_left_out(child))):
                self._note(_LEFT_OUT.get(name) or said, child)
            elif name in ("footnoteReference", "endnoteReference"):
                self._cited += self._footnotes.get((name[:-9] + "s", attribute(child, "id")), [])
            elif name == "txbxContent":
                found.append(Node("div", children=self.children(child)))
            elif name not in _SKIPPED:
                found += self._runs(child)
        return found

    def _break(self, element: "Element") -> list[str | Node]:
        is_page = local(element) == "lastRenderedPageBreak" or attribute(element, "type") == "page"
        if is_page:
            return ["\f"] if local(element) == self._page_break else []
        return [Node("br")]

    def _note(self, kind: str, element: "Element") -> None:
        text = "".join(each.text or "" for each in element.iter() if local(each) in ("t", "delText"))
        if text.strip():
            self.notes.append(Note(kind, " ".join(text.split())[:200]))

    def _table(self, element: "Element") -> Node:
        table = Node("table")
        above: dict[int, list[str | Node]] = {}  # what stands in each column, for cells that go on from the row above
        for row in element.iter():
            if local(row) == "tr" and _around(row, "tbl") is element:
                table.children.append(Node("tr", children=list(self._cells(row, above))))
        return table

    def _cells(self, row: "Element", above: dict[int, list[str | Node]]) -> Iterator[str | Node]:
        column = 0
        kind = (
            "th" if any(local(each) == "tblHeader" for part in row if local(part) == "trPr" for each in part) else "td"
        )
        for cell in (each for each in row.iter() if local(each) == "tc" and _around(each, "tr") is row):
            properties = {
                local(each): attribute(each, "val") for part in cell if local(part) == "tcPr" for each in part
            }
            if properties.get("vMerge", "restart") == "restart":
                above[column] = self.children(cell)
            span = properties.get("gridSpan", "1")
            yield Node(kind, f'colspan="{span}"', above.get(column, []))
            column += int(span) if span.isdecimal() and len(span) < 4 else 1


def _around(element: "Element", name: str) -> "Element | None":
    """The innermost element of this name around an element."""
    return next((each for each in element.iterancestors() if local(each) == name), None)


def _is_left_out(run: "Element") -> str:
    """What a run is left out for: struck or hidden; nothing if it stays."""
    for properties in (child for child in run if local(child) == "rPr"):
        on = {local(each) for each in properties if attribute(each, "val") not in _OFF}
        if on & {"strike", "dstrike"}:
            return "struck text left out"
        if "vanish" in on:
            return "hidden text left out"
    return ""


def _styles(archive: ZipFile) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """The list and level of each style that numbers its paragraphs, and the styles of titles."""
    lists: dict[str, tuple[str, str]] = {}
    titles: set[str] = set()
    styles = xml(archive, "word/styles.xml")
    for style in () if styles is None else (each for each in styles if local(each) == "style"):
        id = attribute(style, "styleId")
        for each in style.iter():
            if local(each) == "name" and attribute(each, "val").lower() in ("title", "heading 1"):
                titles.add(id)
            elif local(each) == "numPr":
                values = {local(child): attribute(child, "val") for child in each}
                lists[id] = (values.get("numId", ""), values.get("ilvl", "0"))
    return lists, titles


def _footnotes(archive: ZipFile, part: str) -> "dict[tuple[str, str], list[Element]]":
    """The paragraphs of each footnote: (part, id) -> paragraphs."""
    root = xml(archive, f"word/{part}.xml") if member(archive, f"word/{part}.xml") else None
    if root is None:
        return {}
    notes = [each for each in root if local(each) in ("footnote", "endnote") and not attribute(each, "type")]
    return {(part, attribute(each, "id")): [p for p in each if local(p) == "p"] for each in notes}


READERS = {".docx": read, ".docm": read}
