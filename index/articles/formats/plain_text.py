"""Plain text: .txt, .text."""

from collections.abc import Iterator

from index.articles.encodings import decode
from index.articles.headline import date_on_top
from index.articles.markup.printed import unwrap_pages
from index.articles.metadata import article
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article; the lines of its paragraphs are joined."""
    raw = file.read()
    text, notes = decode(raw)
    if text.strip():
        yield article(file, unwrap_pages(text), {"date": date_on_top(text)}, raw=raw, notes=notes)


READERS = {".txt": read, ".text": read}
