"""Vector files: written once, checked by CRC, memory-mapped, searched with FAISS.

Few vectors are compared one by one. A file of many has a sketch beside it, one bit a dimension and a little more (RaBitQ:
Gao and Long, "RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor
search", SIGMOD 2024): it names some hundred candidates, and these are compared exactly.
"""

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


SKETCHED = 5_000  # rows from which a file has a sketch: with fewer, comparing all is as fast
CANDIDATES = 500  # that a sketch names at least; see `eval.benchmarks.growth` for what they hold of the nearest ones
SHARED_OUT = 200_000  # rows from which a search is shared out among the cores: with fewer, waking them takes longer
TRAINED_ON = 20_000  # rows


def write_vectors(path: Path, rows: "Vectors") -> int:
    """Write rows (n, dim) to a new `.npy` file so that it is wholly there or not at all.

    Returns:
        the CRC-32 of the file.
    """
    import numpy as np

    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        np.save(file, np.ascontiguousarray(rows, np.float32), allow_pickle=False)
    return _finished(unfinished, path)


def write_sketch(path: Path, rows: "Vectors") -> int:
    """Write the sketch of rows (n, dim) to a new file, as `write_vectors` does.

    Returns:
        the CRC-32 of the file.
    """
    import faiss

    sketch = faiss.index_factory(rows.shape[1], "RaBitQ", faiss.METRIC_INNER_PRODUCT)
    sketch.train(rows[:: max(1, len(rows) // TRAINED_ON)])
    for start in range(0, len(rows), TRAINED_ON):
        sketch.add(rows[start : start + TRAINED_ON])
    unfinished = path.with_suffix(".unfinished")
    faiss.write_index(sketch, str(unfinished))
    return _finished(unfinished, path)


def _finished(unfinished: Path, path: Path) -> int:
    """Make a file last under its name; its CRC-32."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    crc = crc_of(unfinished)
    unfinished.rename(path)
    sync_folder(path.parent)
    return crc


def sync_folder(folder: Path) -> None:
    """Make renames and deletions in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def crc_of(path: Path) -> int:
    """CRC-32 of a file, read in pieces so that its size does not count against memory."""
    crc = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            crc = zlib.crc32(piece, crc)
    return crc


def open_vectors(path: Path, crc: int, shape: tuple[int, int]) -> "Vectors":
    """Map a vector file, after its CRC and shape have been checked.

    Raises:
        DamagedIndex: it differs from what was committed.
        FileNotFoundError: it is gone, as happens when a writer has replaced it meanwhile.
    """
    import numpy as np

    if crc_of(path) != crc:
        raise DamagedIndex(
            f"{path} is damaged: its checksum is not the one committed", "remove the index's folder and index again"
        )
    rows: Vectors = np.load(path, mmap_mode="r", allow_pickle=False)
    if rows.shape != shape or rows.dtype != np.float32:
        raise DamagedIndex(f"{path} is damaged: {rows.dtype} {rows.shape}, expected float32 {shape}")
    return rows


def open_sketch(path: Path, crc: int, rows: int) -> Any:
    """Read a sketch, after its CRC has been checked: a FAISS index.

    Raises:
        DamagedIndex: it differs from what was committed.
        FileNotFoundError: it is gone.
    """
    import faiss

    if crc_of(path) != crc:
        raise DamagedIndex(
            f"{path} is damaged: its checksum is not the one committed", "remove the index's folder and index again"
        )
    sketch = faiss.read_index(str(path))
    if sketch.ntotal != rows:
        raise DamagedIndex(f"{path} is damaged: it holds {sketch.ntotal} rows, expected {rows}")
    return sketch


def nearest(rows: "Vectors", query: "Vectors", count: int, sketch: Any = None) -> list[tuple[int, float]]:
    """The rows nearest to a query by inner product, best first: exact, or with a sketch nearly so.

    Args:
        rows: (n, dim), may be memory-mapped.
        query: (dim,).
        sketch: of the rows, from `open_sketch`. What it names is compared exactly.

    Returns:
        at most `count` pairs of row number and score.
    """
    import faiss

    count = min(count, len(rows))
    if count == 0:
        return []
    threads = faiss.omp_get_max_threads()  # of this thread of ours; others keep theirs
    try:
        if len(rows) < SHARED_OUT:
            faiss.omp_set_num_threads(1)
        if sketch is not None:
            _, named = sketch.search(query[None, :], min(len(rows), max(CANDIDATES, 10 * count)))
            places = sorted(named[0].tolist())  # the order in which they lie on the disk
            return [(places[at], score) for at, score in nearest(rows[places], query, count)]
        scores, found = faiss.knn(query[None, :], rows, count, metric=faiss.METRIC_INNER_PRODUCT)
        return [(int(row), float(score)) for row, score in zip(found[0], scores[0], strict=True)]
    finally:
        faiss.omp_set_num_threads(threads)


def ordered(rows: "Vectors", query: "Vectors", first: int) -> Iterator[list[tuple[int, float]]]:
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


def gather(files: Mapping[int, "Vectors"], places: Iterable[tuple[int, int]], dim: int) -> "Vectors":
    """Copy rows out of several files.

    Args:
        files: vector files by number.
        places: (file number, row number) pairs.

    Returns:
        (number of places, dim), in the order of the places.
    """
    import numpy as np

    picked = [files[file][row] for file, row in places]
    return np.stack(picked) if picked else np.empty((0, dim), np.float32)
