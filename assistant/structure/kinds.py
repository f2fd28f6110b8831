"""Kinds: what a clause does for its reader, told by its words; a new habit of drafting is a new row of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.models import Kind, Level, Provision, Tier
from assistant.structure.patterns import any_of

_TIME = r"(?:[\d一二三四五六七八九十两]{1,4}个?(?:工作日|日|天|月|年)|月底|年底)"
_THE = r"(?:下列|以下|如下)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.DEFINITION, any_of(r"所称", r"是指", r"[，,]指的?是", r"\bmeans\b", r"\brefers? to\b")),
    (
        Kind.CONDITION,
        any_of(
            r"(?:具备|符合|满足|达到)(?:下列|以下|如下|相应|国家)?规?定?的?[^。；]{0,20}(?:条件|要求|标准|情形|规定)",
            rf"{_THE}(?:基本)?(?:条件|情形|标准)|(?:条件|情形)之一|同时(?:满足|具备|符合)",
            r"(?:申报|申请|认定|准入|设立|享受)的?(?:基本)?(?:条件|资格|标准|范围)|不得申报|方可",
            r"\beligib|\bqualif|\bmeet the following|\bconditions\b",
        ),
    ),
    (
        Kind.BENEFIT,
        any_of(
            r"(?:给予|予以|享受|获得|发放|安排|提供)[^。；]{0,30}(?:补贴|补助|奖励|资助|优惠|支持|激励|贴息|扶持|奖补)",
            r"减免|免征|减征|减半|抵免|抵扣|抵减|免收|返还|奖励|(?:税前|加计)扣除|(?:补贴|补助)标准|专项资金|财政补助",
            r"优先(?:支持|安排|推荐|考虑|给予)|\bsubsid|\bexempt|\bdeduct|\btax credit|\breward|\breduction",
        ),
    ),
    (
        Kind.PROCEDURE,
        any_of(
            rf"{_THE}(?:程序|步骤|流程|方式)|(?:申报|申请|认定|评审|审核|审批|备案|办理)(?:程序|流程|步骤)|自愿申报|逐级|公示",
            r"(?:提出|递交|提交)[^。；]{0,15}申请|(?:受理|审查)[^。；]{0,10}申请|\bapply\b|\bapplication",
            r"向[^。；]{2,30}(?:申报|申请|备案|报送|报名|提出)|(?:组织|进行)[^。；]{0,15}(?:评审|审核|遴选|考核|验收)",
        ),
    ),
    (
        Kind.MATERIAL,
        any_of(
            r"(?:提交|提供|报送|递交|出具|携带)[^。；]{0,25}(?:材料|资料|文件|证明|凭证|申请书|申报书|申请表|申报表|清单|报告)",
            r"(?:下列|以下|如下|申报|申请|证明)(?:材料|资料|文件)|材料清单|一式[一二三四五六七八九十\d]{1,3}份",
            r"\bdocuments? (?:shall|must|to be)",
        ),
    ),
    (
        Kind.DEADLINE,
        any_of(
            rf"之?日起[^。；，]{{0,8}}{_TIME}|{_TIME}之?(?:内|以内|前)(?!容)|\d{{1,2}}月\d{{1,2}}日(?:之?前|以前)",
            rf"(?:截止|截至|截止到|不迟于|不超过|最迟)[^。；]{{0,12}}(?:{_TIME}|\d+月\d+日)|有效期|期限|逾期",
            r"\bwithin \d+|\bdeadline",
        ),
    ),
    (
        Kind.SANCTION,
        any_of(
            r"责令[^。；]{0,12}(?:改正|停止|退|整顿|关闭|限期|支付|补缴)|(?<!罚金、)罚款|加付|(?<!税收)滞纳金|(?<!被)没收|吊销|撤销|处分|处罚|警告|通报批评|追回|依法给予|构成犯罪",
            r"追究[^。；]{0,12}责任|取消[^。；]{0,12}(?:资格|称号|认证|待遇)|列入[^。；]{0,10}(?:黑名单|失信|名单)|赔偿责任",
            r"\bfine[sd]?\b|\bpenalt|\brevoke",
        ),
    ),
    (
        Kind.SUPERVISION,
        any_of(r"监督|检查|考核|评估|督导|审计|抽查|绩效评价|年度报告|动态管理|复核", r"\bsupervis|\binspect"),
    ),
    (
        Kind.AUTHORITY,
        any_of(
            r"由[^。；]{2,30}(?:负责|主管|制定|规定|解释|组织实施|牵头)|(?:主管|负责)[^。；]{0,12}工作",
            r"有权|授权|可以|鼓励|支持(?!下)|\bmay\b|\bauthori[sz]",
        ),
    ),
    (
        Kind.OBLIGATION,
        any_of(
            r"应当|必须|须|不得|禁止|严禁|应(?=[一-鿿])(?![届用对急收纳税聘征付邀变缴交得计])|有[^。；]{0,10}义务",
            r"\bshall\b|\bmust\b",
        ),
    ),
    (
        Kind.TARGET,
        any_of(
            r"到\s*(?:20|二[〇○零])[\d〇○零一二三四五六七八九]{2}\s*年(?!\d{1,2}月)|(?:主要|总体|发展|工作|建设)目标|力争",
            r"达到\s*\d|\d[ ]?[%％]以上|建成[^。；]{0,20}\d+|\bby 20\d\d",
        ),
    ),
    (
        Kind.PRINCIPLE,
        any_of(
            r"(?:坚持|遵循)[^。；]{0,60}(?:原则|方针|相结合|导向|引领|为本|为主|并重|思想|领导|方向)|基本原则|指导思想",
            r"总体要求|制定本|以[^。；]{2,20}为指导|\bprinciple",
        ),
    ),
)
_FINDING = any_of(
    r"表明|发现|显示|结果|结论|证明了|显著|认为", r"\b(?:find|found|result|show|suggest|conclu|significan)"
)
_BARE = frozenset({Level.PREAMBLE, Level.BOOK, Level.CHAPTER, Level.TABLE})
_TITLE = 30  # characters
_OF_TITLES = frozenset(
    {Kind.CONDITION, Kind.BENEFIT, Kind.PROCEDURE, Kind.MATERIAL, Kind.DEADLINE, Kind.SANCTION, Kind.SUPERVISION}
)
_MEMBERS = frozenset({Level.PARAGRAPH, Level.ITEM, Level.SUBITEM, Level.POINT, Level.SUBPOINT, Level.DETAIL, Level.ROW})


@lru_cache(maxsize=4096)  # an answer asks it of each clause that comes near, and each text has one answer
def kinds_of(text: str) -> tuple[Kind, ...]:
    """Return what the words of a clause say it does; several kinds are common."""
    return tuple(kind for kind, pattern in _KINDS if pattern.search(text))


def _passed_on(text: str, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return which kinds the members below a text share: all of a lead-in's, the practical ones of a title's."""
    if text.endswith(("：", ":")):
        return kinds
    is_title = len(text) <= _TITLE and not re.search(r"[。；]", text)
    return tuple(kind for kind in kinds if kind in _OF_TITLES) if is_title else ()


def label(provisions: Sequence[Provision], tier: Tier | None) -> tuple[Provision, ...]:
    """Return the provisions with their kinds; members of a list add the kinds of the line or title above it.

    A research paper sets no rules: its paragraphs are findings or nothing.
    """
    passed_on: dict[str, tuple[Kind, ...]] = {}
    labelled = []
    for provision in provisions:
        kinds: tuple[Kind, ...] = ()
        if tier is Tier.PAPER:
            kinds = (Kind.FINDING,) if _FINDING.search(provision.text) else ()
        elif provision.level not in _BARE:
            kinds = kinds_of(provision.text)
            above = passed_on.get(provision.parent, ()) if provision.level in _MEMBERS else ()
            kinds = tuple(dict.fromkeys((*above, *kinds)))
        whole = provision.level is Level.ITEM  # 目 are always parts of their 项
        passed_on[provision.address] = kinds if whole else _passed_on(provision.text, kinds)
        labelled.append(replace(provision, kinds=kinds) if kinds else provision)
    return tuple(labelled)
