"""The words of the sheets in Chinese and English, shared by page, files and command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.app.insight.questions import FEW
from assistant.models import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """The wording in one language; `{…}` marks what is filled in."""

    language: str  # zh | en
    titles: Mapping[str, str]  # of the sheets, by their keys
    notes: Mapping[str, str]  # what a sheet shows and does not show
    columns: Mapping[str, str]
    few: str
    no_topic: str
    no_place: str
    no_kind: str
    no_audience: str
    whole_policy: str
    unfinished: str
    several: str  # joins the parts of a cell
    also: str  # joins the clauses of one document
    kinds: Mapping[Kind, str]
    audiences: Mapping[str, str]
    reasons: Mapping[str, str]  # why a question was not answered
    complaints: Mapping[str, str]
    parts: Mapping[str, str]  # of the installation that a finding is about


ZH = Words(
    language="zh",
    titles={
        "weeks": "每周提问",
        "unanswered": "未能回答的主题",
        "trend": "未能回答的主题：每周",
        "asked": "问得最多的主题",
        "low_rated": "评价不佳的回答",
        "places": "问到的地区",
        "kinds": "问的是什么",
        "audiences": "谁在问",
        "coverage": "各地区收录的条款",
        "expiring": "即将失效",
        "unknown": "有效性不明",
        "from_memory": "未经核对的摘要",
        "ended": "已失效但仍收录",
        "runs": "最近的入库",
        "failures": "未能读取的文件",
        "findings": "索引检查",
    },
    notes={
        "weeks": "每周的提问数和其中未能（全部）回答的数量。",
        "unanswered": "政策库答不出或只答出一部分的问题，按主题统计。一个问题可以有几个主题。",
        "trend": f"每周未能回答的问题数，只列出至少 {FEW} 次、记录已有两周以上的主题。",
        "asked": "一个问题可以有几个主题，所以各行相加多于提问总数。",
        "low_rated": "读者认为没有用的回答：原因，以及回答所依据的条款。读者自己写的话不在这里显示。",
        "places": "按省级行政区统计，含其市、区县。“未答”多而收录少的地区，值得补充文件。",
        "kinds": "问题问的是条件、材料、期限，还是别的。",
        "audiences": "只统计问题里自己说明的身份。",
        "coverage": "省级行政区含其市、区县；一条可属多类，所以各类相加多于条款数。您添加的文件只计入政策和条款数。",
        "expiring": "{later} 天内到期的政策和条款。请查有无接续文件。",
        "unknown": "没有记录能说明是否有效的政策。回答引用它们时会提醒读者核对。",
        "from_memory": "凭记忆写成、尚未与原文核对的条款。获取原文后即以原文为准。",
        "ended": "用于回答“当时怎样规定”。请确认取代它们的文件也已收录。",
        "runs": "最近 {runs} 次。没有结束时间的，是中途断了或仍在进行。",
        "failures": "以每个文件最近一次读取为准。",
        "findings": "运行 assistant doctor --repair 可修复索引。",
    },
    columns={
        "week": "起始日（周一）",
        "topic": "主题",
        "asked": "提问",
        "unanswered": "未答",
        "why": "原因",
        "low": "差评",
        "rated": "评价",
        "clauses_cited": "所依据的条款",
        "place": "地区",
        "held": "收录政策",
        "kind": "类别",
        "audience": "身份",
        "policies": "政策",
        "clauses": "条款",
        "policy": "政策",
        "scope": "范围",
        "last_day": "最后有效日",
        "days": "剩余天数",
        "note": "说明",
        "unchecked": "未核对条款",
        "by": "取代它的文件",
        "started": "开始",
        "finished": "结束",
        "added": "新增",
        "changed": "更改",
        "unchanged": "未变",
        "removed": "移除",
        "failed": "失败",
        "file": "文件",
        "reason": "原因",
        "state": "情况",
    },
    few=f"少于{FEW}",
    no_topic="（未归入主题）",
    no_place="（没有说明地区）",
    no_kind="（没有说明）",
    no_audience="（没有说明）",
    whole_policy="全文",
    unfinished="未结束",
    several="；",
    also="、",
    kinds={
        Kind.DEFINITION: "定义",
        Kind.CONDITION: "条件",
        Kind.BENEFIT: "支持",
        Kind.PROCEDURE: "程序",
        Kind.MATERIAL: "材料",
        Kind.DEADLINE: "期限",
        Kind.OBLIGATION: "义务",
        Kind.SUPERVISION: "监督",
        Kind.SANCTION: "责任",
        Kind.AUTHORITY: "职权",
        Kind.TARGET: "目标",
        Kind.PRINCIPLE: "原则",
        Kind.FINDING: "研究发现",
    },
    audiences={"enterprise": "企业", "vocational_school": "职业学校", "student": "学生", "teacher": "教师"},
    reasons={
        "partial": "只答出一部分",
        "not_found": "没有找到依据",
        "out_of_scope": "不属于本领域",
        "small_talk": "寒暄",
        "no_such_clause": "没有这一条",
        "no_such_document": "没有收录所问的文件",
        "not_in_force": "所问之日没有有效的规定",
        "foreign_law": "问的是外国法",
        "place_not_held": "没有收录当地的规定",
        "needs_facts": "需要更多情况",
    },
    complaints={
        "wrong": "与条款不符",
        "incomplete": "不完整",
        "outdated": "规定过时了",
        "wrong_place": "地区不对",
        "off_topic": "答非所问",
        "should_answer": "应当有规定却没答",
        "unclear": "看不明白",
        "other": "其他",
    },
    parts={
        "ledger": "账本损坏，请从备份恢复或重新入库",
        "words": "词语索引需要修复",
        "vectors": "语义索引需要修复或清理",
        "lock": "另一个程序正在写入，请稍后再看",
        "waiting": "{count} 段文字还没有向量，暂时只能按词语查到",
    },
)

EN = Words(
    language="en",
    titles={
        "weeks": "Questions by week",
        "unanswered": "Topics without an answer",
        "trend": "Topics without an answer, by week",
        "asked": "Topics asked about most",
        "low_rated": "Answers found wanting",
        "places": "Places asked about",
        "kinds": "What is asked for",
        "audiences": "Who asks",
        "coverage": "Clauses held, by place",
        "expiring": "Losing force soon",
        "unknown": "Validity unknown",
        "from_memory": "Digests not checked",
        "ended": "No longer in force, still held",
        "runs": "Latest ingests",
        "failures": "Files that could not be read",
        "findings": "State of the indexes",
    },
    notes={
        "weeks": "Questions of each week, and how many of them had no answer, or only a partial one.",
        "unanswered": "Questions that the policies held do not answer, or only in part, by topic. A question may have "
        "several topics.",
        "trend": f"Questions without an answer in each week, for topics with at least {FEW}, once there are two weeks.",
        "asked": "A question may have several topics, so the rows add up to more than all questions.",
        "low_rated": "Answers that readers found of no use: why, and the clauses they rest on. What readers wrote in "
        "their own words is not shown here.",
        "places": "By province, its cities and districts included. Where much is unanswered and little is held, "
        "documents are worth adding.",
        "kinds": "Whether conditions, materials, deadlines or something else is asked for.",
        "audiences": "Only where the question itself says who is asking.",
        "coverage": "Provinces include their cities and districts. A clause may be of several kinds, so the kinds add "
        "up to more than the clauses. Files you add count as policies and clauses only.",
        "expiring": "Policies and clauses that end within {later} days. Look for what follows them.",
        "unknown": "No record tells whether these are in force. Answers that cite them tell the reader to check.",
        "from_memory": "Clauses written from memory and not yet compared with the official text, which is quoted in "
        "their place once it is held.",
        "ended": "They answer how it was at the time. Make sure that what replaced them is held as well.",
        "runs": "The last {runs}. Those without an end were broken off, or are still going on.",
        "failures": "As of when each file was last tried.",
        "findings": "`assistant doctor --repair` puts the indexes right.",
    },
    columns={
        "week": "Week from",
        "topic": "Topic",
        "asked": "Asked",
        "unanswered": "Unanswered",
        "why": "Why",
        "low": "Low",
        "rated": "Rated",
        "clauses_cited": "Clauses they rest on",
        "place": "Place",
        "held": "Policies held",
        "kind": "Kind",
        "audience": "Asker",
        "policies": "Policies",
        "clauses": "Clauses",
        "policy": "Policy",
        "scope": "Part",
        "last_day": "Last day",
        "days": "Days left",
        "note": "Note",
        "unchecked": "Clauses not checked",
        "by": "Replaced by",
        "started": "Began",
        "finished": "Ended",
        "added": "Added",
        "changed": "Changed",
        "unchanged": "Unchanged",
        "removed": "Removed",
        "failed": "Failed",
        "file": "File",
        "reason": "Reason",
        "state": "State",
    },
    few=f"<{FEW}",
    no_topic="(no topic)",
    no_place="(no place named)",
    no_kind="(not said)",
    no_audience="(not said)",
    whole_policy="whole text",
    unfinished="no end",
    several="; ",
    also=", ",
    kinds={kind: kind.value.capitalize() for kind in Kind},
    audiences={
        "enterprise": "Company",
        "vocational_school": "Vocational school",
        "student": "Student",
        "teacher": "Teacher",
    },
    reasons={
        "partial": "answered in part",
        "not_found": "no basis found",
        "out_of_scope": "outside the field",
        "small_talk": "small talk",
        "no_such_clause": "no such clause",
        "no_such_document": "document not held",
        "not_in_force": "no rule in force on that day",
        "foreign_law": "foreign law",
        "place_not_held": "no rules of that place held",
        "needs_facts": "needs facts",
    },
    complaints={
        "wrong": "not what the clauses say",
        "incomplete": "incomplete",
        "outdated": "out of date",
        "wrong_place": "wrong place",
        "off_topic": "answers something else",
        "should_answer": "there is a rule, but no answer",
        "unclear": "hard to understand",
        "other": "other",
    },
    parts={
        "ledger": "The ledger is damaged: restore a backup, or take the documents in again",
        "words": "The word index needs repair",
        "vectors": "The vector index needs repair or tidying",
        "lock": "Another process is writing; look again later",
        "waiting": "{count} texts have no vector yet and are found by their words alone",
    },
)


def words(language: str) -> Words:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
