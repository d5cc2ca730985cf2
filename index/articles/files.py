"""Reads files and folders into articles; what cannot be read is named, what is passed over is counted, the rest goes on."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.analysis.unicode import one_line
from index.articles.metadata.beside import is_beside
from index.articles.process.child import Child
from index.articles.registry import kinds, needs_child, read_guarded, readers
from index.articles.source_file import Options, SourceFile
from index.errors import InputError, fault_of
from index.types import Article, BadArticle, Fault, PassedOver

_Item = Article | BadArticle | PassedOver


def read_articles(paths: Iterable[Path], options: Options | None = None) -> Iterator[Article | BadArticle | PassedOver]:
    """Read every article under the paths, in the order given, folders by name.

    Folders are searched for the kinds of files in the registry; hidden files and links to folders are passed over in
    silence. A last `PassedOver` counts files of other kinds, empty ones and drafts, if there are any.
    """
    others: Counter[str] = Counter()
    empty = drafts = 0
    options = options or Options()
    with Child() as child:
        for found in find_files(paths, others):
            for item in [found] if isinstance(found, BadArticle) else read_file(found, options, child):
                if item is None:
                    empty += 1
                elif isinstance(item, PassedOver):  # of an archive
                    others.update(item.others)
                    empty += item.empty
                elif isinstance(item, Article) and item.is_draft and not options.drafts:
                    drafts += 1
                else:
                    yield item
    if others or empty or drafts:
        yield PassedOver(dict(others.most_common()), empty, drafts)


def find_files(paths: Iterable[Path], others: Counter[str]) -> Iterator[Path | BadArticle]:
    """The files under the paths that are to be read, in their order, and what cannot be; `others` counts the other kinds."""
    for path in map(Path, map(os.path.abspath, paths)):
        if path.is_dir():
            yield from _find_in(path, others)
        elif not path.exists():
            yield _bad(path, "no such file or folder")
        elif path.suffix.lower() not in readers():
            yield _bad(path, f"not a kind of file that is read ({kinds()})")
        else:
            yield path


def _find_in(folder: Path, others: Counter[str]) -> Iterator[Path | BadArticle]:
    found = False
    errors: list[OSError] = []
    for file in _files_in(folder, errors):
        suffix = file.suffix.lower()
        if suffix in readers():
            found = True
            yield file
        elif not is_beside(file):
            others[suffix] += 1
    for error in errors:
        yield _bad(Path(error.filename), f"cannot be read: {error.strerror}")
    if not found and not errors:
        yield _bad(folder, f"no article in this folder (looked for {kinds()})")


def _files_in(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def read_file(path: Path, options: Options, child: Child) -> Iterator[_Item | None]:
    """The articles of a file, or None if it is empty."""
    empty = True
    try:
        str(path).encode()
        if not path.is_file():
            yield _bad(path, "not a regular file")
            return
        file = SourceFile(path, str(path), options)
        read = child.read if needs_child(file) else read_guarded
        for item in read(file):
            empty = False
            yield item
        if empty:
            yield None
    except UnicodeEncodeError:
        yield _bad(path, "its name is not UTF-8, rename it")
    except InputError as error:
        yield _bad(path, error.what, fault_of(error))
    except OSError as error:
        yield _bad(path, f"cannot be read: {error.strerror or error}")


def _bad(path: Path, reason: str, fault: Fault = "other") -> BadArticle:
    return BadArticle(str(path), str(path), one_line(reason), fault)


def total_size(paths: Iterable[Path]) -> int:
    """The bytes of all files that `read_articles` would read, for an estimate of the time that it takes."""
    total = 0
    for path in paths:
        files = _files_in(path, []) if path.is_dir() else iter([path])
        for file in files:
            if file.suffix.lower() in readers():
                total += size_of(file)
    return total


def size_of(file: Path) -> int:
    """The bytes of a file; 0 if it cannot be read."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
