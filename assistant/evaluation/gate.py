"""The gate: a few development questions over the starter corpus, and the figures they had when those were last kept."""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant import config
from assistant.errors import AssistantError
from assistant.evaluation.cases import Case, load

GATE = "gate"


def gate_cases() -> list[Case]:
    """Return the questions of the gate, in the order of its list."""
    path = config.bundled("eval/gate") / "questions.yaml"
    by_id = {case.id: case for case in load(("corpus", "unanswerable"), "dev")}
    wanted = yaml.safe_load(path.read_text("utf-8"))
    unknown = [id_ for id_ in wanted if id_ not in by_id]
    if unknown:
        raise AssistantError(
            f"{path.name}: {', '.join(unknown)} is no development question over the starter corpus. Correct the list."
        )
    return [by_id[id_] for id_ in wanted]


def reference() -> Path:
    """Return the file of the figures that the gate compares with."""
    return config.bundled("eval/gate") / "reference.json"
