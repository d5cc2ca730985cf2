"""Vectors of articles and sentences that tell what they are about, whatever the language, from what the index keeps.

The model's own vector of a text says much of its language and manner, and little of its matter. Three steps bring the
matter out: words that many articles share weigh less (a / (a + p), Arora, Liang and Ma, "A simple but tough-to-beat
baseline for sentence embeddings", ICLR 2017), each language's mean is taken away, and every dimension gets the width that
it has in the model's vectors, since the index keeps only the signs of token embeddings.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from index import Document, Snapshot
from rag.themes.pieces import TITLE, Pieces, pieces_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMOOTHING = 0.01  # a, as a share of the articles
FIRST_CHUNKS = 3  # a longer article is known by its beginning
READ_AT_ONCE = 256  # articles


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk: the row of its article, its word pieces, and the signs of their embeddings as bits."""

    row: int
    pieces: Pieces
    packed: bytes

    def signs(self, dim: int) -> "NDArray[np.float32]":
        """The signs of the embeddings, -1 or 1, shape (pieces, dim)."""
        import numpy as np

        packed = np.frombuffer(self.packed, np.uint8).reshape(len(self.pieces.ids), -1)
        return 2 * np.unpackbits(packed, axis=1, count=dim).astype(np.float32) - 1


@dataclass(frozen=True, slots=True)
class Words:
    """The token embeddings of a pile, and how they become vectors that tell what a word is about where it stands."""

    parts: list[Part]
    centre: "NDArray[np.float32]"
    width: "NDArray[np.float32]"

    def likeness(self, row: int, to: "NDArray[np.float32]") -> Iterator[tuple[int, float]]:
        """Where each piece of an article's text begins, in characters, and its cosine to a unit vector."""
        first = bisect_left(self.parts, row, key=lambda part: part.row)
        for part in takewhile(lambda part: part.row == row, islice(self.parts, first, None)):
            cosines = unit((part.signs(len(self.width)) - self.centre[row]) * self.width) @ to
            told = part.pieces.sentences != TITLE
            yield from zip(part.pieces.places[told].tolist(), cosines[told].tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class Pile:
    """The articles of an index as vectors, in the order of their ids.

    Attributes:
        documents: the articles.
        vectors: what each is about, unit rows, float32, shape (documents, dim).
        owners: the row of the article that each sentence is of, ascending, shape (sentences,).
        spans: where each sentence stands in its article's text, in characters, shape (sentences, 2).
        sentences: what each sentence is about, unit rows, float32, shape (sentences, dim).
        own: the model's own vectors of the articles without the mean of their language, shape (documents, dim).
        words: what each word is about; None if the model gives no token embeddings.
    """

    documents: list[Document]
    vectors: "NDArray[np.float32]"
    owners: "NDArray[np.intp]"
    spans: "NDArray[np.intp]"
    sentences: "NDArray[np.float32]"
    own: "NDArray[np.float32]"
    words: Words | None = None


def read_pile(snapshot: Snapshot, limit: int) -> Pile:
    """The articles of an index as vectors: the newest ones, if there are more than `limit`."""
    import numpy as np

    documents, parts = _read(snapshot, limit)
    languages = [document.language for document in documents]
    owners = np.array([part.row for part in parts for _ in part.pieces.spans], np.intp)
    spans = np.array([span for part in parts for span in part.pieces.spans], np.intp).reshape(-1, 2)
    own = _model_vectors(snapshot, documents)
    centred_own = centred_by_language(own, languages)
    if not any(part.packed for part in parts):  # a model without token embeddings
        vectors = unit(centred_own)
        return Pile(documents, vectors, owners, spans, vectors[owners], vectors)
    told, titles = _sums(parts, piece_weights(parts, len(documents)), own.shape[1])
    whole = titles
    np.add.at(whole, owners, told)
    means = _mean(whole)
    centre = language_means(means, languages)
    width = centred_own.std(axis=0) / (means - centre).std(axis=0).clip(min=1e-6)
    vectors = unit((means - centre) * width)
    sentences = unit((_mean(told) - centre[owners]) * width)
    return Pile(documents, vectors, owners, spans, sentences, centred_own, Words(parts, centre, width))


def piece_weights(parts: "Sequence[Part]", documents: int) -> "NDArray[np.float32]":
    """The weight of each piece of the vocabulary: the less, the more of the articles hold it."""
    import numpy as np

    ids = [part.pieces.ids[part.pieces.is_counted] for part in parts]
    held = np.zeros(1 + max((int(each.max()) for each in ids if len(each)), default=0), np.float32)
    last, met = -1, set[int]()
    for part, each in zip(parts, ids, strict=True):
        met = met if part.row == last else set()
        new = set(each.tolist()) - met
        held[list(new)] += 1
        last, met = part.row, met | new
    return (SMOOTHING / (SMOOTHING + held / max(documents, 1))).astype(np.float32)


def language_means(vectors: "NDArray[np.float32]", languages: Sequence[str]) -> "NDArray[np.float32]":
    """The mean of the rows in the language of each row, shape (rows, dim).

    The mean of all rows counts as one more row of each language, so that a lone article is not taken for its language.
    """
    import numpy as np

    overall = vectors.mean(axis=0) if len(vectors) else vectors.sum(axis=0)
    means = np.empty_like(vectors)
    codes = np.array(languages)
    for code in set(languages):
        rows = codes == code
        means[rows] = (vectors[rows].sum(axis=0) + overall) / (rows.sum() + 1)
    return means


def centred_by_language(vectors: "NDArray[np.float32]", languages: Sequence[str]) -> "NDArray[np.float32]":
    """The rows without the mean of their language, shape (rows, dim)."""
    return vectors - language_means(vectors, languages)


def unit(vectors: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Rows scaled to length 1; rows of zeros stay."""
    import numpy as np

    scaled: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(min=1e-9)
    return scaled.astype(np.float32)


def _read(snapshot: Snapshot, limit: int) -> tuple[list[Document], list[Part]]:
    documents: list[Document] = []
    parts: list[Part] = []
    beginnings = snapshot.beginnings(FIRST_CHUNKS, limit)
    stride, model = -(-snapshot.settings.dim // 8), snapshot.settings.model
    for start in range(0, len(beginnings), READ_AT_ONCE):
        numbers = [number for chunks in beginnings[start : start + READ_AT_ONCE] for number in chunks]
        for (chunk, document), packed in zip(snapshot.chunks(numbers), snapshot.sign_bits(numbers), strict=True):
            if not documents or documents[-1].id != document.id:
                documents.append(document)
            pieces = pieces_of(document, chunk, model, len(packed) // stride)
            parts.append(Part(len(documents) - 1, pieces, packed))
    return documents, parts


def _model_vectors(snapshot: Snapshot, documents: Sequence[Document]) -> "NDArray[np.float32]":
    """The mean of the vectors of each article's chunks, shape (documents, dim)."""
    import numpy as np

    owners, vectors = snapshot.chunk_vectors()
    row_of = {document.id: row for row, document in enumerate(documents)}
    kept = [at for at, owner in enumerate(owners) if owner in row_of]
    rows = np.array([row_of[owners[at]] for at in kept], np.intp)
    sums = np.zeros((len(documents), snapshot.settings.dim), np.float32)
    np.add.at(sums, rows, vectors[kept])
    sizes = np.bincount(rows, minlength=len(documents)).clip(min=1)
    means: NDArray[np.float32] = (sums / sizes[:, None]).astype(np.float32)
    return means


def _sums(
    parts: Sequence[Part], weights: "NDArray[np.float32]", dim: int
) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """The weighted signs of each sentence added up, and those of each article's titles; the weights stand in a last column."""
    import numpy as np

    told = [np.zeros((0, dim + 1), np.float32)]
    titles = np.zeros((parts[-1].row + 1, dim + 1), np.float32)
    for part in parts:
        pieces = part.pieces
        signs = np.concatenate([part.signs(dim), np.ones((len(pieces.ids), 1), np.float32)], axis=1)
        each = np.where(pieces.is_counted, weights[pieces.ids], 0)[:, None] * signs
        titles[part.row] += each[pieces.sentences == TITLE].sum(axis=0)
        inside = np.arange(len(pieces.spans))[:, None] == pieces.sentences
        told.append(inside.astype(np.float32) @ each)
    return np.concatenate(told), titles


def _mean(sums: "NDArray[np.float32]") -> "NDArray[np.float32]":
    means: NDArray[np.float32] = sums[:, :-1] / sums[:, -1:].clip(min=1e-9)
    return means
