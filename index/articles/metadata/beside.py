"""Metadata beside a file that cannot hold its own: `report.pdf.yaml` describes `report.pdf`, and wins over what that says."""

from dataclasses import replace
from pathlib import Path

from index.articles.encoding.decode import decode
from index.articles.metadata.fields import Fields, read_fields
from index.articles.metadata.front_matter import split_front_matter
from index.types import Note

SUFFIX = ".yaml"  # appended to the whole name of the file
_LIMIT = 20_000  # bytes


def path_beside(file: Path) -> Path:
    """Where the metadata of a file stands, if it has any beside it.

    >>> path_beside(Path("report.pdf")).name
    'report.pdf.yaml'
    """
    return file.with_name(file.name + SUFFIX)


def is_beside(file: Path) -> bool:
    """Whether a file is the metadata of another one that lies beside it."""
    return file.suffix == SUFFIX and file.with_suffix("").is_file()


def fields_beside(file: Path) -> Fields | None:
    """The metadata beside a file, as it is written there between two lines of `---`; None if there is none.

    Raises:
        InputError: it is no text.
    """
    try:
        with path_beside(file).open("rb") as stream:
            raw = stream.read(_LIMIT)
    except OSError:
        return None
    text, _ = decode(raw)
    given, rest, notes = split_front_matter(text.replace("\r\n", "\n"))
    fields = read_fields(given)
    if rest.strip():
        notes += (Note("metadata left out", f"{path_beside(file).name} has text outside its lines of ---"),)
    return replace(fields, notes=notes + fields.notes)
