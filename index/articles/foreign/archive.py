"""Archives: .zip. Every member of a known kind is read as if it were a file; archives inside archives are not opened."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from zipfile import ZipInfo

from index.articles.markup.zipped import member, open_zip
from index.articles.registry import read_guarded, readers
from index.articles.source_file import FILE_LIMIT, SourceFile
from index.errors import InputError, UnreadableArticle, fault_of
from index.types import Article, BadArticle, PassedOver

_MEMBERS_LIMIT = 20_000
_UNPACKED_LIMIT = 2_000_000_000  # bytes of all members together
_UTF8 = 0x800  # the flag of a name in UTF-8


def read(file: SourceFile) -> Iterator[Article | BadArticle | PassedOver]:
    """Read the articles of every member, in the order of their names."""
    others: Counter[str] = Counter()
    empty = 0
    with open_zip(file.read(FILE_LIMIT)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info)]
        if len(members) > _MEMBERS_LIMIT:
            raise UnreadableArticle(
                "oversized", f"{len(members):,} files in it; the limit is {_MEMBERS_LIMIT:,}, unpack it"
            )
        if (size := sum(info.file_size for info in members)) > _UNPACKED_LIMIT:
            raise UnreadableArticle(
                "oversized",
                f"{size / 1e9:,.1f} GB when unpacked; the limit is {_UNPACKED_LIMIT / 1e9:.0f} GB, unpack it",
            )
        for info in sorted(members, key=_name):
            inner = replace(file, origin=f"{file.origin}/{_name(info)}", data=b"")
            if inner.suffix not in readers() or inner.suffix in READERS:
                others[inner.suffix] += 1
                continue
            try:
                items = read_guarded(replace(inner, data=member(archive, info.filename)))
            except InputError as error:
                items = iter([BadArticle(str(file.path), inner.origin, str(error), fault_of(error))])
            is_empty = True
            for item in items:
                is_empty = False
                yield item
            empty += is_empty
    if others or empty:
        yield PassedOver(dict(others), empty)


def _is_hidden(info: ZipInfo) -> bool:
    """Whether a member is none of the user's files, as macOS adds them."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(info.filename).parts)


def _name(info: ZipInfo) -> str:
    """A member's name: zipfile takes names that are not marked as UTF-8 for cp437, but they are UTF-8 or cp866."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866", "replace")


READERS = {".zip": read}
