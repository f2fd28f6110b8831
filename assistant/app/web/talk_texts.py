"""The words around a conversation that are not of a policy, in Chinese and English."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant.records import Complaint


@dataclass(frozen=True, slots=True)
class TalkTexts:
    """The wording in one language; `{…}` marks what the page fills in."""

    # the day asked for
    day_label: str
    day_form: str
    day_pick: str
    day_wrong: str
    # stopping
    stop: str
    stopped: str
    stopped_kept: str
    stopped_empty: str
    ask_again: str
    # conversations kept in the browser
    locale: str
    history: str
    history_where: str
    history_none: str
    history_forbidden: str
    history_lost: str
    history_dropped: str
    history_full: str
    close: str
    rename: str
    rename_one: str
    new_name: str
    remove: str
    remove_one: str
    removed_one: str
    undo: str
    turns_lost: str
    unreadable: str
    # taking along
    copy: str
    copied: str
    copy_failed: str
    export: str
    export_word: str
    export_markdown: str
    export_none: str
    gone: str
    # links to records
    link: str
    linked: str
    record: str
    record_about: str
    record_id: str
    record_made: str
    record_day: str
    record_place: str
    record_status: str
    record_answered: str
    record_worded: str
    record_quoted: str
    record_search: str
    record_gone: str
    record_unknown: str
    record_unknown_why: str
    # asking on
    ask_next: str
    # ratings
    rate_good: str
    rate_bad: str
    rate_thanks: str
    rate_why: str
    rate_words: str
    rate_send: str
    rate_long: str
    rate_gone: str
    complaints: dict[Complaint, str]


ZH = TalkTexts(
    day_label="按哪一天的规定（选填）",
    day_form="年-月-日",
    day_pick="打开日历",
    day_wrong="请按 2026-01-31 的样子填写，或留空。",
    stop="停止",
    stopped="已停止",
    stopped_kept="以下是停止前已经核对过的内容，并不完整。",
    stopped_empty="停止时还没有核对好的内容。",
    ask_again="再问一次",
    locale="zh-CN",
    history="对话记录",
    history_where="对话只存在这台电脑的这个浏览器里。地方不够时，最早的先删除。",
    history_none="还没有对话。提问之后，对话会自动保存在这里。",
    history_forbidden="浏览器不允许本页保存内容，所以没有对话记录。如需保存，请在浏览器设置里允许。",
    history_lost="有 {count} 个对话已损坏，或由旧版本保存而无法读出，已经删除。",
    history_dropped="浏览器里的地方不够，最早的 {count} 个对话已经删除。",
    history_full="浏览器里没有地方保存这个对话。请删除一些旧对话，或开始新对话。",
    close="关闭",
    rename="改名",
    rename_one="给“{name}”改名",
    new_name="新名称",
    remove="删除",
    remove_one="删除“{name}”",
    removed_one="已删除“{name}”。",
    undo="撤销",
    turns_lost="这个对话里有 {count} 个问答已损坏，无法显示，已略去；其余照常。",
    unreadable="这个对话已损坏，或由其他版本保存，无法显示，已从记录中删除。请重新提问。",
    copy="复制（含依据）",
    copied="已复制",
    copy_failed="浏览器不允许复制。请选中文字后自行复制。",
    export="导出",
    export_word="Word 文档（.docx）",
    export_markdown="Markdown 文本（.md）",
    export_none="还没有可以导出的问答。请先提问。",
    gone="文件已不在库中",
    link="复制链接",
    linked="链接已复制",
    record="回答记录",
    record_about="这里是这个回答留下的记录：按哪一天、哪个地区的规定，引用了哪些条款。条款文字取自现在的政策库。",
    record_id="编号",
    record_made="回答时间",
    record_day="按哪天的规定",
    record_place="地区",
    record_status="结果",
    record_answered="已经回答",
    record_worded="行文",
    record_quoted="直接列出条款，没有用语言模型",
    record_search="检索模型",
    record_gone="另有 {count} 条依据已不在政策库中，或您无权查看。",
    record_unknown="没有这个回答的记录",
    record_unknown_why="这里没有编号为“{id}”的记录。记录只保存一段时间，到期自动删除；也可能是链接不完整。"
    "您可以在下面重新提问。",
    ask_next="接着可以问",
    rate_good="有用",
    rate_bad="没用",
    rate_thanks="谢谢，已经记下。",
    rate_why="已经记下。哪里不好？（选填）",
    rate_words="用自己的话说（请不要写个人信息）",
    rate_send="提交",
    rate_long="理由太长（{length} 字），最多 {limit} 字。请写短一些。",
    rate_gone="这个回答的记录已经到期删除，评价没有保存。重新提问后可以再评价。",
    complaints={
        Complaint.WRONG: "与条款不符",
        Complaint.INCOMPLETE: "不完整",
        Complaint.OUTDATED: "规定过时了",
        Complaint.WRONG_PLACE: "地区不对",
        Complaint.OFF_TOPIC: "答非所问",
        Complaint.SHOULD_ANSWER: "应当有规定却没答",
        Complaint.UNCLEAR: "看不明白",
        Complaint.OTHER: "其他",
    },
)

EN = TalkTexts(
    day_label="Rules as of (optional)",
    day_form="yyyy-mm-dd",
    day_pick="Open the calendar",
    day_wrong="Write it like 2026-01-31, or leave it empty.",
    stop="Stop",
    stopped="Stopped",
    stopped_kept="Below is what was verified before you stopped; it is not complete.",
    stopped_empty="Nothing had been verified yet when you stopped.",
    ask_again="Ask again",
    locale="en-GB",
    history="Conversations",
    history_where="Kept in this browser on this computer only. When space runs out, the oldest go first.",
    history_none="No conversation yet. Once you ask, it is kept here by itself.",
    history_forbidden="The browser does not let this page keep anything, so there are no earlier conversations. "
    "Its settings can allow it.",
    history_lost="Removed because damaged or kept by an older version: {count}.",
    history_dropped="Space in the browser ran out; oldest conversations removed: {count}.",
    history_full="There is no space left in the browser for this conversation. Delete older ones, or start a new chat.",
    close="Close",
    rename="Rename",
    rename_one="Rename “{name}”",
    new_name="New name",
    remove="Delete",
    remove_one="Delete “{name}”",
    removed_one="Deleted: “{name}”.",
    undo="Undo",
    turns_lost="Questions of this conversation that were damaged and are left out: {count}. The rest is as it was.",
    unreadable="This conversation is damaged or was kept by another version; it cannot be shown and was removed. "
    "Please ask again.",
    copy="Copy with sources",
    copied="Copied",
    copy_failed="The browser does not allow copying. Please select the text and copy it yourself.",
    export="Export",
    export_word="Word document (.docx)",
    export_markdown="Markdown text (.md)",
    export_none="There is nothing to export yet. Please ask first.",
    gone="no longer in the collection",
    link="Copy link",
    linked="Link copied",
    record="Record of an answer",
    record_about="What is kept of this answer: the day and place whose rules were asked for, and the clauses it cites. "
    "Their text is that of the collection as it is now.",
    record_id="Record",
    record_made="Answered",
    record_day="Rules as of",
    record_place="Place",
    record_status="Outcome",
    record_answered="Answered",
    record_worded="Wording",
    record_quoted="The clauses themselves; no language model",
    record_search="Search model",
    record_gone="Clauses no longer in the collection, or not open to you: {count}.",
    record_unknown="There is no record of this answer",
    record_unknown_why="No record is kept under “{id}”. Records are kept for a while and then deleted; "
    "or the link is incomplete. You can ask again below.",
    ask_next="You can ask next",
    rate_good="Useful",
    rate_bad="Not useful",
    rate_thanks="Thank you, noted.",
    rate_why="Noted. What is wrong with it? (optional)",
    rate_words="In your own words (no personal data, please)",
    rate_send="Send",
    rate_long="The reason is too long ({length} characters); at most {limit} are kept. Please shorten it.",
    rate_gone="The record of this answer has expired, so the rating was not kept. Ask again to rate the new answer.",
    complaints={
        Complaint.WRONG: "Not what the clauses say",
        Complaint.INCOMPLETE: "Incomplete",
        Complaint.OUTDATED: "Out of date",
        Complaint.WRONG_PLACE: "Wrong place",
        Complaint.OFF_TOPIC: "Answers something else",
        Complaint.SHOULD_ANSWER: "There is a rule, but no answer",
        Complaint.UNCLEAR: "Hard to understand",
        Complaint.OTHER: "Other",
    },
)


def labels(language: str) -> dict[str, str]:
    """Return the wording by name, for the scripts of the page."""
    return {name: text for name, text in asdict(talk_texts(language)).items() if isinstance(text, str)}


def talk_texts(language: str) -> TalkTexts:
    """Return the wording for a language; Chinese where it is not English."""
    return EN if language == "en" else ZH
