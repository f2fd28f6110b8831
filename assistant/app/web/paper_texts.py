"""The words around a page shown as a picture, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """The wording in one language; `{…}` marks what the page fills in."""

    show: str
    loading: str
    alternative: str  # what a screen reader says of the picture
    words: str
    lines: str
    nothing: str
    failed: str
    enlarge: str


ZH = PaperTexts(
    show="查看原件页面",
    loading="正在打开原件……",
    alternative="{title}原件第 {page} 页，{locator}",
    words="第 {page} 页，引用的文字已标出",
    lines="第 {page} 页，已标出该条款所在的行（未能逐字对上，例如扫描件）",
    nothing="第 {page} 页，未能标出引用的文字",
    failed="无法显示这一页：原件在读入之后被移动、改动或已不可用。重新添加该文件后可再查看。",
    enlarge="在新窗口中放大",
)
EN = PaperTexts(
    show="Show the printed page",
    loading="Opening the document…",
    alternative="Page {page} of {title} as printed, {locator}",
    words="Page {page}, quoted words marked",
    lines="Page {page}, lines of the clause marked (the words could not be matched one by one, as in a scan)",
    nothing="Page {page}, quoted words not marked",
    failed="This page cannot be shown: the file was moved, changed or is not available any more. Add it again to see it.",
    enlarge="Enlarge in a new window",
)


def paper_texts(language: str) -> PaperTexts:
    """Return the wording of a language: Chinese unless it is English."""
    return EN if language == "en" else ZH
