"""A first look at an index: its largest themes, where they are at hand or found in a few seconds."""

from collections.abc import Callable

from index import Embedder, OpenIndex
from index.errors import MissingPart, ModelError
from rag.themes.kept import read_kept, themes_of
from rag.themes.report import ThemeCount, report

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
    with reader.snapshot() as snapshot:
        count, _ = snapshot.counts()
    if count < LEAST or (count > SOON and read_kept(reader.cache) is None):
        return ()
    try:
        found = themes_of(reader, embedder)
    except (MissingPart, ModelError):
        return ()
    with reader.snapshot() as snapshot:
        return report(snapshot, found, None, language).themes[:SHOWN]
