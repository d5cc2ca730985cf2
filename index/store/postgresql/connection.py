"""A connection to PostgreSQL: SQL with ? for every value, which is always bound; errors that name the database and the way out."""

import re
import shlex
import socket
import ssl
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from index.errors import (
    BusyIndex,
    DamagedIndex,
    FullDisk,
    KenesError,
    MissingIndex,
    StoreError,
    UnreachableIndex,
    needed,
)
from index.store.postgresql.address import Address, Host, export_command

if TYPE_CHECKING:
    from pg8000.native import Connection as Driver
    from pg8000.native import PreparedStatement

SET_UP = "python3 -m ui.setup --postgresql"
CONNECT_S = 5.0  # until a host has let us in, or the next one is tried
REPLY_S = 60.0  # until a database that says nothing to a reader counts as gone; a writer waits, as an HNSW index takes its time
_TLS_REQUEST = 80877103
_REPEAT = "then run the same command again; it goes on where it stopped"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a class of PostgreSQL's codes means: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

    codes: tuple[str, ...]
    error: type[KenesError]
    what: str
    fix: str


_MEANINGS = (
    _Meaning(
        ("08", "57P", "53300"),
        UnreachableIndex,
        "the database {address} is not there: {message}",
        "see whether it runs with {look}, then ask again",
    ),
    _Meaning(
        ("28",),
        StoreError,
        "the database {address} lets nobody in: {message}",
        "check the user, and the password in the address, in PGPASSWORD or in ~/.pgpass",
    ),
    _Meaning(
        ("42P01", "3F000", "3D000"),
        MissingIndex,
        "no index in {address}: {message}",
        "{export}",
    ),
    _Meaning(("0A000",), StoreError, "{address} says: {message}", "install pgvector 0.8 or newer beside PostgreSQL"),
    _Meaning(("42501",), StoreError, "{address} says: {message}", "ask whoever looks after it for this right"),
    _Meaning(
        ("53100",),
        FullDisk,
        "no room on the disk of {address}; everything committed before is kept",
        f"make room, {_REPEAT}",
    ),
    _Meaning(("25006",), BusyIndex, "{address} is a standby: {message}", "name the primary server"),
    _Meaning(("",), DamagedIndex, "the database {address} says: {message}", "ask whoever looks after it"),
)


class Connection:
    """One connection. Every statement is prepared once, and planned for the values that it gets."""

    def __init__(self, address: Address, *, write: bool = False) -> None:
        """Connect to the first host that lets us in.

        Args:
            address: with one host or several.
            write: take only a server that may be written to, and let a statement take as long as it needs.

        Raises:
            UnreachableIndex: none of the hosts replies.
            MissingPart: the driver is not installed.
        """
        self.address = address
        self._prepared: dict[str, PreparedStatement] = {}
        with translated(address):
            self._driver = _connect(address, write=write or address.writable, reply_s=None if write else REPLY_S)
        self.execute("SELECT set_config('plan_cache_mode', 'force_custom_plan', false)")
        self.take_schema()

    def take_schema(self) -> None:
        """Find our tables by their names alone, and pgvector's types, in whatever schema that was installed."""
        found = self.execute(
            "SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'"
        )
        schemas = ", ".join(
            f'"{name}"' for name in (self.address.schema, *(row[0].replace('"', '""') for row in found))
        )
        self.execute("SELECT set_config('search_path', ?, false)", (schemas,))

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        with translated(self.address):
            if sql not in self._prepared:
                numbers = count()
                self._prepared[sql] = self._driver.prepare(re.sub(r"\?", lambda _: f":v{next(numbers)}", sql))
            rows = self._prepared[sql].run(**{f"v{at}": _bindable(value) for at, value in enumerate(values)})
            return [tuple(row) for row in rows or ()]

    def script(self, sql: str) -> None:
        """Run statements without values, several at once."""
        with translated(self.address):
            self._driver.run(sql)

    def copy(self, table: str, columns: str, blocks: Iterable[bytes]) -> None:
        """Add rows to a table; see `copying` for the blocks."""
        with translated(self.address):
            self._driver.run(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)", stream=blocks)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        self.execute("BEGIN")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """Leave a transaction, even one that failed."""
        with suppress(Exception):  # it is over if the connection is
            self.script("ROLLBACK")

    def close(self) -> None:
        with suppress(Exception):  # the other side may be gone
            self._driver.close()


def _bindable(value: Any) -> Any:
    """A value without what PostgreSQL takes in no text, and no stored text holds: NUL, and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return [_bindable(each) for each in value] if isinstance(value, list) else value


def _connect(address: Address, *, write: bool, reply_s: float | None) -> "Driver":
    """A connection to the first host that lets us in; the error of the last one if none does."""
    from pg8000.native import Connection as Driver
    from pg8000.native import Error

    for host in address.hosts:
        try:
            opened = _socket(host, address.tls(host))
            driver = Driver(
                address.user,
                sock=opened,
                database=address.database,
                password=address.password_for(host) or "",
                ssl_context=False,
                application_name="kenes",
            )
        except (Error, OSError):
            if host == address.hosts[-1]:
                raise
            continue
        opened.settimeout(reply_s)
        if not write or driver.run("SHOW transaction_read_only") == [["off"]]:
            return driver
        driver.close()
    raise BusyIndex(f"no server of {address} may be written to", "name the primary server")


def _socket(host: Host, tls: ssl.SSLContext | None) -> socket.socket:
    """A way to a server, encrypted if it is to be."""
    if host.socket:
        opened = socket.socket(socket.AF_UNIX)
    else:
        opened = socket.create_connection((host.name, host.port), CONNECT_S)
    try:
        opened.settimeout(CONNECT_S)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if host.socket:
            opened.connect(host.socket)
        return _encrypted(opened, host, tls) if tls else opened
    except BaseException:
        opened.close()
        raise


def _encrypted(opened: socket.socket, host: Host, tls: ssl.SSLContext) -> socket.socket:
    """See https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL."""
    opened.sendall(struct.pack(">ii", 8, _TLS_REQUEST))
    if opened.recv(1) != b"S":
        raise OSError("the server does not encrypt; on a network that you trust, add ?sslmode=disable to the address")
    return tls.wrap_socket(opened, server_hostname=host.name)


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn what the driver and the network raise into errors that name the database and the way out.

    None of them repeats the password.
    """
    with needed("an index in PostgreSQL", SET_UP):
        from pg8000.native import DatabaseError, InterfaceError
    try:
        yield
    except DatabaseError as error:
        raise _meaning(address, error.args[0]) from None
    except (InterfaceError, OSError) as error:
        cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
        raise _meaning(address, {"C": "08", "M": str(cause)}) from None


def _meaning(address: Address, told: Mapping[str, str]) -> KenesError:
    """The error for what PostgreSQL says: its code under C, its message under M."""
    meaning = next(each for each in _MEANINGS if told.get("C", "").startswith(each.codes))
    host = address.hosts[0]
    parts = {
        "address": address,
        "export": export_command(address),
        "message": " ".join(told.get("M", "").split()),
        "look": f"pg_isready --host {shlex.quote(host.name)} --port {host.port}",
    }
    return meaning.error(meaning.what.format(**parts), meaning.fix.format(**parts))
