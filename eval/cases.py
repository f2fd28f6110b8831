"""Where the question sets were read before `assistant.evaluation.cases`."""

from assistant.evaluation.cases import Case, Gold, Score, load, score

__all__ = ["Case", "Gold", "Score", "load", "score"]
