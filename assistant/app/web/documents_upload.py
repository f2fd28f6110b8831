"""Where a file that is added arrives: one request for each, answered when it has been read."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import gradio as gr
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.app.reading_words import reason_in
from assistant.app.uploads import SUFFIXES, Uploads, is_readable
from assistant.app.web.answering import Assistant
from assistant.app.web.documents_texts import DocumentsTexts, documents_texts
from assistant.app.web.reader import Role, reader, seen
from assistant.errors import InstallationBusy
from assistant.pipeline.report import Change

logger = logging.getLogger(__name__)

PATH = "documents/files"
HEADER = "X-From-Page"  # which a form of another site cannot send
AT_ONCE = 100  # files in one go


def may_add(role: Role) -> bool:
    """Whether somebody of a role may add documents."""
    return role in (Role.EDITOR, Role.ADMINISTRATOR)


def routes(assistant: Assistant) -> APIRouter:
    """Return the address that files are sent to; whether somebody may send them is looked at for each."""
    router = APIRouter()

    @router.post(f"/{PATH}")
    async def add(
        request: Request, name: Annotated[str, Query(min_length=1, max_length=2_000)], language: str = "zh"
    ) -> JSONResponse:
        t, asked = documents_texts(language), gr.Request(request)
        if HEADER not in request.headers or not may_add(reader(asked).role):
            return _told(Change.FAILED, t.not_allowed, 403)
        uploads = seen(assistant, asked).uploads
        if problem := await run_in_threadpool(_refused, uploads, name, t):
            return _told(Change.FAILED, problem)
        try:
            with uploads.arriving() as file:
                size = 0
                async for part in request.stream():
                    size += len(part)
                    if size > uploads.limit:
                        return _told(Change.FAILED, t.too_large.format(mb=uploads.limit // 1_000_000), 413)
                    file.write(part)
                file.close()
                outcome = await run_in_threadpool(uploads.take, Path(file.name), name)
        except InstallationBusy:
            return _told(Change.FAILED, t.busy)
        except Exception:  # the page must outlive any fault of one file
            logger.exception("A file could not be taken in")
            return _told(Change.FAILED, t.failed)
        reason = reason_in(t.language, outcome.reason) if outcome.status is Change.FAILED else ""
        return _told(
            outcome.status, f"{t.outcomes[outcome.status]}{_BEFORE[t.language]}{reason}" if reason else "", t=t
        )

    return router


_BEFORE = {"zh": "：", "en": ": "}


def _refused(uploads: Uploads, name: str, t: DocumentsTexts) -> str:
    """Why a file is not even read; empty where it is."""
    if not is_readable(name):
        return t.unknown_kind.format(kinds=" ".join(sorted(SUFFIXES)))
    held = uploads.all()
    if len(held) >= uploads.most and all(upload.name != name for upload in held):
        return t.full.format(count=len(held))
    return ""


def _told(status: Change, message: str, code: int = 200, t: DocumentsTexts | None = None) -> JSONResponse:
    told = message or (t.outcomes[status] if t else "")
    return JSONResponse({"status": status, "message": told}, code)
