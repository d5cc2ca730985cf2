"""Measures the chat page under load: `python -m eval.benchmarks.load [INDEX]` (four minutes; some more to make an index of 10,000 chunks).

Thirty people each open the page, ask, open the source of the answer, read for a few seconds and ask again, for three
minutes, as their browsers would: through the page's own requests. Then two hundred ask in the same moment. Server and
people share the machine; nothing but 127.0.0.1 is asked.
"""

import asyncio
import math
import os
import platform
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.benchmarks.speed import corpus, run
from eval.datasets.questions import GOLD, load_gold
from index import IndexReader, InputError, KenesError, MissingIndex

CHUNKS = 10_000
PEOPLE = 30
SECONDS = 180.0
READING = (3.0, 7.0)  # seconds between an answer and the next question
BURST = 200
QUICK = 0.5  # seconds in which an answer comes when nothing else is going on
OPENING = re.compile(r'data-open="([^"]+)" data-sha="[^"]+" data-start="(\d+)" data-end="(\d+)"')


@dataclass(slots=True)
class Seen:
    """What people saw: seconds of each question and of each source opened, and every status that was not 200."""

    asked: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)
    busy: int = 0


class Person:
    """Someone with the page open."""

    def __init__(self, client: Any, seen: Seen) -> None:
        self.client = client
        self.seen = seen

    async def ask(self, question: str) -> str:
        """Ask, and note how long it took; the turn as HTML."""
        began = time.perf_counter()
        reply = await self.client.post("/page/ask", json={"question": question, "language": "en"})
        self.seen.asked.append(time.perf_counter() - began)
        if reply.status_code != 200:
            self.seen.faults.append(reply.status_code)
            return ""
        turn: str = reply.json()["turn"]
        self.seen.busy += "turn failed" in turn
        return turn

    async def open_source(self, turn: str) -> None:
        """Click the first citation or passage, if there is one."""
        found = OPENING.search(turn)
        if not found:
            return
        place = {"document": found[1], "start": int(found[2]), "end": int(found[3]), "language": "en"}
        began = time.perf_counter()
        reply = await self.client.post("/page/evidence", json=place)
        self.seen.opened.append(time.perf_counter() - began)
        if reply.status_code != 200:
            self.seen.faults.append(reply.status_code)

    async def converse(self, questions: list[str], until: float, chance: random.Random) -> None:
        """Ask, open, read, and again."""
        await asyncio.sleep(chance.uniform(0, READING[1]))
        while time.monotonic() < until:
            await self.open_source(await self.ask(chance.choice(questions)))
            await asyncio.sleep(chance.uniform(*READING))


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """The page over an index in a process of its own: its address and process id."""
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if not line.startswith("Kenes is at"):
                raise InputError("the page could not be started")
            yield line.split()[3], server.pid
        finally:
            server.send_signal(signal.SIGINT)


def megabytes(pid: int) -> float:
    """Memory of a process that is in use now, as Linux counts it."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    (kilobytes,) = re.findall(r"VmRSS:\s+(\d+)", status)
    return int(kilobytes) / 1024


async def measure(address: str, pid: int) -> list[tuple[str, str]]:
    """Put the page under load; rows of a table."""
    import httpx

    questions = [question.question for question in load_gold(GOLD)]
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        warm = Person(client, Seen())
        for question in questions:
            await warm.ask(question)
        before, seen = megabytes(pid), Seen()
        until = time.monotonic() + SECONDS
        people = [Person(client, seen) for _ in range(PEOPLE)]
        await asyncio.gather(
            *(each.converse(questions, until, random.Random(number)) for number, each in enumerate(people))
        )
        grown = megabytes(pid) - before
        crowd = Seen()
        began = time.perf_counter()
        many = [Person(client, crowd) for _ in range(BURST)]
        await asyncio.gather(*(each.ask(questions[at % len(questions)]) for at, each in enumerate(many)))
        answered = time.perf_counter() - began
        while not await _is_quick(warm, questions[0]):
            pass
        recovered = time.perf_counter() - began
    return [
        (f"questions of {PEOPLE} people in {SECONDS:.0f} s", f"{len(seen.asked)}"),
        ("median", f"{1e3 * statistics.median(seen.asked):.0f} ms"),
        ("99th percentile", f"{1e3 * percentile(seen.asked, 0.99):.0f} ms"),
        ("longest", f"{1e3 * max(seen.asked):.0f} ms"),
        ("a source is opened in (median)", f"{1e3 * statistics.median(seen.opened):.0f} ms"),
        ("answers other than 200", f"{len(seen.faults)}"),
        ("told that many are waiting", f"{seen.busy}"),
        ("memory, and what it grew by", f"{before:.0f} MB, {grown:+.0f} MB"),
        (f"burst of {BURST}: all have a reply after", f"{answered:.1f} s"),
        ("of them told that many are waiting", f"{crowd.busy}"),
        ("answers other than 200 in the burst", f"{len(crowd.faults)}"),
        (f"the next answer comes within {QUICK} s again after", f"{recovered:.1f} s"),
    ]


async def _is_quick(person: Person, question: str) -> bool:
    await person.ask(question)
    return person.seen.asked[-1] < QUICK


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.75)
    3.0
    """
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def prepare(index: Path) -> None:
    """Make an index of 10,000 chunks, unless there is one."""
    try:
        IndexReader(index).close()
        return
    except MissingIndex:
        pass
    with tempfile.TemporaryDirectory(prefix="kenes-load-") as folder:
        articles = Path(folder) / "articles.jsonl"
        corpus(articles, CHUNKS)
        run(sys.executable, "-m", "ui.cli", "index", articles, "--index", index)


def main() -> None:
    """Measure and print a Markdown table."""
    with tempfile.TemporaryDirectory(prefix="kenes-load-") as folder:
        index = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "index"
        prepare(index)
        with IndexReader(index) as reader, reader.snapshot() as snapshot:
            chunks = snapshot.counts()[1]
        with served(index) as (address, pid):
            rows = asyncio.run(measure(address, pid))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {chunks:,} chunks\n")
    print("| what | figure |\n|---|---|")
    for name, figure in rows:
        print(f"| {name} | {figure} |")


if __name__ == "__main__":
    try:
        main()
    except KenesError as error:
        sys.exit(str(error))
