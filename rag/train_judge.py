"""Trains the judge: `python -m rag.train_judge DATA OUT` (35 minutes on two cores; goes on from its checkpoint).

The judge is multilingual-e5-small with other biases, layer norms and position embeddings, and a linear head on its
sentence vector (BitFit: Ben Zaken, Ravfogel and Goldberg, ACL 2022). The 4-bit matrices stay as they are in the wheel,
so what is trained takes a megabyte and loses nothing to quantisation. It reads "question | sentence" and learns
whether the sentence answers.

Data: JSON-lines files of extractive question answering (`question`, `context`, `answers` with `start`, `group`). For
each question one sentence with the answer, two others of its paragraph, and the two of the other paragraphs of the same
group that are nearest to the question.
"""

import argparse
import gzip
import hashlib
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index import e5_weights
from rag.judge import CARD, LEARNED, MAX_CHARACTERS, PAIR
from rag.sentences import sentences

SOURCES = {
    "squad_v11_train_part": 9000,
    "tydiqa_en_train": 3700,
    "squadshifts_new_wiki": 3000,
    "nq_oracle_dev": 2600,
    "quoref_sni": 1000,
    "omosqa_en": 900,
    "qed_nq_dev": 700,
    "policyqa": 700,
}
SEED = 7
HELD_OUT = 0.03  # of the groups
HELD_OUT_PAIRS = 1000
NEGATIVES_NEAR = 2
NEGATIVES_FAR = 2
BATCH = 64
STEPS = 1000
LEARNING_RATE = 2e-3
HEAD_RATE = 2e-2
WARMUP = 0.05
CHECKPOINT_STEPS = 100
HEAD_SCALE = 10.0  # unit vectors are short steps for a head that starts at zero


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a sentence, and whether it answers; `question_id` groups the pairs of one question."""

    question_id: int
    text: str
    label: int


def load_questions(data: Path) -> list[dict[str, Any]]:
    """Answerable questions of every source, whole groups first so that paragraphs are shared."""
    chance, rows = random.Random(SEED), []
    for name, count in SOURCES.items():
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            read = [json.loads(line) for line in file]
        groups = sorted({row["group"] for row in read})
        chance.shuffle(groups)
        place = {group: at for at, group in enumerate(groups)}
        read = [row for row in read if row["answerable"] and row["answers"] and len(row["context"]) < 6000]
        read.sort(key=lambda row: (place[row["group"]], row["id"]))
        rows += [{**row, "group": f"{name}:{row['group']}"} for row in read[:count]]
    return rows


def make_pairs(rows: list[dict[str, Any]], model: Any) -> list[Pair]:
    """One positive and up to four negatives for each question; `model` embeds, to find near sentences elsewhere."""
    chance = random.Random(SEED)
    numbers: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int, int]]] = {}
    groups: dict[str, set[int]] = {}
    for row in rows:
        context = row["context"]
        if context not in spans:
            found = [(a, b) for a, b in sentences(context, "en") if len(context[a:b].split()) >= 3]
            spans[context] = [(a, b, numbers.setdefault(context[a:b], len(numbers))) for a, b in found]
        groups.setdefault(row["group"], set()).update(number for _, _, number in spans[context])
    texts = list(numbers)
    vectors = encode(model, "encode_document", [text[:MAX_CHARACTERS] for text in texts])
    questions = encode(model, "encode_query", [row["question"] for row in rows])
    pairs: list[Pair] = []
    for id, (row, question) in enumerate(zip(rows, questions, strict=True)):
        own = spans[row["context"]]
        right = {n for a, b, n in own if any(a <= answer["start"] < b for answer in row["answers"])}
        near = [n for _, _, n in own if n not in right]
        far = np.array(sorted(groups[row["group"]] - {n for _, _, n in own}), int)
        if len(far) < 20:
            far = np.array([n for n in chance.sample(range(len(texts)), 50) if n not in right])
        far = far[np.argsort(-(vectors[far] @ question))[:NEGATIVES_FAR]]
        near = chance.sample(near, min(NEGATIVES_NEAR, len(near)))
        chosen = [(n, 1) for n in sorted(right)[:1]] + [(n, 0) for n in [*near, *map(int, far)]]
        pairs += [
            Pair(id, PAIR.format(question=row["question"], sentence=texts[n][:MAX_CHARACTERS]), label)
            for n, label in chosen
            if right
        ]
    return pairs


def encode(model: Any, method: str, texts: list[str]) -> np.ndarray:
    """Vectors of texts, shape (n, 384)."""
    rows = getattr(model, method)(texts, batch_size=16, show_progress_bar=False, convert_to_numpy=True)
    return np.asarray(rows, np.float32)


def trainable(name: str) -> bool:
    """Whether the wheel keeps a tensor in float32: biases, norms, positions and types."""
    return name.endswith(".bias") or "LayerNorm" in name or "position" in name or "token_type" in name


def train(pairs: list[Pair], held_out: list[Pair], out: Path) -> None:
    """Train and write checkpoints; goes on from the last one."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
    from torch.nn.functional import normalize
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(SEED)
    folder = str(e5_weights.unpacked_folder())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa").eval()
    head = torch.nn.Linear(bert.config.hidden_size, 1)
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    for name, parameter in bert.named_parameters():
        parameter.requires_grad = trainable(name)
        if not parameter.requires_grad:
            parameter.data = parameter.data.bfloat16()
    bert.embeddings.word_embeddings.float()
    learned = [parameter for parameter in bert.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": learned, "lr": LEARNING_RATE}, {"params": head.parameters(), "lr": HEAD_RATE}], weight_decay=0.0
    )
    steps = STEPS
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARMUP * steps)) * max(0.0, 1 - step / steps)
    )

    def score(texts: list[str]) -> torch.Tensor:
        batch = tokenizer(
            [f"query: {text}" for text in texts],
            padding=True,
            truncation=True,
            max_length=192,
            pad_to_multiple_of=16,
            return_tensors="pt",
        )
        with torch.autocast("cpu", torch.bfloat16):
            hidden = bert(**batch).last_hidden_state.float()
        mask = batch["attention_mask"][..., None]
        vector = normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)
        logits: torch.Tensor = head(HEAD_SCALE * vector)[:, 0]
        return logits

    def evaluate() -> tuple[float, float]:
        with torch.no_grad():
            scores = torch.cat([score([p.text for p in held_out[at : at + 64]]) for at in range(0, len(held_out), 64)])
        labels = torch.tensor([pair.label for pair in held_out])
        best: dict[int, tuple[float, int]] = {}
        for pair, value in zip(held_out, scores.tolist(), strict=True):
            best[pair.question_id] = max(best.get(pair.question_id, (-1e9, 0)), (value, pair.label))
        first = sum(label for _, label in best.values()) / len(best)
        return first, float(loss_of(scores, labels.float()))

    def save(step: int) -> None:
        learned = {name: value.data for name, value in bert.named_parameters() if trainable(name)}
        state = {"step": step, "learned": learned, "head": head.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "schedule": schedule.state_dict()}, out / "checkpoint.tmp")
        (out / "checkpoint.tmp").rename(out / "checkpoint.pt")

    start = 0
    if (out / "checkpoint.pt").is_file():
        state = torch.load(out / "checkpoint.pt", weights_only=True)
        start = state["step"]
        bert.load_state_dict(state["learned"], strict=False)
        head.load_state_dict(state["head"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
    began = time.time()
    for step, batch in enumerate(islice(_batches(pairs), steps), 1):
        if step <= start:
            continue
        loss = loss_of(score([pair.text for pair in batch]), torch.tensor([float(pair.label) for pair in batch]))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % CHECKPOINT_STEPS == 0 or step == steps:
            save(step)
            first, held = evaluate()
            line = {"step": step, "of": steps, "loss": round(float(loss), 4), "held_out_loss": round(held, 4)}
            line |= {"held_out_first": round(first, 4), "seconds": round(time.time() - began)}
            with (out / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")


def export(out: Path) -> None:
    """Write what was learned, from the last checkpoint, to rag/judge.npz, and its hashes to rag/judge.json."""
    import torch

    state = torch.load(out / "checkpoint.pt", weights_only=True)
    source = e5_weights.weights_file().read_bytes()
    tensors = {
        short: state["learned"][name].numpy().reshape(-1)
        for short in e5_weights.directory(source)
        if (name := e5_weights.bert_name(short)) in state["learned"]
    }
    tensors["head.weight"] = HEAD_SCALE * state["head"]["weight"].numpy()[0]
    tensors["head.bias"] = state["head"]["bias"].numpy()[0]
    np.savez(LEARNED, **tensors)
    hashes = {"learned_sha256": hashlib.sha256(LEARNED.read_bytes()).hexdigest()}
    CARD.write_text(json.dumps(hashes, indent=2) + "\n", "utf-8")


def _batches(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Batches of like length, in an order that the seed fixes."""
    chance = random.Random(SEED)
    while True:
        order = pairs[:]
        chance.shuffle(order)
        pools = [order[at : at + 50 * BATCH] for at in range(0, len(order), 50 * BATCH)]
        batches = []
        for pool in pools:
            pool.sort(key=lambda pair: len(pair.text))
            batches += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        batches = [batch for batch in batches if len(batch) == BATCH]
        chance.shuffle(batches)
        yield from batches


def main() -> None:
    """Make the pairs, train, log."""
    parser = argparse.ArgumentParser(prog="python -m rag.train_judge", description="Train the judge.")
    parser.add_argument("data", type=Path, help="folder of *.jsonl.gz")
    parser.add_argument("out", type=Path, help="folder for pairs, checkpoints and the log")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    made = arguments.out / "pairs.json"
    if not made.is_file():
        from index.embedders import load_model

        rows = load_questions(arguments.data)
        groups = sorted({row["group"] for row in rows})
        random.Random(SEED).shuffle(groups)
        kept_out = set(groups[: max(1, int(HELD_OUT * len(groups)))])
        model = load_model(e5_weights.unpacked_folder())
        pairs = [(pair, rows[pair.question_id]["group"] in kept_out) for pair in make_pairs(rows, model)]
        made.write_text(json.dumps([[p.question_id, p.text, p.label, out] for p, out in pairs]), "utf-8")
    rows = json.loads(made.read_text("utf-8"))
    train(
        [Pair(*row[:3]) for row in rows if not row[3]],
        [Pair(*row[:3]) for row in rows if row[3]][:HELD_OUT_PAIRS],
        arguments.out,
    )
    export(arguments.out)


if __name__ == "__main__":
    main()
