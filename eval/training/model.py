"""The reader in torch: encoder and heads, the weights that ship read and written, texts in tokens."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.training import unpack_e5
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import JOINED, LAYERS, matrices, quantised
from index.embedding.e5.tokenizer import Tokenizer
from index.embedding.e5.trained import TrainedFiles
from rag.reading.span_reader import READER, Layout, layout

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

SEED = 11
PADDED_TO = 16  # tokens
OUTSIDE = -1e4  # the logit of a place that cannot be part of an answer


class TorchSpanReader:
    """Encoder and heads in torch."""

    def __init__(self) -> None:
        import torch
        from transformers import AutoModel

        torch.manual_seed(SEED)
        folder = str(unpack_e5.unpacked_folder())
        bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()
        self.head = torch.nn.Linear(bert.config.hidden_size, 3)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)
        bert.embeddings.requires_grad_(False)
        self.bert = bert

    def logits(self, targets: "Sequence[Layout]") -> "tuple[Tensor, Tensor]":
        """Logits of each place being the start, and the end; place 0 is that of no answer. Shape (texts, tokens)."""
        import torch

        first, last, none = self.scores(targets)
        return torch.cat([none[:, None], first[:, 1:]], dim=1), torch.cat([none[:, None], last[:, 1:]], dim=1)

    def scores(self, targets: "Sequence[Layout]") -> "tuple[Tensor, Tensor, Tensor]":
        """Logits of each place being the start, and the end, shape (texts, tokens), and of no answer, shape (texts,).

        Places outside of the passage have -10,000.
        """
        import torch

        longest = -(-max(len(each.ids) for each in targets) // PADDED_TO) * PADDED_TO
        ids = torch.full((len(targets), longest), 1)
        mask = torch.zeros((len(targets), longest), dtype=torch.long)
        allowed = torch.zeros((len(targets), longest), dtype=torch.bool)
        for row, each in enumerate(targets):
            ids[row, : len(each.ids)] = torch.tensor(each.ids)
            mask[row, : len(each.ids)] = 1
            allowed[row, each.start : each.start + len(each.spans)] = True
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        scores = self.head(states)
        first = scores[..., 0].masked_fill(~allowed, OUTSIDE)
        last = scores[..., 1].masked_fill(~allowed, OUTSIDE)
        return first, last, scores[:, 0, 2]


class Layouts:
    """Lays questions and passages out in tokens."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()

    def layout(self, question: str, title: str, passage: str, longest: int) -> Layout:
        """At most `longest` tokens, see `rag.reading.span_reader.layout`."""
        return layout(self._tokenizer, question, title, passage, longest)


def places(laid: Layout, start: int, end: int) -> tuple[int, int] | None:
    """The places of the first and the last token of the passage's characters `start` to `end`; None if they were cut off."""
    inside = [at for at, (left, right) in enumerate(laid.spans, laid.start) if left < end and right > start]
    return (inside[0], inside[-1]) if inside else None


def load_shipped(model: TorchSpanReader) -> None:
    """Give the model the weights that ship: those of its encoder, and of its heads."""
    import torch

    heads = load_trained(model.bert, READER)
    with torch.no_grad():
        for name, tensor in heads.items():
            getattr(model.head, name.removeprefix("head.")).copy_(torch.tensor(tensor))


def load_trained(bert: Any, files: TrainedFiles) -> "dict[str, NDArray[np.float32]]":
    """Give a BertModel the tensors of a trained encoder: matrices in 8 bits times their scales, biases and layer norms.

    Returns:
        what belongs to no encoder: heads, by name.
    """
    import torch

    named = dict(bert.named_parameters())
    data = np.fromfile(files.matrices, np.uint8)
    parts = {
        name: np.frombuffer(data[part.offset : part.offset + part.size], part.kind).reshape(part.shape)
        for name, part in matrices().items()
    }
    learned = files.tensors()
    heads = {name: learned.pop(name) for name in list(learned) if name.startswith("head.")}
    with torch.no_grad():
        for layer in range(LAYERS):
            for part in ("qkv", "ao", "fi", "fo"):
                matrix = (parts[f"l{layer}.{part}.w"].astype(np.float32) * parts[f"l{layer}.{part}.s"]).T
                shorts = JOINED if part == "qkv" else (part,)
                for short, piece in zip(shorts, np.split(matrix, len(shorts)), strict=True):
                    named[unpack_e5.bert_name(f"l{layer}.{short}.w")].copy_(torch.tensor(np.ascontiguousarray(piece)))
        for short, tensor in learned.items():
            own = named[unpack_e5.bert_name(short)]
            own.copy_(torch.tensor(tensor).reshape(own.shape))
    return heads


def noise(deviation: float) -> "Callable[[object, object, Tensor], Tensor]":
    """A hook that adds evenly distributed noise to embeddings, in training alone; `deviation` is in standard deviations of theirs.

    Source: Jain et al., "NEFTune: Noisy embeddings improve instruction finetuning", ICLR 2024.
    """
    import torch

    def add(_module: object, _inputs: object, embeddings: "Tensor") -> "Tensor":
        if not torch.is_grad_enabled():
            return embeddings
        width = deviation * 3**0.5 * float(embeddings.detach().std())
        return embeddings + torch.empty_like(embeddings).uniform_(-width, width)

    return add


def write_weights(trained: "Mapping[str, NDArray[np.float32]]", files: TrainedFiles = READER) -> None:
    """Write the files of a trained encoder, and their hashes.

    Args:
        trained: tensors of the encoder under BERT's names, and those of heads (`head.…`). Biases and layer norms that are
            missing stay the embedder's own; matrices may not be.
        files: where they go.
    """
    files.matrices.write_bytes(quantised(lambda short: trained[unpack_e5.bert_name(short)]))
    vectors: dict[str, Any] = {name: tensor for name, tensor in trained.items() if name.startswith("head.")}
    for short in e5_weights.directory(e5_weights.weights_file().read_bytes()):
        tensor = trained.get(unpack_e5.bert_name(short))
        if tensor is not None and tensor.ndim == 1:
            vectors[short] = tensor
    np.savez(files.vectors, **vectors)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (files.matrices, files.vectors)}
    files.hashes.write_text(json.dumps(hashes, indent=2) + "\n", "utf-8")
