"""What a feed (RSS or Atom) lists: the address, title and date of each entry.

The texts of its entries are read by `index.articles.foreign.feed`, once a feed is saved; here it is a list of pages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from index.articles.markup.page import plain_from_html
from index.articles.metadata.dates import read_date
from index.errors import InputError, needed
from index.web.addresses import normal_url

# An "&" that begins none of XML's own entities: of addresses as many feeds write them, of HTML's entities (&nbsp;), of
# entities that a feed declares. libxml2 drops what it meets behind one; as text they do no harm, and no bomb goes off.
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)", re.DOTALL
)
_ENTRIES = ("item", "entry")
_DATES = ("pubDate", "published", "issued", "date", "updated")  # best first


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed lists. `source` is the feed's title, `published` an ISO date."""

    url: str
    title: str | None = None
    published: str | None = None
    source: str | None = None


def read_feed(raw: bytes, address: str) -> list[Entry] | None:
    """The entries of a feed in its order, each address once; None if it is no feed.

    Args:
        raw: the feed as it was sent.
        address: where it was found; links may be relative to it.
    """
    with needed("following a feed"):
        from lxml import etree

    # Many feeds are not quite XML. They open no files, and have no depth and size without end.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw if b"\0" in raw[:4] else _BARE_AMPERSAND.sub(_escaped, raw), parser)  # "\0": UTF-16
    except etree.XMLSyntaxError:
        return None
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        return None
    source = _feed_title(root)
    listed: dict[str, Entry] = {}
    for element in root.iter():
        if _name(element) in _ENTRIES and (entry := _entry(element, address, source)):
            listed.setdefault(entry.url, entry)
    return list(listed.values())


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"&amp;" if found[0] == b"&" else found[0]


def _name(element: Any) -> str:
    """The name of an element without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _feed_title(root: Any) -> str | None:
    channel = next((child for child in root if _name(child) == "channel"), root)
    return _text(channel, "title")


def _entry(element: Any, address: str, source: str | None) -> Entry | None:
    for link in _links(element):
        try:
            url = normal_url(urljoin(address, link))
        except (InputError, ValueError):
            continue
        return Entry(url, _text(element, "title"), _date(element), source)
    return None


def _links(element: Any) -> Iterator[str]:
    """The addresses of an entry's page, best first: RSS has them as text, Atom as an attribute."""
    for child in element:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            yield (child.get("href") or "".join(child.itertext())).strip()
    for child in element:
        if _name(child) == "guid" and child.get("isPermaLink") != "false" and child.text:
            yield child.text.strip()


def _text(element: Any, name: str) -> str | None:
    for child in element:
        if _name(child) == name:
            text, _ = plain_from_html("".join(child.itertext()))
            return " ".join(text.split()) or None
    return None


def _date(element: Any) -> str | None:
    for name in _DATES:
        if written := _text(element, name):
            try:
                return read_date(written)
            except InputError:
                continue
    return None
