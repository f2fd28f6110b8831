"""Files that cannot be read: each fails with one message that says what, why and what to do."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib

import docx
import ofd_files
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import NoTextFound, ReadError, UnsupportedFormat
from assistant.readers import SUFFIXES, Limits, read, read_jsonl

SMALL = Limits(max_bytes=1_000, max_pages=2, max_characters=100)


def failure(path, name=None, limits=None):
    with pytest.raises(ReadError) as caught:
        read(path, name or path.name, *([limits] if limits else []))
    return caught.value


@pytest.fixture(scope="module")
def letter(page, print_pdf, tmp_path_factory):
    """A PDF of three pages made by a real browser."""
    body = "".join(f'<p style="break-after:page">第{number}条 学校与企业合作。</p>' for number in "一二三")
    return print_pdf(page(body), tmp_path_factory.mktemp("letter") / "letter.pdf")


def png(width=40, height=40):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x40" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture():
    return f'<img style="width:300px;height:400px" src="data:image/png;base64,{base64.b64encode(png()).decode()}">'


# --- PDF


def test_a_pdf_with_a_password_says_to_save_a_copy_without(letter, tmp_path):
    writer = pypdf.PdfWriter(clone_from=letter)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert str(failure(tmp_path / "locked.pdf")) == (
        "locked.pdf: the PDF is locked with a password. Open it with the password and save a copy without one."
    )


def test_a_pdf_that_only_restricts_printing_opens_without_a_password(letter, tmp_path):
    writer = pypdf.PdfWriter(clone_from=letter)
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "restricted.pdf")
    assert read(tmp_path / "restricted.pdf", "restricted.pdf").lines[0].text == "第一条 学校与企业合作。"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_pdf_that_was_cut_off_says_so(share, letter, tmp_path):
    data = letter.read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: int(share * len(data))])
    assert str(failure(tmp_path / "cut.pdf")) == (
        "cut.pdf: the PDF is damaged or cut off and cannot be opened. Download or export it again."
    )


def test_a_pdf_without_pages_says_so(tmp_path):
    pypdf.PdfWriter().write(tmp_path / "none.pdf")
    assert str(failure(tmp_path / "none.pdf")) == (
        "none.pdf: the PDF has no pages. Export it again from the program it was made with."
    )


def test_a_pdf_that_comes_after_a_locked_one_has_its_own_reason(letter, tmp_path):
    test_a_pdf_with_a_password_says_to_save_a_copy_without(letter, tmp_path)
    test_a_pdf_without_pages_says_so(tmp_path)


def test_a_blank_pdf_is_told_from_a_scan(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(tmp_path / "blank.pdf")
    error = failure(tmp_path / "blank.pdf")
    assert isinstance(error, NoTextFound)
    assert str(error) == "blank.pdf: nothing is written on page 1. Check that it is the right file."


def test_pictures_without_text_name_their_pages_and_the_way_out(page, print_pdf, tmp_path):
    scans = f'{picture()}<div style="break-before:page">{picture()}</div>'
    error = failure(print_pdf(page(scans), tmp_path / "scan.pdf"))
    assert isinstance(error, NoTextFound)
    assert str(error) == (
        "scan.pdf: no text could be made out on pages 1-2. "
        "Scan it again, upright and at 200 to 300 dpi, or get the file it was made from."
    )


def test_pages_without_text_among_others_are_reported(page, print_pdf, tmp_path):
    scan = f'<div style="break-before:page">{picture()}</div>'
    body = f'<p>第一条 有文字。</p>{scan}{scan}<p style="break-before:page">第二条 也有。</p>{scan}'
    source = read(print_pdf(page(body), tmp_path / "mixed.pdf"), "mixed.pdf")
    assert [(line.text, line.page) for line in source.lines] == [("第一条 有文字。", 1), ("第二条 也有。", 4)]
    assert source.findings == ("pages 2-3, 5 have no text, only pictures",)


def test_what_is_no_pdf_says_so(tmp_path):
    (tmp_path / "page.pdf").write_bytes(b"just text")
    assert str(failure(tmp_path / "page.pdf")) == (
        "page.pdf: is not a PDF, whatever its name says. Give it the suffix of what it is, or save it again."
    )


def test_a_pdf_beyond_the_limits_names_the_limit(letter):
    assert str(failure(letter, limits=Limits(max_pages=2))) == (
        "letter.pdf: the PDF has 3 pages and the limit is 2. Split it, or raise the limit max_pages."
    )
    assert str(failure(letter, limits=Limits(max_characters=12))) == (
        "letter.pdf: holds more than 12 characters by page 2. Split it, or raise the limit max_characters."
    )


# --- DOCX


def package(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return data.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    docx.Document().save(tmp_path / "bomb.docx")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "a", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/media/picture.bmp", bytes(60_000_000))  # packs to a thousandth
    assert str(failure(tmp_path / "bomb.docx")).startswith("bomb.docx: unpacks to 60,")
    assert str(failure(tmp_path / "bomb.docx")).endswith(
        "which is more than a document needs (limit 200,000,000), so it was not opened. "
        "Save it again from Word without its pictures."
    )


NO_WORD = "is no Word document, or a damaged one. Open it in Word or LibreOffice and save it again as DOCX."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 cut off", NO_WORD),
        (b"just text", NO_WORD),
        (package({"word/hello.txt": "x"}), NO_WORD),
        (
            package({"_rels/.rels": '<x t="http://purl.oclc.org/ooxml/x"/>', "word/document.xml": "<x/>"}),
            "is a Strict Open XML document. Save it in Word as an ordinary “Word document (.docx)”.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "is a Word file of the old format (.doc) or one locked with a password. "
            "Open it in Word or LibreOffice and save it as DOCX without a password.",
        ),
    ],
)
def test_what_is_no_docx_says_what_it_is(data, message, tmp_path):
    (tmp_path / "file.docx").write_bytes(data)
    assert str(failure(tmp_path / "file.docx")) == f"file.docx: {message}"


def test_a_docx_with_broken_xml_says_to_save_it_again(tmp_path):
    docx.Document().save(tmp_path / "good.docx")
    with zipfile.ZipFile(tmp_path / "good.docx") as good:
        parts = {name: good.read(name) for name in good.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"][:-40]
    (tmp_path / "broken.docx").write_bytes(package(parts))
    message = str(failure(tmp_path / "broken.docx"))
    assert message.startswith("broken.docx: the Word document is damaged (")
    assert message.endswith("). Open it in Word or LibreOffice and save it again as DOCX.")


def test_a_docx_without_words_says_so(tmp_path):
    docx.Document().save(tmp_path / "empty.docx")
    error = failure(tmp_path / "empty.docx")
    assert isinstance(error, NoTextFound)
    assert str(error) == "empty.docx: holds no text. Check that it is the right file and saved completely."


# --- text


def test_binary_data_under_a_text_name_says_so(tmp_path):
    (tmp_path / "notes.txt").write_bytes(bytes(range(256)) * 9)
    assert str(failure(tmp_path / "notes.txt")) == (
        "notes.txt: is not text but binary data. Give it the suffix of what it is, or save it as text."
    )


GARBLED = (
    "the text is garbled: it was once saved in the wrong encoding. "
    "Get the original file, or copy the text from its source and save it as UTF-8."
)
CLAUSE = "企业应当依法履行实施职业教育的义务，参与、支持或者开展职业教育。国家鼓励企业举办高质量职业教育。" * 3


@pytest.mark.parametrize(("written", "read_as"), [("utf-8", "gb18030"), ("utf-8", "cp1252"), ("gb18030", "latin-1")])
def test_text_once_decoded_wrongly_is_refused(written, read_as, tmp_path):
    (tmp_path / "law.txt").write_text(CLAUSE.encode(written).decode(read_as, errors="replace"), "utf-8")
    assert str(failure(tmp_path / "law.txt")) == f"law.txt: {GARBLED}"


def test_an_encoding_nobody_knows_says_to_save_as_utf_8(tmp_path):
    (tmp_path / "law.txt").write_bytes(bytes(range(0x80, 0x100)) * 20)
    assert str(failure(tmp_path / "law.txt")) == (
        "law.txt: the encoding of the text is neither UTF-8, UTF-16 nor GB18030. "
        "Open it in an editor and save it as UTF-8."
    )


# --- any format


@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {".jsonl", ".ndjson"}))
@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_of_any_format_says_so(suffix, content, tmp_path):
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(content)
    error = failure(path)
    assert isinstance(error, NoTextFound)
    assert str(error) == f"empty{suffix}: the file is empty. Download or save it again."


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    with (tmp_path / "huge.pdf").open("wb") as stream:
        stream.truncate(200_000_000)  # a hole: takes no space on the disk
    assert str(failure(tmp_path / "huge.pdf")) == (
        "huge.pdf: has 200,000,000 bytes and the limit is 50,000,000. Split it, or raise the limit max_bytes."
    )


def test_too_much_text_names_the_limit(tmp_path):
    (tmp_path / "long.txt").write_text("政策" * 60, "utf-8")
    assert str(failure(tmp_path / "long.txt", limits=SMALL)) == (
        "long.txt: holds 120 characters and the limit is 100. Split it, or raise the limit max_characters."
    )


def test_a_file_that_is_not_there_says_so(tmp_path):
    assert str(failure(tmp_path / "gone.pdf")) == (
        "gone.pdf: cannot be read (No such file or directory). Check that it exists and may be read."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.CSV", ".csv files are not readable. Save the sheet as a web page (HTML)."),
        ("a.ppt", ".ppt files are not readable. Export it as PDF."),
        ("a.url", ".url files are not readable. Open the address and save the page as HTML."),
        ("a.xlsx", ".xlsx files are not readable. Save the sheet as a web page (HTML)."),
        ("a.heic", ".heic files are not readable. Save the picture as PNG or JPEG."),
        ("a.zip", ".zip files are not readable. Unpack it and give the files inside."),
        ("a.json", ".json files are not readable. Write one JSON object per line and name the file .jsonl."),
        ("a.jsonl", "is a collection of many documents. Read it line by line (read_jsonl)."),
        ("a.xyz", f".xyz files are not readable. Readable are {', '.join(sorted(SUFFIXES))}."),
        ("README", f"a file without a suffix is not readable. Readable are {', '.join(sorted(SUFFIXES))}."),
    ],
)
def test_a_format_without_a_reader_names_the_way_out(name, message, tmp_path):
    (tmp_path / name).write_bytes(b"x")
    error = failure(tmp_path / name)
    assert isinstance(error, UnsupportedFormat)
    assert str(error) == f"{name}: {message}"


def ole(stream):
    """The container of old office files, as far as it tells what it holds."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.docx",
            package({"_rels/.rels": "<x/>", "xl/workbook.xml": "<x/>"}),
            "is an Excel sheet, which is not readable. Save the sheet as a web page (HTML).",
        ),
        (
            "a.doc",
            ole("Workbook"),
            "is an Excel or WPS sheet of the old format, which is not readable. Save the sheet as a web page (HTML).",
        ),
        ("a.et", ole("Workbook"), ".et files are not readable. Save the sheet as a web page (HTML)."),
        (
            "a.docx",
            ole("EncryptedPackage"),
            "is a document locked with a password, which is not readable. "
            "Open it with the password in Word, WPS or LibreOffice and save a copy without one.",
        ),
        (
            "a.pdf",
            package({"ppt/presentation.xml": "<x/>"}),
            "is a PowerPoint presentation, which is not readable. Export it as PDF.",
        ),
        (
            "a.pdf",
            b"Rar!\x1a\x07\x00x",
            "is a RAR archive, which is not readable. Unpack it and give the files inside.",
        ),
        (
            "a.docx",
            package({"a.txt": "x"}),
            "is a ZIP archive, which is not readable. Unpack it and give the files inside.",
        ),
        ("a.zip", package({"a.txt": "x"}), ".zip files are not readable. Unpack it and give the files inside."),
        ("a.html", b"GIF89a...", "is a GIF image, which is not readable. Save the picture as PNG or JPEG."),
    ],
)
def test_what_a_file_is_counts_and_not_what_it_is_called(name, data, message, tmp_path):
    (tmp_path / name).write_bytes(data)
    error = failure(tmp_path / name)
    assert isinstance(error, UnsupportedFormat)
    assert str(error) == f"{name}: {message}"


@pytest.mark.parametrize("name", ["law.doc", "law.txt", "law.docx", "law", "law.aspx", "law.html"])
def test_a_pdf_under_any_name_is_read_as_one(name, letter, tmp_path):
    (tmp_path / name).write_bytes(letter.read_bytes())
    source = read(tmp_path / name, name)
    assert source.lines[0].text == "第一条 学校与企业合作。"
    assert source.findings[0] == "is a PDF by its content and was read as such"


@pytest.mark.parametrize("name", ["page.pdf", "page.txt", "page.docx", "page.jsp"])
def test_a_web_page_under_any_name_is_read_as_one(name, tmp_path):
    (tmp_path / name).write_text(f"<!-- x --><!DOCTYPE html><p>{CLAUSE}</p>", "utf-8")
    source = read(tmp_path / name, name)
    assert [line.text for line in source.lines] == [CLAUSE]
    assert source.findings == ("is a web page by its content and was read as such",)


@pytest.mark.parametrize(
    "text", ["1 < 2 <html> 不是网页", "# 标题\n<div>说明</div>", "{\\rt 不是", "From: a\n\n正文", "BM 说明"]
)
def test_text_that_only_looks_like_something_else_is_text(text, tmp_path):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert read(tmp_path / "a.txt", "a.txt").findings == ()


@pytest.fixture(scope="module")
def seeds(letter, tmp_path_factory):
    """One good file of every format."""
    folder = tmp_path_factory.mktemp("seeds")
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    document.add_table(2, 2).cell(0, 0).text = "学历"
    document.save(folder / "good.docx")
    html = f"<html><meta charset=gb2312><table><tr><td rowspan=2>a<td>b<tr><td>c</table><ul><li>{CLAUSE}</ul></html>"
    return {
        ".pdf": letter.read_bytes(),
        ".docx": (folder / "good.docx").read_bytes(),
        ".html": html.encode("gb18030"),
        ".md": f"---\ntitle: a\n---\n# {CLAUSE}\n|a|b|\n|-|-|\n|c|d|\n".encode(),
        ".txt": CLAUSE.encode("utf-16"),
        ".ofd": ofd_files.package([ofd_files.content([ofd_files.text(20, 30, 5, CLAUSE[:30])])] * 2),
        ".mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + html.encode("gb18030")
        + b"\r\n--x--\r\n",
        ".jsonl": (json.dumps({"id": 1, "text": CLAUSE}) + "\n").encode() * 3,
    }


def attempt(path):
    """Return the message with which a file fails; None if it can be read. Any other error fails the test."""
    try:
        list(read_jsonl(path, path.name)) if path.suffix == ".jsonl" else read(path, path.name)
    except ReadError as error:
        return str(error)
    return None


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".md", ".txt", ".jsonl", ".ofd", ".mht"])
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20)), min_size=1, max_size=12))
def test_damage_of_any_kind_is_a_read_error_or_no_error(suffix, edits, seeds, tmp_path):
    data = bytearray(seeds[suffix])
    for where, length, inserted in edits:
        start = int(where * len(data))
        data[start : start + length] = inserted
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(data)
    outcome = attempt(path)
    assert outcome is None or (outcome.startswith(f"{path.name}: ") and outcome.endswith("."))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comments.txt", b"<!---->" * 580 + "正文".encode()),
        ("style.html", f"<p style='{'a' * 400_000}'>{CLAUSE}</p>".encode()),
        ("sheet.html", f"<style>{'@a{b{c}' * 60_000}</style><p>{CLAUSE}</p>".encode()),
        ("rule.html", f"<style>{'a' * 400_000}</style><p>{CLAUSE}</p>".encode()),
        ("wrapped.txt", "\n".join(["学校，企业，" * 6] * 50_000).encode()),
    ],
)
def test_text_made_to_keep_a_pattern_busy_is_read_in_time(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path / name, name).lines
