"""Rows as PostgreSQL's COPY reads them in binary: nothing in them is ever taken for SQL.

The format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">ii", 0, 0)
_END = struct.pack(">h", -1)
BLOCK_BYTES = 1 << 16

Packer = Callable[[Any], bytes]

integer: Packer = struct.Struct(">i").pack
bigint: Packer = struct.Struct(">q").pack
text: Packer = str.encode
raw: Packer = bytes


def vector(row: "NDArray[np.float32]") -> bytes:
    """A vector as pgvector's `vector_recv` reads it.

    >>> import numpy as np
    >>> vector(np.array([1.0], np.float32)).hex()
    '000100003f800000'
    """
    return struct.pack(">hh", len(row), 0) + row.astype(">f4").tobytes()


def packed(packers: Sequence[Packer], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Rows in blocks of some 64 KB.

    Args:
        packers: one for each column.
        rows: None is NULL.
    """
    block = bytearray(_HEAD)
    for row in rows:
        block += struct.pack(">h", len(row))
        for pack, value in zip(packers, row, strict=True):
            field = None if value is None else pack(value)
            block += struct.pack(">i", -1) if field is None else struct.pack(">i", len(field)) + field
        if len(block) >= BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    yield bytes(block) + _END
