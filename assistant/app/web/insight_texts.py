"""The words of the insight page around its tables, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.app.insight.questions import FEW
from assistant.app.web.texts import Language


@dataclass(frozen=True, slots=True)
class InsightTexts:
    """The wording in one language; `{…}` marks what the page fills in."""

    language: Language
    tab: str
    heading: str
    as_of: str
    kept: str
    privacy: str
    loading: str
    failed: str
    not_allowed: str
    asked: str
    held: str
    taken_in: str
    csv: str
    csv_of: str
    all_asked: str
    unanswered_part: str
    trend: str
    rows: str
    figures: Mapping[str, str]
    share: str
    within: str
    well: str
    not_well: str
    nothing_asked: str
    nothing_asked_help: str
    nothing_kept: str
    nothing_held: str
    empty: Mapping[str, str]  # a sheet without rows, by its key


ZH = InsightTexts(
    language="zh",
    tab="管理概览",
    heading="管理概览",
    as_of="截至 {day}。",
    kept="提问记录保留 {days} 天。",
    privacy=f"这里只有计数：不含问题原文，也看不出是谁问的。某个主题、地区或身份不足 {FEW} 次时，只写“少于{FEW}”。",
    loading="正在统计……",
    failed="没能显示出来。请再试一次；若仍然如此，请查看运行窗口里的记录。",
    not_allowed="只有管理员可以看这一页。请用管理员账号登录。",
    asked="提问与回答",
    held="收录的政策",
    taken_in="入库与索引",
    csv="下载 CSV",
    csv_of="下载“{title}”的 CSV 文件",
    all_asked="提问",
    unanswered_part="其中未答",
    trend="每周",
    rows="共 {count} 条",
    figures={
        "asked": "提问",
        "unanswered": "未答",
        "low": "差评",
        "expiring": "即将失效",
        "unknown": "有效性不明",
        "health": "入库与索引",
    },
    share="占 {share}",
    within="{days} 天内",
    well="正常",
    not_well="需要处理",
    nothing_asked="还没有人提问",
    nothing_asked_help="有人在“提问”页或命令行提问后，这里会显示哪些主题答不出、哪些问得最多、哪些回答不受认可。",
    nothing_kept="设置里没有保留提问记录（keep_days = 0），所以这里没有统计。要统计，请把 settings.toml 中 [records] 的 keep_days 设为大于 0 的天数。",
    nothing_held="库里还没有政策。放入文件后，这里会显示各地区的收录情况。",
    empty={
        "weeks": "还没有人提问。",
        "unanswered": "没有答不出的问题。",
        "asked": "还没有能归入主题的问题。",
        "low_rated": "还没有读者给出差评。",
        "places": "还没有问题说明地区。",
        "kinds": "还没有可统计的问题。",
        "audiences": "还没有可统计的问题。",
        "coverage": "还没有收录政策。",
        "expiring": "半年内没有政策失效。",
        "unknown": "每份政策的有效性都有记录。",
        "from_memory": "所有摘要都核对过。",
        "ended": "没有已失效的政策。",
        "runs": "还没有放入过文件。",
        "failures": "所有文件都读取成功。",
        "findings": "索引完好，不需要处理。",
    },
)

EN = InsightTexts(
    language="en",
    tab="Insight",
    heading="Insight",
    as_of="As of {day}.",
    kept=" Records of questions are kept for {days} days.",
    privacy=f"Only counts are shown: no question, and nobody who asked. Fewer than {FEW} questions on one topic, place or "
    f"kind of asker are told as “<{FEW}”.",
    loading="Counting…",
    failed="This could not be shown. Please try again; if it happens again, look at the log in the window where the "
    "program runs.",
    not_allowed="Only administrators can see this page. Please log in as one.",
    asked="Questions and answers",
    held="Policies held",
    taken_in="Documents and indexes",
    csv="Download CSV",
    csv_of="Download “{title}” as a CSV file",
    all_asked="Asked",
    unanswered_part="of these unanswered",
    trend="By week",
    rows="{count} in all",
    figures={
        "asked": "Asked",
        "unanswered": "Unanswered",
        "low": "Found wanting",
        "expiring": "Losing force soon",
        "unknown": "Validity unknown",
        "health": "Documents and indexes",
    },
    share="{share} of all",
    within="within {days} days",
    well="In order",
    not_well="Needs care",
    nothing_asked="Nothing asked yet",
    nothing_asked_help="Once questions are asked, on the page or on the command line, this shows which topics have no "
    "answer, which are asked about most, and which answers readers found wanting.",
    nothing_kept="No records of questions are kept (keep_days = 0), so there is nothing to count. To count them, set "
    "keep_days under [records] in settings.toml to more than 0 days.",
    nothing_held="There are no policies yet. Once documents are added, this shows what is held of each place.",
    empty={
        "weeks": "Nothing asked yet.",
        "unanswered": "No question is without an answer.",
        "asked": "No question has a topic yet.",
        "low_rated": "No reader has found an answer wanting.",
        "places": "No question names a place yet.",
        "kinds": "Nothing to count yet.",
        "audiences": "Nothing to count yet.",
        "coverage": "No policies are held yet.",
        "expiring": "No policy loses force within half a year.",
        "unknown": "The validity of every policy is on record.",
        "from_memory": "Every digest has been checked.",
        "ended": "Every policy held is in force.",
        "runs": "No documents have been taken in yet.",
        "failures": "Every file was read.",
        "findings": "The indexes are in order.",
    },
)


def insight_texts(language: str) -> InsightTexts:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
