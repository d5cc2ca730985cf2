"""Encoders that training made from multilingual-e5-small: where their files lie, and what is in them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedding import model_cache

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TrainedFiles:
    """The files `NAME.bin` (matrices, as `encoder.matrices` says), `NAME.npz` (other tensors) and `NAME.json` (their hashes)."""

    folder: Path
    name: str

    @property
    def matrices(self) -> Path:
        return self.folder / f"{self.name}.bin"

    @property
    def vectors(self) -> Path:
        return self.folder / f"{self.name}.npz"

    @property
    def hashes(self) -> Path:
        return self.folder / f"{self.name}.json"

    def expected(self) -> "list[tuple[Path, str]]":
        """The files of the model, and the SHA-256 that each must have."""
        hashes = json.loads(self.hashes.read_text("utf-8"))
        return [(path, hashes[path.name]) for path in (self.matrices, self.vectors)]

    def tensors(self) -> "dict[str, NDArray[np.float32]]":
        """What is no matrix, by name: biases, layer norms and heads. Both files are checked first.

        Raises:
            ModelError: a file is missing, or not the one expected.
        """
        import numpy as np

        for path, sha256 in self.expected():
            model_cache.check_once(path, sha256)
        with np.load(self.vectors, allow_pickle=False) as learned:
            return {name: learned[name] for name in learned.files}


QUESTIONS = TrainedFiles(Path(__file__).with_name("weights"), "questions")
