"""Addresses: loopback by default, others only when that is meant, and no name is looked up."""

import socket

import pytest

from index import InputError
from ui.server.address import is_everywhere, known_hosts, listen, url


def test_loopback_needs_no_leave() -> None:
    for host in ("127.0.0.1", "localhost"):
        with listen(host, 0, open_to_others=False) as listening:
            assert listening.getsockname()[0] == "127.0.0.1"
            assert url(host, listening).startswith(f"http://{host}:")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "8.8.8.8"])
def test_other_addresses_need_a_password_or_a_word(host: str) -> None:
    with pytest.raises(InputError, match="--auth FILE, or let everybody in with --public"):
        listen(host, 0, open_to_others=False)


def test_all_addresses_when_that_is_meant() -> None:
    with listen("0.0.0.0", 0, open_to_others=True) as listening:
        assert listening.getsockname()[0] == "0.0.0.0"
    assert is_everywhere("0.0.0.0")
    assert is_everywhere("::")
    assert not is_everywhere("127.0.0.1")


def test_names_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("looked up"))
    with pytest.raises(InputError, match="no address in figures"):
        listen("news.example", 0, open_to_others=True)


def test_a_taken_port_is_named() -> None:
    with listen("127.0.0.1", 0, open_to_others=False) as first, pytest.raises(InputError, match="cannot be used"):
        listen("127.0.0.1", first.getsockname()[1], open_to_others=False)


def test_known_hosts() -> None:
    assert known_hosts("0.0.0.0", ["News.Example"]) >= {"localhost", "127.0.0.1", "::1", "news.example"}
