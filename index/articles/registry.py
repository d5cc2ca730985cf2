r"""The formats that are read: each is one module that names its suffixes and its reader.

How to add a format: put a module into `formats/` (text, parsed in this process unless it is long) or `foreign/` (anything that
a library parses, run in a child process with limits). It holds a constant `READERS`, and that is all:

    def read(file: SourceFile) -> Iterator[Article | BadArticle]:
        text, notes = decode(file.read())
        if text.strip():
            yield article(file, text, {"title": file.stem}, notes=notes)

    READERS = {".txt": read, ".text": read}

A reader yields every article of the file, and a `BadArticle` for each that cannot be read; nothing for an empty file, which
is counted and no finding. An archive yields a `PassedOver` for what it holds besides. `InputError` and `OSError` mean that the rest of the file cannot be read. What a reader gives:

- `text` is plain: no markup. Paragraphs are divided by blank lines, a table row is one line, pages are divided by "\f".
- `fields` hold the metadata as it stands in the file ("title", "date", "source", "url", "lang"): `metadata.article` checks it.
- `line` is the line of the file, from 1, where a file has many articles.
- `notes` say what was left out or guessed: `Note("caption left out", "Photo: …")`, `Note("read as", "windows-1251")`.

Heavy libraries are imported inside the reader, so that they are loaded only when such a file is met.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from index.analysis.unicode import one_line
from index.articles import foreign, formats
from index.articles.source_file import TEXT_LIMIT, SourceFile, too_large
from index.errors import SET_UP, KenesError, fault_of
from index.types import Article, BadArticle, Fault, PassedOver

_PARSED_HERE = 30_000  # bytes of a text that is parsed in this process, without limits
Reader = Callable[[SourceFile], Iterator[Article | BadArticle | PassedOver]]


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of every suffix, in the order of the suffixes' names: {".csv": …, ".docx": …}."""
    found: dict[str, Reader] = {}
    for package in (formats, foreign):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            found.update(importlib.import_module(module.name).READERS)
    return dict(sorted(found.items()))


def needs_child(file: SourceFile) -> bool:
    """Whether a file is parsed in the child process: what a library parses, and what is long enough to take long.

    In a text of 30 KB the worst that is known takes some two seconds; it grows with the square of the length.
    """
    is_foreign = readers()[file.suffix].__module__.startswith(f"{foreign.__name__}.")
    return is_foreign or file.path.stat().st_size > _PARSED_HERE


def read_guarded(file: SourceFile) -> Iterator[Article | BadArticle | PassedOver]:
    """The articles of a file; whatever its parser raises is the file's fault, except that memory is short."""
    try:
        for item in readers()[file.suffix](file):
            if isinstance(item, Article) and len(item.text) > TEXT_LIMIT:
                yield BadArticle(item.file, item.origin, too_large(len(item.text)), "oversized")
            else:
                yield item
    except MemoryError:
        raise
    except ModuleNotFoundError as error:
        yield _bad(file, f"reading {file.suffix} needs {error.name}, which is not installed here; install it: {SET_UP}")
    except OSError as error:
        yield _bad(file, f"cannot be read: {error.strerror or error}")
    except KenesError as error:
        yield _bad(file, error.what, fault_of(error))
    except Exception as error:  # a parser may raise anything
        said = " ".join(str(error).split())[:200] or type(error).__name__
        yield _bad(file, f"damaged, or no {file.suffix} file ({said})", "damaged")


def _bad(file: SourceFile, reason: str, fault: Fault = "other") -> BadArticle:
    return BadArticle(str(file.path), file.origin, one_line(reason), fault)


def kinds() -> str:
    """The suffixes that are read, for people: ".csv, .docx, …"."""
    return ", ".join(readers())
