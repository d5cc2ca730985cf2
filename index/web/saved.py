"""A folder of fetched pages: their files, what stands beside them, and which versions they are.

A page is saved as it was sent, so that `kenes index` reads it as any saved page, a browser opens it, and a better reader may
read it again. What it does not say itself (its address, perhaps its date and title) stands beside it, in a file of that name
and `.yaml`. Its name is its date, its title and twelve digits of the hash of its address: those that its document has in
the index.
"""

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.articles.metadata.beside import SUFFIX, path_beside
from index.durable import flush
from index.errors import InputError
from index.web.client import Validators

STATE = ".kenes-fetch.json"
_VERSION = 1
_NAME_LIMIT = 60  # characters of a title in a file's name; Cyrillic ones take two bytes of 255


@dataclass(frozen=True, slots=True)
class Known:
    """A page that was fetched: where it was found in the end, and which version."""

    url: str
    validators: Validators


@dataclass(slots=True)
class State:
    """What was fetched, by the address that was asked for. `feeds` were followed and are no files."""

    pages: dict[str, Known] = field(default_factory=dict)
    feeds: dict[str, Known] = field(default_factory=dict)


def read_state(folder: Path) -> State:
    """What was fetched into a folder.

    Raises:
        InputError: the file that says it is damaged.
    """
    path = folder / STATE
    try:
        held = json.loads(path.read_bytes())
        if held["version"] != _VERSION:
            raise ValueError("another version")
        return State(_known(held["pages"]), _known(held["feeds"]))
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError(
            f"{path} is damaged", "none is needed: every page is fetched again, and the file is written anew"
        ) from None


def _known(held: Mapping[str, Mapping[str, str | None]]) -> dict[str, Known]:
    return {
        url: Known(str(row["url"]), Validators(_header(row["etag"]), _header(row["last_modified"])))
        for url, row in held.items()
    }


def _header(value: str | None) -> str | None:
    """A value that can be sent in a header."""
    if value is not None and not re.fullmatch(r"[\x20-\x7e\xa0-\xff]*", value):
        raise ValueError("no header")
    return value


def write_state(folder: Path, state: State) -> None:
    """Write down what was fetched."""
    held = {"version": _VERSION, "pages": _rows(state.pages), "feeds": _rows(state.feeds)}
    write_file(folder / STATE, json.dumps(held, ensure_ascii=False, indent=1).encode())


def _rows(known: Mapping[str, Known]) -> dict[str, dict[str, str | None]]:
    return {url: {"url": each.url, **asdict(each.validators)} for url, each in known.items()}


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".kenes-fetch-{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            flush(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def file_of(folder: Path, url: str) -> Path | None:
    """The file that a page was saved in, whatever its date and title were then."""
    found = (path for path in folder.glob(f"*{_short_hash(url)}.*") if path.suffix != SUFFIX)
    return min(found, default=None)


def save(folder: Path, url: str, suffix: str, content: bytes, fields: Mapping[str, str], name: str) -> Path:
    """Save a page, in the file that it had before if it had one.

    Args:
        folder: where.
        url: its address, which its file is known by.
        suffix: of its kind: ".html".
        content: as it was sent.
        fields: what to put beside it.
        name: how to call its file, with "-" for what no file's name may hold: its date and its title.
    """
    before = file_of(folder, url)
    path = before.with_suffix(suffix) if before else folder / f"{file_name(name, url)}{suffix}"
    if fields:
        write_file(path_beside(path), _front_matter(fields))
    write_file(path, content)
    if before and before != path:  # it is of another kind now
        before.unlink()
        path_beside(before).unlink(missing_ok=True)
    return path


def file_name(name: str, url: str) -> str:
    """A file's name without suffix that is safe on every system: small letters and digits of any script, and hyphens.

    >>> file_name("2024-03-05 Су қымбаттады: «500 теңге»?", "https://example.org/")
    '2024-03-05-су-қымбаттады-500-теңге-8198d1bac40a'
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    words = re.sub(r"[\W_]+", "-", plain)[:_NAME_LIMIT].strip("-")
    return f"{words}-{_short_hash(url)}" if words else _short_hash(url)


def _short_hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:12]


def _front_matter(fields: Mapping[str, str]) -> bytes:
    import yaml

    return f"---\n{yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False)}---\n".encode()
