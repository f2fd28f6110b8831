"""Which policies `corpus list` is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from assistant.app import given
from assistant.corpus.coverage import level
from assistant.corpus.format import Status
from assistant.errors import QuestionError
from assistant.models import Kind, Policy
from assistant.structure.places import NATION


@dataclass(frozen=True, slots=True)
class Choice:
    """What a policy must be to be listed; None asks for nothing."""

    place: str | None = None
    status: str | None = None
    kind: Kind | None = None

    def takes(self, policy: Policy) -> bool:
        """Return whether a policy is asked for."""
        return (
            (self.place is None or _within(policy, self.place))
            and self.status in (None, policy.status)
            and (self.kind is None or any(self.kind in provision.kinds for provision in policy.provisions))
        )


def choice(place: str | None, status: str | None, kind: str | None) -> Choice:
    """Return what was asked for. Raises QuestionError for a place, status or kind that nobody knows."""
    statuses, kinds = get_args(Status), [known.value for known in Kind]
    if status is not None and status not in statuses:
        raise QuestionError(f"'{status}' is not a status; it is one of {', '.join(statuses)}.")
    if kind is not None and kind not in kinds:
        raise QuestionError(f"'{kind}' is not a kind of clause; it is one of {', '.join(kinds)}.")
    return Choice(given.place(place), status, Kind(kind) if kind else None)


def _within(policy: Policy, place: str) -> bool:
    """Whether a policy is of a place or of one in it; a paper is of none."""
    code = policy.metadata.jurisdiction or NATION
    stem = place.removesuffix("00").removesuffix("00")  # all places in 330000 begin with 33, in 330200 with 3302
    return level(policy) != "paper" and (code == NATION if place == NATION else code.startswith(stem))
