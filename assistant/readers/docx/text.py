"""The words of a Word paragraph as printed: insertions taken, deletions and hidden runs left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:delInstrText", "w:sdtPr",
        "w:footnoteRef", "w:endnoteRef", "w:separator", "w:continuationSeparator", "w:rt", "w:object", "w:fldData",
        "w:annotationRef",
    )
)  # fmt: skip
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ON = (None, "1", "true", "on")


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes in the order in which the text refers to them."""

    referred: list[tuple[str, str]] = field(default_factory=list)  # kind and id
    hidden: int = 0  # characters of hidden text left out


def words(paragraph: Any, notes: Notes) -> tuple[str, list[Any]]:
    """Return the text of a paragraph, a line break as a newline, and the text boxes anchored in it."""
    boxes: list[Any] = []
    return "".join(_pieces(paragraph, notes, boxes)), boxes


def _pieces(element: Any, notes: Notes, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag in (qn("w:tab"), qn("w:ptab")):
            yield " "
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            notes.referred.append((tag.rpartition("}")[2].removesuffix("Reference"), child.get(qn("w:id"))))
            yield f"[{len(notes.referred)}]"
        elif tag == qn("w:txbxContent"):
            boxes.append(child)
        elif tag == _ALTERNATE:
            choice = child.find(_CHOICE)  # the fallback tells the same again for older programs
            if choice is not None:
                yield from _pieces(choice, notes, boxes)
        elif tag == qn("w:r") and _is_hidden(child):
            notes.hidden += len("".join(text.text or "" for text in child.iter(qn("w:t"))))
        else:
            yield from _pieces(child, notes, boxes)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) in _ON
