"""A polite HTTP client: obeys robots.txt, waits between requests, and bounds redirects, sizes and times."""

import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import SplitResult, urljoin, urlsplit

from index.errors import InputError, KenesError
from index.web.addresses import normal_url
from index.web.connection import SIZE_LIMIT, TIME_LIMIT, Connection, read_body
from index.web.errors import Failed, Gone, Refused
from index.web.robots import Rules, read_rules

PAUSE = 1.0  # seconds between two requests to one host
_LONGEST_DELAY = 60.0  # seconds: who asks for more wants no visit
_REDIRECTS = 5
_REDIRECT_CODES = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_XML = ("application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml")
# The suffix of each type that is taken.
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "application/pdf": ".pdf"}
_SUFFIXES |= dict.fromkeys(_XML, ".xml")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server calls the version of a page that it sent, to ask whether there is a newer one (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Download:
    """A page as it was sent: `url` is where it was found in the end, `suffix` is that of its kind, ".html"."""

    url: str
    suffix: str
    body: bytes
    charset: str | None = None
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class _Reply:
    url: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Client:
    """Fetches one page at a time.

    Args:
        allow_private: also from private addresses, of this machine or its network.
        pause: seconds between two requests to one host; a longer Crawl-delay of its robots.txt counts.
        time_limit: seconds for one request.
        size_limit: bytes of one page, unpacked.
        sleep: how to wait.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        pause: float = PAUSE,
        time_limit: float = TIME_LIMIT,
        size_limit: int = SIZE_LIMIT,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._allow_private = allow_private
        self._pause = pause
        self._time_limit = time_limit
        self._size_limit = size_limit
        self._sleep = sleep
        self._tls = ssl.create_default_context()
        self._robots: dict[str, Rules | KenesError] = {}  # by "https://host:port"
        self._last: dict[str, float] = {}  # request to a host
        self._busy: set[str] = set()  # hosts that asked to be left alone

    def get(self, url: str, known: Mapping[str, Validators] | None = None) -> Download | None:
        """Fetch a page; None if it is still the version that is known.

        Args:
            url: as `normal_url` gives it.
            known: the version we have, by the address where the page was found.

        Raises:
            Refused: a rule forbids it.
            Failed: it did not arrive; `Gone` if there is no such page.
        """
        reply = self._follow(url, known or {})
        if reply.status == 304 and known and reply.url in known:
            return None
        if reply.status in (404, 410):
            raise Gone(f"HTTP {reply.status}")
        if reply.status != 200:
            raise Failed(f"HTTP {reply.status}", "try again later, or open it in a browser")
        validators = Validators(reply.headers.get("ETag"), reply.headers.get("Last-Modified"))
        charset = reply.headers.get_content_charset()
        return Download(reply.url, _suffix_of(reply.headers), reply.body, charset, validators)

    def _follow(self, url: str, known: Mapping[str, Validators], *, is_robots: bool = False) -> _Reply:
        """The first reply that is no redirect."""
        for _ in range(_REDIRECTS + 1):
            parts = urlsplit(url)
            rules = Rules() if is_robots else self._allowed(parts)
            self._wait(parts.hostname or "", max(self._pause, rules.delay))
            reply = self._request(url, known.get(url, Validators()).conditions(), is_robots=is_robots)
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECT_CODES or not location:
                return reply
            url = _target(url, location)
        raise Refused(f"more than {_REDIRECTS} redirects")

    def _allowed(self, parts: SplitResult) -> Rules:
        """The rules of a site, if they allow this page.

        Raises:
            Refused: they do not.
        """
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        rules = self._robots[site]
        if isinstance(rules, KenesError):
            raise rules
        if not rules.allow(parts.path + (f"?{parts.query}" if parts.query else "")):
            raise Refused("robots.txt", "the site wants no programs there; save the page from a browser")
        if rules.delay > _LONGEST_DELAY:
            raise Refused(f"robots.txt asks for {rules.delay:.0f} seconds between two requests")
        return rules

    def _read_robots(self, site: str) -> Rules | KenesError:
        """A site that has no robots.txt allows everything; one whose robots.txt fails allows nothing (RFC 9309, 2.3.1)."""
        try:
            reply = self._follow(f"{site}/robots.txt", {}, is_robots=True)
        except (Refused, Failed) as error:
            return error
        if reply.status == 200:
            return read_rules(reply.body.decode("utf-8", "replace"))
        if 400 <= reply.status < 500 and reply.status not in _BUSY:
            return Rules()
        return Refused(f"robots.txt cannot be read (HTTP {reply.status})", "try again later")

    def _wait(self, host: str, pause: float) -> None:
        if host in self._busy:
            raise Failed(f"{host} asks for fewer requests", "try again later")
        if host in self._last:
            left = self._last[host] + pause - time.monotonic()
            if left > 0:
                self._sleep(left)

    def _request(self, url: str, conditions: dict[str, str], *, is_robots: bool) -> _Reply:
        parts = urlsplit(url)
        host = parts.hostname or ""
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip", "Connection": "close", **conditions}
        with Connection(parts, self._tls, self._time_limit, allow_private=self._allow_private) as connection:
            try:
                response = connection.send_request(headers)
                is_wanted = response.status == 200
                if is_wanted and not is_robots:
                    _suffix_of(response.headers)  # before the body is read
                body = read_body(response, self._size_limit) if is_wanted else b""
            finally:
                self._last[host] = time.monotonic()
        if response.status in _BUSY:
            self._busy.add(host)
        return _Reply(url, response.status, response.headers, body)


def user_agent() -> str:
    """How we introduce ourselves: "Kenes/0.2.0"."""
    try:
        return f"Kenes/{version('kenes')}"
    except PackageNotFoundError:  # run from a checkout
        return "Kenes"


def _suffix_of(headers: http.client.HTTPMessage) -> str:
    kind = headers.get("Content-Type", "none").partition(";")[0].strip().lower()
    if kind not in _SUFFIXES:
        raise Refused(f"content type {kind[:50]}", "only pages, feeds, plain text and PDF are taken")
    return _SUFFIXES[kind]


def _target(url: str, location: str) -> str:
    """Where a redirect leads; servers write letters outside ASCII as UTF-8, which `http.client` reads as Latin-1."""
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return normal_url(urljoin(url, written))
    except (InputError, ValueError):
        raise Refused(f"redirect to {written[:100]}") from None
