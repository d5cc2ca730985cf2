"""Where the server may listen, and by which names it may be called; no name is ever looked up."""

import ipaddress
import re
import socket
from collections.abc import Iterable

from index import InputError

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
BACKLOG = 1024


def listen(host: str, port: int, *, open_to_others: bool) -> socket.socket:
    """A socket at an address of this machine.

    Args:
        host: an address in figures, or `localhost`.
        port: 0 for any that is free.
        open_to_others: whether an address that other machines reach is meant.

    Raises:
        InputError: it is no such address, it is one for others and that was not meant, or it cannot be had.
    """
    address = "127.0.0.1" if host == "localhost" else host
    if not is_address(address):
        raise InputError(
            f'"{host}" is no address in figures', "give one of this machine's: 127.0.0.1, or 0.0.0.0 for all"
        )
    if not ipaddress.ip_address(address).is_loopback and not open_to_others:
        raise InputError(
            f"other machines can reach {host}", "ask for a password with --auth FILE, or let everybody in with --public"
        )
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise InputError(
            f"{host} port {port} cannot be used: {error.strerror or error}", "port 0 takes a free one"
        ) from None


def url(host: str, listening: socket.socket) -> str:
    """The address that a browser is given."""
    port = listening.getsockname()[1]
    if ":" in host:  # IPv6
        host = f"[{host}]"
    return f"http://{host}:{port}"


def known_hosts(host: str, names: Iterable[str]) -> frozenset[str]:
    """The names under which a server at an address may be called."""
    return LOOPBACK.union(map(str.lower, (host, *names)))


def is_everywhere(host: str) -> bool:
    """Whether an address stands for all addresses of the machine."""
    return is_address(host) and ipaddress.ip_address(host).is_unspecified


def is_address(name: str) -> bool:
    """Whether a name is a bare IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def origin_of(site: str) -> str:
    """The origin of another site, as its pages send it.

    >>> origin_of("https://News.example/")
    'https://news.example'

    Raises:
        InputError: it is no address of a whole site.
    """
    scheme, _, host = site.strip().lower().removesuffix("/").partition("://")
    if scheme not in ("http", "https") or not host_name(host):
        raise InputError(f'"{site[:80]}" is no address of a site', "give it without a path: https://news.example")
    return f"{scheme}://{host}"


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; empty if it is none.

    >>> host_name("[::1]:7860"), host_name("Localhost"), host_name("a@b"), host_name("localhost:port")
    ('::1', 'localhost', '', '')
    """
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::[0-9]{1,5})?", host)
    if not found:
        return ""
    return (found[1] or found[2]).lower()
