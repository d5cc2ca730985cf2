"""Which documents come from which files, and which of them an indexing run has met.

Memory does not grow with the number of documents: what was met is kept in a temporary table.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.articles.identity import ids_of
from index.store.schema import Execute
from index.store.types import StoredDocument
from index.types import Article

_PLACES = "SELECT document_id, file, origin, line, digest FROM places"
_UNMET = "document_id NOT IN (SELECT id FROM temp.met)"
_DISPLACED = "met.id = document_id AND (places.origin IS NOT met.origin OR places.line IS NOT met.line)"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document an article is.

    Attributes:
        id: of the document.
        stored: what the index holds under that id, None if the document is new.
        replaces: id of another document that was found at the same place, and is there no longer.
        shares: another article that has the same id or URL, so that this one got an id of its own; None without one.
    """

    id: str
    stored: StoredDocument | None = None
    replaces: str | None = None
    shares: str | None = None


class Manifest:
    """Tells articles apart during one run, over the connection of a writer."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute
        self.within: Path | None = None  # documents of files elsewhere never pass for moved ones
        execute(
            "CREATE TEMP TABLE met (id TEXT PRIMARY KEY, file TEXT, origin TEXT, line INTEGER, digest TEXT) WITHOUT ROWID;"
            "CREATE INDEX temp.met_by_origin ON met (origin); CREATE INDEX temp.met_by_digest ON met (digest)"
        )

    def is_met(self, article: Article) -> bool:
        """Whether the run has met the article before: it was named by its file and by its folder."""
        query = "SELECT EXISTS (SELECT 1 FROM temp.met WHERE origin = ? AND digest = ?)"
        return bool(self._execute(query, (article.origin, article.digest)).get)

    def repeated(self, article: Article) -> str | None:
        """For a row of a file, an earlier row that is the same in every byte."""
        if article.line is None:
            return None
        query = "SELECT origin FROM temp.met WHERE digest = ? AND file = ?"
        origin: str | None = self._execute(query, (article.digest, article.file)).get
        return origin

    def identify(self, article: Article) -> Identity:
        """Find the document that an article is, or an id for a new one; the article counts as met.

        The same bytes at the same place, or at a new place when the old one is gone, are the same document. So is another
        text at the same place, and what gives the same id or URL and is not at two places at once.
        """
        identity = self._unchanged(article) or self._identify_changed(article)
        self._execute(
            "INSERT INTO temp.met VALUES (?, ?, ?, ?, ?)",
            (identity.id, article.file, article.origin, article.line, article.digest),
        )
        return identity

    def _unchanged(self, article: Article) -> Identity | None:
        query = f"{_PLACES} WHERE digest = ? AND {_UNMET} ORDER BY origin = ? DESC, file = ? DESC"
        for row in self._execute(query, (article.digest, article.origin, article.file)):
            stored = StoredDocument(*row)
            if _may_be(article, stored) and (_same_place(stored, article) or self._is_gone(stored)):
                return Identity(stored.id, stored)
        return None

    def _identify_changed(self, article: Article) -> Identity:
        query = f"{_PLACES} WHERE origin = ? AND line IS NULL AND {_UNMET}"
        row = self._execute(query, (article.origin,)).fetchone() if article.line is None else None
        before = StoredDocument(*row) if row else None
        if before and article.id in (None, before.id):
            return Identity(before.id, before)
        replaces = before.id if before else None
        shares = None
        for id in ids_of(article):
            other = self._execute("SELECT origin FROM temp.met WHERE id = ?", (id,)).get
            if other is None:
                row = self._execute(f"{_PLACES} WHERE document_id = ?", (id,)).fetchone()
                stored = StoredDocument(*row) if row else None
                is_same = stored and _same_place(stored, article) and not self._is_one_of_many(article)
                if stored is None or is_same or self._is_gone(stored):
                    return Identity(id, stored, replaces, shares)
                other = stored.origin
            shares = other if article.id or article.url else None
        raise AssertionError("ids never end")

    def _is_gone(self, stored: StoredDocument) -> bool:
        """Whether the file of a document is there no longer, so that it may have moved."""
        may_move = self.within is None or Path(stored.file).is_relative_to(self.within)
        return may_move and not os.path.lexists(stored.file)

    def _is_one_of_many(self, article: Article) -> bool:
        """Whether an article is a row whose URL the index holds more than once, so that it says nothing of identity."""
        if article.line is None or not article.url:
            return False
        if not self._execute("SELECT EXISTS (SELECT 1 FROM sqlite_temp_master WHERE name = 'shared')").get:
            self._execute(
                "CREATE TEMP TABLE shared AS SELECT url FROM documents WHERE url IS NOT NULL GROUP BY url HAVING count(*) > 1;"
                "CREATE INDEX temp.shared_by_url ON shared (url)"
            )
        return bool(self._execute("SELECT EXISTS (SELECT 1 FROM temp.shared WHERE url = ?)", (article.url,)).get)

    def known(self, files: Iterable[Path]) -> frozenset[str]:
        """The digests of documents of some files, perhaps with those of files whose paths begin with theirs."""
        query = "SELECT digest FROM places WHERE origin >= ? AND origin < ?"
        found: set[str] = set()
        for file in map(str, files):
            found.update(digest for (digest,) in self._execute(query, (file, file + "\U0010ffff")))
        return frozenset(found)

    def unmet(self) -> Iterator[StoredDocument]:
        """The documents that the run has not met."""
        for row in self._execute(f"{_PLACES} WHERE {_UNMET}"):
            yield StoredDocument(*row)

    def moved(self) -> int:
        """How many of the documents that were met are found in another file than before."""
        query = "SELECT count(*) FROM places JOIN temp.met ON met.id = document_id AND met.file IS NOT places.file"
        count: int = self._execute(query).get
        return count

    def is_displaced(self) -> bool:
        """Whether any document that was met is found in another file, or on another line, than before."""
        return bool(self._execute(f"SELECT EXISTS (SELECT 1 FROM places JOIN temp.met ON {_DISPLACED})").get)

    def note_places(self) -> None:
        """Store where the documents that were met are found now."""
        self._execute(
            f"UPDATE places SET file = met.file, origin = met.origin, line = met.line FROM temp.met WHERE {_DISPLACED}"
        )


def _may_be(article: Article, stored: StoredDocument) -> bool:
    """Whether the id of a document may be that of an article: the one that it gives, or the next one if that is taken."""
    return article.id is None or stored.id in islice(ids_of(article), 2)


def _same_place(stored: StoredDocument, article: Article) -> bool:
    """Rows of one file are at the same place, whatever their lines; other articles if their origins are the same."""
    if article.line is None or stored.line is None:
        return stored.origin == article.origin
    return stored.file == article.file
