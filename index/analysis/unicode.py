"""Unicode helpers: text that is safe to store, to compare and to print."""

import re
import unicodedata


def printable(text: str) -> str:
    """NFC text whose only control characters are newlines: no terminal escapes, no direction overrides.

    Zero-width joiners stay, since some scripts need them; tabs and odd line ends become blanks and newlines.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return "".join(c for c in text if c == "\n" or not _is_control(c))


def _is_control(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs", "Co"):
        return True
    return char in "\u00ad\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def one_line(text: str) -> str:
    """Printable text on one line, for titles and sources."""
    return " ".join(printable(text).split())
