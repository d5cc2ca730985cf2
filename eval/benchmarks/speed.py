"""Measures speed and memory beside the peers: `python -m eval.benchmarks.speed [--data DIR] [--chunks N]` (half an hour at 10,000 chunks).

The peers are LangChain, LlamaIndex and txtai, each with FAISS and all-MiniLM-L6-v2 in an environment of its own, which is
made on first use. They search by meaning alone; our search has words, meaning and tokens, and our answer is read and
decided, too. Whole processes are timed as a person waits for them; then all stay open and are asked in turn. Ours and
theirs alternate throughout, so that all meet the same noise: medians and ratios are what counts.

The corpus is real English text in articles of one chunk each: of the sets in DIR, else of the seeds. Where there is not
enough of it, it comes again as a marked variation, its sentences in another order.
"""

import argparse
import contextlib
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from eval.benchmarks.peer_environments import PEERS, environment
from eval.datasets.formats import SEEDS
from eval.datasets.questions import GOLD, load_gold
from eval.datasets.sets import read_rows
from index import Article, InputError, KenesError, load_embedder
from index.articles.files import read_articles
from index.embedding.e5.encoder import HIDDEN, INNER, LAYERS
from index.embedding.e5.tokenizer import shared_tokenizer
from index.embedding.maxsim import PRODUCT
from index.embedding.onnx_session import session

SETS = ("squad2_devhalf", "xquad_en", "tydiqa_en_dev", "ramdocs", "timeqa")  # English
CHUNK_LENGTH, SHORTEST = 780, 300  # characters
CHUNKS = 10_000
RATE_CHUNKS, RATE_RUNS = 1_000, 3
COLD_RUNS = 7
QUESTIONS, UNCOUNTED = 100, 5  # asked of those that stay open; the first ones are not counted
PAUSE = 0.02  # seconds after each, until threads that wait for more work have gone to sleep
QUESTION = "How many laws must change?"
LIMIT_RUNS, LIMIT_SIDE = 7, 2_048
LIMIT_CHUNKS = 64
ROOT = Path(__file__).resolve().parents[2]
SETTING = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
OURS = ("search", "ask")
SHOWN = {
    "search": "Kenes, search",
    "ask": "Kenes, answer",
    "langchain": "LangChain",
    "llamaindex": "LlamaIndex",
    "txtai": "txtai",
}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, and its peak memory in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the table: figures of each system, all of the same unit."""

    what: str
    unit: str
    digits: int
    figures: dict[str, list[float]]
    is_rate: bool = False


def corpus(path: Path, size: int, data: Path | None = None) -> None:
    """Write so many English articles of one chunk each; see above."""
    with path.open("w", encoding="utf-8") as file:
        for row in islice(articles(texts(data)), size):
            file.write(json.dumps(row) + "\n")


def texts(data: Path | None) -> list[tuple[str, str]]:
    """Title and text of every piece that makes a chunk: of the sets in a folder, or of the seeds."""
    if data is None:
        found = (each for each in read_articles([SEEDS]) if isinstance(each, Article) and each.language == "en")
        whole = [(each.title, each.text) for each in found]
    else:
        rows = [row for name in SETS for row in read_rows(data / name / "passages.jsonl", "text")]
        whole = [(row.get("title"), row["text"]) for row in rows]
    cut = textwrap.TextWrapper(CHUNK_LENGTH, break_long_words=False, break_on_hyphens=False).wrap
    return [
        (title or "Untitled", piece)
        for title, text in whole
        for piece in cut(" ".join(text.split()))
        if SHORTEST <= len(piece) <= CHUNK_LENGTH
    ]


def articles(pieces: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """Articles without end: first the pieces as they are, then variations of them."""
    chance, number = random.Random(0), count()
    for turn in count():
        for title, text in pieces:
            if turn:
                sentences = text.split(". ")
                chance.shuffle(sentences)
                title, text = f"{title} (variation {turn})", ". ".join(sentences)
            yield {"id": f"article-{next(number)}", "title": title, "text": text}


def questions(data: Path | None) -> list[str]:
    """Questions to ask, evenly from all sets."""
    if data is None:
        return [each.question for each in load_gold(GOLD) if each.language == "en"]
    found = []
    for name in SETS:
        rows = read_rows(data / name / "questions.jsonl", "question")
        step = max(1, len(rows) * len(SETS) // (QUESTIONS + UNCOUNTED))
        found += [row["question"] for row in rows[::step]]
    random.Random(0).shuffle(found)
    return found[: QUESTIONS + UNCOUNTED]


def run(*command: str | Path) -> Run:
    """Run a process to its end.

    Raises:
        InputError: it failed.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, env=SETTING)
        megabytes = _ended(process)
        seconds = time.perf_counter() - began
        if process.returncode:
            output.seek(0)
            last = output.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise InputError(f"{' '.join(map(str, command))} failed: {last}")
    return Run(seconds, megabytes)


def _ended(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the end of a process; its peak memory in MB."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024


class Open:
    """A system that stays open and is asked again and again; see `pipelines.serve`."""

    def __init__(self, python: Path, name: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "eval.benchmarks.peers", name, "serve", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=SETTING,
        )
        self._name = name

    def ask(self, question: str) -> float:
        """Seconds until the answer.

        Raises:
            InputError: none came.
        """
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer.startswith(b"["):
            raise InputError(f"{self._name} gave no answer to: {question}")
        return float(json.loads(answer)[0])

    def close(self) -> float:
        """End it; its peak memory in MB."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                assert pipe
                pipe.close()
        return _ended(self._process)


class Systems:
    """Ours and the peers that could be set up, with the commands that run them."""

    def __init__(self) -> None:
        self.ours = Path(sys.executable)
        self.kenes = self.ours.with_name("kenes")
        self.peers: dict[str, Path] = {}
        for name in PEERS:
            try:
                self.peers[name] = environment(name)
            except InputError as error:
                print(f"eval.benchmarks.speed: {error}; going on without it", file=sys.stderr)

    def index(self, articles: Path, into: Path) -> dict[str, Run]:
        """Have everyone index, each into a folder of its name; our two share one."""
        made = {"search": run(self.kenes, "index", articles, "--index", into / "kenes")}
        for name, python in self.peers.items():
            made[name] = run(python, "-m", "eval.benchmarks.peers", name, "index", articles, into / name)
        return made

    def cold(self, folder: Path) -> dict[str, Run]:
        """Have everyone start, answer one question, and end."""
        made = {name: run(self.kenes, name, QUESTION, "--index", folder / "kenes") for name in OURS}
        for name, python in self.peers.items():
            made[name] = run(python, "-m", "eval.benchmarks.peers", name, "search", folder / name, QUESTION)
        return made

    def open(self, folder: Path) -> dict[str, Open]:
        """Have everyone open its index and wait for questions."""
        ours = {name: Open(self.ours, name, folder / "kenes") for name in OURS}
        return ours | {name: Open(python, name, folder / name) for name, python in self.peers.items()}


def measure(systems: Systems, data: Path | None, size: int, folder: Path) -> list[Measured]:
    """All rows of the table."""
    few, many = folder / "few.jsonl", folder / "many.jsonl"
    corpus(few, RATE_CHUNKS, data)
    corpus(many, size, data)
    rates = []
    for number in range(RATE_RUNS):
        rates.append(systems.index(few, _made(folder / f"few-{number}")))
        _say(f"indexed {RATE_CHUNKS:,} chunks, {number + 1} of {RATE_RUNS}")
    whole = systems.index(many, _made(folder / "many"))
    _say(f"indexed {size:,} chunks")
    colds = [systems.cold(folder / "many") for _ in range(COLD_RUNS)]
    _say("started and asked")
    warm: dict[str, list[float]] = {}
    opened = systems.open(folder / "many")
    for number, question in enumerate(questions(data)):
        names = list(opened)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            seconds = opened[name].ask(question)
            time.sleep(PAUSE)
            if number >= UNCOUNTED:
                warm.setdefault(name, []).append(1e3 * seconds)
    peaks = {name: [each.close()] for name, each in opened.items()}
    helps = [run(systems.kenes, "--help").seconds for _ in range(COLD_RUNS)]
    return [
        Measured("cold: start, first answer", "s", 2, _figures(colds, lambda each: each.seconds)),
        Measured("its peak memory", "MB", 0, _figures(colds, lambda each: each.megabytes)),
        Measured("`kenes --help`", "s", 2, {"search": helps}),
        Measured("warm answer", "ms", 1, warm),
        Measured("its peak memory", "MB", 0, peaks),
        _rate(rates, RATE_CHUNKS),
        _rate([whole], size),
        Measured("its peak memory", "MB", 0, _figures([whole], lambda each: each.megabytes)),
        Measured("index on disk", "KB/chunk", 1, _sizes(folder / "many", size)),
    ]


def _rate(runs: Sequence[dict[str, Run]], chunks: int) -> Measured:
    figures = _figures(runs, lambda each: chunks / each.seconds)
    return Measured(f"indexing {chunks:,} chunks, whole process", "chunks/s", 1, figures, is_rate=True)


def _figures(runs: Sequence[dict[str, Run]], of: Callable[[Run], float]) -> dict[str, list[float]]:
    return {name: [of(each[name]) for each in runs] for name in runs[0]}


def _sizes(folder: Path, chunks: int) -> dict[str, list[float]]:
    """Kilobytes a chunk of every index."""
    sizes = {
        path.name: sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) for path in folder.iterdir()
    }
    sizes["search"] = sizes.pop("kenes")
    return {name: [size / 1e3 / chunks] for name, size in sizes.items()}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _say(text: str) -> None:
    print(f"eval.benchmarks.speed: {text}", file=sys.stderr, flush=True)


def table(rows: Sequence[Measured], names: Sequence[str]) -> str:
    """Markdown: medians, with the quarter and three quarters of them, and our ratios to the best peer."""
    lines = ["| what | runs | " + " | ".join(SHOWN[name] for name in names) + " | against the best peer |"]
    lines.append("|---" * (len(names) + 3) + "|")
    for row in rows:
        cells = [shown(row.figures.get(name, []), row.digits) for name in names]
        runs = max(map(len, row.figures.values()))
        lines.append(f"| {row.what}, {row.unit} | {runs} | {' | '.join(cells)} | {against(row)} |")
    return "\n".join(lines)


def shown(figures: Sequence[float], digits: int) -> str:
    """The median, and where there are several figures, a quarter and three quarters of them.

    >>> shown([1.0, 2.0, 3.0, 4.0, 5.0], 1), shown([2.0], 0), shown([], 0)
    ('3.0 (2.0 to 4.0)', '2', '')
    """
    if len(figures) < 2:
        return "".join(f"{each:.{digits}f}" for each in figures)
    low, middle, high = statistics.quantiles(figures, n=4, method="inclusive")
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def against(row: Measured) -> str:
    """Our medians over that of the best peer, so that more is better.

    >>> against(Measured("", "s", 1, {"search": [0.5], "ask": [1.0], "txtai": [5.0], "langchain": [6.0]}))
    'search 10.00 times, answer 5.00 times'
    >>> against(Measured("", "chunks/s", 1, {"search": [30.0], "txtai": [20.0], "langchain": [15.0]}, is_rate=True))
    '1.50 times'
    """
    medians = {name: statistics.median(figures) for name, figures in row.figures.items()}
    theirs = [median for name, median in medians.items() if name not in OURS]
    if not theirs:
        return ""
    ratios = {
        name: medians[name] / max(theirs) if row.is_rate else min(theirs) / medians[name]
        for name in OURS
        if name in medians
    }
    if len(ratios) == 1:
        return f"{ratios['search']:.2f} times"
    return f"search {ratios['search']:.2f} times, answer {ratios['ask']:.2f} times"


def limit(data: Path | None) -> str:
    """Says how near embedding comes to what the machine can multiply, in a sentence; empty without torch."""
    try:
        import torch
    except ImportError:
        return ""
    cores = os.cpu_count() or 1
    torch.set_num_threads(cores)
    embedder, tokenizer = load_embedder(), shared_tokenizer()
    passages = [row["text"] for row in islice(articles(texts(data)), LIMIT_CHUNKS)]
    needed = sum(multiplications(len(tokenizer.tokens("passage: " + text).ids) + 2) for text in passages)
    single, half = (torch.ones(LIMIT_SIDE, LIMIT_SIDE, dtype=kind) for kind in (torch.float32, torch.bfloat16))
    eight = torch.ones(LIMIT_SIDE, LIMIT_SIDE, dtype=torch.uint8).numpy()
    bands = [{"rows": eight[at::cores].copy(), "columns": eight.astype("int8")} for at in range(cores)]
    product, threads = session(PRODUCT), ThreadPoolExecutor(cores)
    jobs: dict[str, tuple[float, Callable[[], object]]] = {
        "float32": (LIMIT_SIDE**3, lambda: torch.mm(single, single)),
        "bfloat16": (LIMIT_SIDE**3, lambda: torch.mm(half, half)),
        "8 bits": (LIMIT_SIDE**3, lambda: list(threads.map(lambda band: product.run(None, band), bands))),
        "embedding": (needed, lambda: embedder.embed_documents(passages)),
    }
    rates: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(LIMIT_RUNS):
        for name, (amount, job) in jobs.items():
            began = time.perf_counter()
            job()
            rates[name].append(2e-9 * amount / (time.perf_counter() - began))
    middle = {name: statistics.median(each) for name, each in rates.items()}
    return (
        f"Products of matrices on this machine, in GFLOP/s: {middle['float32']:.0f} in float32, {middle['bfloat16']:.0f} in "
        f"bfloat16, {middle['8 bits']:.0f} in 8 bits. Embedding a chunk needs {2e-9 * needed / len(passages):.1f} GFLOP, and "
        f"makes {middle['embedding']:.0f} GFLOP/s, in 8 bits: {middle['embedding'] / middle['bfloat16']:.2f} of the bfloat16 "
        f"limit, {middle['embedding'] / middle['8 bits']:.2f} of that in 8 bits."
    )


def multiplications(tokens: int) -> int:
    """Of the encoder, for a text of so many tokens: four products with hidden, two with inner width, and attention's two.

    >>> multiplications(1) == 12 * (4 * 384 * 384 + 2 * 384 * 1536 + 2 * 384)
    True
    """
    return LAYERS * (tokens * (4 * HIDDEN**2 + 2 * HIDDEN * INNER) + 2 * tokens**2 * HIDDEN)


def main() -> None:
    """Measure, print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="the folder that the sets lie in (else the seeds, varied)")
    parser.add_argument("--chunks", type=int, default=CHUNKS, help=f"how many to search among (else {CHUNKS:,})")
    arguments = parser.parse_args()
    systems = Systems()
    with tempfile.TemporaryDirectory(prefix="kenes-speed-") as folder:
        rows = measure(systems, arguments.data, arguments.chunks, Path(folder))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {arguments.chunks:,} chunks; medians, "
        "and in brackets a quarter and three quarters of the runs\n"
    )
    print(table(rows, [*OURS, *systems.peers]))
    if sentence := limit(arguments.data):
        print(f"\n{sentence}")


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.benchmarks.speed: {error}")
