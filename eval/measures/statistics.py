"""How certain figures are: bootstrap intervals, the paired permutation test, and Holm's correction for many tests."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.05  # the chance of any false alarm among all tests together
DRAWS = 10_000


def bootstrap(values: Sequence[float], seed: int = 0, samples: int = 1000) -> tuple[float, float]:
    """The 95 % interval of a mean, from samples drawn with replacement. The same seed gives the same interval.

    Percentile bootstrap: Efron, "Bootstrap methods: another look at the jackknife", 1979.

    >>> bootstrap([0.5, 0.5, 0.5]), bootstrap([])
    ((0.5, 0.5), (0.0, 0.0))
    """
    import numpy as np

    given = np.asarray(values, np.float64)
    return bootstrap_of(lambda rows: float(given[rows].mean()), len(values), seed, samples)


def bootstrap_of(
    statistic: "Callable[[NDArray[np.int64]], float]", size: int, seed: int = 0, samples: int = 1000
) -> tuple[float, float]:
    """The 95 % interval of any statistic of `size` rows, from samples drawn with replacement.

    Args:
        statistic: takes the numbers of the rows drawn, shape (size,).
    """
    import numpy as np

    if not size:
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).integers(size, size=(samples, size))
    low, high = np.percentile(list(map(statistic, drawn)), (2.5, 97.5))
    return float(low), float(high)


def permutation(differences: Sequence[float], seed: int = 0) -> float:
    """The paired permutation test, two-sided: how often random signs move the mean at least as far from 0.

    Source: Fisher, "The design of experiments", 1935, section 21. All signs are tried if that takes no more than
    10,000 draws. Otherwise as many are drawn, and the signs that were seen count as one of them.

    >>> permutation([1.0, 1.0, 1.0]), permutation([1.0, -1.0]), permutation([0.0, 0.0])
    (0.25, 1.0, 1.0)
    """
    import numpy as np

    given = np.asarray(differences, np.float64)
    moved = given[given != 0]
    if not len(moved):
        return 1.0
    seen = abs(moved.sum()) - 1e-9
    if 2 ** len(moved) <= DRAWS:
        signs = 1 - 2 * ((np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1)
        return float((abs(signs @ moved) >= seen).mean())
    signs = np.random.default_rng(seed).choice((-1, 1), size=(DRAWS, len(moved)))
    return float(((abs(signs @ moved) >= seen).sum() + 1) / (DRAWS + 1))


def holm(p_values: Sequence[float]) -> list[bool]:
    """Which of several tests are significant if the chance of any false alarm is to be 5 %.

    The smallest p is compared with 0.05 / n, the next with 0.05 / (n - 1), and so on until one fails (Holm, "A simple
    sequentially rejective multiple test procedure", 1979).

    >>> holm([0.04, 0.001, 0.03])  # 0.001 < 0.05 / 3, but 0.03 > 0.05 / 2
    [False, True, False]
    """
    significant = [False] * len(p_values)
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, test in enumerate(order):
        if p_values[test] > LEVEL / (len(p_values) - rank):
            break
        significant[test] = True
    return significant
