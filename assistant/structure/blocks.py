"""Blocks: what stands before the body of a document: its title block and its table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.structure.patterns import DATE, YEAR, any_of
from assistant.structure.rows import Row
from assistant.text.normal import squeeze

_FRONT_ROWS = 40  # a title block longer than this is no title block
_CONTENTS_ROWS = 400  # nor is a table of contents longer than this one
_LONGEST_ENTRY = 80  # characters of a line of it
BODY = (
    r"(?:部|委员会|委|局|厅|办公室|办公厅|政府|总局|总会|联合会|银行|法院|检察院"
    r"|国务院|署|大会|联社|中心|小组|学会|协会)"
)
TITLE_END = re.compile(
    r"(?:法典?|条例|细则|规定|办法|规则|规程|章程|制度|规范|标准|意见|方案|通知|决定|决议|公告|通告|公示|批复|复函|函|答复|解释|解读|说明|问答|答记者问|报告"
    r"|规划|计划|纲要|指南|指引|措施|政策|要点|目录|名单|清单|协议书?|合同书?)(?:[ ]?[（(【\[][^）)】\]]{1,20}[）)】\]])*》?$"
)
_FIELDS = (  # that government pages print above a text
    r"(?:信息)?来源|出自|当前位置|信息名称|索[ ]?引[ ]?号|发文(?:机关|字号|单位)|文[ 　]*号|字号|标[ 　]*题|名[ 　]*称"
    r"|主题(?:分类|词)|公文[种类]类?型?|(?:体裁|组配)?分类|[时有]效性|效力(?:级别|状态)|字体|浏览(?:次数|量)|阅读(?:次数|量)?"
    r"|作者|责任编辑|编辑|分享"
)
_FRONT = any_of(  # lines of a title block besides the title itself
    r"^[（(]?\d{4}年\d{1,2}月\d{1,2}日.{0,200}?(?:通过|修订|修正|公布|发布|批准|施行|印发|公告|号)[）)]?$",
    r"^[（(][^）)]{0,300}(?:通过|公布|发布|修订|修正|施行|[令号]).{0,80}[）)]$",
    r"^[（(]?(?:试行|暂行|草案|征求意见稿)[）)]?$",
    rf"^[（(]?{DATE}(?:[ T]?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[）)]?$",
    r"^.{0,30}令(?:[ 　]*第?[ ]?[\d一二三四五六七八九十〇]+[ ]?号)?$",
    r"^(?:第|[Nn][Oo]\.?)[ ]?[\d一二三四五六七八九十〇]+[ ]?号$",
    rf"^[^，。；]{{1,40}}{YEAR}[ ]?第?[ ]?\d+[ ]?号(?:[ 　]+签发人[ 　]*[:：].{{1,20}})?$",
    r"^\d{4}[ ]?年第[ ]?\d+[ ]?号$",
    r"^[一-鿿 　（）]{2,60}文[ 　]*件$",  # the red head: 江苏省人民政府文件
    r"^(?:\d{6}|签发人[ 　]*[:：].{1,20}|(?:特急|加急|平急|急件|特提|绝密|机密|秘密|内部)[ 　★]*.{0,6})$",
    r"^[^，。；]{2,60}公告[ ]?\d{4}年第[ ]?\d+[ ]?号$",
    r"^[【\[]?(?:发布|颁布|公布|施行|实施|生效|成文|印发|生成)?(?:时间|日期|机构|单位|部门)[】\]]?[:： ]",
    r"^[(]?(?:Adopted|Promulgated|Issued|Effective|Revised|Amended|Published)\b.{0,200}$",
    rf"^[【\[]?(?:{_FIELDS})[】\]]?[ 　]*[:：]",
)
_ABSTRACT = re.compile(r"^[【\[]?(?:摘[ 　]*要|内容提要|abstract\b)", re.IGNORECASE)
_ISSUERS = re.compile(rf"^(?:[一-鿿]{{2,25}}{BODY}(?:[ 　、]+|$))+$")
_ADDRESSEE = re.compile(r"^[^。；;！？]{2,400}[:：]$")
_ADDRESSED = re.compile(r"各|有关|省|市|县|区|局|厅|委|部门|院校|学校|单位|企业|处室")
_LEADS_IN = re.compile(r"如下|下列|以下|包括|条件|是|为[:：]$")
_CONTENTS = re.compile(r"^(?:目[ 　]*[录次]|contents|table of contents)[:：]?$", re.IGNORECASE)
_LEADER = any_of(r"(?:[.．·…‥ 　\t\-—]{2,}|\s+)[（(\-—]*\d{1,4}[）)\-—]*$", r"[.．·…]{3,}$")
_COMPLETE = any_of(r"[。！？；!?;：:…”’》」』）)】\]]$", r"[.,，、]$")


def is_complete(text: str) -> bool:
    """Tell whether a text ends like a sentence or clause, so that what follows it may begin something new."""
    return bool(_COMPLETE.search(text))


def _entry(text: str) -> str:
    return squeeze(_LEADER.sub("", text) if len(text) <= _LONGEST_ENTRY else text)


def _contents(rows: Sequence[Row], start: int) -> int:
    """Return where the table of contents that begins at `start` ends; `start` where there is none.

    With a line 目录 its entries are the lines that come again as headings further down (or carry a page number);
    without one, three headings in a row that all come again.
    """
    titled = bool(_CONTENTS.match(rows[start].text))
    first = start + 1 if titled else start
    end = first
    seen: set[str] = set()
    for row in rows[first : first + _CONTENTS_ROWS]:
        if len(row.text) > _LONGEST_ENTRY:
            break
        entry = _entry(row.text)
        marked = row.marker is not None or bool(_LEADER.search(row.text)) or row.heading is not None
        if entry in seen or row.cells or not (marked or titled):
            break
        seen.add(entry)
        end += 1
    if end - first < (1 if titled else 3):
        return first
    entries = [_entry(row.text) for row in rows[first:end]]
    later = [squeeze(row.text) for row in rows[end:] if row.marker or row.heading or len(row.text) < 80]
    come_again = [any(line.startswith(entry) for line in later) for entry in entries]
    while titled and come_again and not come_again[-1] and not _LEADER.search(rows[end - 1].text):
        come_again.pop()
        end -= 1
    if titled:
        return end if end > first else start + 1
    return end if all(come_again) else start


@dataclass(frozen=True, slots=True)
class Front:
    """The rows before the body, in order: runs of the title block and of the table of contents, and the title."""

    runs: tuple[tuple[str, tuple[Row, ...]], ...]  # ("preamble" | "toc", rows)
    title: str | None
    length: int  # rows taken

    @property
    def block(self) -> tuple[Row, ...]:
        return tuple(row for step, rows in self.runs if step == "preamble" for row in rows)


def _title(rows: Sequence[Row], declared: str | None) -> tuple[int, str | None]:
    """Return how many rows the title takes, and the title."""
    first = rows[0]
    for taken in (1, 2, 3):
        joined = "".join(row.text for row in rows[:taken])
        if declared and squeeze(joined) in (squeeze(declared), squeeze(f"《{declared}》")):
            return taken, declared
    if first.cells or first.marker:
        return 0, None
    if first.heading == 1:
        alone = all(row.heading != 1 for row in rows[1:])  # some write every chapter as a heading of the first depth
        return (1, first.text) if alone or TITLE_END.search(first.text) else (0, None)
    scholarly = any(_ABSTRACT.match(row.text) for row in rows[1:8])
    asks = first.text.endswith(("？", "?")) and (scholarly or (len(rows) > 1 and _FRONT.match(rows[1].text)))
    sentence = is_complete(first.text) and not TITLE_END.search(first.text) and not asks
    if sentence or _FRONT.match(first.text) or _width(first.text) > 80:
        return 0, None
    for taken in (1, 2, 3):
        lines = [row.text for row in rows[:taken]]
        if any(_FRONT.match(line) for line in lines):
            break  # the name of an office and a 文号 above the title
        short = all(len(line) <= 60 and not re.search(r"[。；：]$", line) for line in lines)
        if short and not any(row.marker or row.cells for row in rows[:taken]) and TITLE_END.search(lines[-1]):
            begun = [n for n, line in enumerate(lines) if _ISSUERS.match(line) or re.search(r"关于|印发|^中华", line)]
            return taken, _joined(lines[begun[0] if begun else 0 :])  # what stands before is a site's own name
    begins = len(rows) > 1 and (rows[1].marker is not None and rows[1].marker.begins_body)
    headed = len(rows) > 1 and (scholarly or begins or len(rows[1].text) > 60 or _FRONT.match(rows[1].text))
    office = _ISSUERS.match(first.text) and "关于" not in first.text
    return (1, first.text) if headed and not office and _width(first.text) <= 60 else (0, None)


def _joined(lines: Sequence[str]) -> str:
    """Return a title in one line; between the names of its issuers a space stays."""
    title = lines[0]
    for before, line in pairwise(lines):
        title += f" {line}" if _ISSUERS.match(before) and _ISSUERS.match(line) else line
    return title


def _width(text: str) -> int:
    """Return how many characters a text has, where two Latin letters count as one Chinese one."""
    return sum(1 if c > "⺀" else 0.5 for c in text).__ceil__()


def front(rows: Sequence[Row], declared: str | None) -> Front:
    """Return the title block (title, 题注, 文号, dates, addressee, web fields) and the table of contents."""
    at, title, known = 0, declared, squeeze(declared) if declared else None
    runs: list[tuple[str, tuple[Row, ...]]] = []

    def take(step: str, end: int) -> None:
        nonlocal at
        before = runs.pop()[1] if runs and runs[-1][0] == step else ()
        runs.append((step, (*before, *rows[at:end])))
        at = end

    titled = False
    while at < min(len(rows), _FRONT_ROWS):
        if not titled:
            taken, found = _title(rows[at:], declared)
            if taken:
                titled, title = True, declared or found
                known = known or squeeze(found or "")
                take("preamble", at + taken)
                continue
        if all(step != "toc" for step, _ in runs) and (end := _contents(rows, at)) > at:
            take("toc", end)
        elif _is_front(rows[at], known, bool(runs)):
            take("preamble", at + 1)
        else:
            break
    return Front(tuple(runs), title, at)


def _is_front(row: Row, title: str | None, begun: bool) -> bool:
    if row.cells:
        return False
    if _FRONT.match(row.text) or squeeze(row.text) == title:
        return True
    if row.marker is not None:
        return False
    addressed = _ADDRESSEE.match(row.text) and _ADDRESSED.search(row.text) and not _LEADS_IN.search(row.text)
    return bool(_ISSUERS.match(row.text) or (begun and addressed))
