"""Sessions of people who logged in: a signed token that ends, kept in a cookie that no script can read.

Nothing is kept on the disk: the key that signs is made of the person's own password (scrypt), so a session outlives a
restart of the server, and ends with a new password. Who logs out ends the session.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LASTS = 12 * 3600  # seconds
COOKIE = "kenes-session"
_ENDED_AT_MOST = 10_000  # sessions ended by hand that are remembered


@dataclass(slots=True)
class Sessions:
    """Makes and checks tokens: "name.end.nonce.signature", the name in base64.

    Args:
        users: passwords by name.
        clock: seconds since 1970.
    """

    users: Mapping[str, str] = field(repr=False)
    clock: Callable[[], float] = time.time
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False)
    _ended: dict[str, int] = field(default_factory=dict, repr=False)

    def begin(self, name: str) -> str:
        """A token for a person of that name."""
        encoded = base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
        claim = f"{encoded}.{int(self.clock()) + LASTS}.{secrets.token_urlsafe(9)}"
        return f"{claim}.{self._signature(claim, name)}"

    def name_of(self, token: str) -> str | None:
        """Whose token it is; None for one that is forged, over or ended."""
        claim, _, signature = token.rpartition(".")
        encoded, _, rest = claim.partition(".")
        name, end = _decoded(encoded), rest.partition(".")[0]
        if name not in self.users or not end.isdecimal() or len(end) > 12 or not token.isascii():
            return None
        if not hmac.compare_digest(signature, self._signature(claim, name)):
            return None
        return name if self.clock() < int(end) and token not in self._ended else None

    def end(self, token: str) -> None:
        """End a session before its time."""
        if self.name_of(token) is None:
            return
        now = self.clock()
        self._ended = {each: end for each, end in self._ended.items() if end > now}
        if len(self._ended) < _ENDED_AT_MOST:
            self._ended[token] = int(token.split(".")[1])

    def _signature(self, claim: str, name: str) -> str:
        if name not in self._keys:  # a twentieth of a second, once
            self._keys[name] = hashlib.scrypt(
                self.users[name].encode(), salt=b"kenes:" + name.encode(), n=2**14, r=8, p=1
            )
        return hmac.digest(self._keys[name], claim.encode(), "sha256").hex()


def _decoded(encoded: str) -> str:
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
