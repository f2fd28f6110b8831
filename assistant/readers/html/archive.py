"""Web page archives (.mht, .mhtml): the page a browser saved in one file, without the pictures beside it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from assistant.errors import ReadError
from assistant.models import Source
from assistant.readers.html import read_page
from assistant.readers.limits import Limits


def read_archive(data: bytes, name: str, _limits: Limits) -> Source:
    """Return the text of the page an archive was made of; raises for what is none, or holds no page."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    page = _page(message)
    if page is None:
        raise ReadError(f"{name}: holds no web page, or is damaged. Save the page again, best as HTML.")
    content = page.get_payload(decode=True)
    stated = page.get("Content-Location") or message.get("Snapshot-Content-Location")
    address = str(stated).strip() if stated else None
    is_link = address is not None and address.startswith(("http://", "https://"))
    body = content if isinstance(content, bytes) else b""
    return read_page(body, name, page.get_content_charset(), address if is_link else None)


def _page(message: EmailMessage) -> EmailMessage | None:
    """Return the part the archive names as its start, else its first page."""
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = (part for part in parts if start and part.get("Content-ID") == start)
    return next(named, parts[0] if parts else None)
