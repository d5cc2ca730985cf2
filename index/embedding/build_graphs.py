"""Makes what ONNX Runtime runs, `encoder.onnx` and `maxsim.onnx`: `python -m index.embedding.build_graphs` (needs onnx).

The encoder's arithmetic, without its weights: twelve layers of BERT, for one text at a time, from the embeddings of its
tokens on. The constants are not in the file (see `encoder`): the matrices, in 8 bits with a scale for each output, the
biases and the layer norms.

Activations are rounded to 8 bits too, with a scale for each token: a scale for all of them, as dynamic quantisation
usually has it, loses three times as much. Adding and normalising are operators of their own: ONNX Runtime's fused one is
slower by a fifth of the whole.

The product of two matrices of whole numbers, which `states` compares tokens with: numpy has none in 8 bits, and takes
seven times as long.
"""

from typing import Any

import numpy as np

from index.embedding.e5.encoder import GRAPH, HEADS, HIDDEN, LAYERS, ZERO, Matrix, matrices, vectors
from index.embedding.maxsim import PRODUCT

EPSILON = 1e-12
OPSET = 19
IR_VERSION = 9
_OWN = "com.microsoft"  # the domain of ONNX Runtime's own operators


def encoder() -> Any:
    """The encoder's graph, an `onnx.ModelProto`."""
    from onnx import TensorProto, helper

    nodes: list[Any] = []
    hidden = "hidden"
    for layer in range(LAYERS):
        nodes += _layer(f"l{layer}", hidden, "states" if layer == LAYERS - 1 else f"l{layer}.out")
        hidden = f"l{layer}.out"
    floats = TensorProto.FLOAT
    inputs = [
        helper.make_tensor_value_info("hidden", floats, ["tokens", HIDDEN]),
        helper.make_tensor_value_info("zeros", TensorProto.UINT8, ["tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("states", floats, ["tokens", HIDDEN])]
    return _model(helper.make_graph(nodes, "encoder", inputs, outputs, [*_constants(), *_external()]))


def product() -> Any:
    """The graph of a product, an `onnx.ModelProto`: rows in unsigned 8 bits, columns in signed ones, sums in 32."""
    from onnx import TensorProto, helper

    inputs = [
        helper.make_tensor_value_info("rows", TensorProto.UINT8, ["n", "dim"]),
        helper.make_tensor_value_info("columns", TensorProto.INT8, ["dim", "m"]),
    ]
    outputs = [helper.make_tensor_value_info("sums", TensorProto.INT32, ["n", "m"])]
    nodes = [_node("MatMulInteger", ["rows", "columns"], ["sums"])]
    return _model(helper.make_graph(nodes, "product", inputs, outputs))


def _model(graph: Any) -> Any:
    from onnx import helper

    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=IR_VERSION)


def _layer(name: str, hidden: str, out: str) -> list[Any]:
    """Attention, then the feed-forward part, each added to what it read and normalised."""
    part = f"{name}.".__add__
    heads = [part("query"), part("key"), part("value")]
    return [
        *_product(hidden, part("qkv"), part("qkv.out")),
        _node("Unsqueeze", [part("qkv.out"), "first"], [part("qkv/text")]),
        _node("Split", [part("qkv/text")], heads, axis=-1, num_outputs=3),
        _own("MultiHeadAttention", [*heads, part("qkv.b")], part("attended/text"), num_heads=HEADS),
        _node("Squeeze", [part("attended/text"), "first"], [part("attended")]),
        *_product(part("attended"), part("ao"), part("ao.out")),
        *_added(part("ao"), part("aln"), hidden, part("middle")),
        *_product(part("middle"), part("fi"), part("fi.out")),
        _own("BiasGelu", [part("fi.out"), part("fi.b")], part("active")),
        *_product(part("active"), part("fo"), part("fo.out")),
        *_added(part("fo"), part("oln"), part("middle"), out),
    ]


def _product(x: str, matrix: str, out: str) -> list[Any]:
    """X times a matrix: each row of x is scaled to ±127, rounded, multiplied in integers, and scaled back.

    A row of zeros has the scale 0, so that whatever they are rounded to, zeros come out.
    """
    return [
        _node("Abs", [x], [f"{out}/size"]),
        _node("ReduceMax", [f"{out}/size", "last"], [f"{out}/largest"], keepdims=0),
        _node("Mul", [f"{out}/largest", "step"], [f"{out}/scale"]),
        _node("QuantizeLinear", [x, f"{out}/scale", "zeros"], [f"{out}/whole"], axis=0),
        _own("MatMulIntegerToFloat", [f"{out}/whole", f"{matrix}.w", "one", f"{matrix}.s", "zero"], f"{out}/sum"),
        _node("Unsqueeze", [f"{out}/scale", "last"], [f"{out}/row"]),
        _node("Mul", [f"{out}/sum", f"{out}/row"], [out]),
    ]


def _added(dense: str, norm: str, skipped: str, out: str) -> list[Any]:
    return [
        _node("Add", [f"{dense}.out", f"{dense}.b"], [f"{out}/biased"]),
        _node("Add", [f"{out}/biased", skipped], [f"{out}/added"]),
        _node("LayerNormalization", [f"{out}/added", f"{norm}.w", f"{norm}.b"], [out], axis=-1, epsilon=EPSILON),
    ]


def _node(kind: str, inputs: list[str], outputs: list[str], **attributes: object) -> Any:
    from onnx import helper

    return helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes)


def _own(kind: str, inputs: list[str], output: str, **attributes: object) -> Any:
    return _node(kind, inputs, [output], domain=_OWN, **attributes)


def _constants() -> list[Any]:
    from onnx import numpy_helper

    values = {
        "first": np.array([0], np.int64),
        "last": np.array([-1], np.int64),
        "step": np.array(1 / 127, np.float32),
        "one": np.array(1, np.float32),
        "zero": np.array(ZERO, np.uint8),
    }
    return [numpy_helper.from_array(value, name) for name, value in values.items()]


def _external() -> list[Any]:
    """The constants that lie elsewhere; where, the session is told."""
    from onnx import TensorProto

    floats = np.dtype(np.float32)
    kinds = {np.dtype(np.int8): TensorProto.INT8, floats: TensorProto.FLOAT}
    places = matrices() | {name: Matrix((length,), floats, 0) for name, length in vectors().items()}
    made = []
    for name, place in places.items():
        tensor = TensorProto(name=name, dims=place.shape, data_type=kinds[place.kind])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", "elsewhere"), ("offset", place.offset), ("length", place.size)):
            tensor.external_data.add(key=key, value=str(value))
        made.append(tensor)
    return made


if __name__ == "__main__":
    GRAPH.write_bytes(encoder().SerializeToString(deterministic=True))
    PRODUCT.write_bytes(product().SerializeToString(deterministic=True))
