"""Serving the page on this machine, and only there."""

from __future__ import annotations

import contextlib
import gc
import socket
import webbrowser
from importlib.resources import files

import gradio as gr
import typer
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.accounts import Accounts
from assistant.app.web import documents_upload, page_images
from assistant.app.web.answering import Assistant
from assistant.app.web.guard import Guard
from assistant.app.web.page import build, theme
from assistant.config import WebSettings
from assistant.errors import ConfigError

LOOPBACK = ("127.0.0.1", "localhost")
_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104  # to listen on, not to be called by
_STYLES = (
    "style.css",
    "account.css",
    "library.css",
    "insight.css",
    "talk.css",
    "eligibility.css",
    "paper.css",
    "documents.css",
)
# Python looks for unused rings of values whenever so many new ones are held, and by default so often that it takes a
# tenth of each answer, as what an index holds is looked through with them.
_SOUGHT_AFTER = (20_000, 20, 50)
_SCRIPTS = ("page.js", "paper.js")
# The browser itself is told to fetch nothing from elsewhere. Gradio evaluates its templates, hence 'unsafe-eval'.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(
    assistant: Assistant, accounts: Accounts | None = None, settings: WebSettings | None = None, host: str = LOOPBACK[0]
) -> FastAPI:
    """Return the web app as an ASGI application.

    It answers under the addresses of this machine, under `host` and under those of the settings. With accounts nothing
    but the login answers whoever is not signed in.
    """
    settings = settings or WebSettings()
    folder = files("assistant.app.web")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(page_images.routes(assistant))
    app.include_router(documents_upload.routes(assistant))
    gr.mount_gradio_app(
        app,
        build(assistant),
        path="/",
        server_name=LOOPBACK[0],
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",  # files have a way of their own: documents_upload
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=theme(),
        css="".join((folder / name).read_text("utf-8") for name in _STYLES),
        head="".join(f"<script>{(folder / name).read_text('utf-8')}</script>" for name in _SCRIPTS),
    )
    if accounts:
        app.add_middleware(Guard, accounts=accounts, settings=settings)
    app.add_middleware(_Headers)
    names = {*LOOPBACK, *settings.hosts, *({host} - _EVERY)}
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=sorted(names))  # no other site may pose as this one
    return app


def listen(host: str = LOOPBACK[0], port: int = 7860, *, has_login: bool = False) -> socket.socket:
    """Take a port of this machine, 0 for any that is free, so that the page can be served there.

    Raises ConfigError for a port that is taken, and without a login for a host that others can reach.
    """
    if host not in LOOPBACK and not has_login:
        raise ConfigError(
            f"{host} can be reached from other machines, and this page has no login. Use 127.0.0.1, the default, or "
            "say who may sign in: `assistant users add NAME --role administrator`."
        )
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # only now is the port really ours; who asks before the page is ready waits
    except OSError as error:
        listener.close()
        raise ConfigError(f"Port {port} cannot be used ({error.strerror}). Choose another one.") from error
    return listener


def serve(
    assistant: Assistant,
    listener: socket.socket,
    open_browser: bool = True,
    accounts: Accounts | None = None,
    settings: WebSettings | None = None,
) -> None:
    """Serve the page until interrupted, and open it in a browser once it answers."""
    gc.set_threshold(*_SOUGHT_AFTER)
    host, port = listener.getsockname()[:2]
    app = application(assistant, accounts, settings, host)
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how one leaves
        PageServer(app, f"http://{f'[{host}]' if ':' in host else host}:{port}", open_browser).run(sockets=[listener])


class PageServer(uvicorn.Server):
    """uvicorn that says where the page is as soon as it answers."""

    def __init__(self, app: FastAPI, address: str, open_browser: bool) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning"))
        self._address = address
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        typer.echo(f"The assistant is at {self._address} (stop with Ctrl+C).", err=True)
        if self._open_browser:
            webbrowser.open(self._address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in self.server_state.connections:
            connection.transport.close()  # an open page holds one for ever; waiting for it would never end
        await super().shutdown(sockets)


class _Headers:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
