"""Markdown with front matter: .md, .markdown, .mdx."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.articles.encoding.decode import decode
from index.articles.markup.markdown import read_markdown
from index.articles.metadata.article import article
from index.articles.metadata.fields import field_values
from index.articles.metadata.front_matter import split_front_matter
from index.articles.metadata.month_day import names_day
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle, Note

_SUMMARY = tuple(
    "summary description deck dek lead lede excerpt abstract teaser описание аннотация лид сипаттама".split()
)
_LEAST = 8  # words of a summary that tells something; fewer are the name of a page that lists others
_CODE = re.compile(r"`([^`]+)`")  # in a title


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article; without a title it is called by its first heading of level 1 if that is no day, else as the file is.

    A file that is front matter alone, as those that link to an article elsewhere, has its summary for a text.
    """
    raw = file.read()
    source, notes = decode(raw)
    fields, body, field_notes = split_front_matter(source)
    if not body.strip():
        body = "\n\n".join(_summaries(fields))
        field_notes = (*field_notes, Note("read by its summary", file.stem))
    if not body.strip():
        return
    markdown = read_markdown(body)
    yield article(
        file,
        markdown.text,
        {name: _CODE.sub(r"\1", value) if isinstance(value, str) else value for name, value in fields.items()},
        raw=raw,
        title=file.stem if names_day(markdown.heading or "") else markdown.heading or file.stem,
        is_paper=True,
        notes=notes + field_notes + markdown.notes,
    )


def _summaries(fields: Mapping[str, Any]) -> list[str]:
    """What the front matter tells of an article in sentences, each once."""
    texts = (value.strip() for value in field_values(fields, _SUMMARY) if isinstance(value, str))
    return [text for text in dict.fromkeys(texts) if len(text.split()) >= _LEAST]


READERS = {".md": read, ".markdown": read, ".mdx": read}
