"""Turns an article's raw text into the text that is stored and cited: plain and NFC."""

import re

from index.analysis.unicode import printable


def clean(text: str) -> str:
    """The text that is stored: NFC, one newline style, no control characters.

    Paragraphs stay apart by line breaks, runs of blanks become one.
    """
    lines = [" ".join(line.split()) for line in printable(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
