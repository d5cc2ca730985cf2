"""Reads ahead in a thread, so that parsing goes on while what was read is embedded."""

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")

_WAIT = 0.2  # seconds between two looks at whether anybody still wants more


def ahead(items: Iterator[T], size: int = 32) -> Generator[T, None, None]:
    """The same items in the same order, up to `size` of them made before they are asked for.

    What the iterator raises is raised here, after the items before it. Closing this iterator closes the other one.
    """
    made: queue.Queue[tuple[bool, T | BaseException | None]] = queue.Queue(size)
    stop = threading.Event()
    thread = threading.Thread(target=_make, args=(items, made, stop), daemon=True)
    thread.start()
    try:
        while True:
            is_item, value = made.get()
            if is_item:
                yield value  # type: ignore[misc]
            elif isinstance(value, BaseException):
                raise value
            else:
                return
    finally:
        stop.set()
        thread.join(2 * _WAIT)  # no longer: it may be waiting for a parser


def _make(
    items: Iterator[T], made: "queue.Queue[tuple[bool, T | BaseException | None]]", stop: threading.Event
) -> None:
    end: BaseException | None = None
    try:
        for item in items:
            if not _put(made, (True, item), stop):
                break
    except BaseException as error:  # the other thread decides
        end = error
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()
        _put(made, (False, end), stop)


def _put(
    made: "queue.Queue[tuple[bool, T | BaseException | None]]",
    message: tuple[bool, T | BaseException | None],
    stop: threading.Event,
) -> bool:
    """Whether there was room for the message before nobody wanted it any more."""
    while not stop.is_set():
        try:
            made.put(message, timeout=_WAIT)
        except queue.Full:
            continue
        return True
    return False
