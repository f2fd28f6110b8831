"""The e5 encoder as an ONNX graph: the embeddings of one text in, its mean vector and one vector per token out.

The word table stays outside: its rows are looked up in the mapped weight file, which keeps the graph at 22 MB and its
making at a tenth of a second, so that it is made anew at each start and nothing has to be kept on disk.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.engine.onnx_format import FLOAT, Graph
from assistant.engine.weights import Bytes, Floats, Weights, unpack

EMBEDDED, MEAN, TOKENS = "embedded", "mean", "tokens"
MICROSOFT = "com.microsoft"  # onnxruntime's own operators: int8 matrices and whole attention in one step each

# Seven bits, not eight: processors without VNNI add two products of a byte and a weight in 16 bits, and
# 2 * 255 * 127 would overflow there. The weights come from four bits, so the eighth is worth .0003 of cosine.
LARGEST = 63


def build(weights: Weights, changes: Mapping[str, Floats] | None = None) -> bytes:
    """Return the encoder as an ONNX model with int8 matrices; `changes` are added to the matrices of their names."""
    graph, shape = Graph(), weights.shape
    changes = changes or {}

    def vector(name: str) -> str:
        return graph.constant(weights.vector(name))

    def linear(x: str, *names: str, columns: int = shape.width) -> str:
        """Several layers over the same input are one matrix."""
        packed = {f"{name}.w": weights.rows(f"{name}.w", columns) for name in names}
        matrices, scales = zip(*(_to_int8(rows, changes.get(name)) for name, rows in packed.items()), strict=True)
        matrix, scale = np.concatenate(matrices), np.concatenate(scales)
        bias = np.concatenate([weights.vector(f"{name}.b") for name in names])
        inputs = [x, graph.constant(matrix.T), graph.constant(scale), "", graph.constant(bias)]
        return graph.op("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)

    def add_and_norm(x: str, y: str, name: str) -> str:
        inputs = [x, y, vector(f"{name}.w"), vector(f"{name}.b")]
        return graph.op("SkipLayerNormalization", inputs, domain=MICROSOFT, epsilon=shape.epsilon)

    embedded = graph.input(EMBEDDED, FLOAT, [1, "length", shape.width])
    norm = [vector("emb.ln.w"), vector("emb.ln.b")]
    x = graph.op("LayerNormalization", [embedded, *norm], epsilon=shape.epsilon)
    for layer in range(shape.layers):
        name = f"l{layer}."
        joined = linear(x, f"{name}q", f"{name}k", f"{name}v")
        queries, keys, values = graph.split(joined, 3)
        attended = graph.op("MultiHeadAttention", [queries, keys, values], domain=MICROSOFT, num_heads=shape.heads)
        x = add_and_norm(linear(attended, f"{name}ao"), x, f"{name}aln")
        inner = graph.op("Gelu", [linear(x, f"{name}fi")], domain=MICROSOFT)
        x = add_and_norm(linear(inner, f"{name}fo", columns=shape.inner), x, f"{name}oln")
    mean = graph.op("ReduceMean", [x, graph.constant(np.array([1]))], keepdims=0)
    graph.output(MEAN, mean, FLOAT, [1, shape.width])
    graph.output(TOKENS, graph.op("LpNormalization", [x], axis=-1, p=2), FLOAT, [1, "length", shape.width])
    return graph.model()


def _to_int8(packed: Bytes, change: Floats | None = None) -> tuple[NDArray[np.int8], Floats]:
    """Return a packed matrix, with the change added, as [rows, columns] of whole numbers with one scale per row."""
    scales, blocks = unpack(packed)
    matrix = (blocks * scales[..., None]).reshape(len(blocks), -1)
    if change is not None:
        matrix = matrix + change
    scale = np.abs(matrix).max(axis=1) / np.float32(LARGEST)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale
