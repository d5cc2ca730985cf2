"""Turns an article's raw text into the text that is stored and cited: plain and NFC."""

import re

from index.analysis.unicode import printable


def clean(text: str) -> str:
    """The text that is stored: NFC, one newline style, no control characters.

    Paragraphs stay apart by line breaks, runs of blanks become one.
    """
    lines = [" ".join(line.split()) for line in printable(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_pages(text: str) -> tuple[str, tuple[int, ...]]:
    r"""Clean a text whose pages are divided by form feeds.

    A page begins a paragraph, unless its form feed stands within a line, where a paragraph goes on.

    Returns:
        the text, and the offsets at which page 2, 3, … begin.

    >>> clean_pages("One goes \fon.\n\n\fThree.")
    ('One goes on.\n\nThree.', (9, 14))
    """
    first, *others = text.split("\f")
    cleaned, offsets = clean(first), []
    before = first
    for page in others:
        is_new = before.endswith("\n") or page.startswith("\n") or not before.strip()
        if cleaned and not cleaned[-1].isspace():
            cleaned += "\n\n" if is_new else " "
        offsets.append(len(cleaned))
        cleaned += clean(page)
        before = page
    return cleaned.rstrip(), tuple(min(offset, len(cleaned.rstrip())) for offset in offsets)
