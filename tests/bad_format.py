"""A format for the tests, imported by their child processes: what its file says is what its reader does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from index.articles import registry
from index.articles.metadata.article import article
from index.articles.source_file import SourceFile
from index.types import Article


def read(file: SourceFile) -> Iterator[Article]:
    """Do what the file says."""
    said = file.read().decode()
    if said == "raises":
        raise RuntimeError("a fault")
    if said == "dies":
        os.abort()
    if said == "hangs":
        time.sleep(60)
    while said == "computes":
        pass
    if said == "eats":
        bytearray(2_000_000_000)
    if said == "connects":
        socket.create_connection(("127.0.0.1", 9))
    if said == "starts":
        subprocess.run([sys.executable, "--version"], check=True)
    if said == "writes":
        with file.path.with_name("written").open("w") as out:
            out.write("x")
    yield article(file, said, {})
    if said == "two, then dies":
        yield article(file, said, {})
        os.abort()


def install() -> None:
    """Make the format known in this process: done in the child, never in the process of the tests."""
    found = registry.readers
    registry.readers = lambda: {**found(), ".bad": read}  # type: ignore[assignment]
