"""Logging in and out: a form that needs no script, and the cookie that it gives."""

import asyncio
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from index.analysis.languages import LANGUAGES
from ui.html.login import login_page
from ui.html.texts import preferred, say
from ui.server.doorkeeper import Doorkeeper, token_in
from ui.server.guard import LEAVING, LOGIN, SLOWED
from ui.server.sessions import COOKIE, LASTS

MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class LoginRoutes:
    """Answers the log-in form and the log-out button."""

    door: Doorkeeper

    def router(self) -> APIRouter:
        """Every route with its handler."""
        routes = APIRouter()
        routes.add_route(LOGIN, self.form)
        routes.add_route(LOGIN, self.log_in, methods=["POST"])
        routes.add_route(LEAVING, self.log_out, methods=["POST"])
        return routes

    async def form(self, request: Request) -> Response:
        """The form; who is in already goes on."""
        given = dict(request.query_params)
        wanted = local(given.get("next", "/"))
        if self.door.sessions.name_of(token_in(request.headers.get("cookie", ""))):
            return RedirectResponse(wanted, 303)
        return HTMLResponse(login_page(_language(request, given), wanted))

    async def log_in(self, request: Request) -> Response:
        """Let somebody in, or show the form again with the reason why not."""
        given = await _fields(request)
        name, wanted, language = given.get("name", ""), local(given.get("next", "/")), _language(request, given)
        address = request.client.host if request.client else ""
        wait = self.door.wait(name, address)
        if wait > 0:
            problem = say(language, "login_wait", minutes=math.ceil(wait / 60))
            again = {"retry-after": str(math.ceil(wait))}
            return HTMLResponse(login_page(language, wanted, name, problem), 429, again)
        if not self.door.is_right(name, given.get("password", ""), address):
            await asyncio.sleep(SLOWED)
            return HTMLResponse(login_page(language, wanted, name, say(language, "login_wrong")), 401)
        reply = RedirectResponse(wanted, 303)
        token, secure = self.door.sessions.begin(name), request.headers.get("origin", "").startswith("https:")
        reply.set_cookie(COOKIE, token, max_age=LASTS, httponly=True, samesite="lax", secure=secure)
        return reply

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        self.door.sessions.end(token_in(request.headers.get("cookie", "")))
        reply = RedirectResponse(LOGIN, 303)
        reply.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return reply


async def _fields(request: Request) -> Mapping[str, str]:
    """The fields of a form; empty if what was sent is none."""
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:  # UnicodeError is one
        return {}


def local(wanted: str) -> str:
    r"""An address on this server to go to; the first page for any other.

    >>> local("/?q=why"), local("//evil.example"), local("https://evil.example"), local("/\\evil.example"), local("/login")
    ('/?q=why', '/', '/', '/', '/')
    """
    is_local = re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", wanted)
    return wanted if is_local and not wanted.startswith((LOGIN, LEAVING)) else "/"


def _language(request: Request, given: Mapping[str, str]) -> str:
    chosen = given.get("language")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))
