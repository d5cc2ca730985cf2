"""Times as days: a year, a month or a day that is named, or one seen from the date of an article."""

import calendar
import functools
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from index.analysis.languages import record
from index.analysis.languages.record import Unit

SOON = 31  # days after a time in which articles still tell of it; of a day or two, only two days more than they last
_FIRST_PART, _SECOND_PART = 10, 20  # the last days of the beginning and of the middle of a month


class Days(NamedTuple):
    """The first and the last day of a time, both included.

    >>> Days(date(2025, 4, 8), date(2025, 4, 8)) in Days(date(2025, 4, 1), date(2025, 4, 30))
    True
    """

    first: date
    last: date

    def __contains__(self, other: object) -> bool:
        """Whether other days all lie in these."""
        return isinstance(other, tuple) and self.first <= other[0] and other[1] <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, a month or a day as far as it is named: 8 April has no year.

    Attributes:
        years_on: the year as seen from the article: -1 in "March last year"; None if it is named or left out.
        part: 0, 1 or 2 for the beginning, the middle or the end of the month or the year.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    years_on: int | None = None
    part: int | None = None

    def days(self, seen_from: date | None, *, is_past: bool = False) -> Days | None:
        """Its days; None if the year is missing and there is no day to see it from, or if there is no such day.

        Without a year they are the nearest ones, with `is_past` the last that have begun.
        """
        if self.year is not None:
            return self._in(self.year)
        if seen_from is None:
            return None
        if self.years_on is not None:
            return self._in(seen_from.year + self.years_on)
        in_years = (self._in(year) for year in range(seen_from.year - 1, seen_from.year + 2))
        near = [days for days in in_years if days and not (is_past and days.first > seen_from)]
        return min(near, key=lambda days: abs(days.first - seen_from), default=None)

    def _in(self, year: int) -> Days | None:
        if not MINYEAR <= year <= MAXYEAR:
            return None
        if self.month is None:
            first, last = 1 + 4 * (self.part or 0), 12 if self.part is None else 4 * (self.part + 1)
            return Days(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
        length = calendar.monthrange(year, self.month)[1]
        if self.day is not None:
            return Days(*[date(year, self.month, self.day)] * 2) if self.day <= length else None
        ends = (1, _FIRST_PART + 1, _SECOND_PART + 1, length + 1)
        first, after = (1, length + 1) if self.part is None else ends[self.part : self.part + 2]
        return Days(date(year, self.month, first), date(year, self.month, after - 1))


@dataclass(frozen=True, slots=True)
class Relative:
    """A day, week, month or year as seen from the date of an article: last year is `Relative("year", -1)`."""

    unit: Unit
    offset: int

    def days(self, seen_from: date | None, *, is_past: bool = False) -> Days | None:  # noqa: ARG002
        """Its days; None if there is no day to see it from."""
        if seen_from is None:
            return None
        if self.unit == "year":
            return Calendar(years_on=self.offset).days(seen_from)
        if self.unit == "month":
            years, month = divmod(seen_from.month - 1 + self.offset, 12)
            return Calendar(seen_from.year + years, month + 1).days(seen_from)
        try:
            if self.unit == "day":
                return Days(*[seen_from + timedelta(self.offset)] * 2)
            monday = seen_from + timedelta(7 * self.offset - seen_from.weekday())
            return Days(monday, monday + timedelta(6))
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 for Monday: the last one as seen from the date of an article."""

    number: int

    def days(self, seen_from: date | None, *, is_past: bool = False) -> Days | None:  # noqa: ARG002
        """Its day; None if there is no day to see it from."""
        if seen_from is None:
            return None
        return Days(*[seen_from - timedelta((seen_from.weekday() - self.number) % 7)] * 2)


def weekdays_in(text: str, language: str) -> frozenset[int]:
    """The days of the week that a text names, 0 for Monday.

    >>> sorted(weekdays_in("On Monday or Friday", "en"))
    [0, 4]
    """
    return frozenset(int(str(match.lastgroup)[1:]) for match in weekday(language).finditer(text))


@functools.cache
def weekday(language: str) -> re.Pattern[str]:
    """The name of a day of the week, in a group that is named d0 for Monday."""
    names = "|".join(f"(?P<d{at}>{name})" for at, name in enumerate(record(language).statements.weekdays))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


def published_days(published: str | None) -> Days | None:
    """The days on which an article may have been published; None if it bears no date.

    >>> published_days("2025-02").last.isoformat()
    '2025-02-28'
    """
    if not published:
        return None
    year, month, day = [*map(int, published[:10].split("-")), None, None][:3]
    return Calendar(year, month, day).days(None)


def printed_within(told: Days) -> Days:
    """When articles are printed that tell of some days without naming them: then or soon after.

    >>> printed_within(Days(date(2025, 3, 4), date(2025, 3, 4))).last.isoformat()
    '2025-03-06'
    """
    return Days(told.first, told.last + timedelta(min(SOON, 2 + (told.last - told.first).days)))
