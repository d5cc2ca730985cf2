"""A web server of the tests' own on loopback, whose pages are put into a dictionary."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Answer:
    """What a page sends: its body, its type, and further headers."""

    body: str | bytes = b""
    type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        etag = self.headers.get("ETag")
        is_known = etag is not None and handler.headers["If-None-Match"] == etag
        handler.send_response(304 if is_known else self.status)
        if self.type:
            handler.send_header("Content-Type", self.type)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        if is_known:
            handler.end_headers()
            return
        if "Content-Length" not in self.headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@dataclass
class Site:
    """A running server: put a page into `pages`; `asked` holds the path and the headers of every request."""

    address: str
    server: ThreadingHTTPServer
    pages: dict[str, Handler] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths asked for, less robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def use_tls(self, certificate: Path, key: Path) -> None:
        """Speak TLS from now on, with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def page(self, path: str, title: str, text: str, head: str = "", **more: str) -> str:
        """Put up a page with a title and a text; its address."""
        markup = f"<!doctype html><html><head><title>{title}</title>{head}</head><body><p>{text}</p></body></html>"
        self.pages[path] = Answer(markup, headers=more)
        return self.address + path


def redirect(to: str, status: int = 302) -> Answer:
    """Sends visitors elsewhere."""
    return Answer(status=status, headers={"Location": to})


def packed(body: bytes) -> Answer:
    """A page that is sent packed."""
    return Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


@contextmanager
def serving() -> Iterator[Site]:
    """A server on a free port of 127.0.0.1."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            site.pages.get(self.path, Answer("nothing here", status=404))(self)

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *arguments: object) -> None:
            pass  # a client that hangs up is no error here

    server = Server(("127.0.0.1", 0), Pages)
    site = Site(f"http://127.0.0.1:{server.server_port}", server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
