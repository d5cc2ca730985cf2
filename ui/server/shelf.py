"""The shelf: every article, newest first, found by the words of its title and source, and by its date."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index import Filters, Snapshot
from index.store.types import ListedDocument

SHOWN = 50  # articles at a time


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found: `articles` from number `first` on, of `total`."""

    articles: tuple[ListedDocument, ...]
    first: int
    total: int


class _Read(NamedTuple):
    """What was read of one generation: `told` is what each article can be found by."""

    generation: int
    articles: tuple[ListedDocument, ...]
    told: tuple[str, ...]
    sources: tuple[str, ...]


class Shelf:
    """Lists the articles of an index and its sources; those of one generation are read once."""

    def __init__(self) -> None:
        self._last: _Read | None = None

    def find(
        self, snapshot: Snapshot, search: str, first: int, top: int = SHOWN, filters: Filters | None = None
    ) -> Found:
        """The articles that pass the filters and have every word of `search` in their title, source or date."""
        words = search.casefold().split()
        read = _read(snapshot, filters) if filters else self._all(snapshot)
        pairs = zip(read.articles, read.told, strict=True)
        found = [each for each, told in pairs if all(word in told for word in words)]
        return Found(tuple(found[first : first + top]), first, len(found))

    def sources(self, snapshot: Snapshot) -> tuple[str, ...]:
        """The names of the sources, the one with most articles first."""
        return self._all(snapshot).sources

    def of_files(self, snapshot: Snapshot, files: Sequence[Path]) -> dict[str, list[ListedDocument]]:
        """The articles of each file, by its name; an archive's are those of its members."""
        found: dict[Path, list[ListedDocument]] = {file: [] for file in files}
        folders = {file.parent for file in files}
        for article in self._all(snapshot).articles:
            path = Path(article.path)
            for file in (path, *path.parents) if folders.intersection(path.parents) else ():
                if file in found:
                    found[file].append(article)
        return {file.name: articles for file, articles in found.items()}

    def _all(self, snapshot: Snapshot) -> _Read:
        last = self._last
        if last is None or last.generation != snapshot.generation:
            last = self._last = _read(snapshot)
        return last


def _read(snapshot: Snapshot, filters: Filters | None = None) -> _Read:
    articles = sorted(snapshot.listing(filters), key=lambda each: each.published or "", reverse=True)
    sources = (source.name for source in snapshot.sources() if source.name)
    return _Read(snapshot.generation, tuple(articles), tuple(map(_about, articles)), tuple(sources))


def _about(listed: ListedDocument) -> str:
    return f"{listed.title} {listed.source or ''} {listed.published or ''}".casefold()
