"""Every word of the page that is not from a policy, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.models import Kind, Status, Tier

Language = Literal["zh", "en"]
LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}  # each by its own name


@dataclass(frozen=True, slots=True)
class Texts:
    """The wording of the page in one language; `{…}` marks what the page fills in."""

    language: Language
    title: str
    tagline: str
    language_label: str
    welcome: str
    welcome_body: str
    examples_label: str
    examples: tuple[str, ...]
    question_label: str
    question_hint: str
    send: str
    new_chat: str
    place_label: str
    place_any: str
    you: str
    assistant: str
    pending: str
    # problems
    empty_question: str
    still_pending: str
    long_question: str
    bad_day: str
    unusable_question: str
    failed: str
    failed_help: str
    # answers
    headings: dict[Status, str]
    other_ways: str
    notices: str
    removed: str
    all_of: str
    any_of: str
    any_case: str
    at_least: str
    kinds: dict[Kind, str]  # as far as a clause is told to be one
    compared: str
    depends: str
    related: str
    related_too: str
    basis_line: str
    cite: str
    # sources
    sources: str
    sources_for: str
    sources_empty: str
    sources_none: str
    sources_related: str
    back: str
    quote_apart: str
    doc_number: str
    issuers: str
    authors: str
    venue: str
    issued: str
    effective: str
    expires: str
    repealed: str
    file: str
    page_number: str
    official_page: str
    web_page: str
    validity: str
    note: str
    memory: str
    original: str
    digest: str
    research: str
    in_force: str
    not_in_force: str
    force_unknown: str
    unknown_policy: str
    tiers: dict[Tier, str]
    comma: str
    colon: str


ZH = Texts(
    language="zh",
    title="产教融合政策助手",
    tagline="每句话都有条款依据；政策没写的，就说没写。",
    language_label="界面语言",
    welcome="想了解哪项产教融合政策？",
    welcome_body="用平常的话提问即可。回答逐条列出政策条款，编号对应依据，点开可看条款文字。",
    examples_label="试试这些问题",
    examples=(
        "申请成为产教融合型企业要满足哪些条件？",
        "产教融合型企业的投资可以抵免多少教育费附加？未抵完的怎么办？",
        "职业学校学生实习，企业应当遵守哪些规定？",
        "校企合作可以采取哪些形式？",
    ),
    question_label="您的问题",
    question_hint="例如：实习要签什么协议？",
    send="提问",
    new_chat="新对话",
    place_label="地区（选填）",
    place_any="不限地区",
    you="问",
    assistant="答",
    pending="正在查找条款……",
    empty_question="请先输入问题。",
    still_pending="上一个问题还在查找中，请稍候。",
    long_question="问题太长（{length} 字）。请缩短到 {limit} 字以内，一次问一件事。",
    bad_day="“{value}”不是有效的日期。请按 2026-01-31 的样子填写，或留空。",
    unusable_question="这个问题无法处理",
    failed="这次没能答出来",
    failed_help="程序出了错，问题本身没有丢。请再试一次；若仍然如此，请查看运行窗口里的记录。",
    headings={
        Status.ANSWERED: "",
        Status.PARTIAL: "只能回答一部分",
        Status.NOT_FOUND: "收录的政策没有写到这一点",
        Status.OUT_OF_SCOPE: "这不是产教融合政策方面的问题",
    },
    other_ways="可以换个问法，或试试这些问题",
    notices="请注意",
    removed="有 {count} 句话与条款对不上，已经去掉。",
    all_of="以下各项须全部满足：",
    any_of="以下各项满足其一即可：",
    any_case="有以下情形之一即适用：",
    at_least="以下各项须至少满足 {n} 项：",
    kinds={Kind.OBLIGATION: "义务", Kind.SANCTION: "法律责任", Kind.FINDING: "研究发现"},
    compared="对比",
    depends="要看你们的情况",
    related="以下条款与问题相近，但不构成答案：",
    related_too="另有相近条款，未用作依据，可对照查看：",
    basis_line="按 {day} 的规定 · {place}",
    cite="依据 {n}：{title} {locator}",
    sources="依据",
    sources_for="所答问题：{question}",
    sources_empty="回答引用的条款会列在这里。点回答里的编号，就能看到条款文字和所引的句子。",
    sources_none="这个回答没有引用条款。",
    sources_related="以下条款只是与问题相近，不是回答的依据。",
    back="回到回答",
    quote_apart="所引文字",
    doc_number="文号",
    issuers="发布机关",
    authors="作者",
    venue="出处",
    issued="发布",
    effective="施行",
    expires="有效期至",
    repealed="废止",
    file="文件",
    page_number="第 {page} 页",
    official_page="查看官方页面",
    web_page="查看来源网页",
    validity="效力说明",
    note="编者注",
    memory="未经原文核对",
    original="原文",
    digest="摘要（非官方原文）",
    research="研究观点，不是规定",
    in_force="现行有效",
    not_in_force="当日不生效",
    force_unknown="有效性待核",
    unknown_policy="这份文件已不在库中，只剩引文。",
    tiers={
        Tier.LAW: "法律",
        Tier.REGULATION: "法规规章",
        Tier.NORMATIVE: "规范性文件",
        Tier.INTERPRETATION: "政策解读",
        Tier.NOTICE: "通知",
        Tier.LIST: "名单",
        Tier.PAPER: "研究论文",
        Tier.NOTE: "用户资料",
    },
    comma="、",
    colon="：",
)

EN = Texts(
    language="en",
    title="Industry–Education Policy Assistant",
    tagline="Every sentence rests on a clause; what the policies do not say, it does not say.",
    language_label="Language",
    welcome="What would you like to know about industry–education policy?",
    welcome_body="Ask in plain words. Answers list the clauses one by one; each number opens the clause it rests on.",
    examples_label="Try one of these",
    examples=(
        "What conditions must a company meet to become an industry-education integration enterprise?",
        "How much of our investment can we credit, and against what?",
        "What must a company observe when it takes vocational students as interns?",
        "Which forms can school-enterprise cooperation take?",
    ),
    question_label="Your question",
    question_hint="E.g. rules for interns",
    send="Ask",
    new_chat="New chat",
    place_label="Place (optional)",
    place_any="Any place",
    you="Question",
    assistant="Answer",
    pending="Looking for the clauses…",
    empty_question="Please enter a question first.",
    still_pending="The last question is still being answered; please wait.",
    long_question="The question is too long ({length} characters). Shorten it to {limit}, and ask one thing at a time.",
    bad_day="“{value}” is not a valid date. Write it like 2026-01-31, or leave it empty.",
    unusable_question="This question cannot be used",
    failed="No answer this time",
    failed_help="The program ran into an error; your question is kept. Please try again, and if it happens again, "
    "look at the log in the window where the program runs.",
    headings={
        Status.ANSWERED: "",
        Status.PARTIAL: "Only a part can be answered",
        Status.NOT_FOUND: "The policies here do not cover this",
        Status.OUT_OF_SCOPE: "This is not about industry–education policy",
    },
    other_ways="Put it another way, or try one of these",
    notices="Please note",
    removed="Left out because no clause bears them out: {count}.",
    all_of="All of the following are required:",
    any_of="Any one of the following is enough:",
    any_case="This applies in any one of the following cases:",
    at_least="At least {n} of the following are required:",
    kinds={Kind.OBLIGATION: "Obligation", Kind.SANCTION: "Sanction", Kind.FINDING: "Research finding"},
    compared="Comparison",
    depends="It depends on your own facts",
    related="Close to the question, but not an answer to it:",
    related_too="Also close to the question, though the answer does not rest on it:",
    basis_line="Rules as of {day} · {place}",
    cite="Source {n}: {title} {locator}",
    sources="Sources",
    sources_for="For the question: {question}",
    sources_empty="The clauses an answer cites are listed here. Choose a number in the answer to see the clause "
    "with the quoted words marked.",
    sources_none="This answer cites no clause.",
    sources_related="These clauses are only close to the question; no answer rests on them.",
    back="Back to the answer",
    quote_apart="Quoted words",
    doc_number="Number",
    issuers="Issued by",
    authors="Authors",
    venue="Published in",
    issued="Issued",
    effective="In force from",
    expires="Valid until",
    repealed="Repealed",
    file="File",
    page_number="Page {page}",
    official_page="Official page",
    web_page="Web page",
    validity="Validity",
    note="Editor's note",
    memory="Not checked against the original",
    original="Original text",
    digest="Digest (not the official text)",
    research="Research finding, not a rule",
    in_force="In force",
    not_in_force="Not in force",
    force_unknown="Validity unverified",
    unknown_policy="This document is no longer in the collection; only the quote is left.",
    tiers={
        Tier.LAW: "Law",
        Tier.REGULATION: "Regulation",
        Tier.NORMATIVE: "Normative document",
        Tier.INTERPRETATION: "Interpretation",
        Tier.NOTICE: "Notice",
        Tier.LIST: "List",
        Tier.PAPER: "Research paper",
        Tier.NOTE: "Uploaded note",
    },
    comma=", ",
    colon=": ",
)


def texts(language: str) -> Texts:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
