"""Measures what two workers of a Ray cluster gain over one: `python -m eval.benchmarks.ray [--copies N]`, on two idle cores.

The articles of `seeds/`, each N times with a number of its own, are indexed by one worker and by two, each on one core, after the model
was loaded. Overhead is what two take above half the time of one.
"""

import tempfile
import time
from pathlib import Path

from eval.benchmarks.ray_cluster import ray_cluster
from eval.benchmarks.tables import Table, machine, parser_for, run_main, write_figures
from index import build, load_embedder
from index.cluster.ray_workers import RayWorkers
from index.embedding.load import DEFAULT_MODEL

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
COPIES = 40


def write_copies(folder: Path, copies: int) -> None:
    """Write every seed article so many times."""
    folder.mkdir()
    for seed in sorted(SEEDS.glob("*.md")):
        text = seed.read_text("utf-8")
        for number in range(copies):
            (folder / f"{number}-{seed.name}").write_text(f"{text}\n\n{number}.\n", "utf-8")


def seconds_with(workers: int, folder: Path, copies: int) -> float:
    """How long so many workers take to index the copies in a new index."""
    embedder = load_embedder()
    write_copies(folder / "few", workers)
    write_copies(folder / "articles", copies)
    with ray_cluster([1] * workers) as cluster, RayWorkers(cluster.address, DEFAULT_MODEL) as making:
        build([folder / "few"], folder / "warm", embedder, workers=making)
        began = time.perf_counter()
        build([folder / "articles"], folder / "index", embedder, workers=making)
        return time.perf_counter() - began


def main() -> None:
    """Measure and print the table."""
    parser = parser_for("ray", __doc__)
    parser.add_argument("--copies", type=int, default=COPIES, help="of each of the 27 articles")
    arguments = parser.parse_args()
    print(f"{machine()}\n")
    seconds = {}
    table = Table("workers", "seconds", "overhead")
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            seconds[workers] = seconds_with(workers, Path(folder), arguments.copies)
        table.add(str(workers), f"{seconds[workers]:.1f}", f"{workers * seconds[workers] / seconds[1] - 1:.0%}")
    write_figures(arguments, table.markdown(), seconds)


if __name__ == "__main__":
    run_main("ray", main)
