"""What the clauses of an answer refer to: a condition that stands in another article is no use unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.notices import title_of
from assistant.answer.passages import Passage, body
from assistant.index import Index
from assistant.models import Policy, Wording
from assistant.prompts import Phrases
from assistant.references import Register, find, links, referred, short_names
from assistant.retrieve import Scope
from assistant.text import locators

MOST = 3  # clauses pointed at in one answer
LONGEST = 90  # characters quoted of each


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is to refer to: documents by the register of all, clauses by the index."""

    register: Register
    index: Index

    def named(self, name: str) -> Sequence[str]:
        """Return the ids of the policies with this title or 文号."""
        return self.register.named(name)

    def holds(self, address: str) -> bool:
        """Tell whether there is a provision at this address."""
        return bool(self.index.subtree(address))


def told(passages: Sequence[Passage], index: Index, scope: Scope, phrases: Phrases) -> Iterable[str]:
    """Yield the clauses that an answer's clauses refer to and that it does not show, each with its beginning."""
    shown = {p.address for passage in passages for p in passage.provisions}
    found = dict.fromkeys(a for passage in passages if _points(passage) for a in addresses_of(passage, index, scope))
    others = (a for a in found if "/" in a and not any(a == s or s.startswith(f"{a}/") for s in shown))
    for address in list(others)[:MOST]:
        clause = index.subtree(address)
        title = title_of(scope.policies[address.split("/")[0]], phrases.language)
        text = next((words for p in clause if (words := body(p))), "")
        yield phrases.say(
            "notice_referred",
            title=title,
            locator=locators.written(clause[0].locator, phrases.language),
            text=_beginning(text),
        )


def addresses_of(passage: Passage, index: Index, scope: Scope) -> Sequence[str]:
    """Return the addresses of what a clause refers to, in its order."""
    names = short_names(_whole(passage.policy, index)) if _has_title(passage) else {}
    return tuple(referred(links(passage.policy, passage.provisions, _Held(scope.register, index), names)))


def _points(passage: Passage) -> bool:
    """Whether official words name another clause; a digest's own words name none that is not told with it."""
    return passage.policy.wording is Wording.ORIGINAL and any(find(p.text) for p in passage.provisions)


def _whole(policy: Policy, index: Index) -> Policy:
    """The policy with its provisions, in which it defines its short names."""
    return index.policy(policy.id) or policy


def _has_title(passage: Passage) -> bool:
    return any("《" in p.text for p in passage.provisions)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
