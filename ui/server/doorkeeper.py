"""Lets people in: by a session, which the log-in form begins, or by a name and a password in the request's head."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from ui.server.sessions import COOKIE, Sessions
from ui.server.throttle import Throttle


@dataclass(slots=True)
class Doorkeeper:
    """Knows who may come in.

    Args:
        users: passwords by name.
        throttle: slows down guesses.
    """

    users: Mapping[str, str] = field(repr=False)
    throttle: Throttle = field(default_factory=Throttle)
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.users)

    def knows(self, headers: Mapping[str, str], address: str) -> bool:
        """Whether a request is of somebody who may come in; a wrong password is counted as a guess of that address."""
        if self.sessions.name_of(token_in(headers.get("cookie", ""))) is not None:
            return True
        name, password = _named(headers.get("authorization", ""))
        return name is not None and self.is_right(name, password, address)

    def wait(self, name: str, address: str) -> float:
        """Seconds until a password for that name, from that address, is looked at."""
        return self.throttle.wait(_guesser(name, address))

    def is_right(self, name: str, password: str, address: str) -> bool:
        """Whether it is the password of that name; nothing is right as long as guesses have to wait."""
        if self.wait(name, address) > 0:
            return False
        known = self.users.get(name)
        # compared even where there is no such name, so that the time taken tells nothing
        right = hmac.compare_digest(password.encode("utf-8", "replace"), (known or "").encode()) and known is not None
        guesser = _guesser(name, address)
        if right:
            self.throttle.right(guesser)
        else:
            self.throttle.wrong(guesser)
        return right


def _guesser(name: str, address: str) -> str:
    return f"{address} {name[:100]}"


def token_in(cookies: str) -> str:
    """The token in a Cookie header; empty if there is none."""
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _named(authorization: str) -> tuple[str | None, str]:
    """Name and password of an Authorization header; no name if it holds none."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None, ""
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None, ""
    return name, password
