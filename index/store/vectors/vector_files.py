"""The vectors of an index: immutable files, checked by CRC, memory-mapped, searched with FAISS.

`VectorFiles` is the one seam for another vector store: nothing outside this module knows how vectors are kept.

Small files are compared row by row. A large file has a quantized index beside it, about one bit a dimension (RaBitQ: Gao and
Long, "RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search",
SIGMOD 2024). It names some hundred candidates, which are then compared exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.durable import remove_file, sync_folder
from index.errors import KenesError
from index.store.vectors.file_format import (
    open_quantized,
    open_vectors,
    read_blocks,
    write_quantized,
    write_vectors,
)
from index.store.vectors.top_k import top_k

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


QUANTIZED_FROM = 5_000  # rows from which a file gets a quantized index: with fewer, comparing all is as fast
UNIT_TOLERANCE = 1e-3


class VectorFile(NamedTuple):
    """What the database knows of a vector file: `live` of its `rows` belong to a chunk.

    `quantized_crc32` is None if the file has no quantized index.
    """

    id: int
    rows: int
    live: int
    crc32: int
    quantized_crc32: int | None


class VectorFiles:
    """The vector files in a folder, each mapped once and kept open until a newer generation no longer names it.

    A place is a pair of file number and row number.
    """

    def __init__(self, folder: Path, dim: int) -> None:
        self.folder = folder
        self.dim = dim
        self._rows: dict[int, Vectors] = {}
        self._quantized: dict[int, Any] = {}

    def open(self, files: Sequence[VectorFile]) -> None:
        """Map these files and no others, so that a writer cannot take them away from a search that is under way.

        Raises:
            DamagedIndex: a file differs from what was committed.
            FileNotFoundError: a file is gone, as happens when a writer has replaced it meanwhile.
        """
        listed = {file.id for file in files}
        for number in self._rows.keys() - listed:
            self.close(number)
        for file in files:
            self.rows(file)
            self._quantized_of(file)

    def close(self, number: int) -> None:
        """Unmap a file."""
        self._rows.pop(number, None)
        self._quantized.pop(number, None)

    def rows(self, file: VectorFile) -> "Vectors":
        """All rows of a file, (rows, dim), those without a chunk included."""
        if file.id not in self._rows:
            self._rows[file.id] = open_vectors(self.path(file.id), file.crc32, (file.rows, self.dim))
        return self._rows[file.id]

    def _quantized_of(self, file: VectorFile) -> Any:
        if file.quantized_crc32 is None:
            return None
        if file.id not in self._quantized:
            path = self.quantized_path(file.id)
            self._quantized[file.id] = open_quantized(path, file.quantized_crc32, file.rows)
        return self._quantized[file.id]

    def search(self, file: VectorFile, vector: "Vectors", limit: int) -> list[tuple[int, float]]:
        """The rows of a file with the largest inner product, best first, enough to hold `limit` that belong to a chunk."""
        quantized, dead = self._quantized_of(file), file.rows - file.live
        # In the worst case every dead row outranks the live ones. The quantized index is approximate anyway, so for it
        # that many are assumed only up to `limit`.
        spare = dead if quantized is None else min(dead, limit)
        return top_k(self.rows(file), vector, limit + spare, quantized)

    def gather(self, files: Iterable[VectorFile], places: Iterable[tuple[int, int]]) -> "Vectors":
        """Copies of the rows at some places, in their order, (places, dim)."""
        import numpy as np

        opened = {file.id: self.rows(file) for file in files}
        picked = [opened[number][row] for number, row in places]
        return np.stack(picked) if picked else np.empty((0, self.dim), np.float32)

    def write(self, number: int, blocks: "Iterable[Vectors]", count: int) -> VectorFile:
        """Write `count` rows that arrive in blocks to a new file, with a quantized index if they are many.

        Memory does not grow with the number of rows.
        """
        crc = write_vectors(self.path(number), blocks, (count, self.dim))
        if count < QUANTIZED_FROM:
            return VectorFile(number, count, count, crc, None)
        quantized_crc = write_quantized(self.quantized_path(number), self.path(number))
        return VectorFile(number, count, count, crc, quantized_crc)

    def merge(self, number: int, live: Iterable[tuple[VectorFile, Sequence[int]]], count: int) -> VectorFile:
        """Copy the `count` live rows of several files, each given with its row numbers in order, to one new file."""
        return self.write(number, self._live_blocks(live), count)

    def _live_blocks(self, live: Iterable[tuple[VectorFile, Sequence[int]]]) -> "Iterator[Vectors]":
        import numpy as np

        for file, numbers in live:
            wanted = np.zeros(file.rows, bool)
            wanted[list(numbers)] = True
            start = 0
            for block in read_blocks(self.path(file.id)):
                yield block[wanted[start : start + len(block)]]
                start += len(block)

    def remove(self, numbers: Iterable[int]) -> None:
        """Delete files, for good."""
        removed = False
        for number in numbers:
            self.close(number)
            for path in (self.path(number), self.quantized_path(number)):
                remove_file(path)
            removed = True
        if removed:
            sync_folder(self.folder)

    def remove_unlisted(self, listed: set[int]) -> None:
        """Delete what a killed run has left behind: everything but the listed files."""
        for path in self.folder.iterdir():
            if not (path.suffix in (".npy", ".sketch") and path.stem.isdigit() and int(path.stem) in listed):
                remove_file(path)

    def verify(self, file: VectorFile) -> Iterator[str]:
        """Every fault of a file, as a sentence that names it."""
        import numpy as np

        path, quantized = self.path(file.id), self.quantized_path(file.id)
        try:
            vectors = open_vectors(path, file.crc32, (file.rows, self.dim))
            if file.quantized_crc32 is not None:
                open_quantized(quantized, file.quantized_crc32, file.rows)
        except FileNotFoundError:
            yield f"{path if not path.exists() else quantized} is missing"
            return
        except KenesError as error:
            yield error.what
            return
        off = abs(np.linalg.norm(vectors, axis=1) - 1)
        if (off > UNIT_TOLERANCE).any():
            yield f"{path}: row {int(np.argmax(off))} is not of unit length"

    def path(self, number: int) -> Path:
        """Where the file of a number lies."""
        return self.folder / f"{number}.npy"

    def quantized_path(self, number: int) -> Path:
        """Where the quantized index of a file lies."""
        return self.folder / f"{number}.sketch"
