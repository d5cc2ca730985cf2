"""Makes of articles what an index holds of them: documents, chunks, their terms, vectors and sign bits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.analysis.terms import terms
from index.articles.chunks import CHUNK_SIZE, cut, embedding_text
from index.articles.document import to_document
from index.embedding.maxsim import pack, worded
from index.store.types import INDEX_VERSION, Settings
from index.types import Article, Chunk, Document, Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EMBED_CHUNKS = 128  # embedded between two reports of progress


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A document and its chunks."""

    document: Document
    chunks: list[Chunk]


@dataclass(frozen=True, slots=True)
class Made:
    """What an index holds of a document: for each chunk its terms, sign bits, and a row of `vectors`, (chunks, dim)."""

    cut: CutDocument
    terms: list[list[str]]
    sign_bits: list[bytes]
    vectors: "NDArray[np.float32]"


def settings_for(embedder: Embedder) -> Settings:
    """The settings of an index made with an embedder."""
    return Settings(embedder.name, embedder.sha256, embedder.dim, CHUNK_SIZE, INDEX_VERSION)


def cut_article(article: Article, id: str | None = None) -> CutDocument:
    """Clean an article and cut it; see `to_document`."""
    document = to_document(article, id)
    return CutDocument(document, cut(document))


def renamed(made: Made, id: str) -> Made:
    """The same, of a document of another id."""
    document = replace(made.cut.document, id=id)
    chunks = [replace(chunk, document_id=id) for chunk in made.cut.chunks]
    return replace(made, cut=CutDocument(document, chunks))


def make(
    documents: Sequence[CutDocument],
    embedder: Embedder,
    mean: "NDArray[np.float32]",
    on_embedded: Callable[[int], None] = lambda chunks: None,
) -> list[Made]:
    """Make what the index holds of some documents.

    Args:
        documents: with their chunks.
        embedder: makes the vectors.
        mean: of token embeddings, see `IndexWriter.mean_token_embedding`.
        on_embedded: told after every `EMBED_CHUNKS` how many chunks were embedded since the last time.
    """
    texts = [embedding_text(each.document, chunk) for each in documents for chunk in each.chunks]
    vectors, sign_bits = _embed(texts, embedder, mean, on_embedded)
    made, start = [], 0
    for each in documents:
        rows = slice(start, start + len(each.chunks))
        found = [terms(text, each.document.language) for text in texts[rows]]
        made.append(Made(each, found, sign_bits[rows], vectors[rows]))
        start = rows.stop
    return made


def _embed(
    texts: Sequence[str], embedder: Embedder, mean: "NDArray[np.float32]", on_embedded: Callable[[int], None]
) -> "tuple[NDArray[np.float32], list[bytes]]":
    """The vectors of some texts, (texts, dim), and the sign bits of their tokens.

    Texts of like length are embedded together, as short ones would wait for long ones.
    """
    import numpy as np

    vectors = np.empty((len(texts), embedder.dim), np.float32)
    sign_bits = [b""] * len(texts)
    by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(texts), EMBED_CHUNKS):
        places = by_length[start : start + EMBED_CHUNKS]
        part = [texts[place] for place in places]
        embedded = embedder.embed_documents(part)
        vectors[places] = embedded.vectors
        for place, tokens in zip(places, worded(embedded, part), strict=True):
            sign_bits[place] = pack(tokens, mean)
        on_embedded(len(places))
    return vectors, sign_bits
