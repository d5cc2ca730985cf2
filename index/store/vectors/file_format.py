"""Vector files and their quantized indexes on disk: written once, wholly there or not at all, checked by CRC."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from index.durable import flush, sync_folder
from index.errors import DamagedIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

TRAINING_ROWS = 10_000  # at least, of which only the mean is learnt
BLOCK_ROWS = 4_096  # read or written at a time: 6 MB in 384 dimensions
BLOCK_BYTES = 1 << 20


def write_vectors(path: Path, blocks: "Iterable[Vectors]", shape: tuple[int, int]) -> int:
    """Write rows that arrive in blocks to a new `.npy` file, so that it is wholly there or not at all.

    Returns:
        the CRC-32 of the file.
    """
    import numpy as np

    unfinished = path.with_suffix(".unfinished")
    written = 0
    with unfinished.open("wb") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        for block in blocks:
            file.write(np.ascontiguousarray(block, "<f4").data)
            written += len(block)
    if written != shape[0]:
        raise ValueError(f"{written} rows were given for a file of {shape[0]}")
    return _finish(unfinished, path)


def read_blocks(path: Path) -> "Iterator[Vectors]":
    """The rows of a vector file in blocks of `BLOCK_ROWS`, read rather than mapped, so that memory stays small."""
    with path.open("rb") as file:
        left, dim = _read_header(file)
        while left:
            count = min(left, BLOCK_ROWS)
            yield _read_rows(file, count, dim)
            left -= count


def _read_header(file: IO[bytes]) -> tuple[int, int]:
    """The shape of a vector file; what follows are its rows."""
    import numpy as np

    np.lib.format.read_magic(file)
    (rows, dim), _, _ = np.lib.format.read_array_header_1_0(file)
    return rows, dim


def _read_rows(file: IO[bytes], count: int, dim: int) -> "Vectors":
    import numpy as np

    rows: Vectors = np.frombuffer(file.read(count * dim * 4), np.float32).reshape(count, dim)
    return rows


def write_quantized(path: Path, vectors: Path) -> int:
    """Write the quantized index of a vector file to a new file.

    Returns:
        the CRC-32 of the file.
    """
    import faiss

    with vectors.open("rb") as file:
        count, dim = _read_header(file)
    quantized = faiss.index_factory(dim, "RaBitQ", faiss.METRIC_INNER_PRODUCT)
    quantized.train(_sample(vectors, max(1, count // TRAINING_ROWS)))
    for block in read_blocks(vectors):
        quantized.add(block)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:  # FAISS itself would not find a path in Cyrillic letters on Windows
        faiss.write_index(quantized, faiss.PyCallbackIOWriter(file.write, BLOCK_BYTES))  # type: ignore[attr-defined]
    return _finish(unfinished, path)


def _sample(vectors: Path, step: int) -> "Vectors":
    """Every `step`-th row of a vector file."""
    import numpy as np

    with vectors.open("rb") as file:
        count, dim = _read_header(file)
    sample = np.empty((-(-count // step), dim), np.float32)
    start = filled = 0
    for block in read_blocks(vectors):
        part = block[-start % step :: step]
        sample[filled : filled + len(part)] = part
        start, filled = start + len(block), filled + len(part)
    return sample


def _finish(unfinished: Path, path: Path) -> int:
    """Make a file durable under its name; its CRC-32."""
    with unfinished.open("r+b") as file:
        flush(file.fileno())
    crc = crc_of(unfinished)
    unfinished.replace(path)
    sync_folder(path.parent)
    return crc


def crc_of(path: Path) -> int:
    """CRC-32 of a file, read in pieces, so that memory stays small."""
    crc = 0
    with path.open("rb") as file:
        while piece := file.read(BLOCK_BYTES):
            crc = zlib.crc32(piece, crc)
    return crc


def open_vectors(path: Path, crc: int, shape: tuple[int, int]) -> "Vectors":
    """Map a vector file, after its CRC and shape have been checked.

    Raises:
        DamagedIndex: it differs from what was committed.
        FileNotFoundError: it is gone, as happens when a writer has replaced it meanwhile.
    """
    import numpy as np

    _check_crc(path, crc)
    rows: Vectors = np.load(path, mmap_mode="r", allow_pickle=False)
    if rows.shape != shape or rows.dtype != np.float32:
        raise DamagedIndex(f"{path} is damaged: {rows.dtype} {rows.shape}, expected float32 {shape}")
    return rows


def open_quantized(path: Path, crc: int, rows: int) -> Any:
    """Read a quantized index, after its CRC has been checked: a FAISS index.

    Raises:
        DamagedIndex: it differs from what was committed.
        FileNotFoundError: it is gone.
    """
    import faiss

    _check_crc(path, crc)
    with path.open("rb") as file:
        quantized = faiss.read_index(faiss.PyCallbackIOReader(file.read, BLOCK_BYTES))  # type: ignore[attr-defined]
    if quantized.ntotal != rows:
        raise DamagedIndex(f"{path} is damaged: it holds {quantized.ntotal} rows, expected {rows}")
    return quantized


def _check_crc(path: Path, crc: int) -> None:
    if crc_of(path) != crc:
        raise DamagedIndex(
            f"{path} is damaged: its checksum is not the one committed", "remove the index's folder and index again"
        )
