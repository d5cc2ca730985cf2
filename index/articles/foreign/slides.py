"""PowerPoint files: .pptx. A slide is a page: its title, its lines, its tables, and what the speaker noted."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

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

_PRESENTATION = "ppt/presentation.xml"
_FURNITURE = {"dt", "ftr", "sldNum", "sldImg", "hdr"}  # date, footer, number of a slide


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read(FILE_LIMIT)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableArticle(
            "encrypted", "encrypted with a password, or an old .ppt file; save it as .pptx without one"
        )
    notes: list[Note] = []
    with open_zip(raw) as archive:
        slides = [_slide(archive, name, notes) for name in _slide_names(archive)]
        title = core_title(archive, "docProps/core.xml")
    text = "\n\n\f".join(slides)
    if text.strip():
        yield article(file, text, {"title": title}, raw=raw, notes=tuple(notes))


def _slide_names(archive: ZipFile) -> list[str]:
    """The parts that hold the slides, in the order in which they are shown."""
    presentation = xml(archive, _PRESENTATION)
    if presentation is None:
        raise UnreadableArticle("damaged", "damaged: no slides in it")
    targets = _relations(archive, _PRESENTATION)
    ids = [_relation_id(each) for each in presentation.iter() if local(each) == "sldId"]
    return [targets[id][1] for id in ids if id in targets]


def _relation_id(element: "Element") -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("relationships}id")), "")


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: id -> kind, name of the part."""
    folder, name = posixpath.split(part)
    root = xml(archive, f"{folder}/_rels/{name}.rels")
    found = {}
    for each in root if root is not None else ():
        target = posixpath.normpath(posixpath.join(folder, attribute(each, "Target"))).lstrip("/")
        found[attribute(each, "Id")] = (attribute(each, "Type").rpartition("/")[2], target)
    return found


def _slide(archive: ZipFile, name: str, notes: list[Note]) -> str:
    slide = xml(archive, name)
    if slide is None:
        return ""
    nodes = list(_shapes(slide, notes))
    for kind, target in _relations(archive, name).values():
        spoken = xml(archive, target) if kind == "notesSlide" else None
        nodes += _shapes(spoken, notes) if spoken is not None else ()
    return plain_from_tree(Node("body", children=nodes))[0]


def _shapes(element: "Element", notes: list[Note]) -> Iterator[str | Node]:
    """The texts and tables of a slide, in its order; the title first."""
    shapes = [each for each in element.iter() if local(each) in ("sp", "tbl")]
    for shape in sorted(shapes, key=lambda each: _kind(each) not in ("title", "ctrTitle")):
        if local(shape) == "tbl":
            rows = [each for each in shape if local(each) == "tr"]
            has_names = any(attribute(each, "firstRow") == "1" for each in shape if local(each) == "tblPr")
            kinds = ["th" if has_names and not at else "td" for at in range(len(rows))]
            yield Node("table", children=[_row(row, kind, notes) for row, kind in zip(rows, kinds, strict=True)])
        elif _kind(shape) not in _FURNITURE:
            lines: list[str | Node] = [Node("dd", children=_words(each, notes)) for each in _paragraphs(shape)]
            yield Node("dl", children=lines)


def _kind(shape: "Element") -> str:
    return next((attribute(each, "type") for each in shape.iter() if local(each) == "ph"), "")


def _paragraphs(shape: "Element") -> Iterator["Element"]:
    return (each for each in shape.iter() if local(each) == "p")


def _row(row: "Element", kind: str, notes: list[Note]) -> Node:
    cells = (each for each in row if local(each) == "tc")
    return Node(
        "tr",
        children=[
            Node(kind, children=[Node("p", children=_words(each, notes)) for each in _paragraphs(cell)])
            for cell in cells
        ],
    )


def _words(paragraph: "Element", notes: list[Note]) -> list[str | Node]:
    found: list[str | Node] = []
    for run in paragraph:
        if local(run) == "br":
            found.append(Node("br"))
        elif local(run) in ("r", "fld"):
            text = "".join(each.text or "" for each in run if local(each) == "t")
            struck = any(
                attribute(each, "strike") in ("sngStrike", "dblStrike") for each in run if local(each) == "rPr"
            )
            if struck and text.strip():
                notes.append(Note("struck text left out", text.strip()[:200]))
            else:
                found.append(text)
    return found


READERS = {".pptx": read}
