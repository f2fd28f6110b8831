"""Fixtures every part of the suite shares: the law texts, a real browser, and a network that is off."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import assistant

ORIGINALS = Path(__file__).parents[2] / "shared" / "originals"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

PrintPdf = Callable[..., Path]


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine."""


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):  # a Unix socket is named by a path
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test leave this machine: loopback and Unix sockets work, everything else raises."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if not _is_local(address):
            raise NetworkBlockedError(f"a test tried to connect to {address}; the suite runs without a network")
        connect(self, address)  # type: ignore[arg-type]  # checked above, the caller's own address otherwise

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        if not _is_local(address):
            raise NetworkBlockedError(f"a test tried to connect to {address}; the suite runs without a network")
        return connect_ex(self, address)  # type: ignore[arg-type]

    def guarded_getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_local((name,)):
            raise NetworkBlockedError(f"a test tried to look up {name}; the suite runs without a network")
        return getaddrinfo(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder with the full law texts; skips where it is absent, as the texts are never committed."""
    if not ORIGINALS.is_dir():
        pytest.skip("the full law texts are not here (expected in ../shared/originals)")
    return ORIGINALS


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real Chromium; where CI is set a missing one is a failure, elsewhere a skip."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    reason = f"no browser found (looked for {', '.join(BROWSERS)}); install the chromium package"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def print_pdf(chromium: str) -> PrintPdf:
    """A function `(html, path, header_footer=False) -> path` that prints HTML to a PDF as a browser's user would."""

    def print_(html: str, path: Path, header_footer: bool = False) -> Path:
        with tempfile.TemporaryDirectory() as scratch:  # its own profile, so that tests may print at the same time
            page = Path(scratch) / "page.html"
            page.write_text(html, encoding="utf-8")
            command = [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                f"--user-data-dir={scratch}/profile",
                f"--print-to-pdf={path}",
                *([] if header_footer else ["--no-pdf-header-footer"]),
                page.as_uri(),
            ]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode or not path.exists():
            pytest.fail(f"{chromium} printed nothing: {done.stderr[-2000:]}")
        return path

    return print_


@pytest.fixture(scope="session")
def print_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A function that prints a Word document to a PDF beside it, as an office program does."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        reason = "LibreOffice is not installed; install the package libreoffice-writer"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    profile = tmp_path_factory.mktemp("office")  # its own, so that tests may print at the same time

    def print_(path: Path) -> Path:
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", str(path.parent), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        printed = path.with_suffix(".pdf")
        if not printed.exists():
            pytest.fail(f"{program} printed nothing: {done.stderr[-2000:]}")
        return printed

    return print_


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the starter corpus, built once; a test that changes it copies it first."""
    home = tmp_path_factory.mktemp("starter") / "home"
    with assistant.Assistant.open(home) as opened:
        report = opened.init()
    assert report is not None
    assert not report.failed, [o for o in report.outcomes if o.reason]
    return home
