"""Runs a `kenes` command that can reach loopback only: `python -m tests.offline TRIED kenes-arguments…`.

Whatever else it tries, name look-ups included, fails and is written to the file TRIED.
"""

import ipaddress
import sys
from pathlib import Path
from typing import Any

NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
PLACES = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def is_loopback(host: Any) -> bool:
    """Whether a host is written in figures and is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def watch(tried: Path) -> None:
    """Refuse and write down every attempt from now on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in NAMES:
            host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        elif event in PLACES and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        else:
            return
        if not is_loopback(host):
            with tried.open("a", encoding="utf-8") as file:
                file.write(f"{event} {arguments}\n")
            raise OSError(f"offline: {event}")

    sys.addaudithook(hook)


if __name__ == "__main__":
    from ui.cli import main

    watch(Path(sys.argv.pop(1)))
    main()
