"""The shelf: every article, newest first, found by the words of its title and source."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import Filters, Snapshot
from index.store.types import ListedDocument

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

    def find(
        self, snapshot: Snapshot, search: str, first: int, top: int = SHOWN, filters: Filters | None = None
    ) -> Found:
        """The articles that pass the filters and have every word of `search` in their title or source."""
        words = search.casefold().split()
        articles = _newest_first(snapshot, filters) if filters else self._all(snapshot)
        found = [each for each in articles if all(word in _about(each) for word in words)]
        return Found(tuple(found[first : first + top]), first, len(found))

    def of_files(self, snapshot: Snapshot, files: Sequence[Path]) -> dict[str, list[ListedDocument]]:
        """The articles of each file, by its name; an archive's are those of its members."""
        found: dict[Path, list[ListedDocument]] = {file: [] for file in files}
        folders = {file.parent for file in files}
        for article in self._all(snapshot):
            path = Path(article.path)
            for file in (path, *path.parents) if folders.intersection(path.parents) else ():
                if file in found:
                    found[file].append(article)
        return {file.name: articles for file, articles in found.items()}

    def _all(self, snapshot: Snapshot) -> tuple[ListedDocument, ...]:
        if snapshot.generation != self._generation:
            self._articles, self._generation = _newest_first(snapshot), snapshot.generation
        return self._articles


def _newest_first(snapshot: Snapshot, filters: Filters | None = None) -> tuple[ListedDocument, ...]:
    return tuple(sorted(snapshot.listing(filters), key=lambda each: each.published or "", reverse=True))


def _about(listed: ListedDocument) -> str:
    return f"{listed.title} {listed.source or ''}".casefold()
