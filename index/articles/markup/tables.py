"""Tables as text: one line a row, each value with its column's name, so that a line can be understood and quoted alone."""

from collections.abc import Sequence
from itertools import zip_longest

_NAME_LIMIT = 80  # characters of a column's name


def table_lines(rows: Sequence[Sequence[str]], *, header: bool | None = None) -> list[str]:
    """One line for each row. Empty cells are left out.

    Args:
        rows: the cells, top to bottom.
        header: whether the first row names the columns; None: judged by what it holds.

    >>> table_lines([["Region", "Unemployed"], ["Turkistan", "51300"], ["Abai", ""]])
    ['Region: Turkistan; Unemployed: 51300', 'Region: Abai']
    """
    filled = [cells for row in rows if any(cells := [" ".join(cell.split()) for cell in row])]
    if not filled:
        return []
    if header is None:
        header = _names_columns(filled)
    if not header or len(filled) == 1:
        return ["; ".join(filter(None, row)) for row in filled]
    names, *others = filled
    return [_line(names, row) for row in others]


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """A first row of different short words, no figures, over at least one more row."""
    first = [cell for cell in rows[0] if cell]
    width = max(map(len, rows))
    return (
        len(rows) > 1
        and width > 1
        and len(first) >= width - 1
        and len(set(first)) == len(first)
        and not any(_is_figure(cell) or len(cell) > _NAME_LIMIT for cell in first)
    )


def _is_figure(cell: str) -> bool:
    """Whether a cell is a value: mostly digits, and no year such as a column may be named by."""
    digits = sum(c.isdigit() for c in cell)
    return digits * 2 > len(cell) and not (cell.isdecimal() and len(cell) == 4)


def _line(names: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip_longest(names, row, fillvalue="")
    return "; ".join(f"{name.rstrip(':')}: {value}" if name else value for name, value in pairs if value)
