"""Lines of printed pages to paragraphs: by where they stand, how large they are written, and how they end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.articles.markup.lines import join_divided_words
from index.types import Note

_END = re.compile(r"[.!?…:;][\"”»’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)\]]*$")
_SMALL = re.compile(r"[\"“«(]?[a-zа-яёәғқңөұүһіїєґ]")
_MARK = re.compile(r"(?:[-*•▪►‣◦–—■●]|\(?\d{1,3}(?:\.\d{1,3})*[.)]|[a-zа-я]\))\s")
_FIGURES = re.compile(r"(?<!\S)[-+−]?\d[\d.,%]*(?!\S)")
_PROSE = re.compile(
    r"[\w)][.!?] [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^\W\d_]*\s[^\W\d_]|\d, [^\W\d_]{3,}"
)  # "28, dated 5 July. A flight"
_LEADERS = re.compile(r"(?:\s?\.){4,}\s*\d*$")
_PRINTED = re.compile(  # what browsers print on pages
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?|\d+[/.]\d+[/.]\d+, \d+:\d+(?:\s[AP]M)?\b.{0,200}|\d+/\d+"
)
_HEAD_LIMIT = 120  # characters
_SAME_SIZE = 0.12  # code and figures inside a paragraph are often a tenth smaller
_LEAST_PITCH = 1.1  # lines of prose are no closer, whatever stands close in figures and tables
_EDGE = 2  # lines at the top and at the foot of a page in which running heads stand


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from the lower left corner: its left and right end, its baseline, the size of its letters.

    `is_divided` says that its last word goes on in the next line; the hyphen is no part of `text`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_divided: bool = False


def drop_running_heads(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[Note]]:
    """Leave out what stands at the top or foot of page after page, such as a title, a chapter's name, the page's number."""
    heads = [_heads(lines, number) for number, lines in enumerate(pages)]
    counts = Counter(key for keys in heads for key in set(keys.values()))
    half = 0.4 * len(pages)  # left and right pages may differ
    repeated = {
        key
        for key, count in counts.items()
        if (count >= max(2, half) and count > len(pages) - 2)
        or (count >= max(3, half))
        or (key.offset is not None and count > 2)
    }
    kept: list[list[Line]] = []
    notes: dict[str, str] = {}
    for lines, keys in zip(pages, heads, strict=True):
        dropped = {at for at, key in keys.items() if key in repeated or _PRINTED.fullmatch(lines[at].text)}
        notes |= {
            lines[at].text if keys[at].offset is None else keys[at].text: lines[at].text for at in sorted(dropped)
        }
        kept.append([line for at, line in enumerate(lines) if at not in dropped])
    return kept, [Note("running head left out", text) for text in notes.values()]


class _Head(NamedTuple):
    """What running heads have in common: their text, with "#" for the page's number, and how far that is from our count."""

    text: str
    offset: int | None


def _heads(lines: Sequence[Line], page: int) -> dict[int, _Head]:
    """The lines at the top and the foot of a page, by height."""
    order = sorted(range(len(lines)), key=lambda at: -lines[at].base)
    return {at: _head(lines[at].text, page) for at in order[:_EDGE] + order[-_EDGE:]}


def _head(text: str, page: int) -> _Head:
    number = re.search(r"\d{1,4}(?=\D*$)", text) or re.search(r"^\d{1,4}(?=\s)", text)
    if not number or len(text) > _HEAD_LIMIT:
        return _Head(text, None)
    return _Head(text[: number.start()] + "#" + text[number.end() :], int(number[0]) - page)


def text_of(pages: Sequence[list[Line]]) -> str:
    r"""The text of pages: paragraphs divided by blank lines, list items and table rows by line breaks, pages by "\f"."""
    known = {word.lower() for lines in pages for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text)}
    text = ""
    last: Line | None = None
    for number, lines in enumerate(pages):
        blocks = list(_blocks(lines))
        if number:
            if last and blocks and _goes_on(last, blocks[0][0]):
                text = _append_over_page(text, last, blocks.pop(0), known)
            else:
                text += "\n\n\f"
        parts = [joined(block, known) for block in blocks]
        for before, block, part in zip([None, *blocks], blocks, parts, strict=False):
            if before is not None or (number and not text.endswith("\f")):
                text += "\n" if before and _stand_together(before, block) else "\n\n"
            text += part
        last = lines[-1] if lines else last
    return text.strip("\n")


def _append_over_page(text: str, last: Line, block: list[Line], known: set[str]) -> str:
    """Go on with a paragraph of the page before; the form feed stands behind a word that is divided."""
    more = joined(block, known)
    if not last.is_divided:
        return f"{text} \f{more}"
    before, _, first = text.rpartition(" ")
    second, blank, rest = more.partition(" ")
    word = join_divided_words(f"{first}-\n{second}", known).replace("\n", "")
    return f"{before} {word}{blank}\f{rest}"


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph, list item and table row of a page."""
    pitch = _usual_pitch(lines)
    block: list[Line] = []
    for line in lines:
        if block and not _continues(block, line, _column_end(lines, block[-1]), pitch):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The distance of lines in a paragraph, in multiples of their size."""
    pairs = pairwise(lines)
    steps = [(a.base - b.base) / a.size for a, b in pairs if 0.8 * a.size < a.base - b.base < 3 * a.size]
    return max(median(steps), _LEAST_PITCH) if steps else 1.2


def _column_end(lines: Sequence[Line], line: Line) -> float:
    """The right end of the column that a line stands in; a few lines, such as those over all columns, go beyond it."""
    ends = sorted(
        each.right
        for each in lines
        if abs(each.left - line.left) < 3 * line.size and abs(each.size - line.size) < _SAME_SIZE * line.size
    )
    return ends[9 * len(ends) // 10] if ends else line.right


def _continues(block: list[Line], line: Line, column_end: float, pitch: float) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = block[-1]
    if last.is_divided:
        return True
    if abs(last.size - line.size) > _SAME_SIZE * last.size:
        return False
    step = (last.base - line.base) / last.size
    if abs(step) < 0.3:  # pieces of one line
        return True
    if step < 0:  # the next column
        return _goes_on(last, line)
    if step > 1.25 * pitch + 0.1 or _MARK.match(line.text) or _is_row(last.text) or _is_row(line.text):
        return False
    is_small = bool(_SMALL.match(line.text))
    if line.left > last.left + 0.7 * line.size and not _MARK.match(block[0].text) and _END.search(last.text):
        return False
    if is_small:
        return True
    first_word = len(line.text.split(" ", 1)[0]) + 1
    letter = (line.right - line.left) / max(len(line.text), 1)
    return last.right + first_word * letter > column_end - 0.5 * last.size


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table: it has several figures, and little else, or dots that lead to a figure."""
    if _LEADERS.search(text):
        return True
    if _SMALL.match(text) or _PROSE.search(text):
        return False
    figures = _FIGURES.findall(text)
    return len(figures) > 1 and 3 * len(figures) >= len(text.split())


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a sentence goes on in another column or on another page."""
    return last.is_divided or (not _SENTENCE_END.search(last.text) and bool(_SMALL.match(line.text)))


def _stand_together(before: Sequence[Line], block: Sequence[Line]) -> bool:
    """Whether two blocks are items of one list or rows of one table."""
    if _MARK.match(block[0].text):
        return bool(_MARK.match(before[0].text)) or before[-1].text.endswith(":")
    return _is_row(before[-1].text) and _is_row(block[0].text)


def joined(block: Sequence[Line], known: set[str]) -> str:
    """The lines of a paragraph as one; `known` are words of the text, which tell what a divided word is."""
    text = "".join(line.text + ("-\n" if line.is_divided else "\n") for line in block[:-1]) + block[-1].text
    whole = join_divided_words(text, known)
    return " ".join(re.sub(r"-\n\s*|(?<=\d)–\n\s*(?=\d)", lambda found: found[0][0], whole).split())
