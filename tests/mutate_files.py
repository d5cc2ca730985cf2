"""Damages files of every format and reads them: `python -m tests.mutate_files 5000` says what came of each."""

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from index.articles.files import read_file
from index.articles.process.child import Child
from index.articles.source_file import Options
from index.types import Article, BadArticle
from tests.foreign_files import WRITERS, zipped

TITLE = "Вода и хлеб"
PARAGRAPHS = [
    "Әкім су туралы айтты: 500 теңге.",
    "Министр назвал 12 пунктов & 3 < 5.",
    "The bridge is 40 m long. " * 20,
]


def mutated(raw: bytes, luck: random.Random) -> bytes:
    """One to four damages: bits, bytes, pieces and whole members of archives."""
    if raw.startswith(b"PK") and luck.random() < 0.7:
        return _with_mutated_member(raw, luck)
    for _ in range(luck.randint(1, 4)):
        raw = luck.choice([_flip, _cut, _insert, _repeat, _remove, _swap_numbers])(raw, luck)
    return raw


def _with_mutated_member(raw: bytes, luck: random.Random) -> bytes:
    try:
        with ZipFile(BytesIO(raw)) as archive:
            members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return raw
    name = luck.choice(list(members))
    content = members[name]
    assert isinstance(content, bytes)
    members[name] = mutated(content, luck)
    return zipped(members)


def _flip(raw: bytes, luck: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(luck.randint(1, 20)):
        changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    return bytes(changed)


def _cut(raw: bytes, luck: random.Random) -> bytes:
    return raw[: luck.randrange(1, len(raw) + 1)]


def _insert(raw: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(raw))
    signs = [
        b"<",
        b"<!--",
        b"&",
        b"\0",
        b"\xff\xfe",
        b"{" * 2000,
        b"<a " * 2000,
        b"<div>" * 3000,
        b"(" * 3000,
        b"\\u-9?",
        b"\n" * 5000,
    ]
    return raw[:at] + luck.choice([*signs, luck.randbytes(luck.randint(1, 50))]) + raw[at:]


def _repeat(raw: bytes, luck: random.Random) -> bytes:
    start = luck.randrange(len(raw))
    piece = raw[start : start + luck.randint(1, 500)]
    return raw[:start] + piece * luck.randint(2, 200) + raw[start:]


def _remove(raw: bytes, luck: random.Random) -> bytes:
    start = luck.randrange(len(raw))
    return raw[:start] + raw[start + luck.randint(1, 200) :] or b"x"


def _swap_numbers(raw: bytes, luck: random.Random) -> bytes:
    digits = [at for at, byte in enumerate(raw) if 48 <= byte <= 57]
    if not digits:
        return _flip(raw, luck)
    at = luck.choice(digits)
    return raw[:at] + luck.choice([b"0", b"-1", b"99999999999", b"4294967295"]) + raw[at + 1 :]


def damaged_files(number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Files of every format in turn, each with its name."""
    luck = random.Random(seed)
    whole = {name: write(TITLE, PARAGRAPHS) for name, write in WRITERS.items()}
    names = list(whole)
    for at in range(number):
        name = names[at % len(names)]
        yield name, mutated(whole[name], luck)


def main(number: int, seed: int) -> None:
    """Read so many damaged files; print what came of them and the longest time."""
    came: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    longest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder, Child() as child:
        for at, (name, raw) in enumerate(damaged_files(number, seed)):
            path = Path(folder, f"{at}.{name}")
            path.write_bytes(raw)
            began = time.monotonic()
            items = list(read_file(path, Options(), child))
            longest = max(longest, (time.monotonic() - began, path.name))
            bad = [item.reason for item in items if isinstance(item, BadArticle)]
            kind = "named" if bad else "read" if any(isinstance(item, Article) for item in items) else "empty"
            came[kind] += 1
            reasons.update(reason for reason in bad if "fault" in reason or "seconds" in reason or "memory" in reason)
            path.unlink()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(dict(came), f"longest {longest[0]:.1f} s ({longest[1]}), child at most {memory:.2f} GB", dict(reasons))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
