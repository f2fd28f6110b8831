"""Serving the page on this machine, and only there."""

from __future__ import annotations

import contextlib
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

from assistant.app.web.ask import Assistant
from assistant.app.web.page import build, theme
from assistant.errors import ConfigError

LOOPBACK = ("127.0.0.1", "localhost")
_STYLES = ("style.css", "library.css")
# The browser itself is told to fetch nothing from elsewhere. Gradio evaluates its templates, hence 'unsafe-eval'.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(assistant: Assistant) -> FastAPI:
    """Return the web app as an ASGI application that answers loopback addresses only."""
    folder = files("assistant.app.web")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        app,
        build(assistant),
        path="/",
        server_name=LOOPBACK[0],
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",  # nothing is uploaded through this page
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=theme(),
        css="".join((folder / name).read_text("utf-8") for name in _STYLES),
        head=f"<script>{(folder / 'page.js').read_text('utf-8')}</script>",
    )
    app.add_middleware(_Headers)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))  # no other site may pose as this one
    return app


def listen(host: str = LOOPBACK[0], port: int = 7860) -> socket.socket:
    """Take a port of this machine, 0 for any that is free, so that the page can be served there.

    Raises ConfigError for a host that is not this machine's own, and for a port that is taken.
    """
    if host not in LOOPBACK:
        raise ConfigError(
            f"{host} can be reached from other machines, and this page has no login. Use 127.0.0.1, the default."
        )
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # only now is the port really ours; who asks before the page is ready waits
    except OSError as error:
        listener.close()
        raise ConfigError(f"Port {port} cannot be used ({error.strerror}). Choose another one.") from error
    return listener


def serve(assistant: Assistant, listener: socket.socket, open_browser: bool = True) -> None:
    """Serve the page until interrupted, and open it in a browser once it answers."""
    host, port = listener.getsockname()
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how one leaves
        PageServer(application(assistant), f"http://{host}:{port}", open_browser).run(sockets=[listener])


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
