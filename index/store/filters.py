"""Says which documents a question may be answered from: by id, date, source and language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.analysis.languages import language_of
from index.analysis.unicode import one_line
from index.errors import InputError
from index.store.schema import Condition, Lists

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a document must be; None asks nothing, and an empty tuple lets nothing through.

    `after` and `before` are inclusive, written 2026, 2026-01 or 2026-01-19. A document whose own date is only a year or
    a month is inside if one of its days is; a document without a date is outside of every range. `sources` and
    `languages` are compared without regard to case; a language may be given by any of its codes and names (kk, kaz, Қазақша).

    Raises:
        InputError: a date is written another way or does not exist, or nothing can lie between the two.

    Example:
        Filters(after="2026-01", sources=("Orda.kz",), languages=("ru", "kk"))
    """

    documents: tuple[str, ...] | None = None
    after: str | None = None
    before: str | None = None
    sources: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for name, value in (("after", self.after), ("before", self.before)):
            if value is not None:
                _check_date(name, value)
        if self.after and self.before and first_day(self.after) > last_day(self.before):
            raise InputError(f"nothing is after {self.after} and before {self.before}", "exchange the two dates")

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return self != Filters()

    def condition(self, known_sources: Iterable[str], lists: Lists) -> Condition:
        """The filters in SQL, over the columns of `documents`.

        Args:
            known_sources: the sources in the index; SQLite itself folds the case of English letters only.
            lists: how the database takes lists.

        Returns:
            a condition, and the values bound in it.
        """
        parts: list[str] = []
        values: list[Any] = []

        def require(part: str, value: Any) -> None:
            parts.append(part)
            values.append(value)

        if self.documents is not None:
            require(f"id IN {lists.texts}", lists.bind(self.documents))
        # both dates cut to what the document's own says: 2026 is compared with 2026-03-01 as 2026 with 2026
        if self.after is not None:
            require("published >= substr(?, 1, length(published))", first_day(self.after))
        if self.before is not None:
            require("published <= substr(?, 1, length(published))", last_day(self.before))
        if self.sources is not None:
            asked = set(map(_folded, self.sources))
            same = [source for source in known_sources if _folded(source) in asked]
            require(f"source IN {lists.texts}", lists.bind(same))
        if self.languages is not None:
            codes = list(map(_code, self.languages))
            require(f"language IN {lists.texts}", lists.bind(codes))
        return " AND ".join(parts) or "TRUE", values

    def unknown(self, sources: Iterable[str], languages: Iterable[str]) -> tuple[str, ...]:
        """What is asked for that is not among these sources and these codes of languages.

        >>> Filters(sources=("ORDA.kz", "Nobody"), languages=("Kazakh",)).unknown(["Orda.kz"], ["kk"])
        ('Nobody',)
        """
        known_sources, known_codes = set(map(_folded, sources)), set(languages)
        return (
            *(each for each in self.sources or () if _folded(each) not in known_sources),
            *(each for each in self.languages or () if _code(each) not in known_codes),
        )


def first_day(value: str) -> str:
    """The first day of a year, a month or a day.

    >>> first_day("2026"), first_day("2026-02")
    ('2026-01-01', '2026-02-01')
    """
    return value + "0000-01-01"[len(value) :]


def last_day(value: str) -> str:
    """The last day of a year, a month or a day, as far as comparing strings goes: every month may have 31.

    >>> last_day("2026"), last_day("2026-02")
    ('2026-12-31', '2026-02-31')
    """
    return value + "0000-12-31"[len(value) :]


def _check_date(name: str, value: str) -> None:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(first_day(value))
    except ValueError:
        raise InputError(
            f'"{name}" is "{one_line(value)[:40]}", which is no date',
            "write a year, a month or a day: 2026, 2026-01 or 2026-01-19",
        ) from None


def _code(language: str) -> str:
    return language_of(language) or _folded(language)


def _folded(text: str) -> str:
    return one_line(text).casefold()
