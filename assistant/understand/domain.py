"""Whether a question can be one for policies at all: only then is "not found" the honest word, else "out of scope"."""

from __future__ import annotations

import re

from assistant.text import normalise

_FIELD = re.compile(
    r"企业|公司|单位|工厂|厂里|学校|院校|高校|大学|学院|职校|技校|中职|高职|学生|实习|实训|学徒|教师|老师|教育|职业|培训|技能|人才|就业|用人"
    r"|员工|职工|工人|劳动|劳务|加班|工资|工钱|报酬|产假|年假|试用期|辞职|裁员|社保|保险|工伤|失业|慈善|募捐|捐|基金"
    r"|税|费|补贴|补助|奖励|资金|经费|投资|抵免|扣除|政策|法律|法规|条例|规定|办法|通知|意见|文件|条款|第[一二三四五六七八九十百零\d]+条"
    r"|申报|申请|认定|资格|产教|校企|合作|政府|部门|行政|处罚|罚款|合同|招生|专业|课程|证书|成果|未成年|中介|安全生产"
    r"|\b(compan\w*|firms?|business\w*|enterprises?|employ\w*|workers?|labou?r|schools?|colleges?|universit\w*|students?|intern\w*"
    r"|apprentic\w*|train\w*|teach\w*|educat\w*|vocational|skills?|tax\w*|surcharge\w*|subsid\w*|credit|deduct\w*|polic\w*|laws?"
    r"|regulations?|articles?|rules?|govern\w*|permits?|wages?|insurance|donat\w*|charit\w*|invest\w*|qualif\w*|eligib\w*"
    r"|contracts?|fund\w*|incentives?|penalt\w*|fines?|grants?|programmes?|industr\w*|minors?|accidents?)\b",
    re.IGNORECASE,
)
# Not questions put to the policies but orders to leave them aside, to invent, or to write something else.
_ORDER = re.compile(
    r"(忽略|无视|忘掉|忘记|不要理|别管|不用管|抛开)[^。？?]{0,12}(以上|上面|之前|前面|指令|提示|规则|限制|文件|规定|资料|政策|条款)"
    r"|随便编|编一?个|编造|瞎编|胡编|伪造|没有任何限制|不受限制|扮演|假装你|系统提示|提示词"
    r"|(帮我|给我|替我)?写(一)?(份|首|篇|段|个)[^。？?]{0,20}(批文|证明|诗|歌|作文|小说|代码|程序|情书|公函|红头)"
    r"|\b(ignore|disregard|forget|bypass)\b[^.?]{0,30}\b(instructions?|documents?|rules?|polic\w+|above|previous|prompt|sources?)\b"
    r"|\b(make up|invent|fabricate)\b|\bpretend (you|to)\b|system prompt|\bwrite (me )?(a|an) (poem|song|story|essay|letter|code|program)",
    re.IGNORECASE,
)
# Rules of other countries are not in Chinese policies, and a clause that does not speak of them is no answer.
_ABROAD = re.compile(
    r"美国|德国|日本|英国|法国|瑞士|奥地利|韩国|朝鲜|新加坡|澳大利亚|澳洲|加拿大|新西兰|荷兰|芬兰|瑞典|挪威|丹麦|意大利|西班牙|俄罗斯|印度|越南"
    r"|泰国|马来西亚|印尼|印度尼西亚|菲律宾|巴西|墨西哥|南非|欧盟|欧洲|台湾|香港|澳门"
    r"|\b(?:u\.s\.(?:a\.)?|usa\b|(?-i:US)\b|u\.k\.|uk\b)"  # "us" in small letters is ourselves
    r"|\b(united states|america\w*|german\w*|japan\w*|united kingdom|brit\w+|engl(?:and)|scotland|france|french|swiss"
    r"|switzerland|austria\w*|korea\w*|singapore\w*|australia\w*|canad\w+|dutch|netherlands|finland|finnish|swed\w+|norw\w+|denmark|danish"
    r"|ital\w+|spain|spanish|russia\w*|india\w*|vietnam\w*|thai\w*|malaysia\w*|indonesia\w*|brazil\w*|mexic\w+|european union|taiwan|hong kong)\b",
    re.IGNORECASE,
)
_IN_FULL = {"us": "united states", "usa": "united states", "uk": "united kingdom"}


def in_domain(question: str) -> bool:
    """Return whether the words of a question belong to education, enterprises, work, taxes or the law about them."""
    return bool(_FIELD.search(question)) and not is_order(question)


def is_order(question: str) -> bool:
    """Return whether a message tells the assistant to leave the policies aside or to write something of its own."""
    return bool(_ORDER.search(question))


def abroad(question: str) -> tuple[str, ...]:
    """Return the foreign countries and other legal systems a question names, normalised."""
    found = (normalise(match[0]) for match in _ABROAD.finditer(question))
    return tuple(dict.fromkeys(_IN_FULL.get(name.replace(".", ""), name) for name in found))
