"""Every figure of the evaluation, each defined here and nowhere else: its docstring is what reports print as its meaning.

A figure takes one question with its answer and returns what that is worth, or None where the question does not ask for
it. Over several questions the mean is reported; counts are added up, and latencies have percentiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting import Trace
from assistant.evaluation import ranking
from assistant.evaluation.amounts import amounts, is_named
from assistant.evaluation.cases import REFUSALS, Case, Score
from assistant.evaluation.cases import score as scored
from assistant.evaluation.facts import Record
from assistant.evaluation.figure import Figure, Over
from assistant.evaluation.intervals import Estimate
from assistant.models import Answer, Citation, Refusal

# What makes a question tempting, and the reason a good refusal gives.
_REASONS = {
    "off_topic": Refusal.OUT_OF_SCOPE,
    "no_such_article": Refusal.NO_SUCH_CLAUSE,
    "invented_document": Refusal.NO_SUCH_DOCUMENT,
    "foreign_law": Refusal.FOREIGN_LAW,
    "wrong_place": Refusal.PLACE_NOT_HELD,
    "outside_period": Refusal.NOT_IN_FORCE,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one system, with what came back."""

    case: Case
    record: Record
    answer: Answer | None = None  # None where it was only searched for
    seconds: float = 0.0
    ranked: Sequence[int | None] | None = None  # which gold clause stands at each place of a search, None for others
    trace: Trace | None = None  # how a language model worded the answer
    score: Score | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", scored(self.case, self.answer) if self.answer else None)


def right_end(asked: Asked) -> float | None:
    """Share of questions that were answered where the texts hold an answer, and refused where they do not."""
    return None if asked.score is None else float(asked.score.status)


def complete(asked: Asked) -> float | None:
    """Share of questions that were refused rightly, or answered with every right clause, every fact and every list item."""
    score = asked.score
    return None if score is None else float(score.status and {score.recall, score.facts, score.items} <= {None, 1})


def recall(asked: Asked) -> float | None:
    """Share of the clauses a complete answer cites that were cited; a paragraph or item of a clause counts as the clause."""
    return asked.score.recall if asked.score else None


def precision(asked: Asked) -> float | None:
    """Share of the clauses cited that belong to the answer; 0 for a question with an answer that got no citation."""
    return asked.score.precision if asked.score else None


def key_facts(asked: Asked) -> float | None:
    """Share of the facts a complete answer states (numbers, days, names, in one of their spellings) found in its text."""
    return asked.score.facts if asked.score else None


def list_items(asked: Asked) -> float | None:
    """Share of the items of the clause's own list that were cited one by one, for questions whose answer is a list."""
    return asked.score.items if asked.score else None


def amount(asked: Asked) -> float | None:
    """Share of questions for an amount whose answer names every number expected, and claims no other one.

    A number has to stand there whole. An amount is claimed besides where it has the unit of an expected one and stands in
    a statement that rests only on clauses which do not belong to the answer.
    """
    case, answer = asked.case, asked.answer
    expected = [spellings for spellings in case.facts if any(map(_is_number, spellings))]
    if answer is None or case.type != "amount" or case.must_be_refused or not expected:
        return None
    named = all(any(is_named(spelling, answer.text) for spelling in spellings) for spellings in expected)
    units = {a.unit for spellings in expected for spelling in spellings for a in amounts(spelling)}
    belongs = {c.n for c in answer.citations if _belongs(c, case)}
    strange = (s for s in answer.statements if s.citations and belongs.isdisjoint(s.citations))
    claimed = any(a.unit in units for statement in strange for a in amounts(statement.text))
    return float(named and not claimed)


def cited_in_force(asked: Asked) -> float | None:
    """Share of the citations of an answer that were in force on the day asked for, or that a notice warns of.

    The stored dates decide; where they tell nothing, a clause counts as in force. A notice warns of a citation when it
    names its document and the day.
    """
    answer, record = asked.answer, asked.record
    if answer is None or not answer.citations:
        return None
    held = [record.in_force(c, answer) is not False or record.is_warned_of(c, answer) for c in answer.citations]
    return sum(held) / len(held)


def validity_question(asked: Asked) -> float | None:
    """Share of questions about whether or since when something holds that cite every right clause and state every fact."""
    return complete(asked) if asked.case.type == "validity" and not asked.case.must_be_refused else None


def follow_up(asked: Asked) -> float | None:
    """Share of questions that need the earlier ones of their conversation whose answer cites every right clause."""
    if asked.score is None or asked.case.type != "followup" or asked.score.recall is None:
        return None
    return float(asked.score.recall == 1)


def refusal_recall(asked: Asked) -> float | None:
    """Share of the questions without an answer in the texts that were refused."""
    return right_end(asked) if asked.case.must_be_refused else None


def false_refusal(asked: Asked) -> float | None:
    """Share of the questions with an answer in the texts that were refused. Less is better."""
    return None if asked.score is None or asked.case.must_be_refused else 1.0 - asked.score.status


def refusal_kind(asked: Asked) -> float | None:
    """Share of the right refusals that are of the right kind: not found in the texts, or outside their field."""
    if asked.answer is None or not asked.case.must_be_refused or asked.answer.status not in REFUSALS:
        return None
    return float(asked.answer.status is asked.case.expect)


def refusal_reason(asked: Asked) -> float | None:
    """Share of the right refusals that give the reason there is, where it is more than that nothing was found.

    Such a reason is that the clause, the document or the place's rules are not there, that the law is another country's,
    that nothing held on the day, or that the question is outside the field.
    """
    reason = _REASONS.get(asked.case.trap or "")
    if asked.answer is None or reason is None or asked.answer.status not in REFUSALS:
        return None
    return float(asked.answer.refusal is reason)


def unverified(asked: Asked) -> float | None:
    """Number of statements that the stored clauses do not carry, checked anew, apart from the assistant's own check.

    Such a statement has no citation, or a quote that does not stand word for word in its clause, or a number or an amount
    that is in none of the clauses it cites.
    """
    return None if asked.answer is None else float(sum(1 for _ in asked.record.unverified(asked.answer)))


def survival(asked: Asked) -> float | None:
    """Share of the sentences a language model wrote that its clauses bear out and that are shown, question by question."""
    written = _shown(asked) + len(asked.trace.removed) if asked.trace else 0
    return _shown(asked) / written if written else None


def made_whole(asked: Asked) -> float | None:
    """Number of clauses quoted beside a language model's sentences, because it left them out or got them wrong."""
    return None if asked.trace is None else float(len(asked.trace.added))


def fell_back(asked: Asked) -> float | None:
    """Share of the answers asked of a language model of which it wrote nothing that could be shown: the clauses are quoted."""
    return None if asked.trace is None else float(not _shown(asked))


def search_ndcg(asked: Asked) -> float | None:
    """How near the right clauses stand to the top of `search`, in nDCG over the first ten: 1 for a perfect order.

    Follow-ups and questions without an answer are left out, as a search knows no conversation and never refuses.
    """
    return _searched(asked, lambda row, gold: ranking.ndcg(row, dict.fromkeys(gold, 1.0)))


def search_first(asked: Asked) -> float | None:
    """Recall at 1 of `search`: share of questions with a right clause in the first place."""
    return _searched(asked, lambda row, gold: ranking.success(row, gold, 1))


def search_three(asked: Asked) -> float | None:
    """Recall at 3 of `search`: share of questions with a right clause among the first three."""
    return _searched(asked, lambda row, gold: ranking.success(row, gold, 3))


def search_ten(asked: Asked) -> float | None:
    """Recall at 10 of `search`: share of questions with a right clause among the first ten."""
    return _searched(asked, lambda row, gold: ranking.success(row, gold, 10))


def search_mrr(asked: Asked) -> float | None:
    """Mean over the questions of one over the place of the first right clause among the first ten of `search`."""
    return _searched(asked, ranking.reciprocal_rank)


def latency(asked: Asked) -> float | None:
    """Milliseconds from question to answer, measured around the call."""
    return None if asked.answer is None else 1000 * asked.seconds


FIGURES = (
    Figure("right_end", "answered or refused rightly", right_end),
    Figure("complete", "complete answers", complete),
    Figure("recall", "clause citation recall", recall, aim=0.92),
    Figure("precision", "clause citation precision", precision, aim=0.85),
    Figure("facts", "key facts", key_facts, aim=0.90),
    Figure("items", "list completeness", list_items, aim=0.95),
    Figure("amount", "amount accuracy", amount),
    Figure("in_force", "validity accuracy", cited_in_force, aim=0.98),
    Figure("validity", "validity questions", validity_question),
    Figure("follow_up", "follow-up accuracy", follow_up, aim=0.85),
    Figure("refusal", "refusal recall", refusal_recall, aim=0.90),
    Figure("false_refusal", "false refusals", false_refusal, more_is_better=False, aim=0.05),
    Figure("refusal_kind", "right kind of refusal", refusal_kind),
    Figure("refusal_reason", "right reason for it", refusal_reason),
    Figure("unverified", "unverified statements", unverified, Over.SUM, more_is_better=False, aim=0, is_share=False),
    Figure("survival", "drafted sentences shown", survival),
    Figure("made_whole", "clauses added to drafts", made_whole, Over.SUM, more_is_better=False, is_share=False),
    Figure("fell_back", "drafts not used", fell_back, more_is_better=False),
    Figure("ndcg10", "search: nDCG@10", search_ndcg),
    Figure("recall1", "search: recall@1", search_first),
    Figure("recall3", "search: recall@3", search_three),
    Figure("recall10", "search: recall@10", search_ten),
    Figure("mrr", "search: MRR", search_mrr),
    Figure("latency", "latency, p50", latency, Over.P50, more_is_better=False, unit="ms", is_share=False),
    Figure("latency", "latency, p95", latency, Over.P95, more_is_better=False, unit="ms", is_share=False),
)


def measured(asked: Asked) -> dict[str, float]:
    """Return what every figure that the question asks for makes of it, by key."""
    values = {figure.key: figure.of(asked) for figure in FIGURES}
    return {key: value for key, value in values.items() if value is not None}


def estimates(values: Sequence[Mapping[str, float]]) -> list[tuple[Figure, Estimate]]:
    """Return the figures over questions, without those that none of them asks for."""
    found = [(figure, figure.estimate([v[figure.key] for v in values if figure.key in v])) for figure in FIGURES]
    return [(figure, estimate) for figure, estimate in found if estimate]


def _searched(asked: Asked, of: Callable[[Sequence[int | None], Sequence[int]], float]) -> float | None:
    return None if asked.ranked is None else of(asked.ranked, range(len(asked.case.gold)))


def _shown(asked: Asked) -> int:
    """How many sentences of a language model an answer shows."""
    if asked.answer is None or asked.trace is None or asked.answer.worded_by is None:
        return 0
    return len(asked.answer.statements) - len(asked.trace.added)


def _belongs(citation: Citation, case: Case) -> bool:
    clauses = (*case.gold, *case.also)
    return any(clause.covers(citation.source, citation.policy_id, citation.locator) for clause in clauses)


def _is_number(spelling: str) -> bool:
    return bool(amounts(spelling)) or spelling.replace(".", "", 1).isdigit()
