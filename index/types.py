"""The words of the data: article, document, chunk, and the embedder that turns text into vectors."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was left out of an article or guessed: `Note("caption left out", "Photo: …")`."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was found, before any cleaning: plain text without markup, form feeds between pages.

    `file` is the absolute path it came from, `origin` the path and, in a file of many articles, the place in it; `line` is
    the line in the file, from 1, where there is one. `digest` is the SHA-256 of the raw bytes: an article with the same
    digest need not be read again. `notes` say what the reader left out or guessed.
    """

    file: str
    origin: str
    digest: str
    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    place: str | None = None
    line: int | None = None
    notes: tuple[Note, ...] = ()
    is_draft: bool = False


Fault = Literal[
    "damaged", "encrypted", "no_text", "scan", "oversized", "too_slow", "malformed", "other"
]  # of an article


@dataclass(frozen=True, slots=True)
class BadArticle:
    """Something that could not become a document, and why: in words, and as a kind for those who say it in others."""

    file: str
    origin: str
    reason: str
    fault: Fault = "other"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What was not read: how many files of each other kind, by suffix ("" for none), how many empty ones and drafts."""

    others: Mapping[str, int]
    empty: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned article. Every offset of the project counts the characters of `text` (NFC, no markup).

    `id` is given by the article or a short hash, see `index.articles.identity`; `sha256` is of `text` in UTF-8.
    `published` is an ISO date, `language` an ISO 639-1 code, `place` where the article comes from, such as a letter's town.

    `path` is the file that it came from, or "news.zip/2024/a.html" for a member of an archive; `line` is the line or row in
    a file of many articles, counted from 1. `pages` are the offsets at which page 2, 3, … begin, empty without pages.
    """

    id: str
    title: str
    text: str
    source: str | None
    url: str | None
    published: str | None
    language: str
    sha256: str
    path: str = ""
    line: int | None = None
    pages: tuple[int, ...] = ()
    place: str | None = None


def page_of(document: Document, offset: int) -> int | None:
    """The page that a character is on, counted from 1; None if the document has no pages.

    >>> document = Document("a", "Title", "One. Two.", None, None, None, "en", "…", pages=(5,))
    >>> page_of(document, 4), page_of(document, 5)
    (1, 2)
    """
    return 1 + bisect_right(document.pages, offset) if document.pages else None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document: `document.text[start:end] == text`; `position` counts from 0."""

    document_id: str
    position: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a model makes of some texts.

    Attributes:
        vectors: unit rows, float32, shape (texts, dim).
        states: for each text its token embeddings, that is what the last layer makes of each token, float32, shape
            (tokens, dim), not normalised. Marks of start and end, lone blanks and the model's prefix are left out, and
            so is what lies beyond the length that the model reads. None from a model that gives vectors only.
        spans: for each text where its tokens start and end in it, in characters, shape (tokens, 2); None like `states`.
    """

    vectors: "NDArray[np.float32]"
    states: "tuple[NDArray[np.float32], ...] | None" = None
    spans: "tuple[NDArray[np.int32], ...] | None" = None


class Embedder(Protocol):
    """Turns text into vectors. `sha256` identifies the weights, so that an index can refuse others.

    Token embeddings are optional: without them, passages are ranked by the cosine of their vectors and by words.
    """

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def embed_documents(self, texts: "Sequence[str]") -> Embedded:
        """Vectors of passages, with their token embeddings if the model gives them."""
        ...

    def embed_query(self, text: str) -> Embedded:
        """The same of one question: one row, one array of token embeddings."""
        ...
