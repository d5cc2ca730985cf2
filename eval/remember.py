"""Keeps vectors of passages between evaluations: embedding them is nearly all the time that indexing a set takes.

So the index itself can be made anew for every run, and no figure comes from terms or chunks of older code.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index import Embedder, InputError
from index.e5_weights import models_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class RememberingEmbedder:
    """An embedder that looks a passage up by its text before it embeds it. Questions are always embedded.

    The file grows by records of 64 hex digits (SHA-256 of the text) and `dim` float32; what a killed run left half
    written at its end is cut off. To forget, remove it.
    """

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        """Open the memory of an embedder, by default in the user's cache.

        Raises:
            InputError: it cannot be read.
        """
        import numpy as np

        self.name, self.sha256, self.dim = embedder.name, embedder.sha256, embedder.dim
        self._embedder = embedder
        self._file = (folder or models_folder().with_name("eval")) / f"vectors-{embedder.sha256[:16]}"
        self._record = np.dtype([("key", "S64"), ("vector", "<f4", (embedder.dim,))])
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.truncate(file.tell() // self._record.itemsize * self._record.itemsize)
            records = np.fromfile(self._file, self._record)
        except OSError as error:
            raise self._unusable(error) from None
        self._known = dict(zip(records["key"].tolist(), records["vector"], strict=True))

    def embed_documents(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Unit rows, float32, shape (len(texts), dim).

        Raises:
            InputError: new vectors cannot be written.
        """
        import numpy as np

        keys = [hashlib.sha256(text.encode()).hexdigest().encode() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            records = np.empty(len(new), self._record)
            records["key"], records["vector"] = list(new), self._embedder.embed_documents(list(new.values()))
            try:
                with self._file.open("ab") as file:
                    file.write(records.tobytes())
            except OSError as error:
                raise self._unusable(error) from None
            self._known.update(zip(new, records["vector"], strict=True))
        return np.array([self._known[key] for key in keys], np.float32).reshape(len(keys), self.dim)

    def embed_query(self, text: str) -> "NDArray[np.float32]":
        """A unit vector, float32, shape (dim,)."""
        return self._embedder.embed_query(text)

    def _unusable(self, error: OSError) -> InputError:
        return InputError(
            f"{self._file} cannot be used: {error.strerror or error}\n"
            "make room, or name another folder: export KENES_CACHE=FOLDER"
        )
