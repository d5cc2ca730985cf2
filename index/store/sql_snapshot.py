"""The part of a snapshot that is the same in every SQL database with our tables: documents, places, chunks, meta."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from index.embedding.maxsim import interaction
from index.errors import DamagedIndex
from index.store.bm25 import MOST_MATCHES, idf, informative_terms
from index.store.filters import Filters
from index.store.protocol import Hits
from index.store.schema import Condition, Lists
from index.store.types import ListedDocument, Source, StoredDocument, settings_of
from index.types import Chunk, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rows = Callable[..., Sequence[tuple[Any, ...]]]  # of SQL with ? for each value bound in it

REMEMBERED_TERMS = 50_000
_PATH = "CASE WHEN line IS NULL THEN origin ELSE file END"
_FOUND = "documents JOIN places ON document_id = id"
_LISTED = f"SELECT id, language, published, title, {_PATH}, line, source, place FROM {_FOUND}"
_DOCUMENTS = (
    f"SELECT id, title, text, source, url, published, language, sha256, {_PATH}, line, pages, place FROM {_FOUND}"
)


class RememberedCounts:
    """In how many chunks terms are, for the terms of one generation that have been counted."""

    def __init__(self) -> None:
        self._generation = -1
        self._counts: dict[str, int] = {}

    def of(self, generation: int) -> dict[str, int]:
        """The counts of a generation; empty if another one was asked about before, or if there are too many."""
        if self._generation != generation or len(self._counts) > REMEMBERED_TERMS:
            self._generation, self._counts = generation, {}
        return self._counts


class SqlSnapshot(ABC):
    """Reads through `rows`; a database adds how it searches, and how it takes lists."""

    lists: ClassVar[Lists]

    def __init__(self, rows: Rows, remembered: RememberedCounts) -> None:
        self._rows = rows
        self.meta: dict[str, str] = dict(rows("SELECT key, value FROM meta"))
        self.generation = int(self.meta["generation"])
        self.settings = settings_of(self.meta)
        self._term_counts = remembered.of(self.generation)
        self._sign_bits: dict[int, bytes] = {}

    def _value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The only value of the only row."""
        return self._rows(sql, values)[0][0]

    def counts(self) -> tuple[int, int]:
        return self.count(), self.chunk_count()

    @abstractmethod
    def chunk_count(self) -> int:
        """How many chunks there are; to count these takes no longer for more."""

    def count(self, filters: Filters | None = None) -> int:
        condition, values = self._condition(filters or Filters())
        return int(self._value(f"SELECT count(*) FROM documents WHERE {condition}", values))

    def passes(self, filters: Filters) -> bool:
        condition, values = self._condition(filters)
        return bool(self._value(f"SELECT EXISTS (SELECT 1 FROM documents WHERE {condition})", values))

    def is_unfinished(self) -> bool:
        return "unfinished" in self.meta

    def languages(self) -> dict[str, int]:
        return dict(self._rows("SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"))

    def sources(self) -> list[Source]:
        return self._sources

    @cached_property
    def _sources(self) -> list[Source]:
        rows = self._rows(
            "SELECT source, count(*), min(published), max(published) FROM documents "
            "GROUP BY 1 ORDER BY source IS NULL, 2 DESC, 1"
        )
        return [Source(*row) for row in rows]

    def _condition(self, filters: Filters) -> Condition:
        names = (source.name for source in self.sources() if source.name) if filters.sources else ()
        return filters.condition(names, self.lists)

    def stored_documents(self) -> Iterator[StoredDocument]:
        for row in self._rows("SELECT document_id, file, origin, line, digest FROM places ORDER BY rowid"):
            yield StoredDocument(*row)

    def listing(self, filters: Filters | None = None) -> Iterator[ListedDocument]:
        condition, values = self._condition(filters or Filters())
        for row in self._rows(f"{_LISTED} WHERE {condition} ORDER BY title, id", values):
            yield ListedDocument(*row)

    def passing(self, filters: Filters) -> Iterator[str]:
        condition, values = self._condition(filters)
        for (id,) in self._rows(f"SELECT id FROM documents WHERE {condition}", values):
            yield id

    def newest(self, limit: int, filters: Filters | None = None) -> list[ListedDocument]:
        condition, values = self._condition(filters or Filters())
        newest_first = f"ORDER BY published IS NULL, published DESC, title, id LIMIT {int(limit)}"
        return [ListedDocument(*row) for row in self._rows(f"{_LISTED} WHERE {condition} {newest_first}", values)]

    def digest(self) -> str:
        pairs = self._rows("SELECT id, sha256 FROM documents ORDER BY id")
        return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()

    def has_document(self, id: str) -> bool:
        return bool(self._rows("SELECT 1 FROM documents WHERE id = ?", (id,)))

    def document(self, id: str) -> Document | None:
        return self.documents([id]).get(id)

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """The documents of these ids, by id; those that are not there are left out."""
        found = self._rows(f"{_DOCUMENTS} WHERE id IN {self.lists.texts}", (self.lists.bind(ids),))
        return {row[0]: _document(row) for row in found}

    def document_chunks(self, id: str) -> list[int]:
        rows = self._rows("SELECT id FROM chunks WHERE document_id = ? ORDER BY position", (id,))
        return [number for (number,) in rows]

    def beginnings(self, chunks: int, limit: int) -> list[list[int]]:
        newest = f"SELECT id FROM documents ORDER BY published IS NULL, published DESC, id LIMIT {int(limit)}"
        rows = self._rows(
            f"SELECT document_id, id FROM chunks WHERE position < {int(chunks)} AND document_id IN ({newest}) "
            "ORDER BY document_id, position"
        )
        return [[number for _, number in group] for _, group in groupby(rows, itemgetter(0))]

    def chunks(self, ids: Sequence[int]) -> list[tuple[Chunk, Document]]:
        rows = self._rows(
            f'SELECT id, document_id, position, start, "end" FROM chunks WHERE id IN {self.lists.numbers}',
            (self.lists.bind(ids),),
        )
        documents = self.documents(sorted({row[1] for row in rows}))
        found: dict[int, tuple[Chunk, Document]] = {}
        for id, owner, position, start, end in rows:
            if owner not in documents:
                raise DamagedIndex(f"chunk {id} belongs to no document")
            document = documents[owner]
            found[id] = (Chunk(owner, position, start, end, document.text[start:end]), document)
        return [found[id] for id in ids]

    def search_bm25(self, terms: Sequence[str], limit: int, filters: Filters | None = None) -> Hits:
        wanted = informative_terms(terms, self.document_frequencies(terms), self.chunk_count())
        return self._search_bm25(wanted, limit, self._condition(filters) if filters else None)

    @abstractmethod
    def _search_bm25(self, terms: Sequence[str], limit: int, condition: Condition | None = None) -> Hits:
        """Chunks that hold any of the terms, and whose documents meet a condition; see `bm25.search_bm25`."""

    def inverse_document_frequencies(self, terms: Sequence[str]) -> dict[str, float]:
        chunks = self.chunk_count()
        return {term: idf(frequency, chunks) for term, frequency in self.document_frequencies(terms).items()}

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: min(count, MOST_MATCHES) for term, count in self._counted(terms).items()}

    def _counted(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms; each is counted once a generation."""
        counts = self._term_counts
        if new := [term for term in dict.fromkeys(terms) if term not in counts]:
            counts |= self._count(new)
        return {term: counts[term] for term in terms}

    @abstractmethod
    def _count(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each of the terms, at least `bm25.MOST_MATCHES` where they are so many."""

    def chunks_with_term(self, term: str, limit: int) -> list[tuple[Chunk, Document]]:
        return self.chunks([id for id, _ in self._search_bm25([term], limit)])

    def maxsim(self, embeddings: "NDArray[np.float32]", ids: Sequence[int]) -> "NDArray[np.float32]":
        return interaction(embeddings, self.mean_token_embedding, self.sign_bits(ids))

    def sign_bits(self, ids: Sequence[int]) -> list[bytes]:
        if new := [id for id in ids if id not in self._sign_bits]:
            query = f"SELECT chunk_id, signs FROM token_embeddings WHERE chunk_id IN {self.lists.numbers}"
            self._sign_bits |= dict(self._rows(query, (self.lists.bind(new),)))
        return [self._sign_bits[id] for id in ids]

    @cached_property
    def mean_token_embedding(self) -> "NDArray[np.float32]":
        """What is subtracted before signs are taken, float32, shape (dim,); zeros as long as the index holds no token."""
        import numpy as np

        stored = json.loads(self.meta.get("mean_token_embedding", "null"))
        return np.array(stored or [0.0] * self.settings.dim, np.float32)


def _document(row: Sequence[Any]) -> Document:
    """The document of a row of `_DOCUMENTS`."""
    columns = [*row[:-2], tuple(json.loads(row[-2])), row[-1]]
    return Document(*columns)
