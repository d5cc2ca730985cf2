"""Token states for late interaction: one bit a dimension in the index, whole numbers in the question.

A passage is near a question when each token of the question finds a token in the passage that means nearly the same:
Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT",
SIGIR 2020. Here the states are those that the embedder averages into its vector, with no training of their own; taking
the mean state of ordinary text away first matters, since most of what two states share is that mean.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedding.onnx_session import session
from index.types import Embedded, Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE = Path(__file__).with_name("sample.txt")  # ordinary sentences in English, Russian and Kazakh, equally many
PRODUCT = Path(__file__).with_name("maxsim.onnx")  # made by graphs


def centre_of(embedder: Embedder) -> "NDArray[np.float32]":
    """The mean state of ordinary text, float32, shape (dim,); zeros if the model gives none."""
    import numpy as np

    found = embedder.embed_documents(SAMPLE.read_text("utf-8").splitlines())
    if found.states is None:
        return np.zeros(embedder.dim, np.float32)
    mean: NDArray[np.float32] = np.concatenate(found.states).mean(axis=0)
    return mean


def worded(embedded: Embedded, texts: Sequence[str]) -> "list[NDArray[np.float32]]":
    """The states of those tokens of each text that hold a letter or a digit, float32, shape (tokens, dim).

    No tokens at all if the model gives none.
    """
    if embedded.states is None or embedded.spans is None:
        return [embedded.vectors[:0] for _ in texts]
    return [
        states[[any(map(str.isalnum, text[start:end])) for start, end in spans.tolist()]] if len(states) else states
        for states, spans, text in zip(embedded.states, embedded.spans, texts, strict=True)
    ]


def pack(states: "NDArray[np.float32]", centre: "NDArray[np.float32]") -> bytes:
    """The sign of every state in every dimension, seen from the centre: ceil(dim / 8) bytes a token."""
    import numpy as np

    return np.packbits(states > centre, axis=1).tobytes()


def interaction(
    question: "NDArray[np.float32]", centre: "NDArray[np.float32]", packed: Sequence[bytes]
) -> "NDArray[np.float32]":
    """How near each passage is to a question: the mean, over the question's tokens, of the best cosine in the passage.

    A passage's token is taken for the vector of its signs, which is near enough: where both lie in d dimensions, the
    cosine is the sum of the question's components with those signs, over their norm times the root of d. The components
    are rounded to 8 bits, a scale for each token, so that the sums are of whole numbers, exact on every processor; in 384
    dimensions that moves a cosine by less than 0.002.

    Args:
        question: states, shape (tokens, dim).
        centre: what `pack` was given, shape (dim,).
        packed: what `pack` made of each passage.

    Returns:
        float32, shape (len(packed),), between -1 and 1; -1 where either side has no token.
    """
    import numpy as np

    dim = len(centre)
    if not len(question):
        return np.full(len(packed), -1, np.float32)
    asked = question - centre
    counts = np.array([len(each) // -(-dim // 8) for each in packed], np.intp)
    near = np.full(len(packed), -1, np.float32)
    full = np.flatnonzero(counts)
    if len(full):
        whole = np.rint(asked * (127 / np.abs(asked).max(axis=1, keepdims=True).clip(min=1e-12)))
        rows = np.frombuffer(b"".join(packed), np.uint8).reshape(-1, -(-dim // 8))
        bits = np.unpackbits(rows, axis=1, count=dim)
        sums = product(bits, np.ascontiguousarray(whole.T, np.int8))
        starts = np.concatenate([[0], counts[full].cumsum()[:-1]])
        best = 2 * np.maximum.reduceat(sums, starts, axis=0) - whole.sum(axis=1)  # a sign is 2 bit - 1
        near[full] = (best / (np.linalg.norm(whole, axis=1).clip(min=1) * dim**0.5)).mean(axis=1)
    return near


@cache
def sums_in_pairs() -> bool:
    """Whether products of 8 bits are added in pairs first, in 16 bits that saturate, as by processors without VNNI.

    Such a processor gives other sums of these extreme values; of ours it gives the same (see `encoder.PAIR`).
    """
    import numpy as np

    rows, columns = np.full((4, 64), 255, np.uint8), np.full((64, 16), 127, np.int8)
    sums = product(rows, columns)
    return bool((sums != 64 * 255 * 127).any())


def product(rows: "NDArray[np.uint8]", columns: "NDArray[np.int8]") -> "NDArray[np.int32]":
    """The sums of a product of matrices, shapes (n, dim) and (dim, m): exact as long as `sums_in_pairs` does not matter."""
    sums: NDArray[np.int32] = _product().run(["sums"], {"rows": rows, "columns": columns})[0]
    return sums


@cache
def _product() -> Any:
    return session(PRODUCT)
