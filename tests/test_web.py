"""The web client against a server on loopback: what it takes, what it refuses, and how politely it asks."""

import gzip
import io
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError, KenesError
from index.web import addresses
from index.web.addresses import is_public, normal_url
from index.web.client import Client, Validators
from index.web.connection import _unpacked
from index.web.errors import Failed, Gone, Refused
from index.web.feeds import Entry, read_feed
from index.web.robots import Rules, _fits, read_rules
from tests.web_server import Answer, Site, packed, redirect, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def client() -> Client:
    return Client(allow_private=True, pause=0)


def why(client: Client, url: str, kind: type[KenesError] = Refused) -> str:
    with pytest.raises(kind) as raised:
        client.get(url)
    assert type(raised.value) is kind
    return raised.value.what


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001:0:7f00:1::",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a b?q=1 2#top", "https://example.org/a%20b?q=1%202"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://президент.рф/о?к", "http://xn--d1abbgf6aiiy.xn--p1ai/%D0%BE?%D0%BA"),
        ("http://[::1]:80/%D0%B0", "http://[::1]/%D0%B0"),
        ("  http://example.org/a\tb\n ", "http://example.org/ab"),
    ],
)
def test_an_address_in_its_one_spelling(written: str, normal: str) -> None:
    assert normal_url(written) == normal
    assert normal_url(normal) == normal


@pytest.mark.parametrize(
    "written",
    ["", "news", "file:///etc/passwd", "ftp://a.org/", "http://", "http://[::1", "http://a:99999/", "javascript:1"],
)
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(InputError, match="is no http or https address"):
        normal_url(written)


def test_an_address_with_a_password_is_not_taken() -> None:
    with pytest.raises(InputError, match="user name or a password"):
        normal_url("https://me:secret@example.org/")


def test_a_page_comes_with_its_version(site: Site, client: Client) -> None:
    url = site.page("/a", "A", "Text", ETag='"1"')
    page = client.get(url)
    assert page is not None
    assert (page.url, page.suffix, page.charset) == (url, ".html", "utf-8")
    assert b"<p>Text</p>" in page.body
    assert page.validators == Validators('"1"', None)
    assert client.get(url, {url: page.validators}) is None
    (_, robots), (_, first), (_, second) = site.asked
    assert {headers["User-Agent"].split("/")[0] for headers in (robots, first, second)} == {"Kenes"}
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == '"1"'


def test_private_addresses_are_refused(site: Site) -> None:
    assert why(Client(), site.page("/a", "A", "Text")) == "private address 127.0.0.1"
    assert site.asked == []


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("http://127.0.0.2/", "127.0.0.2"),
        ("http://localhost:9/", "127.0.0.1|::1"),
        ("http://[::1]/", "::1"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://2130706434/", "127.0.0.2"),
        ("http://0x7f.2/", "127.0.0.2"),
    ],
)
def test_redirects_to_private_addresses_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch, target: str, address: str
) -> None:
    """The server stands for a public one, which sends visitors to places that are not."""
    first = iter([True])
    monkeypatch.setattr(addresses, "is_public", lambda each: next(first, False) or is_public(each))
    client = Client(pause=0)
    client._robots[site.address] = Rules()
    site.pages["/a"] = redirect(target)
    assert why(client, f"{site.address}/a").removeprefix("private address ") in address.split("|")
    assert site.paths() == ["/a"]


def test_a_name_is_resolved_once_and_all_its_addresses_count(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name that passes the check and then leads elsewhere."""
    port = int(site.address.rpartition(":")[2])
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    resolved = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "10.0.0.1"]]

    def resolve(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (each, port)) for each in resolved.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.page("/a", "A", "Text")
    client = Client(pause=0)
    assert client.get(f"http://news.example:{port}/a") is not None  # robots.txt and the page: two look-ups, no more
    assert len(resolved) == 2
    for _ in range(2):
        assert why(client, f"http://news.example:{port}/a") == "private address 10.0.0.1"


def test_five_redirects_are_followed_and_no_loop(site: Site, client: Client) -> None:
    site.page("/0", "A", "Text")
    for number in range(1, 7):
        site.pages[f"/{number}"] = redirect(f"/{number - 1}", 308)
    site.pages["/loop"] = redirect("/loop")
    page = client.get(f"{site.address}/5")
    assert page is not None
    assert page.url == f"{site.address}/0"
    assert why(client, f"{site.address}/6") == "more than 5 redirects"
    assert why(client, f"{site.address}/loop") == "more than 5 redirects"
    assert site.paths().count("/loop") == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "http://me:secret@example.org/", "http://["]
)
def test_redirects_to_anything_but_pages_are_refused(site: Site, client: Client, target: str) -> None:
    site.pages["/a"] = redirect(target)
    assert why(client, f"{site.address}/a") == f"redirect to {target}"


def test_a_redirect_in_cyrillic(site: Site, client: Client) -> None:
    def handler(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write("HTTP/1.0 301 Moved\r\nLocation: /су\r\n\r\n".encode())

    site.pages["/a"] = handler
    site.page("/%D1%81%D1%83", "A", "Text")
    page = client.get(f"{site.address}/a")
    assert page is not None
    assert page.url == f"{site.address}/%D1%81%D1%83"


@pytest.mark.parametrize("type", ["image/png", "application/zip", "video/mp4", "application/json", "nonsense", None])
def test_other_types_are_refused(site: Site, client: Client, type: str | None) -> None:
    site.pages["/a"] = Answer(b"x" * 10, type)
    assert why(client, f"{site.address}/a").startswith("content type ")


@pytest.mark.parametrize(
    ("type", "suffix"),
    [
        ("text/html", ".html"),
        ("Application/XHTML+XML; charset=utf-8", ".xhtml"),
        ("text/plain", ".txt"),
        ("application/pdf", ".pdf"),
        ("application/rss+xml", ".xml"),
        ("text/xml", ".xml"),
    ],
)
def test_the_types_that_are_taken(site: Site, client: Client, type: str, suffix: str) -> None:
    site.pages["/a"] = Answer(b"x", type)
    page = client.get(f"{site.address}/a")
    assert page is not None
    assert page.suffix == suffix


def chunked(handler: BaseHTTPRequestHandler) -> None:
    """A body without end, whose size is not said."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    try:
        while True:
            handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
    except OSError:
        pass


def test_bodies_that_are_too_large_are_refused(site: Site) -> None:
    client = Client(allow_private=True, pause=0, size_limit=100_000)
    site.pages["/said"] = Answer(b"x", headers={"Content-Length": "100001"})
    site.pages["/endless"] = chunked
    site.pages["/bomb"] = packed(b"\0" * 50_000_000)
    site.pages["/bombs"] = Answer(gzip.compress(b"\0" * 60_000) * 2, headers={"Content-Encoding": "gzip"})
    site.pages["/full"] = packed(b"x" * 100_000)
    for path in ("/said", "/endless", "/bomb", "/bombs"):
        assert why(client, site.address + path) == "larger than 0.1 MB", path
    page = client.get(f"{site.address}/full")
    assert page is not None
    assert page.body == b"x" * 100_000


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_gzip_in_members_is_unpacked_whole(parts: list[bytes]) -> None:
    stream = io.BytesIO(b"".join(gzip.compress(part) for part in parts))
    assert b"".join(_unpacked(iter(lambda: stream.read(7), b""))) == b"".join(parts)


def test_what_is_cut_off_is_not_taken(site: Site, client: Client) -> None:
    site.pages["/plain"] = Answer(b"half", headers={"Content-Length": "8"})
    site.pages["/packed"] = Answer(gzip.compress(b"text" * 1000)[:-20], headers={"Content-Encoding": "gzip"})
    site.pages["/chunks"] = lambda handler: (
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf"
        )
        and None
    )
    for path in ("/plain", "/packed", "/chunks"):
        assert why(client, site.address + path, Failed) == "cut off on the way", path


def test_answers_that_are_none(site: Site, client: Client) -> None:
    site.pages["/hung-up"] = lambda handler: None
    site.pages["/nonsense"] = lambda handler: handler.wfile.write(b"\x00\xff nonsense\r\n\r\n") and None
    site.pages["/br"] = Answer(b"x", headers={"Content-Encoding": "br"})
    site.pages["/no-gzip"] = Answer(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert why(client, f"{site.address}/hung-up", Failed).startswith("no connection")
    assert why(client, f"{site.address}/nonsense", Failed) == "no proper HTTP answer (BadStatusLine)"
    assert why(client, f"{site.address}/br") == "packed as br"
    assert why(client, f"{site.address}/no-gzip", Failed) == "no proper HTTP answer (error)"


@pytest.mark.parametrize(("status", "kind"), [(404, Gone), (410, Gone), (403, Failed), (500, Failed), (204, Failed)])
def test_errors_of_the_server(site: Site, client: Client, status: int, kind: type[KenesError]) -> None:
    site.pages["/a"] = Answer("no", status=status)
    assert why(client, f"{site.address}/a", kind) == f"HTTP {status}"


def test_a_busy_server_is_left_alone(site: Site, client: Client) -> None:
    site.pages["/a"] = Answer("no", status=429)
    site.page("/b", "B", "Text")
    assert why(client, f"{site.address}/a", Failed) == "HTTP 429"
    assert why(client, f"{site.address}/b", Failed) == "127.0.0.1 asks for fewer requests"
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"], ids=["head", "body"])
def test_a_slow_server_is_not_waited_for(site: Site, sent: bytes) -> None:
    """It sends a byte every now and then, so that it is never silent for long."""
    done = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(sent or b"HTTP/1.1 200 OK\r\nX: ")
            while not done.wait(0.05):
                handler.wfile.write(b"x")
        except OSError:
            done.set()

    site.pages["/a"] = drip
    client = Client(allow_private=True, pause=0, time_limit=0.5)
    client._robots[site.address] = Rules()
    try:
        assert why(client, f"{site.address}/a", Failed) == "not there within 0.5 seconds"
    finally:
        done.set()


def test_nobody_listens(client: Client) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert why(client, f"http://127.0.0.1:{port}/", Failed) == "no connection (Connection refused)"


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_a_certificate_must_hold(site: Site, client: Client, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    site.use_tls(certificate, key)
    site.page("/a", "A", "Text")
    url = f"{site.address.replace('http:', 'https:').replace('127.0.0.1', 'localhost')}/a"
    assert why(client, url, Failed) == "its certificate does not hold (self-signed certificate)"
    trusting = Client(allow_private=True, pause=0)
    trusting._tls.load_verify_locations(certificate)
    page = trusting.get(url)
    assert page is not None
    assert b"<p>Text</p>" in page.body
    assert why(trusting, url.replace("localhost", "127.0.0.1"), Failed).startswith(
        "its certificate does not hold (IP address"
    )


def test_a_host_that_is_not_known(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert why(client, "http://news.invalid/", Failed) == "no host news.invalid is known"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /", []),
        ("User-agent: *\nDisallow:", ["/a", "/a.pdf", "/b/c?d=1"]),
        ("User-agent: kenes\nDisallow: /a\n\nUser-agent: *\nDisallow: /", ["/b/c?d=1"]),
        ("User-Agent: Kenes/1.0\nUser-agent: other\nDisallow: /b # all of it", ["/a", "/a.pdf"]),
        ("User-agent: other\nDisallow: /\nUser-agent: *\nCrawl-delay: 2\nDisallow: /*?", ["/a", "/a.pdf"]),
        ("User-agent: *\nDisallow: /\nAllow: /a$\nAllow: /b", ["/a", "/b/c?d=1"]),
        ("User-agent: *\nAllow: /\nDisallow: /*.pdf$", ["/a", "/b/c?d=1"]),
        ("User-agent: kenesbot\nDisallow: /", ["/a", "/a.pdf", "/b/c?d=1"]),
        ("Disallow: /\nnonsense\n<html>", ["/a", "/a.pdf", "/b/c?d=1"]),
        ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", []),
    ],
)
def test_rules_of_robots(robots: str, allowed: list[str]) -> None:
    rules = read_rules(robots)
    assert [path for path in ("/a", "/a.pdf", "/b/c?d=1") if rules.allow(path)] == allowed


@given(st.text("ab*$", max_size=8), st.text("ab$", max_size=12))
def test_patterns_of_robots_are_those_of_a_regular_expression(pattern: str, path: str) -> None:
    body = pattern.removesuffix("$")
    end = r"\Z" if pattern.endswith("$") else ""
    expression = ".*".join(re.escape(part) for part in body.split("*")) + end
    assert _fits(pattern, path) == bool(re.match(expression, path))


def test_robots_in_cyrillic_and_in_percent() -> None:
    rules = read_rules("User-agent: *\nDisallow: /жаңалық\nDisallow: /%d1%81%d1%83")
    assert not rules.allow("/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B/1")
    assert not rules.allow("/%D1%81%D1%83")


def test_robots_is_obeyed_on_every_hop(site: Site, client: Client) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /closed", "text/plain")
    site.page("/closed", "A", "Text")
    site.pages["/open"] = redirect("/closed")
    assert why(client, f"{site.address}/closed") == "robots.txt"
    assert why(client, f"{site.address}/open") == "robots.txt"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open"]


def test_a_site_whose_robots_fails_is_not_read(site: Site, client: Client) -> None:
    site.pages["/robots.txt"] = Answer("", status=500)
    assert why(client, site.page("/a", "A", "Text")) == "robots.txt cannot be read (HTTP 500)"
    assert site.paths() == []


@pytest.mark.parametrize(("delay", "pauses"), [("", [1.0, 1.0, 1.0]), ("Crawl-delay: 7", [7.0, 7.0, 7.0])])
def test_a_pause_between_requests_to_one_host(site: Site, delay: str, pauses: list[float]) -> None:
    slept: list[float] = []
    site.pages["/robots.txt"] = Answer(f"User-agent: *\n{delay}\nDisallow: /x", "text/plain")
    client = Client(allow_private=True, sleep=slept.append)
    for path in "abc":
        client.get(site.page(f"/{path}", "A", "Text"))
    assert [round(seconds) for seconds in slept] == pauses


def test_a_site_that_wants_an_hour_between_two_visits(site: Site, client: Client) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 3600", "text/plain")
    assert why(client, site.page("/a", "A", "Text")) == "robots.txt asks for 3600 seconds between two requests"


RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Су жаңалықтары</title>
<link>https://news.example/</link>
<item><title>Баға &lt;b&gt;өсті&lt;/b&gt; &amp;amp; тағы</title><link>/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate></item>
<item><title>Second</title><guid>https://news.example/2</guid><dc:date xmlns:dc="x">2024-03-06T01:00:00Z</dc:date></item>
<item><title>Again</title><link>https://news.example/1#top</link></item>
<item><title>No page</title><guid isPermaLink="false">17</guid></item>
<item><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title><!-- a note -->
<entry><title type="html">One &amp;lt; two</title><link rel="self" href="https://a.example/self"/>
<link href="one"/><updated>2024-03-07T00:00:00Z</updated><published>2024-03-05T00:00:00+05:00</published></entry></feed>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entries_of_rss(encoding: str) -> None:
    source = "Су жаңалықтары"
    assert read_feed(RSS.format(encoding=encoding).encode(encoding), "https://news.example/feed") == [
        Entry("https://news.example/1", "Баға өсті & тағы", "2024-03-05", source),
        Entry("https://news.example/2", "Second", "2024-03-06", source),
    ]


def test_entries_of_atom() -> None:
    assert read_feed(ATOM.encode(), "https://a.example/x/feed") == [
        Entry("https://a.example/x/one", "One < two", "2024-03-05", "Site")
    ]


def test_a_feed_that_is_not_quite_xml() -> None:
    raw = (
        b"<rss><channel><title>A&nbsp;B</title><item><title>Q&A</title><link>https://a.example/?a=1&b=2</link></item>"
        b"<item><title><![CDATA[R&D <b>now</b>]]></title><link><![CDATA[https://a.example/?c=1&d=2]]></link></item>"
    )
    assert read_feed(raw, "https://a.example/") == [
        Entry("https://a.example/?a=1&b=2", "Q&A", None, "A B"),
        Entry("https://a.example/?c=1&d=2", "R&D now", None, "A B"),
    ]


@pytest.mark.parametrize("raw", [b"", b"<html><item><link>https://a.example/</link></item></html>", b"\0\xff", b"{}"])
def test_what_is_no_feed(raw: bytes) -> None:
    assert read_feed(raw, "https://a.example/") is None


def test_a_feed_opens_no_files_and_is_no_bomb() -> None:
    outside = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>T&x;</title><link>https://a.example/</link></item></channel></rss>'
    (entry,) = read_feed(outside, "https://a.example/") or []
    assert entry.title == "T&x;"
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{laughs}]><rss><channel><item><title>&l9;</title><link>https://a.example/</link></item></channel></rss>'
    assert len(str(read_feed(bomb.encode(), "https://a.example/"))) < 1000
