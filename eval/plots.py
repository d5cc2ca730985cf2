"""Draws how far confidences can be trusted: risk-coverage curves and reliability diagrams, as PNG."""

from collections.abc import Sequence
from pathlib import Path

from eval.answers import calibration_error, reliability, risk_coverage


def draw(name: str, confidence: Sequence[float], right: Sequence[float], folder: Path) -> Path:
    """One picture with both plots: FOLDER/NAME.png.

    Args:
        confidence: 0 to 1, of each answer.
        right: 1 where the answer is right, 0 where it is not.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (curve, diagram) = pyplot.subplots(1, 2, figsize=(10, 4.5), layout="constrained")
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
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    figure.savefig(path, dpi=100)
    pyplot.close(figure)
    return path
