"""Finds the themes of an index: groups its articles, lets new ones join, and quotes each by its most telling sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index import Embedder, Snapshot
from rag.retrieval.near_duplicates import DuplicateGroups
from rag.themes.grouping import NONE, by_size, centroids, group, join
from rag.themes.names import name_themes
from rag.themes.types import Member, Theme, Themes
from rag.themes.vectors import Pile, read_pile, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 10_000  # articles that are grouped, the newest ones
GROWN = 0.25  # more articles since the themes were found, as a share: they are found anew
MAYBE_COPIES = 0.8  # cosine from which two articles are compared word by word
QUARTILE = (
    0.25  # of a theme's articles have no sentence that is as near to it as one that puts a letter into a second theme
)


def find_themes(snapshot: Snapshot, before: Themes | None = None, embedder: Embedder | None = None) -> Themes:
    """The themes of an index.

    Args:
        snapshot: the index.
        before: its themes at an earlier time. Articles stay in them and new ones join, unless too many have come.
        embedder: that of the index, for better names.
    """
    import numpy as np

    pile = read_pile(snapshot, MOST)
    copies = _copies(pile)
    rows = np.array([row for row in range(len(pile.documents)) if row not in copies], np.intp)
    labels = np.full(len(pile.documents), NONE, np.intp)
    known = _known(before, [pile.documents[row].id for row in rows])
    if before is None or known is None:
        founded, labels[rows] = len(rows), group(pile.vectors[rows])
    else:
        founded, labels[rows] = before.founded, by_size(join(pile.vectors[rows], known))
    ids = [document.id for document in pile.documents]
    matters = _matters(pile, labels, set(copies))
    in_one = {member.id for theme in matters for member in theme}
    return Themes(
        digest=snapshot.digest(),
        founded=founded,
        themes=tuple(_named(pile, matters, centroids(pile.vectors, labels), embedder)),
        others=tuple(ids[row] for row in rows if ids[row] not in in_one),
        copies={ids[copy]: ids[first] for copy, first in copies.items()},
    )


def _known(before: Themes | None, ids: Sequence[str]) -> "NDArray[np.intp] | None":
    """The groups that articles were in before; None if too many articles have come since those were found."""
    import numpy as np

    if before is None or abs(len(ids) - before.founded) > GROWN * before.founded:
        return None
    number = {
        member.id: at for at, theme in enumerate(before.themes) for member in theme.members if not member.is_second
    }
    return np.array([number.get(id, NONE) for id in ids], np.intp)


def _copies(pile: Pile) -> dict[int, int]:
    """The rows of articles that repeat an earlier one word by word, with the row of that one."""
    import numpy as np

    duplicates = DuplicateGroups()
    found: dict[int, int] = {}
    for row, vector in enumerate(pile.vectors):
        near = np.flatnonzero(pile.vectors[:row] @ vector >= MAYBE_COPIES)
        firsts = (int(each) for each in near if int(each) not in found)
        document = pile.documents[row]
        first = next((each for each in firsts if duplicates.are_copies(pile.documents[each], document)), None)
        if first is not None:
            found[row] = first
    return found


def _matters(pile: Pile, labels: "NDArray[np.intp]", copies: set[int]) -> list[list[Member]]:
    """The members of each group, and the articles of others that have a sentence about its matter.

    Such a sentence is as near to the group as the nearest one of most of its own articles is, each compared with the others,
    and nearer than to the article's own group.
    """
    import numpy as np

    near = _likeness(pile, labels)
    count = near.shape[1]
    starts = np.searchsorted(pile.owners, np.arange(len(labels)))
    best = np.maximum.reduceat(near, starts, axis=0) if len(near) else np.zeros((len(labels), count))
    own = np.append(near, np.full((len(near), 1), -np.inf), axis=1)[np.arange(len(near)), labels[pile.owners]]
    matters: list[list[Member]] = []
    for at in range(count):
        inside = labels == at
        least = np.quantile(best[inside, at], QUARTILE)
        telling = (near[:, at] >= least) & (near[:, at] > own)
        second = np.unique(pile.owners[telling & ~inside[pile.owners]])
        rows = [*np.flatnonzero(inside).tolist(), *(row for row in second.tolist() if row not in copies)]
        members = [_member(pile, near[:, at], starts, row, is_second=not inside[row]) for row in rows]
        matters.append(sorted(members, key=lambda member: (-member.likeness, member.id)))
    return matters


def _likeness(pile: Pile, labels: "NDArray[np.intp]") -> "NDArray[np.float32]":
    """How like each sentence is to each group, its own article left out: shape (sentences, groups)."""
    import numpy as np

    sums = np.array([pile.vectors[labels == at].sum(axis=0) for at in range(labels.max(initial=NONE) + 1)], np.float32)
    sums = sums.reshape(-1, pile.vectors.shape[1])
    near = pile.sentences @ unit(sums).T
    inside = np.flatnonzero(labels[pile.owners] != NONE)
    owners = pile.owners[inside]
    others = unit(sums[labels[owners]] - pile.vectors[owners])
    near[inside, labels[owners]] = (pile.sentences[inside] * others).sum(axis=1)
    return near


def _member(
    pile: Pile, near: "NDArray[np.float32]", starts: "NDArray[np.intp]", row: int, *, is_second: bool
) -> Member:
    end = starts[row + 1] if row + 1 < len(starts) else len(near)
    at = int(starts[row] + near[starts[row] : end].argmax())
    start, stop = (int(each) for each in pile.spans[at])
    return Member(pile.documents[row].id, start, stop, round(float(near[at]), 4), is_second)


def _named(
    pile: Pile, matters: Sequence[Sequence[Member]], about: "NDArray[np.float32]", embedder: Embedder | None
) -> list[Theme]:
    """The groups as themes with names, the largest first."""
    row_of = {document.id: row for row, document in enumerate(pile.documents)}
    rows = [[row_of[member.id] for member in members] for members in matters]
    names = name_themes(pile, rows, about, embedder)
    themes = [Theme(each, tuple(members)) for each, members in zip(names, matters, strict=True)]
    return sorted(themes, key=lambda theme: -len(theme.members))
