"""Tells by its vector what is like small talk though no known phrase is in it: "cheers mate", "это что за бот такой?".

A logistic regression over the vector of a text; `python -m eval.training.small_talk` makes it.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEARNED = Path(__file__).with_name("small_talk.json")
LEAST = 3.0  # log-odds; hardly any question comes so near, key words and what is greeted first do


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: a weight for each number of a vector of a model, shape (dim,), and a bias."""

    model: str
    weights: "NDArray[np.float32]"
    bias: float


def is_like_small_talk(vector: "NDArray[np.float32]", model: str) -> bool:
    """Whether the vector of a question is that of small talk; of vectors of another model that is not known.

    Args:
        vector: shape (dim,).
        model: the name of the embedder.
    """
    learned = _learned()
    return model == learned.model and float(vector @ learned.weights) + learned.bias >= LEAST


@functools.cache
def _learned() -> Learned:
    import numpy as np

    row = json.loads(LEARNED.read_text("utf-8"))
    return Learned(row["model"], np.array(row["weights"], np.float32), row["bias"])
