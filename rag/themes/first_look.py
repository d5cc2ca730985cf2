"""A first look at an index: its largest themes, where they are at hand or found in a few seconds."""

from collections.abc import Callable

from index import Embedder, OpenIndex
from index.errors import MissingPart, ModelError
from rag.themes.kept import is_current, read_kept, themes_of
from rag.themes.report import ThemeCount, report
from rag.themes.types import Themes

SHOWN = 6
SOON = 2_000  # articles; themes of more are shown only once `kenes themes` has found them
LEAST = 20  # articles; fewer are read faster than their themes


def first_look(
    reader: OpenIndex, embedder: Callable[[], Embedder] | None, language: str | None = None
) -> tuple[ThemeCount, ...]:
    """The six largest themes; none of a small index, of a large one that is not grouped yet, or where nothing can group.

    Args:
        reader: the index.
        embedder: gives its model, where themes must be named; see `themes_of`.
        language: to name themes in, where their articles have it; None for that of most articles.
    """
    if not _is_worth_it(reader, read_kept(reader.cache)):
        return ()
    try:
        return _largest(reader, themes_of(reader, embedder), language)
    except (MissingPart, ModelError):
        return ()


def kept_look(reader: OpenIndex, language: str) -> tuple[ThemeCount, ...]:
    """The six largest of the themes that are kept beside an index, of the articles that are still in it; finds none."""
    kept = read_kept(reader.cache)
    return _largest(reader, kept, language) if kept and _is_worth_it(reader, kept) else ()


def is_due(reader: OpenIndex) -> bool:
    """Whether `first_look` would have to find themes: none are kept, or articles have come or gone since."""
    return _is_worth_it(reader, read_kept(reader.cache)) and not is_current(reader)


def _is_worth_it(reader: OpenIndex, kept: Themes | None) -> bool:
    with reader.snapshot() as snapshot:
        count, _ = snapshot.counts()
    return count >= LEAST and (count <= SOON or kept is not None)


def _largest(reader: OpenIndex, found: Themes, language: str | None) -> tuple[ThemeCount, ...]:
    with reader.snapshot() as snapshot:
        return report(snapshot, found, None, language).themes[:SHOWN]
