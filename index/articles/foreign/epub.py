"""Books: .epub. The chapters in their order, as one article."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zipfile import ZipFile

from index.articles.foreign.html import decode_page
from index.articles.markup.page import plain_from_html
from index.articles.markup.zipped import attribute, clean_title, local, member, open_zip, xml
from index.articles.metadata.article import article
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_PAGES = {"application/xhtml+xml", "text/html", "application/xml"}
_FIELDS = {"title": "title", "date": "date", "publisher": "source", "language": "lang"}


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a book as one article."""
    raw = file.read(FILE_LIMIT)
    notes: tuple[Note, ...] = ()
    chapters: list[str] = []
    with open_zip(raw) as archive:
        if member(archive, "META-INF/encryption.xml") and member(archive, "META-INF/rights.xml"):
            raise UnreadableArticle("encrypted", "protected against copying (DRM)")
        name, package = _package(archive)
        for chapter in _chapters(package):
            page = member(archive, posixpath.normpath(posixpath.join(posixpath.dirname(name), chapter)))
            if page is None:
                notes += (Note("missing chapter", chapter),)
                continue
            text, left_out = plain_from_html(decode_page(page)[0])
            chapters += [text] if text else []
            notes += left_out
    if chapters:
        yield article(file, "\n\n".join(chapters), _fields(package), raw=raw, notes=notes)


def _package(archive: ZipFile) -> "tuple[str, Element]":
    """The part that lists what the book is made of, and its name."""
    container = xml(archive, "META-INF/container.xml")
    for each in container.iter() if container is not None else ():
        if local(each) == "rootfile":
            name = attribute(each, "full-path")
            package = xml(archive, name)
            if package is not None:
                return name, package
    raise UnreadableArticle("damaged", "damaged: no list of chapters in it")


def _chapters(package: "Element") -> Iterator[str]:
    """The files of the chapters, in their order, without the table of contents."""
    items = {attribute(each, "id"): each for each in package.iter() if local(each) == "item"}
    for reference in (each for each in package.iter() if local(each) == "itemref"):
        item = items.get(attribute(reference, "idref"))
        if (
            item is None
            or attribute(item, "media-type") not in _PAGES
            or "nav" in attribute(item, "properties").split()
        ):
            continue
        yield unquote(attribute(item, "href"))


def _fields(package: "Element") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in package.iter():
        role = _FIELDS.get(local(each))
        if role and each.text and local(each.getparent()) == "metadata":
            found.setdefault(role, " ".join(each.text.split()))
    return found | {"title": clean_title(found.get("title", ""))}


READERS = {".epub": read}
