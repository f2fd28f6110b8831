"""An answer without a language model: the clauses themselves, arranged, each statement with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import steps
from assistant.answer.draft import Draft, Line, Section
from assistant.answer.figures import MONEY, PERCENT, figures, measured
from assistant.answer.passages import Group, Passage, body, groups, is_case, words_in
from assistant.answer.quoting import KEEP_SHARE, quotes, sentences
from assistant.models import Kind, Provision, Statement, Tier, Wording
from assistant.prompts import Phrases
from assistant.structure import quantifier
from assistant.text import locators
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage
from assistant.understand.units import measures

SHORT_CLAUSE = 320  # characters; a clause up to this length is shown whole

# What a sanction says, told from the clauses that only speak of supervision.
_PENALTY = re.compile(
    r"罚款|责令|处分|处罚|吊销|没收|追究|追回|赔偿|取消[^。；，]{0,12}(?:资格|称号|待遇)|构成犯罪|\bfine[sd]?\b|\bpenalt|\brevok",
    re.IGNORECASE,
)
_SETS_DUTY = re.compile(r"应当|必须|不得|禁止|严禁|有[^。；]{0,10}义务|\b(?:shall|must|may not)\b", re.IGNORECASE)
_STEP = re.compile(
    r"申请|申报|提出|提交|受理|审[核查批定]|评审|公示|公布|认定|备案|推荐|报送|发[给证放]|签订|登记|拨付"
    r"|\b(?:appl|submit|review|publish|recogni|approv|fil|sign|pay)",
    re.IGNORECASE,
)


def compose(
    inquiry: Inquiry, passages: Sequence[Passage], phrases: Phrases, draft: Draft, side: str | None = None
) -> None:
    """Add what the passages say to the draft, clause by clause, lists whole and in the clause's order.

    `side` is what a comparison calls the thing that these passages speak of.
    """
    for passage in rules_first(passages, inquiry):
        kind = None if side else role(passage, inquiry)
        head = heading(passage, phrases)
        if side:
            head = phrases.say("side_head", side=side, heading=head)
        elif kind in (Kind.OBLIGATION, Kind.SANCTION):
            head = phrases.say("side_head", side=phrases.say(f"kind_{kind}"), heading=head)
        section = Section(head)
        for group in _bearing(passage, inquiry):
            _add_group(group, passage, inquiry, phrases, draft, section, kind)
        draft.sections.append(section)


def rules_first(passages: Sequence[Passage], inquiry: Inquiry) -> list[Passage]:
    """Return the passages with what papers found behind what rules say, unless research was asked for."""
    if Kind.FINDING in inquiry.kinds:
        return list(passages)
    return sorted(passages, key=is_research)


def is_research(passage: Passage) -> bool:
    """Return whether a passage tells what a paper found: never a rule."""
    return passage.policy.metadata.tier is Tier.PAPER


def role(passage: Passage, inquiry: Inquiry) -> Kind | None:
    """Return what a passage is for in this answer, where that changes how it is shown."""
    if is_research(passage):
        return Kind.FINDING
    asked = set(inquiry.kinds)
    own = {kind for provision in passage.provisions for kind in provision.kinds}
    text = "\n".join(p.text for p in passage.provisions)
    if asked & {Kind.OBLIGATION, Kind.SANCTION}:
        if Kind.SANCTION in own and _PENALTY.search(text):
            return Kind.SANCTION
        return Kind.OBLIGATION if Kind.OBLIGATION in own and _SETS_DUTY.search(text) else None
    if inquiry.wants_amount:
        return Kind.BENEFIT
    return next((k for k in (Kind.PROCEDURE, Kind.MATERIAL, Kind.DEADLINE) if k in asked and k in own), None)


def heading(passage: Passage, phrases: Phrases, *, whole: bool = False) -> str:
    """Return what stands above the words of a clause: its document and place; above a document as a whole no place."""
    metadata, first = passage.policy.metadata, passage.provisions[0]
    title = (metadata.title_en if phrases.language == "en" else None) or metadata.title or passage.policy.source
    return phrases.say(
        "document_head" if whole else "research_head" if is_research(passage) else "source_head",
        title=f"《{title}》" if phrases.language == "zh" else title,
        number=phrases.say("doc_number", number=metadata.doc_number) if metadata.doc_number else "",
        locator=locators.written(first.locator, phrases.language),
        marks=_marks(passage, phrases),
    )


def _marks(passage: Passage, phrases: Phrases) -> str:
    """Return what the reader must know of the text itself, told beside its name."""
    if is_research(passage):
        return phrases.say("research_mark")
    if passage.policy.wording is Wording.DIGEST:
        return phrases.say("digest_mark")
    return phrases.say("chinese_original") if phrases.language == "en" else ""


def _bearing(passage: Passage, inquiry: Inquiry) -> list[Group]:
    """The paragraphs of a clause that bear on the question; all of them where the clause is short."""
    shown = [g for g in groups(passage) if body(g.lead) or g.items]
    if sum(len(g.text) for g in shown) <= SHORT_CLAUSE or len(shown) == 1:
        return shown
    agreement = [coverage(inquiry.subjects, g.text) for g in shown]
    best = max(agreement)
    return [
        g
        for g, share in zip(shown, agreement, strict=True)
        if share >= KEEP_SHARE * best and (best > 0 or g.lead.address in passage.matched)
    ] or shown


def _add_group(
    group: Group,
    passage: Passage,
    inquiry: Inquiry,
    phrases: Phrases,
    draft: Draft,
    section: Section,
    kind: Kind | None,
) -> None:
    if body(group.lead):
        # What leads a list in is no step and nothing to tick off itself.
        own = kind if not group.items or kind in _HEADED else None
        _add(group.lead, passage, inquiry, phrases, draft, section, own, "")
    if group.items and (rule := asked_of(group.lead.text, phrases)):
        section.lines.append(Line("  ", rule))
        kind = None if kind is Kind.BENEFIT else kind  # conditions with a figure in one of them are no list of amounts
    if kind in _LISTED and kind not in group.lead.kinds and not all(kind in item.kinds for item in group.items):
        kind = None  # conditions of which one asks for a proof are no list of what to hand in
    for item in group.items:
        depth = item.address.count("/") - group.lead.address.count("/")
        _add(item, passage, inquiry, phrases, draft, section, kind, "  " * depth)


_HEADED = frozenset({Kind.OBLIGATION, Kind.SANCTION, Kind.FINDING})
_LISTED = frozenset({Kind.MATERIAL, Kind.DEADLINE, Kind.PROCEDURE})


def asked_of(lead: str, phrases: Phrases) -> str:
    """Return whether all, any or some of a list are asked for, as its lead-in says; empty where it does not say."""
    rule = quantifier(lead)
    if rule is None:
        return ""
    if rule == "any" and is_case(lead):
        return phrases.say("any_case")
    if rule in ("all", "any"):
        return phrases.say("all_of" if rule == "all" else "any_of")
    return phrases.say("at_least", n=rule.rpartition(" ")[2])


def _add(
    provision: Provision,
    passage: Passage,
    inquiry: Inquiry,
    phrases: Phrases,
    draft: Draft,
    section: Section,
    kind: Kind | None,
    indent: str,
) -> None:
    unchecked = phrases.say("memory_mark") if provision.basis == "memory" else ""
    for quote in quotes(words_in(phrases.language, provision), inquiry):
        number = draft.cite(passage, provision, quote)
        for text in _steps(quote) if kind is Kind.PROCEDURE else (quote,):
            amount = measured(text) and measures(inquiry.question, text)
            own = kind if kind is not Kind.BENEFIT or amount else None
            statement = Statement(text, (number,), own, _remark(text, own, phrases))
            remark = phrases.say("remark", remark=statement.remark) if statement.remark else ""
            bullet = _bullet(own, section, numbered=text != quote)
            section.lines.append(Line(indent + bullet, f"{text}{unchecked}{remark}", statement))


def _steps(text: str) -> list[str]:
    """The sentences of a procedure told in running text; the text whole where they are not steps."""
    parts = [part.strip() for part in sentences(text) if part.strip()]
    return parts if len(parts) > 1 and all(_STEP.search(part) for part in parts) else [text]


def _bullet(kind: Kind | None, section: Section, *, numbered: bool) -> str:
    if kind is Kind.PROCEDURE and numbered:
        return f"{1 + sum(1 for line in section.lines if line.statement)}. "
    return "☐ " if kind in (Kind.MATERIAL, Kind.DEADLINE, Kind.BENEFIT) else "- "


def _remark(text: str, kind: Kind | None, phrases: Phrases) -> str:
    """What a reader looks for in a step, a date or an amount, in the clause's own words."""
    found: list[str] = []
    if kind is Kind.PROCEDURE and (who := steps.authority(text)):
        found.append(phrases.say("handled_by", who=who))
    if kind in (Kind.PROCEDURE, Kind.DEADLINE) and (limit := steps.time_limit(text)):
        found.append(phrases.say("time_limit", limit=limit))
    if kind is Kind.BENEFIT and any(f.unit == PERCENT for f in figures(text)) and (base := steps.base(text)):
        found.append(phrases.say("base", base=base))
    if kind is Kind.BENEFIT and any(f.unit == MONEY for f in figures(text)) and (unit := steps.per(text)):
        found.append(phrases.say("unit", unit=unit))
    return phrases.say("between").join(found)
