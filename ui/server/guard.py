"""Stands before the whole server: who may ask (Host, Origin, password), for which paths, how much, and under what policy.

What is not in `OPEN` does not exist, whatever Gradio offers under it: uploads, file and proxy routes, monitoring, run
history are refused by their names alone, before anything is looked up.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from ui.server.address import LOOPBACK, host_name, is_address
from ui.server.doorkeeper import Doorkeeper

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 64 * 1024  # bytes
SLOWED = 1.0  # seconds that a wrong password takes

# Our own pages and interface, then what Gradio's page needs to be drawn; it has no events.
OPEN = re.compile(
    r"/|/page/[a-z]+(?:\.[a-z]+)?|/page/download/[a-z]+"
    r"|/api|/api/(?:ask|search|status|sources|themes|timeline|documents|openapi\.json|documents/.{1,500})"
    r"|/config|/gradio_api/info|/theme\.css|/assets/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)+"
)
LOGIN = "/login"
DOOR = re.compile(r"/login|/page/icon\.svg")  # for those who are not in yet
LEAVING = "/logout"
READ = re.compile(r"/api(?:/(?!(?:ask|search)$).*)?")  # what takes no POST
SHARED = re.compile(r"/api/.*")  # with the pages of other sites that the owner names
LASTING = re.compile(r"/assets/.*")  # Gradio's files have their hash in their name

NO_STORE = b"no-store"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",  # no inline script, no eval
        "style-src 'self' 'unsafe-inline'",  # Gradio writes style attributes
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",  # to log in and out
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # with none at all, a form would send "null" as its origin
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that goes no further: status, and a sentence that says why."""

    status: int
    message: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


PREFLIGHT = Refusal(204, "")  # a browser asks whether it may ask
TOO_LARGE = Refusal(413, f"the request is larger than {BODY_LIMIT // 1024} KB")


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware. `hosts` are the names under which people may come; with `any_address` also every IP address
    (a foreign page can make a browser come under a name of its own, but not under a bare address). `door` lets in those
    who log in; None lets in everybody. Pages of `origins` may use the JSON interface from a browser. What is sent to a path of
    `streamed` is passed on as it comes, and bounded there.
    """

    app: App
    hosts: frozenset[str] = LOOPBACK
    any_address: bool = False
    door: Doorkeeper | None = None
    origins: frozenset[str] = frozenset()
    streamed: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, answer the rest."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        sealed = _sealed(scope["path"], send, self._allowed_origin(scope))
        refusal = self.refusal(scope)
        if refusal is None and scope["path"] in self.streamed:
            await self.app(scope, receive, sealed)
            return
        if refusal is None:
            body = await _body(receive)
            if body is not None:
                await self.app(scope, _replay(body, receive), sealed)
                return
            refusal = TOO_LARGE
        if refusal.status == 401 and any(name == b"authorization" for name, _ in scope["headers"]):
            await asyncio.sleep(SLOWED)
        await _refuse(refusal, sealed)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Why a request may not pass, from its head alone; None if it may."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if [name for name, _ in scope["headers"]].count(b"host") != 1 or not self._is_known(host):
            return Refusal(421, "this server does not go by that name; its owner can name it: kenes chat --name NAME")
        origin = headers.get("origin", "")
        if origin and not _same_origin(origin, host):
            if self._allowed_origin(scope) is None:
                return Refusal(
                    403, "another site may not ask here; its owner can let it: kenes chat --allow-origin URL"
                )
            if scope["method"] == "OPTIONS":
                return PREFLIGHT
        if self.door is not None and not DOOR.fullmatch(scope["path"]) and not self.door.knows(headers, _sender(scope)):
            return _stranger(scope, headers)
        if not self._is_open(scope["path"]):
            return Refusal(404, "there is nothing here")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            allowed = b"GET, HEAD" if READ.fullmatch(scope["path"]) else b"GET, HEAD, POST"
            return Refusal(405, "only GET and POST are answered", ((b"allow", allowed),))
        length = headers.get("content-length", "0")
        if not length.isdecimal() or (int(length) > BODY_LIMIT and scope["path"] not in self.streamed):
            return TOO_LARGE
        return None

    def _allowed_origin(self, scope: Scope) -> bytes | None:
        """The other site that asks, if its pages may ask this."""
        for name, value in scope["headers"]:
            if name == b"origin" and value.decode("latin-1") in self.origins and SHARED.fullmatch(scope["path"]):
                return bytes(value)
        return None

    def _is_open(self, path: str) -> bool:
        return bool(OPEN.fullmatch(path)) or (self.door is not None and path in (LOGIN, LEAVING))

    def _is_known(self, host: str) -> bool:
        name = host_name(host)
        return name in self.hosts or (self.any_address and is_address(name))


def _same_origin(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _sender(scope: Scope) -> str:
    """The address of who asks; behind another server, that one's."""
    return str((scope.get("client") or ("",))[0])


def _stranger(scope: Scope, headers: dict[str, str]) -> Refusal:
    """Where somebody is sent who is not let in: people to the form, programs back with what they have to bring."""
    path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
    if scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", ""):
        wanted = quote(f"{path}?{query}" if query else path)
        return Refusal(303, "log in first", ((b"location", f"{LOGIN}?next={wanted}".encode()),))
    basic = ((b"www-authenticate", b'Basic realm="Kenes"'),) if SHARED.fullmatch(path) else ()
    return Refusal(401, "a name and a password are needed", basic)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None as soon as it is too large."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += bytes(message.get("body", b""))
        if len(body) > BODY_LIMIT:
            return None
        if not message.get("more_body"):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    messages: Iterable[Message] = iter(({"type": "http.request", "body": body, "more_body": False},))

    async def replayed() -> Message:
        for message in messages:
            return message
        return await receive()

    return replayed


def _sealed(path: str, send: Send, origin: bytes | None) -> Send:
    """`send`, with our headers on every response, and without what Gradio tells other origins.

    Args:
        path: that is asked for.
        send: sends the response.
        origin: another site whose pages may read the response.
    """
    cache = NO_STORE
    if LASTING.fullmatch(path):
        cache = b"public, max-age=31536000, immutable"
    more = _sharing(origin) if origin else ()

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in HEADERS}
            kept = [
                (name, value)
                for name, value in message.get("headers", ())
                if name.lower() not in own
                and not name.lower().startswith(b"access-control-")
                and name.lower() not in (b"cache-control", b"server")
            ]
            fresh = cache if message["status"] == 200 else NO_STORE
            message = {**message, "headers": [*kept, *HEADERS, *more, (b"cache-control", fresh)]}
        await send(message)

    return sealed


def _sharing(origin: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """The headers (CORS) that let pages of another site ask, and read what comes; no cookie is ever sent."""
    return (
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"authorization, content-type"),
        (b"access-control-max-age", b"600"),
        (b"vary", b"origin"),
    )


async def _refuse(refusal: Refusal, send: Send) -> None:
    if refusal is PREFLIGHT:
        await send({"type": "http.response.start", "status": refusal.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    body = json.dumps({"error": refusal.message, "fix": None}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
