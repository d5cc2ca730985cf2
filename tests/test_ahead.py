"""Reading ahead: the same items, the same errors, and an end when nobody wants more."""

import threading
from collections.abc import Iterator

import pytest

from index.articles.process.ahead import ahead


def test_items_come_in_order_and_before_they_are_asked_for() -> None:
    made: list[int] = []
    third = threading.Event()

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            if number == 3:
                third.set()
            yield number

    read = ahead(items(), size=3)
    assert next(read) == 0
    assert third.wait(10)
    assert list(read) == list(range(1, 10))
    assert made == list(range(10))


def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("disk")

    read = ahead(items())
    assert next(read) == 1
    with pytest.raises(OSError, match="disk"):
        next(read)


def test_closing_ends_the_other_iterator() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    read = ahead(items(), size=2)
    next(read)
    read.close()
    assert closed.wait(10)
