"""HTML entities in texts that are no HTML."""

import re
from html import unescape

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,30});")


def decode_entities(text: str) -> str:
    """Replace entities that end in a semicolon, as they ought to; so "R&D" and "?a=1&copy=2" stay.

    >>> decode_entities("Q&amp;A &#171;R&D&raquo;")
    'Q&A «R&D»'
    """
    return _ENTITY.sub(lambda found: unescape(found[0]), text)
