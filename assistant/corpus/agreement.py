"""A digest held against the original of the same policy: whether it is the same text, and where the two differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.corpus.addresses import numbers_in_address
from assistant.corpus.numbers import chinese_numbers, plain, scale
from assistant.models import Policy, Provision
from assistant.text.normal import squeeze, title_key
from assistant.text.numerals import DIGITS

DIFFERS = "differs from the digest: "  # how such a finding begins among the findings of an original
LEAST_TEXT = 200  # characters; no policy is shorter, and pages that only report an error or ask for a login are
_TITLE_AREA = 2_000  # characters
_BARRIERS = re.compile(
    r"登录|验证码|访问验证|安全验证|滑动|请开启|启用JavaScript|javascript|captcha|页面不存在|404", re.IGNORECASE
)
_NUMBERED = re.compile(r"(preamble|[a-z]+_\d+(_\d+)?)(~\d+)?")
_BRACKETS = re.compile(r"[\[\](){}<>]|第")
# What a digest cites is no statement of its own: 财税〔2019〕46号, 第十二条第二款.
_CITED = re.compile(rf"〔\d{{4}}〕\s*第?\d+号|第[{DIGITS}、—至和]+(?:编|章|节|条|款|项|目)(?:之[{DIGITS}]+)?")
_NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?|[{DIGITS}]+(?:点[{DIGITS}]+)?)"
# What an original states and a digest of it should not leave out: amounts, percentages, days.
_WEIGHTY = re.compile(
    rf"{_NUMERAL}\s*(?:千万|百万|万|亿|千|百)?元|百分之{_NUMERAL}|\d+(?:\.\d+)?\s*[%％]|\d{{4}}年\d{{1,2}}月\d{{1,2}}日"
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a digest and its original agree."""

    clauses: int  # numbered clauses of the digest
    found: int  # those that the original has
    findings: tuple[str, ...]


def stranger(digest: Policy, original: Policy) -> str | None:
    """Say why a document is not the original of a digest: an error page, another text; None where it is."""
    text = "\n".join(p.text for p in original.provisions)
    shown = f"{original.metadata.title or ''}\n{text}"
    if len(squeeze(text)) < LEAST_TEXT:
        barrier = _BARRIERS.search(shown)
        asks = f" and speaks of “{barrier[0]}”" if barrier else ""
        return f"the page holds only {len(squeeze(text))} characters{asks}: an error, a login or a check of the browser"
    title, number = digest.metadata.title or digest.id, digest.metadata.doc_number
    top = squeeze(shown[:_TITLE_AREA])
    titled = any(form in top for form in _title_forms(title))
    if not titled and not (number and _number_key(number) in _number_key(shown)):
        return (
            f"the page neither bears the title “{title}” nor the number of the policy; it begins “{shown.strip()[:40]}”"
        )
    agreement = compare(digest, original)
    if agreement.clauses and not agreement.found:
        return f"the page has none of the {agreement.clauses} clauses of the digest: it tells of the policy, or is another version"
    return None


def compare(digest: Policy, original: Policy) -> Agreement:
    """Hold every clause of a digest against the same clause of the original."""
    placed = [p for p in digest.provisions if _place(digest, p)]
    there = {_place(digest, p): _clause(original, _place(digest, p)) for p in placed}
    findings = [*_facts(digest, original)]
    for provision in digest.provisions:
        place = _place(digest, provision)
        if place and there[place] is None:
            findings.append(f"{provision.locator}: the original has no such clause")
        elif place:
            findings.extend(_only_in_digest(provision, there[place] or "", "the original does not"))
        elif not provision.address.removeprefix(f"{digest.id}/").startswith("practice/"):
            everything = "\n".join(p.text for p in original.provisions)
            findings.extend(_only_in_digest(provision, everything, "the original does not anywhere"))
    for place, clause in there.items():
        if clause is not None:
            findings.extend(_only_in_original(digest, place, clause))
    found = sum(there[_place(digest, p)] is not None for p in placed)
    return Agreement(len(placed), found, tuple(dict.fromkeys(findings)))


def _facts(digest: Policy, original: Policy) -> Iterator[str]:
    ours, theirs = digest.metadata, original.metadata
    if ours.doc_number and theirs.doc_number and _number_key(ours.doc_number) != _number_key(theirs.doc_number):
        yield f"the digest has the number {ours.doc_number}, the original {theirs.doc_number}"
    for name, our, their in (
        ("issued", ours.issued, theirs.issued),
        ("effective", ours.effective, theirs.effective),
        ("expires", ours.expires, theirs.expires),
    ):
        if our and their and our != their:
            yield f"{name}: {our} in the digest, {their} in the original"


def _only_in_digest(provision: Provision, clause: str, but: str) -> Iterator[str]:
    stated = chinese_numbers(_CITED.sub(" ", provision.text)).digits
    for quantity in provision.quantities:
        stated |= {plain(value, scale(quantity.unit)) for value in quantity.value.split("~")}
    if missing := stated - chinese_numbers(clause).all:
        yield f"{provision.locator}: the digest says {_listed(missing)}, {but}"


def _only_in_original(digest: Policy, place: str, clause: str) -> Iterator[str]:
    told = [p for p in digest.provisions if f"{p.address}/".startswith(f"{digest.id}/{place}/")]
    known = chinese_numbers("\n".join(p.text for p in told)).all
    for provision in told:
        known |= {plain(v, scale(q.unit)) for q in provision.quantities for v in q.value.split("~")}
    left_out = [m[0] for m in _WEIGHTY.finditer(clause) if not chinese_numbers(m[0]).all & known]
    if left_out:
        yield f"{told[0].locator}: the original says {'、'.join(dict.fromkeys(left_out))}, the digest does not"


def _place(policy: Policy, provision: Provision) -> str:
    """The numbered steps of an address, as far as they go: art_57/para_3 of …/art_57/para_3/point_filing."""
    steps: list[str] = []
    for step in provision.address.removeprefix(f"{policy.id}/").split("/"):
        if not _NUMBERED.fullmatch(step) or step.startswith(("finding_", "head_")):
            break
        steps.append(step)
    return "/".join(steps) if numbers_in_address("/".join(steps)) or steps == ["preamble"] else ""


def _clause(original: Policy, place: str) -> str | None:
    """The text of a clause with all under it; of 第五条第一款, where the article is not divided, the article's."""
    steps = place.split("/")
    for used in (steps, [s for s in steps if s != "para_1"]):
        address = f"{original.id}/{'/'.join(used)}/"
        texts = [p.text for p in original.provisions if f"{p.address}/".startswith(address)]
        if texts:
            return "\n".join(texts)
    return None


def _title_forms(title: str) -> set[str]:
    """A title as pages print it: with or without its version in brackets, with or without the issuer before 关于."""
    key = title_key(title)
    about = key.find("关于")
    return {key, key[about:]} if about > 0 else {key}


def _number_key(number: str) -> str:
    return _BRACKETS.sub("", squeeze(number))


def _listed(values: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(values, key=lambda value: (len(value), value)))
