"""What a line leads to: the list under "you need the following documents:", the command under "install it with pip:"."""

import re
from collections.abc import Sequence

from index import Document
from rag.reading.addresses import is_picture
from rag.reading.lists import Span, is_item

FEWEST = 2  # items of a list
LONGEST = 4_000  # characters of a list, and of lines of code, that are quoted whole
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[ \t]*[-*•–—▪►]\s+")  # a number is a part of a step, a bullet is none of what it says
_DASH = re.compile(r"[ \t]*[–—]")
_NUMBER = re.compile(r"[ \t]*\d{1,3}[.)]\s")
_SENTENCE_END = re.compile(r"\w[.!?…][\"”»’)]*$")
_PROMPT = re.compile(r"(?:\$|>|#|%|>>>) \S")
_GOES_ON = re.compile(
    r"(?:\$|#|>>>|//) \S|[a-z})</@][^\n]*[=(){}<>;]"
)  # a prompt, a remark or a statement after a blank line in code
_CODE_SIGN = re.compile(r"[=(){}<>|;$\\]| --?\w|::")


def introduced(document: Document, end: int) -> Span | None:
    r"""What the sentence that ends at a place leads to: the list under it, or the lines of code; None for anything else.

    It ends its line, in no full stop. A question in an interview leads to none, though answers begin with dashes as items do.

    >>> rules = Document("1", "Rules", "Forbidden:\n\n- fires\n- tents\n\nInstall it:\n\nnpm i kite", None, None, None, "en", "")
    >>> [rules.text[slice(*introduced(rules, rules.text.index(":", at) + 1))] for at in (0, 12)]
    ['fires\n- tents', 'npm i kite']
    """
    text = document.text
    rest = text[end : end + LONGEST + 1]
    if not rest.lstrip(" \t").startswith("\n") or (text[end - 1 : end] in ".!" and not leads_on(document, end)):
        return None
    lines = [(line[0], end + line.start()) for line in _LINE.finditer(rest) if line[0].strip()]
    if not lines or (text[end - 1] == "?" and _DASH.match(lines[0][0])):
        return None
    found = _list(lines, text) if is_item(lines[0][0]) else _code(document, lines[0][1], end)
    return found if found and found[1] - found[0] <= LONGEST else None


def leads_on(document: Document, end: int) -> bool:
    """Whether the sentence that ends at a place ends in a colon, or in three dots: what it announces stands after it."""
    return document.text.endswith((":", "...", "…"), 0, end)


def is_numbered(document: Document, span: Span) -> bool:
    """Whether what a line leads to is a list of numbered steps."""
    return bool(_NUMBER.match(document.text, span[0]))


def is_bulleted(document: Document, span: Span) -> bool:
    """Whether it is a list whose items have no number."""
    line = document.text.rfind("\n", 0, span[0]) + 1
    return bool(_BULLET.match(document.text, line))


def _list(lines: Sequence[tuple[str, int]], text: str) -> Span | None:
    """A list that begins with the first of some lines: its items, and the lines that go on with one in its paragraph."""
    start = end = lines[0][1]
    items = 0
    for line, at in lines:
        if "\n\n" in text[end:at] and not is_item(line):
            break
        if line.rstrip().endswith("?"):
            return None
        items += is_item(line)
        end = at + len(line.rstrip())
    bullet = _BULLET.match(text, start)
    return (bullet.end() if bullet else start, end) if items >= FEWEST else None


def _code(document: Document, start: int, before: int) -> Span | None:
    """The paragraphs of code that begin at a place, if a colon leads to them, or a prompt says what they are."""
    first, *rest = document.text[start : start + LONGEST + 1].split("\n\n")
    if not _PROMPT.match(first) and not (leads_on(document, before) and _is_code(first)):
        return None
    end = start + len(first)
    for block in rest:
        if not _GOES_ON.match(block):
            break
        end += len("\n\n") + len(block)
    return start, end


def _is_code(block: str) -> bool:
    """Whether a paragraph is code, and no sentence or heading.

    >>> [_is_code(each) for each in ("npm i kite", "pip install .", "LET a = 1;", "How it works", "it works well.")]
    [True, True, True, False, False]
    """
    first = block.split("\n")[0]
    is_sentence = bool(_SENTENCE_END.search(block)) or not first.isascii() or is_picture(first)
    return not is_sentence and (not first[:1].isupper() or bool(_CODE_SIGN.search(first)))
