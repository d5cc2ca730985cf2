"""Keeps the themes of an index beside it, so that they are found once: `themes.json`, a file that may be removed at any time."""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index import Embedder, OpenIndex
from rag.themes.find import find_themes
from rag.themes.types import Member, Theme, Themes

FILE = "themes.json"
VERSION = 2  # raise it when themes are found in another way


def themes_of(reader: OpenIndex, embedder: Callable[[], Embedder] | None = None) -> Themes:
    """The themes of an index: those kept beside it, with the articles that have come since.

    Args:
        reader: the index.
        embedder: gives the index's model, where themes must be named; None for names by their words alone.

    Raises:
        MissingPart: what groups articles is not installed.
    """
    kept = read_kept(reader.cache)
    with reader.snapshot() as snapshot:
        if kept is not None and kept.digest == snapshot.digest():
            return kept
        found = find_themes(snapshot, kept, embedder() if embedder else None)
    keep(reader.cache, found)
    return found


def is_current(reader: OpenIndex) -> bool:
    """Whether the themes kept beside an index are those of the articles that it holds now."""
    kept = read_kept(reader.cache)
    with reader.snapshot() as snapshot:
        return kept is not None and kept.digest == snapshot.digest()


def stamp(folder: Path) -> int:
    """A number that changes when other themes are kept beside an index; 0 if none are."""
    try:
        return (folder / FILE).stat().st_mtime_ns
    except OSError:
        return 0


def read_kept(folder: Path) -> Themes | None:
    """The themes kept beside an index; None if there are none, or if they are not what `keep` writes."""
    try:
        held = json.loads((folder / FILE).read_bytes())
        return _themes(held) if held["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, themes: Themes) -> None:
    """Write the themes beside an index; where nobody may write, they are found anew each time."""
    text = json.dumps({"version": VERSION, **asdict(themes)}, ensure_ascii=False)
    written = folder / f"{FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            written.write_text(text, "utf-8")
            written.replace(folder / FILE)
        finally:
            written.unlink(missing_ok=True)


def _themes(held: dict[str, Any]) -> Themes:
    return Themes(
        digest=str(held["digest"]),
        founded=int(held["founded"]),
        themes=tuple(map(_theme, held["themes"])),
        others=tuple(map(str, held["others"])),
        copies={str(copy): str(first) for copy, first in held["copies"].items()},
    )


def _theme(held: dict[str, Any]) -> Theme:
    names = {str(language): tuple(map(str, phrases)) for language, phrases in held["names"].items()}
    members = (
        Member(str(id), int(start), int(end), float(likeness), bool(is_second))
        for id, start, end, likeness, is_second in held["members"]
    )
    return Theme(names, tuple(members))
