"""What the bundled model was taught of this field: small changes to the matrices of its last layers.

Each changed matrix W becomes W + up @ down with two narrow matrices (low-rank adaptation, Hu et al. 2021,
arXiv:2106.09685). `eval/fit_adapter.py` fits them on the lay questions of the starter corpus, so that a question in
everyday words comes to lie near the clause that answers it; no evaluation question is among them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from assistant.engine.weights import Floats
from assistant.errors import EngineError

FILE = "adapter.npz"
DOWN, UP = ".down", ".up"


@dataclass(frozen=True, slots=True)
class Adapter:
    """The changes by the name of the matrix they belong to."""

    name: str  # other for any other changes
    changes: Mapping[str, Floats]  # [rows, columns], to be added


def bundled() -> Adapter:
    """Return the adapter that comes with the assistant; raises EngineError when its file is missing or damaged."""
    try:
        content = files(__package__).joinpath(FILE).read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            names = [key.removesuffix(DOWN) for key in arrays.files if key.endswith(DOWN)]
            changes = {name: _product(arrays[name + UP], arrays[name + DOWN]) for name in names}
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise EngineError(
            f"The file {FILE} of the embedding model is missing or damaged ({error}). Install the assistant again."
        ) from error
    return Adapter(hashlib.sha256(content).hexdigest()[:8], changes)


def _product(up: Floats, down: Floats) -> Floats:
    change: Floats = up.astype(np.float32) @ down.astype(np.float32)
    return change
