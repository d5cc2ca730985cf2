"""Logging in and out: the form, the cookie and its end, guesses that have to wait; by HTTP and in a real browser."""

import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests import made_answers
from tests.accessibility import violations
from tests.browsing import LOCALES, Visit
from tests.conftest import PATIENCE
from ui.html.texts import say
from ui.server import login
from ui.server.doorkeeper import Doorkeeper
from ui.server.sessions import COOKIE, LASTS, Sessions
from ui.server.throttle import FIRST_WAIT, FORGOTTEN, FREE, LONGEST_WAIT, Throttle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

USERS = {"айжан": "құпия сөз", "boris": "p:w"}


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


# ---- sessions


def test_a_session_is_known_until_it_ends_and_after_a_restart() -> None:
    clock = Clock()
    sessions = Sessions(USERS, clock)
    token = sessions.begin("айжан")
    assert token.isascii()
    assert [Sessions(USERS, clock).name_of(token), sessions.name_of(token)] == ["айжан"] * 2
    assert sessions.begin("айжан") != token
    clock.now += LASTS - 1
    assert sessions.name_of(token) == "айжан"
    clock.now += 1
    assert sessions.name_of(token) is None


def test_a_session_ends_when_its_person_logs_out_or_gets_another_password_or_is_gone() -> None:
    clock = Clock()
    sessions = Sessions(USERS, clock)
    left, kept = sessions.begin("boris"), sessions.begin("boris")
    sessions.end(left)
    sessions.end("nonsense")
    assert (sessions.name_of(left), sessions.name_of(kept)) == (None, "boris")
    assert Sessions({"boris": "other"}, clock).name_of(kept) is None
    assert Sessions({"айжан": "құпия сөз"}, clock).name_of(kept) is None


def test_no_forged_token_is_taken() -> None:
    sessions = Sessions(USERS, Clock())
    token = sessions.begin("boris")
    name, end, nonce, signature = token.split(".")
    other = sessions.begin("айжан").split(".")
    forged = [
        f"{name}.{int(end) + 1}.{nonce}.{signature}",
        f"{other[0]}.{end}.{nonce}.{signature}",
        f"{name}.{end}.{other[2]}.{signature}",
        f"{name}.{end}.{nonce}.",
        f"{name}.{end}.{nonce}.{signature[:-1]}",
        f"{name}.{end}.{nonce}.{signature}a",
        f"{name}.-1.{nonce}.{signature}",
        f"{name}.{'9' * 5000}.{nonce}.{signature}",
        f"{name}.²³.{nonce}.{signature}",
        *("", ".", "...", "....", "a", "a.b.c.d", f"{token}\n", "%%%.1.a.b", "ә.1.a.ә"),
    ]
    assert [each for each in forged if sessions.name_of(each)] == []
    for at in range(len(token)):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert sessions.name_of(changed) is None or changed.split(".")[0] != name  # base64 has spare bits


# ---- guesses


def test_wrong_guesses_wait_longer_and_longer_and_are_forgotten() -> None:
    clock = Clock()
    door = Doorkeeper(USERS, Throttle(clock))
    assert [door.is_right("boris", "x", "10.0.0.7") for _ in range(FREE)] == [False] * FREE
    assert door.wait("boris", "10.0.0.7") == FIRST_WAIT
    assert not door.is_right("boris", "p:w", "10.0.0.7")  # not even looked at
    assert door.is_right("boris", "p:w", "10.0.0.8")  # others are not locked out
    assert door.is_right("айжан", "құпия сөз", "10.0.0.7")
    clock.now += FIRST_WAIT
    assert not door.is_right("boris", "x", "10.0.0.7")
    assert door.wait("boris", "10.0.0.7") == 2 * FIRST_WAIT
    for _ in range(20):
        clock.now += LONGEST_WAIT
        door.is_right("boris", "x", "10.0.0.7")
    assert door.wait("boris", "10.0.0.7") == LONGEST_WAIT
    clock.now += FORGOTTEN + 1
    door.is_right("boris", "x", "10.0.0.7")
    assert door.wait("boris", "10.0.0.7") == 0
    assert door.is_right("boris", "p:w", "10.0.0.7")


def test_a_right_password_forgets_the_wrong_ones() -> None:
    door = Doorkeeper(USERS, Throttle(Clock()))
    for _ in range(3):
        for _ in range(FREE - 1):
            door.is_right("boris", "x", "10.0.0.7")
        assert door.is_right("boris", "p:w", "10.0.0.7")


# ---- by HTTP


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("login"), users=USERS) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=PATIENCE, headers={"accept": "text/html"}) as made:
        yield made


def log_in(client: httpx.Client, password: str = "құпия сөз", **more: str) -> httpx.Response:
    return client.post("/login", data={"name": "айжан", "password": password, **more})


@pytest.mark.slow
def test_who_is_not_in_sees_the_form_and_nothing_else(client: httpx.Client) -> None:
    first = client.get("/?q=why%20so")
    assert (first.status_code, first.headers["location"]) == (303, "/login?next=/%3Fq%3Dwhy%2520so")
    form = client.get(first.headers["location"], headers={"accept-language": "kk"})
    assert say("kk", "login_title") in form.text
    assert "<script" not in form.text
    assert "www-authenticate" not in form.headers
    for path in ("/page/page.js", "/config", "/page/texts.json", "/api/status", "/page/articles"):
        assert client.get(path, headers={"accept": "*/*"}).status_code == 401, path
    assert client.post("/page/ask", json={"question": "Why?"}).status_code == 401
    assert client.post("/logout").status_code == 401


@pytest.mark.slow
def test_the_right_password_lets_in_until_the_log_out(client: httpx.Client) -> None:
    reply = log_in(client, next="/?q=why")
    assert (reply.status_code, reply.headers["location"]) == (303, "/?q=why")
    cookie = reply.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", f"Max-Age={LASTS}", "Path=/"):
        assert part in cookie
    assert "Secure" not in cookie
    assert client.get("/").status_code == 200
    assert client.get("/api/status").json()["documents"] == 15
    assert client.get("/login?next=/api").headers["location"] == "/api"
    kept = client.cookies[COOKIE]
    left = client.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert client.get("/").status_code == 303
    assert client.get("/", headers={"cookie": f"{COOKIE}={kept}"}).status_code == 303  # not for who copied it, either


@pytest.mark.slow
def test_a_wrong_password_is_told_and_many_have_to_wait(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_: float) -> None:
        return None

    monkeypatch.setattr(login, "asyncio", SimpleNamespace(sleep=at_once))
    for _ in range(FREE):
        reply = client.post("/login", data={"name": "nobody", "password": "x", "language": "ru", "next": "/?q=a"})
        assert (reply.status_code, say("ru", "login_wrong") in reply.text) == (401, True)
        assert 'value="/?q=a"' in reply.text
        assert 'value="nobody"' in reply.text
        assert "set-cookie" not in reply.headers
    reply = client.post("/login", data={"name": "nobody", "password": "x", "language": "ru"})
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "30")
    assert say("ru", "login_wait", minutes=1) in reply.text
    assert log_in(client).status_code == 303  # others are not locked out


@pytest.mark.slow
def test_nobody_is_sent_elsewhere_or_logged_in_by_another_site(client: httpx.Client) -> None:
    for wanted in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\r\nx: y",
        "x",
    ):
        assert log_in(client, next=wanted).headers["location"] == "/"
    evil = client.post("/login", data={"name": "boris", "password": "p:w"}, headers={"origin": "http://evil.example"})
    assert evil.status_code == 403
    tls = client.post("/login", data={"name": "boris", "password": "p:w"}, headers={"origin": client_origin(client)})
    assert "Secure" in tls.headers["set-cookie"]
    hostile = client.get("/login", params={"next": '/"><script>alert(1)</script>'}, headers={"cookie": ""})
    assert "<script" not in hostile.text
    for body in (b"\xff\xfe", b"name=" + b"&a=b" * 100, b"{}"):
        assert client.post("/login", content=body).status_code == 401


def client_origin(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/").replace("http:", "https:")


@pytest.mark.slow
def test_programs_keep_their_password_in_the_head(client: httpx.Client) -> None:
    auth = httpx.BasicAuth("айжан".encode(), "құпия сөз".encode())
    assert client.get("/api/status", auth=auth).status_code == 200
    refused = client.get("/api/status", headers={"accept": "application/json"})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Basic realm="Kenes"')


# ---- in a browser


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"color_scheme": "light"}, {"forced_colors": "active"}], ids=str
)
def test_the_form_has_no_fault_for_anyone(browser: "Browser", address: str, language: str, look: Any) -> None:
    options = {"locale": LOCALES[language], "viewport": {"width": 320, "height": 600}, "bypass_csp": True}
    context = browser.new_context(**options, **look)
    page = context.new_page()
    page.goto(address)
    page.fill("#login_name", f"nobody {language} {look}")
    page.fill("#login_password", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#problem:has-text('{say(language, 'login_wrong')}')")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.activeElement.id") == "login_password"
    for key, field in (("Shift+Tab", "#login_name"), ("Tab", "#login_password"), ("Tab", "button")):
        page.keyboard.press(key)
        style = page.locator(field).evaluate("each => getComputedStyle(each).outlineStyle")
        assert (page.locator(f"{field}:focus").count(), style) == (1, "solid")
    context.close()


def test_logging_in_needs_no_script_and_leads_where_one_wanted_to_go(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/api")
    page.click("nav a[lang=ru]")
    page.wait_for_selector("html[lang=ru]")
    page.fill("#login_name", "айжан")
    page.fill("#login_password", "құпия сөз")
    page.click("button")
    page.wait_for_url(f"{address}/api")
    assert "Kenes for programs" in page.inner_text("h1")
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (COOKIE, True, "Lax")
    assert LASTS - 600 < cookie["expires"] - time.time() <= LASTS
    context.close()


def test_a_session_that_ends_leads_to_the_form_and_back_to_the_conversation(browser: "Browser", address: str) -> None:
    context = browser.new_context(locale="kk-KZ", viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def enter() -> None:
        page.fill("#login_name", "boris")
        page.fill("#login_password", "p:w")
        page.keyboard.press("Enter")
        page.wait_for_selector("body.drawn")

    page.goto(address)
    enter()
    visited = Visit.__new__(Visit)
    visited.page = page
    visited.ask(made_answers.question("one", "kk"))
    context.clear_cookies()
    page.fill("#question textarea", made_answers.question("unsure", "kk"))
    page.keyboard.press("Enter")
    page.wait_for_selector("#login_name")
    enter()
    page.locator(".turn.unsure").wait_for()  # what was asked is asked again
    assert page.locator(".turn").count() == 2
    # The next two meet on the way: what comes after the click is not kept for whoever comes next.
    page.evaluate("""() => {
      document.querySelector("#logout").addEventListener("submit", (event) => event.preventDefault(), { once: true });
      document.querySelector("#logout button").click();
    }""")
    visited.ask(made_answers.question("one", "kk"))
    assert page.evaluate("sessionStorage.getItem('conversation')") is None
    page.click("#logout button")
    page.wait_for_selector("#login_name")
    assert page.evaluate("sessionStorage.getItem('conversation')") is None
    page.go_back()
    page.wait_for_selector("#login_name")
    context.close()
