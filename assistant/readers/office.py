"""Documents of older word processors (DOC, WPS, RTF, ODT), converted to DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import ReadError, UnsupportedFormat
from assistant.models import Source
from assistant.readers.docx import read_docx
from assistant.readers.formats import WORDS
from assistant.readers.heartbeat import beat
from assistant.readers.limits import Limits
from assistant.readers.packages import UNREADABLE, Package, check_size

SECONDS = 90.0  # for one document; LibreOffice takes one or two for most
_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_ENCRYPTED = 0x0100  # the flag of a Word file that says so
_TEXT_STREAM = b"\xec\xa5"  # how the main stream of a Word file begins
_SECTOR = 512  # bytes: streams begin at multiples
# A profile of its own for every document: no macros, no links followed, no address reached but one where nobody answers.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Common/Misc", "UseLocking", "false"),
)
_NOWHERE = (("ooInetProxyType", "1"), *((f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
            *((f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")), ("ooInetNoProxy", ""))  # fmt: skip
# The shell ends its whole group as soon as its input closes: when the work is done, takes too long, or this process dies.
_GUARDED = '"$@" & exec >&- 2>&-; read _; kill -9 0'


def read_office(data: bytes, name: str, limits: Limits, kind: str) -> Source:
    """Return the text of a document of some `kind`, a suffix; raises when LibreOffice is missing or cannot open it."""
    if kind in (".doc", ".wps") and _is_encrypted(data):
        raise ReadError(
            f"{name}: the document is locked with a password. "
            "Open it in Word, WPS or LibreOffice and save a copy without one."
        )
    if kind == ".odt":
        _check_package(data, name, limits)
    program = find_program()
    if program is None:
        raise UnsupportedFormat(
            f"{name}: is {WORDS[kind]}, which is read through LibreOffice, and that is not installed. "
            "Install LibreOffice, or open the file in Word or WPS and save it as DOCX."
        )
    converted = _convert(data, kind, program, name)
    source = read_docx(converted, name, limits)
    return replace(source, findings=("converted with LibreOffice", *source.findings))


def find_program() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    found = (shutil.which(name) for name in (*_NAMES, *_ELSEWHERE))
    return next((path for path in found if path), None)


def _is_encrypted(data: bytes) -> bool:
    starts = (at for at in range(_SECTOR, min(len(data), 64 * _SECTOR), _SECTOR) if data[at : at + 2] == _TEXT_STREAM)
    return any(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED for at in starts)


def _check_package(data: bytes, name: str, limits: Limits) -> None:
    try:
        parts = Package(data).parts
    except UNREADABLE as error:
        raise ReadError(f"{name}: the document is damaged or cut off. Download or save it again.") from error
    check_size(parts, name, limits, "Save it again without its pictures.")


def _convert(data: bytes, kind: str, program: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), "utf-8")
        document = folder / f"document{kind}"
        document.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", str(folder / "out"),
            str(document),
        ]  # fmt: skip
        if not _run(command, folder):
            raise ReadError(
                f"{name}: LibreOffice took more than {SECONDS:g} s to convert it and was stopped. "
                "Open it in Word or WPS and save it as DOCX."
            )
        result = folder / "out" / "document.docx"
        if not result.is_file():
            raise ReadError(
                f"{name}: LibreOffice could not open it: it is damaged, locked with a password, or of a kind it does "
                "not know. Open it in Word or WPS and save it as DOCX."
            )
        return result.read_bytes()


def _run(command: Sequence[str], folder: Path) -> bool:
    """Run LibreOffice and return whether it ended in time; whatever it started has ended as well."""
    quiet = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    if os.name == "nt":
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder, env=quiet)  # noqa: S603
        except subprocess.TimeoutExpired:
            return False
        return True
    with subprocess.Popen(  # noqa: S603  # the program found, and paths made here
        ["/bin/sh", "-c", _GUARDED, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=quiet,
        start_new_session=True,
    ) as running:
        ended = _listen(running)
        if running.stdin:
            running.stdin.close()
    return ended


def _listen(running: subprocess.Popen[bytes]) -> bool:
    """Wait until nobody writes to the program's output any more, and return whether that came to pass in time."""
    if running.stdout is None:
        return False
    until = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(running.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            beat()
            if selector.select(min(left, 1.0)) and not os.read(running.stdout.fileno(), 65_536):
                return True
    return False


def _registry() -> str:
    items = [(f"Office.{path}", name, value) for path, name, value in _SETTINGS]
    items += [("Inet/Settings", name, value) for name, value in _NOWHERE]
    written = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in items
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{written}</oor:items>'
