"""What an index says of itself and of its documents, wherever it is kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


# Part of an index's settings: raise it when terms, chunks or embedded texts change their meaning.
INDEX_VERSION = "3"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was made with; vectors and terms made otherwise cannot be compared with its own."""

    model: str
    model_sha256: str
    dim: int
    chunk_size: int
    version: str


def model_of(meta: Mapping[str, str]) -> str | None:
    """The model that an index was made with, whatever version of Kenes wrote the `meta` table; None if it does not say."""
    model = json.loads(meta.get("settings", "{}")).get("model")
    return model if isinstance(model, str) else None


def settings_of(meta: Mapping[str, str]) -> Settings:
    """The settings in the `meta` table."""
    return Settings(**json.loads(meta["settings"]))


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: how many, and the first and last date that they bear, None if they bear none."""

    name: str | None
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """Where a document was found, see `Article`."""

    id: str
    file: str
    origin: str
    line: int | None
    digest: str


class ListedDocument(NamedTuple):
    """A document as lists show it."""

    id: str
    language: str
    published: str | None
    title: str
    path: str
    line: int | None
    source: str | None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class StoredParts:
    """All that is stored of a document but its terms, to be kept elsewhere in the same way.

    Attributes:
        place: where it was found; `row` is its number among all places.
        numbers: of its chunks.
        sign_bits: the token embeddings of each chunk, one bit a dimension.
        vectors: a row for each chunk, float32, shape (chunks, dim).
    """

    document: Document
    place: StoredDocument
    row: int
    numbers: Sequence[int]
    chunks: Sequence[Chunk]
    sign_bits: Sequence[bytes]
    vectors: "NDArray[np.float32]"
