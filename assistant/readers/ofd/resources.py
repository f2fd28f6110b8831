"""What the pages of an OFD document share: drawings used in several places, and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from assistant.readers.ofd.text import name_of
from assistant.readers.packages import UNREADABLE, Package

BROKEN = (*UNREADABLE, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class Resources:
    """Drawings and pictures by the ids under which pages use them."""

    composites: Mapping[str, Any] = field(default_factory=dict)  # the content of a drawing
    media: Mapping[str, str] = field(default_factory=dict)  # the path of a picture in the package

    def with_part(self, package: Package, location: str | None, beside: str) -> Resources:
        """Return these and those a resource part lists; a part that is missing or damaged adds none."""
        path = package.find(location, beside) if location else None
        try:
            root = package.xml(path) if path else None
        except BROKEN:
            root = None
        if root is None or path is None:
            return self
        listed = [element for part in root for element in part]
        base = posixpath.join(posixpath.dirname(path), root.get("BaseLoc") or "", "")
        drawings = {
            unit.get("ID"): content
            for unit in listed
            if name_of(unit) == "CompositeGraphicUnit"
            for content in unit
            if name_of(content) == "Content"
        }
        files = {
            medium.get("ID"): found
            for medium in listed
            if name_of(medium) == "MultiMedia"
            for file in medium
            if name_of(file) == "MediaFile" and (found := package.find((file.text or "").strip(), base))
        }
        return Resources({**self.composites, **drawings}, {**self.media, **files})
