"""Whether a question belongs to the field at all: only then is "not found" the honest word, else "out of scope"."""

from __future__ import annotations

import re

from assistant.understand import Inquiry

_FIELD = re.compile(
    r"企业|公司|单位|工厂|学校|院校|高校|大学|学院|职校|技校|中职|高职|学生|实习|实训|学徒|教师|老师|教育|职业|培训|技能|人才|就业|用人|劳动|工资|社保|保险|"
    r"税|费|补贴|补助|奖励|资金|经费|投资|捐赠|抵免|扣除|政策|法律|法规|条例|规定|办法|通知|意见|文件|条款|第[一二三四五六七八九十百零\d]+条|申报|申请|认定|资格|"
    r"产教|校企|合作|政府|部门|行政|处罚|罚款|合同|招生|专业|课程|证书|"
    r"\b(compan\w*|firms?|enterprises?|employ\w*|schools?|colleges?|universit\w*|students?|intern\w*|apprentic\w*|train\w*|teach\w*|educat\w*|"
    r"vocational|skills?|tax\w*|surcharge\w*|subsid\w*|credit|deduct\w*|polic\w*|laws?|regulations?|articles?|rules?|govern\w*|permits?|"
    r"wages?|insurance|donat\w*|invest\w*|qualif\w*|eligib\w*|contracts?|fund\w*|incentives?|penalt\w*|grants?|programmes?|industr\w*)\b",
    re.IGNORECASE,
)


def in_domain(inquiry: Inquiry) -> bool:
    """Return whether the words of a question belong to education, enterprises, training, taxes or the law about them."""
    return bool(inquiry.references) or bool(_FIELD.search(inquiry.text))
