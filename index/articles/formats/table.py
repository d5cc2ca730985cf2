"""Tables: .csv, .tsv. With a column of texts, a row is an article; otherwise a row is a line of one article."""

import csv
import io
from collections.abc import Iterator

from index.articles.encoding.decode import decode
from index.articles.markup.records_of_tables import table_articles
from index.articles.source_file import SourceFile
from index.errors import UnreadableArticle
from index.types import Article, BadArticle

_SIZE_LIMIT = 100_000_000  # bytes
_SAMPLE = 20_000  # characters that show how cells are divided
_DIVIDERS = ",;\t|"


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a table, whatever divides its cells."""
    text, notes = decode(file.read(_SIZE_LIMIT))
    named, _, rest = text.partition("\n")
    if named.strip().lower().startswith("sep=") and len(named.strip()) == len("sep=;"):  # as Excel writes it
        divider, text = named.strip()[-1], "\n" + rest
    else:
        divider = "\t" if file.suffix == ".tsv" else _divider(text[:_SAMPLE])
    csv.field_size_limit(_SIZE_LIMIT)
    yield from table_articles(file, _rows(text, divider), notes=notes)


def _rows(text: str, divider: str) -> Iterator[tuple[int, list[str]]]:
    """Each row, with the number of the line on which it begins."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    line = 1
    try:
        for row in lines:
            yield line, row
            line = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableArticle("damaged", f"damaged: line {line} ({error})") from None


def _divider(sample: str) -> str:
    """What divides the cells: what occurs in every row equally often, or else what occurs most in the first."""
    best = {divider: _width(sample, divider) for divider in _DIVIDERS}
    first = sample.partition("\n")[0]
    return max(_DIVIDERS, key=lambda divider: (best[divider], first.count(divider)))


def _width(sample: str, divider: str) -> int:
    """How many cells nearly all rows of a sample have, or 1 if they differ."""
    rows = [row for row in csv.reader(sample.splitlines()[:50], delimiter=divider) if row]
    widths = sorted(len(row) for row in (rows[:-1] or rows))
    return widths[0] if widths and widths[len(widths) // 10] == widths[-1] else 1


READERS = {".csv": read, ".tsv": read, ".tab": read}
