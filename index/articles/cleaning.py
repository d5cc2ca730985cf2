"""Turns an article's raw text into the text that is stored and cited: plain, NFC, without menus and captions."""

import re

from index.analysis.unicode import printable

_LIST_MARK = re.compile(r"^\s*(?:[-*•–—▪►]|\d{1,2}[.)])\s+")
_MENU_HEADING = re.compile(
    r"^\W*(?:latest|more|related|recent|other|top|popular|trending|see also|read (?:also|more|next)|most read|"
    r"последние|другие|похожие|главные|популярные|ещ[её]|читайте|смотрите|материалы по теме|новости по теме|"
    r"соңғы|басқа|тағы|ұқсас|танымал|негізгі жаңалықтар|оқи отырыңыз|оқыңыз|сондай-ақ)\b[^.!?…]{0,40}$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[.!?…)\s])(?:photo(?:graph)?|image|picture|фото(?:графия)?|снимок|сурет|фотосурет)"
    r"(?:\s+(?:credit|by|courtesy|автора?|авторы))?\s*[:©]\s*\S.{0,80}$",
    re.IGNORECASE,
)
_CAPTION_LIMIT = 600  # characters; a longer paragraph that ends with a photo credit is no caption
_MENU_MINIMUM = 3  # headlines
_SHORT_LINE = 200


def clean(text: str) -> str:
    """The text that is stored: NFC, one newline style, no control characters, no caption, no menu at the foot.

    Paragraphs stay apart by line breaks, runs of blanks become one.
    """
    lines = [" ".join(line.split()) for line in printable(text).split("\n")]
    lines = without_menu([line for line in lines if not is_caption(line)])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: short, and it ends with whose picture it is.

    >>> is_caption("The hall before the meeting. Photo credit: Press service")
    True
    """
    return len(line) <= _CAPTION_LIMIT and bool(_CAPTION.search(line))


def without_menu(lines: list[str]) -> list[str]:
    """Drop a list of other headlines from the end: a heading such as "Latest news", then only short list items.

    A list that belongs to the article stays: its heading says something else, or sentences follow it.
    """
    items = 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if not line:
            continue
        if items >= _MENU_MINIMUM and _MENU_HEADING.match(line):
            return without_menu(lines[:at])
        if not _LIST_MARK.match(line) or len(line) > _SHORT_LINE:
            return lines
        items += 1
    return lines


def plain_from_markdown(text: str) -> str:
    """The words of a Markdown text: a line for a heading, paragraph or list item, without any markup."""
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        if token.type == "inline":
            blocks.append(
                "".join(
                    "\n" if child.type in ("softbreak", "hardbreak") else child.content
                    for child in token.children or []
                    if child.type in ("text", "code_inline", "softbreak", "hardbreak")
                )
            )
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip())
    return "\n\n".join(blocks)


def split_title(text: str) -> tuple[str | None, str]:
    """Take a headline off the front of a cleaned text.

    A first line is one when a blank line and more text follow it, it is short, and it does not end like a sentence.

    Returns:
        the headline or None, and the rest of the text.
    """
    first, blank, rest = text.partition("\n\n")
    if blank and rest and len(first) <= _SHORT_LINE and "\n" not in first and first[-1] not in ".!…:;,":
        return first, rest.lstrip()
    return None, text
