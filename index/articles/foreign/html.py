"""Pages of the web and saved pages: .html, .htm, .xhtml. The main text is kept, menus and lists of other news are not."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from index.articles.encoding.decode import decode_named
from index.articles.markup.html_tree import Node, parse
from index.articles.markup.markdown_extensions import without_templates
from index.articles.markup.page import plain_from_tree
from index.articles.metadata.article import article
from index.articles.metadata.front_matter import split_front_matter
from index.articles.metadata.page_title import SITE_WORDS, page_title, title_parts
from index.articles.source_file import SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle, Note

_CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says its encoding
_TITLE = re.compile(r"<title[^<>]*+>([^<]*+)</title", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_META = re.compile(r"<meta\b([^<>]*+)>", re.IGNORECASE)
_FRAME = {"nav", "header", "footer", "aside", "form", "menu"}
_NOTICE = re.compile(r"cookie|consent|gdpr|(?:test|beta|alpha|phase)[-_]?banner")
_LONGEST_NOTICE = 600  # letters
_LEAST_MAIN = 100  # letters of a main part that may be the article
_LONGEST_HEAD = 400  # letters of what stands before it with its heading
_SHORT = 1500  # characters: pages with less have no frame to speak of, and are kept whole
# trafilatura drops lists with links and repeated paragraphs. Where it keeps so much, there is no frame left to take away.
_NEARLY_ALL = 0.8
_LINKED = 0.8  # share of letters inside links from which on a list is a menu
# What trafilatura calls an element, and what HTML does.
_NAMES = {"head": "h2", "item": "li", "row": "tr", "lb": "br", "ref": "a", "quote": "blockquote"}
_NAMES |= {"hi": "span", "graphic": "img", "code": "pre"}


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a page as one article."""
    raw = file.read()
    markup, notes = decode_page(raw)
    given: dict[str, Any] = {}
    if _FRONT_MATTER.match(markup):  # a page of a site generator, before it is generated
        given, markup, _ = split_front_matter(markup.replace("\r\n", "\n"))
        markup = without_templates(markup)
    text, fields, left_out = read_page(markup)
    if text.strip():
        yield article(file, text, {**fields, **given}, raw=raw, notes=notes + left_out)
    elif raw.strip():
        raise UnreadableArticle("no_text", "no text in this page; perhaps a script would have written it")


def decode_page(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """Decode a page by its byte order mark, by what it says itself, or as other texts are."""
    declared = _CHARSET.search(raw[:_HEAD])
    return decode_named(raw, declared[1].decode("ascii") if declared else None)


def read_page(markup: str) -> tuple[str, dict[str, Any], tuple[Note, ...]]:
    """The main text of a page, its metadata ("title", "date", "source", "url"), and what was left out."""
    tree = parse(markup)
    headings = [text for each in tree.find("h1") if (text := " ".join(plain_from_tree(each)[0].split()))]
    whole, notes = plain_from_tree(tree)
    within = _within_main(tree)
    text, _ = plain_from_tree(Node(tree.name, children=list(_without_frame(within))))
    text = text or whole
    fields = _metadata(markup)
    if len(text) > _SHORT and within is tree:
        main, main_notes = _main_text(markup)
        if main and len(main) < _NEARLY_ALL * len(text):
            text, notes = main, main_notes
    site = fields["source"] or _site_in_frame(_written_title(markup), tree)
    fields["title"] = page_title(_written_title(markup), headings, _called(markup), site) or fields["title"]
    lost = len(whole.split()) - len(text.split())
    if lost > 0:
        notes += (Note("frame of the page left out", f"{lost} words of menus, lists and footers"),)
    return text, fields, notes


def _written_title(markup: str) -> str:
    found = _TITLE.search(markup)
    return unescape(found[1]) if found else ""


def _called(markup: str) -> str:
    """What a page calls itself for other sites; "" if it does not."""
    for found in _META.finditer(markup):
        if "og:title" in found[1]:
            return " ".join(Node("meta", found[1]).attribute("content").split())
    return ""


def _within_main(tree: Node) -> Node:
    """A page with nothing but its main part and what stands over its headings of level 1; the page if it marks no such part."""
    mains = list(tree.find("main"))
    if len(mains) != 1 or _letters(mains[0]) < _LEAST_MAIN:
        return tree
    return Node(tree.name, children=list(_kept_for(tree, mains[0])))


def _kept_for(node: Node, main: Node) -> Iterator[str | Node]:
    """The main part, and the short parts before it that hold a heading of level 1, in their order."""
    for child in node.children:
        if isinstance(child, str):
            continue
        if child is main:
            yield child
            return
        if any(each is main for each in child.find("main")):
            yield from _kept_for(child, main)
            return
        if (child.name == "h1" or any(True for _ in child.find("h1"))) and _letters(child) < _LONGEST_HEAD:
            yield child


def _without_frame(node: Node) -> Iterator[str | Node]:
    """The children of an element without menus, headers, footers, banners and lists of links, at any depth."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name not in _FRAME and not _is_menu(child) and not _is_of_program(child):
            yield Node(child.name, child.attributes, list(_without_frame(child)))


def _is_of_program(node: Node) -> bool:
    """Whether an element is a link that leaps over the menu, or a notice of cookies or of a site that is being tried."""
    called = f"{node.attribute('class')} {node.attribute('id')}".lower()
    if node.name == "a":
        return node.attribute("href").startswith("#") and "skip" in called
    return bool(_NOTICE.search(called)) and _letters(node) < _LONGEST_NOTICE and not any(True for _ in node.find("h1"))


def _site_in_frame(title: str, tree: Node) -> str | None:
    """The last or first part of a title that the header or the footer of the page says, too: the name of its site."""
    frame = [" ".join(plain_from_tree(each)[0].split()) for name in ("header", "footer") for each in tree.find(name)]
    parts = title_parts(title)
    of_site = (part for part in (parts[-1], parts[0]) if len(parts) > 1 and any(part in text for text in frame))
    return next(of_site, None)


def _is_menu(node: Node) -> bool:
    """Whether a list holds hardly anything but links."""
    if node.name not in ("ul", "ol"):
        return False
    linked = sum(_letters(link) for link in node.find("a"))
    return linked > _LINKED * _letters(node)


def _letters(node: Node) -> int:
    return sum(c.isalpha() for c in plain_from_tree(node)[0])


def _metadata(markup: str) -> dict[str, Any]:
    """What the page's head says; only dates that it states, none that would be guessed from its text."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(markup, date_config={"original_date": True, "extensive_search": False})
    site = found.sitename if len((found.sitename or "").split()) <= SITE_WORDS else None  # more are a title
    return {"title": found.title, "date": found.date, "source": site or found.hostname, "url": found.url}


def _main_text(markup: str) -> tuple[str, tuple[Note, ...]]:
    from lxml.etree import tostring
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup, include_comments=False, include_tables=True, include_links=True, favor_recall=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return "", ()
    for element in body.iter():
        if element.tag == "list":
            element.tag = "ol" if element.get("rend") == "ol" else "ul"
        elif element.tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif element.tag == "ref":
            element.set("href", element.get("target", ""))
        element.tag = _NAMES.get(element.tag, element.tag)
    return plain_from_tree(parse(tostring(body, encoding="unicode", method="html")))


READERS = {".html": read, ".htm": read, ".xhtml": read}
