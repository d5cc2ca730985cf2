"""Teaches the reader by contrast: `python -m eval.training.contrast DATA SQUAD2 OUT` (an hour on one core; goes on from its checkpoint).

`eval.training.reader` teaches where words answer in one passage. Here the reader learns which of several passages answers, as it
is asked in the product: one softmax over all places of all passages that a search found, and "nothing" (Clark and Gardner,
"Simple and effective multi-paragraph reading comprehension", ACL 2018, section 3.2, "shared-norm", with a no-answer option). A
fact and the near misses of the same article stand in one step, so that what sets them apart is what is learned. Short reports
(see `frames`) teach what one word changes.

It begins with the weights in `rag/reading/weights`: those that `eval.training.reader` has just written, or those of a run of this
script before; what ships was taught so many times (READER.md). The lower four layers and the embeddings stay as they are, the rest is trained in bfloat16
with a copy in float32 that the optimiser moves. Where a processor has no bfloat16 (`/proc/cpuinfo` names no avx512_bf16), it is
faster in float32: --float32.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from eval.datasets.own import TRAIN, load_own
from eval.measures.confidence import auroc
from eval.training.batches import AT_ONCE, Material, batches, choose
from eval.training.cut import without_answers
from eval.training.frames import short_groups
from eval.training.groups import HELD_OUT, Group, GroupPassage, load_groups
from eval.training.model import Layouts, TorchSpanReader, load_shipped, noise, places, write_weights
from eval.training.numbers import with_other_numbers
from eval.training.optimise import Training, write_log
from eval.training.told_stories import is_held_out, load_train_stories, story_groups
from eval.training.typed import as_typed
from index.analysis.detect import detect
from rag.reading.span_reader import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

SEED = 11
STEPS = 1_400
STEP_GROUPS = 12
LEARNING_RATE, HEAD_RATE = 1e-4, 3e-4
WARMUP = 0.06  # of all steps
FROZEN = 4  # layers
LONGEST = 384  # tokens
TITLED = 0.85  # share of groups whose passages have their titles
RENUMBERED = 0.5  # share of groups whose numbers are changed
CUT = 0.1  # share of groups whose answering sentences are cut out
NOISE = 0.15  # standard deviation of what is added to the embeddings of words, of their own
REPORTS = 4_000  # groups of short reports that are made
CHECKED = 150  # held-out groups
CHECKPOINT_STEPS, CHECK_STEPS = 100, 300
ANSWER_TOKENS = 30

Laid = tuple[Layout, list[int], list[int]]  # a passage, and where answers start and end in it


def lay_out(layouts: Layouts, question: str, passage: GroupPassage, *, titled: bool) -> Laid:
    """A passage in tokens, with the places of its answers' first and last tokens."""
    laid = layouts.layout(question, passage.title if titled else "", passage.text, LONGEST)
    found = [where for start, end in passage.answers if (where := places(laid, start, end))]
    firsts, lasts = [first for first, _ in found], [last for _, last in found]
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
        for scores, right in ((first, firsts), (last, lasts)):
            relative = scores[rows] - none[rows, None]
            total = total + _shared(relative, right) + _alone(relative, right)
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


def train(material: Material, held: Sequence[Group], training: Training, steps: int) -> None:
    """Train up to the last step, write checkpoints, the weights at half of the steps and at the end, and the log; goes on from the
    last checkpoint.
    """
    import torch

    chance, layouts = Random(SEED), Layouts()
    stream = batches(material, chance)
    for _ in range(training.step * STEP_GROUPS // AT_ONCE):
        next(stream)
    since, losses = time.time(), []
    while training.step < steps:
        parts = [_laid(layouts, next(stream), chance) for _ in range(STEP_GROUPS // AT_ONCE)]
        losses.append(training.take_step(loss_of(training.model, part) / STEP_GROUPS for part in parts if part))
        if training.step % CHECKPOINT_STEPS == 0 or training.step == steps:
            training.save()
        if training.step in (steps // 2, steps):
            torch.save(training.weights(), training.out / f"step-{training.step}.pt")
        if training.step % CHECK_STEPS == 0 or training.step == steps:
            told = check(training.model, held, layouts)
            write_log(
                training.out,
                step=training.step,
                loss=float(np.mean(losses)),
                **told,
                seconds=round(time.time() - since),
            )
            losses = []


def _laid(layouts: Layouts, groups: Sequence[Group], chance: Random) -> list[list[Laid]]:
    """What is read of each group, in tokens; groups of which nothing is read are left out."""
    made = []
    for group in groups:
        asked = with_other_numbers(group, chance) if chance.random() < RENUMBERED else group
        question = as_typed(asked.question, detect(asked.question), chance)
        chosen, titled = choose(asked, chance), chance.random() < TITLED
        read = (without_answers(chosen) if chance.random() < CUT else None) or chosen
        made.append([lay_out(layouts, question, passage, titled=titled) for passage in read])
    return [laid for laid in made if laid]


def main() -> None:
    """Make the groups, train, write the weights that ship."""
    import torch

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
    rows = load_own(*TRAIN)
    groups, english = load_groups(arguments.data, arguments.squad2)
    checked = [group for group in groups if group.article in HELD_OUT]
    Random(3).shuffle(checked)
    material = Material(
        own=[group for group in groups if group.article not in HELD_OUT],
        english=english,
        short=list(short_groups(REPORTS, [row for row in rows if row["id"] not in HELD_OUT], Random(21))),
        stories=[
            group
            for each in load_train_stories()
            if not is_held_out(each)
            for group in story_groups(each, Random(each["id"]))
        ],
    )
    training = _begin(arguments.steps, arguments.out, bfloat16=not arguments.float32)
    train(material, checked[:CHECKED], training, arguments.steps)
    half, end = (
        torch.load(arguments.out / f"step-{step}.pt", weights_only=True)
        for step in (arguments.steps // 2, arguments.steps)
    )
    write_weights(mean(half, end))


def mean(one: "Mapping[str, Tensor]", other: "Mapping[str, Tensor]") -> "dict[str, NDArray[np.float32]]":
    """The mean of two sets of weights, which does better than either on what was not trained on (Izmailov et al., "Averaging
    weights leads to wider optima and better generalization", UAI 2018).
    """
    return {name: ((each + other[name]) / 2).numpy() for name, each in one.items()}


def _begin(steps: int, out: Path, *, bfloat16: bool) -> Training:
    model = TorchSpanReader()
    load_shipped(model)
    for layer in model.bert.encoder.layer[:FROZEN]:
        layer.requires_grad_(False)
    model.bert.embeddings.register_forward_hook(noise(NOISE))
    return Training(
        model,
        out,
        rate=lambda step: min((step + 1) / (WARMUP * steps), 1 - step / steps),
        learning_rate=LEARNING_RATE,
        head_rate=HEAD_RATE,
        bfloat16=bfloat16,
    )


if __name__ == "__main__":
    main()
