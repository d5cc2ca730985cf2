"""A deterministic embedder of a few lines: texts that share words have near vectors."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.terms import words


class FakeEmbedder:
    """Each word adds ±1 at a place given by its hash; no model, no file, exact everywhere."""

    name = "fake"
    sha256 = "0" * 64
    dim = 64

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.empty((0, 64), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dim, 1e-3, np.float32)
        for word in words(text):
            digest = hashlib.sha256(word.encode()).digest()
            vector[digest[0] % self.dim] += 1 if digest[1] % 2 else -1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit
