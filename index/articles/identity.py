"""What an article is known by: its id, else its URL, else its own name.

Files often number their rows from 1 on: an id that is another article's already gives one of its own, with the file and the text.

The name of a file is its path, so that its text may change. The name of a row in a file of many articles is its text, so that
other rows may be put before it.
"""

import hashlib
from collections.abc import Iterator
from itertools import count

from index.types import Article


def ids_of(article: Article) -> Iterator[str]:
    """The ids that an article may have, the best first: the first that is not another article's becomes its own.

    There is always one more: two articles may give the same id or URL.

    >>> article = Article("/a.txt", "/a.txt", "…", "Some text.", url="https://example.org/")
    >>> ids = ids_of(article)
    >>> next(ids), next(ids)
    ('8198d1bac40a', '53de6aa9e7e2')
    """
    name = article.origin if article.line is None else article.text
    if article.id:
        first, name = article.id, f"{article.file}\n{name}"
    else:
        first = _short_hash(article.url or name)
    yield first
    for number in count(1):
        yield _short_hash(f"{first}\n{name}\n{number}")


def _short_hash(text: str) -> str:
    """Twelve hex digits of the SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]
