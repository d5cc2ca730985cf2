"""Measures speed and memory beside the peers: `python -m eval.benchmarks.speed [--data DIR] [--chunks N]` (half an hour).

The peers are LangChain, LlamaIndex and txtai, each with FAISS and all-MiniLM-L6-v2 in an environment of its own. They
search dense vectors alone; our search adds words and token embeddings, and our answer is read and decided. Whole
processes are timed as a person waits for them; then every system stays open and is asked in turn. Ours and theirs
alternate throughout, so that all meet the same noise: look at medians and ratios.

The corpus is described in `eval.benchmarks.corpus`. The last lines compare embedding with the products of matrices that
the machine can do.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from eval.benchmarks.corpus import articles, pieces, questions, write_corpus
from eval.benchmarks.processes import PEERS, ProcessTiming, Service, peer_python, run
from eval.benchmarks.tables import Table, machine, parser_for, run_main, write_figures
from index import InputError, load_embedder
from index.embedding.e5.encoder import HIDDEN, INNER, LAYERS
from index.embedding.e5.tokenizer import shared_tokenizer
from index.embedding.maxsim import PRODUCT
from index.embedding.onnx_session import session

CHUNKS = 10_000
RATE_CHUNKS, RATE_RUNS = 1_000, 3
COLD_RUNS = 7
QUESTIONS, UNCOUNTED = 100, 5  # asked of systems that stay open; the first ones are not counted
PAUSE = 0.02  # seconds after each, until threads that wait for more work are asleep
QUESTION = "How many laws must change?"
LIMIT_RUNS, LIMIT_SIDE, LIMIT_CHUNKS = 7, 2_048, 64
OURS = ("search", "ask")
COLUMNS = {
    "search": "Kenes, search",
    "ask": "Kenes, answer",
    "langchain": "LangChain",
    "llamaindex": "LlamaIndex",
    "txtai": "txtai",
}

Timings = Mapping[str, ProcessTiming]  # of each system, by its name


@dataclass(frozen=True, slots=True)
class Measurement:
    """A row of the table: the figures of each system, all of one unit; of rates, more is better."""

    what: str
    unit: str
    digits: int
    figures: Mapping[str, Sequence[float]]
    is_rate: bool = False


class Systems:
    """Ours and the peers that could be set up, with the commands that run them."""

    def __init__(self) -> None:
        self.ours = Path(sys.executable)
        self.kenes = self.ours.with_name("kenes")
        self.peers: dict[str, Path] = {}
        for name in PEERS:
            try:
                self.peers[name] = peer_python(name)
            except InputError as error:
                _say(f"{error}; going on without it")

    def index(self, articles: Path, into: Path) -> Timings:
        """Let every system index, each into a folder of its name; our two share one."""
        into.mkdir()
        timings = {"search": run(self.kenes, "index", articles, "--index", into / "kenes")}
        for name, python in self.peers.items():
            timings[name] = run(python, "-m", "eval.benchmarks.peers", name, "index", articles, into / name)
        return timings

    def cold(self, folder: Path) -> Timings:
        """Let every system start, answer one question, and end."""
        timings = {}
        for name in OURS:
            timings[name] = run(self.kenes, name, QUESTION, "--index", folder / "kenes")
        for name, python in self.peers.items():
            timings[name] = run(python, "-m", "eval.benchmarks.peers", name, "search", folder / name, QUESTION)
        return timings

    def open(self, folder: Path) -> dict[str, Service]:
        """Let every system open its index and wait for questions."""
        services = {}
        for name in OURS:
            services[name] = Service(self.ours, name, folder / "kenes")
        for name, python in self.peers.items():
            services[name] = Service(python, name, folder / name)
        return services


def measure(systems: Systems, data: Path | None, size: int, folder: Path) -> list[Measurement]:
    """All rows of the table."""
    few, many, index = folder / "few.jsonl", folder / "many.jsonl", folder / "many"
    write_corpus(few, RATE_CHUNKS, data)
    write_corpus(many, size, data)
    rates = []
    for number in range(RATE_RUNS):
        rates.append(systems.index(few, folder / f"few-{number}"))
        _say(f"indexed {RATE_CHUNKS:,} chunks, {number + 1} of {RATE_RUNS}")
    whole = systems.index(many, index)
    _say(f"indexed {size:,} chunks")
    colds = [systems.cold(index) for _ in range(COLD_RUNS)]
    _say("started and asked")
    warm, peaks = _ask_in_turn(systems.open(index), questions(data, QUESTIONS + UNCOUNTED))
    helps = [run(systems.kenes, "--help").seconds for _ in range(COLD_RUNS)]
    return [
        Measurement("cold: start, first answer", "s", 2, _figures(colds, _seconds)),
        Measurement("its peak memory", "MB", 0, _figures(colds, _megabytes)),
        Measurement("`kenes --help`", "s", 2, {"search": helps}),
        Measurement("warm answer", "ms", 1, warm),
        Measurement("its peak memory", "MB", 0, peaks),
        _rate(rates, RATE_CHUNKS),
        _rate([whole], size),
        Measurement("its peak memory", "MB", 0, _figures([whole], _megabytes)),
        Measurement("index on disk", "KB/chunk", 1, _sizes(index, size)),
    ]


def _ask_in_turn(
    services: Mapping[str, Service], asked: Iterable[str]
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Ask every system every question, each time beginning with the next system.

    Returns:
        the milliseconds of every counted answer, and the peak memory in MB, both by system.
    """
    names, warm = list(services), {name: list[float]() for name in services}
    for number, question in enumerate(asked):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            seconds = services[name].ask(question)
            time.sleep(PAUSE)
            if number >= UNCOUNTED:
                warm[name].append(1e3 * seconds)
    return warm, {name: [service.close()] for name, service in services.items()}


def _seconds(timing: ProcessTiming) -> float:
    return timing.seconds


def _megabytes(timing: ProcessTiming) -> float:
    return timing.megabytes


def _figures(runs: Sequence[Timings], figure: Callable[[ProcessTiming], float]) -> dict[str, list[float]]:
    return {name: [figure(timings[name]) for timings in runs] for name in runs[0]}


def _rate(runs: Sequence[Timings], chunks: int) -> Measurement:
    figures = _figures(runs, lambda timing: chunks / timing.seconds)
    return Measurement(f"indexing {chunks:,} chunks, whole process", "chunks/s", 1, figures, is_rate=True)


def _sizes(folder: Path, chunks: int) -> dict[str, list[float]]:
    """Kilobytes per chunk of every index."""
    sizes = {}
    for path in folder.iterdir():
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        sizes[path.name] = [size / 1e3 / chunks]
    sizes["search"] = sizes.pop("kenes")
    return sizes


def _say(text: str) -> None:
    print(f"eval.benchmarks.speed: {text}", file=sys.stderr, flush=True)


def table(rows: Iterable[Measurement], names: Sequence[str]) -> Table:
    """Medians with first and third quartile, and our ratios to the best peer."""
    made = Table("what", "runs", *map(COLUMNS.__getitem__, names), "against the best peer")
    for row in rows:
        cells = [median_and_quartiles(row.figures.get(name, []), row.digits) for name in names]
        made.add(f"{row.what}, {row.unit}", str(max(map(len, row.figures.values()))), *cells, against(row))
    return made


def median_and_quartiles(figures: Sequence[float], digits: int) -> str:
    """The median; with the first and third quartile, if there are several figures.

    >>> median_and_quartiles([1.0, 2.0, 3.0, 4.0, 5.0], 1), median_and_quartiles([2.0], 0), median_and_quartiles([], 0)
    ('3.0 (2.0 to 4.0)', '2', '')
    """
    if not figures:
        return ""
    if len(figures) == 1:
        return f"{figures[0]:.{digits}f}"
    low, middle, high = statistics.quantiles(figures, n=4, method="inclusive")
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def against(row: Measurement) -> str:
    """How many times better our medians are than that of the best peer.

    >>> against(Measurement("", "s", 1, {"search": [0.5], "ask": [1.0], "txtai": [5.0], "langchain": [6.0]}))
    'search 10.00 times, answer 5.00 times'
    >>> against(Measurement("", "chunks/s", 1, {"search": [30.0], "txtai": [20.0], "langchain": [15.0]}, is_rate=True))
    '1.50 times'
    """
    medians = {name: statistics.median(figures) for name, figures in row.figures.items()}
    theirs = [median for name, median in medians.items() if name not in OURS]
    if not theirs:
        return ""
    ratios = []
    for name in filter(medians.__contains__, OURS):
        best = max(theirs) if row.is_rate else min(theirs)
        ratio = medians[name] / best if row.is_rate else best / medians[name]
        ratios.append(f"{ratio:.2f} times")
    if len(ratios) == 1:
        return ratios[0]
    return "search {}, answer {}".format(*ratios)


def limit(data: Path | None) -> str:
    """A sentence on how near embedding comes to the products of matrices that the machine can do; empty without torch."""
    try:
        import torch
    except ImportError:
        return ""
    cores = os.cpu_count() or 1
    torch.set_num_threads(cores)
    embedder, tokenizer = load_embedder(), shared_tokenizer()
    passages = [row["text"] for row in islice(articles(pieces(data)), LIMIT_CHUNKS)]
    needed = sum(multiplications(len(tokenizer.tokens("passage: " + text).ids) + 2) for text in passages)
    single = torch.ones(LIMIT_SIDE, LIMIT_SIDE, dtype=torch.float32)
    half = single.to(torch.bfloat16)
    eight = single.to(torch.uint8).numpy()
    bands = [{"rows": eight[at::cores].copy(), "columns": eight.astype("int8")} for at in range(cores)]
    product, threads = session(PRODUCT), ThreadPoolExecutor(cores)
    whole = LIMIT_SIDE**3
    rates = _gflops(
        {
            "float32": (whole, lambda: torch.mm(single, single)),
            "bfloat16": (whole, lambda: torch.mm(half, half)),
            "8 bits": (whole, lambda: list(threads.map(lambda band: product.run(None, band), bands))),
            "embedding": (needed, lambda: embedder.embed_documents(passages)),
        }
    )
    return (
        f"Products of matrices on this machine, in GFLOP/s: {rates['float32']:.0f} in float32, {rates['bfloat16']:.0f} in "
        f"bfloat16, {rates['8 bits']:.0f} in 8 bits. Embedding a chunk takes {2e-9 * needed / len(passages):.1f} GFLOP and "
        f"runs at {rates['embedding']:.0f} GFLOP/s in 8 bits: {rates['embedding'] / rates['bfloat16']:.2f} of the bfloat16 "
        f"limit, {rates['embedding'] / rates['8 bits']:.2f} of the 8-bit limit."
    )


def _gflops(jobs: Mapping[str, tuple[float, Callable[[], object]]]) -> dict[str, float]:
    """The median rate of each job, in billions of operations a second; a job is (multiplications, what to run)."""
    rates = {name: list[float]() for name in jobs}
    for _ in range(LIMIT_RUNS):
        for name, (amount, job) in jobs.items():
            began = time.perf_counter()
            job()
            rates[name].append(2e-9 * amount / (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in rates.items()}


def multiplications(tokens: int) -> int:
    """Of the encoder for a text of so many tokens: four products with the hidden width, two with the inner width, and two
    in attention.

    >>> multiplications(1) == 12 * (4 * 384 * 384 + 2 * 384 * 1536 + 2 * 384)
    True
    """
    return LAYERS * (tokens * (4 * HIDDEN**2 + 2 * HIDDEN * INNER) + 2 * tokens**2 * HIDDEN)


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = parser_for("speed", __doc__)
    parser.add_argument("--data", type=Path, help="the folder of the sets (default: the seeds, varied)")
    parser.add_argument("--chunks", type=int, default=CHUNKS, help=f"how many to search among (default: {CHUNKS:,})")
    arguments = parser.parse_args()
    systems = Systems()
    with tempfile.TemporaryDirectory(prefix="kenes-speed-") as folder:
        rows = measure(systems, arguments.data, arguments.chunks, Path(folder))
    setting = f"{machine()}, {arguments.chunks:,} chunks; medians, and in brackets the quartiles of the runs"
    print(f"{setting}\n")
    made = table(rows, [*OURS, *systems.peers])
    sentence = limit(arguments.data)
    print(f"\n{sentence}")
    markdown = f"{setting}\n\n{made.markdown()}\n{sentence}\n"
    write_figures(arguments, markdown, {"setting": setting, "rows": list(map(asdict, rows)), "limit": sentence})


if __name__ == "__main__":
    run_main("speed", main)
