"""How a policy stands among the others, on lines of succession small enough to check by hand."""

from __future__ import annotations

import datetime as dt

from assistant import corpus
from assistant.corpus.lineage import Link, Stage
from assistant.models import Metadata, Policy, Relation, Wording


def policy(id_: str, *relations: tuple[str, str], start: str | None = None, end: str | None = None) -> Policy:
    """A policy that takes effect and is repealed on the given days."""
    return Policy(
        id=id_,
        source=f"{id_}.yaml",
        wording=Wording.DIGEST,
        metadata=Metadata(
            title=f"《{id_}》",
            effective=dt.date.fromisoformat(start) if start else None,
            repealed=dt.date.fromisoformat(end) if end else None,
        ),
        provisions=(),
        status="in_force" if end is None else "superseded",
        relations=tuple(Relation(kind, target) for kind, target in relations),
    )


OLD = policy("old", ("superseded_by", "middle"), start="1996-09-01", end="2008-01-01")
MIDDLE = policy("middle", ("repeals", "old"), ("superseded_by", "new"), start="2008-01-01", end="2022-05-01")
NEW = policy("new", ("repeals", "middle"), ("repeals", "某暂行办法"), start="2022-05-01")
TOWN = policy("town", ("implements", "new"), ("related", "old"), start="2023-01-01")
ALL = (TOWN, NEW, MIDDLE, OLD)


def test_the_whole_line_of_succession_is_told_from_any_of_its_members():
    line = ["old", "middle", "new"]
    for member in (OLD, MIDDLE, NEW):
        assert [stage.policy_id for stage in corpus.timeline(member, ALL) if stage.policy_id] == line
    assert [stage.policy_id for stage in corpus.timeline(TOWN, ALL)] == ["town"]


def test_a_stage_lasts_from_the_day_it_takes_effect_to_the_day_it_is_repealed():
    first, *_, last = corpus.timeline(NEW, (NEW, MIDDLE, OLD))
    assert first == Stage("old", "《old》", dt.date(1996, 9, 1), dt.date(2008, 1, 1), "superseded")
    assert last == Stage("new", "《new》", dt.date(2022, 5, 1), None, "in_force")


def test_a_predecessor_outside_the_corpus_ends_on_the_day_its_successor_begins():
    assert Stage(None, "某暂行办法", None, dt.date(2022, 5, 1), "outside the corpus") in corpus.timeline(OLD, ALL)


def test_relations_are_told_from_both_ends_and_a_succession_once():
    assert corpus.links(NEW, ALL) == (
        Link("repeals", "middle", "《middle》"),
        Link("repeals", None, "某暂行办法"),
        Link("implemented by", "town", "《town》"),
    )
    assert corpus.links(OLD, ALL) == (
        Link("superseded_by", "middle", "《middle》"),
        Link("related", "town", "《town》"),
    )


def test_a_succession_that_only_the_other_side_states_is_told_too():
    silent = policy("silent", start="2000-01-01", end="2010-01-01")
    loud = policy("loud", ("repeals", "silent"), start="2010-01-01")
    assert corpus.links(silent, (silent, loud)) == (Link("repealed by", "loud", "《loud》"),)
    assert [stage.policy_id for stage in corpus.timeline(silent, (silent, loud))] == ["silent", "loud"]
