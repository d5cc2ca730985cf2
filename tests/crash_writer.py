"""Indexes a folder in commits of a few articles and prints how many documents are reported as committed."""

import sys
from pathlib import Path

import numpy  # noqa: F401  (imported before the first line, so that a kill hits the work and not the imports)

from index import IndexReader, build, pipeline
from index.progress import Progress
from tests.fakes import FakeEmbedder


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    pipeline.COMMIT_CHUNKS = 5
    print("0", flush=True)

    def report(progress: Progress) -> None:
        if (folder / "store.db").is_file():
            with IndexReader(folder) as reader, reader.snapshot() as snapshot:
                print(snapshot.counts()[0], flush=True)

    build([source], folder, FakeEmbedder(), on_progress=report)


if __name__ == "__main__":
    main()
