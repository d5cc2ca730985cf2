"""The nearest of many vectors, with FAISS: exactly, or from the candidates of a quantized index."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

CANDIDATES = 500  # that a quantized index names at least; `eval.benchmarks.growth` measures what they miss
PARALLEL_FROM = 200_000  # rows from which a search uses all cores: with fewer, waking them takes longer


def top_k(rows: "Vectors", query: "Vectors", k: int, quantized: Any = None) -> list[tuple[int, float]]:
    """The rows with the largest inner product with a query, best first: exact, or nearly so with a quantized index.

    Args:
        rows: (n, dim), may be memory-mapped.
        query: (dim,).
        quantized: of the rows, from `open_quantized`. The candidates that it names are compared exactly.

    Returns:
        at most `k` pairs of row number and score.
    """
    import faiss

    k = min(k, len(rows))
    if k == 0:
        return []
    threads = faiss.omp_get_max_threads()  # of this thread; others keep theirs
    try:
        if len(rows) < PARALLEL_FROM:
            faiss.omp_set_num_threads(1)
        if quantized is not None:
            _, named = quantized.search(query[None, :], min(len(rows), max(CANDIDATES, 10 * k)))
            places = sorted(named[0].tolist())  # the order in which they lie on the disk
            return [(places[at], score) for at, score in top_k(rows[places], query, k)]
        scores, found = faiss.knn(query[None, :], rows, k, metric=faiss.METRIC_INNER_PRODUCT)
        return [(int(row), float(score)) for row, score in zip(found[0], scores[0], strict=True)]
    finally:
        faiss.omp_set_num_threads(threads)


def by_score(rows: "Vectors", query: "Vectors", first: int) -> Iterator[list[tuple[int, float]]]:
    """All rows by inner product with a query, exact, best first, in blocks that grow eightfold.

    Args:
        rows: (n, dim), may be memory-mapped.
        query: (dim,).
        first: the size of the first block.

    Yields:
        pairs of row number and score.
    """
    import numpy as np

    scores = rows @ query
    order = np.argsort(-scores, kind="stable")
    start, size = 0, max(first, 1)
    while start < len(order):
        block = order[start : start + size]
        yield list(zip(block.tolist(), scores[block].tolist(), strict=True))
        start, size = start + size, 8 * size
