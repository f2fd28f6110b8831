"""What reading a PDF gives back and costs: `python -m eval.reading [--originals DIR] [--pypdf PAGES]`.

All law texts (without them, the starter corpus) are printed by a browser in three layouts and read again. The rates are
in pages per second of processor time on one core, beside a plain loop over `pypdf` on pages of the same print.
"""

from __future__ import annotations

import argparse
import difflib
import html
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pypdfium2

from assistant import config, corpus
from assistant.evaluation.installation import law_texts
from assistant.models import Line
from assistant.readers import Limits, read
from assistant.readers.pdf import read_pdf
from assistant.text.normal import squeeze
from eval.structure_check import BROWSERS, print_page

LAYOUTS = {
    "indented": "p{text-indent:2em;margin:0;line-height:1.75;text-align:justify} h1,h2,h3{text-align:center}",
    "head and page number": '@page{margin:25mm;@top-center{content:"文件汇编"}@bottom-center{content:counter(page)}}',
    "flush": "p{margin:0;line-height:1.6}",
}
_ARTICLE = re.compile(r"第[零一二三四五六七八九十百]+条(?:之[一二三四五])?(?=[\s　])")
_TIMES = 2  # each print is read so often, and the faster one counts: the first also loads and warms up


@dataclass(frozen=True, slots=True)
class Figures:
    """What came back of one print, and at which rate."""

    pages: int
    articles: int
    in_order: int
    characters: float  # share that is equal
    rate: float  # pages a second


def texts(folder: Path | None) -> list[tuple[Line, ...]]:
    """Return the laws of a folder as lines; those of the starter corpus where it holds none."""
    laws = [read(path, path.name).lines for path in sorted(folder.glob("*.md"))] if folder else []
    if laws:
        return laws
    policies = corpus.load(config.bundled("corpus"))
    return [
        (Line(p.metadata.title or p.id, heading=1), *(Line(clause.text) for clause in p.provisions)) for p in policies
    ]


def page(laws: Sequence[Sequence[Line]], css: str) -> str:
    """Return all laws as one web page, each from a new sheet."""
    bodies = (
        "".join(f"<h{x.heading}>{html.escape(x.text)}</h{x.heading}>" if x.heading else f"<p>{html.escape(x.text)}</p>"
                for x in law)
        for law in laws
    )  # fmt: skip
    font = 'body{font-family:"Noto Serif CJK SC",serif} div{break-before:page}'
    return f'<meta charset="utf-8"><style>{font} {css}</style>{"".join(f"<div>{body}</div>" for body in bodies)}'


def measure(pdf: Path, laws: Sequence[Sequence[Line]]) -> Figures:
    """Read a print and compare it with what was printed."""
    data = pdf.read_bytes()
    seconds = []
    for _ in range(_TIMES):
        started = time.process_time()
        lines = read_pdf(data, pdf.name, Limits()).lines
        seconds.append(time.process_time() - started)
    expected, found = [x.text for law in laws for x in law], [x.text for x in lines]
    articles = _articles(expected)
    pages = len(pypdfium2.PdfDocument(pdf))
    return Figures(
        pages,
        len(articles),
        _matching(articles, _articles(found)),
        _equal([squeeze(text) for text in expected], [squeeze(text) for text in found]),
        pages / min(seconds),
    )


def pypdf_rate(pdf: Path, pages: int) -> float:
    """Return how many pages a second a plain loop over pypdf reads, without putting anything in order."""
    reader = pypdf.PdfReader(pdf)
    started = time.process_time()
    for sheet in reader.pages[:pages]:
        sheet.extract_text()
    return min(pages, len(reader.pages)) / (time.process_time() - started)


def _articles(lines: Sequence[str]) -> list[str]:
    return [found[0] for found in map(_ARTICLE.match, lines) if found]


def _matching(expected: Sequence[str], found: Sequence[str]) -> int:
    blocks = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _equal(expected: Sequence[str], found: Sequence[str]) -> float:
    """Return the share of characters that come back in order, counted in whole lines unless all of them do."""
    if "".join(expected) == "".join(found):
        return 1.0
    blocks = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return sum(len(text) for b in blocks for text in expected[b.a : b.a + b.size]) / sum(map(len, expected))


def main() -> int:
    """Print one row for each layout, then the rate of pypdf; exit status 1 without a browser."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--originals", type=Path, default=law_texts(None), help="folder of law texts in Markdown")
    options.add_argument("--pypdf", type=int, default=60, metavar="PAGES", help="read by pypdf, which is slow")
    given = options.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"No browser to print with (looked for {', '.join(BROWSERS)}). Install chromium.", file=sys.stderr)
        return 1
    laws = texts(given.originals)
    print(f"{len(laws)} documents\n{'layout':22}{'pages':>6}{'articles in order':>19}{'characters':>12}{'pages/s':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, css) in enumerate(LAYOUTS.items()):
            pdf = print_page(browser, page(laws, css), Path(folder) / f"{number}.pdf")
            f = measure(pdf, laws)
            print(f"{name:22}{f.pages:6}{f.in_order:>12} of {f.articles}{f.characters:12.3%}{f.rate:9.0f}", flush=True)
        rate = pypdf_rate(Path(folder) / "0.pdf", given.pypdf)
        print(f"pypdf, first {given.pypdf} pages of the first print, text only{rate:22.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
