"""How people write clauses, in the form that texts use: 职业教育法27条 is 职业教育法第27条."""

from __future__ import annotations

import re

_N = r"[\d一二三四五六七八九十百零]{1,5}"
# 职教20条 is what a plan is called: only after a document's kind, a bracket or a number is it a clause of it.
_ARTICLE = re.compile(
    rf"(?P<document>(?:法|条例|办法|规定|细则|》|号文?)(?:里|中|的|里的|中的)?)\s*(?P<n>{_N})条(?![件款例])"
)
_ALONE = re.compile(rf"^(?P<lead>那么?|还有|and)?\s*(?P<n>{_N})条(?=呢|怎么|说|讲|是|$)")
_BELOW = re.compile(rf"(?<=条)(?P<n>{_N})(?P<unit>[款项])")


def written(question: str) -> str:
    """Return a question with its clauses written in full; everything else stays as it is."""
    question = _ARTICLE.sub(r"\g<document>第\g<n>条", question)
    question = _ALONE.sub(lambda m: f"{m['lead'] or ''}第{m['n']}条", question)
    return _BELOW.sub(r"第\g<n>\g<unit>", question)
