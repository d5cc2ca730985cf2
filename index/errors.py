"""Every error that a person can meet, each with an exit code and a way out.

    KenesError
    ├── InputError      what was given cannot be used: a path, a question, an article      exit 2
    │   └── UnreadableArticle  a file or an article, with the kind of its fault
    ├── StoreError      the index cannot be used                                           exit 3
    │   ├── MissingIndex    there is none at that place
    │   ├── DamagedIndex    a checksum, a file or a row is not what was committed
    │   ├── MismatchedIndex it was made with another model or other settings
    │   ├── BusyIndex       another process is writing it
    │   ├── UnreachableIndex  the database that holds it does not reply
    │   └── FullDisk        no room for the next commit; what was committed stays
    ├── ModelError      a model is missing, unreadable or not the one expected             exit 4
    └── MissingPart     a package that only this needs is not installed                    exit 4

`what` names the thing and what is wrong with it, `fix` is a command or an advice. Programs read these two; only people read
`str(error)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from index.types import Fault

SET_UP = "python3 -m ui.setup"


class KenesError(Exception):
    """Base of all errors raised on purpose.

    `what` says what is wrong, on one line. `fix` is what to do about it, a command where there is one, or None.

    >>> print(KenesError("no index in articles", "kenes index PATH --index articles"))
    no index in articles
    fix: kenes index PATH --index articles
    """

    exit_code = 1

    def __init__(self, what: str, fix: str | None = None) -> None:
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        """What is wrong and how to fix it, fit to be shown to a user."""
        return f"{self.what}\nfix: {self.fix}" if self.fix else self.what


class InputError(KenesError):
    """What was given (a path, a question, an article, a file) cannot be used."""

    exit_code = 2


class UnreadableArticle(InputError):
    """A file or an article that cannot be read; `fault` is the kind of what is wrong, for those who say it in other words."""

    def __init__(self, fault: Fault, what: str, fix: str | None = None) -> None:
        super().__init__(what, fix)
        self.fault = fault


def fault_of(error: BaseException) -> Fault:
    """What kind of fault of an article an error tells.

    >>> fault_of(UnreadableArticle("scan", "no text on its 3 pages")), fault_of(OSError())
    ('scan', 'other')
    """
    return error.fault if isinstance(error, UnreadableArticle) else "other"


class StoreError(KenesError):
    """The index on disk cannot be used."""

    exit_code = 3


class MissingIndex(StoreError):
    """There is no index at the place that was named."""


class DamagedIndex(StoreError):
    """Something in the index is not what was committed."""


class MismatchedIndex(StoreError):
    """The index was made with another model or with other settings."""


class BusyIndex(StoreError):
    """Another process is writing the index."""


class UnreachableIndex(StoreError):
    """The database that holds the index does not reply."""


class FullDisk(StoreError):
    """The disk has no room for the next commit."""


class ModelError(KenesError):
    """An embedding model is missing, unreadable or not the one expected."""

    exit_code = 4


class MissingPart(KenesError):
    """A package is not installed that only a part of Kenes needs."""

    exit_code = 4


@contextmanager
def needed(part: str, fix: str = SET_UP) -> Iterator[None]:
    """Around imports that only a part of Kenes needs: where one is not installed, the part is named, and what installs it.

    Raises:
        MissingPart: one is not.

    >>> with needed("flying"):
    ...     import wings
    Traceback (most recent call last):
    index.errors.MissingPart: flying needs wings, which is not installed here
    fix: python3 -m ui.setup
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingPart(f"{part} needs {error.name}, which is not installed here", fix) from None
