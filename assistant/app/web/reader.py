"""Who is reading a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr

from assistant.app.accounts import Role
from assistant.app.web.guard import ACCOUNT

if TYPE_CHECKING:
    from assistant.app.web.answering import Assistant


__all__ = ["Reader", "Role", "reader", "seen"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is reading; without a login nobody has a name."""

    name: str
    role: Role


def reader(request: gr.Request) -> Reader:
    """Return who sent a request; without accounts the page answers this machine alone, to whoever keeps the installation."""
    sent = getattr(request, "request", None)
    if sent is None:
        return Reader("", Role.READER)  # nobody knows who: the least that anybody may
    account = sent.scope.get(ACCOUNT)
    return Reader(account.name, account.role) if account else Reader("", Role.ADMINISTRATOR)


def seen(assistant: Assistant, request: gr.Request) -> Assistant:
    """Return an assistant as whoever sent a request sees it: with that reader's own documents, and nobody else's."""
    return assistant.seen_by(reader(request).name or None)
