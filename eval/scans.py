"""Pages of our own, printed, scanned badly and read again: `python -m eval.scans [--threads N]`.

Prints how many characters and article numbers of each page come back, and what a page costs. Chromium has to be there.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from assistant.models import Source
from assistant.readers import Limits, read
from assistant.text.normal import squeeze

MEASURE = (
    "青川市校企合作实训基地管理办法",
    "第一条　为了规范校企合作实训基地的建设与管理，提高技术技能人才培养质量，根据有关法律、法规，制定本办法。",
    "第二条　本市行政区域内实训基地的申报、认定、使用和监督，适用本办法。",
    "第三条　市教育行政部门负责实训基地的统筹协调，并于每年3月31日前公布上一年度的工作情况。",
    "第四条　申报实训基地应当同时具备下列条件：",
    "（一）依法登记注册满3年，近两年年均营业收入不低于2000万元；",
    "（二）可供实训的场地面积不少于1500平方米，其中室内面积不少于800平方米；",
    "（三）配备专职实训指导教师不少于12人。",
    "第五条　申报单位应当提交申请表、合作协议、场地证明和最近一个会计年度的审计报告。",
    "第六条　受理机关应当自收到申请之日起20个工作日内组织专家评审。",
    "第七条　经认定的实训基地，按照实际投入的15%给予一次性补助，最高不超过120万元。",
    "第八条　实训基地每年接纳学生不少于100人次，其中本市职业学校的学生不低于60%。",
    "第九条　企业接纳学生实习满6个月的，另按每人每月600元的标准给予补贴。",
    "第十条　补助资金实行专款专用，不得用于发放人员工资和偿还债务。",
    "第十一条　实训基地应当按照国家规定为实习学生投保实习责任保险。",
    "第十二条　学校应当选派教师到实训基地跟岗指导，每学期不少于4次。",
    "第十三条　实训设备由企业和学校共同使用，折旧年限不少于5年。",
    "第十四条　依照第四条的规定认定的实训基地，由市教育行政部门授牌。",
    "第十五条　市教育行政部门每两年组织一次考核，考核结果分为优秀、合格和不合格。",
    "第十六条　考核不合格的，限期整改3个月；整改后仍不合格的，撤销认定。",
    "第十七条　提供虚假材料骗取认定的，追回已拨付的补助资金，5年内不再受理其申请。",
    "第十八条　工作人员滥用职权、玩忽职守的，依法给予处分。",
    "第十九条　各县（区）可以根据本办法制定实施细则。",
    "第二十条　本办法自2026年5月1日起施行，有效期五年。",
)
NOTICE = (
    "青川市教育局文件",
    "青教发〔2026〕18号",
    "青川市教育局关于做好2026年度实训基地申报工作的通知",
    "各县（区）教育局，市属各职业学校：",
    "为做好2026年度实训基地申报工作，现就有关事项通知如下。",
    "一、申报条件",
    "（一）企业应当依法登记注册满3年，近两年未发生较大以上安全责任事故，未被列入失信名单。",
    "（二）学校应当已经开设相关专业，在校生不少于150人。",
    "1.场地面积不少于1500平方米。",
    "2.设备总值不低于300万元。",
    "二、申报程序",
    "（一）申报单位于2026年6月15日前提交申请表和合作协议。",
    "（二）市教育局于2026年7月31日前公布结果。",
    "联系人：李明，电话：0839-5550123。",
    "青川市教育局",
    "2026年4月2日",
)
_SHEET = (
    '<html lang="zh"><meta charset="utf-8"><style>@page{{size:A4;margin:25mm}}'
    'body{{font:16px/1.75 "Noto Serif CJK SC",serif;margin:0;position:relative}}'
    "h1{{text-align:center;font-size:24px;margin:0 0 12px}} p{{margin:0;text-indent:2em;text-align:justify}}"
    ".head{{color:#d11;text-align:center;font-weight:900;font-size:52px;line-height:1.4;letter-spacing:4px}}"
    ".number{{text-align:center;border-bottom:3px solid #d11;margin-bottom:24px}} .right{{text-align:right}}"
    ".stamp{{position:absolute;mix-blend-mode:multiply}}</style><body>{}</body></html>"
)
_STAMP = (
    '<svg class="stamp" style="left:{}px;top:{}px" width="160" height="160" viewBox="-80 -80 160 160" fill="#c8191f">'
    '<circle r="76" fill="none" stroke="#c8191f" stroke-width="5"/>'
    '<path d="M0 -28 7 -9 27 -9 11 3 17 22 0 10 -17 22 -11 3 -27 -9 -7 -9Z"/>'
    '<path id="arc" d="M-46 30A55 55 0 1 1 46 30" fill="none"/><text font-size="22" font-weight="700">'
    '<textPath href="#arc" startOffset="50%" text-anchor="middle">{}</textPath></text></svg>'
)
ISSUER_ON_STAMP = "青川县实训认证中心"  # words that stand nowhere else
_ARTICLE = re.compile(r"第[一二三四五六七八九十]+条(?=\s)")


@dataclass(frozen=True, slots=True)
class Scanned:
    """One way of scanning a page."""

    dpi: int
    degrees: float  # by which the page is turned, counter-clockwise
    noise: float = 8.0
    quality: int = 55  # of the JPEG


def measure_html(stamp: tuple[int, int] | None = (380, 640), lines: Sequence[str] = MEASURE) -> str:
    """Return the management measure, or some lines of it, on one page, with a red stamp over its text."""
    title, *articles = lines
    return _sheet([f"<h1>{title}</h1>", *(f"<p>{text}</p>" for text in articles)], stamp)


def notice_html(stamp: tuple[int, int] | None = (440, 690)) -> str:
    """Return the notice under its red head, stamped over signature and date."""
    head, number, title, addressees, *text = NOTICE
    *text, signature, date = text
    return _sheet(
        [
            f'<div class="head">{head}</div><div class="number">{number}</div><h1>{title}</h1>',
            f'<p style="text-indent:0">{addressees}</p>',
            *(f"<p>{line}</p>" for line in text),
            f'<br><p class="right">{signature}</p><p class="right">{date}</p>',
        ],
        stamp,
    )


def _sheet(body: Sequence[str], stamp: tuple[int, int] | None) -> str:
    return _SHEET.format("".join([*body, _STAMP.format(*stamp, ISSUER_ON_STAMP) if stamp else ""]))


def pictures(pdf: Path, dpi: int) -> list[Image.Image]:
    """Return the pages of a PDF as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scanned(picture: Image.Image, how: Scanned) -> Image.Image:
    """Return a page as a scanner in bad shape gives it: askew, grey, noisy, and saved as JPEG."""
    turned = picture.rotate(how.degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    light = np.asarray(turned).astype(np.float32) * 0.93 + 8
    grain = np.random.default_rng(1).normal(0, how.noise, light.shape)
    target = io.BytesIO()
    Image.fromarray((light + grain).clip(0, 255).astype(np.uint8)).save(target, "JPEG", quality=how.quality)
    return Image.open(target)


def scanned_pdf(pdf: Path, target: Path, how: Scanned) -> Path:
    """Write the pages of a PDF to another that holds nothing but their scans."""
    first, *rest = [scanned(picture, how) for picture in pictures(pdf, how.dpi)]
    first.save(target, "PDF", save_all=True, append_images=rest, resolution=how.dpi)
    return target


def accuracy(expected: Sequence[str], source: Source) -> float:
    """Return the share of characters that came back: one less the edit distance over the length, normalised."""
    wanted, found = (squeeze("".join(lines)) for lines in (expected, (line.text for line in source.lines)))
    row = np.arange(len(found) + 1)
    codes = np.array([ord(char) for char in found])
    for number, char in enumerate(wanted, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(char)))
        row = np.concatenate([[number], best])
        row = np.minimum.accumulate(row - np.arange(len(row))) + np.arange(len(row))
    return 1 - float(row[-1]) / len(wanted)


def articles(lines: Sequence[str]) -> list[str]:
    """Return the article numbers at the starts of lines."""
    return [found[0] for line in lines if (found := _ARTICLE.match(line))]


def main() -> None:
    """Print one row for each page and way of scanning."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--threads", type=int, help="of the recognition; default all cores")
    arguments.add_argument("--browser", default="chromium")
    given = arguments.parse_args()
    ways = [Scanned(200, 0), Scanned(200, 1.7), Scanned(200, -2.5, noise=14, quality=35), Scanned(150, -1.2)]
    print("page     dpi  skew  noise  JPEG  characters  articles  confidence  s/page")
    with tempfile.TemporaryDirectory() as scratch:
        for name, html, lines in (("measure", measure_html(), MEASURE), ("notice", notice_html(), NOTICE)):
            printed = _printed(html, Path(scratch) / f"{name}.pdf", given.browser)
            for how in ways:
                path = scanned_pdf(printed, Path(scratch) / f"{name} scanned.pdf", how)
                started = time.perf_counter()
                source = read(path, path.name, Limits(ocr_threads=given.threads))
                seconds = time.perf_counter() - started
                numbers = articles([line.text for line in source.lines])
                right = sum(a == b for a, b in zip(numbers, articles(lines), strict=False))
                sure = min(line.confidence or 0 for line in source.lines)
                print(
                    f"{name:8} {how.dpi}  {how.degrees:4}  {how.noise:5}  {how.quality:4}  "
                    f"{accuracy(lines, source):10.2%}  {right:3}/{len(articles(lines)):<4}  {sure:10.2f}  {seconds:6.1f}"
                )


def _printed(html: str, target: Path, browser: str) -> Path:
    page = target.with_suffix(".html")
    page.write_text(html, "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={target.parent}/profile"]
    subprocess.run([*command, f"--print-to-pdf={target}", "--no-pdf-header-footer", page.as_uri()], check=True)
    return target


if __name__ == "__main__":
    main()
