"""Models written here are read and run by onnxruntime as they were meant."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from assistant.engine.onnx_format import FLOAT, Graph, _varint


def run(graph: Graph, x: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(graph.model(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})


@pytest.mark.parametrize(
    ("value", "expected"),
    [  # the examples of the protobuf documentation, and the 64-bit complement of -1
        (1, b"\x01"),
        (150, b"\x96\x01"),
        (-1, b"\xff" * 9 + b"\x01"),
    ],
)
def test_whole_numbers_are_written_in_groups_of_seven_bits(value, expected):
    assert _varint(value) == expected


def test_a_graph_of_two_steps_computes_what_it_says():
    graph = Graph()
    x = graph.input("x", FLOAT, ["rows", 2])
    total = graph.op("Add", [x, graph.constant(np.array([10, 20], np.float32))])
    graph.output("doubled", graph.op("Mul", [total, graph.constant(np.array([2], np.float32))]), FLOAT, ["rows", 2])
    (doubled,) = run(graph, np.array([[1, 2], [3, 4]], np.float32))
    assert doubled.tolist() == [[22, 44], [26, 48]]


def test_a_value_is_split_into_equal_parts_that_are_given_back_under_their_names():
    graph = Graph()
    for name, part in zip(("left", "right"), graph.split(graph.input("x", FLOAT, [1, 4]), 2), strict=True):
        graph.output(name, part, FLOAT, [1, 2])
    assert [part.tolist() for part in run(graph, np.array([[1, 2, 3, 4]], np.float32))] == [[[1, 2]], [[3, 4]]]


def test_attributes_may_be_fractions_and_negative_numbers():
    graph = Graph()
    x = graph.input("x", FLOAT, [1, 2])
    graph.output("leaky", graph.op("LeakyRelu", [x], alpha=0.25), FLOAT, [1, 2])
    graph.output("unit", graph.op("LpNormalization", [x], axis=-1, p=2), FLOAT, [1, 2])
    leaky, unit = run(graph, np.array([[-3, 4]], np.float32))
    assert leaky.tolist() == [[-0.75, 4]]
    assert unit == pytest.approx(np.array([[-0.6, 0.8]]))  # 3² + 4² = 5²


def test_tensors_keep_their_type_shape_and_order():
    graph = Graph()
    x = graph.input("x", FLOAT, [1, 3])
    matrix = graph.constant(np.array([[1, 2, 3], [4, 5, 6]], np.int8).T)  # a view across memory, 3 x 2
    graph.output("product", graph.op("MatMul", [x, graph.op("Cast", [matrix], to=FLOAT)]), FLOAT, [1, 2])
    (product,) = run(graph, np.array([[1, 10, 100]], np.float32))
    assert product.tolist() == [[321, 654]]
