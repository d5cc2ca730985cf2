"""Holds the years that a question names against those around words: what was so in another year is no answer."""

import re
from collections.abc import Sequence

from index import Document

_YEARS = re.compile(r"(?<![\d.,])(1[5-9]\d\d|20\d\d)(?:[-–—/](\d\d|\d{4}))?(?!\d|[.,]\d)")


def years_in(text: str) -> frozenset[int]:
    """The years from 1500 to 2099 that a text names in digits, both ends of a span included.

    >>> sorted(years_in("from 2019 to 2021, in 2025/26, for 2,000 tenge"))
    [2019, 2021, 2025, 2026]
    """
    return frozenset(year for match in _YEARS.finditer(text) for year in _ends(match[1], match[2]))


def _ends(first: str, last: str | None) -> tuple[int, ...]:
    if not last:
        return (int(first),)
    return int(first), int(last if len(last) == 4 else first[:2] + last)


def tells_other_years(asked: frozenset[int], texts: Sequence[str], document: Document) -> bool:
    """Whether words are told of other years than those asked for.

    The nearest text that names any year decides. Where none does, the document may name the year elsewhere, or have been
    printed in it; a document without a date tells nothing.

    Args:
        asked: the years of the question; none: nothing is another year.
        texts: what stands around the words, nearest first: their sentence, their paragraph, the title.

    >>> clinic = Document("1", "Clinic", "It has 17 doctors.", None, None, "2023-05-01", "en", "")
    >>> tells_other_years(frozenset({2022}), ["It has 17 doctors.", "Clinic"], clinic)
    True
    >>> tells_other_years(frozenset({2023}), ["It has 17 doctors.", "Clinic"], clinic)
    False
    """
    if not asked:
        return False
    for text in texts:
        told = years_in(text)
        if told:
            return not any(min(told) <= year <= max(told) for year in asked)
    if document.published is None or asked & years_in(document.text):
        return False
    return int(document.published[:4]) not in asked
