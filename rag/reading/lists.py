"""Lists and tables in an article: the items and cells that stand beside one, and what they are told for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Document
from index.analysis.sentences import sentences

Span = tuple[int, int]
Line = tuple[str, int]  # with the place where it begins

REACH = 6_000  # characters before and after an item, in which its list is looked for
_LONGEST = 400  # characters of an item, and of the line over a list
_MARK = re.compile(
    r"[ \t]*(?:(?P<bullet>[-*•–—▪►])|\d{1,3}(?P<number>[.)])|[^\W\d_](?P<letter>\))"
    r"|(?P<clock>\d{1,2}[:.]\d\d)(?:\s?[-–—]\s?\d{1,2}[:.]\d\d)?(?::|,|\s[-–—])?)\s+"
)
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"(?:^|(?<=; ))(?P<name>[^:;\n]{1,60}): (?P<value>[^;\n]+)")


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of one level of a list, and the line that stands over them, "" for none.

    Of an item it is where its words stand, without its mark and a full stop or a semicolon.
    """

    head: str
    items: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column of a table, its name, and the names of the others."""

    name: str
    others: tuple[str, ...]
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    mark: str  # "-", "1." for every number with a dot, "0:00" for every time of day
    span: Span
    announces: bool  # others that stand under it


def is_item(line: str) -> bool:
    """Whether a line has the mark of a list's item.

    >>> [is_item(line) for line in ("- bread", "2) milk", "10:30: Races", "2 loaves")]
    [True, True, True, False]
    """
    return _item(line, 0) is not None


def list_at(document: Document, place: int) -> ItemList | None:
    r"""The list in whose item a character stands; None if it stands in none, or in an interview.

    >>> rules = Document("1", "Rules", "Forbidden:\n- fires\n- tents\n\nDogs are allowed.", None, None, None, "en", "")
    >>> found = list_at(rules, 15)
    >>> found.head, [rules.text[start:end] for start, end in found.items]
    ('Forbidden:', ['fires', 'tents'])
    """
    lines = _lines(document, place)
    at = _number(lines, place)
    own = _item(*lines[at]) if at is not None else None
    if at is None or own is None:
        return None
    above, over = _above(lines[:at], own)
    items = (*reversed(above), own, *_below(lines[at + 1 :], own))
    is_talk = any(document.text[slice(*item.span)].endswith("?") for item in items)
    return (
        None
        if is_talk
        else ItemList(_last_sentence(over, document.language), tuple(item.span for item in items if not item.announces))
    )


def column_at(document: Document, place: int) -> Column | None:
    r"""The column in whose cell a character stands, of a table whose rows name their columns.

    >>> table = Document("1", "Mills", "Mill: Upper; Men: 40\nMill: Lower; Men: 52", None, None, None, "en", "")
    >>> found = column_at(table, 27)
    >>> found.name, found.others, [table.text[start:end] for start, end in found.cells]
    ('Mill', ('Men',), ['Upper', 'Lower'])
    """
    lines = _lines(document, place)
    at = _number(lines, place)
    if at is None:
        return None
    own = _cells(*lines[at])
    name = next((name for name, (start, end) in own.items() if start <= place < end), None)
    if name is None or len(own) < 2:
        return None
    first = next(iter(own))
    rows = [_cells(*line) for line in lines]
    table = _run(rows, at, first)
    return Column(name, tuple(each for each in own if each != name), tuple(row[name] for row in table if name in row))


def is_column_name(document: Document, start: int, end: int) -> bool:
    r"""Whether words are no more than the name of a column, which every row of a table says before its cell.

    >>> table = Document("1", "Mills", "Mill: Upper; Men: 40\nMill: Lower; Men: 52", None, None, None, "en", "")
    >>> is_column_name(table, 13, 16), is_column_name(table, 13, 20), is_column_name(table, 6, 11)
    (True, False, False)
    """
    left = document.text.rfind("\n", 0, start) + 1
    line = document.text[left:].partition("\n")[0]
    cells = list(_CELL.finditer(line))
    return len(cells) > 1 and any(
        left + each.start("name") <= start and end <= left + each.end("name") for each in cells
    )


def numbered(document: Document, number: int) -> list[Span]:
    r"""Where the points with a number stand in a document, of lists that have others; those with a dot go before those with a bracket.

    >>> order = Document("1", "Order", "Decided:\n1. to build\n2. to ask:\n1) Kim\n2) Lund\n3. to pay", None, None, None, "en", "")
    >>> [order.text[start:end] for start, end in numbered(order, 1)]
    ['to build']
    """
    points = [
        (sign, found.end())
        for sign in ".)"
        for found in re.finditer(rf"^[ \t]*{number}{re.escape(sign)}[ \t]+", document.text, re.MULTILINE)
    ]
    listed = [(sign, span) for sign, start in points if (span := _in_list(document, start))]
    return [span for sign, span in listed if sign == listed[0][0]]


def _in_list(document: Document, start: int) -> Span | None:
    """The item that begins at a place, of a list that has others."""
    found = list_at(document, start)
    items = found.items if found else ()
    return next((span for span in items if span[0] == start and len(items) > 1), None)


def _lines(document: Document, place: int) -> list[Line]:
    """The lines around a place that are not empty."""
    found = _LINE.finditer(document.text, max(0, place - REACH), place + REACH)
    return [(line[0], line.start()) for line in found if line[0].strip()]


def _number(lines: list[Line], place: int) -> int | None:
    """Which of the lines holds a character."""
    return next((at for at, (line, start) in enumerate(lines) if start <= place < start + len(line)), None)


def _item(line: str, start: int) -> _Item | None:
    """What a line of a list is, which begins at a place."""
    found = _MARK.match(line)
    if found is None or len(line) > _LONGEST:
        return None
    mark = found["bullet"] or ("0:00" if found["clock"] else f"1{found['number']}" if found["number"] else "a)")
    end = len(line.rstrip().rstrip(".;,").rstrip())
    return _Item(mark, (start + found.end(), start + end), line.rstrip().endswith(":")) if found.end() < end else None


def _above(lines: list[Line], own: _Item) -> tuple[list[_Item], str]:
    """The items of a list over one of them, the nearest first, and the line over the list."""
    found: list[_Item] = []
    for line, start in reversed(lines):
        item = _item(line, start)
        if item is None or (item.mark != own.mark and item.announces):
            return found, line
        if item.mark == own.mark:
            found.append(item)
    return found, ""


def _below(lines: list[Line], own: _Item) -> Iterator[_Item]:
    """The items of a list under one of them; others stand between them only under one that announces them."""
    last = own
    for line, start in lines:
        item = _item(line, start)
        if item is None or (item.mark != own.mark and not last.announces):
            return
        if item.mark == own.mark:
            last = item
            yield item


def _last_sentence(line: str, language: str) -> str:
    """What stands right over a list: a heading, or the last sentence of a paragraph."""
    last = line[-_LONGEST:]
    return next((last[start:end] for start, end in reversed(sentences(last, language))), "")


def _cells(line: str, start: int) -> dict[str, Span]:
    """Where the cells of a row stand, by the names of their columns."""
    return {
        cell["name"].strip(): (start + cell.start("value"), start + cell.end("value")) for cell in _CELL.finditer(line)
    }


def _run(rows: list[dict[str, Span]], at: int, first: str) -> list[dict[str, Span]]:
    """The rows of one table, whose rows begin with one column."""
    start = end = at
    while start and next(iter(rows[start - 1]), None) == first:
        start -= 1
    while end < len(rows) and next(iter(rows[end]), None) == first:
        end += 1
    return rows[start:end]
