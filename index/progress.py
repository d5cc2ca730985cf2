"""How far an indexing run has come, how fast it is, and how long it will take."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.articles.files import size_of, total_size
from index.types import Article


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indexing run has come.

    Attributes:
        articles: that were looked at, unchanged ones included.
        chunks: that were embedded.
        seconds: since the run began.
        share: of the bytes of all files, 0 to 1; an estimate inside a file of many articles.
    """

    articles: int
    chunks: int
    seconds: float
    share: float

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the speed so far; None as long as there is nothing to go by.

        >>> Progress(articles=10, chunks=30, seconds=6.0, share=0.25).seconds_left
        18.0
        """
        return self.seconds * (1 - self.share) / self.share if self.share else None


OnProgress = Callable[[Progress], None]


class Meter:
    """Counts what a run has done and tells it."""

    def __init__(self, paths: Sequence[Path], on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._total = total_size(paths)
        self._finished = 0  # bytes of the files before the current one
        self._file = ""
        self._file_size = 0
        self._read = 0  # bytes of the current file
        self.articles = 0
        self.chunks = 0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self._began

    def read(self, article: Article) -> None:
        """Count an article."""
        if article.file != self._file:
            self._finished += self._file_size
            self._file, self._file_size, self._read = article.file, size_of(Path(article.file)), 0
        self._read += len(article.text.encode("utf-8", "surrogatepass"))
        self.articles += 1

    def embedded(self, chunks: int) -> None:
        """Count chunks, and tell."""
        self.chunks += chunks
        self.tell()

    def tell(self) -> None:
        """Call `on_progress`."""
        done = self._finished + min(self._read, self._file_size)
        share = min(done / self._total, 1.0) if self._total else 0.0
        self._on_progress(Progress(self.articles, self.chunks, self.seconds, share))
