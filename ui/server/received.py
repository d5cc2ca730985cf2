"""Receives a file that somebody sends: makes its name safe, bounds its bytes, and keeps it in a folder or not at all."""

import asyncio
import errno
import hashlib
import re
import secrets
import shutil
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

from index.articles.registry import kinds, readers
from index.articles.source_file import FILE_LIMIT

LONGEST_NAME = 150  # bytes in UTF-8; file systems take 255, and the index of a name that is taken already comes on top
SILENCE = 30.0  # seconds without a byte after which a sender is given up
SPARE = 200_000_000  # bytes that stay free on the disk, for the index and for others
UNFINISHED = ".kenes-received-"
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # devices of Windows


class Refusal(Exception):
    """Why something is not added: `key` names the text that says it, `values` fill its gaps, `detail` says more to programs, in English."""

    def __init__(self, key: str, status: int, detail: str | None = None, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.detail = detail
        self.values = values


def safe_name(given: str) -> str:
    r"""The name under which a file is kept: the last part of what is given, without what no file's name may hold.

    >>> safe_name("C:\\letters\\Хат 1.PDF"), safe_name("../../etc/.hidden.txt"), safe_name("a\x00<b>.md")
    ('Хат 1.PDF', 'hidden.txt', 'a_b_.md')

    Raises:
        Refusal: nothing is left of it, or it is not of a kind that is read.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    printable = "".join(letter for letter in last if letter.isprintable())
    plain = re.sub(r'[<>:"|?*]+', "_", printable).strip(" .")
    stem, suffix = Path(plain).stem, Path(plain).suffix
    if not stem or _RESERVED.match(plain):
        raise Refusal("add_name", 400)
    if suffix.lower() not in readers():
        raise Refusal("add_kind", 415, kinds=kinds())
    cut = stem.encode("utf-8", "ignore")[: LONGEST_NAME - len(suffix)].decode("utf-8", "ignore").strip(" .")
    return f"{cut}{suffix}"


async def receive(folder: Path, name: str, size: int, parts: AsyncIterator[bytes]) -> Path:
    """Keep what is sent as a file of that name; where another file has the name, of a name with a number.

    Args:
        folder: where.
        name: as `safe_name` gives it.
        size: bytes that the sender announced; 0 if it did not.
        parts: the bytes as they come.

    Raises:
        Refusal: it is too large, empty or there already, it stopped coming, or there is no room for it.
    """
    _check_room(folder, size)
    unfinished = folder / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        digest = await _write(unfinished, parts)
        _check_new(folder, unfinished, digest)
        kept = _free_name(folder, name)
        unfinished.rename(kept)
    except TimeoutError:
        raise Refusal("add_stopped", 408) from None
    except OSError as error:
        raise refusal_of(error) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _check_room(folder: Path, size: int) -> None:
    if size > FILE_LIMIT:
        raise _too_large()
    if shutil.disk_usage(folder).free < size + SPARE:
        raise Refusal("add_full", 507)


def _too_large() -> Refusal:
    return Refusal("add_too_large", 413, limit=FILE_LIMIT // 1_000_000)


def refusal_of(error: OSError) -> Refusal:
    """What the system's refusal to write means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Refusal("add_full", 507)
    return Refusal("add_fault", 500, error.strerror)


async def _write(file: Path, parts: AsyncIterator[bytes]) -> str:
    """Write what comes; its SHA-256."""
    digest, size = hashlib.sha256(), 0
    with file.open("xb") as stream:
        while True:
            part = await asyncio.wait_for(anext(parts, None), SILENCE)
            if part is None:
                break
            size += len(part)
            if size > FILE_LIMIT:
                raise _too_large()
            digest.update(part)
            stream.write(part)
    if not size:
        raise Refusal("add_empty", 400)
    return digest.hexdigest()


def _check_new(folder: Path, file: Path, digest: str) -> None:
    """Raises Refusal if the folder has a file of the same bytes."""
    size = file.stat().st_size
    for other in files_in(folder):
        if other.stat().st_size == size and _digest(other) == digest:
            raise Refusal("add_there", 409, name=other.name)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _free_name(folder: Path, name: str) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    kept, number = folder / name, 1
    while kept.exists():
        number += 1
        kept = folder / f"{stem} ({number}){suffix}"
    return kept


def files_in(folder: Path) -> list[Path]:
    """The files that a folder holds, the newest first; hidden ones, and those that tell of another, are none."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in readers() and not path.name.startswith("."))
    return sorted((path for path in found if path.is_file()), key=lambda path: path.stat().st_mtime, reverse=True)
