"""A thousand companies against every scheme take less than twenty seconds of one core."""

import datetime as dt
import time
from decimal import Decimal

from assistant.eligibility import Catalogue, check
from assistant.eligibility.model import Fact, FactDefinition, FactType

FIRMS = 50


def some(definition: FactDefinition, n: int) -> list[Fact]:
    match definition.type:
        case FactType.BOOLEAN:
            return [Fact(definition.id, n % 3 > 0)]
        case FactType.CHOICE:
            return [Fact(definition.id, definition.choices[n % len(definition.choices)].id)]
        case FactType.NUMBER | FactType.MONEY:
            years = (2022, 2023, 2024, 2025) if definition.yearly else (None,)
            return [Fact(definition.id, Decimal(n % 101), year) for year in years]
        case _:
            return []


def test_a_thousand_companies_against_every_scheme_take_less_than_twenty_seconds(catalogue: Catalogue) -> None:
    places = [scheme.place for scheme in catalogue.schemes if scheme.place != "CN"]
    firms = [
        [fact for n, known in enumerate(catalogue.facts.values()) if (n + firm) % 2 for fact in some(known, n + firm)]
        for firm in range(FIRMS)
    ]
    started = time.process_time()  # other work on the machine does not count
    for n, facts in enumerate(firms):
        for scheme in catalogue.schemes:
            check(scheme, facts, places[n % len(places)], dt.date(2026, 11, 22))
    assert (time.process_time() - started) * 1000 / FIRMS < 20
