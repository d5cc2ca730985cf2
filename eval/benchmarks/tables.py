"""Markdown tables, and the options with which every benchmark writes its figures to files."""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.files import write_text
from eval.measures.statistics import bootstrap
from index import KenesError
from index.progress import Progress


class Table:
    """A Markdown table; every row is printed as soon as its figures are there.

    >>> table = Table("set", "F1")
    | set | F1 |
    |---|---|
    >>> table.add("seeds", "0.80")
    | seeds | 0.80 |
    """

    def __init__(self, *head: str) -> None:
        self.head = head
        self._lines: list[str] = []
        self.add(*head)
        self._print("|" + "---|" * len(head))

    def add(self, *cells: str) -> None:
        """Add and print a row."""
        self._print("| " + " | ".join(cells) + " |")

    def markdown(self) -> str:
        """All lines of the table."""
        return "".join(f"{line}\n" for line in self._lines)

    def _print(self, line: str) -> None:
        self._lines.append(line)
        print(line, flush=True)


def mean_and_interval(values: Sequence[float], sign: str = "") -> str:
    """A mean and its 95 % interval as tables show them.

    >>> mean_and_interval([0.5, 0.5])
    '0.500 (0.50 to 0.50)'
    """
    low, high = bootstrap(values)
    return f"{statistics.fmean(values):{sign}.3f} ({low:{sign}.2f} to {high:{sign}.2f})"


def machine() -> str:
    """What figures of speed depend on."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores"


def parser_for(name: str, documentation: str | None) -> argparse.ArgumentParser:
    """The parser of a benchmark, with the two options that write its figures to files."""
    first_line = (documentation or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog=f"python -m eval.benchmarks.{name}", description=first_line)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to this file")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the Markdown table to this file")
    return parser


def write_figures(arguments: argparse.Namespace, markdown: str, figures: Any) -> None:
    """Write what `--json` and `--table` ask for.

    Raises:
        InputError: a file cannot be written.
    """
    if arguments.table:
        write_text(arguments.table, markdown)
    if arguments.json:
        write_text(arguments.json, json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def run_main(name: str, main: Callable[[], None]) -> None:
    """Run a benchmark; an error that a person can fix ends it with its sentence."""
    try:
        main()
    except KenesError as error:
        sys.exit(f"eval.benchmarks.{name}: {error}")


def progress(what: str, done: int, total: int) -> None:
    """Show the progress in one line of stderr."""
    if sys.stderr.isatty() or done == total:
        print(f"\r{what} {done:,} of {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def indexing_progress(name: str, state: Progress) -> None:
    """Show how far indexing is, in one line of stderr."""
    if sys.stderr.isatty():
        print(f"\r{name}: {state.chunks:,} chunks, {state.share:.0%} ", end="", file=sys.stderr, flush=True)
