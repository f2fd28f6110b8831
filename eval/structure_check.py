"""Whether every article of a law is found, and its items under it: from its text, a browser's print and a Word file.

    python -m eval.structure_check ../shared/originals

What must be found is read off the file by its numbering alone: a line that begins with 第…条 and white space, and the
（一） that follow. A folder of any laws in Markdown will do; without a browser the prints are left out.
"""

from __future__ import annotations

import argparse
import difflib
import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import docx

from assistant.models import Level, Line
from assistant.readers import read
from assistant.structure import Parsed, parse
from assistant.text.normal import squeeze

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FORMS = ("text", "print", "Word")
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零]+)条(?:之[一二三四五六七八九十])?(?=[\s　])")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)](?!项(?!目))")
_PLACE = re.compile(r"(第.+?条(?:之[一二三四五六七八九十])?).*?第[（(](.+?)[）)]项")
_STYLE = "<meta charset=utf-8><style>body{font-size:12pt}p{text-indent:2em;text-align:justify}</style>"


@dataclass(frozen=True, slots=True)
class Content:
    """What a law holds: its articles in order, each item with the article it stands under, and all its characters."""

    articles: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How much of a law is found in one of its forms."""

    articles: int
    found: int  # of these, in order
    invented: int  # articles and items
    items: int
    placed: int  # under the right article, in order
    characters: float  # share that is equal, white space and width aside

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, invented or misplaced, and 99 % of the characters are equal."""
        return (self.found, self.invented, self.placed) == (self.articles, 0, self.items) and self.characters >= 0.99


def numbered(lines: Sequence[Line]) -> Content:
    """Return what the lines of a law hold by their numbering alone."""
    articles: list[str] = []
    items: list[tuple[str, str]] = []
    for line in lines:
        if match := _ARTICLE.match(line.text):
            articles.append(match[0])
        elif articles and (match := _ITEM.match(line.text)):
            items.append((articles[-1], match[1]))
    return Content(tuple(articles), tuple(items), "".join(squeeze(line.text) for line in lines))


def parsed(path: Path) -> Content:
    """Return what the structure of a file holds."""
    return content(parse("law", read(path, path.name)))


def content(law: Parsed) -> Content:
    """Return what a parsed law holds."""
    articles = tuple(p.locator for p in law.provisions if p.level is Level.ARTICLE)
    places = (_PLACE.match(p.locator) for p in law.provisions if p.level is Level.ITEM)
    items = tuple((match[1], match[2]) for match in places if match)
    return Content(articles, items, "".join(squeeze(p.text) for p in law.provisions))


def compare(expected: Content, found: Content) -> Figures:
    """Return how much of what is expected was found."""
    same = _in_order(expected.articles, found.articles)
    placed = _in_order(expected.items, found.items)
    return Figures(
        len(expected.articles),
        same,
        len(found.articles) - same + len(found.items) - placed,
        len(expected.items),
        placed,
        _equal(expected.text, found.text),
    )


def _in_order(expected: Sequence[object], found: Sequence[object]) -> int:
    matcher = difflib.SequenceMatcher(None, list(expected), list(found), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _equal(expected: str, found: str) -> float:
    """Return the share of expected characters that are found, in order; compared in pieces, as whole laws are long."""
    if expected == found:
        return 1.0
    pieces, others = re.split(r"(?<=[.;:])", expected), re.split(r"(?<=[.;:])", found)
    blocks = difflib.SequenceMatcher(None, pieces, others, False).get_matching_blocks()
    return sum(len("".join(pieces[b.a : b.a + b.size])) for b in blocks) / len(expected)


def as_html(lines: Sequence[Line]) -> str:
    """Return a law as a page to print."""
    return _STYLE + "".join(
        f"<h{line.heading}>{html.escape(line.text)}</h{line.heading}>"
        if line.heading
        else f"<p>{html.escape(line.text)}"
        for line in lines
    )


def as_word(lines: Sequence[Line], path: Path) -> Path:
    """Write a law as a Word file."""
    document = docx.Document()
    for line in lines:
        if line.heading:
            document.add_heading(line.text, level=line.heading - 1)
        else:
            document.add_paragraph(line.text)
    document.save(str(path))
    return path


def print_page(browser: str, page: str, path: Path) -> Path:
    """Print a page to a PDF."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "page.html"
        source.write_text(page, "utf-8")
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")
        command = [browser, *options, f"--user-data-dir={scratch}/p", f"--print-to-pdf={path}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path


def check(path: Path, browser: str | None, folder: Path) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of a law in each form."""
    lines = read(path, path.name).lines
    expected = numbered(lines)
    yield "text", compare(expected, parsed(path))
    if browser:
        yield "print", compare(expected, parsed(print_page(browser, as_html(lines), folder / f"{path.stem}.pdf")))
    yield "Word", compare(expected, parsed(as_word(lines, folder / f"{path.stem}.docx")))


def main() -> int:
    """Print a table of all laws; exit status 0 where every one is complete in every form."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "folder", type=Path, nargs="?", default=Path("../shared/originals"), help="of laws in Markdown"
    )
    folder = options.parse_args().folder
    paths = sorted(folder.glob("*.md"))
    if not paths:
        print(f"{folder} holds no laws (*.md).", file=sys.stderr)
        return 2
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    started = time.perf_counter()
    print(
        f"{'law':48} {'form':6} {'articles':>9} {'found':>6} {'invented':>9} {'items':>6} {'placed':>7} {'characters':>11}"
    )
    totals = {form: [0, 0, 0, 0, 0] for form in FORMS}
    complete = True
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda path: list(check(path, browser, Path(scratch))), paths)
        for path, rows in zip(paths, results, strict=True):
            for form, f in rows:
                complete = complete and f.complete
                print(
                    f"{path.stem:48} {form:6} {_row(f.articles, f.found, f.invented, f.items, f.placed)} {f.characters:11.4%}"
                )
                numbers = (f.articles, f.found, f.invented, f.items, f.placed)
                totals[form] = [total + number for total, number in zip(totals[form], numbers, strict=True)]
    for form in FORMS:
        if totals[form][0]:
            print(f"{f'all {len(paths)}':48} {form:6} {_row(*totals[form])}")
    print(f"{'complete' if complete else 'NOT complete'}, {time.perf_counter() - started:.0f} s")
    return 0 if complete else 1


def _row(articles: int, found: int, invented: int, items: int, placed: int) -> str:
    return f"{articles:9} {found:6} {invented:9} {items:6} {placed:7}"


if __name__ == "__main__":
    sys.exit(main())
