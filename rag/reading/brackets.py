"""Sees to it that words which answer hold no bracket without the other one of its pair."""

from collections.abc import Iterator

_PAIRS = {")": "(", "]": "["}
_NEAR = 60  # characters beside words, in which the rest of a bracket is taken in
_BESIDE = " ,;:–—"  # what is left beside a bracket that goes


def without_half_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The words at `start` to `end` of a sentence without a bracket whose pair they do not hold.

    A bracket at an end of the words goes. What is said in one that they cut is taken in, or left out if it is long.

    >>> text = "Ada (born 1802, Lund) led the mill (until 1838)."
    >>> [text[slice(*without_half_brackets(text, *place))] for place in ((4, 14), (22, 46), (16, 29))]
    ['born 1802', 'led the mill (until 1838)', '(born 1802, Lund) led the']
    """
    first, last = start, end
    pairs = list(_pairs(text))
    while half := next((pair for pair in pairs if (first <= pair[0] < last) != (first <= pair[1] < last)), None):
        opens, closes = half
        if first <= opens:
            if not _says(text[first:opens]):
                first = opens + 1
            else:
                last = closes + 1 if closes - last < _NEAR else opens
        elif not _says(text[closes + 1 : last]):
            last = closes
        else:
            first = opens if first - opens <= _NEAR else closes + 1
    if (first, last) == (start, end) or not _says(text[first:last]):
        return start, end
    first += len(text[first:last]) - len(text[first:last].lstrip(_BESIDE))
    return first, last - len(text[first:last]) + len(text[first:last].rstrip(_BESIDE))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where the brackets of each pair stand; a mark such as "a)" is half of none."""
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS.values():
            opened.append(place)
        elif sign in _PAIRS and opened and text[opened[-1]] == _PAIRS[sign]:
            yield opened.pop(), place


def _says(words: str) -> bool:
    return any(map(str.isalnum, words))
