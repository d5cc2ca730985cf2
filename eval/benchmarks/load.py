"""Measures the server under load: `python -m eval.benchmarks.load [INDEX]` (four minutes: half a minute to get ready and to
ask thirty questions, three of asking, half a one for the burst; before them an index is made if none is named).

Thirty people have the page open with its shelf beside. Each looks for an article there and opens it, asks through the JSON
interface, opens the source of the answer, reads for a few seconds and begins again, for three minutes. Then two hundred ask in
the same moment. Thirty questions are asked before, so that what is loaded at first use is no growth. Server and people share
the machine; nothing but 127.0.0.1 is contacted. Without an INDEX, one of 10,000 chunks is made for the occasion.
"""

import asyncio
import json
import math
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
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from eval.benchmarks.corpus import write_corpus
from eval.benchmarks.processes import run
from eval.benchmarks.tables import Table, machine, parser_for, run_main, write_figures
from eval.datasets.questions import GOLD, load_gold
from index import IndexReader, InputError, MissingIndex

if TYPE_CHECKING:
    from httpx import AsyncClient

CHUNKS = 10_000
PEOPLE = 30
SECONDS = 180.0
READING = (3.0, 7.0)  # seconds between an answer and the next question
BURST = 200
SPACED = 5  # of so many questions one is asked before anything is measured
QUICK = 0.5  # seconds in which an answer comes when nothing else is going on
PATIENCE = 60.0  # seconds after which nobody waits for a reply any more
OK, BUSY = 200, 503  # statuses: answered, and "many people are asking"
NO_REPLY = 0  # in the place of a status


@dataclass(slots=True)
class Seen:
    """What people saw: seconds of each question, opened source and look at the shelf, how often the server was busy,
    other faults: statuses that are no answer, and `NO_REPLY`.
    """

    asked: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    shelved: list[float] = field(default_factory=list)
    busy: int = 0
    faults: list[int] = field(default_factory=list)

    def count(self, status: int) -> None:
        """Note a status that is no answer."""
        if status == BUSY:
            self.busy += 1
        elif status != OK:
            self.faults.append(status)


class Person:
    """Someone who asks the server over HTTP, and notes what comes back."""

    def __init__(self, client: "AsyncClient", seen: Seen) -> None:
        self._client = client
        self._seen = seen

    async def ask(self, question: str) -> dict[str, Any]:
        """Ask a question; its answer as JSON, empty if none came."""
        reply = await self._send(self._seen.asked, "POST", "/api/ask", {"question": question})
        answer: dict[str, Any] = json.loads(reply or "{}")
        return answer

    async def open_source(self, answer: dict[str, Any]) -> None:
        """Open the document of the first citation, or else of the first passage."""
        places = [*answer.get("citations", ()), *answer.get("passages", ())]
        if places:
            address = f"/api/documents/{quote(places[0]['document_id'], safe='')}"
            await self._send(self._seen.opened, "GET", address)

    async def arrive(self) -> None:
        """Load the page, its first screen and the beginning of its shelf."""
        for address in ("/", "/page/first?language=en", "/page/articles?language=en"):
            await self._look(address)

    async def browse(self, words: str) -> None:
        """Look for articles by the letters of a word as they are typed, and open the first that is found."""
        word = max(words.split(), key=len).strip("?.,")
        found = ""
        for length in range(1, len(word) + 1, 3):
            found = await self._look(f"/page/articles?language=en&search={quote(word[:length])}")
        document = re.search(r'data-open="([^"]+)"', found) or re.search(
            r'data-open="([^"]+)"', await self._look("/page/articles?language=en&first=50")
        )
        if document:
            place = {"document": unescape(document[1]), "start": 0, "end": 0, "language": "en"}
            await self._send(self._seen.shelved, "POST", "/page/evidence", place)

    async def _look(self, address: str) -> str:
        """What an address of the page gives; empty if it gives nothing."""
        return await self._send(self._seen.shelved, "GET", address)

    async def converse(self, questions: list[str], until: float, chance: random.Random) -> None:
        """Look at the shelf, ask, open, read, and again, until a moment of `time.monotonic`."""
        await asyncio.sleep(chance.uniform(0, READING[1]))
        await self.arrive()
        while time.monotonic() < until:
            question = chance.choice(questions)
            await self.browse(question)
            await self.open_source(await self.ask(question))
            await asyncio.sleep(chance.uniform(*READING))

    async def ask_until_quick(self, question: str) -> None:
        """Ask again and again, until an answer comes as fast as if nothing else were going on, or nobody would wait any more.

        Raises:
            InputError: no reply comes at all.
        """
        until = time.monotonic() + PATIENCE
        while (not await self.ask(question) or self._seen.asked[-1] >= QUICK) and time.monotonic() < until:
            if NO_REPLY in self._seen.faults:
                raise InputError("the server replies no more", "measure again, and look at what it prints")

    async def _send(self, seconds: list[float], method: str, address: str, content: Any = None) -> str:
        """What the server gives, empty if that is no answer; how long it took is noted among `seconds`."""
        import httpx

        began = time.perf_counter()
        try:
            reply = await self._client.request(method, address, json=content)
        except httpx.TransportError:  # the time is over, or nobody is there
            status, text = NO_REPLY, ""
        else:
            status, text = reply.status_code, reply.text
        seconds.append(time.perf_counter() - began)
        self._seen.count(status)
        return text if status == OK else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; memory in MB, times in seconds."""

    crowd: Seen
    burst: Seen
    memory: float
    growth: float
    burst_answered: float
    burst_recovered: float


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """The server over an index in a process of its own: its address and process id."""
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if not line.startswith("Kenes is at"):
                raise InputError("the server could not be started")
            yield line.split()[3], server.pid
        finally:
            server.send_signal(signal.SIGINT)


def megabytes(pid: int) -> float:
    """Memory of a process that is in use now, as Linux counts it."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    (kilobytes,) = re.findall(r"VmRSS:\s+(\d+)", status)
    return int(kilobytes) / 1024


async def measure(
    address: str, pid: int, people: int = PEOPLE, seconds: float = SECONDS, burst: int = BURST
) -> Figures:
    """Put the server under load.

    Raises:
        InputError: nothing was answered.
    """
    import httpx

    questions = [question.question for question in load_gold(GOLD)]
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        warm = Person(client, Seen())
        await warm.arrive()
        for question in questions[::SPACED]:  # of all kinds and languages
            await warm.browse(question)
            await warm.ask(question)
        before = megabytes(pid)
        crowd = await _conversations(client, questions, people, seconds)
        growth = megabytes(pid) - before
        if not crowd.opened:
            raise InputError(f"no question was answered: {sorted(set(crowd.faults))}", "look at what the server prints")
        seen, began = Seen(), time.perf_counter()
        asked = [questions[number % len(questions)] for number in range(burst)]
        await asyncio.gather(*(Person(client, seen).ask(question) for question in asked))
        answered = time.perf_counter() - began
        await warm.ask_until_quick(questions[0])
        recovered = time.perf_counter() - began
    return Figures(crowd, seen, before, growth, answered, recovered)


async def _conversations(client: "AsyncClient", questions: list[str], people: int, seconds: float) -> Seen:
    """Let people ask for so many seconds; what all of them saw."""
    seen, until = Seen(), time.monotonic() + seconds
    talks = [Person(client, seen).converse(questions, until, random.Random(number)) for number in range(people)]
    await asyncio.gather(*talks)
    return seen


def rows(figures: Figures) -> list[tuple[str, str]]:
    """The rows of the table: what was measured, and the figure."""
    crowd, burst = figures.crowd, figures.burst
    return [
        (f"questions of {PEOPLE} people in {SECONDS:.0f} s", f"{len(crowd.asked)}"),
        ("median", f"{1e3 * statistics.median(crowd.asked):.0f} ms"),
        ("99th percentile", f"{1e3 * percentile(crowd.asked, 0.99):.0f} ms"),
        ("longest", f"{1e3 * max(crowd.asked):.0f} ms"),
        ("a source is opened in (median)", f"{1e3 * statistics.median(crowd.opened):.0f} ms"),
        (
            f"looks at the shelf and the page: {len(crowd.shelved)}, median",
            f"{1e3 * statistics.median(crowd.shelved):.0f} ms",
        ),
        ("99th percentile of these", f"{1e3 * percentile(crowd.shelved, 0.99):.0f} ms"),
        ("no reply, or another status than 200 and 503", f"{len(crowd.faults)}"),
        ("refused because many are asking (503)", f"{crowd.busy}"),
        ("memory, and its growth", f"{figures.memory:.0f} MB, {figures.growth:+.0f} MB"),
        (f"burst of {BURST}: all have a reply after", f"{figures.burst_answered:.1f} s"),
        ("refused because many are asking (503)", f"{burst.busy}"),
        ("no reply, or another status than 200 and 503, in the burst", f"{len(burst.faults)}"),
        (f"an answer within {QUICK} s comes again after", f"{figures.burst_recovered:.1f} s"),
    ]


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.75)
    3.0
    """
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def prepare(index: Path) -> None:
    """Make an index of 10,000 chunks, unless there is one."""
    try:
        IndexReader(index).close()
    except MissingIndex:
        with tempfile.TemporaryDirectory(prefix="kenes-load-") as folder:
            articles = Path(folder) / "articles.jsonl"
            write_corpus(articles, CHUNKS)
            run(sys.executable, "-m", "ui.cli", "index", articles, "--index", index)


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = parser_for("load", __doc__)
    parser.add_argument("index", type=Path, nargs="?", help="the index to serve (default: one of 10,000 chunks)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kenes-load-") as folder:
        index = arguments.index or Path(folder) / "index"
        prepare(index)
        with IndexReader(index) as reader, reader.snapshot() as snapshot:
            setting = f"{machine()}, {snapshot.counts()[1]:,} chunks"
        with served(index) as (address, pid):
            figures = asyncio.run(measure(address, pid))
    print(f"{setting}\n")
    table = Table("what", "figure")
    for what, figure in rows(figures):
        table.add(what, figure)
    write_figures(arguments, f"{setting}\n\n{table.markdown()}", {"setting": setting, **asdict(figures)})


if __name__ == "__main__":
    run_main("load", main)
