"""What an installation tells whoever keeps it: what is asked and not answered, what is held, how taking in went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.app.insight.health import Health
from assistant.app.insight.holdings import Holdings, holdings
from assistant.app.insight.questions import Questions, questions
from assistant.models import Policy
from assistant.records import Record

__all__ = ["Health", "Holdings", "Insight", "Questions", "insight"]


@dataclass(frozen=True, slots=True)
class Insight:
    """The state of an installation on a day; nothing in it is about anybody."""

    day: dt.date
    keep_days: int  # for how long records of answers are kept
    questions: Questions
    holdings: Holdings
    health: Health


def insight(
    records: Iterable[Record], policies: Iterable[Policy], health: Health, day: dt.date, keep_days: int
) -> Insight:
    """Return what records and policies (with their provisions) tell on a day, beside how the files were taken in."""
    held = tuple(policies)
    return Insight(day, keep_days, questions(records, held, day), holdings(held, day), health)
