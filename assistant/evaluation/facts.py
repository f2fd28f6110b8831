"""What the stored documents themselves say of an answer: are its statements in the clauses, did those hold on the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant import validity
from assistant.evaluation.amounts import amounts
from assistant.index import Index
from assistant.models import Answer, Citation, Provision
from assistant.text.normal import normalise, squeeze
from assistant.validity import Span

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"^\s*(?:[-•]\s*)?(?:\(?\d{1,2}\)|\d{1,2}[.,](?!\d))\s*")  # 1. or (1) before a list item


class Record:
    """The documents of an installation, as an answer is held against them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._policies = {policy.id: policy for policy in index.policies()}
        self._spans: Mapping[str, Span] = validity.spans(self._policies.values())

    def provision(self, address: str) -> Provision | None:
        """Return the clause at an address as it is stored."""
        return next((p for p in self._index.subtree(address) if p.address == address), None)

    def unverified(self, answer: Answer) -> Iterator[str]:
        """Yield every statement that the clauses it cites do not carry, with what is wrong with it.

        A statement holds when it cites something, each quote stands in its clause word for word, and each number and
        amount it names is named by one of those clauses. Nothing the answer says of itself is taken for granted.
        """
        cited = {citation.n: citation for citation in answer.citations}
        for text, numbers in _said(answer):
            wrong = self._wrong(text, numbers, [cited[n] for n in numbers if n in cited])
            if wrong:
                yield f"{text[:80]}: {wrong}"

    def in_force(self, citation: Citation, answer: Answer) -> bool | None:
        """Return whether a cited clause held on the day asked for, from the stored dates; None where they do not tell."""
        span = self._spans.get(citation.policy_id)
        return validity.in_force(span, self.provision(citation.address), answer.as_of) if span else None

    def is_warned_of(self, citation: Citation, answer: Answer) -> bool:
        """Return whether a line of the answer on a document or a notice names both the document a clause is cited from and the day asked for."""
        policy = self._policies.get(citation.policy_id)
        metadata = policy.metadata if policy else None
        names = (citation.title, *((metadata.title, metadata.title_en) if metadata else ()))
        told = (*answer.particulars, *answer.notices)
        on_the_day = [squeeze(notice) for notice in told if answer.as_of.isoformat() in notice]
        return any(squeeze(name) in notice for name in names if name for notice in on_the_day)

    def _wrong(self, said: str, numbers: Sequence[int], cited: Sequence[Citation]) -> str | None:
        if not cited or len(cited) < len(numbers):
            return "it cites nothing, or what is not among the citations"
        clauses = [(citation, self.provision(citation.address)) for citation in cited]
        texts = []
        for citation, clause in clauses:
            held = [squeeze(text) for text in (clause.text, clause.text_en) if text] if clause else []
            if not squeeze(citation.quote) or not any(squeeze(citation.quote) in text for text in held):
                return f"its quote is not in {citation.address}"
            texts += [text for text in (clause.text, clause.text_en) if text] if clause else []
        whole = "\n".join(texts)
        said = _MARK.sub("", normalise(said))
        invented = set(_DIGITS.findall(said)) - set(_DIGITS.findall(normalise(whole)))
        if invented:
            return f"{', '.join(sorted(invented))} is in none of its clauses"
        strange = amounts(said) - amounts(whole)
        if strange:
            return (
                f"{', '.join(sorted(f'{a.value.normalize():f} {a.unit}' for a in strange))} is in none of its clauses"
            )
        return None


def _said(answer: Answer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield everything an answer states, with its citations: the short answer, statements, remarks, cells of a table.

    A cell without a citation and without a number says that nothing was found, which no clause can carry.
    """
    for statement in (*([answer.lead] if answer.lead else []), *answer.statements):
        yield statement.text, statement.citations
        if statement.remark:
            yield statement.remark, statement.citations
    for row in answer.table.rows if answer.table else ():
        for cell in row.cells:
            if cell.citations or _DIGITS.search(cell.text) or amounts(cell.text):
                yield cell.text, cell.citations
