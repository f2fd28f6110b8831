"""How taking documents in went, and whether the indexes are in order."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.index import Failure, Finding, Run

RUNS = 10  # ingests that are told


@dataclass(frozen=True, slots=True)
class Health:
    """What was taken in and what was not."""

    runs: tuple[Run, ...]  # the latest first
    failures: tuple[Failure, ...]  # as of when each file was last tried
    waiting: int  # texts without a vector: found by their words alone
    findings: tuple[Finding, ...]  # what is not in order

    @property
    def is_well(self) -> bool:
        """Whether nothing needs doing."""
        return not (self.failures or self.waiting or self.findings)
