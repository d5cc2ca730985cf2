"""A unit of work is a list of files; a part is what a worker makes of it, and is checked before it is committed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.articles.files import find_files, read_articles, size_of
from index.articles.source_file import Options
from index.errors import InputError, KenesError
from index.making import Made, cut_article, make, settings_for
from index.store.types import Settings
from index.types import Article, BadArticle, Embedder, PassedOver

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNIT_BYTES, UNIT_FILES = 250_000, 64  # at most, unless one file alone is larger: some seconds of work
UNIT_TOLERANCE = 1e-3

Item = Article | BadArticle | PassedOver


@dataclass(frozen=True, slots=True)
class Unit:
    """Files to be read, in order; articles with a `known` digest need not be made."""

    files: tuple[Path, ...]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a unit, in the order of its files, and the settings that it was made with."""

    settings: Settings
    items: list[tuple[Item, Made | None]]


def lists_of_files(paths: Sequence[Path]) -> Iterator[tuple[Path, ...] | BadArticle | PassedOver]:
    """The files under some paths, in lists for one unit each; what cannot be read, and last what was passed over."""
    others: Counter[str] = Counter()
    files: list[Path] = []
    size = 0
    for found in find_files(paths, others):
        if isinstance(found, BadArticle):
            yield found
            continue
        more = size_of(found)
        if files and (size + more > UNIT_BYTES or len(files) == UNIT_FILES):
            yield tuple(files)
            files, size = [], 0
        files.append(found)
        size += more
    if files:
        yield tuple(files)
    if others:
        yield PassedOver(dict(others))


def make_part(unit: Unit, options: Options, embedder: Embedder, mean: "NDArray[np.float32]") -> Part:
    """Read the files of a unit, and make what the index will hold of their articles."""
    items = list(read_articles(unit.files, options))
    cuts = {}
    for place, item in enumerate(items):
        if isinstance(item, Article) and item.digest not in unit.known:
            try:
                cuts[place] = cut_article(item)
            except InputError:  # the driver meets it again, and names it
                continue
    made = dict(zip(cuts, make(list(cuts.values()), embedder, mean), strict=True))
    return Part(settings_for(embedder), [(item, made.get(place)) for place, item in enumerate(items)])


def check(part: Part, unit: Unit, settings: Settings) -> None:
    """Make sure that a part fits into the index, whatever the worker that made it is.

    Raises:
        KenesError: it was made with other settings, of other files, or holds what no index may hold.
    """
    if part.settings != settings:
        raise KenesError(
            "a worker has another version of Kenes, or another model", "set up the same version on every machine"
        )
    files = set(map(str, unit.files))
    for item, made in part.items:
        if isinstance(item, Article | BadArticle) and item.file not in files:
            raise KenesError(f"a worker sent an article of {item.file}, which it was not asked for")
        if made is not None and not (isinstance(item, Article) and _is_sound(made, settings.dim)):
            raise KenesError(f"a worker sent a damaged part of {files.pop()}", "run the same command again")


def _is_sound(made: Made, dim: int) -> bool:
    """Whether every chunk is at its place and has its terms, sign bits and a vector of unit length."""
    import numpy as np

    text, chunks = made.cut.document.text, made.cut.chunks
    if not len(chunks) == len(made.terms) == len(made.sign_bits) or made.vectors.shape != (len(chunks), dim):
        return False
    if any(text[chunk.start : chunk.end] != chunk.text for chunk in chunks):
        return False
    lengths = np.linalg.norm(made.vectors, axis=1)
    return bool((abs(lengths - 1) <= UNIT_TOLERANCE).all())  # not so of one that is no number
