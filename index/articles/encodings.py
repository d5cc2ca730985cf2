"""Bytes to text: says what bytes look like that are no UTF-8."""

from index.errors import InputError
from index.types import Note


def decode(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of a file, and notes on how it was read.

    Raises:
        InputError: it is no text, or its encoding is not clear.
    """
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        raise InputError(_not_utf8(raw, error.start)) from None


def _not_utf8(raw: bytes, at: int) -> str:
    """Say what bytes look like. A guess is never read as text: a wrong one would be quoted as if it were true."""
    sample = raw[:100_000]
    for encoding, sign in (("utf-16", sample[:2] in (b"\xff\xfe", b"\xfe\xff")), ("windows-1251", _cyrillic(sample))):
        if sign:
            return f"not UTF-8 but, by its looks, {encoding}; convert it: iconv -f {encoding} -t utf-8 FILE > NEWFILE"
    return f"no text: byte {at:,} is not UTF-8"


def _cyrillic(raw: bytes) -> bool:
    high = [byte for byte in raw if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return b"\0" not in raw and letters > 0.9 * len(high)
