"""Finds the themes of an index in a process of its own, at low priority: it takes seconds to minutes, and no answer waits for it.

The process keeps what it finds beside the index, see `rag.themes.kept`, and its memory goes with it.
"""

import asyncio
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from index import KenesError, load_embedder, open_index
from rag.themes.kept import themes_of

LONGEST = 1_800.0  # seconds
LOWEST_PRIORITY = 19
_START = "import sys; sys.path[:] = {path!r}; from ui.server.finding_themes import find; find(sys.stdin.read())"


class ThemeFinder:
    """Finds the themes of one index; all who ask while a process is at it wait for that one.

    Args:
        place: the folder of the index, or the address of its database, which may hold a password: it goes by standard input.
    """

    def __init__(self, place: str | Path) -> None:
        self._place = str(place)
        self._running: asyncio.Task[None] | None = None

    async def find(self) -> None:
        """Wait until the themes of the index as it is now are kept beside it, or could not be found."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        await asyncio.shield(self._running)

    async def _run(self) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _START.format(path=sys.path)),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            await asyncio.wait_for(process.communicate(self._place.encode()), LONGEST)
        except TimeoutError:
            pass
        finally:
            with suppress(ProcessLookupError):
                process.kill()


def find(place: str) -> None:
    """Find the themes of an index, and keep them beside it; what the process does."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    with suppress(KenesError), open_index(place) as reader:
        with reader.snapshot() as snapshot:
            model = snapshot.settings.model
        themes_of(reader, lambda: load_embedder(model))
