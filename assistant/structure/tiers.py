"""Tiers: the authority of a text, told by its title, its issuer, and for papers by their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Level, Metadata, Provision, Tier

# The first row that matches counts.
_TIERS: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    (Tier.INTERPRETATION, re.compile(r"解读|答记者问|政策问答|图解|一图读懂|有关(?:问题|情况)的?说明$")),
    (Tier.LIST, re.compile(r"名单")),
    (Tier.NORMATIVE, re.compile(r"印发.*(?:办法|意见|方案|规划|细则|纲要|计划|措施|规定|指南|标准|指引|制度|规范)")),
    (Tier.NOTICE, re.compile(r"(?:通知|公告|通告|函|批复|答复|公示|通报)$")),
    (Tier.LAW, re.compile(r"(?<!办)法$")),
    (Tier.REGULATION, re.compile(r"条例(?:实施细则)?$")),
    (
        Tier.NORMATIVE,
        re.compile(
            r"(?:办法|意见|方案|规划|细则|纲要|计划|措施|规定|指南|标准|指引|规程|规范|决定|制度|政策|要点|章程)$"
        ),
    ),
    (Tier.LIST, re.compile(r"(?:目录|清单)$")),
)
# Titles of translations. The words stand in news and papers too, so they count only for a text of articles or parts.
_ENGLISH: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    (Tier.INTERPRETATION, re.compile(r"\bInterpretation\b|\bQuestions and Answers\b")),
    (Tier.NOTICE, re.compile(r"^(?:Notice|Announcement|Circular)\b(?!.*\b(?:Issuing|Printing))")),
    (Tier.NORMATIVE, re.compile(r"\b(?:Measures|Opinions|Provisions|Rules|Guidelines|Plan|Outline)\b")),
    (Tier.REGULATION, re.compile(r"\bRegulations?\b")),
    (Tier.LAW, re.compile(r"\bLaw of the People's Republic of China\b|\bLaw$")),
)
_STRUCTURED = frozenset({Level.ARTICLE, Level.PART})
_SUFFIX = re.compile(r"[ ]?[（(][^）)]{0,60}[)）]$")
_ABSTRACT = re.compile(r"^[【\[]?(?:摘[ 　]*要|abstract\b)", re.IGNORECASE)
_SCHOLARLY = re.compile(
    r"^[【\[]?(?:关[ 　]*键[ 　]*词|key ?words|参考文献|references|引[ 　]*言|introduction)", re.IGNORECASE
)
_BEGINNING = 12  # provisions among which an abstract stands


def tell(metadata: Metadata, provisions: Sequence[Provision]) -> tuple[Tier, str, str] | None:
    """Return the tier of a text, the words that tell it and the address they stand at; None where nothing tells."""
    abstract = next((p for p in provisions[:_BEGINNING] if _ABSTRACT.match(p.text)), None)
    if abstract is not None and any(_SCHOLARLY.match(p.text) for p in provisions):
        return Tier.PAPER, abstract.text[:40], abstract.address
    title = _SUFFIX.sub("", metadata.title or "")
    for tier, pattern in _TIERS:
        if match := pattern.search(title):
            made_as_law = _by_congress(metadata) or _by_decree(metadata)
            raised = tier is Tier.NORMATIVE and made_as_law and "印发" not in title
            return Tier.REGULATION if raised else tier, match[0], provisions[0].address if provisions else ""
    if any(p.level in _STRUCTURED for p in provisions):
        for tier, pattern in _ENGLISH:
            if match := pattern.search(title.replace("’", "'")):
                return tier, match[0], provisions[0].address
    return None


def _by_congress(metadata: Metadata) -> bool:
    return any(issuer.endswith(("人民代表大会", "人民代表大会常务委员会")) for issuer in metadata.issuers)


def _by_decree(metadata: Metadata) -> bool:
    """Tell whether the State Council issued a text as a regulation: by its order, not by a 国发 document."""
    number = metadata.doc_number
    return metadata.issuers == ("国务院",) and (number is None or number.startswith("国务院令"))
