"""Whose each open window of the page is: a window names itself, and only who opened it may go on with it."""

from __future__ import annotations

import json
from collections import OrderedDict

from starlette.requests import Request
from starlette.types import Message, Receive

MOST = 20_000  # windows remembered; of more the oldest are long closed
LARGEST = 5_000_000  # bytes of what a window sends
# What the page does not use, and what would hand out files or results without asking whose they are.
_CLOSED = (
    "file",
    "upload",
    "upload_progress",
    "stream",
    "call",
    "proxy",
    "component_server",
    "run-history",
    "runs",
    "dev",
)
_API = "/gradio_api/"


class Windows:
    """The windows that signed-in people have opened."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    async def checked(self, request: Request, name: str) -> tuple[Receive, bool]:
        """Return what the request is to be read with, and whether it is about the sender's own window, or about none."""
        path = request.url.path
        if not path.startswith(_API):
            return request.receive, True
        first, _, rest = path.removeprefix(_API).partition("/")
        if first.partition("=")[0] in _CLOSED:
            return request.receive, False
        receive, body = await _read(request) if request.method == "POST" else (request.receive, b"")
        named = [
            request.query_params.get("session_hash"),
            _named(body),
            rest.partition("/")[0] if first == "heartbeat" else None,
        ]
        return receive, all(self._is_own(window, name) for window in named if window)

    def _is_own(self, window: str, name: str) -> bool:
        owner = self._owners.setdefault(window, name)
        self._owners.move_to_end(window)
        if len(self._owners) > MOST:
            self._owners.popitem(last=False)
        return owner == name


async def _read(request: Request) -> tuple[Receive, bytes]:
    """Return the body, and what gives it out once more to whoever reads the request next."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            break
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await request.receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again, body


def _named(body: bytes) -> str | None:
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    window = sent.get("session_hash") if isinstance(sent, dict) else None
    return window if isinstance(window, str) else None
