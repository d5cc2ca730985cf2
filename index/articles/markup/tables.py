"""Tables as text: one line a row, each value with its column's name, so that a line can be understood and quoted alone."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

_NAME_LIMIT = 80  # characters of a column's name
_BOX = str.maketrans(
    dict.fromkeys("│┃║", "|") | dict.fromkeys("─━═", "-") | dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛", "+")
)
_RULE = re.compile(r"(?=.*[+|])(?=.*--|.*==|.*:-)[-=+|:\s]+")


def table_lines(rows: Sequence[Sequence[str]], *, header: bool | None = None) -> list[str]:
    """One line for each row. Empty cells are left out.

    Args:
        rows: the cells, top to bottom.
        header: whether the first row names the columns; None: only if what stands below it leaves no doubt, for a false
            name makes a false statement. Titles above the table are lines of their own then.

    >>> table_lines([["Region", "Unemployed", "Rate"], ["Turkistan", "51300", "5.2"], ["Abai", "", "4"]])
    ['Region: Turkistan; Unemployed: 51300; Rate: 5.2', 'Region: Abai; Rate: 4']
    >>> table_lines([["Mayor", "Ida Roe"], ["People", "4100"]])
    ['Mayor; Ida Roe', 'People; 4100']
    """
    filled = [cells for row in rows if any(cells := [" ".join(cell.split()) for cell in row])]
    titles = 0 if header else _titles(filled)
    table = filled[titles:]
    if header is None:
        header = _names_columns(table) and _is_named_surely(table)
    if not header or len(table) < 2:
        return ["; ".join(filter(None, row)) for row in filled]
    names, *others = table
    return ["; ".join(filter(None, row)) for row in filled[:titles]] + [_line(names, row) for row in others]


def sheet_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line for each row of a sheet, whose first row names the columns if it can.

    >>> sheet_lines([["Beds in 2024", ""], ["Town", "Beds"], ["Corrow", "12"]])
    ['Beds in 2024', 'Town: Corrow; Beds: 12']
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    titles = _titles(filled)
    header = _names_columns([[cell.strip() for cell in row] for row in filled[titles:]])
    return [line for row in filled[:titles] for line in table_lines([row], header=False)] + table_lines(
        filled[titles:], header=header
    )


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows on top have one filled cell only, in a table that is wider."""
    width = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    titles = 0
    while titles < len(rows) - 1 and width > 1 and sum(bool(cell.strip()) for cell in rows[titles]) == 1:
        titles += 1
    return titles


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """A first row of different short words, no figures, over at least one more row."""
    first = [cell for cell in rows[0] if cell] if rows else []
    width = max(map(len, rows), default=0)
    return (
        len(rows) > 1
        and width > 1
        and len(first) >= width - 1
        and len(set(first)) == len(first)
        and not any(_is_figure(cell) or len(cell) > _NAME_LIMIT for cell in first)
    )


def _is_named_surely(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of three or more columns has figures under a name: two columns may as well be names and their values."""
    if max(map(len, rows)) < 3:
        return False
    columns = list(zip_longest(*rows, fillvalue=""))[1:]
    return any(_has_figures_below(name, [cell for cell in cells if cell]) for name, *cells in columns)


def _has_figures_below(name: str, cells: Sequence[str]) -> bool:
    figures = [cell for cell in cells if _is_figure(cell) or _is_year(cell)]
    return bool(name and cells) and len(figures) == len(cells) and not (_is_year(name) and any(map(_is_year, cells)))


def _is_figure(cell: str) -> bool:
    """Whether a cell is a value: mostly digits, and no year such as a column may be named by."""
    return sum(c.isdigit() for c in cell) * 2 > len(cell) and not _is_year(cell)


def _is_year(cell: str) -> bool:
    return cell.isdecimal() and len(cell) == 4


def _line(names: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip_longest(names, row, fillvalue="")
    return "; ".join(f"{name.rstrip(':')}: {value}" if name else value for name, value in pairs if value)


class DrawnTable(NamedTuple):
    """The cells of a table that is drawn with signs, and whether a rule divides the first row from the others."""

    rows: list[list[str]]
    header: bool


def drawn_table(lines: Sequence[str]) -> DrawnTable | None:
    """Read a table of bars and rules, as Markdown, Org, reStructuredText and databases draw it; None if it is none.

    >>> drawn_table(["| Town | Beds |", "|------|------|", "| Corrow | 12 |"])
    DrawnTable(rows=[['Town', 'Beds'], ['Corrow', '12']], header=True)
    """
    plain = [line.translate(_BOX).strip() for line in lines]
    is_rule = [bool(_RULE.fullmatch(line)) for line in plain]
    if is_rule[1:2] == [True] and not plain[0].startswith("|"):  # without bars at the sides
        plain = [f"|{line}|" for line in plain]
    rows = [line for line, rule in zip(plain, is_rule, strict=True) if not rule]
    are_rows = all(line.startswith("|") and line.count("|") > 2 for line in rows)
    if not rows or not are_rows or len(plain) < 2:
        return None
    first = is_rule.index(False)
    header = first + 1 < len(plain) and is_rule[first + 1]
    inner = [line for line, rule in zip(plain, is_rule, strict=True) if rule][1:-1]
    has_double = any("=" in line for line in inner)
    if not is_rule[0] or (len(inner) < 2 and not has_double):
        return DrawnTable([_cells(line) for line in rows], header)
    return DrawnTable(_rows_between_rules(plain, is_rule), has_double)


def _rows_between_rules(plain: Sequence[str], is_rule: Sequence[bool]) -> list[list[str]]:
    """The rows of a table with rules between all of them: a row may have several lines."""
    rows: list[list[str]] = []
    for at, line in enumerate(plain):
        if is_rule[at]:
            continue
        if is_rule[at - 1]:
            rows.append(_cells(line))
        else:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip_longest(rows[-1], _cells(line), fillvalue="")]
    return rows


def _cells(line: str) -> list[str]:
    return [
        cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|"))
    ]
