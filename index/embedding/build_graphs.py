"""Makes what ONNX Runtime runs, `encoder.onnx` and `maxsim.onnx`: `python -m index.embedding.build_graphs` (needs onnx).

The encoder's arithmetic, without its weights: twelve layers of BERT, for one text at a time, from the embeddings of its
tokens on. The constants are not in the file (see `encoder`): the matrices, in 8 bits with a scale for each output, the
biases and the layer norms.

Activations are rounded to 8 bits too, with a scale for each token: a scale for all of them, as dynamic quantisation
usually has it, loses three times as much. What GELU gives is never below -0.17, and so has its zero low in the 8 bits.
GELU is the one with tanh, within 0.0005 of the exact one, where a step of the 8 bits is 0.01 and more. Adding and
normalising are operators of their own: ONNX Runtime's fused one is slower by a fifth of the whole.

The product of two matrices of whole numbers, which `states` compares tokens with: numpy has none in 8 bits, and takes
seven times as long.
"""

from typing import Any

import numpy as np

from index.embedding.e5.encoder import GRAPH, HEADS, HIDDEN, LAYERS, Matrix, matrices, vectors
from index.embedding.maxsim import PRODUCT

EPSILON = 1e-12
OPSET = 20  # the first with GELU
IR_VERSION = 9
ZERO = 128  # what 0 is in the unsigned 8 bits of activations
GROUPS = 3  # of heads
LEAST_GELU, GELU_ZERO = -0.17, 16  # the least that it gives (at -0.75), and what is 0 in the 8 bits of its results
_OWN = "com.microsoft"  # the domain of ONNX Runtime's own operators


def encoder() -> Any:
    """The encoder's graph, an `onnx.ModelProto`."""
    from onnx import TensorProto, helper

    nodes = [
        _node("Shape", ["hidden"], ["tokens"], start=0, end=1),
        _zeros("zeros", ZERO),
        _zeros("gelu/zeros", GELU_ZERO),
    ]
    hidden = "hidden"
    for layer in range(LAYERS):
        nodes += _layer(f"l{layer}", hidden, "states" if layer == LAYERS - 1 else f"l{layer}.out")
        hidden = f"l{layer}.out"
    floats = TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info("hidden", floats, ["tokens", HIDDEN])]
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
    return [
        *_product(part("qkv"), hidden, _size(part("qkv"), hidden)),
        _node("Add", [part("qkv.out"), part("qkv.b")], [part("qkv.biased")]),
        *_attention(part("qkv.biased"), part("attended")),
        *_product(part("ao"), part("attended"), _size(part("ao"), part("attended"))),
        *_added(part("ao"), part("aln"), hidden, part("middle")),
        *_product(part("fi"), part("middle"), _size(part("fi"), part("middle"))),
        _node("Add", [part("fi.out"), part("fi.b")], [part("fi.biased")]),
        _node("Gelu", [part("fi.biased")], [part("active")], approximate="tanh"),
        *_product(part("fo"), part("active"), _gelu_size(part("fo"), part("active")), "gelu/"),
        *_added(part("fo"), part("oln"), part("middle"), out),
    ]


def _attention(qkv: str, out: str) -> list[Any]:
    """Softmax of queries times keys, times values, for four heads at a time: the scores of all twelve would leave the cache.

    Not three at a time: operators that take four numbers at once would treat the last ones of an odd count otherwise.

    Step by step: ONNX Runtime's own softmax adds in an order that depends on the processor, and so does its attention.
    Of all operators used here they alone do, and a last digit grows through the layers. The number of tokens stays the first
    dimension wherever the shape changes: a session that can follow it through the layers opens in a fifth of the time.
    """
    part = f"{out}/".__add__
    groups = [part(str(group)) for group in range(GROUPS)]
    split = [f"{group}/{kind}" for kind in ("query", "key", "value") for group in groups]
    return [
        _node("Reshape", [qkv, "apart"], [part("tokens")]),
        _node("Transpose", [part("tokens")], [part("heads")], perm=[1, 2, 0, 3]),
        _node("Split", [part("heads")], split, axis=0, num_outputs=len(split)),
        *(node for group in groups for node in _attended(group)),
        _node("Concat", [f"{group}/mean" for group in groups], [part("mean")], axis=0),
        _node("Transpose", [part("mean")], [part("joined")], perm=[2, 0, 1, 3]),
        _node("Reshape", [part("joined"), "together"], [out]),
    ]


def _attended(group: str) -> list[Any]:
    """What a group of heads attends to: `{group}/mean`, from its query, key and value."""
    part = f"{group}/".__add__
    return [
        _own("FusedMatMul", [part("query"), part("key")], part("scores"), transB=1, alpha=(HIDDEN / HEADS) ** -0.5),
        _node("ReduceMax", [part("scores"), "last"], [part("largest")]),
        _node("Sub", [part("scores"), part("largest")], [part("shifted")]),
        _node("Exp", [part("shifted")], [part("odds")]),
        _node("ReduceSum", [part("odds"), "last"], [part("total")]),
        _node("MatMul", [part("odds"), part("value")], [part("summed")]),
        _node("Div", [part("summed"), part("total")], [part("mean")]),
    ]


def _product(matrix: str, x: str, size: list[Any], kind: str = "") -> list[Any]:
    """X times a matrix: each row of x is scaled by its size, rounded, multiplied in integers, and scaled back.

    A row of zeros has the scale 0, so that whatever they are rounded to, zeros come out.

    Args:
        size: the nodes that make `{matrix}/largest`, the largest value of each row.
        kind: what the names of step and zero begin with.
    """
    part = matrix.__add__
    return [
        *size,
        _node("Mul", [part("/largest"), f"{kind}step"], [part("/scale")]),
        _node("QuantizeLinear", [x, part("/scale"), f"{kind}zeros"], [part("/whole")], axis=0),
        _own("MatMulIntegerToFloat", [part("/whole"), part(".w"), "one", part(".s"), f"{kind}zero"], part("/sum")),
        _node("Unsqueeze", [part("/scale"), "last"], [part("/row")]),
        _node("Mul", [part("/sum"), part("/row")], [part(".out")]),
    ]


def _size(matrix: str, x: str) -> list[Any]:
    return [
        _node("Abs", [x], [f"{matrix}/size"]),
        _node("ReduceMax", [f"{matrix}/size", "last"], [f"{matrix}/largest"], keepdims=0),
    ]


def _gelu_size(matrix: str, x: str) -> list[Any]:
    """The largest value, but so much at least that the least one has a place below zero."""
    return [
        _node("ReduceMax", [x, "last"], [f"{matrix}/size"], keepdims=0),
        _node("Max", [f"{matrix}/size", "gelu/least"], [f"{matrix}/largest"]),
    ]


def _zeros(name: str, zero: int) -> Any:
    """The zero points of all rows."""
    from onnx import numpy_helper

    return _node("ConstantOfShape", ["tokens"], [name], value=numpy_helper.from_array(np.array([zero], np.uint8)))


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
        "apart": np.array([0, 3 * GROUPS, HEADS // GROUPS, HIDDEN // HEADS], np.int64),  # 0: as many as there are
        "together": np.array([0, HIDDEN], np.int64),
        "last": np.array([-1], np.int64),
        "step": np.array(1 / 127, np.float32),
        "zero": np.array(ZERO, np.uint8),
        "gelu/step": np.array(1 / (255 - GELU_ZERO), np.float32),
        "gelu/zero": np.array(GELU_ZERO, np.uint8),
        "gelu/least": np.array(-LEAST_GELU / GELU_ZERO * (255 - GELU_ZERO), np.float32),
        "one": np.array(1, np.float32),
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
