"""Moves a reader's weights down a loss: the optimiser, the weights in two precisions, checkpoints and the log."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from eval.training.model import TorchSpanReader

if TYPE_CHECKING:
    from torch import Tensor

WEIGHT_DECAY = 0.01


class Training:
    """A reader in training: weights in bfloat16 (or float32), their copy in float32 that the optimiser moves, checkpoints."""

    def __init__(
        self,
        model: TorchSpanReader,
        out: Path,
        *,
        rate: Callable[[int], float],
        learning_rate: float,
        head_rate: float,
        bfloat16: bool = True,
    ) -> None:
        """Begin, or go on from the checkpoint in a folder.

        Args:
            model: what its body's parameters require of gradients decides what is trained.
            out: the folder of checkpoints.
            rate: the part of the learning rates at a step.
        """
        import torch

        self.model, self.out, self.step = model, out, 0
        encoder = {name: each for name, each in model.bert.named_parameters() if not name.startswith("embeddings.")}
        self.kept = {name: each.detach().clone() for name, each in encoder.items()}  # in float32, frozen ones too
        self.body = [each for each in encoder.values() if each.requires_grad]
        self.exact = [self.kept[name] for name, each in encoder.items() if each.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": self.exact, "lr": learning_rate, "weight_decay": WEIGHT_DECAY},
                {"params": model.head.parameters(), "lr": head_rate, "weight_decay": 0.0},
            ],
            fused=True,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, rate)
        self._resume()
        for each in self.exact:
            each.grad = torch.zeros_like(each)
        if bfloat16:
            model.bert.bfloat16()
        self._round()

    def take_step(self, losses: Iterable["Tensor"]) -> float:
        """One step down the sum of some losses, each computed only when its turn comes; that sum."""
        import torch

        for each in self.exact:
            each.grad.zero_()
        total = 0.0
        for loss in losses:
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
            for own, rounded in zip(self.exact, self.body, strict=True):
                own.grad += rounded.grad
                rounded.grad = None
        torch.nn.utils.clip_grad_norm_([*self.exact, *self.model.head.parameters()], 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.model.head.zero_grad()
        self._round()
        self.step += 1
        return total

    def save(self) -> None:
        """Write a checkpoint, wholly or not at all."""
        import torch

        state = {"step": self.step, "exact": self.exact, "head": self.model.head.state_dict()}
        state |= {"optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict()}
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")

    def _resume(self) -> None:
        import torch

        if not (self.out / "checkpoint.pt").is_file():
            return
        state = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.step = state["step"]
        for own, saved in zip(self.exact, state["exact"], strict=True):
            own.copy_(saved)
        self.model.head.load_state_dict(state["head"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])

    def weights(self) -> dict[str, "Tensor"]:
        """Every tensor of the encoder but its embeddings, in float32, under BERT's names, and those of the head as `head.…`."""
        head = {f"head.{name}": each.detach() for name, each in self.model.head.state_dict().items()}
        return {name: each.detach() for name, each in self.kept.items()} | head

    def _round(self) -> None:
        import torch

        with torch.no_grad():
            for rounded, own in zip(self.body, self.exact, strict=True):
                rounded.copy_(own)


def write_log(out: Path, **line: float) -> None:
    """Add a line to `log.jsonl`, the learning curve."""
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
