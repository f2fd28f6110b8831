"""A place's own version of a scheme, made whole: what it replaces, adds and removes, and the rest inherited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from assistant.eligibility.format import EditEntry, NodeEntry, SchemeEntry, SectionsEntry, VariantEntry
from assistant.errors import CorpusError

LISTS = ("parameters", "benefits", "stacking", "steps", "materials", "windows", "remarks")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def whole(variant: VariantEntry, parent: SchemeEntry) -> SchemeEntry:
    """Return a variant as a scheme of its own; raises CorpusError when it changes what is not there."""
    removed = set(variant.remove)
    known = names(parent)
    wanted = removed | set(variant.conditions.add) | {node.name for node in variant.conditions.replace}
    if missing := sorted(wanted - known):
        raise CorpusError(f"it changes {', '.join(missing)}, which {parent.id} does not have")
    own = {name: getattr(variant, name) for name in ("effective", "expires", "summary", "authority")}
    # A place's dates are its own: the nation's do not say when a province began.
    return parent.model_copy(
        update={
            "id": variant.id,
            "title": variant.title,
            "place": variant.place,
            "summary": own["summary"] or parent.summary,
            "authority": own["authority"] or parent.authority,
            "effective": own["effective"],
            "expires": own["expires"],
            "basis": tuple(dict.fromkeys((*variant.basis, *parent.basis))),
            "conditions": _edited(parent.conditions, variant.conditions, removed),
            "exclusions": _exclusions(parent.exclusions, variant.exclusions, removed),
            "office": variant.office or parent.office,
            **{name: _merged(getattr(parent, name), getattr(variant, name), removed) for name in LISTS},
        }
    )


def names(entry: SectionsEntry) -> set[str]:
    """Return every id in a scheme that a variant can speak of."""
    found = {part.id for name in LISTS for part in getattr(entry, name)}
    roots = (*entry.exclusions, *((entry.conditions,) if isinstance(entry, SchemeEntry) else ()))
    return found | {node.name for root in roots for node in walk(root)}


def walk(node: NodeEntry) -> list[NodeEntry]:
    """Return a node and everything below it, in order."""
    return [node, *(below for member in node.members for below in walk(member))]


def parents(
    entries: Mapping[str, SchemeEntry | VariantEntry], variant: VariantEntry
) -> list[VariantEntry | SchemeEntry]:
    """Return what a variant extends, nearest first, down to the scheme; raises CorpusError where that leads nowhere."""
    line: list[VariantEntry | SchemeEntry] = []
    at: VariantEntry | SchemeEntry = variant
    while isinstance(at, VariantEntry):
        above = entries.get(at.extends)
        if above is None:
            raise CorpusError(f"there is no scheme {at.extends}")
        if above is variant or above in line:
            raise CorpusError(f"it extends itself, by way of {above.id}")
        line.append(above)
        at = above
    return line


def _edited(node: NodeEntry, edit: EditEntry, removed: set[str]) -> NodeEntry:
    for other in edit.replace:
        if other.name == node.name:
            return other
    if not node.members:
        return node
    kept = tuple(_edited(member, edit, removed) for member in node.members if member.name not in removed)
    return node.with_members((*kept, *edit.add.get(node.name, ())))


def _exclusions(
    inherited: tuple[NodeEntry, ...], own: tuple[NodeEntry, ...], removed: set[str]
) -> tuple[NodeEntry, ...]:
    mine = {node.name: node for node in own}
    kept = [mine.pop(node.name, node) for node in inherited if node.name not in removed]
    return (*kept, *mine.values())


def _merged(inherited: tuple[T, ...], own: tuple[T, ...], removed: set[str]) -> tuple[T, ...]:
    mine = {part.id: part for part in own}
    kept = [mine.pop(part.id, part) for part in inherited if part.id not in removed]
    return (*kept, *mine.values())
