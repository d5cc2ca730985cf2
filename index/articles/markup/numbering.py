"""The numbers and bullets of lists in Word files, which stand in a part of their own and are counted when shown."""

from typing import TYPE_CHECKING, Any

from index.articles.markup.zipped import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN_SIGNS = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LEVELS = 9


class Numbering:
    """Counts the items of every list of a document.

    Args:
        numbering: the root of `word/numbering.xml`, or None.
    """

    def __init__(self, numbering: "Element | None") -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list -> level -> format, pattern, first number
        self._counts: dict[str, dict[int, int]] = {}  # abstract list -> level -> last number
        self._abstract: dict[str, str] = {}
        if numbering is None:
            return
        abstract = {attribute(each, "abstractNumId"): each for each in numbering if local(each) == "abstractNum"}
        for each in numbering:
            if local(each) == "num":
                ids = [attribute(child, "val") for child in each if local(child) == "abstractNumId"]
                if ids and ids[0] in abstract:
                    number = attribute(each, "numId")
                    self._abstract[number] = ids[0]
                    self._levels[number] = dict(map(_level, (x for x in abstract[ids[0]] if local(x) == "lvl")))

    def marker(self, number: str, level: int) -> str:
        """The marker of the next item of a list, with a blank: "2.1. " or "- "; nothing if it has none."""
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        form, pattern, first = levels[level]
        counts = self._counts.setdefault(self._abstract[number], {})
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        for above in range(level + 1):
            above_form, _, above_first = levels.get(above, ("decimal", "", 1))
            pattern = pattern.replace(f"%{above + 1}", written(counts.get(above, above_first), above_form))
        return f"{pattern} " if pattern else ""


def _level(element: "Element") -> tuple[int, tuple[str, str, int]]:
    values = {local(child): attribute(child, "val") for child in element}
    first = values.get("start", "1")
    level = attribute(element, "ilvl")
    form = values.get("numFmt", "decimal")
    number = int(first) if first.isdecimal() and len(first) < 9 else 1
    return int(level) if level.isdecimal() and len(level) < 3 else 0, (form, values.get("lvlText", ""), number)


def written(number: int, form: str) -> str:
    """A number as a list writes it: 4, iv, d, г.

    >>> written(4, "decimal"), written(4, "lowerRoman"), written(4, "lowerLetter"), written(4, "russianLower")
    ('4', 'iv', 'd', 'г')
    """
    if form in ("lowerLetter", "upperLetter", "russianLower", "russianUpper"):
        letters = _RUSSIAN if form.startswith("russian") else _LATIN
        letter = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) % 3 + 1)
        return letter.upper() if form.endswith(("upperLetter", "Upper")) else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in zip(_ROMAN_VALUES, _ROMAN_SIGNS, strict=True):
            roman += sign * (number // value)
            number %= value
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
