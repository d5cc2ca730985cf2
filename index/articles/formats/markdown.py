"""Markdown with front matter: .md, .markdown, .mdx."""

import re
from collections.abc import Iterator

from index.articles.encoding.decode import decode
from index.articles.markup.markdown import read_markdown
from index.articles.metadata.article import article
from index.articles.metadata.front_matter import split_front_matter
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle

_CODE = re.compile(r"`([^`]+)`")  # in a title


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article; without a title it is called by its first heading of level 1, else as the file is."""
    raw = file.read()
    source, notes = decode(raw)
    fields, body, field_notes = split_front_matter(source)
    if not body.strip():
        return
    markdown = read_markdown(body)
    yield article(
        file,
        markdown.text,
        {name: _CODE.sub(r"\1", value) if isinstance(value, str) else value for name, value in fields.items()},
        raw=raw,
        title=markdown.heading or file.stem,
        notes=notes + field_notes + markdown.notes,
    )


READERS = {".md": read, ".markdown": read, ".mdx": read}
