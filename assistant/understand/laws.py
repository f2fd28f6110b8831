"""A law that a question asks about as a whole, by a name that need not be held: 公司法主要讲什么, who issued the GDPR Act."""

from __future__ import annotations

import re

from assistant.text import simplified
from assistant.understand.particulars import asks_standing, particulars_of
from assistant.understand.parties import survey
from assistant.understand.surveys import asks_overview

# 办法, 做法, 合法 and the like are no laws. What follows the name asks about it.
_NAME = re.compile(
    r"(?:^|[，。,\s]|请问|中国的?|我国的?|国家的?|现行的?)(?!请问)(?P<name>(?:中华人民共和国)?[一-鿿]{1,12}?(?:(?<![办方做合违非无依执用说看想手书语立守宪])(?<!(?<!公)司)法|法典))"
    r"(?=对|里|中|规定|要求|主要|一共|总共|共?有|什么时候|何时|哪|几|是|由|怎么|的|大致|大概|讲|说|还|现在|[？?])"
    r"|\b(?P<english>(?:[A-Z][\w-]+ ){1,5}(?:Law|Act|Code))\b"
)


def law_asked_about(question: str) -> str | None:
    """Return the name of the law that a question asks about as a whole; None where it asks of none, or what one says."""
    words = simplified(question)
    match = _NAME.search(words)
    if match is None or not (asks_overview(words) or particulars_of(words) or asks_standing(words) or survey(words)):
        return None
    return match["name"] or match["english"]
