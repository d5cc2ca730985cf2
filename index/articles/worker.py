"""The child process that parses foreign formats: takes requests on stdin, gives articles on stdout (see child.py)."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from index.articles.child import MEMORY_LIMIT, OUT_OF_MEMORY, TIME_LIMIT
from index.articles.registry import readers
from index.articles.source_file import TEXT_LIMIT, Options, SourceFile, too_large
from index.errors import SET_UP, KenesError
from index.types import Article, BadArticle

# What no parser needs: the network, other programs. Python's own doors only; the limits below hold for libraries, too.
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.")


def serve() -> None:
    """Read files until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    _limit()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        options = Options(request["fields"], request["drafts"])
        file = SourceFile(Path(request["path"]), request["origin"], options)
        _alarm()
        for item in _read(file):
            kind = "article" if isinstance(item, Article) else "bad"
            _answer(answers, {kind: asdict(item)})
            _alarm()
        _answer(answers, {})


def _read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """The articles of a file; any error of a parser is the file's fault."""
    try:
        for item in readers()[file.suffix](file):
            if isinstance(item, Article) and len(item.text) > TEXT_LIMIT:
                yield BadArticle(item.file, item.origin, too_large(len(item.text)))
            else:
                yield item
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError as error:
        yield _bad(file, f"cannot be read: {error.strerror or error}")
    except KenesError as error:
        yield _bad(file, str(error))
    except ModuleNotFoundError as error:
        yield _bad(file, f"reading {file.suffix} needs {error.name}, which is not installed here; install it: {SET_UP}")
    except Exception as error:  # a parser may raise anything
        said = " ".join(str(error).split())[:200] or type(error).__name__
        yield _bad(file, f"damaged, or no {file.suffix} file ({said})")


def _answer(stream: IO[bytes], message: dict[str, Any]) -> None:
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def _bad(file: SourceFile, reason: str) -> BadArticle:
    return BadArticle(str(file.path), file.origin, reason)


def _limit() -> None:
    """Take away what no parser needs; limits of the system only where it has them."""
    sys.addaudithook(_refuse)
    try:
        import resource
        import signal
    except ImportError:  # Windows
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a file wants {event}")


def _alarm() -> None:
    """End this process when it hangs and no parent is left that would end it."""
    try:
        from signal import alarm
    except ImportError:  # Windows
        return
    alarm(int(TIME_LIMIT) + 5)
