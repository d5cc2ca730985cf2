"""Runs the readers of foreign formats in a child process, so that a bomb or a crash costs one file and no more."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import IO, Any, Self

from index.articles.source_file import SourceFile
from index.types import Article, BadArticle, Fault, Note, PassedOver

TIME_LIMIT = 30.0  # seconds of processor time for one file, counted anew from each of its articles
WAIT_LIMIT = 4 * TIME_LIMIT  # seconds, on a machine that is busy, or where processor time cannot be limited
_START_LIMIT = 120.0  # seconds for the child to start, on a machine that is busy
MEMORY_LIMIT = 1_000_000_000  # bytes of address space above what the readers' libraries take when loaded
OUT_OF_MEMORY = 77  # exit code of the child
_OUT_OF_TIME = 24  # SIGXCPU, which Windows does not know
_LINE_LIMIT = 100_000_000  # bytes of one message: an article of 10 MB, escaped
_AHEAD = 64  # articles that the child may be ahead of us
_START = "import sys; sys.path[:] = {path!r}; from index.articles.process.worker import serve; serve()"
# One thread and few memory pools: the limit counts reserved memory, and cores belong to the embedding that runs beside.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}


class Child:
    """A child process that parses files, one at a time; started at the first file, and again after it has died.

    A request is a line of JSON, {"path", "origin", "fields", "drafts"}. The answers are lines, too: {"Article": {…}},
    {"BadArticle": {…}} or {"PassedOver": {…}}, and {} after the last of a file, and at the start.
    """

    def __init__(self, time_limit: float = WAIT_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: queue.Queue[bytes] = queue.Queue()

    def read(self, file: SourceFile) -> Iterator[Article | BadArticle | PassedOver]:
        """Read the articles of a file. Whatever happens to the child, the reason is the last item."""
        process, is_new = self._started()
        done = False
        try:
            if is_new:
                self._received(_START_LIMIT)
            self._send(process, file)
            while message := self._received(self._time_limit):
                yield _item(message)
            done = True
        except queue.Empty:
            yield _bad(file, "too_slow", f"not read within {self._time_limit:.0f} seconds")
        except (BrokenPipeError, EOFError):
            yield _bad(file, *_why(process.wait()))
        finally:
            if not done:
                self.close()

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdin is not None
            with suppress(OSError):  # a request that it has not taken
                self._process.stdin.close()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _started(self) -> tuple[subprocess.Popen[bytes], bool]:
        """The child, and whether it is a new one."""
        if self._process is not None:
            return self._process, False
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT},
        )
        assert self._process.stdout is not None
        self._messages = queue.Queue(_AHEAD)
        threading.Thread(target=_listen, args=(self._process.stdout, self._messages), daemon=True).start()
        return self._process, True

    def _send(self, process: subprocess.Popen[bytes], file: SourceFile) -> None:
        assert process.stdin is not None
        request = {"path": str(file.path), "origin": file.origin, **asdict(file.options)}
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()

    def _received(self, seconds: float) -> dict[str, Any]:
        line = self._messages.get(timeout=seconds)
        if not line.endswith(b"\n"):
            raise EOFError
        message: dict[str, Any] = json.loads(line)
        return message


def _listen(stream: IO[bytes], messages: "queue.Queue[bytes]") -> None:
    """Pass on every line; the last one, which has no newline, says that the child has ended."""
    line = b"\n"
    with stream:
        while line.endswith(b"\n"):
            line = stream.readline(_LINE_LIMIT)
            messages.put(line)


def _item(message: dict[str, Any]) -> Article | BadArticle | PassedOver:
    ((kind, fields),) = message.items()
    if kind == "BadArticle":
        return BadArticle(**fields)
    if kind == "PassedOver":
        return PassedOver(**fields)
    return Article(**fields | {"notes": tuple(Note(**note) for note in fields["notes"])})


def _why(code: int) -> tuple[Fault, str]:
    if code == OUT_OF_MEMORY:
        return "oversized", f"reading it takes more than {MEMORY_LIMIT / 1e9:.0f} GB of memory"
    if code == -_OUT_OF_TIME:
        return "too_slow", f"not read within {TIME_LIMIT:.0f} seconds"
    return "damaged", "a fault in it stopped its reader, or it takes too much memory"


def _bad(file: SourceFile, fault: Fault, reason: str) -> BadArticle:
    return BadArticle(str(file.path), file.origin, reason, fault)
