"""Articles in, a committed index out: `build` brings an index up to date, `open_index` opens it.

These are the names for other programs; each is imported when it is first used. Everything else is imported from its room.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.embedding.load import load_embedder
    from index.errors import DamagedIndex, InputError, KenesError, MismatchedIndex, MissingIndex, ModelError, StoreError
    from index.pipeline import BuildReport, build
    from index.store.filters import Filters
    from index.store.opening import open_index
    from index.store.protocol import OpenIndex, Snapshot
    from index.store.reader import IndexReader
    from index.store.verify import verify
    from index.types import Chunk, Document, Embedded, Embedder

_ROOMS = {
    "BuildReport": "index.pipeline",
    "Chunk": "index.types",
    "DamagedIndex": "index.errors",
    "Document": "index.types",
    "Embedded": "index.types",
    "Embedder": "index.types",
    "Filters": "index.store.filters",
    "IndexReader": "index.store.reader",
    "InputError": "index.errors",
    "KenesError": "index.errors",
    "MismatchedIndex": "index.errors",
    "MissingIndex": "index.errors",
    "ModelError": "index.errors",
    "OpenIndex": "index.store.protocol",
    "Snapshot": "index.store.protocol",
    "StoreError": "index.errors",
    "build": "index.pipeline",
    "load_embedder": "index.embedding.load",
    "open_index": "index.store.opening",
    "verify": "index.store.verify",
}

__all__ = [
    "BuildReport",
    "Chunk",
    "DamagedIndex",
    "Document",
    "Embedded",
    "Embedder",
    "Filters",
    "IndexReader",
    "InputError",
    "KenesError",
    "MismatchedIndex",
    "MissingIndex",
    "ModelError",
    "OpenIndex",
    "Snapshot",
    "StoreError",
    "build",
    "load_embedder",
    "open_index",
    "verify",
]


if not TYPE_CHECKING:  # a type checker sees only the names above, so that a wrong one is found

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first used (PEP 562)."""
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_ROOMS[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
