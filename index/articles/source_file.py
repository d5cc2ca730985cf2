"""A file on its way in: what a reader of a format is given."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from index.errors import UnreadableArticle

TEXT_LIMIT = 10_000_000  # bytes of one article; a newspaper's longest read has 100,000
FILE_LIMIT = 300_000_000  # bytes of a file that is read whole, such as a PDF with pictures


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for: `fields` names columns or keys, {"text": "content"}; `drafts` takes drafts in, too."""

    fields: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read, or a member of an archive.

    `path` is the file on disk. `origin` is the name that articles are known by: the path, or "news.zip/2024/a.html" for
    a member of an archive, whose bytes are then in `data`.
    """

    path: Path
    origin: str
    options: Options = field(default_factory=Options)
    data: bytes | None = None

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot: ".html"."""
        return Path(self.origin).suffix.lower()

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return Path(self.origin).stem

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file for reading as a stream."""
        if self.data is not None:
            yield io.BytesIO(self.data)
            return
        with self.path.open("rb") as stream:
            yield stream

    def read(self, limit: int = TEXT_LIMIT) -> bytes:
        """Read the whole file.

        Raises:
            InputError: it has more than `limit` bytes.
        """
        with self.open() as stream:
            size = stream.seek(0, io.SEEK_END)
            if size > limit:
                raise UnreadableArticle("oversized", too_large(size, limit))
            stream.seek(0)
            return stream.read()


def too_large(size: int, limit: int = TEXT_LIMIT) -> str:
    """Say that something has more bytes than are read."""
    return f"{size / 1e6:,.1f} MB in one article; the limit is {limit / 1e6:,.0f} MB, split it"
