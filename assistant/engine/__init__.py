"""The bundled embedding model: sentence vectors, token vectors and late interaction, with nothing to download.

This is the only package that knows onnxruntime. Importing it costs numpy; the model is opened with `LocalModel.open()`.
"""

from assistant.engine.late import TokenVectors, maxsim, maxsim_profile, scores
from assistant.engine.model import LocalModel, Passage, Query
from assistant.engine.store import TokenStore
from assistant.engine.tokeniser import Piece

__all__ = [
    "LocalModel",
    "Passage",
    "Piece",
    "Query",
    "TokenStore",
    "TokenVectors",
    "maxsim",
    "maxsim_profile",
    "scores",
]
