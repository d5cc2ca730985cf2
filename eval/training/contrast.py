"""Teaches the reader by contrast: `python -m eval.training.contrast DATA SQUAD2 OUT` (an hour on one core; goes on from its checkpoint).

`eval.training.reader` teaches where words answer in one passage. Here the reader learns which of several passages answers, as it
is asked in the product: one softmax over all places of all passages that a search found, and "nothing" (Clark and Gardner,
"Simple and effective multi-paragraph reading comprehension", ACL 2018, section 3.2, "shared-norm", with a no-answer option). A
fact and the near misses of the same article stand in one step, so that what sets them apart is what is learned.

It begins with the weights that ship. The lower four layers and the embeddings stay as they are, the rest is trained in bfloat16
with a copy in float32 that the optimiser moves. Where a processor has no bfloat16 (`/proc/cpuinfo` names no avx512_bf16), it is
faster in float32: --float32.
"""

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from eval.benchmarks.near_misses import load_own
from eval.datasets.questions import GOLD
from eval.measures.confidence import auroc
from eval.training.batches import AT_ONCE, batches, choose
from eval.training.groups import Group, GroupPassage, held_out, load_groups
from eval.training.reader import Layouts, TorchSpanReader, round_into, write_weights
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import JOINED, LAYERS, matrices
from rag.reading.span_reader import MATRICES, VECTORS, Layout

if TYPE_CHECKING:
    from torch import Tensor

OWN = GOLD.parent / "own" / "train.jsonl"
SEED = 11
STEPS = 760
STEP_GROUPS = 12
LEARNING_RATE, HEAD_RATE = 1e-4, 3e-4
WARMUP = 0.06  # of all steps
WEIGHT_DECAY = 0.01
FROZEN = 4  # layers
LONGEST = 384  # tokens
TITLED = 0.85  # share of groups whose passages have their titles
CHECKED = 150  # held-out groups
CHECKPOINT_STEPS, CHECK_STEPS = 100, 300
ANSWER_TOKENS = 30

Laid = tuple[Layout, list[int], list[int]]  # a passage, and where answers start and end in it


def lay_out(layouts: Layouts, question: str, passage: GroupPassage, *, titled: bool) -> Laid:
    """A passage in tokens, with the places of its answers' first and last tokens."""
    laid = layouts.layout(question, passage.title if titled else "", passage.text, LONGEST)
    firsts, lasts = [], []
    for start, end in passage.answers:
        inside = [at for at, (left, right) in enumerate(laid.spans, laid.start) if left < end and right > start]
        if inside:
            firsts.append(inside[0])
            lasts.append(inside[-1])
    return laid, firsts, lasts


def loss_of(model: TorchSpanReader, groups: Sequence[Sequence[Laid]]) -> "Tensor":
    """The sum over the groups of the cross-entropy over a whole group and, as much, that of each passage alone.

    Scores are relative to the passage's own score of "nothing", so that "nothing" is 0 in every softmax.
    """
    import torch

    laid = [passage for group in groups for passage in group]
    first, last, none = model.scores([layout for layout, _, _ in laid])
    total, at = torch.zeros(()), 0
    for group in groups:
        rows = slice(at, at + len(group))
        firsts, lasts = [each for _, each, _ in group], [each for _, _, each in group]
        for scores, places in ((first, firsts), (last, lasts)):
            relative = scores[rows] - none[rows, None]
            total = total + _shared(relative, places) + _alone(relative, places)
        at += len(group)
    return total / 4


def _shared(relative: "Tensor", places: Sequence[Sequence[int]]) -> "Tensor":
    """Minus the logarithm of the chance of the right places among all of a group, or of "nothing"."""
    import torch

    width = relative.shape[1]
    chances = torch.log_softmax(torch.cat([relative.reshape(-1), torch.zeros(1)]), 0)
    right = [row * width + place for row, found in enumerate(places) for place in found]
    return -(torch.logsumexp(chances[right], 0) if right else chances[-1])


def _alone(relative: "Tensor", places: Sequence[Sequence[int]]) -> "Tensor":
    """The same for each passage alone; the mean."""
    import torch

    rows = len(places)
    chances = torch.log_softmax(torch.cat([torch.zeros(rows, 1), relative], 1), 1)
    losses = [
        -(torch.logsumexp(chances[row, [1 + place for place in found]], 0) if found else chances[row, 0])
        for row, found in enumerate(places)
    ]
    return torch.stack(losses).mean()


def load_shipped(model: TorchSpanReader) -> None:
    """Give the model the weights that ship: matrices in 8 bits times their scales, biases, layer norms and heads."""
    import torch

    named = dict(model.bert.named_parameters())
    data = np.fromfile(MATRICES, np.uint8)
    parts = {
        name: np.frombuffer(data[part.offset : part.offset + part.size], part.kind).reshape(part.shape)
        for name, part in matrices().items()
    }
    with torch.no_grad():
        for layer in range(LAYERS):
            for part in ("qkv", "ao", "fi", "fo"):
                matrix = (parts[f"l{layer}.{part}.w"].astype(np.float32) * parts[f"l{layer}.{part}.s"]).T
                shorts = JOINED if part == "qkv" else (part,)
                for short, piece in zip(shorts, np.split(matrix, len(shorts)), strict=True):
                    name = e5_weights.bert_name(f"l{layer}.{short}.w")
                    named[name].copy_(torch.tensor(np.ascontiguousarray(piece)))
        with np.load(VECTORS, allow_pickle=False) as learned:
            for short in learned.files:
                own = (
                    getattr(model.head, short[5:]) if short.startswith("head.") else named[e5_weights.bert_name(short)]
                )
                own.copy_(torch.tensor(learned[short]).reshape(own.shape))


class Training:
    """The model with its optimiser, between checkpoints."""

    def __init__(self, steps: int, out: Path, *, bfloat16: bool) -> None:
        import torch

        self.out, self.step = out, 0
        self.model = TorchSpanReader()
        load_shipped(self.model)
        for layer in self.model.bert.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)
        self.body = [each for each in self.model.bert.parameters() if each.requires_grad]
        self.exact = [each.detach().clone() for each in self.body]  # in float32
        self.optimiser = torch.optim.AdamW(
            [
                {"params": self.exact, "lr": LEARNING_RATE, "weight_decay": WEIGHT_DECAY},
                {"params": self.model.head.parameters(), "lr": HEAD_RATE, "weight_decay": 0.0},
            ],
            fused=True,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: min((step + 1) / (WARMUP * steps), 1 - step / steps)
        )
        self._resume()
        for each in self.exact:
            each.grad = torch.zeros_like(each)
        if bfloat16:
            self.model.bert.bfloat16()
        round_into(self.exact, self.body)

    def take_step(self, parts: Sequence[Sequence[Sequence[Laid]]]) -> float:
        """One step on the groups of several parts; their mean loss."""
        import torch

        for each in self.exact:
            each.grad.zero_()
        total = 0.0
        for groups in parts:
            loss = loss_of(self.model, groups) / STEP_GROUPS
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
            for own, rounded in zip(self.exact, self.body, strict=True):
                own.grad += rounded.grad
                rounded.grad = None
        torch.nn.utils.clip_grad_norm_([*self.exact, *self.model.head.parameters()], 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.model.head.zero_grad()
        round_into(self.exact, self.body)
        self.step += 1
        return total

    def save(self) -> None:
        """Write a checkpoint, wholly or not at all."""
        import torch

        state = {"step": self.step, "exact": self.exact, "head": self.model.head.state_dict()}
        state |= {"optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict()}
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")

    def _resume(self) -> None:
        import torch

        if not (self.out / "checkpoint.pt").is_file():
            return
        state = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.step = state["step"]
        for own, saved in zip(self.exact, state["exact"], strict=True):
            own.copy_(saved)
        self.model.head.load_state_dict(state["head"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])

    def export(self) -> None:
        """Write the weights that ship."""
        names = [name for name, each in self.model.bert.named_parameters() if each.requires_grad]
        trained = {name: each.detach().float().numpy() for name, each in self.model.bert.named_parameters()}
        trained |= {name: each.numpy() for name, each in zip(names, self.exact, strict=True)}
        embeddings = [name for name in trained if name.startswith("embeddings.")]
        for name in embeddings:
            del trained[name]
        write_weights(trained, {f"head.{name}": each.numpy() for name, each in self.model.head.state_dict().items()})


def check(model: TorchSpanReader, groups: Sequence[Group], layouts: Layouts) -> dict[str, float]:
    """On held-out groups: how well a group's best score tells facts from misses, and the share of best spans that overlap."""
    import torch

    facts: list[float] = []
    misses: list[float] = []
    right: list[bool] = []
    for group in groups:
        laid = [lay_out(layouts, group.question, each, titled=True) for each in group.passages[:5]]
        with torch.no_grad():
            first, last, none = model.scores([each for each, _, _ in laid])
        odds = torch.logsumexp(first, 1) + torch.logsumexp(last, 1) - 2 * none
        best = int(odds.argmax())
        (facts if group.wording is not None else misses).append(float(odds[best]))
        if group.wording is not None:
            begin, end = int(first[best].argmax()), int(last[best].argmax())
            right.append(any(a <= end and b >= begin for a, b in zip(laid[best][1], laid[best][2], strict=True)))
    return {"auroc": round(auroc(facts, misses), 4), "right": round(float(np.mean(right)), 4)}


def train(
    own: Sequence[Group], english: Sequence[Group], held: Sequence[Group], training: Training, steps: int
) -> None:
    """Train up to the last step, write checkpoints and the log; goes on from the last checkpoint."""
    chance, layouts = Random(SEED), Layouts()
    stream = batches(own, english, chance)
    for _ in range(training.step * STEP_GROUPS // AT_ONCE):
        next(stream)
    since, losses = time.time(), []
    while training.step < steps:
        parts = []
        for _ in range(STEP_GROUPS // AT_ONCE):
            chosen = [(group, choose(group, chance), chance.random() < TITLED) for group in next(stream)]
            parts.append([[lay_out(layouts, g.question, p, titled=t) for p in ps] for g, ps, t in chosen if ps])
        losses.append(training.take_step(parts))
        if training.step % CHECKPOINT_STEPS == 0 or training.step == steps:
            training.save()
        if training.step % CHECK_STEPS == 0 or training.step == steps:
            line = {
                "step": training.step,
                "loss": round(float(np.mean(losses)), 4),
                **check(training.model, held, layouts),
            }
            with (training.out / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line | {"seconds": round(time.time() - since)}) + "\n")
            losses = []


def main() -> None:
    """Make the groups, train, write the weights that ship."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.training.contrast", description="Teach the reader by contrast."
    )
    parser.add_argument("data", type=Path, help="folder of the English sets, *.jsonl.gz")
    parser.add_argument("squad2", type=Path, help="folder of squad2_devhalf; half of its articles are trained on")
    parser.add_argument("out", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--float32", action="store_true", help="for processors without bfloat16")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    kept = held_out(load_own(OWN))
    groups, english = load_groups(arguments.data, arguments.squad2, OWN)
    checked = [group for group in groups if group.article in kept]
    Random(3).shuffle(checked)
    training = Training(arguments.steps, arguments.out, bfloat16=not arguments.float32)
    taught = [group for group in groups if group.article not in kept]
    train(taught, english, checked[:CHECKED], training, arguments.steps)
    training.export()


if __name__ == "__main__":
    main()
