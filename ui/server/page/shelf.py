"""The shelf of the page: every article, newest first, found by the words of its title and source."""

from dataclasses import dataclass, field

from index import Snapshot
from index.store.snapshot import ListedDocument

SHOWN = 50  # articles at a time


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found: `articles` from number `first` on, of `total`."""

    articles: tuple[ListedDocument, ...]
    first: int
    total: int


@dataclass(slots=True)
class Shelf:
    """Lists the articles of an index; those of one generation are read once."""

    _generation: int = -1
    _articles: tuple[ListedDocument, ...] = field(default=())

    def find(self, snapshot: Snapshot, search: str, first: int) -> Found:
        """The articles that have every word of `search` in their title or source; all of them for no word."""
        words = search.casefold().split()
        found = [each for each in self._all(snapshot) if all(word in _about(each) for word in words)]
        return Found(tuple(found[first : first + SHOWN]), first, len(found))

    def _all(self, snapshot: Snapshot) -> tuple[ListedDocument, ...]:
        if snapshot.generation != self._generation:
            newest_first = sorted(snapshot.listing(), key=lambda each: each.published or "", reverse=True)
            self._articles, self._generation = tuple(newest_first), snapshot.generation
        return self._articles


def _about(listed: ListedDocument) -> str:
    return f"{listed.title} {listed.source or ''}".casefold()
