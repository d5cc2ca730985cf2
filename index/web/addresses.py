"""Internet addresses: an URL in one spelling, and a connection to a public address only.

A name is resolved once, every address it stands for is checked, and the connection goes to an address that was checked: a
name that resolves to something else a moment later (DNS rebinding) gains nothing.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit, urlunsplit

from index.errors import InputError
from index.web.errors import Failed, Refused

PORTS = {"http": 80, "https": 443}
_SAFE = "%/:@!$&'()*+,;=~-._"  # what a path may hold as it is (RFC 3986); a query may hold "?", too
# What `is_global` lets through, in some versions of Python or in all.
_NOT_PUBLIC = (
    ip_network("168.63.129.16"),  # where Azure answers its virtual machines
    ip_network("192.0.0.0/24"),  # for protocols; Oracle's cloud keeps metadata there
    ip_network("64:ff9b:1::/48"),  # NAT64 of one network (RFC 8215)
    ip_network("fec0::/10"),  # site-local
)
_EMBEDS_IPV4 = (ip_network("64:ff9b::/96"), ip_network("::/96"), ip_network("::ffff:0:0/96"))  # in the last four bytes


def normal_url(written: str) -> str:
    """An http or https address in its one spelling: ASCII, host in small letters, no fragment.

    Raises:
        InputError: it is none, or holds a password.

    >>> normal_url("HTTPS://Қазақ.example:443/жаңалық?q=су#top")
    'https://xn--80aau21bd.example/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B?q=%D1%81%D1%83'
    """
    try:
        parts = urlsplit(written.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:  # UnicodeError is one
        host = ""
    if not host or parts.scheme not in PORTS:
        raise InputError(f'"{written}" is no http or https address', "write it like https://example.org/page")
    if parts.username or parts.password:
        raise InputError("an address holds a user name or a password, which would be stored", "leave them out")
    place = f"[{host}]" if ":" in host else host
    if port != PORTS[parts.scheme]:
        place += f":{port}"
    return urlunsplit((parts.scheme, place, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE + "?[]"), ""))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: not private, loopback, link-local, multicast or reserved.

    >>> [is_public(each) for each in ("93.184.215.14", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%eth0")]
    [True, False, False, False, False]
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = _embedded(ip) or ip
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to, if it is of such a kind."""
    if any(ip in network for network in _EMBEDS_IPV4):
        return IPv4Address(ip.packed[-4:])
    return ip.sixtofour


def connect(host: str, port: int, timeout: float, *, allow_private: bool) -> socket.socket:
    """Connect to a host; `timeout` in seconds holds for the connection, and for each later read and write.

    Raises:
        Refused: one of its addresses is not public.
        Failed: it does not exist.
        OSError: none of its addresses answers.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Failed(f"no host {host} is known", "check the address and the connection") from None
    for *_, place in found:
        if not allow_private and not is_public(str(place[0])):
            raise Refused(f"private address {place[0]}", "--allow-private lets it in, if you trust that page")
    error = OSError("no address")
    for family, kind, protocol, _, place in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(place)
            return connection
        except OSError as refused:
            connection.close()
            error = refused
    raise error
