"""The facts of a conversation: those of every message, later ones in the place of earlier, corrections above all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from assistant.eligibility.facts import read_fact
from assistant.eligibility.model import Fact, FactDefinition
from assistant.errors import FactError
from assistant.understand.facts.finding import Found, Unsure, find

_CORRECTION = re.compile(
    r"^\s*(?:更正|更改|correction)\s*[:：]\s*(?P<name>[^=＝\n]+?)\s*(?:[(（](?P<year>\d{4})[)）])?\s*[=＝]\s*(?P<value>[^\n]+?)[。.]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def remembered(messages: Sequence[str], definitions: Mapping[str, FactDefinition], today: dt.date) -> Found:
    """Return the facts of a conversation, its last message last; unsure is only what is still open."""
    facts: dict[tuple[str, int | None], Fact] = {}
    unsure: dict[str, Unsure] = {}
    for message in messages:
        found = stated(message, definitions, today)
        for fact in found.facts:
            year = (fact.year or today.year) if definitions[fact.id].yearly else None
            facts[fact.id, year] = fact
            unsure.pop(fact.id, None)
        unsure |= {each.fact: each for each in found.unsure}
    return Found(tuple(facts.values()), tuple(unsure.values()))


def stated(message: str, definitions: Mapping[str, FactDefinition], today: dt.date) -> Found:
    """Return what one message states; 更正：名称（年）=值 states exactly that, in the name or the id of a fact."""
    corrections = list(_CORRECTION.finditer(message))
    if not corrections:
        return find(message, definitions, today)
    names = {name: d for d in definitions.values() for name in (d.id, d.label.zh, d.label.en.lower())}
    facts, unsure = [], []
    for match in corrections:
        definition = names.get(match["name"].strip()) or names.get(match["name"].strip().lower())
        if definition is None:
            continue
        year = int(match["year"]) if match["year"] and definition.yearly else None
        try:
            facts.append(read_fact(definition, match["value"], year=year, words=match.group().strip()))
        except FactError:
            unsure.append(Unsure(definition.id, match.group().strip()))
    return Found(tuple(facts), tuple(unsure))


def corrects(message: str) -> bool:
    """Return whether a message is a correction in that form."""
    return bool(_CORRECTION.search(message))
