"""OFD, the Chinese standard format for fixed pages (GB/T 33190): read like a PDF, from the places of its characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import NoTextFound, ReadError
from assistant.models import Line, Metadata, Source
from assistant.readers.declared import printed_title
from assistant.readers.heartbeat import beat
from assistant.readers.limits import Limits
from assistant.readers.ocr.recognition import Recognition
from assistant.readers.ofd.geometry import page_box
from assistant.readers.ofd.page import compose_page
from assistant.readers.ofd.picture import page_image
from assistant.readers.ofd.resources import BROKEN, Resources
from assistant.readers.ofd.text import name_of
from assistant.readers.packages import Package, check_size
from assistant.readers.pdf.compose import compose
from assistant.readers.pdf.page import Page
from assistant.readers.pdf.view import Rect
from assistant.readers.wording import counted, pages


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of the package: where its pages are, and what they share."""

    root: Any
    path: str
    box: Rect | None
    templates: Mapping[str, str]  # id to path
    resources: Resources


@dataclass(slots=True)
class _Reading:
    """What has been read so far, through all documents of a package."""

    recognition: Recognition
    sheets: list[list[Page]] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)  # pages of pictures that cannot be opened
    unseen: int = 0
    number: int = 0
    characters: int = 0


def read_ofd(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of an OFD file; raises for what is none, encrypted, damaged, or unpacks to too much."""
    package, root = _opened(data, name, limits)
    reading, attached = _Reading(Recognition(limits)), 0
    bodies = [element for element in root if name_of(element) == "DocBody"]
    for body in bodies:
        document = _document(package, _text(body, "DocRoot"))
        if document is not None:
            attached += _attachments(package, document)
            _read_pages(package, document, reading, name, limits)
    if not reading.number:
        raise ReadError(f"{name}: the OFD has no pages. Export it again from the program it was made with.")
    lines: list[Line] = []
    findings = [*reading.recognition.findings()]
    findings += [f"{pages(reading.unreadable)} damaged and not read"] if reading.unreadable else []
    for sheets in reading.sheets:
        composed, lost = compose(sheets)
        lines += composed
        findings += lost
    if not lines:
        raise NoTextFound(f"{name}: {_why_empty(reading)}")
    if len(reading.sheets) > 1:
        findings.append(f"the package holds {counted(len(reading.sheets), 'document')}, read one after the other")
    if reading.unseen:
        findings.append(f"hidden text removed ({counted(reading.unseen, 'character')})")
    if attached:
        findings.append(f"{counted(attached, 'attached file')} inside the OFD not read")
    title = next((_text(body, "DocInfo", "Title") for body in bodies), None)
    return Source(name, tuple(lines), Metadata(title=printed_title(title, lines)), tuple(findings))


def _opened(data: bytes, name: str, limits: Limits) -> tuple[Package, Any]:
    try:
        package = Package(data)
        check_size(package.parts, name, limits, "Export it again without its pictures.")
        if any(part.flag_bits & 1 for part in package.parts) or package.find("Encryptions.xml"):
            raise ReadError(f"{name}: the OFD is encrypted. Open it in its viewer and export it as PDF.")
        return package, package.xml(package.find("OFD.xml") or "OFD.xml")
    except BROKEN as error:
        raise ReadError(f"{name}: the OFD is damaged or cut off. Download or export it again.") from error


def _document(package: Package, location: str | None) -> _Document | None:
    """Return what a document's own part says of its pages; None where that part is missing or damaged."""
    path = package.find(location) if location else None
    if path is None:
        return None
    try:
        root = package.xml(path)
    except BROKEN:
        return None
    resources = Resources()
    for element in root.iter():
        if name_of(element) in ("PublicRes", "DocumentRes"):
            resources = resources.with_part(package, element.text, path)
    templates = {
        element.get("ID"): found
        for element in root.iter()
        if name_of(element) == "TemplatePage" and (found := package.find(element.get("BaseLoc") or "", path))
    }
    return _Document(root, path, page_box(_text(root, "CommonData", "PageArea", "PhysicalBox")), templates, resources)


def _read_pages(package: Package, document: _Document, reading: _Reading, name: str, limits: Limits) -> None:
    sheets: list[Page] = []
    listed = [page for part in document.root if name_of(part) == "Pages" for page in part if name_of(page) == "Page"]
    if reading.number + len(listed) > limits.max_pages:
        raise ReadError(
            f"{name}: the OFD has {reading.number + len(listed)} pages and the limit is {limits.max_pages}. "
            "Split it, or raise the limit max_pages."
        )
    for entry in listed:
        beat()
        reading.number += 1
        try:
            page, unseen = _page(package, document, entry.get("BaseLoc") or "", reading, limits)
        except BROKEN:
            reading.unreadable.append(reading.number)
            continue
        sheets.append(page)
        reading.unseen += len(unseen)
        reading.characters += page.characters
        if reading.characters > limits.max_characters:
            raise ReadError(
                f"{name}: holds more than {limits.max_characters:,} characters by page {reading.number}. "
                "Split it, or raise the limit max_characters."
            )
    reading.sheets.append(sheets)


def _page(package: Package, document: _Document, location: str, reading: _Reading, limits: Limits) -> tuple[Page, str]:
    """Return a page, and the text on it that nobody can see; a scan is read by text recognition."""
    path = package.find(location, document.path)
    if path is None:
        raise KeyError(location)
    root = package.xml(path)
    resources = document.resources
    layers: list[Any] = []
    for element in root:
        kind = name_of(element)
        if kind == "PageRes":
            resources = resources.with_part(package, element.text, path)
        elif kind == "Template" and (template := document.templates.get(element.get("TemplateID") or "")):
            layers += (part for part in package.xml(template) if name_of(part) == "Content")
        elif kind == "Content":
            layers.append(element)
    own = page_box(_text(root, "Area", "PhysicalBox"))
    composed = compose_page(layers, resources.composites, own or document.box, reading.number)
    if composed.page.characters or not composed.pictures:
        return composed.page, composed.unseen
    files = ((resources.media[id_], place) for id_, place in composed.pictures if id_ in resources.media)
    image = page_image(((package.read(file), place) for file, place in files), composed.paper, limits)
    if image is None:
        reading.closed.append(reading.number)
        return composed.page, composed.unseen
    return reading.recognition.image(image, reading.number) or composed.page, composed.unseen


def _attachments(package: Package, document: _Document) -> int:
    """Return how many files are attached to a document."""
    path = package.find(_text(document.root, "Attachments") or "", document.path)
    try:
        return sum(name_of(element) == "Attachment" for element in package.xml(path)) if path else 0
    except BROKEN:
        return 0


def _why_empty(reading: _Reading) -> str:
    sheets = [page for document in reading.sheets for page in document]
    where = pages(range(1, reading.number + 1))
    if any(page.garbled for page in sheets):
        return f"the characters on {where} cannot be decoded. Print it to a PDF, or get the file it was made from."
    if any(page.images for page in sheets):
        if reading.recognition.trouble:
            return f"only pictures on {where}, and {reading.recognition.trouble}."
        if reading.closed:
            return f"only pictures on {where}, in a format that cannot be opened. Export it as PDF."
        return f"no text could be made out on {where}. Scan it again, or get the file it was made from."
    if not sheets:
        return f"{where} damaged and not readable. Download or export it again."
    return f"nothing is written on {where}. Check that it is the right file."


def _text(element: Any, *path: str) -> str | None:
    """Return the text of the element at the end of a path of names, whatever their namespace."""
    for name in path:
        element = next((child for child in element if name_of(child) == name), None)
        if element is None:
            return None
    return (element.text or "").strip() or None
