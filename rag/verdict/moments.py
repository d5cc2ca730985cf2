"""Days that a text names, as values: "6 марта", "March 6, 2024", "on Thursday" and "yesterday" as seen from the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.told import weekday
from rag.understanding.days import Days, published_days
from rag.understanding.when import times_in

_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)(?!\d|:)|(?:\.(?P<dotted>[0-5]\d))?(?!\d)\s*(?=[ap]\.?m\b))"
    r"(?:\s*(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_NEAR = 4  # characters between a weekday and its date: Monday, 7 April


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names at `start` to `end`: days, or a time of day in minutes since midnight.

    Both are None for a day that is seen from an article without a date.
    """

    start: int
    end: int
    days: Days | None
    minutes: int | None = None

    def equals(self, other: "Moment") -> bool:
        """Whether both may be one time: the days of one lie in those of the other, or it is the same minute."""
        if self.days is None or other.days is None:
            return self.minutes is not None and self.minutes == other.minutes
        return self.days in other.days or other.days in self.days


def moments_in(text: str, language: str, published: str | None) -> list[Moment]:
    """The days, months and years that a text names, in their order, as seen from the date of its article.

    >>> [str(each.days.first) for each in moments_in("On Thursday, not 6 March", "en", "2024-03-11")]
    ['2024-03-07', '2024-03-06']
    >>> [str(each.days.first) for each in moments_in("Мост обещают открыть в четверг", "ru", "2024-03-11")]
    ['2024-03-14']
    """
    seen = published_days(published)
    seen_from = seen.last if seen else None
    found = [
        Moment(each.start, each.end, each.time.days(seen_from))
        for each in times_in(text, language)
        if each.relation or each.is_sure
    ]
    clocks = [Moment(match.start(), match.end(), None, _minutes(match)) for match in _CLOCK.finditer(text)]
    dated = [range(each.start - _NEAR, each.end + _NEAR) for each in found]
    weekdays = (
        day
        for day in _weekdays(text, language, seen_from)
        if not any(day.start in near or day.end in near for near in dated)
    )
    return sorted((*clocks, *found, *weekdays), key=lambda moment: moment.start)


def _minutes(match: re.Match[str]) -> int:
    """Minutes since midnight: 4:20, 9.05 p.m."""
    hour, minute = int(match["hour"]), int(match["minute"] or match["dotted"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    return 60 * hour + minute


def _weekdays(text: str, language: str, seen_from: date | None) -> Iterator[Moment]:
    """The days of the week in a text: the last one, or the next one where the text tells of what is to come."""
    known = record(language).statements
    is_planned = bool(whole_words(known.planned).search(text))
    for match in weekday(language).finditer(text):
        day = int(str(match.lastgroup)[1:])
        days = None
        if seen_from:
            back = (seen_from.weekday() - day) % 7
            the_day = seen_from + timedelta(7 - back if is_planned else -back)
            days = Days(the_day, the_day)
        yield Moment(match.start(), match.end(), days)
