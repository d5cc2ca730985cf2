"""Slows down guesses: after some wrong ones for a name from one address, that name has to wait there, each time longer."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

FREE = 5  # wrong guesses before the first wait
FIRST_WAIT = 30.0  # seconds; every further wrong guess doubles it
LONGEST_WAIT = 900.0  # seconds
FORGOTTEN = 3600.0  # seconds after the last wrong guess
REMEMBERED = 100_000  # pairs of address and name, some 20 MB at most; the oldest are forgotten


@dataclass(slots=True)
class _Wrong:
    count: int = 0
    last: float = 0.0

    def until(self) -> float:
        """When the next guess is allowed."""
        if self.count < FREE:
            return self.last
        return self.last + min(FIRST_WAIT * float(1 << min(self.count - FREE, 16)), LONGEST_WAIT)


@dataclass(slots=True)
class Throttle:
    """Counts wrong guesses by who made them.

    >>> throttle = Throttle(clock=lambda: 0.0)
    >>> for _ in range(5):
    ...     throttle.wrong("10.0.0.7")
    >>> throttle.wait("10.0.0.7"), throttle.wait("10.0.0.8")
    (30.0, 0.0)
    """

    clock: Callable[[], float] = time.monotonic
    _guessers: OrderedDict[str, _Wrong] = field(default_factory=OrderedDict)

    def wait(self, who: str) -> float:
        """Seconds until a guess is looked at; 0 if it is at once."""
        wrong = self._guessers.get(who)
        return max(0.0, wrong.until() - self.clock()) if wrong else 0.0

    def wrong(self, who: str) -> None:
        """Count a wrong guess."""
        now = self.clock()
        wrong = self._guessers.pop(who, None)
        if wrong is None or now - wrong.last > FORGOTTEN:
            wrong = _Wrong()
        wrong.count += 1
        wrong.last = now
        self._guessers[who] = wrong
        while len(self._guessers) > REMEMBERED:
            self._guessers.popitem(last=False)

    def right(self, who: str) -> None:
        """Forget who guessed right."""
        self._guessers.pop(who, None)
