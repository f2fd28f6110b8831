"""Every word of the library that is not from a policy, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.app.web.standing import Standing
from assistant.app.web.texts import Language


@dataclass(frozen=True, slots=True)
class LibraryTexts:
    """The wording of the library in one language; `{…}` marks what the page fills in."""

    language: Language
    tab: str
    heading: str
    loading: str
    empty: str
    failed: str
    search: str
    search_hint: str
    any_status: str
    any_place: str
    any_tier: str
    status: str
    place: str
    tier: str
    clear: str
    count: str
    none_found: str
    title: str
    start: str
    until: str
    clauses: str
    basis: str
    standings: Mapping[Standing, str]
    digest: str
    unchecked: str
    bases: Mapping[str, str]
    back: str
    structure: str
    full_text: str
    no_text: str
    timeline: str
    this_one: str
    relations: str
    no_relations: str
    outside: str
    kinds: Mapping[str, str]
    translation: str
    compare: str
    compare_with: str
    compare_near: str
    compare_other: str
    compare_none: str
    comparing: str
    compare_cut: str
    compare_legend: str
    only_here: str
    changes_only: str
    same: str
    gone: str


ZH = LibraryTexts(
    language="zh",
    tab="政策库",
    heading="收录的政策",
    loading="正在打开政策库……",
    empty="库里还没有政策。请到“添加文件”放入文件。",
    failed="没能显示出来。请再试一次；若仍然如此，请查看运行窗口里的记录。",
    search="查找",
    search_hint="标题、文号、机关、地区",
    any_status="全部状态",
    any_place="全部地区",
    any_tier="全部类别",
    status="状态",
    place="地区",
    tier="类别",
    clear="清除条件",
    count="共 {count} 份，显示 {shown} 份",
    none_found="没有符合条件的政策。换个词，或清除条件。",
    title="标题",
    start="施行或发布",
    until="有效至",
    clauses="条款",
    basis="依据",
    standings={
        Standing.IN_FORCE: "现行有效",
        Standing.NOT_YET: "尚未施行",
        Standing.EXPIRED: "已过期",
        Standing.REPEALED: "已废止",
        Standing.UNVERIFIED: "有效性待核",
        Standing.RESEARCH: "研究论文",
    },
    digest="摘要",
    unchecked="摘要未核对",
    bases={"original": "原文", "law text": "对照法规原文", "seen": "见于网页", "memory": "未核对"},
    back="返回政策列表",
    structure="结构",
    full_text="全文",
    no_text="这份文件没有条款。",
    timeline="版本沿革",
    this_one="本文件",
    relations="与其他政策的关系",
    no_relations="没有记录与其他政策的关系。",
    outside="未收录",
    kinds={
        "implements": "落实",
        "implemented by": "由其落实",
        "based_on": "依据",
        "basis of": "是其依据",
        "amends": "修改",
        "amended by": "由其修改",
        "repeals": "废止",
        "repealed by": "由其废止",
        "superseded_by": "由其取代",
        "supersedes": "取代",
        "interprets": "解读",
        "interpreted by": "由其解读",
        "related": "相关",
        "original_of": "原文与摘要",
    },
    translation="English",
    compare="对照",
    compare_with="与哪份政策对照",
    compare_near="有关系的政策",
    compare_other="其他政策",
    compare_none="请先选一份政策。",
    comparing="正在对照……",
    compare_cut="文件很长，只对照了前 {limit} 条。",
    compare_legend="只在左边的文字、只在右边的文字分别标出；措辞相近的条款并排。",
    only_here="对方没有相近的条款",
    changes_only="只看不同之处",
    same="相同",
    gone="这份政策已不在库中。",
)

EN = LibraryTexts(
    language="en",
    tab="Library",
    heading="The policies held",
    loading="Opening the library…",
    empty="There are no policies yet. Add some under “Add files”.",
    failed="This could not be shown. Please try again; if it happens again, look at the log in the window where the "
    "program runs.",
    search="Search",
    search_hint="Title, number, issuer, place",
    any_status="Any status",
    any_place="Any place",
    any_tier="Any type",
    status="Status",
    place="Place",
    tier="Type",
    clear="Clear filters",
    count="{shown} of {count} shown",
    none_found="No policy fits. Try another word, or clear the filters.",
    title="Title",
    start="From",
    until="Until",
    clauses="Clauses",
    basis="Basis",
    standings={
        Standing.IN_FORCE: "In force",
        Standing.NOT_YET: "Not yet in force",
        Standing.EXPIRED: "Expired",
        Standing.REPEALED: "Repealed",
        Standing.UNVERIFIED: "Validity unverified",
        Standing.RESEARCH: "Research paper",
    },
    digest="Digest",
    unchecked="Unverified digest",
    bases={"original": "original", "law text": "law text", "seen": "seen online", "memory": "unverified"},
    back="Back to the list",
    structure="Structure",
    full_text="Full text",
    no_text="This document has no clauses.",
    timeline="Versions",
    this_one="this one",
    relations="Relations to other policies",
    no_relations="No relation to another policy is recorded.",
    outside="not held",
    kinds={
        "implements": "Implements",
        "implemented by": "Implemented by",
        "based_on": "Based on",
        "basis of": "Basis of",
        "amends": "Amends",
        "amended by": "Amended by",
        "repeals": "Repeals",
        "repealed by": "Repealed by",
        "superseded_by": "Superseded by",
        "supersedes": "Supersedes",
        "interprets": "Interprets",
        "interpreted by": "Interpreted by",
        "related": "Related",
        "original_of": "Original and digest",
    },
    translation="English",
    compare="Compare",
    compare_with="Compare with",
    compare_near="Related policies",
    compare_other="Other policies",
    compare_none="Choose a policy first.",
    comparing="Comparing…",
    compare_cut="The documents are long; only the first {limit} clauses are compared.",
    compare_legend="Words found only on the left, or only on the right, are marked; clauses worded alike stand side by "
    "side.",
    only_here="No clause like this on the other side",
    changes_only="Differences only",
    same="same",
    gone="This policy is no longer held.",
)


def library_texts(language: str) -> LibraryTexts:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
