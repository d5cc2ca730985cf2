"""Opens graphs on ONNX Runtime: each runs on the thread that asks, tells nobody, and copies none of its constants."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def session(graph: Path, constants: "Mapping[str, NDArray[Any]] | None" = None) -> Any:
    """An `onnxruntime.InferenceSession`.

    Args:
        graph: an .onnx file.
        constants: what it looks for outside of that file; must live as long as the session.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # each text has a thread of its own: nothing to wait for, nothing to pad
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    if constants:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in constants.values()]
        options.add_external_initializers(list(constants), values)
    return onnxruntime.InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])
