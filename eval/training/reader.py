"""Trains the reader: `python -m eval.training.reader DATA SQUAD2 OUT` (two hours on two cores; goes on from its checkpoint).

The reader is multilingual-e5-small with three heads: where an answer starts, where it ends, and whether there is none.
It reads question, title and passage as one text, so that every token of one sees the others (Devlin, Chang, Lee and
Toutanova, "BERT", NAACL 2019, sections 4.2 and 4.3). Embeddings stay as they are, all else is trained, in bfloat16 with a
copy of the weights in float32 that the optimiser moves. There is no dropout: hardly any example is seen more than twice.

The examples are made first (see `train_examples`) and kept in OUT, with checkpoints and `log.jsonl`, the learning curve.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.training.examples import Example, held_out_groups, load, make
from eval.training.lexicon import mine
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import quantised
from index.embedding.e5.tokenizer import Tokenizer
from rag.reading.span_reader import HASHES, MATRICES, VECTORS, Layout, layout

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

SEED = 11
CYCLES = ((76_000, 1.0), (76_000, 0.6))  # examples, and the part of the learning rate that the cycle falls from
BATCH = 32
AT_ONCE = 16  # more are slower: they do not fit the processor's cache
LEARNING_RATE = 2.5e-4
HEAD_RATE = 1e-3
WARMUP = 0.06  # of a cycle
WEIGHT_DECAY = 0.01
LONGEST = 320  # tokens
PADDED_TO = 16
POOL = 64  # batches that are sorted by length together
CHECKPOINT_STEPS = 250
HELD_OUT = 300  # examples
OUTSIDE = -1e4  # the logit of a place that cannot be part of an answer


@dataclass(frozen=True, slots=True)
class Target:
    """A laid-out example: places of its first and last token of the answer (0, 0: there is none)."""

    layout: Layout
    first: int
    last: int


class Layouts:
    """Lays examples out in tokens."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()

    def layout(self, question: str, title: str, passage: str, longest: int) -> Layout:
        return layout(self._tokenizer, question, title, passage, longest)

    def of(self, example: Example) -> Target:
        laid = self.layout(example.question, example.title, example.passage, LONGEST)
        if example.start < 0:
            return Target(laid, 0, 0)
        inside = [at for at, (a, b) in enumerate(laid.spans, laid.start) if a < example.end and b > example.start]
        return Target(laid, inside[0], inside[-1]) if inside else Target(laid, 0, 0)


class TorchSpanReader:
    """Encoder and heads in torch."""

    def __init__(self) -> None:
        import torch
        from transformers import AutoModel

        torch.manual_seed(SEED)
        folder = str(e5_weights.unpacked_folder())
        bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()
        self.head = torch.nn.Linear(bert.config.hidden_size, 3)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)
        bert.embeddings.requires_grad_(False)
        self.bert = bert

    def logits(self, targets: "Sequence[Layout]") -> "tuple[Tensor, Tensor]":
        """Logits of each place being the start, and the end; place 0 is that of no answer. Shape (texts, tokens)."""
        import torch

        first, last, none = self.scores(targets)
        return torch.cat([none[:, None], first[:, 1:]], dim=1), torch.cat([none[:, None], last[:, 1:]], dim=1)

    def scores(self, targets: "Sequence[Layout]") -> "tuple[Tensor, Tensor, Tensor]":
        """Logits of each place being the start, and the end, shape (texts, tokens), and of no answer, shape (texts,).

        Places outside of the passage have -10,000.
        """
        import torch

        longest = -(-max(len(each.ids) for each in targets) // PADDED_TO) * PADDED_TO
        ids = torch.full((len(targets), longest), 1)
        mask = torch.zeros((len(targets), longest), dtype=torch.long)
        allowed = torch.zeros((len(targets), longest), dtype=torch.bool)
        for row, each in enumerate(targets):
            ids[row, : len(each.ids)] = torch.tensor(each.ids)
            mask[row, : len(each.ids)] = 1
            allowed[row, each.start : each.start + len(each.spans)] = True
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        scores = self.head(states)
        first = scores[..., 0].masked_fill(~allowed, OUTSIDE)
        last = scores[..., 1].masked_fill(~allowed, OUTSIDE)
        return first, last, scores[:, 0, 2]

    def loss(self, targets: Sequence[Target]) -> "Tensor":
        """Mean cross-entropy of starts and ends, summed over the examples."""
        import torch
        from torch.nn.functional import cross_entropy

        first, last = self.logits([target.layout for target in targets])
        starts = torch.tensor([target.first for target in targets])
        ends = torch.tensor([target.last for target in targets])
        both = cross_entropy(first, starts, reduction="sum") + cross_entropy(last, ends, reduction="sum")
        return both / 2


def train(examples: Sequence[Example], held_out: Sequence[Example], out: Path) -> None:
    """Train, write checkpoints and the log; goes on from the last checkpoint."""
    import torch

    model, targets = TorchSpanReader(), Layouts()
    body = [parameter for parameter in model.bert.parameters() if parameter.requires_grad]
    exact = [parameter.detach().clone() for parameter in body]  # in float32
    optimiser = torch.optim.AdamW(
        [
            {"params": exact, "lr": LEARNING_RATE, "weight_decay": WEIGHT_DECAY},
            {"params": model.head.parameters(), "lr": HEAD_RATE, "weight_decay": 0.0},
        ],
        fused=True,
    )
    ends = list(accumulate(count // BATCH for count, _ in CYCLES))
    steps = ends[-1]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    begun = 0
    if (out / "checkpoint.pt").is_file():
        state = torch.load(out / "checkpoint.pt", weights_only=True)
        begun = state["step"]
        for parameter, saved in zip(exact, state["exact"], strict=True):
            parameter.copy_(saved)
        model.head.load_state_dict(state["head"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
    for parameter in exact:
        parameter.grad = torch.zeros_like(parameter)
    model.bert.bfloat16()
    round_into(exact, body)
    checked = [targets.of(example) for example in held_out]
    since, losses = time.time(), []
    for step, batch in enumerate(_batches(examples, steps), 1):
        if step <= begun:
            continue
        for parameter in exact:
            parameter.grad.zero_()
        for at in range(0, BATCH, AT_ONCE):
            loss = model.loss([targets.of(example) for example in batch[at : at + AT_ONCE]]) / BATCH
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(float(loss.detach()) * BATCH / AT_ONCE)
            for parameter, rounded in zip(exact, body, strict=True):
                parameter.grad += rounded.grad
                rounded.grad = None
        torch.nn.utils.clip_grad_norm_([*exact, *model.head.parameters()], 1.0)
        optimiser.step()
        schedule.step()
        model.head.zero_grad()
        round_into(exact, body)
        if step % CHECKPOINT_STEPS == 0 or step in ends:
            state = {"step": step, "exact": exact, "head": model.head.state_dict()}
            state |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
            torch.save(state, out / "checkpoint.tmp")
            (out / "checkpoint.tmp").rename(out / "checkpoint.pt")
        if step in ends:
            torch.save({"exact": exact, "head": model.head.state_dict()}, out / f"cycle-{ends.index(step) + 1}.pt")
            line = {"step": step, "of": steps, "loss": round(float(np.mean(losses)), 4), **_check(model, checked)}
            losses = []
            with (out / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line | {"seconds": round(time.time() - since)}) + "\n")


def export(out: Path) -> None:
    """Write the mean of the weights at the ends of the cycles as the files that `span_reader` reads, and their hashes.

    Such means lie in flatter places and do better on what was not trained on (Izmailov, Podoprikhin, Garipov, Vetrov and
    Wilson, "Averaging weights leads to wider optima and better generalization", UAI 2018).
    """
    import torch

    ends = [torch.load(out / f"cycle-{number}.pt", weights_only=True) for number in range(1, len(CYCLES) + 1)]
    names = [name for name, parameter in TorchSpanReader().bert.named_parameters() if parameter.requires_grad]
    means = [torch.stack(tensors).mean(dim=0).numpy() for tensors in zip(*(end["exact"] for end in ends), strict=True)]
    trained = dict(zip(names, means, strict=True))
    heads: dict[str, Any] = {
        f"head.{name}": torch.stack([end["head"][name] for end in ends]).mean(dim=0).numpy() for name in ends[0]["head"]
    }
    write_weights(trained, heads)


def write_weights(trained: "Mapping[str, NDArray[np.float32]]", heads: "Mapping[str, NDArray[np.float32]]") -> None:
    """Write the files that `span_reader` reads, and their hashes.

    Args:
        trained: tensors of the encoder under BERT's names; those that are missing stay the embedder's own.
        heads: `head.weight`, shape (3, 384), and `head.bias`, shape (3,).
    """
    MATRICES.write_bytes(quantised(lambda short: trained[e5_weights.bert_name(short)]))
    vectors = {
        short: trained[name]
        for short in e5_weights.directory(e5_weights.weights_file().read_bytes())
        if (name := e5_weights.bert_name(short)) in trained and trained[name].ndim == 1
    }
    arrays: dict[str, Any] = {**vectors, **heads}
    np.savez(VECTORS, **arrays)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (MATRICES, VECTORS)}
    HASHES.write_text(json.dumps(hashes, indent=2) + "\n", "utf-8")


def rate(step: int) -> float:
    """Part of the learning rate at a step: every cycle warms up and falls to 0 in a straight line."""
    for examples, peak in CYCLES:
        steps = examples // BATCH
        if step < steps:
            return peak * min((step + 1) / (WARMUP * steps), 1 - step / steps)
        step -= steps
    return 0.0


def round_into(exact: "Sequence[Tensor]", rounded: "Sequence[Tensor]") -> None:
    """Copy the weights in float32 into those in bfloat16."""
    import torch

    with torch.no_grad():
        for one, other in zip(exact, rounded, strict=True):
            other.copy_(one)


def _check(model: TorchSpanReader, targets: Sequence[Target]) -> dict[str, float]:
    """Held-out loss, the share of best spans that are right to the token, and how often it is told whether there is one."""
    import torch

    loss, right, told, answered = 0.0, 0, 0, 0
    for at in range(0, len(targets), AT_ONCE):
        batch = targets[at : at + AT_ONCE]
        with torch.no_grad():
            loss += float(model.loss(batch))
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

    tokenizer = AutoTokenizer.from_pretrained(str(e5_weights.unpacked_folder()))
    return [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]


def _embedder() -> Any:
    """A function from texts and a prefix to unit vectors, in bfloat16."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = str(e5_weights.unpacked_folder())
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
