"""Kills the primary server in the middle of an export, again and again: `python -m eval.benchmarks.failover [--data DIR] [--times N]`.

Two servers of its own, one a synchronous standby of the other. Drawn articles are exported to an address that names both; some
moment after a batch was reported as committed the primary is killed (SIGKILL), the standby is promoted, and what was reported is looked
for there. A reader of the same address is asked from the kill on until it answers. Then the export goes on, with a new standby.
"""

import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from eval.benchmarks.growth import apart, indexing, write_articles
from eval.benchmarks.postgres_server import USER, PostgresServer
from eval.benchmarks.tables import Table, machine, parser_for, run_main, write_figures
from eval.datasets.sets import tasks_of
from index import IndexReader
from index.errors import StoreError, UnreachableIndex
from index.export import export
from index.store.postgresql.address import Address, read_address
from index.store.postgresql.reader import PostgresReader

TEXTS, FIRST, ARTICLES, TIMES = "xquad_en", 500, 8_000, 10
LONGEST_WAIT = 1.0  # seconds from a commit to the kill, at most
PATIENCE = 60.0  # seconds until a reader counts as lost


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: documents reported as committed by then, how many of them are lost, and seconds until a reader was back."""

    reported: int
    lost: int
    back_s: float


class Pair:
    """A primary and its standby; they change places."""

    def __init__(self) -> None:
        self.primary = PostgresServer().make().start()
        self.standby = self._standby()

    def _standby(self) -> PostgresServer:
        """A new standby, for which every commit of the primary waits."""
        made = PostgresServer()
        where = ("-h", str(self.primary.folder), "-p", str(self.primary.port), "-U", USER)
        made.command("pg_basebackup", *where, "-D", str(made.data), "--write-recovery-conf", "--checkpoint", "fast")
        made.start()
        self._wait_for_standby("'*'")
        return made

    def _wait_for_standby(self, names: str) -> None:
        where = ("-h", str(self.primary.folder), "-p", str(self.primary.port), "-U", USER, "-d", "postgres")
        self.primary.command("psql", *where, "-c", f"ALTER SYSTEM SET synchronous_standby_names = {names}")
        self.primary.command("pg_ctl", "reload", "--pgdata", str(self.primary.data))

    def address(self) -> Address:
        """One address for both."""
        first, second = (read_address(each.by_socket) for each in (self.primary, self.standby))
        return replace(first, hosts=first.hosts + second.hosts)

    def promote(self) -> None:
        """Let the standby take the place of the killed primary, and make a new standby."""
        self.primary.__exit__()
        self.primary = self.standby
        self.primary.command("pg_ctl", "promote", "--wait", "--pgdata", str(self.primary.data))
        self._wait_for_standby("''")

    def renew(self) -> None:
        """Make a new standby."""
        self.standby = self._standby()

    def close(self) -> None:
        for server in (self.standby, self.primary):
            server.__exit__()


@contextmanager
def pair() -> Iterator[Pair]:
    """Two servers, which are gone afterwards."""
    made = Pair()
    try:
        yield made
    finally:
        made.close()


def killed(folder: Path, servers: Pair, chance: random.Random) -> Kill:
    """Export until the primary is killed, and look what its standby has."""
    address, done = servers.address(), [0]
    held = _held(address)
    due = [id for id in _documents(folder) if id not in held]
    with PostgresReader(address) as reader:
        back: list[float] = []

        def kill() -> None:
            began = time.monotonic()
            servers.primary.stop(signal.SIGKILL)
            back.append(_back(reader) - began)

        timer = threading.Timer(chance.uniform(0, LONGEST_WAIT), kill)

        def committed(count: int, _: int) -> None:
            if not done[0]:
                timer.start()
            done[0] = count

        with suppress(UnreachableIndex):
            export(folder, address, on_progress=committed)
        timer.join()
    servers.promote()
    there = _held(address)
    return Kill(done[0], sum(id not in there for id in due[: done[0]]), back[0])


def _documents(folder: Path) -> list[str]:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        return list(snapshot.fingerprints())


def _held(address: Address) -> set[str]:
    """The documents in the database; none if there is no index yet."""
    with suppress(StoreError), PostgresReader(address) as reader, reader.snapshot() as snapshot:
        return {stored.id for stored in snapshot.stored_documents()}
    return set()


def _back(reader: PostgresReader) -> float:
    """When a reader answers again."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            with reader.snapshot() as snapshot:
                snapshot.counts()
            return time.monotonic()
        except UnreachableIndex:
            if time.monotonic() > ends:
                raise


def main() -> None:
    """Measure and print the table."""
    parser = parser_for("failover", __doc__)
    parser.add_argument("--data", type=Path, default=Path(), help="the folder of the sets")
    parser.add_argument("--times", type=int, default=TIMES, help="how often the primary is killed")
    arguments = parser.parse_args()
    texts = [row["text"] for row in tasks_of(TEXTS, arguments.data)[0].passages]
    print(f"{machine()}, client and servers together\n")
    table, kills, chance = (
        Table("kill", "articles reported", "of them lost", "a reader is back after"),
        [],
        random.Random(0),
    )
    with tempfile.TemporaryDirectory(prefix="kenes-failover-") as temporary, pair() as servers:
        articles, folder = Path(temporary) / "articles.jsonl", Path(temporary) / "index"
        for size in (FIRST, ARTICLES):
            write_articles(articles, texts, size)
            apart(indexing, articles, folder)
            if size == FIRST:
                export(folder, servers.address())
        for number in range(1, arguments.times + 1):
            kills.append(killed(folder, servers, chance))
            table.add(str(number), str(kills[-1].reported), str(kills[-1].lost), f"{kills[-1].back_s:.2f} s")
            servers.renew()
        report = export(folder, servers.address())
        print(f"\nthen {report.added} articles more, {report.unchanged} there: {report.chunks} chunks in all")
    write_figures(arguments, table.markdown(), list(map(asdict, kills)))


if __name__ == "__main__":
    run_main("failover", main)
