"""A web server of our own that speaks https for hosts that do not exist, and serves pages good and bad."""

from __future__ import annotations

import contextlib
import ssl
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import FetchError
from assistant.fetching import Downloader, Limits

HOST, OTHER, FOREIGN = "www.policy.gov.cn", "files.policy.gov.cn", "www.gov.example"
PAGE = "<html><body><p>第一条　企业应当接纳学生实习。</p></body></html>"
Route = Callable[["Request"], None]


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    host: str
    path: str
    headers: dict[str, str]


class Request(BaseHTTPRequestHandler):
    """Answers by the route of its path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name that http.server calls
        site: Site = self.server.site  # type: ignore[attr-defined]
        headers = {key.lower(): value for key, value in self.headers.items()}
        site.asked.append(Asked(headers.get("host", ""), self.path, headers))
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client has had enough
            site.routes.get(self.path, lambda request: request.reply(404, b"nothing here"))(self)

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer; an underscore in the name of a header stands for a hyphen."""
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@dataclass
class Site:
    """The server, what it serves, and what it was asked."""

    port: int = 0
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    certificate: Path = Path()

    def serve(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Serve a body at a path; return its address."""
        content = body.encode() if isinstance(body, str) else body
        typed = {"Content_Type": "text/html; charset=utf-8", **headers}
        self.routes[path] = lambda request: request.reply(status, content, **typed)
        return f"https://{HOST}{path}"

    def answer(self, path: str, route: Route) -> str:
        """Answer at a path in a way of its own; return its address."""
        self.routes[path] = route
        return f"https://{HOST}{path}"

    def downloader(self, limits: Limits | None = None, *, pause: float = 0, trusted: bool = True) -> Downloader:
        """A downloader that finds this server under every host, and takes its certificate for good."""
        context = ssl.create_default_context(cafile=self.certificate) if trusted else None
        return Downloader(
            ("gov.cn",),
            pause=pause,
            limits=limits or Limits(),
            resolver=lambda _host, _port: [("127.0.0.1", self.port)],
            public=lambda _address: True,
            context=context,
        )


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for two hosts, and its key."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=test",
    ]
    names = ["-addext", f"subjectAltName=DNS:{HOST},DNS:{OTHER}", "-addext", "basicConstraints=critical,CA:TRUE"]
    subprocess.run([*command, *names, "-out", chain, "-keyout", key], check=True, capture_output=True)
    return chain, key


def started(chain: Path, key: Path) -> tuple[ThreadingHTTPServer, Site]:
    """Start a server on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    # Shaking hands in the thread of the request, so that a client that breaks off holds up nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site = Site(server.server_address[1], certificate=chain)
    server.site = site  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server, site


def refused(site: Site, url: str, part: Path, limits: Limits | None = None) -> str:
    """The words in which a download is refused."""
    with pytest.raises(FetchError) as error:
        site.downloader(limits).download(url, part)
    return str(error.value)
