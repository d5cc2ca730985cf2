"""One HTTP request over one connection, ended when its time is up; and its body, unpacked and bounded."""

import http.client
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from socket import SHUT_RDWR, socket
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult

from index.web.addresses import PORTS, connect
from index.web.errors import Failed, Refused

SIZE_LIMIT = 10_000_000  # bytes of a page, unpacked
TIME_LIMIT = 60.0  # seconds for one request
_SILENCE_LIMIT = 20.0  # seconds without a byte
_BLOCK = 65_536  # bytes


class Connection(http.client.HTTPConnection):
    """A context in which one request is sent and its body read; whatever goes wrong is raised as `Failed` or `Refused`."""

    def __init__(self, parts: SplitResult, tls: ssl.SSLContext, time_limit: float, *, allow_private: bool) -> None:
        self.default_port = PORTS[parts.scheme]  # is left out of the Host header
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._target = parts._replace(scheme="", netloc="").geturl() or "/"
        self._tls = tls if parts.scheme == "https" else None
        self._allow_private = allow_private
        self._time_limit = time_limit
        self._silence_limit = min(_SILENCE_LIMIT, time_limit)
        self._timer = threading.Timer(time_limit, self._end)
        self._timer.daemon = True
        self._is_late = threading.Event()
        self._opened: socket | None = None
        self._response: http.client.HTTPResponse | None = None

    def connect(self) -> None:
        """Connect to an address that was checked."""
        self._opened = connect(self.host, self.port, self._silence_limit, allow_private=self._allow_private)
        if self._tls:
            self._opened = self._tls.wrap_socket(self._opened, server_hostname=self.host, do_handshake_on_connect=False)
            self._opened.do_handshake()
        self.sock = self._opened

    def send_request(self, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Ask for the page; its status and headers are there, its body is not read yet."""
        self.request("GET", self._target, headers=headers)
        self._response = self.getresponse()
        return self._response

    def _end(self) -> None:
        """Wake whoever waits for this server."""
        self._is_late.set()
        if self._opened is not None:
            with suppress(OSError):
                self._opened.shutdown(SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self.close()
        if self._response is not None:
            self._response.close()  # it holds the socket open
        if self._opened is not None:
            self._opened.close()
        if self._is_late.is_set():
            raise Failed(f"not there within {self._time_limit:g} seconds", "try again later") from None
        if isinstance(error, (OSError, http.client.HTTPException, zlib.error)):
            raise _failure(error, self._silence_limit) from None


def _failure(error: Exception, seconds: float) -> Failed:
    if isinstance(error, TimeoutError):
        return Failed(f"no answer within {seconds:g} seconds", "try again later")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failed(f"its certificate does not hold ({error.verify_message})")
    if isinstance(error, http.client.IncompleteRead):
        return Failed("cut off on the way", "try again")
    if isinstance(error, OSError):
        return Failed(f"no connection ({error.strerror or error})", "check the address and the connection")
    return Failed(f"no proper HTTP answer ({type(error).__name__})")


def read_body(response: http.client.HTTPResponse, limit: int = SIZE_LIMIT) -> bytes:
    """The body of a response, unpacked.

    Raises:
        Refused: it has more than `limit` bytes, packed or unpacked, or is packed in another way than gzip.
        Failed: it ends too early.
    """
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", "deflate"):
        raise Refused(f"packed as {packing[:20]}")
    if (response.length or 0) > limit:
        raise _too_large(limit)
    body = bytearray()
    blocks = _blocks(response)
    for block in blocks if packing == "identity" else _unpacked(blocks):
        body += block
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _too_large(limit: int) -> Refused:
    return Refused(f"larger than {limit / 1e6:g} MB", "save it from a browser")


def _blocks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while block := response.read1(_BLOCK):
        yield block
    if response.length:
        raise Failed("cut off on the way", "try again")


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip (of one or more members) or zlib, a block at a time, so that a bomb is noticed as it grows."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    for block in blocks:
        while block:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            yield unpacker.decompress(block, _BLOCK)
            block = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise Failed("cut off on the way", "try again")
