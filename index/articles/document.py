"""An article becomes a document: cleaned, titled, with an id that stays."""

import hashlib

from index.analysis.detect import detect
from index.articles.cleaning import clean_pages
from index.articles.identity import ids_of
from index.articles.metadata.headline import split_headline
from index.errors import UnreadableArticle
from index.types import Article, Document

TITLE_LIMIT = 300  # characters
_BEGINNING = 80  # of the text, where there is no title


def to_document(article: Article, id: str | None = None) -> Document:
    """Clean an article.

    Args:
        article: as it was read.
        id: of the document; None for the first that the article may have, see `index.articles.identity`.

    Raises:
        InputError: nothing is left of it.
    """
    cleaned, pages = clean_pages(article.text)
    title, text = article.title, cleaned
    if title is None:
        title, text = split_headline(cleaned)
    elif cleaned.startswith(title + "\n"):  # a headline repeated at the top of the body
        text = cleaned[len(title) :].lstrip()
    headline = len(cleaned) - len(text)  # characters that went before page 2
    if not any(c.isalnum() for c in text):
        raise UnreadableArticle("no_text", "no text in it")
    return Document(
        id=id or next(ids_of(article)),
        title=_shortened(title or text.split("\n", 1)[0], TITLE_LIMIT if title else _BEGINNING),
        text=text,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language or detect(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=article.origin if article.line is None else article.file,
        line=article.line,
        pages=tuple(max(0, page - headline) for page in pages),
        place=article.place,
    )


def _shortened(line: str, limit: int) -> str:
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"
