"""The trained part of the reader: how strongly a sentence answers a question, without torch.

`judge.npz` holds what training has changed of multilingual-e5-small: biases, layer norms, position and type
embeddings, and a linear head on the sentence vector (see `train_judge`). Given to the encoder, they make another model
of it; the matrices are shared.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index import Encoder, model_files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEARNED = Path(__file__).with_name("judge.npz")
CARD = Path(__file__).with_name("judge.json")  # the hash of judge.npz
PAIR = "{question} | {sentence}"
MAX_CHARACTERS = 600  # of a question or a sentence; longer ones are judged by their beginning


class Judge:
    """Judges question and sentence together, so it knows more than the distance of their vectors."""

    def logits(self, question: str, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """Log-odds that each sentence answers, shape (len(sentences),).

        Raises:
            ModelError: a file of the model is missing, or not the one expected.
        """
        texts = [
            PAIR.format(question=question[:MAX_CHARACTERS], sentence=sentence[:MAX_CHARACTERS])
            for sentence in sentences
        ]
        encoder, weight, bias = self._parts
        scores: NDArray[np.float32] = encoder.embed(texts, "query: ").vectors @ weight + bias
        return scores

    @cached_property
    def _parts(self) -> "tuple[Encoder, NDArray[np.float32], float]":
        import numpy as np

        model_files.check_file(LEARNED, json.loads(CARD.read_text("utf-8"))["learned_sha256"])
        with np.load(LEARNED, allow_pickle=False) as learned:
            tensors = {name: learned[name] for name in learned.files}
        weight, bias = tensors.pop("head.weight"), float(tensors.pop("head.bias"))
        return Encoder(tensors), weight, bias
