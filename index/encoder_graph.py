"""Makes `encoder.onnx`, the encoder's arithmetic without its weights: `python -m index.encoder_graph` (needs onnx).

Twelve layers of BERT. Inputs are the embeddings of the tokens, the mask, and the biases and layer norms. Constants are the
matrices, in 8 bits with a scale for each output; they lie in a file beside (see `encoder`).

Activations are rounded to 8 bits too, with a scale for each token: a scale for the whole batch, as dynamic quantisation
usually has it, loses three times as much, and makes a text's vector depend on its neighbours.
"""

from typing import Any

import numpy as np

from index.encoder import GRAPH, HEADS, HIDDEN, LAYERS, learned_names, matrices

EPSILON = 1e-12
OPSET = 19
IR_VERSION = 9
_OWN = "com.microsoft"  # the domain of ONNX Runtime's own operators


def build() -> Any:
    """The graph, an `onnx.ModelProto`."""
    from onnx import TensorProto, helper

    nodes: list[Any] = []
    hidden = "hidden"
    for layer in range(LAYERS):
        nodes += _layer(f"l{layer}", hidden, "states" if layer == LAYERS - 1 else f"l{layer}.out")
        hidden = f"l{layer}.out"
    floats = TensorProto.FLOAT
    inputs = [
        helper.make_tensor_value_info("hidden", floats, ["texts", "tokens", HIDDEN]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "tokens"]),
        *(helper.make_tensor_value_info(name, floats, ["n"]) for name in learned_names()),
    ]
    outputs = [helper.make_tensor_value_info("states", floats, ["texts", "tokens", HIDDEN])]
    graph = helper.make_graph(nodes, "encoder", inputs, outputs, [*_constants(), *_external()])
    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=IR_VERSION)


def _layer(name: str, hidden: str, out: str) -> list[Any]:
    """Attention, then the feed-forward part, each added to what it read and normalised."""
    part = f"{name}.".__add__
    heads = [part("query"), part("key"), part("value")]
    return [
        *_product(hidden, part("qkv"), part("qkv.out")),
        _node("Split", [part("qkv.out")], heads, axis=-1, num_outputs=3),
        _own("MultiHeadAttention", [*heads, part("qkv.b"), "mask"], part("attended"), num_heads=HEADS),
        *_product(part("attended"), part("ao"), part("ao.out")),
        _added(part("ao"), part("aln"), hidden, part("middle")),
        *_product(part("middle"), part("fi"), part("fi.out")),
        _own("BiasGelu", [part("fi.out"), part("fi.b")], part("active")),
        *_product(part("active"), part("fo"), part("fo.out")),
        _added(part("fo"), part("oln"), part("middle"), out),
    ]


def _product(x: str, matrix: str, out: str) -> list[Any]:
    """X times a matrix: each row of x is scaled to ±127, rounded, multiplied in integers, and scaled back."""
    return [
        _node("Abs", [x], [f"{out}/size"]),
        _node("ReduceMax", [f"{out}/size", "last"], [f"{out}/largest"], keepdims=1),
        _node("Max", [f"{out}/largest", "tiny"], [f"{out}/most"]),
        _node("Mul", [f"{out}/most", "step"], [f"{out}/scale"]),
        _node("Div", [x, f"{out}/scale"], [f"{out}/scaled"]),
        _node("QuantizeLinear", [f"{out}/scaled", "one", "zero"], [f"{out}/whole"]),
        _own("MatMulIntegerToFloat", [f"{out}/whole", f"{matrix}.w", "one", f"{matrix}.s", "zero"], f"{out}/sum"),
        _node("Mul", [f"{out}/sum", f"{out}/scale"], [out]),
    ]


def _added(dense: str, norm: str, skipped: str, out: str) -> Any:
    inputs = [f"{dense}.out", skipped, f"{norm}.w", f"{norm}.b", f"{dense}.b"]
    return _own("SkipLayerNormalization", inputs, out, epsilon=EPSILON)


def _node(kind: str, inputs: list[str], outputs: list[str], **attributes: object) -> Any:
    from onnx import helper

    return helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes)


def _own(kind: str, inputs: list[str], output: str, **attributes: object) -> Any:
    return _node(kind, inputs, [output], domain=_OWN, **attributes)


def _constants() -> list[Any]:
    from onnx import numpy_helper

    values = {
        "last": np.array([-1], np.int64),
        "tiny": np.array(1e-30, np.float32),
        "step": np.array(1 / 127, np.float32),
        "one": np.array(1, np.float32),
        "zero": np.array(128, np.uint8),
    }
    return [numpy_helper.from_array(value, name) for name, value in values.items()]


def _external() -> list[Any]:
    """The matrices and their scales; where they really lie, the session is told."""
    from onnx import TensorProto

    kinds = {np.dtype(np.int8): TensorProto.INT8, np.dtype(np.float32): TensorProto.FLOAT}
    made = []
    for name, place in matrices().items():
        tensor = TensorProto(name=name, dims=place.shape, data_type=kinds[place.kind])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", "matrices"), ("offset", place.offset), ("length", place.size)):
            tensor.external_data.add(key=key, value=str(value))
        made.append(tensor)
    return made


if __name__ == "__main__":
    GRAPH.write_bytes(build().SerializeToString(deterministic=True))
