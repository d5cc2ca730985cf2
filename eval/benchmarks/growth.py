"""Measures what more articles cost: `python -m eval.benchmarks.growth [--data DIR] [--plot FILE]` (some half an hour, 10 GB of disk).

Vectors: real ones of the passages in the sets of DIR, and beyond these synthetic ones, each a mixture of two real ones with
noise. For 1,000 to 1,000,000 of them: the time to write and to open them, and to find the 50 nearest to a real question,
exactly and with a quantized index, with the share of the 10 nearest that the quantized index finds. Every size runs in a process of its own,
so that its peak of memory is its own.

Articles: indexes of 10,000 to 1,000,000 articles of one chunk each, real passages with a number put before them, with
synthetic vectors and token embeddings: the time to index them, to look at all of them again when none has changed, to index
one that has, to open the index, and to search it by words, meaning and tokens. Each indexing run and the searches have a
process of their own, so that the peak of memory of each is known.
"""

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.benchmarks.retrieval import indexed
from eval.datasets.sets import RetrievalTask, tasks_of
from index import Embedded, IndexReader, KenesError, build, load_embedder
from index.store.vectors.file_format import open_quantized, open_vectors, write_quantized, write_vectors
from index.store.vectors.top_k import top_k
from index.store.vectors.vector_files import QUANTIZED_FROM
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ARTICLES = (10_000, 100_000, 1_000_000)
SHORTEST, LONGEST = 200, 700  # characters of an article, so that it is one chunk
SETS = ("timeqa", "squad2_devhalf", "xquad_ru", "tydiqa_ru_dev", "kazqad_val")
QUESTIONS = 200
FOUND, RECALLED = 50, 10
NOISE = 0.25  # of the spread of real vectors
BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many vectors cost: seconds, milliseconds, a share, megabytes."""

    rows: int
    write_s: float
    open_s: float
    exact_ms: float
    quantized_ms: float
    recall: float
    peak_mb: float


def real(data: Path) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """The vectors of the sets' passages and of some of their questions."""
    embedder, passages, questions = load_embedder(), [], []
    for name in SETS:
        run: RetrievalTask = tasks_of(name, data)[0]
        with IndexReader(indexed(run, embedder)) as reader, reader.snapshot() as snapshot:
            passages.append(snapshot.chunk_vectors()[1])
        questions += [topic.text for topic in run.topics[:: max(1, len(run.topics) * len(SETS) // QUESTIONS)]]
    return np.concatenate(passages), np.concatenate([embedder.embed_query(text).vectors for text in questions])


def grown(vectors: "NDArray[np.float32]", size: int) -> "NDArray[np.float32]":
    """So many unit vectors: the real ones, then mixtures of two of them (six to nineteen parts to one) with noise."""
    chance = np.random.default_rng(0)
    made = np.empty((size, vectors.shape[1]), np.float32)
    count = min(size, len(vectors))
    made[:count] = vectors[chance.permutation(len(vectors))[:count]]
    spread = vectors.std(axis=0) * np.float32(NOISE)
    for start in range(count, size, BLOCK):
        block = made[start : start + BLOCK]
        one, other = chance.integers(len(vectors), size=(2, len(block)))
        share = chance.uniform(0.6, 0.95, size=(len(block), 1)).astype(np.float32)
        block[:] = share * vectors[one] + (1 - share) * vectors[other]
        block += chance.standard_normal(block.shape, np.float32) * spread
        block /= np.linalg.norm(block, axis=1, keepdims=True)
    return made


def cost(path: Path, queries: "NDArray[np.float32]", size: int, dim: int) -> Cost:
    """Write, open and search vectors that lie in a raw file; run in a process of its own."""
    rows = np.memmap(path, np.float32, "r", shape=(size, dim))
    began = time.perf_counter()
    blocks = (rows[start : start + BLOCK] for start in range(0, size, BLOCK))
    crc = write_vectors(path.with_suffix(".npy"), blocks, (size, dim))
    quantized_crc = write_quantized(path.with_suffix(".sketch"), path.with_suffix(".npy"))
    written = time.perf_counter() - began
    del rows
    began = time.perf_counter()
    vectors = open_vectors(path.with_suffix(".npy"), crc, (size, dim))
    quantized = open_quantized(path.with_suffix(".sketch"), quantized_crc, size)
    opened = time.perf_counter() - began
    top_k(vectors, queries[0], FOUND)
    times: dict[bool, list[float]] = {True: [], False: []}
    shared = 0
    for query in queries:
        found = {}
        for approximate in (False, True):
            began = time.perf_counter()
            found[approximate] = top_k(vectors, query, FOUND, quantized if approximate else None)
            times[approximate].append(time.perf_counter() - began)
        shared += len(set(dict(found[True][:RECALLED])) & set(dict(found[False][:RECALLED])))
    return Cost(
        rows=size,
        write_s=written,
        open_s=opened,
        exact_ms=1e3 * statistics.median(times[False]),
        quantized_ms=1e3 * statistics.median(times[True]),
        recall=shared / RECALLED / len(queries),
        peak_mb=peak_mb(),
    )


def measure(data: Path) -> list[Cost]:
    """The costs of every size."""
    vectors, queries = real(data)
    dim = vectors.shape[1]
    context = multiprocessing.get_context("spawn")
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="kenes-growth-") as folder, context.Pool(1) as pool:
            path = Path(folder) / "rows.raw"
            grown(vectors, size).tofile(path)
            found.append(pool.apply(cost, (path, queries, size, dim)))
        print(f"{size:,} done", file=sys.stderr)
    return found


class Drawn:
    """An embedder that draws vectors by lot, the same for the same text: what is measured is all but the model."""

    name = "drawn"
    sha256 = "0" * 64
    dim = 384
    tokens = 8

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        """Random unit vectors, and random states of a few tokens."""
        drawn = [np.random.default_rng(zlib.crc32(text.encode())) for text in texts]
        states = tuple(each.standard_normal((self.tokens, self.dim), np.float32) for each in drawn)
        vectors = np.stack([each.mean(axis=0) for each in states]) if texts else np.empty((0, self.dim), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        spans = tuple(np.array([[at, at + 1] for at in range(self.tokens)], np.int32) for _ in texts)
        return Embedded(vectors, states, spans)

    def embed_query(self, text: str) -> Embedded:
        """As a document."""
        return self.embed_documents([text])


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What so many articles cost: seconds, milliseconds of a search, and the peak memory of indexing and of searching."""

    articles: int
    index_s: float
    unchanged_s: float
    one_changed_s: float
    index_peak_mb: float
    unchanged_peak_mb: float
    open_s: float
    search_ms: float
    search_peak_mb: float


def upkeep(data: Path, size: int) -> Upkeep:
    """Index so many articles, again without a change, and with one change; then search."""
    run = tasks_of(SETS[0], data)[0]
    texts = [row["text"] for row in run.passages if len(row["text"]) > SHORTEST]
    topics = [topic.text for topic in run.topics[:: max(1, len(run.topics) // QUESTIONS)]]
    with tempfile.TemporaryDirectory(prefix="kenes-growth-") as temporary:
        articles, folder = Path(temporary) / "articles.jsonl", Path(temporary) / "index"
        write_articles(articles, texts, size)
        first, first_peak = apart(indexing, articles, folder)
        unchanged, unchanged_peak = apart(indexing, articles, folder)
        write_articles(articles, texts, size, changed=size // 2)
        changed, _ = apart(indexing, articles, folder)
        searched = apart(searching, folder, topics)
    return Upkeep(size, first, unchanged, changed, first_peak, unchanged_peak, *searched)


def write_articles(path: Path, texts: Sequence[str], size: int, changed: int | None = None) -> None:
    """Write so many articles, one a line; one of them with a sentence more than before."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            text = f"{number}. {texts[number % len(texts)][:LONGEST]}"
            if number == changed:
                text += " One sentence more."
            file.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """The result of a function that runs in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def indexing(articles: Path, folder: Path) -> tuple[float, float]:
    """Seconds to index articles, with vectors drawn by lot, and the peak memory of it in MB."""
    began = time.perf_counter()
    build([articles], folder, Drawn())
    return time.perf_counter() - began, peak_mb()


def searching(folder: Path, questions: Sequence[str]) -> tuple[float, float, float]:
    """Seconds to open an index, milliseconds of a search, and the peak memory of it all in MB."""
    embedder, times = Drawn(), []
    began = time.perf_counter()
    with IndexReader(folder) as reader:
        with reader.snapshot(search=True):
            opened = time.perf_counter() - began
        for question in questions:
            began = time.perf_counter()
            with reader.snapshot(search=True) as snapshot:
                retrieve(snapshot, understand(question, embedder, snapshot), RECALLED)
            times.append(time.perf_counter() - began)
    return opened, 1e3 * statistics.median(times), peak_mb()


def peak_mb() -> float:
    """The peak memory of this process, as Linux tells it; getrusage also counts what the parent had before."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def draw(found: Sequence[Cost], path: Path) -> None:
    """Milliseconds of a search over the number of vectors, both on logarithmic scales."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    plot = figure.subplots()
    sizes = [each.rows for each in found]
    plot.loglog(sizes, [each.exact_ms for each in found], marker="o", label="all compared")
    plot.loglog(sizes, [each.quantized_ms for each in found], marker="o", label="with a quantized index")
    plot.axvline(
        QUANTIZED_FROM, color="grey", linewidth=1, linestyle="--", label="a file has a quantized index from here on"
    )
    plot.set(xlabel="vectors", ylabel="ms to find the 50 nearest")
    plot.legend()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Measure, print a Markdown table, draw."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.growth", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path(), help="the folder that the sets lie in")
    parser.add_argument("--plot", type=Path, help="draw the curve into this PNG")
    arguments = parser.parse_args()
    found = measure(arguments.data)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| vectors | all compared | quantized | of the 10 nearest | write | open | peak memory |\n|" + "---|" * 7)
    for each in found:
        cells = [f"{each.rows:,}", f"{each.exact_ms:.1f} ms", f"{each.quantized_ms:.1f} ms", f"{each.recall:.3f}"]
        cells += [f"{each.write_s:.1f} s", f"{each.open_s:.2f} s", f"{each.peak_mb:.0f} MB"]
        print("| " + " | ".join(cells) + " |")
    print(
        "\n| articles | index | peak memory | again, unchanged | peak memory | again, one changed | open | search | peak memory |"
        "\n|" + "---|" * 9
    )
    for size in ARTICLES:
        kept = upkeep(arguments.data, size)
        cells = [
            f"{kept.index_s:.1f} s",
            f"{kept.index_peak_mb:.0f} MB",
            f"{kept.unchanged_s:.1f} s",
            f"{kept.unchanged_peak_mb:.0f} MB",
            f"{kept.one_changed_s:.1f} s",
            f"{kept.open_s:.2f} s",
            f"{kept.search_ms:.1f} ms",
            f"{kept.search_peak_mb:.0f} MB",
        ]
        print("| " + " | ".join([f"{kept.articles:,}", *cells]) + " |", flush=True)
    if arguments.plot:
        draw(found, arguments.plot)


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.benchmarks.growth: {error}")
