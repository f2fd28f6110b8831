"""The door before the whole page: where there are accounts, nothing but the login answers whoever is not signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.accounts import Account, Accounts
from assistant.app.web import login
from assistant.app.web.sessions import Failures, Sessions
from assistant.app.web.windows import Windows
from assistant.config import WebSettings

ACCOUNT = "assistant.account"  # where in a request's scope it stands who sent it; no header can say so
_COOKIE, _WHO = "assistant_session", "assistant_who"
_LARGEST = 10_000  # bytes of a login form
_LONGEST_ID = 40  # characters
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Lets through what a signed-in person sends, and says who that is; everything else meets the login."""

    def __init__(self, app: ASGIApp, accounts: Accounts, settings: WebSettings) -> None:
        self._app, self._accounts = app, accounts
        self._sessions = Sessions(accounts, settings.session_hours, settings.idle_minutes)
        self._failures, self._windows = Failures(), Windows()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # the page needs none
            return
        request = Request(scope, receive)
        account = self._sessions.account(request.cookies.get(_COOKIE, ""))
        answer = await self._own(request, account)
        if answer is None and account is None:
            wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
            answer = (
                RedirectResponse(_address(request), 303) if wants_page else PlainTextResponse("Sign in first.", 401)
            )
        if answer is None and not _is_from_here(request):
            answer = PlainTextResponse("Sent from another site.", 403)
        if answer is None and account is not None:
            scope[ACCOUNT] = account
            receive, owned = await self._windows.checked(request, account.name)
            answer = None if owned else PlainTextResponse("This is somebody else's.", 403)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, _unkept(send))

    async def _own(self, request: Request, account: Account | None) -> Response | None:
        """The answer to what is about signing in and out; None for everything else."""
        match request.method, request.url.path.rstrip("/"):
            case "GET", "/login":
                return (
                    RedirectResponse("/", 303)
                    if account
                    else HTMLResponse(login.page(_language(request), answer=_answer(request)))
                )
            case "POST", "/login":
                return await self._sign_in(request)
            case "POST", "/logout":
                return self._sign_out(request)
            case _, "/login" | "/logout":
                return PlainTextResponse("Not this way.", 405)
        return None

    async def _sign_in(self, request: Request) -> Response:
        language = _language(request)
        if not _is_from_here(request):
            return PlainTextResponse("Sent from another site.", 403)
        form = await _form(request)
        name, password = form.get("name", "").strip(), form.get("password", "")
        keys = (f"name {name.casefold()}", f"address {request.client.host if request.client else ''}")
        if not self._failures.note(*keys):
            return HTMLResponse(login.page(language, login.Problem.TOO_MANY, name, _answer(request)), 429)
        # A hash is slow on purpose, and others are being answered meanwhile.
        account = await run_in_threadpool(self._accounts.verified, name, password)
        if account is None:
            return HTMLResponse(login.page(language, login.Problem.WRONG, name, _answer(request)), 401)
        self._failures.forget(*keys)
        answer = RedirectResponse(_target(request), 303)
        safe: dict[str, Any] = {"samesite": "strict", "secure": request.url.scheme == "https"}
        answer.set_cookie(_COOKIE, self._sessions.begin(account), httponly=True, **safe)
        answer.set_cookie(_WHO, hashlib.sha256(account.name.encode()).hexdigest()[:12], **safe)
        return answer

    def _sign_out(self, request: Request) -> Response:
        if not _is_from_here(request):
            return PlainTextResponse("Sent from another site.", 403)
        self._sessions.end(request.cookies.get(_COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(_COOKIE)
        answer.delete_cookie(_WHO)
        return answer


def _unkept(send: Send) -> Send:
    """Send on; the browser keeps nothing of the page itself, which after signing out "back" would show again."""

    async def unkept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return unkept


def _is_from_here(request: Request) -> bool:
    """Whether what changes something was sent by a page of ours: browsers say so, and others' programs hold no cookie.

    Where a browser says it in so many words, Origin tells no more: our pages send no referrer, and so it is "null".
    """
    if request.method in _READING:
        return True
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


async def _form(request: Request) -> Mapping[str, str]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            return {}
    return {key: values[-1] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _language(request: Request) -> str:
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "zh")
    return "en" if asked.lower().startswith("en") else "zh"


def _answer(request: Request) -> str:
    """The id of the answer that a link leads to; nothing else that stands in an address is passed on."""
    answer = request.query_params.get("answer", "")
    return answer if answer.isalnum() and len(answer) <= _LONGEST_ID else ""


def _address(request: Request) -> str:
    return f"/login?answer={answer}" if (answer := _answer(request)) else "/login"


def _target(request: Request) -> str:
    return f"/?answer={answer}" if (answer := _answer(request)) else "/"
