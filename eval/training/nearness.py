"""How near questions are to passages, in torch, so that it can be learned from: what search computes, and the losses over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.e5.tokenizer import END, START, shared_tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

PREFIX = "query: "
LONGEST = 64  # tokens


@dataclass(frozen=True, slots=True)
class Laid:
    """Some questions in tokens, each shape (questions, tokens): ids, which are there, and which hold a letter or a digit."""

    ids: "Tensor"
    there: "Tensor"
    worded: "Tensor"


def lay_out(questions: Sequence[str]) -> Laid:
    """Questions in tokens, as `index.embedding.e5.encoder` lays them out."""
    import torch

    rows = [_tokens(question) for question in questions]
    longest = max(len(ids) for ids, _ in rows)
    ids = torch.ones((len(rows), longest), dtype=torch.long)
    there = torch.zeros((len(rows), longest), dtype=torch.bool)
    own = torch.zeros_like(there)
    for at, (row, words) in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        there[at, : len(row)] = True
        own[at, words] = True
    return Laid(ids, there, own)


def _tokens(question: str) -> tuple[list[int], list[int]]:
    """The ids of a question, and the places of its own tokens that hold a letter or a digit."""
    text = PREFIX + question
    tokens = shared_tokenizer().tokens(text)
    spans = tokens.spans[: LONGEST - 2]
    begins = len(PREFIX)
    words = [
        at
        for at, (start, end) in enumerate(spans, 1)
        if any(map(str.isalnum, text[max(start, begins) : max(end, begins)]))
    ]
    return [START, *tokens.ids[: LONGEST - 2], END], words


def unpack(signs: bytes, dim: int) -> "NDArray[np.float32]":
    r"""The signs of a passage's tokens, 1 and -1, shape (tokens, dim).

    >>> unpack(b"\xa0", 3).tolist()
    [[1.0, -1.0, 1.0]]
    """
    rows = np.frombuffer(signs, np.uint8).reshape(-1, -(-dim // 8))
    return np.unpackbits(rows, axis=1, count=dim).astype(np.float32) * 2 - 1


def cosines(states: "Tensor", there: "Tensor", vectors: "Tensor") -> "Tensor":
    """The cosine of each question's vector, the mean of its states, with each passage's: shape (questions, passages)."""
    import torch

    means = (states * there[..., None]).sum(dim=1)
    return torch.nn.functional.normalize(means, dim=1) @ vectors.T


def maxsim(states: "Tensor", worded: "Tensor", centre: "Tensor", passages: "Sequence[NDArray[np.float32]]") -> "Tensor":
    """What `index.embedding.maxsim.interaction` gives, of questions and the unpacked signs of passages, to be learned from."""
    import torch

    rows, columns = worded.nonzero(as_tuple=True)
    asked = torch.nn.functional.normalize(states[rows, columns] - centre, dim=1)
    signs = torch.from_numpy(np.concatenate(passages)) / len(centre) ** 0.5
    best = [part.max(dim=1).values for part in (asked @ signs.T).split([len(each) for each in passages], dim=1)]
    sums = torch.zeros(len(states), len(passages)).index_add(0, rows, torch.stack(best, dim=1))
    return sums / worded.sum(dim=1, keepdim=True).clamp(min=1)


def loss_of(scores: "Tensor", right: "Tensor") -> "Tensor":
    """The mean of -log softmax of each right passage among itself and all wrong ones: shape () from two of (questions, passages)."""
    import torch

    wrong = scores.masked_fill(right, -1e4).logsumexp(dim=1, keepdim=True)
    each = torch.logaddexp(scores, wrong) - scores
    return ((each * right).sum(dim=1) / right.sum(dim=1).clamp(min=1)).mean()


def with_nothing(scores: "Tensor", right: "Tensor", nothing: "Tensor") -> "Tensor":
    """The mean of -log softmax over all passages and "nothing" of what is right: any right passage, or nothing if there is none.

    Args:
        scores: shape (questions, passages), like `right`.
        nothing: the score of "nothing", shape ().
    """
    import torch

    everything = torch.cat([scores, nothing.expand(len(scores), 1)], dim=1).logsumexp(dim=1)
    answering = scores.masked_fill(~right, -1e4).logsumexp(dim=1)
    return (everything - torch.where(right.any(dim=1), answering, nothing)).mean()
