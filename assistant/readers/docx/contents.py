"""Tables of contents, which repeat the headings of a Word document: by style, by field, or as a building block."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from assistant.readers.docx.styles import Style

_GALLERY = "Table of Contents"
_TOC = re.compile(r"\s*TOC\b")


class Contents:
    """Follows a document from paragraph to paragraph and tells which belong to its table of contents."""

    def __init__(self) -> None:
        self.lines = 0  # left out so far
        self._open: list[bool] = []  # the fields that have begun and not ended: whether each is a table of contents

    def is_gallery(self, element: Any) -> bool:
        """Tell whether a content control is a table of contents of Word's own making, and count it."""
        gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
        if gallery is None or gallery.get(qn("w:val")) != _GALLERY:
            return False
        texts = ("".join(t.text or "" for t in paragraph.iter(qn("w:t"))) for paragraph in element.iter(qn("w:p")))
        self.lines += sum(bool(text.strip()) for text in texts)
        return True

    def holds(self, paragraph: Any, style: Style, text: str) -> bool:
        """Tell whether a paragraph is a line of a table of contents, and count it."""
        words = {True: "", False: ""}  # inside of such a field, and outside of any
        for part in paragraph.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
            kind = part.get(qn("w:fldCharType"))
            if part.tag == qn("w:t"):
                words[any(self._open)] += part.text or ""
            elif kind == "begin":
                self._open.append(False)
            elif kind == "end" and self._open:
                self._open.pop()
            elif part.tag == qn("w:instrText") and self._open and _TOC.match(part.text or ""):
                self._open[-1] = True
        # The mark that ends such a field often stands at the start of the paragraph below it.
        found = style.contents or (bool(words[True].strip()) and not words[False].strip())
        self.lines += found and bool(text.strip())
        return found
