"""Every word of the eligibility page that is neither from a scheme nor from a report, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.app.web.texts import Language
from assistant.eligibility.model import Standing
from assistant.errors import Fault


@dataclass(frozen=True, slots=True)
class EligibilityTexts:
    """The wording of the page in one language; `{…}` marks what the page fills in."""

    language: Language
    tab: str
    loading: str
    failed: str
    # choosing
    heading: str
    intro: str
    search: str
    search_hint: str
    place: str
    any_place: str
    count: str
    none_found: str
    empty: str
    open: str
    purposes: Mapping[str, str]
    standings: Mapping[Standing, str]
    # the form
    back: str
    form: str
    form_hint: str
    day: str
    other_place: str
    about_conditions: str
    about_exclusions: str
    about_amounts: str
    by_year: str
    by_year_hint: str
    year: str
    earlier: str
    sum_hint: str
    unit: str
    money_units: tuple[str, str]
    yes: str
    no: str
    unknown: str
    not_chosen: str
    proof: str
    from_chat: str
    next_here: str
    clear: str
    faults: Mapping[Fault, str]
    too_long: str
    bad_day: str
    bad_place: str
    gone: str
    # the verdict
    problems: str
    next: str
    basis: str
    missing: str
    mend: str
    gap: str
    now: str
    nothing_given: str
    clause_of: str
    original_held: str
    basis_digest: str
    basis_part: str
    basis_original: str
    basis_memory: str
    amount_open: str
    other_version: str
    papers_hint: str
    proofs: str
    window_yearly: str
    window_once: str
    days_left: str
    open_now: str
    no_amount: str
    if_met: str
    chart: str
    chart_used: str
    chart_rest: str
    chart_lost: str
    chart_limit: str
    chart_unknown: str
    in_yuan: str
    # files
    files: str
    report_file: str
    calendar_file: str
    file_failed: str


ZH = EligibilityTexts(
    language="zh",
    tab="资格核对",
    loading="正在打开资格核对……",
    failed="没能显示出来，已填的内容还在。请再试一次；若仍然如此，请查看运行窗口里的记录。",
    heading="核对哪一项？",
    intro="选一项，填上知道的情况，逐条看是否符合、能有多少、还缺什么。不知道的可以空着。",
    search="查找",
    search_hint="名称或平常的说法，如：抵税、带实习生、学徒补贴",
    place="企业注册地",
    any_place="全部地区",
    count="共 {count} 项，显示 {shown} 项",
    none_found="没有找到。换个说法，或把注册地改为“全部地区”。",
    empty="还没有可以核对的事项。",
    open="核对",
    purposes={"benefit": "优惠补贴", "status": "资格认定", "compliance": "合规要求"},
    standings={
        Standing.IN_FORCE: "现行有效",
        Standing.UNDATED: "有效性待核",
        Standing.NOT_YET: "尚未施行",
        Standing.ENDED: "已过期",
        Standing.ELSEWHERE: "不适用于当地",
    },
    back="返回事项列表",
    form="企业情况",
    form_hint="填一项，结论随即更新。不知道的空着或选“不清楚”，不会按“没有”算。",
    day="核对日",
    other_place="未选",
    about_conditions="申请条件",
    about_exclusions="有没有这些情形",
    about_amounts="用来算金额",
    by_year="分年度的数字",
    by_year_hint="有几年填几年；中间缺一年，从那一年起就算不出来。",
    year="年度",
    earlier="更早的年度",
    sum_hint="也可以空着，在下面按年填写，由程序相加。",
    unit="单位",
    money_units=("万元", "元"),
    yes="是",
    no="否",
    unknown="不清楚",
    not_chosen="不清楚",
    proof="凭证",
    from_chat="取自对话：“{words}”",
    next_here="接下来最值得填的一项",
    clear="清空",
    faults={
        Fault.NOT_YES_OR_NO: "“{text}”不是“是”或“否”。请选一个，或选“不清楚”。",
        Fault.NOT_A_NUMBER: "“{text}”不是数字，没有计入。请写数字，例如 {example}。",
        Fault.OTHER_UNIT: "“{text}”的单位不对，没有计入：这里按“{unit}”填。请写例如 {example}。",
        Fault.NOT_A_DAY: "“{text}”不是日期，没有计入。请写成 2025-03-31 这样。",
        Fault.NOT_A_CHOICE: "“{text}”不在选项之中。请选列出的一项。",
        Fault.UNKNOWN_PLACE: "没有“{text}”这个地方。请从列表中选。",
        Fault.TOO_SMALL: "“{text}”小于可能的最小值 {least}，没有计入。请核对。",
        Fault.TOO_LARGE: "“{text}”大于可能的最大值 {most}，没有计入。请核对。",
    },
    too_long="写了 {length} 个字符，最多 {limit} 个，没有计入。只写数字和单位即可。",
    bad_day="“{text}”不是日期，暂按今天核对。请写成 2025-03-31 这样。",
    bad_place="没有“{text}”这个地方，暂按全国规定核对。请从列表中选。",
    gone="没有“{name}”这个事项，可能已更名。请从列表中另选。",
    problems="有 {count} 处没有读懂，未计入，见表中标出的地方。",
    next="接下来最值得填",
    basis="依据",
    missing="还缺这些（按有用程度排列）",
    mend="差在哪里、怎样补上",
    gap="还差 {gap}",
    now="现在：{given}",
    nothing_given="未提供",
    clause_of="依据：{locator}",
    original_held="已收录官方原文，可在政策库中查看",
    basis_digest="结论和金额依据的 {count} 份文件在这里都只有摘要（用自己的话转述），没有原文。办理前请核对官方原文。",
    basis_part="结论和金额依据 {count} 份文件，其中 {digests} 份只有摘要（用自己的话转述）。办理前请核对官方原文。",
    basis_original="依据的 {count} 份文件都收录了官方原文；数字取自摘要，办理前请对照原文。",
    basis_memory="另有 {count} 条未经原文核对。",
    amount_open="暂不能确定",
    other_version="看{place}的规定：{title}",
    papers_hint="按下列凭证准备：",
    proofs="证明这些情况的凭证",
    window_yearly="每年，下一次 {first} 至 {last}",
    window_once="{first} 至 {last}",
    days_left="还有 {days} 天",
    open_now="正在受理，还剩 {days} 天",
    if_met="条件都符合时：",
    no_amount="不符合条件时不测算金额。",
    chart="逐年抵扣与结转",
    chart_used="当年用掉",
    chart_rest="结转以后年度",
    chart_lost="核减或到期",
    chart_limit="当年限额",
    chart_unknown="数据不全",
    in_yuan="单位：元",
    files="带走结果",
    report_file="报告 {kind}",
    calendar_file="申报日历 .ics",
    file_failed="文件没有生成。请再点一次；若仍然如此，请查看运行窗口里的记录。",
)

EN = EligibilityTexts(
    language="en",
    tab="Eligibility",
    loading="Opening the eligibility check…",
    failed="This could not be shown; what you filled in is still there. Please try again; if it happens again, look at "
    "the log in the window where the program runs.",
    heading="What do you want to check?",
    intro="Choose one and fill in what you know: you see condition by condition where the company stands, how much it "
    "gets, and what is missing. Leave blank what you do not know.",
    search="Search",
    search_hint="Name or everyday words: tax back, taking interns, apprentices",
    place="Place of registration",
    any_place="Any place",
    count="{shown} of {count} shown",
    none_found="Nothing found. Try other words, or set the place to “Any place”.",
    empty="There is nothing to check yet.",
    open="Check",
    purposes={"benefit": "Benefit", "status": "Recognition", "compliance": "Duty"},
    standings={
        Standing.IN_FORCE: "In force",
        Standing.UNDATED: "Validity unverified",
        Standing.NOT_YET: "Not yet in force",
        Standing.ENDED: "Expired",
        Standing.ELSEWHERE: "Not for this place",
    },
    back="Back to the list",
    form="About the company",
    form_hint="The result follows as you type. Leave blank what you do not know, or choose “unknown”: it never counts "
    "as “no”.",
    day="Checked for the day",
    other_place="Not chosen",
    about_conditions="Conditions",
    about_exclusions="Does any of these apply?",
    about_amounts="For the amount",
    by_year="Figures by year",
    by_year_hint="As many years as you have; from a year that is left out in between, nothing can be worked out.",
    year="Year",
    earlier="Earlier years",
    sum_hint="May stay blank: filled in by year below, it is added up.",
    unit="Unit",
    money_units=("10,000 yuan", "yuan"),
    yes="yes",
    no="no",
    unknown="unknown",
    not_chosen="unknown",
    proof="Proof",
    from_chat="From the conversation: “{words}”",
    next_here="The most useful one to fill in next",
    clear="Clear",
    faults={
        Fault.NOT_YES_OR_NO: "“{text}” is neither yes nor no. Choose one, or “unknown”.",
        Fault.NOT_A_NUMBER: "“{text}” is not a number and was not counted. Write digits, for example {example}.",
        Fault.OTHER_UNIT: "“{text}” has another unit and was not counted: this is asked for in {unit}. Write for "
        "example {example}.",
        Fault.NOT_A_DAY: "“{text}” is not a day and was not counted. Write it like 2025-03-31.",
        Fault.NOT_A_CHOICE: "“{text}” is not among the answers. Choose one of those listed.",
        Fault.UNKNOWN_PLACE: "“{text}” is not a known place. Choose one from the list.",
        Fault.TOO_SMALL: "“{text}” is less than the least possible, {least}, and was not counted. Please correct it.",
        Fault.TOO_LARGE: "“{text}” is more than the most possible, {most}, and was not counted. Please correct it.",
    },
    too_long="That is {length} characters, at most {limit} can be read, and it was not counted. Write the number and "
    "its unit only.",
    bad_day="“{text}” is not a day; today is taken instead. Write it like 2025-03-31.",
    bad_place="“{text}” is not a known place; the national rules are taken instead. Choose one from the list.",
    gone="There is no “{name}” to check; it may have another name now. Choose from the list.",
    problems="{count} entries could not be read and were not counted; they are marked in the form.",
    next="Most useful to fill in next",
    basis="Basis",
    missing="Still missing, the most useful first",
    mend="What falls short, and how to mend it",
    gap="{gap} short",
    now="Now: {given}",
    nothing_given="not given",
    clause_of="Basis: {locator}",
    original_held="The official text is held too; see the library",
    basis_digest="Verdict and amounts rest on digests in our own words, not on official texts (documents: {count}). "
    "Check the official texts before acting on it.",
    basis_part="Verdict and amounts rest on documents of which some are held as digests only, in our own words "
    "({digests} of {count}). Check the official texts before acting on it.",
    basis_original="The official texts are held (documents: {count}), but the figures were taken from digests: compare "
    "them before acting on it.",
    basis_memory="Clauses not checked against the official text: {count}.",
    amount_open="Cannot be said yet",
    other_version="See the rules of {place}: {title}",
    papers_hint="Prepare these:",
    proofs="What proves these facts",
    window_yearly="Every year; next {first} to {last}",
    window_once="{first} to {last}",
    days_left="in {days} days",
    open_now="open now, {days} days left",
    if_met="If all conditions are met: ",
    no_amount="No amount is worked out while the conditions are not met.",
    chart="Used and carried forward, year by year",
    chart_used="used in the year",
    chart_rest="carried forward",
    chart_lost="cancelled or lapsed",
    chart_limit="limit of the year",
    chart_unknown="not known",
    in_yuan="In yuan.",
    files="Take the result with you",
    report_file="Report {kind}",
    calendar_file="Calendar .ics",
    file_failed="The file could not be made. Please try once more; if it happens again, look at the log in the window "
    "where the program runs.",
)


def eligibility_texts(language: str) -> EligibilityTexts:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
