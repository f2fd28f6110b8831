"""OFD packages written by hand as GB/T 33190-2016 describes them: there is no free writer that keeps to the standard."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MILLIMETRE = 25.4 / 72
A4 = (210.0, 297.0)


def text(
    x: float, y: float, size: float, words: str, steps: str | None = None, more: str = "", inside: str = ""
) -> str:
    """A text object whose first character begins at x and stands on the baseline y, in millimetres from the top left."""
    steps = steps if steps is not None else f"g {len(words) - 1} {size}"
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} {size * len(words)} {size}" Font="2" Size="{size}" {more}>'
        f'{inside}<ofd:TextCode X="0" Y="{size}"{delta}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroke from one point to another."""
    left, top, width, height = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
    return (
        f'<ofd:PathObject ID="8" Boundary="{left} {top} {width} {height}" LineWidth="0.25">'
        f"<ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def content(objects: Iterable[str], size: tuple[float, float] | None = A4, before: str = "") -> str:
    """The content part of a page."""
    area = f"<ofd:Area><ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:Area>" if size else ""
    layer = f'<ofd:Layer ID="1" Type="Body">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {NAMESPACE}>{area}{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def package(
    pages: Sequence[str],
    *,
    title: str = "",
    templates: Sequence[str] = (),
    public: str = "",
    more: dict[str, str | bytes] | None = None,
    in_document: str = "",
) -> bytes:
    """An OFD file of one document with these pages; `more` adds parts or replaces them."""
    listed = "".join(f'<ofd:Page ID="{n + 20}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    shared = "".join(f'<ofd:TemplatePage ID="{n + 5}" BaseLoc="Tpls/Tpl_{n}.xml"/>' for n in range(len(templates)))
    box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {A4[0]} {A4[1]}</ofd:PhysicalBox></ofd:PageArea>"
    common = (
        f"<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID>{box}<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{shared}"
    )
    named = f"<ofd:Title>{escape(title)}</ofd:Title>" if title else ""
    info = f"<ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID>{named}</ofd:DocInfo>"
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>{info}'
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        f"{in_document}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/>'
        f"</ofd:Fonts>{public}</ofd:Res>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)},
        **{f"Doc_0/Tpls/Tpl_{n}.xml": template for n, template in enumerate(templates)},
        **(more or {}),
    }
    return zipped({name: part if isinstance(part, bytes) else _xml(part) for name, part in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return data.getvalue()


def _xml(part: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{part}'.encode()


def converted(pdf: bytes) -> bytes:
    """A PDF as an OFD with every character and every straight stroke in its place, as a converting printer writes it."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        width, height = page.get_size()
        textpage = page.get_textpage()
        objects = [*_texts(textpage.raw, height), *_strokes(page)]
        pages.append(content(objects, (width * MILLIMETRE, height * MILLIMETRE)))
    document.close()
    return package(pages)


def _texts(textpage: object, height: float) -> Iterable[str]:
    """One text object per run of characters on a baseline, as the PDF has them."""
    run: list[tuple[str, float, float, float]] = []
    for number in range(pdfium.FPDFText_CountChars(textpage)):
        char = chr(pdfium.FPDFText_GetUnicode(textpage, number))
        if char in "\r\n\x02" or pdfium.FPDFText_IsGenerated(textpage, number):
            continue
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetCharOrigin(textpage, number, x, y)
        pdfium.FPDFText_GetMatrix(textpage, number, matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, number) * matrix.a
        if run and (abs(y.value - run[-1][2]) > 0.5 or not 0 < x.value - run[-1][1] < 1.3 * run[-1][3]):
            yield _run(run, height)
            run = []
        run.append((char, x.value, y.value, size))
    if run:
        yield _run(run, height)


def _run(run: Sequence[tuple[str, float, float, float]], height: float) -> str:
    """Sizes in points under a matrix that makes them millimetres: so write the programs that print to OFD."""
    _, x, y, size = run[0]
    steps = " ".join(f"{b[1] - a[1]:.4f}" for a, b in pairwise(run))
    words = "".join(char for char, *_ in run)
    corner = f"{x * MILLIMETRE:.4f} {(height - y - size) * MILLIMETRE:.4f}"
    return (
        f'<ofd:TextObject ID="9" CTM="{MILLIMETRE:.6f} 0 0 {MILLIMETRE:.6f} 0 0" Boundary="{corner} 99 9" Font="2" '
        f'Size="{size:.4f}"><ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _strokes(page: pypdfium2.PdfPage) -> Iterable[str]:
    _, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if min(right - left, top - bottom) <= 3:
            x0, x1 = left * MILLIMETRE, right * MILLIMETRE
            y0, y1 = (height - top) * MILLIMETRE, (height - bottom) * MILLIMETRE
            yield line(x0, y0, x1, y1 if y1 - y0 > x1 - x0 else y0)
