"""Verdicts in an answer: which schemes fit what is asked, and what of each is told, with the clauses it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assistant.answer.draft import marked
from assistant.eligibility.model import Fact, FactDefinition, FactType, Finding, Scheme, Truth, Verdict
from assistant.eligibility.notices import AUTHORITY_DECIDES, place_name
from assistant.eligibility.units import shown
from assistant.eligibility.wording import OUTCOMES, amount_text, condition, given_text
from assistant.models import Citation, Eligibility, SchemeVerdict, StatedFact, Statement
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.understand.facts import Found
from assistant.validity import in_force

MOST_SCHEMES = 2
MOST_CONDITIONS = 4  # of a kind; the whole list is in `assistant check` and its report
_NAMED_ENOUGH = 0.34  # of the words of a question, when a scheme is meant by them
_IDLE = re.compile(r"我们|公司|企业|我司|能不能|可以|能|申请|申报|多少|吗|呢|享受|政策|补贴|条件|符合|[^一-鿿a-z]")
_LATIN_IDLE = frozenset(
    {
        "our", "company", "firm", "can", "could", "does", "how", "much", "get", "are", "the", "for", "and", "what",
        "qualify", "eligible", "apply", "back", "took", "last", "year",
    }
)  # fmt: skip


def fitting(question: str, schemes: Sequence[Scheme], facts: Iterable[Fact]) -> list[Scheme]:
    """Return the schemes that a question means: those it names, and those its facts decide most of."""
    stated = {fact.id for fact in facts}
    weighed = []
    for scheme in schemes:
        used = sum(1 for d in scheme.facts.values() if d.id in stated or (d.sum_of and d.sum_of in stated))
        named = _agreement(question, scheme)
        if used and (scheme.purpose != "compliance" or named >= _NAMED_ENOUGH):
            weighed.append((named >= _NAMED_ENOUGH, used + 4 * named, scheme))
    weighed.sort(key=lambda w: (-w[0], -w[1]))
    several = [w for w in weighed if w[0]] or weighed
    return [scheme for _, _, scheme in several[:MOST_SCHEMES]]


def _agreement(question: str, scheme: Scheme) -> float:
    """The share of a question's own words that a scheme's name and summary hold."""
    pairs = _pairs(question.lower())
    text = " ".join((scheme.title.zh, scheme.summary.zh, scheme.title.en, scheme.summary.en)).lower()
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(question: str) -> list[str]:
    rest = _IDLE.sub(" ", question)
    pairs = [run[i : i + 2] for run in re.findall(r"[一-鿿]{2,}", rest) for i in range(len(run) - 1)]
    return pairs + [word for word in re.findall(r"[a-z]{3,}", question) if word not in _LATIN_IDLE]


def told(
    verdicts: Sequence[Verdict],
    found: Found,
    definitions: Mapping[str, FactDefinition],
    scope: Scope,
    phrases: Phrases,
    first: int,
) -> tuple[Eligibility, tuple[Citation, ...]]:
    """Return verdicts as an answer tells them, and the citations they need, numbered from `first`."""
    cited = _Citations(scope, first)
    facts = tuple(_fact(fact, definitions[fact.id], phrases) for fact in found.facts)
    made = tuple(_verdict(verdict, cited, phrases) for verdict in verdicts)
    unsure = tuple(each.words for each in found.unsure)
    remarks = _remarks(verdicts, phrases)
    day = verdicts[0].as_of
    text = "\n".join(_lines(facts, made, unsure, remarks, day, phrases))
    return Eligibility(day, facts, made, unsure, remarks, text), tuple(cited.made)


class _Citations:
    """Citations as they are needed: one for each clause of a policy that is held."""

    def __init__(self, scope: Scope, first: int) -> None:
        self.made: list[Citation] = []
        self._scope, self._next = scope, first
        self._numbers: dict[str, int] = {}

    def of(self, finding: Finding, verdict: Verdict) -> tuple[int, ...]:
        """Return the number of a finding's clause; none where its policy is not held."""
        clause = finding.clause
        policy = self._scope.policies.get(clause.address.partition("/")[0])
        if policy is None:
            return ()
        if clause.address not in self._numbers:
            self._numbers[clause.address] = self._next + len(self.made)
            self.made.append(
                Citation(
                    n=self._numbers[clause.address],
                    source=policy.source,
                    policy_id=policy.id,
                    title=policy.metadata.title or policy.source,
                    doc_number=policy.metadata.doc_number,
                    tier=policy.metadata.tier,
                    jurisdiction=policy.metadata.jurisdiction,
                    address=clause.address,
                    locator=clause.locator,
                    quote=clause.quote,
                    wording=clause.wording,
                    page=None,
                    url=policy.metadata.url,
                    in_force=in_force(self._scope.spans[policy.id], None, verdict.as_of),
                )
            )
        return (self._numbers[clause.address],)


def _fact(fact: Fact, definition: FactDefinition, phrases: Phrases) -> StatedFact:
    value = fact.value
    if isinstance(value, bool):
        text = phrases.say("affirmed" if value else "denied")
    elif isinstance(value, Decimal):
        text = shown(value, definition.unit, phrases.language)
    elif definition.type is FactType.PLACE:
        text = place_name(str(value)).in_language(phrases.language)
    else:
        labels = {choice.id: choice.label.in_language(phrases.language) for choice in definition.choices}
        text = labels.get(str(value), str(value))
    return StatedFact(fact.id, definition.label.in_language(phrases.language), text, fact.year, fact.words or "")


def _verdict(verdict: Verdict, cited: _Citations, phrases: Phrases) -> SchemeVerdict:
    language, scheme = phrases.language, verdict.scheme
    unmet = [f for f in verdict.findings if f.truth is (Truth.MET if f.excludes else Truth.NOT_MET)]
    deciding = [f for f in unmet if f in verdict.would_change] or unmet
    asked = {fact.id: n for n, fact in enumerate(verdict.missing)}
    unknown = [f for f in verdict.findings if f.truth is Truth.UNKNOWN and (f.partial or f.fact.id in asked)]
    unknown.sort(key=lambda f: (not f.partial, asked.get(f.fact.id, 0)))  # what was begun to be told comes first
    return SchemeVerdict(
        scheme=scheme.id,
        title=scheme.title.in_language(language),
        outcome=verdict.outcome.value,
        told=OUTCOMES[verdict.outcome].in_language(language),
        unmet=tuple(_statement(f, verdict, cited, phrases) for f in deciding[:MOST_CONDITIONS]),
        open=tuple(_statement(f, verdict, cited, phrases) for f in unknown[:MOST_CONDITIONS]),
        amounts=tuple(
            f"{a.label.in_language(language)} {amount_text(a.low, a.high, a.unit, language)}"
            for a in verdict.amounts
            if a.low is not None or a.high is not None
        ),
        next_fact=verdict.next_fact.id if verdict.next_fact else None,
        next_question=verdict.next_fact.question.in_language(language) if verdict.next_fact else None,
    )


def _statement(finding: Finding, verdict: Verdict, cited: _Citations, phrases: Phrases) -> Statement:
    words = condition(finding, phrases.language)
    given = given_text(finding, phrases.language)
    if given:
        words = phrases.say("given_part" if finding.partial else "given", condition=words, given=given)
    open_ = finding.truth is Truth.UNKNOWN
    key = ("to_exclude" if open_ else "excluded") if finding.excludes else ("open" if open_ else "unmet")
    return Statement(phrases.say(key, condition=words), cited.of(finding, verdict))


def _remarks(verdicts: Sequence[Verdict], phrases: Phrases) -> tuple[str, ...]:
    said = [n.in_language(phrases.language) for v in verdicts for n in v.notices if n != AUTHORITY_DECIDES]
    return (*dict.fromkeys(said), AUTHORITY_DECIDES.in_language(phrases.language))


def _lines(
    facts: Sequence[StatedFact],
    verdicts: Sequence[SchemeVerdict],
    unsure: Sequence[str],
    remarks: Sequence[str],
    day: dt.date,
    phrases: Phrases,
) -> Iterable[str]:
    listed = phrases.say("and").join(f"{written(fact, phrases)} “{fact.words}”" for fact in facts)
    yield phrases.say("facts", facts=listed, day=day)
    if unsure:
        yield phrases.say("unsure", words=phrases.say("and").join(f"“{words}”" for words in unsure))
    for verdict in verdicts:
        yield phrases.say("verdict", title=verdict.title, told=verdict.told)
        yield from (f"- {each.text}{marked(each.citations)}" for each in (*verdict.unmet, *verdict.open))
        yield from (f"- {amount}" for amount in verdict.amounts)
        if verdict.next_question:
            yield phrases.say("next", question=verdict.next_question)
    yield from remarks


def written(fact: StatedFact, phrases: Phrases) -> str:
    """Return a fact as the answer lists it: 当年接收实习生人数（2025）= 45人."""
    return phrases.say("fact_of_year" if fact.year else "fact", label=fact.label, year=fact.year, value=fact.value)
