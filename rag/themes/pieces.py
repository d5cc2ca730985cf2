"""What stands where in a chunk: the model's word pieces whose embeddings the index keeps, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from index import Chunk, Document
from index.analysis.sentences import sentences
from index.analysis.terms import readable
from index.articles.chunks import embedding_text
from index.embedding.e5.encoder import POSITIONS
from index.embedding.e5.tokenizer import REMEMBERED_WORDS, shared_tokenizer
from index.embedding.load import DEFAULT_MODEL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE = -1  # the number of the sentence that a title's pieces stand in
_PASSAGE = "passage:"  # what the model reads before a text
_BLANKS = re.compile(r"\s+")


class Pieces(NamedTuple):
    """The word pieces of a chunk.

    Attributes:
        ids: of the pieces in the model's vocabulary, int32, shape (pieces,); the same number everywhere if the model's
            vocabulary is not known.
        sentences: the place in `spans` of the sentence that each stands in, or `TITLE`, int32, shape (pieces,).
        places: where each begins in the document's text, in characters, int32, shape (pieces,); near enough where the text
            is respelled for the model.
        is_counted: whether a piece belongs to the text: all but those of a title that is only its beginning.
        spans: where the sentences stand in the document's text, in characters.
    """

    ids: "NDArray[np.int32]"
    sentences: "NDArray[np.int32]"
    places: "NDArray[np.int32]"
    is_counted: "NDArray[np.bool_]"
    spans: list[tuple[int, int]]


def pieces_of(document: Document, chunk: Chunk, model: str, count: int) -> Pieces:
    """The pieces of a chunk whose token embeddings the index keeps.

    Args:
        document: the one that the chunk is of.
        chunk: a chunk.
        model: the name of the model.
        count: how many embeddings the index keeps of the chunk. If the model cuts words another way than the bundled
            one, that many pieces are spread evenly over the text.
    """
    import numpy as np

    text = embedding_text(document, chunk)
    found = list(_embedded(text)) if model == DEFAULT_MODEL else []
    if len(found) != count:
        found = [(0, len(text) * at // count) for at in range(count)]
    ids, starts = np.array(found, np.int32).reshape(-1, 2).T
    spans = [(chunk.start + start, chunk.start + end) for start, end in sentences(chunk.text, document.language)]
    title = len(_plain(f"{document.title}. ", document.language))
    edges = _edges(text, title, [document.text[start:end] for start, end in spans], document.language)
    numbers = np.clip(np.searchsorted(edges, starts, side="right") - 1, 0, len(spans) - 1).astype(np.int32)
    places = (np.array(spans)[numbers, 0] + starts - edges[numbers]).astype(np.int32)
    numbers[starts < title] = TITLE
    return Pieces(ids, numbers, places, (numbers != TITLE) | (not repeats_text(document)), spans)


def repeats_text(document: Document) -> bool:
    """Whether a document's title is only the beginning of its text, as that of a letter without one."""
    beginning = _BLANKS.sub(" ", document.title.removesuffix("…")).strip()
    return _BLANKS.sub(" ", document.text[: len(beginning) + 200]).startswith(beginning)


def _embedded(text: str) -> Iterator[tuple[int, int]]:
    """The pieces that hold a letter or digit, as `worded` keeps them: id and start."""
    left = POSITIONS - 2 - sum(len(_pieces_of_word(word)[0]) for word in _PASSAGE.split())
    at = 0
    for word in text.split(" "):
        ids, starts, kept = _pieces_of_word(word)
        for id, start, is_kept in zip(ids[:left], starts, kept, strict=False):
            if is_kept:
                yield id, at + start
        left = max(0, left - len(ids))
        at += len(word) + 1


@lru_cache(REMEMBERED_WORDS)
def _pieces_of_word(word: str) -> tuple[list[int], list[int], list[bool]]:
    """The ids of a word's pieces, where they start, and whether they hold a letter or digit. No piece goes over a blank."""
    tokens = shared_tokenizer().tokens(word)
    kept = [start < end and any(map(str.isalnum, word[start:end])) for start, end in tokens.spans]
    return tokens.ids, [start for start, _ in tokens.spans], kept


def _edges(text: str, title: int, parts: Sequence[str], language: str) -> "NDArray[np.float64]":
    """Where the sentences of a chunk begin, and the last one ends, in the text that the model reads after the title."""
    import numpy as np

    lengths = np.array([0, *accumulate(len(_plain(part, language)) + 1 for part in parts)], np.float64)
    scale = (len(text) - title + 1) / lengths[-1]  # 1, unless a sentence alone is respelled otherwise than in its text
    edges: NDArray[np.float64] = title + lengths * scale
    return edges


def _plain(text: str, language: str) -> str:
    return _BLANKS.sub(" ", readable(text, language))
