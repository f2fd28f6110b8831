"""Every word of the page where documents are added, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.app.web.texts import Language
from assistant.index import Reach
from assistant.pipeline.report import Change


@dataclass(frozen=True, slots=True)
class DocumentsTexts:
    """The wording in one language; `{…}` marks what the page fills in."""

    language: Language
    tab: str
    heading: str
    for_you: str
    for_all: str
    drop: str
    choose_files: str
    choose_folder: str
    limits: str
    not_allowed: str
    too_many: str
    nothing: str
    sending: str
    reading: str
    broken: str
    outcomes: Mapping[Change, str]
    too_large: str
    unknown_kind: str
    full: str
    busy: str
    own: str
    none: str
    loading: str
    failed: str
    gone: str
    to_confirm: str
    to_confirm_why: str
    fields: Mapping[str, str]
    found_in: str
    by_hand: str
    by_file: str
    not_found: str
    place_hint: str
    day_hint: str
    confirm: str
    save: str
    correct: str
    remove: str
    remove_sure: str
    again: str
    publish: str
    withdraw: str
    reaches: Mapping[Reach, str]
    clauses: str
    lost: str
    bad_fact: str
    bad_day: str
    confirmed: str
    removed: str
    published: str
    withdrawn: str
    read_again: str
    unchanged: str


_TEXTS: dict[Language, DocumentsTexts] = {
    "zh": DocumentsTexts(
        language="zh",
        tab="添加文件",
        heading="添加文件",
        for_you="您添加的文件只对您自己可见：别人提问、搜索都找不到。管理员可以公开自己添加的文件。",
        for_all="这里没有登录，确认后的文件对使用本机页面的所有人可见。",
        drop="把文件或文件夹拖到这里",
        choose_files="选择文件",
        choose_folder="选择文件夹",
        limits="PDF、Word、网页、OFD、文本和图片；每个文件不超过 {mb} MB，一次最多 {count} 个。",
        not_allowed="您的账号可以阅读和提问，但不能添加文件。如需添加，请管理员把您的角色改为编辑。",
        too_many="一次最多添加 {count} 个文件，您选了 {given} 个，请分批添加。",
        nothing="里面没有可以读取的文件。可以添加：{kinds}。",
        sending="正在传送 {percent}%",
        reading="正在读取，扫描件每页约需几秒",
        broken="没有传到服务器，请检查连接后重试。",
        outcomes={
            Change.ADDED: "已读取，请在下面核对信息",
            Change.CHANGED: "已更新，请在下面重新核对信息",
            Change.UNCHANGED: "与已有的内容相同，没有变化",
            Change.FAILED: "未能读取",
            Change.REMOVED: "已移除",
        },
        too_large="文件超过 {mb} MB。请拆分后再添加。",
        unknown_kind="不支持这种文件。可以添加：{kinds}。",
        full="您已添加 {count} 个文件，达到上限。请先移除不再需要的文件。",
        busy="另一个程序正在写入，请稍后再试。",
        own="我添加的文件",
        none="还没有添加文件。",
        loading="正在打开…",
        failed="出了问题，操作没有完成。请刷新页面后重试。",
        gone="这个文件已经不在了，可能已在别处移除。",
        to_confirm="待确认",
        to_confirm_why="请核对从文件中读出的信息，有误请改正，读不出的请补上。确认之前，这个文件不参与回答。",
        fields={
            "title": "标题",
            "doc_number": "文号",
            "issuers": "发布机关",
            "issued": "发布日期",
            "effective": "施行日期",
            "jurisdiction": "适用地区",
            "tier": "效力层级",
        },
        found_in="依据：{quote}",
        by_hand="由您填写",
        by_file="依据：文件自带的信息",
        not_found="文中没有找到",
        day_hint="年-月-日",
        place_hint="如：宁波市；全国性文件填“全国”",
        confirm="确认，开始使用",
        save="保存更正",
        correct="更正信息",
        remove="移除",
        remove_sure="再按一次即移除",
        again="重新读取",
        publish="向所有人公开",
        withdraw="取消公开",
        reaches={
            Reach.WAITING: "待确认",
            Reach.OWNER: "仅自己可见",
            Reach.EVERYBODY: "所有人可见",
        },
        clauses="{count} 条",
        lost="读取时的说明",
        bad_fact="“{field}”填写的内容无法识别，请改正。",
        bad_day="“{field}”填写的不是完整的日期，请按 2026-01-31 的样子填写，或留空。",
        confirmed="《{name}》已确认，现在会用于回答。",
        removed="《{name}》已移除。",
        published="《{name}》已向所有人公开。",
        withdrawn="《{name}》现在只对您可见。",
        read_again="《{name}》已重新读取。",
        unchanged="《{name}》重新读取后没有变化。",
    ),
    "en": DocumentsTexts(
        language="en",
        tab="Add files",
        heading="Add documents",
        for_you="What you add is for you alone: nobody else's questions or searches find it. "
        "Administrators can publish what they added.",
        for_all="There is no login here: what you confirm is found by everybody who uses this page.",
        drop="Drag files or a folder here",
        choose_files="Choose files",
        choose_folder="Choose a folder",
        limits="PDF, Word, web pages, OFD, text and images; up to {mb} MB a file and {count} files at a time.",
        not_allowed="Your account can read and ask, but not add documents. "
        "Ask an administrator to make you an editor if you need to.",
        too_many="At most {count} files at a time; you chose {given}. Please add them in parts.",
        nothing="Nothing in there can be read. These can: {kinds}.",
        sending="Sending, {percent}%",
        reading="Reading; a scanned page takes a few seconds",
        broken="It did not reach the server. Check the connection and try again.",
        outcomes={
            Change.ADDED: "Read; please check what was found, below",
            Change.CHANGED: "Updated; please check what was found again, below",
            Change.UNCHANGED: "The same as what is here already",
            Change.FAILED: "Could not be read",
            Change.REMOVED: "Removed",
        },
        too_large="The file is larger than {mb} MB. Please split it.",
        unknown_kind="Files of this kind cannot be read. These can: {kinds}.",
        full="You have added {count} documents, which is the most. Remove some that you no longer need.",
        busy="Another program is writing just now. Please try again in a moment.",
        own="Documents I added",
        none="Nothing has been added yet.",
        loading="Opening…",
        failed="Something went wrong, and nothing was changed. Reload the page and try again.",
        gone="This document is not here any more. It may have been removed elsewhere.",
        to_confirm="To be confirmed",
        to_confirm_why="Please check what was found in the document, correct what is wrong and add what is missing. "
        "Until you confirm, it answers no question.",
        fields={
            "title": "Title",
            "doc_number": "Document number",
            "issuers": "Issued by",
            "issued": "Issued on",
            "effective": "In force from",
            "jurisdiction": "Place",
            "tier": "Authority",
        },
        found_in="From: {quote}",
        by_hand="Set by you",
        by_file="From: what the file says of itself",
        not_found="Not found in the text",
        day_hint="yyyy-mm-dd",
        place_hint="e.g. Ningbo, 330200, National",
        confirm="Confirm and use",
        save="Save corrections",
        correct="Correct details",
        remove="Remove",
        remove_sure="Press again to remove",
        again="Read again",
        publish="Publish to everybody",
        withdraw="Unpublish",
        reaches={
            Reach.WAITING: "To be confirmed",
            Reach.OWNER: "Only you",
            Reach.EVERYBODY: "Everybody",
        },
        clauses="clauses: {count}",
        lost="Notes from reading",
        bad_fact="What is given as “{field}” is not understood. Please correct it.",
        bad_day="What is given as “{field}” is no full date. Write it like 2026-01-31, or leave it empty.",
        confirmed="“{name}” is confirmed and now used in answers.",
        removed="“{name}” is removed.",
        published="“{name}” is published to everybody.",
        withdrawn="“{name}” is now for you alone.",
        read_again="“{name}” was read again.",
        unchanged="“{name}” was read again and is unchanged.",
    ),
}


def documents_texts(language: str) -> DocumentsTexts:
    """Return the wording in a language; Chinese where there is none."""
    return _TEXTS["en" if language == "en" else "zh"]
