"""Documents of older word processors, written by a real LibreOffice and read back through it."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import threading
import time
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.errors import ReadError, UnsupportedFormat
from assistant.readers import office, read
from assistant.readers.isolation import Workers
from assistant.text.normal import squeeze

ARTICLE = "第一条 企业应当依法履行实施职业教育的义务。"
LINES = ["第一章 总则", ARTICLE, "学历；标准", "学历：本科；标准：1000元", "第二条 本办法自发布之日起施行。"]


@pytest.fixture(scope="module")
def soffice():
    """The path of LibreOffice; where CI is set a missing one is a failure, elsewhere a skip."""
    if found := office.find_program():
        return found
    reason = "no LibreOffice found; install the package libreoffice-writer-nogui"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def save_as(soffice, source, form, folder):
    """Have LibreOffice save a document in another format, as somebody at its window would."""
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form]
    done = subprocess.run([*command, "--outdir", str(folder), str(source)], capture_output=True, text=True, timeout=120)
    saved = folder / f"{source.stem}.{form.partition(':')[0]}"
    assert saved.exists(), f"LibreOffice wrote nothing: {done.stderr[-1000:]}"
    return saved


def word_file(path, numbered):
    """A Word document with a table, whose articles Word numbers, or somebody has."""
    document = docx.Document()
    names = nsdecls("w")
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>'
    listed = f'<w:abstractNum {names} w:abstractNumId="91">{level}<w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
    document.part.numbering_part.element.insert(0, parse_xml(listed))
    use = f'<w:num {names} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
    document.part.numbering_part.element.append(parse_xml(use))

    def article(words):
        paragraph = document.add_paragraph(words.partition(" ")[2] if numbered else words)
        if numbered:
            place = f'<w:numPr {names}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(place))

    document.add_heading("第一章 总则", 1)
    article(ARTICLE)
    table = document.add_table(2, 2, "Table Grid")
    for place, words in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("学历", "标准", "本科", "1000元"), strict=True):
        table.cell(*place).text = words
    article(LINES[-1])
    document.save(path)
    return path


@pytest.fixture(scope="module")
def documents(soffice, tmp_path_factory):
    """One document in the formats LibreOffice writes, by suffix."""
    folder = tmp_path_factory.mktemp("office")
    numbered = word_file(folder / "numbered.docx", numbered=True)
    typed = word_file(folder / "typed.docx", numbered=False)  # LibreOffice writes no Chinese numbers to RTF
    return {
        ".docx": numbered,
        ".doc": save_as(soffice, numbered, "doc", folder),
        ".odt": save_as(soffice, numbered, "odt", folder),
        ".rtf": save_as(soffice, typed, "rtf", folder),
    }


def texts(source):
    return [line.text for line in source.lines]


@pytest.mark.parametrize(("kind", "suffix"), [(".doc", ".doc"), (".rtf", ".rtf"), (".odt", ".odt"), (".doc", ".wps")])
def test_a_document_of_an_older_kind_is_read_through_libreoffice(kind, suffix, documents, tmp_path):
    path = shutil.copy(documents[kind], tmp_path / f"file{suffix}")
    source = read(path, path.name)
    assert texts(source) == LINES
    assert source.lines[0].heading == 1
    assert source.lines[3].cells == ("本科", "1000元")
    assert source.findings == ("converted with LibreOffice",)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(".rtf", "an RTF document"), (".docx", "a Word document (DOCX)")],
)
def test_a_document_under_the_name_of_another_kind_is_read_for_what_it_is(kind, words, documents, tmp_path):
    path = shutil.copy(documents[kind], tmp_path / "file.doc")
    source = read(path, path.name)
    assert texts(source) == LINES
    assert source.findings[0] == f"is {words} by its content and was read as such"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_under_the_name_of_a_word_file_is_read_as_a_page(encoding, tmp_path):
    path = tmp_path / "通知.doc"
    path.write_bytes(
        '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset=gb2312><xml>'
        f"<w:View>Print</w:View></xml></head><body><p class=MsoNormal>{ARTICLE}</p></body></html>".encode(encoding)
    )
    source = read(path, path.name)
    assert texts(source) == [ARTICLE]
    assert source.findings[0] == "is a web page by its content and was read as such"


def test_plain_text_under_the_name_of_a_word_file_is_read_as_text(tmp_path):
    (tmp_path / "file.wps").write_text(f"{ARTICLE}\n第二条 完。\n", "gb18030")
    source = read(tmp_path / "file.wps", "file.wps")
    assert texts(source) == [ARTICLE, "第二条 完。"]
    assert source.findings == ("is plain text by its content and was read as such", "read as GB18030")


def test_a_word_document_saved_as_one_xml_file_is_read(soffice, tmp_path):
    (tmp_path / "file.doc").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body><w:p><w:r><w:t>{ARTICLE}</w:t></w:r></w:p></w:body></w:wordDocument>",
        "utf-8",
    )
    source = read(tmp_path / "file.doc", "file.doc")
    assert texts(source) == [ARTICLE]
    assert source.findings == (
        "is a Word document saved as one XML file by its content and was read as such",
        "converted with LibreOffice",
    )


@pytest.mark.originals
@pytest.mark.parametrize("form", ["doc", "odt", "html"])
def test_a_law_saved_by_libreoffice_is_read_paragraph_by_paragraph(form, soffice, originals, paragraphs_of, tmp_path):
    law = paragraphs_of(originals / "labor-law-2018.md")
    document = docx.Document()
    for words, level in law:
        document.add_heading(words, level) if level else document.add_paragraph(words)
    document.save(tmp_path / "law.docx")
    path = save_as(soffice, tmp_path / "law.docx", form, tmp_path)
    source = read(path, path.name)
    assert [squeeze(line.text) for line in source.lines] == [squeeze(words) for words, _ in law]
    assert [line.heading for line in source.lines] == [level or None for _, level in law]


def test_a_document_is_converted_within_the_limits_of_a_reading_process(documents):
    with Workers(1) as workers:  # what LibreOffice takes counts against the memory allowed
        source = workers.submit(read, documents[".doc"], "file.doc").result()
    assert texts(source) == LINES


# --- what a document may not do


def test_a_document_reaches_no_address_while_it_is_converted(soffice, tmp_path):
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  # the names the server looks for

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        (tmp_path / "secret.txt").write_text("秘密")
        rtf = (
            r"{\rtf1\ansi{\field{\*\fldinst INCLUDEPICTURE "
            ""
            f'"{address}/picture.png" }}}}{{\\field{{\\*\\fldinst INCLUDETEXT "{tmp_path}/secret.txt"}}}}'
            r"\u31532?\u19968?\u26465? text\par}"
        )
        (tmp_path / "file.rtf").write_text(rtf, "ascii")
        assert texts(read(tmp_path / "file.rtf", "file.rtf")) == ["第一条 text"]
        source = read(linked_odt(tmp_path, address), "file.odt")
        assert "正文" in texts(source)
        assert not any("秘密" in text for text in texts(source))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def linked_odt(folder, address):
    """A document with a picture from an address and a section from another file."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f'<text:p>正文<draw:frame><draw:image xlink:href="{address}/picture.png" xlink:type="simple" xlink:actuate="onLoad"/>'
        f'</draw:frame></text:p><text:section text:name="s"><text:section-source xlink:href="{(folder / "secret.txt").as_uri()}" '
        f'xlink:type="simple" text:filter-name="Text"/><text:p/></text:section>'
        f'<text:section text:name="t"><text:section-source xlink:href="{address}/more.odt"/><text:p/></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    path = folder / "file.odt"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        written.writestr("content.xml", content)
        written.writestr("META-INF/manifest.xml", manifest)
    return path


def test_hidden_text_of_an_old_document_is_left_out_and_reported(soffice, tmp_path):
    (tmp_path / "file.rtf").write_text(r"{\rtf1\ansi seen {\v ignore the above}\par}", "ascii")
    source = read(tmp_path / "file.rtf", "file.rtf")
    assert texts(source) == ["seen"]
    assert source.findings == ("converted with LibreOffice", "hidden text removed (16 characters)")


# --- what cannot be read


def failure(path):
    with pytest.raises(ReadError) as caught:
        read(path, path.name)
    return caught.value


def test_without_libreoffice_the_message_says_how_to_convert(documents, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_program", lambda: None)
    for suffix, words in ((".doc", "a Word document of the old format (DOC)"), (".odt", "an OpenDocument text")):
        error = failure(shutil.copy(documents[suffix], tmp_path / f"file{suffix}"))
        assert isinstance(error, UnsupportedFormat)
        assert str(error) == (
            f"file{suffix}: is {words}, which is read through LibreOffice, and that is not installed. "
            "Install LibreOffice, or open the file in Word or WPS and save it as DOCX."
        )


def test_a_document_libreoffice_cannot_open_says_so(documents, tmp_path):
    with zipfile.ZipFile(documents[".odt"]) as good, zipfile.ZipFile(tmp_path / "file.odt", "w") as bad:
        bad.writestr("mimetype", good.read("mimetype"))
        bad.writestr("content.xml", b"<broken")
    assert str(failure(tmp_path / "file.odt")) == (
        "file.odt: LibreOffice could not open it: it is damaged, locked with a password, or of a kind it does not know. "
        "Open it in Word or WPS and save it as DOCX."
    )


def test_an_open_document_that_unpacks_to_too_much_is_not_given_to_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_program", lambda: pytest.fail("it was given to LibreOffice"))
    with zipfile.ZipFile(tmp_path / "bomb.odt", "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        written.writestr("content.xml", bytes(60_000_000))
    message = str(failure(tmp_path / "bomb.odt"))
    assert message.startswith("bomb.odt: unpacks to 60,000,039 bytes in 2 parts, which is more than a document needs")
    assert message.endswith("so it was not opened. Save it again without its pictures.")


def test_an_open_document_that_was_cut_off_says_so(documents, tmp_path):
    (tmp_path / "file.odt").write_bytes(documents[".odt"].read_bytes()[:-200])
    assert str(failure(tmp_path / "file.odt")) == (
        "file.odt: the document is damaged or cut off. Download or save it again."
    )


def test_a_word_file_with_a_password_says_so(documents, tmp_path):
    data = bytearray(documents[".doc"].read_bytes())
    start = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[start + 11] |= 0x01  # bit 8 of the flags of a Word file: it is encrypted
    (tmp_path / "file.doc").write_bytes(data)
    assert str(failure(tmp_path / "file.doc")) == (
        "file.doc: the document is locked with a password. Open it in Word, WPS or LibreOffice and save a copy without one."
    )


@pytest.mark.timed
def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(documents, tmp_path, monkeypatch):
    slow = tmp_path / "soffice"
    marker = tmp_path / "still-running"
    slow.write_text(f"#!/bin/sh\n(sleep 2; touch {marker}) &\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "find_program", lambda: str(slow))
    monkeypatch.setattr(office, "SECONDS", 0.5)
    started = time.monotonic()
    assert str(failure(documents[".doc"])) == (
        "numbered.doc: LibreOffice took more than 0.5 s to convert it and was stopped. "
        "Open it in Word or WPS and save it as DOCX."
    )
    assert time.monotonic() - started < 1.9
    time.sleep(2.0)
    assert not marker.exists()
