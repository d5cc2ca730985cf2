"""Trains the reader: `python -m eval.training.reader DATA SQUAD2 OUT` (two hours on two cores; goes on from its checkpoint).

The reader is multilingual-e5-small with three heads: where an answer starts, where it ends, and whether there is none.
It reads question, title and passage as one text, so that every token of one sees the others (Devlin, Chang, Lee and
Toutanova, "BERT", NAACL 2019, sections 4.2 and 4.3). Embeddings stay as they are, all else is trained, in bfloat16 with a
copy of the weights in float32 that the optimiser moves. There is no dropout: hardly any example is seen more than twice.

The examples are made first (see `train_examples`) and kept in OUT, with checkpoints and `log.jsonl`, the learning curve.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.training import unpack_e5
from eval.training.examples import Example, held_out_groups, load, make
from eval.training.lexicon import mine
from eval.training.model import PADDED_TO, SEED, Layouts, TorchSpanReader, places, write_weights
from eval.training.optimise import Training, write_log
from rag.reading.span_reader import Layout

if TYPE_CHECKING:
    from torch import Tensor

CYCLES = ((76_000, 1.0), (76_000, 0.6))  # examples, and the part of the learning rate that the cycle falls from
BATCH = 32
AT_ONCE = 16  # more are slower: they do not fit the processor's cache
LEARNING_RATE = 2.5e-4
HEAD_RATE = 1e-3
WARMUP = 0.06  # of a cycle
LONGEST = 320  # tokens
POOL = 64  # batches that are sorted by length together
CHECKPOINT_STEPS = 250
HELD_OUT = 300  # examples


@dataclass(frozen=True, slots=True)
class Target:
    """A laid-out example: places of its first and last token of the answer (0, 0: there is none)."""

    layout: Layout
    first: int
    last: int


def target_of(layouts: Layouts, example: Example) -> Target:
    """An example in tokens."""
    laid = layouts.layout(example.question, example.title, example.passage, LONGEST)
    found = places(laid, example.start, example.end) if example.start >= 0 else None
    return Target(laid, *(found or (0, 0)))


def loss_of(model: TorchSpanReader, targets: Sequence[Target]) -> "Tensor":
    """Mean cross-entropy of starts and ends, summed over the examples."""
    import torch
    from torch.nn.functional import cross_entropy

    first, last = model.logits([target.layout for target in targets])
    starts = torch.tensor([target.first for target in targets])
    ends = torch.tensor([target.last for target in targets])
    both = cross_entropy(first, starts, reduction="sum") + cross_entropy(last, ends, reduction="sum")
    return both / 2


def train(examples: Sequence[Example], held_out: Sequence[Example], out: Path) -> None:
    """Train, write checkpoints, the weights at the end of each cycle, and the log; goes on from the last checkpoint."""
    import torch

    layouts = Layouts()
    training = Training(TorchSpanReader(), out, rate=rate, learning_rate=LEARNING_RATE, head_rate=HEAD_RATE)
    ends = list(accumulate(count // BATCH for count, _ in CYCLES))
    checked = [target_of(layouts, example) for example in held_out]
    since, losses = time.time(), []
    for batch in islice(_batches(examples, ends[-1]), training.step, None):
        targets = [target_of(layouts, example) for example in batch]
        parts = (targets[at : at + AT_ONCE] for at in range(0, BATCH, AT_ONCE))
        losses.append(training.take_step(loss_of(training.model, part) / BATCH for part in parts))
        is_end = training.step in ends
        if training.step % CHECKPOINT_STEPS == 0 or is_end:
            training.save()
        if is_end:
            torch.save(training.weights(), out / f"cycle-{ends.index(training.step) + 1}.pt")
            told = _check(training.model, checked)
            write_log(out, step=training.step, loss=float(np.mean(losses)), **told, seconds=round(time.time() - since))
            losses = []


def export(out: Path) -> None:
    """Write the mean of the weights at the ends of the cycles as the files that `span_reader` reads, and their hashes.

    Such means lie in flatter places and do better on what was not trained on (Izmailov, Podoprikhin, Garipov, Vetrov and
    Wilson, "Averaging weights leads to wider optima and better generalization", UAI 2018).
    """
    import torch

    ends = [torch.load(out / f"cycle-{number}.pt", weights_only=True) for number in range(1, len(CYCLES) + 1)]
    write_weights({name: torch.stack([end[name] for end in ends]).mean(dim=0).numpy() for name in ends[0]})


def rate(step: int) -> float:
    """Part of the learning rate at a step: every cycle warms up and falls to 0 in a straight line."""
    for examples, peak in CYCLES:
        steps = examples // BATCH
        if step < steps:
            return peak * min((step + 1) / (WARMUP * steps), 1 - step / steps)
        step -= steps
    return 0.0


def _check(model: TorchSpanReader, targets: Sequence[Target]) -> dict[str, float]:
    """Held-out loss, the share of best spans that are right to the token, and how often it is told whether there is one."""
    import torch

    loss, right, told, answered = 0.0, 0, 0, 0
    for at in range(0, len(targets), AT_ONCE):
        batch = targets[at : at + AT_ONCE]
        with torch.no_grad():
            loss += float(loss_of(model, batch))
            first, last = model.logits([target.layout for target in batch])
        inside = first[:, 1:].max(dim=1).values + last[:, 1:].max(dim=1).values > first[:, 0] + last[:, 0]
        for row, target in enumerate(batch):
            there = target.first > 0
            answered += there
            told += bool(inside[row]) == there
            best = int(first[row, 1:].argmax()) + 1, int(last[row, 1:].argmax()) + 1
            right += there and best == (target.first, target.last)
    return {
        "held_out_loss": round(loss / len(targets), 4),
        "held_out_exact": round(right / max(1, answered), 4),
        "held_out_told": round(told / len(targets), 4),
    }


def _batches(examples: Sequence[Example], steps: int) -> Iterator[list[Example]]:
    """Batches of like length, in an order that the seed fixes."""
    chance, made = Random(SEED), 0
    while made < steps:
        order = list(examples)
        chance.shuffle(order)
        for begin in range(0, len(order) - POOL * BATCH, POOL * BATCH):
            pool = sorted(order[begin : begin + POOL * BATCH], key=lambda each: len(each.passage))
            batches = [pool[at : at + AT_ONCE] for at in range(0, len(pool), AT_ONCE)]
            chance.shuffle(batches)
            for one, other in zip(batches[::2], batches[1::2], strict=True):
                if made < steps:
                    made += 1
                    yield one + other


def prepare(data: Path, squad2: Path, out: Path) -> tuple[list[Example], list[Example]]:
    """The examples to train on and some to check with; made once, then read from OUT."""
    kept = out / "examples.jsonl"
    if not kept.is_file():
        rows = load(data, squad2)
        held_out = held_out_groups(rows)
        embed = _embedder()
        texts = (text for row in rows for text in (row["question"], row["context"]))
        lexicon = mine(texts, _vocabulary(), lambda words: embed(words, "query: "))
        (out / "lexicon.json").write_text(json.dumps(lexicon, ensure_ascii=False), "utf-8")
        with kept.with_suffix(".tmp").open("w", encoding="utf-8") as file:
            for out_of_it in (False, True):
                part = [row for row in rows if (f"{row['source']}:{row['group']}" in held_out) == out_of_it]
                for example in make(part, embed, lexicon):
                    file.write(json.dumps({"held_out": out_of_it, **asdict(example)}, ensure_ascii=False) + "\n")
        kept.with_suffix(".tmp").rename(kept)
    examples: dict[bool, list[Example]] = {False: [], True: []}
    with kept.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            examples[row.pop("held_out")].append(Example(**row))
    Random(SEED).shuffle(examples[True])
    return examples[False], examples[True][:HELD_OUT]


def _vocabulary() -> list[str]:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(unpack_e5.unpacked_folder()))
    return [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]


def _embedder() -> Any:
    """A function from texts and a prefix to unit vectors, in bfloat16."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = str(unpack_e5.unpacked_folder())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval().bfloat16()

    def embed(texts: list[str], prefix: str) -> np.ndarray:
        rows = np.empty((len(texts), bert.config.hidden_size), np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for begin in range(0, len(order), AT_ONCE):
            places = order[begin : begin + AT_ONCE]
            batch = tokenizer(
                [prefix + texts[at] for at in places],
                padding=True,
                truncation=True,
                max_length=LONGEST,
                pad_to_multiple_of=PADDED_TO,
                return_tensors="pt",
            )
            with torch.no_grad():
                states = bert(**batch).last_hidden_state.float()
            mask = batch["attention_mask"][..., None]
            rows[places] = ((states * mask).sum(1) / mask.sum(1)).numpy()
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    return embed


def main() -> None:
    """Make the examples, train, log."""
    parser = argparse.ArgumentParser(prog="python -m eval.training.reader", description="Train the reader.")
    parser.add_argument("data", type=Path, help="folder of *.jsonl.gz")
    parser.add_argument("squad2", type=Path, help="folder of squad2_devhalf; half of its articles are trained on")
    parser.add_argument("out", type=Path, help="folder for examples, checkpoints and the log")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    train(*prepare(arguments.data, arguments.squad2, arguments.out), arguments.out)
    export(arguments.out)


if __name__ == "__main__":
    main()
