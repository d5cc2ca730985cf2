"""Groups articles by what they are about: average linkage over their vectors, then each to the group it is nearest to.

The one constant is how alike two groups must be to become one: their articles are as alike, on average, as one standard
deviation of the similarity of any two articles of the pile. An article that is less like its group than that belongs to
none. So nothing depends on how many groups there are, nor on how alike the articles of a pile are in general.
"""

from typing import TYPE_CHECKING

from index.errors import needed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 1.0  # standard deviations of the similarity of two articles
LEAST = 2  # articles in a group
FOUNDERS = 4000  # the most articles that are compared each with each; the others join the groups of these
SAMPLE = 2000  # articles that tell how alike two are
ROUNDS = 5  # of moving articles to the nearest group, at most
NONE = -1  # the label of an article that is in no group


def group(vectors: "NDArray[np.float32]") -> "NDArray[np.intp]":
    """The group of each article, the largest group 0; `NONE` for articles that fit into none.

    Args:
        vectors: unit rows, or zeros, shape (articles, dim).
    """
    import numpy as np

    labels = np.full(len(vectors), NONE, np.intp)
    if len(vectors) < LEAST:
        return labels
    least = ALIKE * spread(vectors)
    founders = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), FOUNDERS)).astype(np.intp))
    labels[founders] = _linked(vectors[founders], least)
    labels = _settled(vectors, without_small(labels))
    return by_size(loosened(vectors, labels, least))


def join(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "NDArray[np.intp]":
    """Put the articles that are in no group into the one that they are most like, if they are like enough.

    What is left then may make groups of its own. Articles that are in a group stay there, and groups keep their numbers.
    """
    import numpy as np

    least = ALIKE * spread(vectors)
    likeness = mean_similarities(vectors, labels)
    joined = labels.copy()
    if likeness.shape[1]:
        free = (labels == NONE) & (likeness.max(axis=1) >= least)
        joined[free] = likeness[free].argmax(axis=1)
    left = np.flatnonzero(joined == NONE)
    new = group(vectors[left]) if len(left) < len(vectors) else labels
    joined[left] = np.where(new == NONE, NONE, new + joined.max(initial=NONE) + 1)
    return joined


def spread(vectors: "NDArray[np.float32]") -> float:
    """The standard deviation of the similarity of two articles."""
    import numpy as np

    sample = vectors[np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), SAMPLE)).astype(np.intp))]
    return float((sample @ sample.T)[np.triu_indices(len(sample), 1)].std()) if len(sample) > 1 else 0.0


def mean_similarities(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "NDArray[np.float32]":
    """How like each article is to those of each group, itself left out, on average: shape (articles, groups)."""
    import numpy as np

    sums, sizes = _sums(vectors, labels)
    own = labels[:, None] == np.arange(len(sums))
    alike: NDArray[np.float32] = (vectors @ sums.T - own) / (sizes - own).clip(min=1)
    return alike


def centroids(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "NDArray[np.float32]":
    """The mean of each group's articles, scaled to length 1, shape (groups, dim)."""
    import numpy as np

    sums, _ = _sums(vectors, labels)
    scaled: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(min=1e-9)
    return scaled


def by_size(labels: "NDArray[np.intp]") -> "NDArray[np.intp]":
    """The same groups numbered from the largest; of equal ones, the one whose first article comes first."""
    import numpy as np

    groups, first, sizes = np.unique(labels[labels != NONE], return_index=True, return_counts=True)
    order = groups[np.lexsort((first, -sizes))]
    number = {int(group): place for place, group in enumerate(order)}
    return np.array([number.get(int(label), NONE) for label in labels], np.intp)


def without_small(labels: "NDArray[np.intp]") -> "NDArray[np.intp]":
    """The groups of `LEAST` articles or more, numbered anew."""
    import numpy as np

    groups, sizes = np.unique(labels[labels != NONE], return_counts=True)
    return by_size(np.where(np.isin(labels, groups[sizes >= LEAST]), labels, NONE))


def loosened(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]", least: float) -> "NDArray[np.intp]":
    """The groups without the articles that are less like the others of their group than that."""
    import numpy as np

    likeness = np.append(mean_similarities(vectors, labels), np.full((len(labels), 1), np.inf), axis=1)
    own = likeness[np.arange(len(labels)), labels]  # NONE, -1, is the last column
    return without_small(np.where(own < least, NONE, labels))


def _linked(vectors: "NDArray[np.float32]", least: float) -> "NDArray[np.intp]":
    """Average linkage, up to the point where the nearest two groups are less alike than that."""
    import numpy as np

    with needed("grouping articles"):
        from scipy.cluster.hierarchy import fcluster, linkage

    distances = 1 - (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    tree = linkage(distances.clip(min=0).astype(np.float64), "average")
    labels: NDArray[np.intp] = fcluster(tree, 1 - least, "distance").astype(np.intp)
    return labels


def _settled(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "NDArray[np.intp]":
    """Each article of a group moved to the group whose other articles' mean it is nearest to, until none moves."""
    import numpy as np

    for _ in range(ROUNDS if (labels != NONE).any() else 0):
        sums, _ = _sums(vectors, labels)
        nearness = vectors @ (sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(min=1e-9)).T
        rows = np.flatnonzero(labels != NONE)
        others = sums[labels[rows]] - vectors[rows]
        length = np.linalg.norm(others, axis=1).clip(min=1e-9)
        nearness[rows, labels[rows]] = (vectors[rows] * others).sum(axis=1) / length
        moved = labels.copy()
        moved[rows] = nearness[rows].argmax(axis=1)
        if (moved == labels).all():
            break
        labels = without_small(moved)
    return labels


def _sums(vectors: "NDArray[np.float32]", labels: "NDArray[np.intp]") -> "tuple[NDArray[np.float32], NDArray[np.intp]]":
    """The vectors of each group added up, and how many they are."""
    import numpy as np

    inside = labels[:, None] == np.arange(labels.max(initial=NONE) + 1)
    return inside.T.astype(np.float32) @ vectors, inside.sum(axis=0)
