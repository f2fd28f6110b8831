"""Documents of the kinds people really have, told in our own words: a red-header notice, a gazette, a subsidy table.

Each is HTML for a browser to print, or a Word document; what it must read as stands beside it.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.text.numerals import chinese

FONT = "Noto Serif CJK SC"


def sheet(body: str, css: str = "", title: str = "") -> str:
    """Return an HTML page in a Chinese font."""
    return (
        f'<html lang="zh"><meta charset="utf-8"><title>{title}</title>'
        f'<style>body{{font-family:"{FONT}",serif}} {css}</style><body>{body}</body></html>'
    )


def word() -> Document:
    """Return an empty Word document that names a Chinese font."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return document


# --- A red-header notice: 红头文件


@dataclass(frozen=True, slots=True)
class Notice:
    """The parts of a notice, in the order in which they are printed."""

    header: str = "云溪市人力资源和社会保障局文件"
    number: str = "云人社发〔2024〕12号"
    title: str = "云溪市人力资源和社会保障局关于印发《云溪市企业接收学生实习补贴办法》的通知"
    addressees: str = "各县（市、区）人力资源和社会保障局，各职业院校，有关企业："
    body: tuple[str, ...] = (
        "现将《云溪市企业接收学生实习补贴办法》印发给你们，请结合实际认真贯彻执行，执行中的问题请及时报告。",
        "一、加强组织领导",
        "各地要明确责任分工，配备专门人员，确保补贴资金在受理之日起三十个工作日内拨付到位，不得截留挪用。",
        "二、规范申报程序",
        "（一）企业通过市公共就业服务平台提交申请表、实习协议和工资发放凭证，对材料的真实性负责。",
        "（二）县级人力资源和社会保障部门应当在十五个工作日内完成审核，并将结果向社会公示五个工作日。",
    )
    attached: tuple[str, ...] = ("附件：1.云溪市企业接收学生实习补贴办法", "2.实习补贴申请表")
    signed: str = "云溪市人力资源和社会保障局"
    date: str = "2024年3月15日"
    public: str = "（此件公开发布）"
    annex: tuple[str, ...] = (
        "附件1",
        "云溪市企业接收学生实习补贴办法",
        "第一条　为了鼓励企业接收职业院校学生实习，根据国家有关规定，制定本办法。",
        "第二条　企业接收学生实习满三个月的，按照每人每月五百元的标准给予补贴，补贴期限最长不超过十二个月。",
        "第三条　本办法自2024年5月1日起施行，有效期三年。",
    )

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line as it has to be read."""
        front = (self.header, self.number, self.title, self.addressees)
        return (*front, *self.body, *self.attached, self.signed, self.date, self.public, *self.annex)


def red_header_notice(notice: Notice = Notice()) -> str:
    """Return a notice as HTML: red head and line, number, title, addressees, signature, an annex on a page of its own."""
    css = (
        "@page{size:A4;margin:37mm 26mm 35mm 28mm} body{margin:0;font-size:16pt;line-height:28pt}"
        ".head{color:#e00;font-size:30pt;line-height:44pt;text-align:center;font-weight:bold}"
        ".number{text-align:center;border-bottom:2px solid #e00;padding-bottom:4mm}"
        "h1{font-size:22pt;line-height:34pt;text-align:center;font-weight:normal}"
        "p{margin:0;text-indent:2em;text-align:justify} .flush{text-indent:0} .list{text-indent:0;padding-left:2em}"
        ".second{text-indent:0;padding-left:5em} .right{text-align:right;padding-right:2em;text-indent:0}"
        ".annex{break-before:page}"
    )
    first, second = notice.attached
    mark, title, *clauses = notice.annex
    parts = [
        f'<div class="head">{notice.header}</div><div class="number">{notice.number}</div><h1>{notice.title}</h1>',
        f'<p class="flush">{notice.addressees}</p>',
        *(f"<p>{text}</p>" for text in notice.body),
        f'<p class="list" style="margin-top:28pt">{first}</p><p class="second">{second}</p>',
        f'<p class="right" style="margin-top:56pt">{notice.signed}</p><p class="right">{notice.date}</p>',
        f'<p>{notice.public}</p><p class="flush annex">{mark}</p><h1>{title}</h1>',
        *(f"<p>{text}</p>" for text in clauses),
    ]
    return sheet("".join(parts), css, notice.title)


# --- A gazette: several columns under a title that runs across them, with a head and a foot on every page


_WHO = (
    "企业",
    "职业学校",
    "县级以上地方人民政府",
    "教育行政部门",
    "行业组织",
    "产业园区管理机构",
    "实习学生",
    "金融机构",
)
_DOES = ("应当", "可以", "按照国家有关规定", "会同有关部门", "不得拖延，并应当", "根据实际需要", "依法")
_WHAT = (
    "签订合作协议，明确双方的权利和义务",
    "提供实习岗位和必要的劳动安全保护",
    "安排专业教师到生产一线实践",
    "将实施情况纳入年度考核",
    "公开经费的来源、用途和结余",
    "建立信息平台，发布人才需求",
    "对成绩突出的单位给予奖励",
    "为参加实习的人员办理责任保险",
    "制定培养方案、教学标准和考核办法",
    "减免实训基地的场地租金",
    "参与课程、教材和题库的开发",
)


def clauses(count: int) -> list[str]:
    """Return so many articles of one to five sentences in which hardly any wording comes back at the same place."""
    texts = []
    for n in range(1, count + 1):
        sentences = [
            f"{_WHO[(3 * n + 5 * k) % len(_WHO)]}{_DOES[(n * n + k) % len(_DOES)]}{_WHAT[(7 * n + 4 * k) % len(_WHAT)]}"
            for k in range(1 + (n * 5) % 7)
        ]
        texts.append(f"第{chinese(n)}条　{'；'.join(sentences)}。")
    return texts


def gazette(title: str, paragraphs: Sequence[str], *, columns: int = 2, head: str = "") -> str:
    """Return a gazette as HTML, with a head and a page number on every page."""
    css = (
        f'@page{{size:A4;margin:22mm 18mm;@top-center{{content:"{head}"}}@bottom-center{{content:"· " counter(page) " ·"}}}}'
        "body{margin:0;font-size:10.5pt;line-height:1.7}"
        "h1{font-size:18pt;text-align:center;margin:0 0 5mm} p{margin:0;text-indent:2em;text-align:justify}"
        f".text{{columns:{columns};column-gap:2em}}"
    )
    text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return sheet(f'<h1>{title}</h1><div class="text">{text}</div>', css, title)


# --- A table of subsidies: three pages, a divided head on each, cells merged downwards over page breaks

DISTRICTS = ("临江区", "东湖区", "西山区", "南浦县", "北塔县", "云台县", "青川县", "白沙县", "石门县")
DEGREES = ("博士研究生", "硕士研究生", "本科", "专科")
HEADS = ("地区", "学历", "实习补贴·每月金额", "实习补贴·最长期限", "就业补贴·一次性金额")
TITLE = "云溪市高校毕业生实习和就业补贴标准表"
FOOTNOTE = "注：实习不满一个月的，按照实际天数折算。"
TABLE_CSS = (
    "@page{size:A4 landscape;margin:25mm} body{margin:0;font-size:14pt} h1{font-size:18pt;text-align:center}"
    "table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:5px 8px;text-align:center}"
)


def subsidies() -> list[tuple[str, ...]]:
    """Return the rows of the table, merged cells filled in: no two cells of one column hold the same amount."""
    rows = []
    for i, district in enumerate(DISTRICTS):
        for j, degree in enumerate(DEGREES):
            monthly, months, once = 2000 - 400 * j + 10 * i, 12 - 2 * j, 10_000 - 2000 * j + 100 * i
            rows.append((district, degree, f"{monthly}元", f"{months}个月", f"{once}元"))
    return rows


def subsidy_table() -> str:
    """Return the table as HTML on landscape pages, its head repeated on each as browsers do, a note below it."""
    head = (
        '<thead><tr><th rowspan="2">地区</th><th rowspan="2">学历</th><th colspan="2">实习补贴</th><th>就业补贴</th></tr>'
        "<tr><th>每月金额</th><th>最长期限</th><th>一次性金额</th></tr></thead>"
    )
    body = ""
    for n, (district, *cells) in enumerate(subsidies()):
        merged = "" if n % len(DEGREES) else f'<td rowspan="{len(DEGREES)}">{district}</td>'
        body += f"<tr>{merged}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    return sheet(f"<h1>{TITLE}</h1><table>{head}{body}</table><p>{FOOTNOTE}</p>", TABLE_CSS, TITLE)


def subsidy_document() -> Document:
    """Return the table as a Word document on landscape pages, with merged cells and a head that Word repeats."""
    document = word()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(TITLE, 1)
    rows = subsidies()
    table = document.add_table(2 + len(rows), len(HEADS))
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]  # python-docx looks them up anew at every access
    for column, name in enumerate(HEADS):
        upper, _, lower = name.partition("·")
        cells[0][column].text, cells[1][column].text = upper, lower
    for column in (0, 1):
        _merge(cells[0][column], cells[1][column], HEADS[column])
    _merge(cells[0][2], cells[0][3], "实习补贴")
    for n, row in enumerate(rows, start=2):
        for column, text in enumerate(row[1:], start=1):
            cells[n][column].text = text
    for first in range(2, len(cells), len(DEGREES)):
        _merge(cells[first][0], cells[first + len(DEGREES) - 1][0], rows[first - 2][0])
    for row in table.rows[:2]:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph(FOOTNOTE)
    return document


def _merge(first: docx.table._Cell, last: docx.table._Cell, text: str) -> None:
    first.merge(last).text = text
