"""Why a page is not fetched: refused by rule, failed on the way, or gone."""

from index.errors import KenesError


class Refused(KenesError):
    """A rule forbids it: robots.txt, a private address, a type or a size that is not taken."""


class Failed(KenesError):
    """It did not arrive: no such host, no answer in time, an error of the server."""


class Gone(Failed):
    """The server says that the page does not exist (404) or no longer exists (410)."""
