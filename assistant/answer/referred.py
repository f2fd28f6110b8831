"""What the clauses of an answer refer to: a condition that stands in another article is no use unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer.notices import title_of
from assistant.answer.passages import Passage, body
from assistant.index import Index
from assistant.models import Policy, Wording
from assistant.prompts import Phrases
from assistant.references import Register, find, links, referred, short_names
from assistant.retrieve import Scope

MOST = 3  # clauses pointed at in one answer
LONGEST = 90  # characters quoted of each


def told(passages: Sequence[Passage], index: Index, scope: Scope, phrases: Phrases) -> Iterable[str]:
    """Yield the clauses that an answer's clauses refer to and that it does not show, each with its beginning."""
    shown = {p.address for passage in passages for p in passage.provisions}
    pointing = [passage for passage in passages if _points(passage)]
    if not pointing:
        return
    register = Register(
        scope.policies.values(),
        holds=lambda address: bool(index.subtree(address)),
        narrow=lambda ids: _meant(ids, scope),
    )
    found: dict[str, None] = {}
    for passage in pointing:
        names = short_names(_whole(passage.policy, index)) if _has_title(passage) else {}
        found |= dict.fromkeys(referred(links(passage.policy, passage.provisions, register, names)))
    others = (a for a in found if "/" in a and not any(a == s or s.startswith(f"{a}/") for s in shown))
    for address in list(others)[:MOST]:
        clause = index.subtree(address)
        title = title_of(scope.policies[address.split("/")[0]], phrases.language)
        text = next((words for p in clause if (words := body(p))), "")
        yield phrases.say("notice_referred", title=title, locator=clause[0].locator, text=_beginning(text))


def _points(passage: Passage) -> bool:
    """Whether official words name another clause; a digest's own words name none that is not told with it."""
    return passage.policy.wording is Wording.ORIGINAL and any(find(p.text) for p in passage.provisions)


def _whole(policy: Policy, index: Index) -> Policy:
    """The policy with its provisions, in which it defines its short names."""
    return index.policy(policy.id) or policy


def _has_title(passage: Passage) -> bool:
    return any("《" in p.text for p in passage.provisions)


def _meant(ids: Sequence[str], scope: Scope) -> list[str]:
    """Of several texts under one title those not told by an original that is held, and not ended."""
    own = [id_ for id_ in ids if id_ not in scope.originals]
    return [id_ for id_ in own if scope.spans[id_].end is None and not scope.spans[id_].ended] or own


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
