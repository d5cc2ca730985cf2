"""Plain text: .txt."""

from collections.abc import Iterator

from index.articles.encodings import decode
from index.articles.metadata import article
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read()
    text, notes = decode(raw)
    if text.strip():
        yield article(file, text, {}, raw=raw, notes=notes)


READERS = {".txt": read}
