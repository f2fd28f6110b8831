"""The comparison of one sentence of a draft with the clauses it points at: shown as it is, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from assistant import references
from assistant.answer.verify import verify
from assistant.drafting import signs
from assistant.drafting.bindings import stand_where_said
from assistant.drafting.clauses import Clause
from assistant.drafting.reading import Sentence
from assistant.drafting.sides import Sides
from assistant.drafting.support import Weight, of_another, unsupported
from assistant.drafting.worked import Worked, worked
from assistant.models import Statement
from assistant.text import language
from assistant.text.normal import squeeze
from assistant.text.orders import is_order

LONGEST = 600  # characters of one sentence; what is longer says too much to be compared
MOST_CLAUSES = 12  # that one sentence may rest on
_ADDRESS = re.compile(
    r"https?:|www\.|\b[\w.-]+@[\w-]+\.\w|\b[a-z0-9-]+\.(?:com|cn|org|net|io|gov)\b|[<>]|\]\(", re.IGNORECASE
)
AMOUNT = "amount"  # the reason for a figure that was worked out to be another
OTHER_LANGUAGE = "language"  # the reason for which a clause is quoted in its own words instead


def problem(
    sentence: Sentence,
    clauses: Mapping[str, Clause],
    *,
    spoken: str,
    weight: Weight,
    prompt: str,
    before: Collection[str],
    question: str = "",
    sides: Sides | None = None,
) -> str | None:
    """Return why a sentence must not be shown; None where its clauses say it.

    `prompt` are the instructions the model was given, none of which belongs into an answer; `before` are the sentences
    shown already, squeezed; `question` gives the asker's own numbers, from which an amount may be worked out; `sides`
    are those of a comparison, of which each sentence tells one.
    """
    if not sentence.clauses:
        return "points at no clause"
    if unknown := [number for number in sentence.clauses if number not in clauses]:
        return f"points at {unknown[0]}, which it was not given"
    if len(sentence.text) > LONGEST or len(sentence.clauses) > MOST_CLAUSES:
        return "too long to be compared"
    if squeeze(sentence.text) in before:
        return "said before"
    if language(sentence.text) != spoken:
        return "not in the language asked for"
    if _ADDRESS.search(sentence.text):
        return "holds an address of its own"
    if is_order(sentence.text):
        return "gives orders"
    if squeeze(sentence.text) in squeeze(prompt):
        return "repeats its instructions"
    if sides:
        if reason := sides.problem(sentence.text, [clauses[number] for number in sentence.clauses]):
            return reason
        sentence = replace(sentence, text=sides.without_names(sentence.text))
    amount = worked_in(sentence, clauses, question)
    if amount and not amount.agrees:
        return AMOUNT
    text = amount.text if amount else sentence.text
    return _difference(replace(sentence, text=text), clauses, spoken, weight)


def worked_in(sentence: Sentence, clauses: Mapping[str, Clause], question: str) -> Worked | None:
    """Return the amount that a sentence states of the asker's own case, worked out anew; None where it states none."""
    cited = [clauses[number] for number in sentence.clauses]
    of_document = {clause.policy.id for clause in cited}
    beside = [clause.text for clause in clauses.values() if clause.policy.id in of_document]
    return worked(sentence.text, question, [clause.text for clause in cited], beside)


def _difference(sentence: Sentence, clauses: Mapping[str, Clause], spoken: str, weight: Weight) -> str | None:
    cited = [clauses[number] for number in sentence.clauses]
    above = [clauses.get(c.lead or "") for c in cited]
    leads = [lead for lead in above if lead and lead not in cited]
    said = [_under_lead(c, clauses, spoken) for c in (*leads, *cited)]
    around = "\n".join(c.around(spoken) for c in cited)
    if name := _own_name(sentence.text, "\n".join((*said, around))):
        return f"names {name}, which its clauses do not"
    # Figures are held against what is cited, and against nothing that merely stands around it.
    statement = Statement(sentence.text, tuple(c.citation.n for c in cited))
    kept, _ = verify([statement], [c.citation for c in cited], {c.provision.address: c.provision for c in cited})
    if not kept or (any(c.orders for c in cited) and not _holds(statement, cited)):
        return "figures"
    if not stand_where_said(sentence.text, said):
        return "figures elsewhere"
    if of_another(sentence.text, [c.text for c in cited], [c.text for c in leads], weight):
        return "words"
    for clause in cited:
        lead = clauses.get(clause.lead or "")
        if lead and (sign := signs.of_lead(sentence.text, lead.text, clause.text)):
            return sign
    return unsupported(sentence.text, said, around, weight)


def _under_lead(clause: Clause, clauses: Mapping[str, Clause], spoken: str) -> str:
    """The words of a clause as they are meant: below 不得有下列行为 every item is denied."""
    lead = clauses.get(clause.lead or "")
    if lead is None or not signs.denies(lead.text):
        return clause.text
    return f"不得{clause.text}" if spoken == "zh" else f"must not {clause.text}"


def _holds(statement: Statement, cited: list[Clause]) -> bool:
    """Whether the figures stand in the clauses without their sentences that give orders."""
    digits = re.findall(r"\d+(?:\.\d+)?", squeeze(statement.text))
    words = squeeze("\n".join(c.text for c in cited))
    return all(number in words for number in digits)


def _own_name(text: str, said: str) -> str | None:
    """The first document, 文号 or clause that a sentence names and its clauses do not."""
    held = squeeze(said)
    for reference in references.find(text):
        named = reference.doc_number or reference.title or (reference.text if reference.steps else None)
        if named and squeeze(named).strip("《》") not in held:
            return named
    return None
