"""What the reader tests share: law texts as the paragraphs they consist of, and HTML to print them from."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

# Ways in which Chinese documents set their paragraphs.
STYLES = {
    "indented": "p{text-indent:2em;margin:0;line-height:1.75;text-align:justify} h1,h2,h3{text-align:center}",
    "spaced": "p{margin:1em 0}",
    "flush": "p{margin:0}",
}


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """A function `(body, style="indented", css="", title="")` that makes an HTML page in a Chinese serif font."""

    def page_(body: str, style: str = "indented", css: str = "", title: str = "") -> str:
        return (
            f'<html lang="zh"><meta charset="utf-8"><title>{title}</title>'
            f'<style>body{{font-family:"Noto Serif CJK SC",serif}} {STYLES[style]} {css}</style>'
            f"<body>{body}</body></html>"
        )

    return page_


@pytest.fixture(scope="session")
def paragraphs_of() -> Callable[[Path], list[tuple[str, int]]]:
    """A function from a law's Markdown to its paragraphs, each with its heading level (0 for text)."""

    def paragraphs_of_(path: Path) -> list[tuple[str, int]]:
        text = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"\A\s*---\n.*?\n---\n", "", text, flags=re.DOTALL).replace("**", "").replace("\u200b", "")
        found = []
        for line in text.splitlines():
            mark = re.match(r"#+", line)
            words = line.lstrip("# ").strip(" \t　")
            if words:
                found.append((words, len(mark[0]) if mark else 0))
        return found

    return paragraphs_of_


@pytest.fixture(scope="session")
def as_html() -> Callable[[Iterable[tuple[str, int]]], str]:
    """A function from paragraphs with heading levels to the body of an HTML page."""

    def as_html_(paragraphs: Iterable[tuple[str, int]]) -> str:
        return "\n".join(
            f"<h{level}>{html.escape(text)}</h{level}>" if level else f"<p>{html.escape(text)}</p>"
            for text, level in paragraphs
        )

    return as_html_
