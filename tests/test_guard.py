"""The guard: who may come, for what, and how much; nothing is looked up for what is closed."""

import asyncio
import base64
import random
from typing import Any

import pytest

from index import InputError
from ui.server.address import origin_of
from ui.server.doorkeeper import Doorkeeper
from ui.server.guard import BODY_LIMIT, OPEN, Guard, Message, Receive, Scope, Send
from ui.server.throttle import Throttle

GRADIO_CLOSED = (
    "/gradio_api/upload",
    "/gradio_api/upload_progress",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=http://169.254.169.254/",
    "/gradio_api/file/etc/passwd",
    "/file=/etc/passwd",
    "/gradio_api/proxy=http://127.0.0.1:1/",
    "/proxy=http://example.com",
    "/gradio_api/stream/a/b/1/playlist.m3u8",
    "/gradio_api/runs",
    "/gradio_api/run-history/records",
    "/gradio_api/deep_link",
    "/gradio_api/component_server",
    "/gradio_api/process_recording",
    "/gradio_api/vibe-edit",
    "/gradio_api/custom_component/a/b/c/d.js",
    "/gradio_api/queue/join",
    "/gradio_api/call/ask",
    "/gradio_api/dev/reload",
    "/gradio_api/profiling/traces",
    "/monitoring",
    "/monitoring/summary",
    "/svelte/../../etc/passwd",
    "/static/../../etc/passwd",
    "/login",
    "/docs",
    "/openapi.json",
    "/manifest.json",
    "/pwa_icon",
    "/gradio_api/mcp/sse",
)


async def _inner(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says how many bytes it was sent, and tells every origin."""
    message = await receive()
    size = str(len(message["body"])).encode()
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"access-control-allow-origin", b"*"),
                (b"server", b"gradio"),
                (b"x-frame-options", b"ALLOWALL"),
            ],
        }
    )
    await send({"type": "http.response.body", "body": size})


def ask(
    path: str = "/",
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: tuple[bytes, ...] = (b"",),
    guard: Guard | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a request."""
    sent: list[Message] = []
    parts = [{"type": "http.request", "body": part, "more_body": at < len(body) - 1} for at, part in enumerate(body)]
    given = {"host": "127.0.0.1:7860", **(headers or {})}
    scope: dict[str, Any] = {
        "type": "http",
        "path": path,
        "method": method,
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run((guard or Guard(_inner))(scope, receive, send))
    shown = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], shown, sent[1]["body"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7860", "", "a@localhost", "10.0.0.1", "[::2]"],
)
def test_an_unknown_host_is_refused(host: str) -> None:
    assert ask(headers={"host": host})[0] == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:7860", "[::1]:7860"])
def test_known_hosts_are_let_in(host: str) -> None:
    assert ask(headers={"host": host})[0] == 200


def test_bound_to_all_addresses_bare_addresses_are_known_and_strange_names_are_not() -> None:
    guard = Guard(_inner, frozenset({"news.example"}), any_address=True)
    assert [
        ask(headers={"host": host}, guard=guard)[0] for host in ("10.0.0.1", "news.example:80", "evil.example")
    ] == [
        200,
        200,
        421,
    ]


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        "http://localhost:7860",
        "file://",
        "http://[",
        "ftp://127.0.0.1:7860",
    ],
)
def test_a_foreign_origin_is_refused(origin: str) -> None:
    assert ask(headers={"origin": origin})[0] == 403


def test_its_own_origin_is_let_in_behind_tls_as_well() -> None:
    assert ask(headers={"origin": "http://127.0.0.1:7860"})[0] == 200
    assert ask(headers={"origin": "https://127.0.0.1:7860"})[0] == 200


@pytest.mark.parametrize("path", GRADIO_CLOSED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_gradio_leaves_open_is_closed(path: str, method: str) -> None:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        pytest.fail("it was looked up")

    assert ask(path, method=method, guard=Guard(inner))[0] == 404


def traversals() -> list[str]:
    """250 ways to ask for a file that is not offered, as the server sees them once they are decoded."""
    chance = random.Random(0)
    ways = ["../", "..\\", "%2e%2e/", "..%2f", "%252e%252e%252f", "....//", "..;/", "/./", "//", "\u2025/", "..\x00/"]
    roots = [
        "/assets/",
        "/page/",
        "/static/",
        "/gradio_api/file=",
        "/api/",
        "/page/download/",
        "/svelte/",
        "/",
        "/theme.css/",
    ]
    files = ["etc/passwd", "proc/self/environ", "root/.ssh/id_rsa", "store.db", "pyproject.toml", "windows/win.ini"]
    return [
        chance.choice(roots) + chance.choice(ways) * chance.randint(1, 8) + chance.choice(files) for _ in range(250)
    ]


def test_250_traversals_are_not_looked_up() -> None:
    assert len(traversals()) == 250
    assert [path for path in traversals() if OPEN.fullmatch(path)] == []


def test_large_bodies_are_refused_whether_or_not_they_say_so() -> None:
    assert ask("/api/ask", method="POST", body=(b"x" * BODY_LIMIT,))[2] == str(BODY_LIMIT).encode()
    assert ask("/api/ask", method="POST", headers={"content-length": str(BODY_LIMIT + 1)})[0] == 413
    assert ask("/api/ask", method="POST", headers={"content-length": "-1"})[0] == 413
    status, _, body = ask("/api/ask", method="POST", body=(b"x" * 40_000, b"x" * 40_000))
    assert status == 413
    assert b"64 KB" in body


def test_other_methods_are_refused() -> None:
    assert {ask("/api/ask", method=method)[0] for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")} == {405}


def test_a_refused_method_names_those_that_are_answered() -> None:
    allowed = {path: ask(path, method="PUT")[1]["allow"] for path in ("/api", "/api/ask", "/api/search", "/api/status")}
    assert allowed == {
        "/api": "GET, HEAD",
        "/api/ask": "GET, HEAD, POST",
        "/api/search": "GET, HEAD, POST",
        "/api/status": "GET, HEAD",
    }


SITE = "https://news.example"


def test_pages_of_a_named_site_may_use_the_json_interface_and_nothing_else() -> None:
    guard = Guard(_inner, door=Doorkeeper({"aizhan": "x"}), origins=frozenset({SITE}))
    status, headers, _ = ask("/api/ask", method="OPTIONS", headers={"origin": SITE}, guard=guard)
    assert (status, headers["access-control-allow-origin"], headers["vary"]) == (204, SITE, "origin")
    assert "authorization" in headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in headers
    asked = ask("/api/ask", method="POST", headers={"origin": SITE}, guard=guard)
    assert (asked[0], asked[1]["access-control-allow-origin"]) == (401, SITE)  # it still has to say who it is
    for origin, path in ((SITE, "/page/ask"), (SITE, "/"), (f"{SITE}.evil", "/api/ask"), ("null", "/api/ask")):
        for method in ("OPTIONS", "POST"):
            status, headers, _ = ask(path, method=method, headers={"origin": origin}, guard=guard)
            assert status == 403, (origin, path)
            assert "access-control-allow-origin" not in headers
    assert ask("/api/ask", headers={"origin": SITE, "host": "evil.example"}, guard=guard)[0] == 421


@pytest.mark.parametrize(
    "site", ["", "*", "null", "news.example", "ftp://a", "https://a/b", "https://a?b", "https://a@b"]
)
def test_what_is_no_site_cannot_be_let_in(site: str) -> None:
    with pytest.raises(InputError, match="no address of a site"):
        origin_of(site)


@pytest.mark.parametrize("status", [200, 404])
def test_every_response_bears_the_policy_and_none_tells_other_origins(status: int) -> None:
    found, headers, _ = ask("/" if status == 200 else "/nothing")
    assert found == status
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert not {"access-control-allow-origin", "server"} & headers.keys()


def test_only_files_with_their_hash_in_the_name_are_kept_by_browsers() -> None:
    assert "immutable" in ask("/assets/Index-abc123.js")[1]["cache-control"]


def test_a_password_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    door = Doorkeeper({"aizhan": "құпия", "": "empty"}, Throttle(clock=lambda: 0.0))
    guard = Guard(_inner, door=door)

    def status(given: str) -> int:
        return ask("/api/ask", headers={"authorization": given}, guard=guard)[0]

    def basic(text: str) -> str:
        return "Basic " + base64.b64encode(text.encode()).decode()

    status_of_all, headers, _ = ask("/api/ask", guard=guard)
    assert (status_of_all, headers["www-authenticate"]) == (401, 'Basic realm="Kenes"')
    for path in ("/", "/page/ask", "/config", "/nowhere"):  # the page has a form, so no browser shows its own dialog
        status_of_all, headers, _ = ask(path, guard=guard)
        assert status_of_all == 401
        assert "www-authenticate" not in headers
    assert status(basic("aizhan:құпия")) == 200
    wrong = ["aizhan:", "aizhan:x", "other:құпия", "other:", "aizhan"]
    assert {status(basic(text)) for text in wrong} == {401}
    assert {status(text) for text in ("Bearer x", "Basic ???", "Basic " + base64.b64encode(b"\xff").decode(), "")} == {
        401
    }
    assert len(slept) == 9
    assert "құпия" not in repr(guard)


def test_sockets_are_not_answered() -> None:
    async def never(*_: Any) -> Any:
        pytest.fail("it was passed on")

    asyncio.run(Guard(never)({"type": "websocket", "path": "/"}, never, never))
