"""Any sentence-transformers model in a folder, with its own prompts for questions and documents."""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import SET_UP, ModelError
from index.types import Embedded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Small batches of texts of similar length: hardly any padding, and the activations stay in the cache.
BATCH_SIZE = 8


class SentenceTransformerEmbedder:
    """A sentence-transformers model; it is opened when the first text comes."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the names and contents of the model's files."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.folder.rglob("*") if p.suffix in (".safetensors", ".json", ".txt")):
            with path.open("rb") as file:
                digest.update(path.relative_to(self.folder).as_posix().encode())
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        """Vectors and token states of passages."""
        return _encode(self._model, "document", list(texts))

    def embed_query(self, text: str) -> Embedded:
        """Vector and token states of one question."""
        return _encode(self._model, "query", [text])

    @cached_property
    def _model(self) -> Any:
        return load_model(self.folder)


def load_model(folder: Path) -> Any:
    """Open a sentence-transformers folder on the processor, in bfloat16 where it has that; nothing is fetched.

    Raises:
        ModelError: it is no such folder, or sentence-transformers is not installed.
    """
    if not _has_torch():
        raise ModelError(f"the model in {folder} needs sentence-transformers", SET_UP)
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={
                "dtype": torch.bfloat16 if has_bfloat16() else torch.float32,
                "use_safetensors": True,
            },
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelError(f"{folder} is no sentence-transformers model: {reason}") from None


def has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 natively (AVX-512 BF16 or AMX)."""
    import torch

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _encode(model: Any, task: str, texts: list[str]) -> Embedded:
    import numpy as np

    encode = getattr(model, f"encode_{task}")
    found = encode(texts, batch_size=BATCH_SIZE, show_progress_bar=False, output_value=None) if texts else []
    rows = np.array([_floats(each["sentence_embedding"]) for each in found], np.float32)
    rows = rows.reshape(len(texts), int(model.get_embedding_dimension()))
    prompt = _prompt(model, task)
    pairs = [
        _content(model, prompt, text, _floats(each["token_embeddings"]))
        for text, each in zip(texts, found, strict=True)
    ]
    return Embedded(
        rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(min=1e-12),
        tuple(states for states, _ in pairs),
        tuple(spans for _, spans in pairs),
    )


def _prompt(model: Any, task: str) -> str:
    """What the model wants before a text; `encode_document` looks under these names, in this order."""
    names = ("query",) if task == "query" else ("document", "passage", "corpus")
    return next((model.prompts[name] for name in (*names, model.default_prompt_name) if name in model.prompts), "")


def _content(model: Any, prompt: str, text: str, states: "NDArray[np.float32]") -> "tuple[Any, Any]":
    """States and spans of the tokens of the text alone."""
    import numpy as np

    read = model.tokenizer(prompt + text, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True)
    spans = [_stripped(prompt + text, *span) for span in read["offset_mapping"]]
    places = np.array(spans, np.int32).reshape(-1, 2)[: len(states)] - len(prompt)
    own = (places[:, 1] > 0) & (places[:, 0] < places[:, 1])
    return states[: len(own)][own], places[own]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks that a tokenizer counts to the word behind them."""
    return end - len(text[start:end].lstrip()), end


def _floats(tensor: Any) -> "NDArray[np.float32]":
    array: NDArray[np.float32] = tensor.detach().float().cpu().numpy()
    return array


def _has_torch() -> bool:
    return all(importlib.util.find_spec(name) for name in ("torch", "sentence_transformers"))
