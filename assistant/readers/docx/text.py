"""The words of a Word paragraph as printed: insertions taken, deletions and hidden runs left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from assistant.readers.docx.styles import Style, hides, is_on
from assistant.readers.docx.symbols import formula, symbol
from assistant.readers.wording import counted

_SKIPPED = frozenset(
    qn(name)
    for name in (
        "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:delInstrText", "w:sdtPr", "w:footnoteRef", "w:endnoteRef",
        "w:separator", "w:continuationSeparator", "w:rt", "w:fldData", "w:annotationRef",
    )
)  # fmt: skip
_INSERTED = frozenset((qn("w:ins"), qn("w:moveTo")))
_DELETED = frozenset((qn("w:del"), qn("w:moveFrom")))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_PICTURES = ("drawingml/2006/picture", "wordprocessingGroup", "wordprocessingCanvas")
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_SHAPE = "wordprocessingShape"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_SHADED = frozenset((qn("w:tbl"), qn("w:txbxContent")))  # they may be dark, and then white text shows
# What is told of it, and in which order.
_TOLD = {
    "insertion": ("tracked insertion", "accepted"),
    "deletion": ("tracked deletion", "left out"),
    "comment": ("comment", "left out"),
    "object": ("embedded object", "not read"),
    "chart": ("chart", "not read"),
    "picture": ("picture", "not read"),
    "symbol": ("character", "of a symbol font without a known meaning left out"),
}


@dataclass(slots=True)
class Aside:
    """What is met beside the text: notes in the order in which the text refers to them, and what was left out."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    white_paper: bool = True  # the document sets no background of its own
    referred: list[tuple[str, str]] = field(default_factory=list)  # kind and id of a note
    hidden: int = 0  # characters
    met: Counter[str] = field(default_factory=Counter)

    def findings(self) -> list[str]:
        """Return what was left out, in words."""
        told = [f"hidden text removed ({counted(self.hidden, 'character')})"] if self.hidden else []
        return told + [
            f"{counted(self.met[what], noun)} {fate}" for what, (noun, fate) in _TOLD.items() if self.met[what]
        ]


def words(paragraph: Any, aside: Aside) -> tuple[str, list[Any]]:
    """Return the text of a paragraph, a line break as a newline, and the text boxes anchored in it."""
    boxes: list[Any] = []
    return "".join(_pieces(paragraph, aside, boxes)), boxes


def _pieces(element: Any, aside: Aside, boxes: list[Any]) -> Iterator[str]:
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
        elif tag == qn("w:sym"):
            char = symbol(child)
            aside.met["symbol"] += not char
            yield char
        elif tag == _FORMULA:
            yield formula(child)
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            aside.referred.append((tag.rpartition("}")[2].removesuffix("Reference"), child.get(qn("w:id"))))
            yield f"[{len(aside.referred)}]"
        elif tag == qn("w:txbxContent"):
            boxes.append(child)
        elif tag == _ALTERNATE:
            choice = child.find(_CHOICE)  # the fallback tells the same again for older programs
            if choice is not None:
                yield from _pieces(choice, aside, boxes)
        elif tag == qn("w:r") and _is_hidden(child, aside):
            aside.hidden += len("".join(text.text or "" for text in child.iter(qn("w:t"))))
        elif tag in _DELETED:
            aside.met["deletion"] += 1
        elif tag == qn("w:object"):
            aside.met["object"] += 1
        elif not (tag == qn("w:sdt") and _is_placeholder(child)):
            _count(child, aside)
            yield from _pieces(child, aside, boxes)


def _count(element: Any, aside: Aside) -> None:
    """Note what an element shows besides text."""
    tag = element.tag
    if tag in _INSERTED:
        aside.met["insertion"] += 1
    elif tag == qn("w:commentReference"):
        aside.met["comment"] += 1
    elif tag == _OLD_PICTURE:
        aside.met["picture"] += 1
    elif tag == _DRAWN:
        kind = element.get("uri") or ""
        if not kind.endswith(_SHAPE):
            aside.met["picture" if kind.endswith(_PICTURES) else "chart"] += 1


def _is_hidden(run: Any, aside: Aside) -> bool:
    """Tell whether a run does not show: by itself, by the style of its characters or paragraph, or white on white."""
    own = run.find(qn("w:rPr"))
    hidden = hides(own)
    if hidden is None:
        named = own.find(qn("w:rStyle")) if own is not None else None
        hidden = aside.styles.get(named.get(qn("w:val")) if named is not None else "", Style()).hidden
    if hidden is None:
        named = next((p for p in run.iterancestors(qn("w:p"))), run).find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        hidden = aside.styles.get(named.get(qn("w:val")) if named is not None else "", Style()).hidden
    return bool(hidden) or (own is not None and aside.white_paper and _is_white(run, own))


def _is_white(run: Any, properties: Any) -> bool:
    colour = properties.find(qn("w:color"))
    if colour is None or (colour.get(qn("w:val")) or "").upper() != "FFFFFF":
        return False
    if properties.find(qn("w:shd")) is not None or properties.find(qn("w:highlight")) is not None:
        return False
    around = list(run.iterancestors())
    shaded = any(e.find(f"{qn('w:pPr')}/{qn('w:shd')}") is not None for e in around if e.tag == qn("w:p"))
    return not shaded and all(element.tag not in _SHADED for element in around)


def _is_placeholder(control: Any) -> bool:
    """Tell whether a content control shows only what to type into it."""
    shown = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    return shown is not None and is_on(shown)
