"""A small document, and questions and answers over it that are made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant import Assistant
from assistant.evaluation.cases import Case, Gold
from assistant.models import Answer, Citation, Statement, Status, Wording

RULES = """# 某省校企合作办法

第一条　本办法适用于本省的职业学校和企业。

第二条　企业申请认定为合作企业，应当符合下列条件：

（一）在本省注册满三年；

（二）近三年接收实习学生六十人以上；

（三）没有重大安全事故。

第三条　符合条件的企业，可以获得50万元的一次性补助。

第四条　企业违反本办法的，处以20万元罚款。

第五条　本办法自2018年4月1日起施行。
"""
SOURCE = "办法.md"
LOCATORS = {2: "第二条", 3: "第三条", 4: "第四条"}


def case(id_: str = "x", *, gold: Sequence[int] = (3,), facts: Sequence[Sequence[str]] = (), **more: object) -> Case:
    """Return a question whose answer is in the articles named, in Chinese, for today."""
    given: dict[str, object] = {
        "suite": "laws",
        "split": "dev",
        "type": "condition",
        "language": "zh",
        "turns": ("补多少钱？",),
        "expect": Status.ANSWERED,
        "gold": tuple(Gold(SOURCE, LOCATORS[number]) for number in gold),
        "also": (),
        "facts": tuple(map(tuple, facts)),
        "items": None,
        "as_of": None,
        "jurisdiction": None,
    }
    return Case(id_, **(given | more))  # type: ignore[arg-type]


def refused(status: Status = Status.NOT_FOUND) -> Answer:
    """Return a refusal."""
    return Answer("补多少钱？", status, "没有找到。", "zh", dt.date(2026, 1, 1), None)


def answered(rules: Assistant, *articles: int, said: str | None = None, notices: Sequence[str] = ()) -> Answer:
    """Return an answer with one statement for each article (or item: 203 is the third of article 2), quoting it."""
    (policy,) = rules.policies()
    citations, statements = [], []
    for number, article in enumerate(articles, start=1):
        main, item = divmod(article, 100) if article >= 100 else (article, 0)
        held = rules._index.subtree(f"{policy.id}/art_{main}")
        clause = next(p for p in held if p.address.endswith(f"/item_{item}")) if item else held[0]
        citations.append(
            Citation(
                number, policy.source, policy.id, policy.metadata.title or "", None, None, None, clause.address,
                clause.locator, clause.text, Wording.ORIGINAL, None, None, None,
            )
        )  # fmt: skip
        statements.append(Statement(said or clause.text, (number,)))
    return Answer(
        question="补多少钱？",
        status=Status.ANSWERED,
        text="\n".join(statement.text for statement in statements),
        language="zh",
        as_of=dt.date(2026, 1, 1),
        jurisdiction=None,
        statements=tuple(statements),
        citations=tuple(citations),
        notices=tuple(notices),
    )
