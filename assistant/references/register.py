"""Register: what there is to refer to, by all the names a policy goes by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.models import Policy
from assistant.text.normal import squeeze


class Register:
    """A `Lookup` over policies: by title, short title, the title inside 印发《…》, 文号 and id.

    `holds` tells whether there is a provision at an address, where the policies come without theirs. `narrow` takes
    the ids of policies that share a name (versions; a digest and its original) and returns those that are meant.
    """

    def __init__(
        self,
        policies: Iterable[Policy],
        holds: Callable[[str], bool] | None = None,
        narrow: Callable[[Sequence[str]], Sequence[str]] | None = None,
    ) -> None:
        self._ids: dict[str, list[str]] = {}
        self._addresses: set[str] = set()
        self._holds, self._narrow = holds, narrow
        for policy in policies:
            self._addresses.update(p.address for p in policy.provisions)
            for name in names(policy):
                ids = self._ids.setdefault(name, [])
                if policy.id not in ids:
                    ids.append(policy.id)

    def named(self, name: str) -> Sequence[str]:
        """Return the ids of the policies with this title or 文号."""
        ids = self._ids.get(squeeze(name), ())
        return self._narrow(ids) if self._narrow and len(ids) > 1 else ids

    def holds(self, address: str) -> bool:
        """Tell whether there is a provision at this address."""
        return self._holds(address) if self._holds else address in self._addresses

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Return the ids of the policies whose name stands in a text, the longest names first."""
        squeezed = squeeze(text)
        hits = sorted((name for name in self._ids if len(name) > 2 and name in squeezed), key=len, reverse=True)
        kept: list[str] = []
        for name in hits:
            if not any(name in longer for longer in kept):
                kept.append(name)
        return tuple(dict.fromkeys(i for name in kept for i in self._ids[name]))


def names(policy: Policy) -> tuple[str, ...]:
    """Return the names, in the form they are compared in, under which a policy is referred to."""
    title = policy.metadata.title or ""
    plain = re.sub(r"[（(](?:试行|暂行|修订|修正|草案|\d{4}[^）)]*)[)）]$", "", title)
    inner = re.findall(r"《([^《》]+)》", title) if "印发" in title else []
    forms = [policy.id, title, plain, *inner, policy.metadata.title_en or "", policy.metadata.doc_number or ""]
    forms += [form.removeprefix("中华人民共和国") for form in (title, plain) if form.startswith("中华人民共和国")]
    return tuple(dict.fromkeys(squeezed for form in forms if (squeezed := squeeze(form))))
