"""The shelf: every article, newest first, found by the words of its title and source, and by its date."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import Filters, Snapshot
from index.store.types import ListedDocument

SHOWN = 50  # articles at a time
MOST_KEPT = 8  # filters of which it is kept what passes them


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found: `articles` from number `first` on, of `total`."""

    articles: tuple[ListedDocument, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one generation, newest first: `told` is what each article can be found by.

    `passing` has, for the filters that were used last, the numbers of the articles that pass them.
    """

    generation: int
    articles: tuple[ListedDocument, ...]
    told: tuple[str, ...]
    sources: tuple[str, ...]
    passing: dict[Filters, Sequence[int]] = field(default_factory=dict)


class Shelf:
    """Lists the articles of an index and its sources; those of one generation are read once, and so is what passes filters."""

    def __init__(self) -> None:
        self._last: _Read | None = None

    def find(
        self, snapshot: Snapshot, search: str, first: int, top: int = SHOWN, filters: Filters | None = None
    ) -> Found:
        """The articles that pass the filters and have every word of `search` in their title, source or date."""
        read = self._all(snapshot)
        numbers: Sequence[int] = _passing(read, snapshot, filters) if filters else range(len(read.articles))
        if words := search.casefold().split():
            numbers = [number for number in numbers if all(word in read.told[number] for word in words)]
        shown = tuple(read.articles[number] for number in numbers[first : first + top])
        return Found(shown, first, len(numbers))

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


def _passing(read: _Read, snapshot: Snapshot, filters: Filters) -> Sequence[int]:
    """The numbers of the articles that pass filters; those of the filters that were used last are kept."""
    if (kept := read.passing.get(filters)) is not None:
        return kept
    ids = set(snapshot.passing(filters))
    found = array("L", (number for number, each in enumerate(read.articles) if each.id in ids))
    while len(read.passing) >= MOST_KEPT:
        read.passing.pop(next(iter(read.passing)), None)
    read.passing[filters] = found
    return found


def _read(snapshot: Snapshot) -> _Read:
    articles = sorted(snapshot.listing(), key=lambda each: each.published or "", reverse=True)
    sources = (source.name for source in snapshot.sources() if source.name)
    return _Read(snapshot.generation, tuple(articles), tuple(map(_about, articles)), tuple(sources))


def _about(listed: ListedDocument) -> str:
    return f"{listed.title} {listed.source or ''} {listed.published or ''}".casefold()
