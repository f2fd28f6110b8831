"""Writes the few parts of an ONNX model file that the encoder needs, so that the `onnx` package is not needed.

An ONNX file is one protobuf message (https://onnx.ai/onnx/repo-docs/IR.html). A protobuf message is a row of fields,
each a key (field number and wire type) and a value: a varint, four bytes of float, or bytes with their length. The
field numbers below are those of onnx.proto3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

VARINT, BYTES, FLOAT32 = 0, 2, 5  # protobuf wire types
FLOAT, INT8, INT64 = 1, 3, 7  # TensorProto.DataType
ATTRIBUTE_FLOAT, ATTRIBUTE_INT = 1, 2  # AttributeProto.AttributeType
TYPES = {np.dtype(np.float32): FLOAT, np.dtype(np.int8): INT8, np.dtype(np.int64): INT64}

IR_VERSION = 9
OPSETS = (("", 18), ("com.microsoft", 1))


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # a negative number is written as its 64-bit complement
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _int(number: int, value: int) -> bytes:
    return _varint(number << 3 | VARINT) + _varint(value)


def _bytes(number: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | BYTES) + _varint(len(data)) + data


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _bytes(1, name) + _int(3, value) + _int(20, ATTRIBUTE_INT)
    return _bytes(1, name) + _varint(2 << 3 | FLOAT32) + struct.pack("<f", value) + _int(20, ATTRIBUTE_FLOAT)


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    dims = b"".join(_int(1, size) for size in array.shape)
    return dims + _int(2, TYPES[array.dtype]) + _bytes(8, name) + _bytes(9, array.tobytes())


def _value(name: str, kind: int, shape: Iterable[str | int]) -> bytes:
    dims = b"".join(_bytes(1, _bytes(2, size) if isinstance(size, str) else _int(1, size)) for size in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _int(1, kind) + _bytes(2, dims)))


@dataclass(slots=True)
class Graph:
    """An ONNX graph under construction: each method adds a part and returns the name of the value it makes."""

    nodes: list[bytes] = field(default_factory=list)
    tensors: list[bytes] = field(default_factory=list)
    inputs: list[bytes] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)

    def input(self, name: str, kind: int, shape: Iterable[str | int]) -> str:
        """Add an input; a dimension is a number or a name."""
        self.inputs.append(_value(name, kind, shape))
        return name

    def constant(self, array: NDArray[Any]) -> str:
        """Add a tensor that is part of the model."""
        name = f"c{len(self.tensors)}"
        self.tensors.append(_tensor(name, array))
        return name

    def op(self, kind: str, inputs: Iterable[str], *, domain: str = "", **attributes: float) -> str:
        """Add an operation with one output."""
        return self._node(kind, inputs, 1, domain, attributes)[0]

    def split(self, value: str, count: int) -> list[str]:
        """Cut a value into equal parts along its last axis."""
        return self._node("Split", [value], count, "", {"axis": -1, "num_outputs": count})

    def output(self, name: str, value: str, kind: int, shape: Iterable[str | int]) -> None:
        """Give a value back under a name of its own."""
        self.nodes.append(_bytes(1, value) + _bytes(2, name) + _bytes(4, "Identity"))
        self.outputs.append(_value(name, kind, shape))

    def _node(
        self, kind: str, inputs: Iterable[str], outputs: int, domain: str, attributes: Mapping[str, float]
    ) -> list[str]:
        names = [f"t{len(self.nodes)}_{number}" for number in range(outputs)]
        parts = [_bytes(1, value) for value in inputs] + [_bytes(2, name) for name in names]
        parts += [_bytes(5, _attribute(key, value)) for key, value in attributes.items()]
        self.nodes.append(b"".join(parts) + _bytes(4, kind) + _bytes(7, domain))
        return names

    def model(self) -> bytes:
        """Return the finished model file."""
        numbered = ((1, self.nodes), (5, self.tensors), (11, self.inputs), (12, self.outputs))
        graph = b"".join(_bytes(number, part) for number, parts in numbered for part in parts)
        opsets = b"".join(_bytes(8, _bytes(1, domain) + _int(2, version)) for domain, version in OPSETS)
        return _int(1, IR_VERSION) + _bytes(7, graph + _bytes(2, "encoder")) + opsets
