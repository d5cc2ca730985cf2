"""Numbers with their units, as values that can be compared across languages: 5.12 m, 512 см and "5 м 12 см" are one."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from index.analysis.languages import record
from index.analysis.numerals import Numeral, numerals_in

# What a unit is in the unit that stands for its kind.
_BASES: Mapping[str, tuple[str, Fraction]] = {
    "km": ("m", Fraction(1000)),
    "cm": ("m", Fraction(1, 100)),
    "mm": ("m", Fraction(1, 1000)),
    "km2": ("m2", Fraction(1_000_000)),
    "ha": ("m2", Fraction(10_000)),
    "m3": ("l", Fraction(1000)),
    "t": ("kg", Fraction(1000)),
    "g": ("kg", Fraction(1, 1000)),
    "mw": ("kw", Fraction(1000)),
    "gw": ("kw", Fraction(1_000_000)),
    "kb": ("byte", Fraction(1000)),
    "mb": ("byte", Fraction(1000**2)),
    "gb": ("byte", Fraction(1000**3)),
    "tb": ("byte", Fraction(1000**4)),
    "hour": ("minute", Fraction(60)),
    "second": ("minute", Fraction(1, 60)),
    "week": ("day", Fraction(7)),
    "year": ("month", Fraction(12)),
}
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "₸": "tenge", "₽": "ruble", "¥": "yuan"}
_BETWEEN = re.compile(r"[\s,]*(?:and|и|мен|пен)?\s*", re.IGNORECASE)  # two parts of one quantity
_COMPOUND = frozenset({"m", "minute", "month", "kg"})
_GLUED = re.compile(r"(?<=\d)(?![KMBT]$)[^\W\d_]+$")  # 5kg; in 5M people it stands for millions


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text names at `start` to `end`, with its unit, if it has one.

    `amount` counts the unit of its kind (`unit`: metres for centimetres, "" for a plain number), `written` the unit that is
    written.
    """

    start: int
    end: int
    amount: Fraction
    unit: str
    written: Fraction

    def equals(self, other: "Quantity") -> bool:
        """Whether both say the same; a unit that one of them leaves out is that of the other."""
        if self.unit and other.unit:
            return self.unit == other.unit and self.amount == other.amount
        return self.written == other.written


def quantities_in(text: str, language: str) -> list[Quantity]:
    """The quantities that a text names, in their order; ranks ("the third") are none.

    >>> [(str(each.amount), each.unit) for each in quantities_in("512 сантиметров, 5 м 12 см, 2,5 млн тенге", "ru")]
    [('128/25', 'm'), ('128/25', 'm'), ('2500000', 'tenge')]
    >>> [(str(each.amount), each.unit) for each in quantities_in("$40,000 or two hours and 30 minutes, 7 per cent", "en")]
    [('40000', 'dollar'), ('150', 'minute'), ('7', 'percent')]
    >>> [str(each.amount) for each in quantities_in("бірден 15 пайызға", "kk")]
    ['15']
    >>> quantities_in("4 тоннеля", "ru")[0].unit
    ''
    """
    found: list[Quantity] = []
    for numeral in numerals_in(text, language):
        if numeral.ordinal or text[numeral.start : numeral.end].lower() in record(language).statements.uncounted:
            continue
        quantity = _quantity(text, numeral, language)
        before = found[-1] if found else None
        if before and _continues(text, before, quantity):
            found[-1] = replace(before, end=quantity.end, amount=before.amount + quantity.amount)
        else:
            found.append(quantity)
    return found


def measured_in(text: str, language: str) -> str:
    """The unit of the kind that a text begins with, "" if it begins with none.

    >>> measured_in("centimetres deep", "en"), measured_in("houses", "en")
    ('m', '')
    """
    found = _measure(language).match(text)
    return _BASES.get(unit := str(found.lastgroup), (unit, 1))[0] if found else ""


def _quantity(text: str, numeral: Numeral, language: str) -> Quantity:
    start, end, value = numeral.start, numeral.end, numeral.value
    if start and text[start - 1] in _SIGNS:
        return Quantity(start - 1, end, value, _SIGNS[text[start - 1]], value)
    for place in _places(text, numeral):
        if found := _measure(language).match(text, place):
            unit = str(found.lastgroup)
            base, factor = _BASES.get(unit, (unit, Fraction(1)))
            return Quantity(start, max(end, found.end()), value * factor, base, value)
    return Quantity(start, end, value, "percent" if numeral.percent else "", value)


def _places(text: str, numeral: Numeral) -> Iterator[int]:
    """Where the unit of a number may begin: after it, or in it where it is glued to the digits (5kg)."""
    yield numeral.end
    if glued := _GLUED.search(text[numeral.start : numeral.end]):
        yield numeral.start + glued.start()


def _continues(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether a quantity is the smaller part of the one before it: 5 m 12 cm, two hours and 30 minutes."""
    is_smaller = before.unit == quantity.unit in _COMPOUND and quantity.amount < before.amount
    has_smaller_unit = before.amount / (before.written or 1) > quantity.amount / (quantity.written or 1)
    return is_smaller and has_smaller_unit and bool(_BETWEEN.fullmatch(text, before.end, quantity.start))


@functools.cache
def _measure(language: str) -> re.Pattern[str]:
    """A unit right after a number; the group that is found is named for it."""
    measures = record(language).statements.measures
    groups = "|".join(f"(?P<{unit}>{words})" for unit, words in measures.items())
    return re.compile(rf"[\s-]*(?:{groups})(?!\w)", re.IGNORECASE)
