"""What kind of document some bytes are, and what is kept of it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from assistant import readers
from assistant.errors import FetchError
from assistant.fetching import Download, Form, Originals, form_of


def archive(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, "x")
    return packed.getvalue()


PAGE = b"<!DOCTYPE html><html><body>text</body></html>"


@pytest.mark.parametrize(
    ("content", "called", "form"),
    [
        (PAGE, "text/html; charset=gb2312", Form.HTML),
        (b"\xef\xbb\xbf\r\n" + PAGE, "TEXT/HTML", Form.HTML),
        ("<html><body>办法</body></html>".encode("utf-16"), "", Form.HTML),
        (b"<?xml version='1.0'?><html><body>text</body></html>", "application/xhtml+xml", Form.HTML),
        (b"%PDF-1.7\n", "application/pdf", Form.PDF),
        (b"\n%PDF-1.4\n", "application/octet-stream", Form.PDF),
        (archive("word/document.xml"), "application/octet-stream", Form.DOCX),
        (archive("word/document.xml"), "application/msword", Form.DOCX),  # a .docx under the name .doc
        (archive("OFD.xml"), "application/octet-stream", Form.OFD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", Form.DOC),
        (b"{\\rtf1 a}", "application/msword", Form.RTF),
    ],
)
def test_the_bytes_say_what_a_document_is(tmp_path: Path, content: bytes, called: str, form: Form) -> None:
    (tmp_path / "a").write_bytes(content)
    assert form_of(tmp_path / "a", called) is form


@pytest.mark.parametrize(
    ("content", "called", "words"),
    [
        (PAGE, "application/pdf", "what came is a web page though the server calls it a PDF"),
        (b"%PDF-1.7\n", "text/html", "what came is a PDF though the server calls it a web page"),
        (archive("OFD.xml"), "application/pdf", "what came is an OFD document though the server calls it a PDF"),
        (archive("a.txt"), "application/zip", "what came is an archive"),
        (b"\x89PNG\r\n", "image/png", "what came is a picture"),
        (b'{"code": 403}', "application/json", "what came is data for programs (JSON)"),
        (b"plain words", "text/html", "what came is neither a web page nor a PDF"),
        (b"<svg></svg>", "text/html", "what came is neither a web page nor a PDF"),
    ],
)
def test_what_is_no_document_or_not_the_one_it_is_called_is_refused(
    tmp_path: Path, content: bytes, called: str, words: str
) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(FetchError) as error:
        form_of(tmp_path / "a", called)
    assert str(error.value).startswith(words)


def test_every_form_has_a_reader() -> None:
    assert {f".{form}" for form in Form} <= readers.SUFFIXES


def kept(home: Path, content: bytes, form: Form) -> None:
    originals = Originals(home)
    part = originals.part("rules-2024")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(content)
    download = Download("https://a.gov.cn/b", part, "text/html", len(content), hashlib.sha256(content).hexdigest())
    originals.keep("rules-2024", download, "http://a.gov.cn/a", form)


def test_an_original_is_kept_as_it_came_with_address_day_and_checksum(tmp_path: Path) -> None:
    kept(tmp_path, PAGE, Form.HTML)
    original = Originals(tmp_path).get("rules-2024")
    assert original is not None
    assert Originals(tmp_path).path(original).read_bytes() == PAGE
    assert (original.url, original.asked) == ("https://a.gov.cn/b", "http://a.gov.cn/a")
    assert (original.sha256, original.size) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))
    note = json.loads((tmp_path / "originals" / "rules-2024" / "original.json").read_text("utf-8"))
    assert note["fetched"][:10].count("-") == 2
    assert Originals(tmp_path).get("another") is None


def test_a_new_original_takes_the_place_of_the_old_in_another_form_too(tmp_path: Path) -> None:
    kept(tmp_path, PAGE, Form.HTML)
    kept(tmp_path, b"%PDF-1.7\n", Form.PDF)
    names = sorted(path.name for path in (tmp_path / "originals" / "rules-2024").iterdir())
    assert names == ["original.json", "original.pdf"]


def test_an_original_that_was_changed_on_the_disk_is_none(tmp_path: Path) -> None:
    kept(tmp_path, PAGE, Form.HTML)
    (tmp_path / "originals" / "rules-2024" / "original.html").write_bytes(PAGE + b" ")
    assert Originals(tmp_path).get("rules-2024") is None
    kept(tmp_path, PAGE, Form.HTML)
    (tmp_path / "originals" / "rules-2024" / "original.json").write_text("{", "utf-8")
    assert Originals(tmp_path).get("rules-2024") is None
