"""Damage for documents: edits that hit what their readers parse, also inside packages, and the words they react to."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st
from lxml import etree

SEEDS = Path(__file__).parent / "seeds"

# What readers count, nest, look up or allocate by.
_WORDS = {
    ".pdf": ("99999999999 ", "-1 ", "0 0 0 0 ", "1 0 R ", "<<" * 300, "[" * 300, "/Kids [2 0 R] ", "/Length 99999999 "),
    ".xml": ("<w:tbl>" * 40, "<w:p/>" * 300, '="99999999"', '="-1"', '="0"', "&lol;", "<a>" * 2000, "<!DOCTYPE x>"),
    ".html": (
        '<td rowspan="65534" colspan="1000">',
        "<div>" * 3000,
        "<table>" * 60,
        "<li>" * 300,
        "<!--",
        "<pre>",
        "&#0;",
    ),
    ".txt": (
        "（一）" * 500,
        "第一条\n" * 500,
        "一、" * 500,
        "《" * 500,
        "\n" * 3000,
        "1." * 1000,
        "、" * 3000,
        "〔" * 800,
    ),
    ".md": ("> " * 1000, "| " * 1000, "#" * 1000, "*" * 1000, "---\n" * 100, "- " * 500, "`" * 500, "第一条\n" * 500),
    ".jsonl": (
        "[" * 5000,
        '{"text":' * 500,
        "\\ud800",
        "1e999",
        '"id":',
        '"text":"' + "（一）" * 500 + '"',
        "\n" * 200,
    ),
    ".png": ("\xff\xff\xff\xff", "\x00\x00\x00\x00", "\x7f\xff\xff\xff", "IHDR", "IDAT", "IEND", "tRNS", "PLTE"),
}
_WORDS[".ofd"] = (
    *_WORDS[".xml"],
    'DeltaX="g 999999999 1"',
    'Boundary="0 0 1e30 1"',
    'BaseLoc="Content.xml"',
    "M 0 0 L " * 500,
)
_WORDS[".docx"] = _WORDS[".xml"]


Data = TypeVar("Data", bytes, str)
_ODD_VALUES = ("", "0", "-1", "99999999999", "1e30", "NaN", "一", "../../x", "restart", "g 99999999 1", "0 0 1e30 -1")


@dataclass(frozen=True, slots=True)
class Edit:
    """At a share of the data, cut something away, and put it back several times or something else in its place."""

    part: int  # of a package
    where: float
    cut: int
    put: bytes
    times: int  # the bytes that were cut are put back so many times

    def apply(self, data: Data) -> Data:
        start = int(self.where * len(data))
        put = self.put if isinstance(data, bytes) else self.put.decode("utf-8", "replace")
        return data[:start] + data[start : start + self.cut] * self.times + put + data[start + self.cut :]


def edits(suffix: str) -> st.SearchStrategy[list[Edit]]:
    """Lists of edits for a kind of document."""
    encoding = "latin-1" if suffix == ".png" else "utf-8"
    words = st.sampled_from([word.encode(encoding) for word in _WORDS[suffix]])
    edit = st.builds(
        Edit,
        part=st.integers(0, 30),
        where=st.floats(0, 1, exclude_max=True),
        cut=st.one_of(st.integers(0, 4), st.integers(0, 400)),
        put=st.one_of(st.just(b""), st.binary(max_size=8), words),
        times=st.sampled_from((0, 0, 0, 1, 2, 50)),
    )
    return st.lists(edit, min_size=1, max_size=6)


def damaged(data: bytes, suffix: str, made: Sequence[Edit]) -> bytes:
    """A document after some edits; those of a package are made inside its parts, so that it still opens."""
    if suffix in (".pdf", ".png"):
        for edit in made:
            data = edit.apply(data)
        return data
    if suffix not in (".docx", ".ofd"):
        # Mostly between characters: one broken in the middle makes a file of no encoding, which is soon told.
        encoding = "gb18030" if suffix == ".txt" else "utf-8"
        text = data.decode(encoding)
        for edit in made:
            text = edit.apply(text)
        written = text.encode(encoding, "replace")
        return made[0].apply(written) if made[0].part == 0 else written
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = sorted(parts, key=lambda name: (not name.endswith(("document.xml", "Content.xml")), name))
    for edit in made:
        name = names[min(edit.part % (2 * len(names)), 3 * edit.part) % len(names)]
        parts[name] = edit.apply(parts[name]) if edit.part % 4 == 3 else _edited_tree(parts[name], edit)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def _edited_tree(data: bytes, edit: Edit) -> bytes:
    """XML that is still well-formed, with an element taken away, repeated, wrapped into itself or given odd values."""
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True))
    except etree.XMLSyntaxError:
        return edit.apply(data)
    elements = [] if root is None else [element for element in root.iter() if element.getparent() is not None]
    if not elements:
        return edit.apply(data)
    element = elements[int(edit.where * len(elements))]
    parent, copies = element.getparent(), [copy.deepcopy(element) for _ in range(edit.times)]
    if edit.put:
        for name in element.attrib:
            element.set(name, _ODD_VALUES[edit.cut % len(_ODD_VALUES)])
    elif edit.cut % 3 == 0 and copies:
        for inner in copies:
            element.append(inner)
            element = inner
    elif copies:
        for inner in copies:
            element.addnext(inner)
    else:
        parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
