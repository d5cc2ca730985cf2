"""Tells where a sentence spells out a name that is made of first letters: "Online Certificate Status Protocol (OCSP)"."""

import re
from collections.abc import Iterator, Sequence

LEAST_LETTERS = 2
_SMALL = 3  # letters of a word that may give none to the name: of, по
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def spelled_out(sentence: str, name: str) -> tuple[int, int] | None:
    """From where to where a sentence spells out a name, before the brackets around it or in brackets behind it; None if nowhere.

    >>> iaea = "Глава Международного агентства по атомной энергии (МАГАТЭ) умер."
    >>> iaea[slice(*spelled_out(iaea, "магатэ"))], spelled_out("The pier (PTO) is shut.", "PTO")
    ('Международного агентства по атомной энергии', None)
    """
    for place in re.finditer(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE):
        letters = place[0].lower()
        if len(letters) < LEAST_LETTERS or not place[0].isupper():
            continue
        for words in _beside(sentence, *place.span(), len(letters) + _SMALL):
            if _are_beginnings(letters, [word[0].lower() for word in words]):
                return words[0].start(), words[-1].end()
    return None


def _beside(sentence: str, start: int, end: int, most: int) -> Iterator[list[re.Match[str]]]:
    """The last two words before the brackets that hold a place, the last three, and more; or all those in brackets behind it."""
    if sentence[start - 1 : start] == "(" and sentence[end : end + 1] == ")":
        before = list(_WORD.finditer(sentence[: start - 1]))[-most:]
        yield from (before[-count:] for count in range(2, len(before) + 1))
    if (behind := re.compile(r" \(([^()]+)\)").match(sentence, end)) and len(behind[1].split()) in range(2, most + 1):
        yield list(_WORD.finditer(sentence, behind.start(1), behind.end(1)))


def _are_beginnings(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the beginnings of words, one after the other; small words may give none.

    >>> _are_beginnings("магатэ", ["международное", "агентство", "по", "атомной", "энергии"]), _are_beginnings("ab", ["about", "many"])
    (True, False)
    """
    if not words:
        return not letters
    first, *rest = words
    least = 0 if len(first) <= _SMALL else 1
    return any(
        first.startswith(letters[:taken]) and _are_beginnings(letters[taken:], rest)
        for taken in range(least, len(letters) + 1)
    )
