"""The articles of one matter that a person names: those nearest to the words, then those that are like these."""

from typing import TYPE_CHECKING

from index import Embedder, Snapshot
from rag.themes.find import MOST
from rag.themes.grouping import NONE, group
from rag.themes.types import Member, Theme
from rag.themes.vectors import Pile, centred_by_language, read_pile, unit
from rag.understanding.question import understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAREST = 5  # articles that tell what is meant
ROUNDS = 2  # of looking for those
THEME = 0.5  # what an article's theme counts beside the article
MOST_OF_PILE = 5  # one matter takes at most a fifth of the articles,
FEW = 10  # or so many, if they are few
LEAST = 2  # and this many at least
BREADTH = 0.25  # how much more a gap counts the more articles stand above it: an exponent


def like(snapshot: Snapshot, embedder: Embedder, words: str) -> Theme:
    """The articles that are about what some words name, in whatever language, the one with the nearest sentence first.

    They are ranked by the words, token by token, and by how like they are to the five that come first (Rocchio's feedback
    without a person: Manning, Raghavan and Schütze, "Introduction to Information Retrieval", chapter 9); the theme that an
    article is in counts, too. They end where the ranking falls most.

    Raises:
        InputError: the words are none, or too many.
    """
    import numpy as np

    query = understand(words, embedder, snapshot)
    pile = read_pile(snapshot, MOST)
    if not pile.documents:
        return Theme({query.language: (words,)}, ())
    nearness = _by_words(snapshot, pile, query.token_embeddings, query.vector)
    scores = nearness
    for _ in range(ROUNDS):
        scores = _standard(nearness + _standard(_like_the_nearest(pile.vectors, scores)))
    scores = scores + THEME * _of_groups(scores, group(pile.vectors))
    rows = np.flatnonzero(scores >= _cut(scores))
    about = unit(pile.vectors[rows].sum(axis=0))
    members = (_member(pile, int(row), about) for row in rows)
    return Theme({query.language: (words,)}, tuple(sorted(members, key=lambda each: (-each.likeness, each.id))))


def _by_words(
    snapshot: Snapshot, pile: Pile, tokens: "NDArray[np.float32] | None", vector: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """How near the nearest chunk of each article is to the words, each language's mean taken away, in standard units."""
    import numpy as np

    numbers = [snapshot.document_chunks(document.id) for document in pile.documents]
    every = [number for chunks in numbers for number in chunks]
    near = (
        snapshot.maxsim(tokens, every)
        if tokens is not None
        else [cosine for _, cosine in snapshot.cosines(vector, every)]
    )
    starts = np.cumsum([0, *map(len, numbers)])[:-1]
    best = np.maximum.reduceat(np.asarray(near, np.float32), starts)
    return _standard(centred_by_language(best[:, None], [document.language for document in pile.documents])[:, 0])


def _like_the_nearest(vectors: "NDArray[np.float32]", scores: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """How like each article is to the weighted mean of the nearest ones, itself left out."""
    import numpy as np

    nearest = np.argsort(-scores, kind="stable")[:NEAREST]
    weighted = vectors[nearest] * scores[nearest].clip(min=0)[:, None]
    total = weighted.sum(axis=0)
    alike: NDArray[np.float32] = vectors @ unit(total)
    alike[nearest] = (vectors[nearest] * unit(total - weighted)).sum(axis=1)
    return alike


def _of_groups(scores: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "NDArray[np.float32]":
    """The mean score of each article's group; its own if it is in none."""
    import numpy as np

    inside = labels != NONE
    sizes = np.bincount(labels[inside], minlength=1)
    means = np.bincount(labels[inside], scores[inside], minlength=1) / sizes.clip(min=1)
    return np.where(inside, means[labels], scores).astype(np.float32)


def _cut(scores: "NDArray[np.float32]") -> float:
    """The lowest score above the widest gap: between neighbours in the ranking, gaps further down counting somewhat more."""
    import numpy as np

    ranked = np.sort(scores)[::-1]
    most = min(len(ranked) - 1, max(len(ranked) // MOST_OF_PILE, FEW))
    above = np.arange(min(LEAST, most), most + 1)  # how many articles may stand above the gap
    gaps = (ranked[above - 1] - ranked[above]) * above**BREADTH
    return float(ranked[above[gaps.argmax()] - 1]) if most else float(ranked[0])


def _standard(values: "NDArray[np.float32]") -> "NDArray[np.float32]":
    scaled: NDArray[np.float32] = (values - values.mean()) / max(float(values.std()), 1e-9)
    return scaled


def _member(pile: Pile, row: int, about: "NDArray[np.float32]") -> Member:
    import numpy as np

    first, end = (int(each) for each in np.searchsorted(pile.owners, [row, row + 1]))
    near = pile.sentences[first:end] @ about
    start, stop = (int(each) for each in pile.spans[first + int(near.argmax())])
    return Member(pile.documents[row].id, start, stop, round(float(near.max()), 4), is_second=False)
