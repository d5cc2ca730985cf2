"""Saved RSS and Atom feeds: .rss, .atom, .xml. One article an entry."""

import io
from collections.abc import Iterator
from typing import Any

from index.articles.markup.page import plain_from_html
from index.articles.metadata.article import article
from index.articles.source_file import SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle

_FEED_LIMIT = 50_000_000  # bytes


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read every entry of a feed as an article."""
    import feedparser

    raw = file.read(_FEED_LIMIT)
    if not raw.strip():
        return
    # Sanitizing would cut words that look like tags; addresses are kept as they are written.
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        raise UnreadableArticle("malformed", "no RSS or Atom feed in it")
    for number, entry in enumerate(feed.entries, 1):
        name = f"{file.origin} {entry.get('id') or entry.get('link') or f'entry {number}'}"
        text, notes = plain_from_html(_content(entry))
        if text:
            yield article(file, text, _fields(feed.feed, entry), origin=name, notes=notes)
        else:
            yield BadArticle(str(file.path), name, "no text in this entry", "no_text")


def _content(entry: Any) -> str:
    """The longest text of an entry: some feeds have a summary and the whole article."""
    texts = [each.get("value") or "" for each in entry.get("content", [])] + [entry.get("summary") or ""]
    return max(texts, key=len)


def _fields(feed: Any, entry: Any) -> dict[str, Any]:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    written = entry.get("published") or entry.get("updated")
    return {
        "title": plain_from_html(entry.get("title") or "")[0],
        "date": f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else written,
        "source": feed.get("title") or None,
        "url": entry.get("link"),
        "lang": feed.get("language"),
    }


READERS = {".rss": read, ".atom": read, ".xml": read}
