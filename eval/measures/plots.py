"""Draws how far confidences can be trusted: a risk-coverage curve beside a reliability diagram, as PNG or SVG."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.measures.confidence import calibration_error, reliability, risk_coverage

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(name: str, confidence: Sequence[float], right: Sequence[float], folder: Path) -> Path:
    """Both plots as FOLDER/NAME.png.

    Args:
        confidence: 0 to 1, of each answer.
        right: 1 where the answer is right, 0 where it is not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    _figure(name, confidence, right).savefig(path, dpi=100)
    return path


def as_svg(name: str, confidence: Sequence[float], right: Sequence[float]) -> str:
    """Both plots as an <svg> element to put into a page; arguments as for `draw`."""
    import matplotlib as mpl

    file = io.StringIO()
    unsaid: dict[str, Any] = {"Date": None, "Creator": None}
    # text stays text, and the same plot is the same file
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "kenes"}):
        _figure(name, confidence, right).savefig(file, format="svg", metadata=unsaid)
    return "<svg" + file.getvalue().partition("<svg")[2]


def _figure(name: str, confidence: Sequence[float], right: Sequence[float]) -> "Figure":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.5), layout="constrained")
    curve, diagram = figure.subplots(1, 2)
    coverage, risk = risk_coverage(confidence, right)
    curve.plot(coverage, risk)
    curve.set(
        xlabel="coverage: share answered", ylabel="risk: share of answers that are wrong", xlim=(0, 1), ylim=(0, 1)
    )
    bins = reliability(confidence, right)
    diagram.plot([0, 1], [0, 1], color="grey", linewidth=1)
    diagram.plot([told for told, _, _ in bins], [share for _, share, _ in bins], marker="o")
    for told, share, size in bins:
        diagram.annotate(str(size), (told, share), textcoords="offset points", xytext=(6, -10), fontsize=8)
    error = calibration_error(confidence, right)
    diagram.set(xlabel="confidence", ylabel="share of answers that are right", xlim=(0, 1), ylim=(0, 1))
    diagram.set_title(f"calibration error {error:.3f}")
    figure.suptitle(f"{name}: {len(right)} questions")
    return figure
