"""Where a database is: `postgresql://user:password@host:port,host:port/database?schema=name`, read as libpq reads it."""

import getpass
import os
import re
import shlex
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

from index.analysis.unicode import one_line
from index.errors import InputError

SCHEMES = ("postgresql://", "postgres://")
EXAMPLE = "postgresql://user@host:5432/database"
PORT = 5432
SCHEMA = "kenes"
_MODES = ("disable", "require", "verify-full")
_KNOWN = {"host", "port", "sslmode", "sslrootcert", "target_session_attrs", "schema"}
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Host:
    """A server: a name and a port, or a folder that holds its socket."""

    name: str
    port: int

    @property
    def socket(self) -> str | None:
        """The path of its socket, None if it is reached by TCP."""
        return f"{self.name}/.s.PGSQL.{self.port}" if self.name.startswith("/") else None

    @property
    def written(self) -> str:
        """Its name as an address has it."""
        return f"[{self.name}]" if ":" in self.name and not self.socket else self.name

    def __str__(self) -> str:
        return f"{self.written}:{self.port}"


@dataclass(frozen=True, slots=True)
class Address:
    """An index in a database. `str` of it can be read again, but holds no password, so that it may stand in messages.

    Attributes:
        hosts: tried in this order.
        sslmode: `disable`, `require` (encrypted), `verify-full` (and the certificate is checked, with those in `sslrootcert`
            or the system's own). Unless it is said, hosts on other machines must prove who they are.
        writable: take only a server that may be written to.
    """

    hosts: tuple[Host, ...]
    user: str
    database: str
    password: str | None = field(default=None, repr=False)
    sslmode: str | None = None
    sslrootcert: str | None = None
    writable: bool = False
    schema: str = SCHEMA

    def __str__(self) -> str:
        by_socket = any(host.socket for host in self.hosts)
        hosts = "" if by_socket else ",".join(map(str, self.hosts))
        options = {
            "host": ",".join(host.written for host in self.hosts) if by_socket else None,
            "port": ",".join(str(host.port) for host in self.hosts) if by_socket else None,
            "sslmode": self.sslmode,
            "sslrootcert": self.sslrootcert,
            "target_session_attrs": "primary" if self.writable else None,
            "schema": None if self.schema == SCHEMA else self.schema,
        }
        query = urlencode({name: value for name, value in options.items() if value}, safe="/,[]:", quote_via=quote)
        place = f"{quote(self.user, safe='')}@{hosts}/{quote(self.database, safe='')}"
        return f"postgresql://{place}?{query}" if query else f"postgresql://{place}"

    def tls(self, host: Host) -> ssl.SSLContext | None:
        """How to encrypt the way to a host; None for not at all."""
        if host.socket or (self.sslmode or _default_mode(host)) == "disable":
            return None
        context = ssl.create_default_context(cafile=self.sslrootcert)
        if self.sslmode == "require":
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def password_for(self, host: Host) -> str | None:
        """The password for a host: of the address, of PGPASSWORD, or of the password file; None if there is none."""
        return self.password or os.environ.get("PGPASSWORD") or _from_password_file(self, host)


def export_command(address: Address, shards: Sequence[Address] = (), *, anew: bool = False) -> str:
    """The command that brings an index into a database, without the passwords.

    >>> export_command(read_address("postgresql://anna:secret@db.example/press"), anew=True)
    'kenes export --to postgresql://anna@db.example:5432/press --anew'
    """
    named = ["kenes", "export", "--to", str(address)]
    for shard in shards:
        named += ["--shard", str(shard)]
    return shlex.join([*named, "--anew"] if anew else named)


def is_address(where: str) -> bool:
    """Whether an index is in a database, not in a folder.

    >>> is_address("postgresql://anna@db.example/press"), is_address("articles/postgresql")
    (True, False)
    """
    return where.startswith(SCHEMES)


def read_address(text: str) -> Address:
    """Read an address.

    Raises:
        InputError: it is none; the message does not repeat it, as it may hold a password.

    >>> str(read_address("postgresql://anna:secret@one,two:5433/press?schema=letters"))
    'postgresql://anna@one:5432,two:5433/press?schema=letters'
    """
    rest = text.partition("://")[2]
    place, _, query = rest.partition("?")
    options = _options(query)
    authority, _, database = place.partition("/")
    login, _, servers = authority.rpartition("@")
    user, colon, password = login.partition(":")
    user = unquote(user) or os.environ.get("PGUSER") or getpass.getuser()
    schema = options.get("schema", SCHEMA)
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise InputError("the schema in the database's address is no plain name", "use small letters, digits and _")
    return Address(
        tuple(_hosts(options.get("host") or servers, options.get("port"))),
        user,
        unquote(database) or user,
        unquote(password) if colon else None,
        options.get("sslmode"),
        options.get("sslrootcert"),
        options.get("target_session_attrs") in ("read-write", "primary"),
        schema,
    )


def _options(query: str) -> Mapping[str, str]:
    options = dict(parse_qsl(query))
    for name in options.keys() - _KNOWN:
        raise InputError(
            f'the database\'s address has an option "{one_line(name)[:40]}", which is not known',
            f"known are {', '.join(sorted(_KNOWN))}",
        )
    if options.get("sslmode") not in (None, *_MODES):
        raise InputError("the sslmode in the database's address is not known", f"known are {', '.join(_MODES)}")
    return options


def _hosts(servers: str, ports: str | None) -> Iterator[Host]:
    """The hosts of a list such as `one,two:5433,[::1]:5432` or `/run/postgresql`."""
    for at, server in enumerate(servers.split(",")):
        found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|/.*|[^:/\[\]]*)(?::([0-9]{1,5}))?", unquote(server))
        port = found and (found[2] or _nth(ports, at) or PORT)
        if not found or not str(port).isdigit() or not 0 < int(port or 0) < 65536:
            raise InputError("the host in the database's address cannot be read", f"write it as {EXAMPLE}")
        yield Host(found[1].strip("[]") or "localhost", int(port or 0))


def _nth(listed: str | None, at: int) -> str | None:
    """The element of a list for a place; a list of one stands for all."""
    parts = listed.split(",") if listed else []
    return parts[at] if at < len(parts) else (parts[0] if len(parts) == 1 else None)


def _default_mode(host: Host) -> str:
    return "disable" if host.name in _HERE else "verify-full"


def _from_password_file(address: Address, host: Host) -> str | None:
    """The password of the first line that fits in `~/.pgpass`: host:port:database:user:password, * fits everything."""
    path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = ("localhost" if host.socket else host.name, str(host.port), address.database, address.user)
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", each) for each in re.split(r"(?<!\\):", line)]
        if len(fields) == 5 and all(have in ("*", want) for have, want in zip(fields, wanted, strict=False)):
            return fields[4]
    return None
