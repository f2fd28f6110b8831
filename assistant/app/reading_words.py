"""What the readers say of a file, in Chinese: why it cannot be read, and what was left out or looks odd.

They say it in English, once, for logs and command line; here each saying is known by its words.
"""

from __future__ import annotations

import re

_REASONS = (
    (r"password|encrypted", "文件有密码保护。请用密码打开后，另存一份没有密码的。"),
    (r"is empty\b", "文件是空的。请重新下载或保存。"),
    (r"holds no text|no text\b", "文件里没有可读的文字。如果是扫描件，请换清晰一些的。"),
    (r"limit is|more than .* characters|is larger than|more than a document needs", "文件太大或页数太多。请拆分后再添加。"),
    (r"is not a PDF, whatever", "文件不是 PDF，只是名字像。请改成真正的后缀，或重新保存。"),
    (r"old format", "这是旧格式的 Word 文件。请用 Word 或 WPS 另存为 DOCX。"),
    (r"encoding|garbled|not UTF-8", "文字的编码无法识别，或已成乱码。请另存为 UTF-8。"),
    (r"not text but binary", "文件不是文本。请改成真正的后缀，或另存为文本。"),
    (r"took more than|took too long|stopped after", "读取用时过长，已停止。请拆分后再添加。"),
    (r"memory", "读取需要的内存太多，已停止。请拆分后再添加。"),
    (r"damaged|cut off|no Word document|is not an image|holds no web page|no pages", "文件已损坏或不完整。请重新下载，或打开后另存一份。"),
    (r"cannot be opened|cannot be read \(", "文件无法打开。请重新添加。"),
)  # fmt: skip

_N = r"(?P<n>[\d,]+)"
_PAGES = r"(?P<pages>[\d,]+ pages|pages? [\d, -]+?)"
_QUOTED = r"“(?P<quoted>.*)”"
_NOTES = tuple(
    (re.compile(words, re.DOTALL), told)
    for words, told in (
        (rf"hidden text removed \({_N} .*", "去掉了页面上看不见的文字（{n} 字）"),
        (r"the text is hidden until the page's scripts.*", "正文要运行网页脚本才显示，已照样读取"),
        (rf"site furniture removed \({_N} .*", "去掉了网页的导航、栏目等与正文无关的文字（{n} 字）"),
        (rf"{_N} characters? outside of the main text left out", "正文以外的文字没有读取（{n} 字）"),
        (rf"{_N} attachments? of the page not read: (?P<rest>.*)", "网页的 {n} 个附件没有读取，需要时请另行添加：{rest}"),
        (r"issued is the day on which the page was published", "发布日期取自网页的发布时间"),
        (r"index of the page read as metadata", "文件信息取自网页上的索引表"),
        (rf"page numbers removed \({_N} .*", "去掉了页码（{n} 行）"),
        (rf"lines wrapped at column {_N} joined to paragraphs", "按第 {n} 列折断的行已连成段落"),
        (rf"{_N} unseen tag characters? removed", "去掉了 {n} 个看不见的控制字符"),
        (rf"unknown field {_QUOTED} ignored", "不认识的字段“{quoted}”没有采用"),
        (rf"(?P<field>\w+) {_QUOTED} is .*, so it stays unknown", "文件里写的“{quoted}”无法识别，相应信息留空"),
        (r"converted with LibreOffice", "已转换格式后读取"),
        (r"the front matter is no list of fields.*", "文件开头的信息格式不对，已当作正文"),
        (rf"table of contents removed \({_N} .*", "去掉了目录（{n} 行）"),
        (rf"table of contents removed from {_PAGES}", "去掉了目录（{pages}）"),
        (rf"{_N} tracked insertions? accepted", "有 {n} 处修订新增，已按新增后的文字读取"),
        (rf"{_N} tracked deletions? left out", "有 {n} 处修订删除，删去的文字没有读取"),
        (rf"{_N} comments? left out", "{n} 条批注没有读取"),
        (rf"{_N} embedded objects? not read", "{n} 个嵌入的对象没有读取"),
        (rf"{_N} charts? not read", "{n} 个图表没有读取"),
        (rf"{_N} pictures? not read", "{n} 张图片没有读取"),
        (rf"{_N} characters? of a symbol font .*", "{n} 个特殊符号无法识别，已略去"),
        (rf"{_PAGES} read by text recognition, mean confidence (?P<rest>[\d.]+).*", "{pages}是扫描件，文字由程序识别，请对照原件核对数字"),
        (rf"{_N} lines? on {_PAGES} too unclear .*", "{pages}有 {n} 行太模糊，没能识别"),
        (rf"{_N} lines? on {_PAGES} crossed by a stamp .*", "{pages}有 {n} 行被印章或笔迹压住，可能缺字"),
        (rf"{_N} red stamps? on {_PAGES} left out", "{pages}的 {n} 个红色印章没有读取"),
        (rf"text recognition failed on {_PAGES} .*", "{pages}没能识别出文字"),
        (r"text recognition .*", "这里不能识别扫描件，扫描的页没有读取，请联系管理员"),
        (rf"{_N} characters? could not be decoded", "{n} 个字无法解码"),
        (r"read as (?P<rest>[\w-]+), which is a guess", "文字编码按 {rest} 读取，这是推测，请核对"),
        (r"read as (?P<rest>[\w-]+)", "文字编码按 {rest} 读取"),
        (rf"watermark {_QUOTED} removed from {_PAGES}", "去掉了水印“{quoted}”（{pages}）"),
        (rf"page numbers removed from {_PAGES}", "去掉了页码（{pages}）"),
        (rf"what a browser prints in the \w+ removed from {_PAGES}", "去掉了浏览器打印的页眉页脚（{pages}）"),
        (rf"header {_QUOTED} removed from {_PAGES}", "去掉了页眉“{quoted}”（{pages}）"),
        (rf"footer {_QUOTED} removed from {_PAGES}", "去掉了页脚“{quoted}”（{pages}）"),
        (rf"{_PAGES} damaged and not read", "{pages}已损坏，没有读取"),
        (rf"{_PAGES} (has|have) a text layer .*", "{pages}的文字无法解码"),
        (rf"{_PAGES} (has|have) no text, only pictures", "{pages}只有图片，没有文字"),
        (rf"{_PAGES} (has|have) nothing on .*", "{pages}是空白页"),
        (rf"{_N} attached files? inside the \w+ not read", "文件里夹带的 {n} 个附件没有读取"),
        (r"the end of the file is missing.*", "文件不完整，末尾可能缺字"),
        (rf"the package holds {_N} documents?.*", "文件里有 {n} 份文档，已依次读取"),
        (r"(?P<rest>.*) come twice; the second .*", "{rest}出现了两次，请核对原文"),
        (r"articles (?P<rest>[\d, …]+) are not in the text", "条号不连续，文中没有第 {rest} 条"),
        (rf"gives a program orders in {_N} sentences? \({_QUOTED}\).*", "有 {n} 句像是写给程序的指令（“{quoted}”），只当作普通文字，不会照做"),
        (r"is .* by its content and was read as such", "文件后缀与内容不符，已按内容的实际格式读取"),
    )
)  # fmt: skip


def reason_in(language: str, reason: str) -> str:
    """Return why a file could not be read in the reader's language; the reader's own words where nothing is known."""
    if language == "en" or not reason:
        return reason[:1].upper() + reason[1:]
    return next((told for words, told in _REASONS if re.search(words, reason)), f"无法读取这个文件（{reason}）")


def note_in(language: str, note: str) -> str:
    """Return what is to be known of how a file was read; in the program's English where no Chinese is known."""
    if language == "en":
        return note[:1].upper() + note[1:]
    for words, told in _NOTES:
        if match := words.fullmatch(note):
            found = {name: value for name, value in match.groupdict().items() if value}
            return told.format_map({**found, "pages": _pages(found.get("pages", ""))})
    return note


def _pages(numbers: str) -> str:
    """Page numbers as Chinese writes them: 第 3-4、9 页; 12 页 where there are many."""
    if numbers.endswith(" pages"):
        return f"{numbers.removesuffix(' pages')} 页"
    return f"第 {numbers.partition(' ')[2].replace(', ', '、')} 页"
