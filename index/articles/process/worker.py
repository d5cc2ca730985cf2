"""The child process that parses foreign formats: takes requests on stdin, gives articles on stdout (see child.py)."""

import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from index.articles.process.child import MEMORY_LIMIT, OUT_OF_MEMORY, TIME_LIMIT, WAIT_LIMIT
from index.articles.registry import read_guarded
from index.articles.source_file import Options, SourceFile

# What no parser needs: the network, other programs. Python's own doors only; the limits below hold for libraries, too.
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"),
    "urllib.",
)
_LOOK = 0.05  # seconds between two looks at the memory, where the system sets it no limit


def serve() -> None:
    """Read files until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    _limit()
    _answer(answers, {})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        options = Options(request["fields"], request["drafts"])
        file = SourceFile(Path(request["path"]), request["origin"], options)
        _alarm()
        try:
            for item in read_guarded(file):
                _answer(answers, {type(item).__name__: asdict(item)})
                _alarm()
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        _answer(answers, {})


def _answer(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Send a message; how long the parent takes over it, and over what it does until the next file, is not the file's fault."""
    if hasattr(signal, "alarm"):  # Windows has none
        signal.alarm(0)
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def _limit() -> None:
    """Take away what no parser needs; limits of the system only where it has them."""
    sys.addaudithook(_refuse)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    except (ValueError, OSError):  # macOS, where a process begins with more than that reserved
        threading.Thread(target=_watch_memory, args=(_peak(),), daemon=True).start()


def _watch_memory(at_start: int) -> None:
    """End the process once it has used much more memory than at the start."""
    while _peak() < at_start + MEMORY_LIMIT:
        time.sleep(_LOOK)
    os._exit(OUT_OF_MEMORY)


def _peak() -> int:
    """The most memory that this process has had so far, in bytes."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a file wants {event}")


def _alarm() -> None:
    """Begin to count the time: of the processor, and of the clock, for a hang when no parent is left that would end it."""
    try:
        import resource
        from signal import alarm
    except ImportError:  # Windows
        return
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + int(TIME_LIMIT), resource.RLIM_INFINITY))
    alarm(int(WAIT_LIMIT) + 5)
