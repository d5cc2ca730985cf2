"""Teaches the encoder of questions: `python -m eval.training.question_encoder DATA SQUAD2 OUT` (half an hour on one core).

Passages keep what e5-small makes of them, their vectors and the signs of their tokens, so an index stays as it is. Only the
questions' side learns to lie nearer to the passages that answer than to others (fine-tuning of the query side: Lee et al.,
"Learning dense representations of phrases at scale", ACL 2021, section 4.4). Both measures that search uses are taught: the
cosine of the vectors, against all passages, and MaxSim, against some that a search found, some that are nearest by what was
learned so far, and those of the other questions in a step. Near misses are asked as well: a place for "nothing", learned with
the rest, is to beat all passages for them, and to lose against the right ones for a fact.

What is written lies between e5-small and what was learned (`KEPT`): Wortsman et al., "Robust fine-tuning of zero-shot
models", CVPR 2022. Questions that are unlike those of training lose less that way.
"""

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.training import unpack_e5
from eval.training.groups import HELD_OUT, Group, GroupPassage, load_groups
from eval.training.model import noise, write_weights
from eval.training.nearness import cosines, lay_out, loss_of, maxsim, unpack, with_nothing
from eval.training.optimise import write_log
from eval.training.typed import as_typed
from index import load_embedder
from index.analysis.detect import detect
from index.embedding.e5.trained import QUESTIONS
from index.embedding.maxsim import centre_of, pack, worded

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

SEED = 1
STEPS, STEP_QUESTIONS, MISSES = 1_100, 48, 14  # misses among the questions of a step about our own articles
OWN = 0.73  # share of steps with questions about our own articles, not of the English sets
LEARNING_RATE, WARMUP = 2e-5, 60  # steps
FASTER = 50  # times the learning rate, for the places of "nothing"
TEMPERATURE, OF_VECTORS = 0.02, 0.01  # of MaxSim and of cosines; e5 itself was trained with 0.01
VECTORS = 0.5  # weight of the losses of vectors, beside those of tokens
NOTHING = 0.5  # weight of the losses with "nothing", beside those without
RIGHT, FOUND, NEAREST = 2, 2, 2  # passages of a question in its step, at most
NEAR = 60  # passages
NOISE = 0.1  # standard deviation of what is added to the embeddings of words, of their own
KEPT = 0.75  # of what was learned
EMBEDDED_AT_ONCE = 64
SAVE_STEPS = 250


@dataclass(frozen=True, slots=True)
class Embedded:
    """Passages as an index keeps them: vectors, shape (passages, 384), and the packed signs of each one's tokens."""

    places: dict[tuple[str, str], int]
    vectors: "NDArray[np.float32]"
    signs: list[bytes]

    def place(self, passage: GroupPassage) -> int:
        return self.places[passage.title, passage.text]


def embed(groups: Sequence[Group]) -> Embedded:
    """What e5-small makes of every passage of some groups, each once."""
    embedder = load_embedder()
    centre = centre_of(embedder)
    keys = list(dict.fromkeys((each.title, each.text) for group in groups for each in _passages(group)))
    vectors, signs = [], []
    for start in range(0, len(keys), EMBEDDED_AT_ONCE):
        texts = [f"{title}. {text}" if title else text for title, text in keys[start : start + EMBEDDED_AT_ONCE]]
        made = embedder.embed_documents(texts)
        vectors.append(made.vectors)
        signs += [pack(states, centre) for states in worded(made, texts)]
    return Embedded({key: at for at, key in enumerate(keys)}, np.concatenate(vectors), signs)


def _passages(group: Group) -> Sequence[GroupPassage]:
    return (*group.passages, *group.answering)


def teachable(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """The groups of questions that some passage answers, and those of near misses; about no article that is held out."""
    taught = [group for group in groups if group.article not in HELD_OUT]
    facts = [group for group in taught if any(passage.answers for passage in _passages(group))]
    return facts, [group for group in taught if group.is_own and group.wording is None]


class _Source:
    """The questions of one kind, in turn, and their passages."""

    def __init__(self, groups: Sequence[Group], chance: Random) -> None:
        self.embedded = embed(groups)
        facts, misses = teachable(groups)
        self._misses = MISSES if misses else 0
        self._streams = _forever(facts, chance), _forever(misses, chance)

    def step(self) -> list[Group]:
        """The questions of a step."""
        facts, misses = self._streams
        return [*islice(facts, STEP_QUESTIONS - self._misses), *islice(misses, self._misses)]


def _forever(groups: Sequence[Group], chance: Random) -> Iterator[Group]:
    while True:
        yield from chance.sample(groups, len(groups))


def step_loss(
    bert: Any,
    groups: Sequence[Group],
    embedded: Embedded,
    centre: "NDArray[np.float32]",
    nothing: "Sequence[Tensor]",
    chance: Random,
) -> "Tensor":
    """The loss of a step: of its questions' tokens over some passages, and of their vectors over all.

    Args:
        nothing: the scores of "nothing" by tokens and by vectors, each shape ().
    """
    import torch

    laid = lay_out([as_typed(group.question, detect(group.question), chance) for group in groups])
    states = bert(input_ids=laid.ids, attention_mask=laid.there.long()).last_hidden_state.float()
    by_vectors = cosines(states, laid.there, torch.from_numpy(embedded.vectors))
    right = [frozenset(embedded.place(each) for each in _passages(group) if each.answers) for group in groups]
    nearest = by_vectors.detach().topk(min(NEAR, by_vectors.shape[1])).indices.tolist()
    places = _compared(groups, right, nearest, embedded, chance)
    signs = [unpack(embedded.signs[place], len(centre)) for place in places]
    by_tokens = maxsim(states, laid.worded, torch.from_numpy(centre), signs)
    of_tokens = _losses(by_tokens, _mask(right, places), nothing[0], TEMPERATURE)
    return of_tokens + VECTORS * _losses(by_vectors, _mask(right, range(len(embedded.signs))), nothing[1], OF_VECTORS)


def _losses(scores: "Tensor", right: "Tensor", nothing: "Tensor", temperature: float) -> "Tensor":
    """The loss of the questions that have an answer, and some of that of all with "nothing"."""
    answerable = right.any(dim=1)
    scores = scores / temperature
    return loss_of(scores[answerable], right[answerable]) + NOTHING * with_nothing(scores, right, nothing / temperature)


def _compared(
    groups: Sequence[Group],
    right: Sequence[frozenset[int]],
    nearest: Sequence[Sequence[int]],
    embedded: Embedded,
    chance: Random,
) -> list[int]:
    """The places of the passages in a step, each once: of every question some right ones, and wrong ones of two kinds."""
    places: dict[int, None] = {}
    for group, own, near in zip(groups, right, nearest, strict=True):
        found = map(embedded.place, group.passages)
        for kind, most in ((own, RIGHT), (set(found) - own, FOUND), (set(near) - own, NEAREST)):
            places |= dict.fromkeys(chance.sample(sorted(kind), min(most, len(kind))))
    return list(places)


def _mask(right: Sequence[frozenset[int]], places: Sequence[int]) -> "Tensor":
    """Which places are right, shape (questions, places)."""
    import torch

    return torch.tensor([[place in own for place in places] for own in right])


def rate(step: int, steps: int) -> float:
    """The part of the learning rate at a step: it rises for a while, then falls along a cosine."""
    return min((step + 1) / WARMUP, 1) * 0.5 * (1 + math.cos(math.pi * step / steps))


def train(own: Sequence[Group], english: Sequence[Group], out: Path, steps: int) -> "dict[str, NDArray[np.float32]]":
    """What is to be written: the encoder's tensors but its embeddings, under BERT's names."""
    import torch
    from transformers import AutoModel

    torch.manual_seed(SEED)
    chance = Random(SEED)
    bert = AutoModel.from_pretrained(str(unpack_e5.unpacked_folder()), add_pooling_layer=False).train()
    before = {name: each.detach().clone() for name, each in bert.encoder.named_parameters(prefix="encoder")}
    bert.embeddings.requires_grad_(False)
    bert.embeddings.register_forward_hook(noise(NOISE))
    centre = centre_of(load_embedder())
    sources = [_Source(groups, chance) for groups in (own, english)]
    nothing = [torch.nn.Parameter(torch.tensor(score)) for score in (0.5, 0.85)]  # where scores of both kinds lie
    optimiser = torch.optim.AdamW(
        [
            {"params": bert.encoder.parameters(), "lr": LEARNING_RATE, "weight_decay": 0.01},
            {"params": nothing, "lr": FASTER * LEARNING_RATE, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(step, steps))
    began = time.monotonic()
    for step in range(steps):
        source = sources[chance.random() >= OWN]
        loss = step_loss(bert, source.step(), source.embedded, centre, nothing, chance)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(bert.encoder.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        write_log(out, step=step + 1, loss=float(loss.detach()), minutes=(time.monotonic() - began) / 60)
        if (step + 1) % SAVE_STEPS == 0:
            torch.save(bert.encoder.state_dict(), out / "encoder.pt")
    learned = dict(bert.encoder.named_parameters(prefix="encoder"))
    return {name: (old + KEPT * (learned[name].detach() - old)).numpy() for name, old in before.items()}


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the English sets")
    parser.add_argument("squad2", type=Path, help="the folder of SQuAD 2.0's half")
    parser.add_argument("out", type=Path, help="the folder of the log and of checkpoints")
    parser.add_argument("--steps", type=int, default=STEPS)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    own, english = load_groups(asked.data, asked.squad2)
    write_weights(train(own, english, asked.out, asked.steps), QUESTIONS)


if __name__ == "__main__":
    main()
