"""Knows telephone numbers, addresses of links and names of picture files: no part of them is a value, or says anything."""

import re

from rag.reading.answer_type import AnswerType
from rag.reading.contacts import contacts_in

_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?|www\.)(?P<rest>[^\s<>()\[\]\"«»]*[^\s<>()\[\]\"«».,;:!?])", re.IGNORECASE
)
_PICTURE = re.compile(r"[\w@%+./-]+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif)(?!\w)", re.IGNORECASE)


def is_picture(text: str) -> bool:
    """Whether a text is the name of a picture file and nothing else.

    >>> [is_picture(each) for each in ("img/mill@2x.png", "The mill", "See mill.png")]
    [True, False, False]
    """
    return bool(_PICTURE.fullmatch(text.strip()))


class Addresses:
    """Where telephone numbers, addresses of links and names of pictures stand in a text.

    >>> text = "Hours: https://sheets.example/edit#gid=7 mill.png"
    >>> [Addresses(text).hold(text.index(words), text.index(words) + len(words)) for words in ("gid=7", "https://sheets.example/edit#gid=7", "mill", "Hours")]
    [True, False, True, False]
    """

    def __init__(self, text: str) -> None:
        self._links = [(found.start(), *found.span("rest")) for found in _ADDRESS.finditer(text)]
        contacts = contacts_in(text)
        self._contacts = [(each.start, each.end) for each in contacts]
        self._whole = [(each.start, each.end) for each in contacts if each.kind is not AnswerType.WEBSITE]
        self._pictures = [found.span() for found in _PICTURE.finditer(text)]

    def hold_number(self, place: int) -> bool:
        """Whether a number that begins at a place is of a telephone number or an address.

        >>> text = "Call 01452 614758 in 2024"
        >>> Addresses(text).hold_number(5), Addresses(text).hold_number(text.index("2024"))
        (True, False)
        """
        return any(left <= place < right for left, right in self._contacts)

    def hold(self, start: int, end: int) -> bool:
        """Whether words begin or end inside of an address, or are of a picture's name; a whole address may be asked for, with https://www. or without."""
        is_part = any(rest < start < right or left < end < right for left, rest, right in self._links)
        is_cut = any(left < start < right or left < end < right for left, right in self._whole)
        return is_part or is_cut or any(left <= start < right for left, right in self._pictures)
