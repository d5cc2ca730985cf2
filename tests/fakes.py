"""A deterministic embedder of a few lines (texts that share words have near vectors), and results made by hand."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.runs.results import QuestionResult
from index import Embedded
from index.analysis.terms import words


class FakeEmbedder:
    """Each word adds ±1 at a place given by its hash; no model, no file, exact everywhere."""

    name = "fake"
    sha256 = "0" * 64
    dim = 64

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        found = [list(re.finditer(r"\w+", text)) for text in texts]
        states = tuple(np.stack([self._state(m.group()) for m in each]) if each else _none() for each in found)
        spans = tuple(np.array([m.span() for m in each], np.int32).reshape(-1, 2) for each in found)
        vectors = np.stack([self._vector(text) for text in texts]) if texts else _none()
        return Embedded(vectors, states, spans)

    def embed_query(self, text: str) -> Embedded:
        return self.embed_documents([text])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dim, 1e-3, np.float32)
        for word in words(text):
            vector += self._state(word)
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit

    def _state(self, word: str) -> NDArray[np.float32]:
        digest = hashlib.sha256(word.lower().encode()).digest()
        state = np.zeros(self.dim, np.float32)
        state[digest[0] % self.dim] = 1 if digest[1] % 2 else -1
        return state


def fake_embedder(_name: str) -> FakeEmbedder:
    """Stands for `load_embedder`."""
    return FakeEmbedder()


def _none() -> NDArray[np.float32]:
    return np.empty((0, FakeEmbedder.dim), np.float32)


def result_of(id: str, **more: Any) -> QuestionResult:
    """An answerable question that was refused, unless `more` says otherwise."""
    plain: dict[str, Any] = {
        "question": f"Question {id}?",
        "language": "en",
        "tags": (),
        "pair": None,
        "answers": ("ten",),
        "quotes": ("Ten laws change.",),
        "answer": None,
        "sentence": None,
        "said_in": None,
        "passage": "Ten laws change.",
        "reason": "no words are likely enough",
        "confidence": 0.5,
        "right": True,
        "gold": (("a", 0, 16),),
        "found": (("a", 0, 16),),
        "cited": (),
        "values": {"answered rightly": 0.0, "false refusals": 1.0, "MRR@10": 1.0},
        "error": None,
    }
    return QuestionResult(id=id, **{**plain, **more})
