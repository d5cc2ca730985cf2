"""Markdown with YAML front matter: .md."""

import re
from collections.abc import Iterator
from typing import Any

from index.analysis.unicode import one_line
from index.articles.cleaning import plain_from_markdown
from index.articles.encodings import decode
from index.articles.metadata import article
from index.articles.source_file import SourceFile
from index.errors import InputError
from index.types import Article, BadArticle

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_MATTER_LIMIT = 20_000


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    raw = file.read()
    text, notes = decode(raw)
    fields, body = _front_matter(text)
    if body.strip():
        yield article(file, plain_from_markdown(body), fields, raw=raw, notes=notes)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    import yaml

    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    head = match[1] or ""
    try:
        if len(head) > _FRONT_MATTER_LIMIT:
            raise InputError(f"its front matter is longer than {_FRONT_MATTER_LIMIT:,} characters")
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"its front matter is no valid YAML ({one_line(str(error))}); a value with a colon needs quotation marks"
        ) from None
    if fields is not None and not isinstance(fields, dict):
        raise InputError("its front matter holds no `name: value` lines")
    return fields or {}, text[match.end() :]


READERS = {".md": read}
