"""Scans and images: pages printed by a real browser, spoilt as scanners spoil them, and read again."""

from __future__ import annotations

import math
import re
import sys
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pypdf
import pytest
from PIL import Image

from assistant import structure
from assistant.errors import NoTextFound, ReadError, RecognitionUnavailable
from assistant.models import Level
from assistant.readers import Limits, heartbeat, read
from assistant.readers.ocr import engine
from assistant.readers.ocr import sheet as sheets
from assistant.readers.ocr.letters import full_width
from eval import scans
from eval.scans import MEASURE, NOTICE, Scanned, pictures, scanned, scanned_pdf

ONE_THREAD = Limits(ocr_threads=1)
SLANTED = Scanned(dpi=200, degrees=1.7)
CARD = ("第一条　本办法适用于全市各类职业学校。", "第二条　一次性补助不超过80万元。")
SMALL = (
    "@page{size:120mm 70mm;margin:12mm} body{font-size:16px;margin:0} p{margin:0;line-height:1.75;text-indent:0}"
    "table{border-collapse:collapse;width:100%} td,th{border:1px solid #000;padding:4px;text-align:center}"
)
EDGE = 0.012  # share of the page: half a line


def text_of(source, page=None):
    """Return the lines; what follows an article number is a full-width space, of which text layers make a narrow one."""
    return [re.sub(r"(?<=条)\s", "　", line.text) for line in source.lines if page in (None, line.page)]


def failure(path, limits=ONE_THREAD):
    with pytest.raises(ReadError) as caught:
        read(path, path.name, limits)
    return caught.value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("scans")


@pytest.fixture(scope="module")
def printed_measure(print_pdf, folder):
    """The measure of twenty articles as a PDF with a text layer, under a stamp."""
    return print_pdf(scans.measure_html(), folder / "measure.pdf")


@pytest.fixture(scope="module")
def measure(printed_measure, folder):
    """The same, scanned at 200 dpi, and read; prints what that gave and took."""
    path = scanned_pdf(printed_measure, folder / "measure scanned.pdf", SLANTED)
    return timed(path, MEASURE)


@pytest.fixture(scope="module")
def notice(print_pdf, folder):
    """The notice with a red head, scanned at 150 dpi, and read."""
    printed = print_pdf(scans.notice_html(), folder / "notice.pdf")
    return timed(scanned_pdf(printed, folder / "notice scanned.pdf", Scanned(150, -1.3)), NOTICE)


@pytest.fixture(scope="module")
def card(page, print_pdf, folder):
    """Two short articles on a small page: the cheapest thing to recognise."""
    body = "".join(f"<p>{text}</p>" for text in CARD)
    return print_pdf(page(body, "flush", SMALL), folder / "card.pdf")


def timed(path, expected):
    started = time.perf_counter()
    source = read(path, path.name, ONE_THREAD)
    share = scans.accuracy(expected, source)
    print(f"{path.name}: {share:.2%} of the characters right, {time.perf_counter() - started:.1f} s/page")
    return source


# --- What comes back


def test_a_page_at_200_dpi_gives_back_its_characters_and_all_article_numbers(measure):
    assert scans.accuracy(MEASURE, measure) >= 0.97
    assert scans.articles([line.text for line in measure.lines]) == scans.articles(MEASURE)
    assert len(scans.articles(MEASURE)) == 20


def test_a_notice_at_150_dpi_gives_back_its_characters_and_its_numbering(notice):
    assert scans.accuracy(NOTICE, notice) >= 0.97
    assert [m[0] for line in notice.lines if (m := re.match(r"[一二]、|（[一二]）|[12]\.", line.text))] == [
        "一、", "（一）", "（二）", "1.", "2.", "二、", "（一）", "（二）",
    ]  # fmt: skip


def test_the_accuracy_is_one_less_the_share_of_wrong_characters(tmp_path):
    (tmp_path / "a.txt").write_text("第一条学校与企业合作", "utf-8")
    # 10 characters: one missing, one exchanged
    assert scans.accuracy(["第一条学佼与企业合作了"], read(tmp_path / "a.txt", "a.txt")) == pytest.approx(1 - 2 / 11)


def test_wrapped_lines_of_a_scan_are_joined_to_paragraphs(measure):
    assert len(measure.lines) == len(MEASURE)


def test_a_red_stamp_is_left_out_and_reported_and_the_text_under_it_stays(measure, notice):
    for source in (measure, notice):
        assert "1 red stamp on page 1 left out" in source.findings
        assert not set("县认证中心") & set("".join(line.text for line in source.lines)) - set("".join(MEASURE + NOTICE))
    assert "第十五条　市教育行政部门每两年组织一次考核，考核结果分为优秀、合格和不合格。" in text_of(measure)
    assert [line.text for line in notice.lines][-2:] == list(NOTICE[-2:])


def test_lines_that_a_grey_stamp_hides_from_detection_are_read_and_told_to_be_doubtful(print_pdf, folder):
    lines = (MEASURE[0], *MEASURE[13:21])
    printed = print_pdf(scans.measure_html((380, 150), lines), folder / "grey.pdf")
    scanned(pictures(printed, 200)[0], SLANTED).convert("L").save(folder / "grey.png")
    source = read(folder / "grey.png", "grey.png", ONE_THREAD)
    assert scans.articles([line.text for line in source.lines]) == scans.articles(lines)
    assert scans.accuracy(lines, source) >= 0.9
    assert any(line.confidence < 0.7 for line in source.lines)
    assert any(
        re.fullmatch(r"\d lines? on page 1 crossed by a stamp or drawing; letters may be missing", finding)
        for finding in source.findings
    )


def test_a_red_head_is_text_and_tells_number_and_issuer(notice):
    assert [line.text for line in notice.lines][:2] == list(NOTICE[:2])
    found = structure.parse("notice", notice).metadata
    assert (found.title, found.doc_number, found.issuers) == (NOTICE[2], NOTICE[1], ("青川市教育局",))


def test_articles_of_a_scan_become_provisions_with_their_items(measure):
    provisions = structure.parse("measure", measure).provisions
    articles = [p for p in provisions if p.level is Level.ARTICLE]
    assert [p.locator for p in articles] == scans.articles(MEASURE)
    items = [p.address for p in provisions if p.level is Level.ITEM]
    assert items == [f"measure/art_4/item_{n}" for n in (1, 2, 3)]


# --- How sure it is


def test_every_line_and_provision_of_a_scan_has_a_confidence(measure):
    assert all(0.5 <= line.confidence <= 1 for line in measure.lines)
    provisions = structure.parse("measure", measure).provisions
    assert all(p.confidence == min(box.confidence for box in p.boxes) for p in provisions)
    said = next(finding for finding in measure.findings if "text recognition" in finding)
    assert re.fullmatch(
        r"page 1 read by text recognition, mean confidence 0\.9\d; check figures against the page", said
    )


def test_text_of_a_text_layer_has_no_confidence(card):
    source = read(card, "card.pdf")
    assert text_of(source) == list(CARD)
    assert {line.confidence for line in source.lines} == {None}
    assert source.findings == ()


def test_places_of_a_slanted_scan_are_those_on_the_slanted_page(print_pdf, folder, measure):
    level = read(print_pdf(scans.measure_html(stamp=None), folder / "level.pdf"), "level.pdf")
    sine, cosine = math.sin(math.radians(SLANTED.degrees)), math.cos(math.radians(SLANTED.degrees))
    height = 297 / 210  # of A4, in widths
    for straight, slanted in zip(level.lines, measure.lines, strict=True):
        for before, after in zip(straight.boxes, slanted.boxes, strict=True):
            # The scanner turned the page counter-clockwise about its middle.
            x, y = (before.x0 + before.x1) / 2 - 0.5, ((before.y0 + before.y1) / 2 - 0.5) * height
            expected = (0.5 + x * cosine + y * sine, 0.5 + (y * cosine - x * sine) / height)
            assert ((after.x0 + after.x1) / 2, (after.y0 + after.y1) / 2) == pytest.approx(expected, abs=EDGE)


# --- Which pages are recognised


def test_only_pages_without_their_text_are_recognised(page, print_pdf, folder):
    texts = [MEASURE[number] for number in (8, 9, 13, 15, 16)]
    body = "<p style='break-after:page'>".join(("", *texts))
    pages = print_pdf(page(body, "flush", SMALL), folder / "pages.pdf")
    foot = "<p style='position:fixed;bottom:0'>由扫描仪创建 3</p>"
    footer = print_pdf(page(foot, "flush", SMALL), folder / "footer.pdf")
    images = pypdf.PdfReader(scanned_pdf(pages, folder / "pages scanned.pdf", Scanned(150, 0.8)))
    writer = pypdf.PdfWriter()
    writer.add_page(pypdf.PdfReader(pages).pages[0])
    writer.add_page(images.pages[1])
    writer.add_page(images.pages[2])
    writer.pages[2].merge_page(pypdf.PdfReader(footer).pages[0])
    writer.add_page(pypdf.PdfReader(garbled(pages, folder / "garbled.pdf")).pages[3])
    writer.add_page(pypdf.PdfReader(garbled(pages, folder / "gibberish.pdf", nonsense=None)).pages[4])
    writer.add_blank_page(340, 200)
    writer.write(folder / "mixed.pdf")
    beats = []
    heartbeat.listen(lambda: beats.append(1))
    try:
        source = read(folder / "mixed.pdf", "mixed.pdf", ONE_THREAD)
    finally:
        heartbeat.listen(None)
    assert len(beats) >= 6 + 4  # every page, and once more after each that was recognised
    assert [text_of(source, number)[0] for number in (1, 2, 3, 4, 5)] == texts
    assert text_of(source, 3)[1:] == ["由扫描仪创建3"]
    assert {line.page for line in source.lines if line.confidence} == {2, 3, 4, 5}
    assert source.findings[0].startswith("pages 2-5 read by text recognition, mean confidence ")
    assert source.findings[1:] == ("page 6 has nothing on it",)


NONSENSE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
    b"1 begincodespacerange <0000> <ffff> endcodespacerange "
    b"1 beginbfrange <0000> <ffff> <e000> endbfrange endcmap end end"
)


def garbled(pdf, target, nonsense=NONSENSE):
    """Write a copy whose characters look the same and mean nothing: its fonts give wrong codes for them, or none."""
    writer = pypdf.PdfWriter(clone_from=pdf)
    for thing in list(writer._objects):
        if isinstance(thing, pypdf.generic.DictionaryObject) and "/ToUnicode" in thing:
            if nonsense is None:
                del thing["/ToUnicode"]
            else:
                thing["/ToUnicode"].get_object().set_data(nonsense)
    writer.write(target)
    return target


# --- Layout


def test_two_columns_of_a_scan_are_read_one_after_the_other(page, print_pdf, folder):
    css = "@page{size:A5 landscape;margin:12mm} body{font-size:14px;margin:0}"
    body = (
        f"<h3>青川市人民政府公报</h3><div style='columns:2;column-gap:26px;column-fill:auto;height:280px'>"
        f"{''.join(f'<p>{text}</p>' for text in MEASURE[8:16])}</div>"
    )
    printed = print_pdf(page(body, "indented", css), folder / "columns.pdf")
    source = read(scanned_pdf(printed, folder / "columns scanned.pdf", Scanned(200, 0.9)), "columns.pdf", ONE_THREAD)
    assert text_of(source) == ["青川市人民政府公报", *MEASURE[8:16]]
    tops = [line.boxes[0] for line in source.lines]
    assert any(b.y0 < a.y0 and b.x0 > 0.5 > a.x0 for a, b in pairwise(tops)), "no second column"


def test_a_ruled_table_of_a_scan_is_a_table_also_when_it_lies_on_its_side(page, print_pdf, folder):
    rows = (
        "<tr><th rowspan=2>类别</th><th colspan=2>补助标准（万元）</th></tr><tr><th>本市学校</th><th>外市学校</th></tr>"
        "<tr><td>制造类</td><td>120</td><td>80</td></tr><tr><td>服务类</td><td>65</td><td>45</td></tr>"
    )
    printed = print_pdf(page(f"<table>{rows}</table>", "flush", SMALL), folder / "table.pdf")
    flat = scanned(pictures(printed, 200)[0], Scanned(200, -0.8))
    flat.transpose(Image.Transpose.ROTATE_90).save(folder / "table.jpg", quality=80)
    source = read(folder / "table.jpg", "table.jpg", ONE_THREAD)
    assert [line.cells for line in source.lines] == [
        ("类别", "补助标准（万元）·本市学校", "补助标准（万元）·外市学校"),
        ("制造类", "120", "80"),
        ("服务类", "65", "45"),
    ]
    # On the picture as displayed, turned counter-clockwise, the rows stand side by side.
    boxes = [line.boxes[0] for line in source.lines]
    assert [box.x0 for box in boxes] == sorted(box.x0 for box in boxes)
    assert all(box.y1 - box.y0 > 0.7 for box in boxes)


def test_marks_between_chinese_characters_are_full_width():
    assert full_width("(一)申报单位(企业)应当:满3年;") == "（一）申报单位（企业）应当：满3年；"
    assert full_width("青教发〔2026]18号、财税[2019]46号") == "青教发〔2026〕18号、财税[2019]46号"
    assert full_width("(三）与2所以上") == "（三）与2所以上"
    assert full_width("see Table 1 (p<0.05); n=3, 10:30") == "see Table 1 (p<0.05); n=3, 10:30"


# --- Image files


@pytest.fixture(scope="module")
def shot(card):
    """The card as a picture."""
    return pictures(card, 150)[0]


def test_pages_of_a_tiff_file_are_pages_and_a_damaged_one_is_reported(shot, folder):
    blank = Image.new("RGB", shot.size, "white")
    path = folder / "fax.tiff"
    shot.convert("1").save(path, save_all=True, append_images=[blank, shot], compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    with Image.open(path) as opened:
        opened.seek(2)
        start = opened.tag_v2[273][0]  # where the pixels of the third page begin
    data[start : start + 400] = b"\xff" * 400
    path.write_bytes(data)
    source = read(path, path.name, ONE_THREAD)
    assert [(line.page, line.text) for line in source.lines] == [(1, CARD[0]), (1, CARD[1])]
    assert source.findings[1:] == ("page 3 damaged and not read", "page 2 has nothing on it")


def test_a_photograph_is_read_as_its_camera_was_held(shot, folder):
    turned = shot.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise to show it
    turned.save(folder / "photo.jpg", exif=exif)
    source = read(folder / "photo.jpg", "photo.jpg", ONE_THREAD)
    assert text_of(source) == list(CARD)
    assert all(box.x1 - box.x0 > box.y1 - box.y0 for line in source.lines for box in line.boxes)


def test_a_page_on_its_head_is_turned(shot, folder):
    shot.transpose(Image.Transpose.ROTATE_180).save(folder / "head.bmp")
    source = read(folder / "head.bmp", "head.bmp", ONE_THREAD)
    assert text_of(source) == list(CARD)
    assert source.lines[0].boxes[0].y0 > source.lines[1].boxes[0].y0 > 0.5  # as displayed, the first stands lowest


def test_a_long_transparent_screenshot_is_read_in_pieces(page, print_pdf, folder):
    texts = MEASURE[18:24]
    css = "@page{size:110mm 420mm;margin:10mm} body{font-size:15px;margin:0} p{margin:0 0 100px}"
    body = "".join(f"<p>{text}</p>" for text in texts)
    printed = pictures(print_pdf(page(body, "indented", css), folder / "long.pdf"), 110)[0]
    ink = Image.eval(printed.convert("L"), lambda value: 255 - value)
    screen = Image.new("RGBA", printed.size, (0, 0, 0, 0))
    screen.paste("black", (0, 0), ink)
    screen.save(folder / "screen.png")
    assert screen.height > 3 * screen.width
    assert text_of(read(folder / "screen.png", "screen.png", ONE_THREAD)) == list(texts)


def test_sixteen_shades_of_bits_are_one_grey(shot, folder):
    grey = np.asarray(shot.convert("L")).astype(np.uint16) * 257
    Image.fromarray(grey).save(folder / "deep.png")
    assert text_of(read(folder / "deep.png", "deep.png", ONE_THREAD)) == list(CARD)


# --- What cannot be read


def test_an_image_without_text_says_to_scan_it_again(folder):
    ramp = np.tile(np.linspace(0, 255, 400, dtype=np.uint8), (300, 1))
    Image.fromarray(ramp).save(folder / "sky.png")
    error = failure(folder / "sky.png")
    assert isinstance(error, NoTextFound)
    assert str(error) == (
        "sky.png: no text could be made out in the image. Scan it again, upright and at 200 to 300 dpi."
    )


def test_a_blank_image_says_so(folder):
    Image.new("RGB", (300, 300), "white").save(folder / "blank.png")
    assert str(failure(folder / "blank.png")) == (
        "blank.png: nothing is written on page 1. Check that it is the right file."
    )


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg", "cut.tif"])
def test_a_cut_off_image_says_so(name, shot, folder):
    shot.save(folder / name)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    message = str(failure(folder / name))
    assert message in (
        f"{name}: the image is damaged or cut off and cannot be opened. Save, scan or download it again.",
        f"{name}: is not an image that can be read (PNG, JPEG, TIFF, BMP), or it is damaged. Save or scan it again.",
    )


def test_what_is_no_image_says_so(folder):
    (folder / "none.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"no image " * 20)
    assert str(failure(folder / "none.png")) == (
        "none.png: the image is damaged or cut off and cannot be opened. Save, scan or download it again."
    )


def test_an_enormous_image_is_refused_before_it_is_unpacked(folder):
    Image.new("1", (40_000, 2_500)).save(folder / "huge.png")
    assert (folder / "huge.png").stat().st_size < 100_000
    assert str(failure(folder / "huge.png")) == (
        "huge.png: the image has 100,000,000 pixels and the limit is 80,000,000. "
        "Save it smaller (200 to 300 dpi are enough), or raise the limit max_pixels."
    )
    Image.new("1", (60_000, 4_000)).save(folder / "bomb.png")
    assert "far too many pixels and the limit is 80,000,000" in str(failure(folder / "bomb.png"))


def test_an_image_of_too_many_pages_names_the_limit(folder):
    pages = [Image.new("1", (20, 20), 1) for _ in range(4)]
    pages[0].save(folder / "book.tif", save_all=True, append_images=pages[1:])
    assert str(failure(folder / "book.tif", Limits(max_pages=3))) == (
        "book.tif: the image has 4 pages and the limit is 3. Split it, or raise the limit max_pages."
    )


# --- Where recognition is missing


def without_text(pdf, target):
    return scanned_pdf(pdf, target, Scanned(72, 0))


def test_recognition_that_is_switched_off_is_named(card, shot, folder):
    off = Limits(ocr=False)
    scan = without_text(card, folder / "off.pdf")
    assert str(failure(scan, off)) == (
        "off.pdf: page 1 holds no text, so it is probably a scan, "
        "and text recognition is switched off; set reading.ocr to true to read scans."
    )
    shot.save(folder / "off.png")
    error = failure(folder / "off.png", off)
    assert isinstance(error, RecognitionUnavailable)
    assert str(error) == "off.png: text recognition is switched off; set reading.ocr to true to read scans."


def test_without_rapidocr_the_pages_with_text_are_read_and_the_rest_is_named(card, shot, folder, monkeypatch):
    for module in ("assistant.readers.ocr.sheet", "assistant.readers.ocr.engine"):
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    missing = "text recognition is not installed (rapidocr); install it with: pip install rapidocr"
    scan = without_text(card, folder / "missing.pdf")
    assert str(failure(scan)) == f"missing.pdf: page 1 holds no text, so it is probably a scan, and {missing}."
    shot.save(folder / "missing.png")
    assert str(failure(folder / "missing.png")) == f"missing.png: {missing}."
    writer = pypdf.PdfWriter()
    writer.append(card)
    writer.append(scan)
    writer.write(folder / "half.pdf")
    source = read(folder / "half.pdf", "half.pdf")
    assert text_of(source) == list(CARD)
    assert source.findings == (missing, "page 2 has no text, only pictures")


def test_a_missing_model_is_named_and_never_fetched(shot, folder, monkeypatch):
    monkeypatch.setitem(engine._MODELS, "Rec", "PP-OCRv9_rec_small.onnx")
    engine._engine.cache_clear()
    try:
        shot.save(folder / "model.png")
        assert str(failure(folder / "model.png")) == (
            "model.png: the installed rapidocr comes without its model PP-OCRv9_rec_small.onnx; "
            "install the version this program asks for."
        )
    finally:
        engine._engine.cache_clear()


def test_a_page_on_which_recognition_fails_leaves_the_others_alone(card, folder, monkeypatch):
    recognise = sheets.find_lines
    pages = iter([1, 2])

    def fails_on_the_first(image, threads):
        if next(pages) == 1:
            raise RuntimeError("a broken operator")
        return recognise(image, threads)

    monkeypatch.setattr(sheets, "find_lines", fails_on_the_first)
    scan = scanned_pdf(card, folder / "one.pdf", Scanned(150, 0))
    writer = pypdf.PdfWriter()
    writer.append(scan)
    writer.append(scan)
    writer.write(folder / "two.pdf")
    source = read(folder / "two.pdf", "two.pdf", ONE_THREAD)
    assert [(line.page, line.text) for line in source.lines] == [(2, CARD[0]), (2, CARD[1])]
    assert "text recognition failed on page 1 (RuntimeError)" in source.findings
    assert "page 1 has no text, only pictures" in source.findings


def test_an_unclear_line_is_left_out_and_counted(shot, folder, monkeypatch):
    recognise = sheets.find_lines
    monkeypatch.setattr(sheets, "find_lines", lambda *given: [_doubted(line) for line in recognise(*given)])
    shot.save(folder / "unclear.png")
    source = read(folder / "unclear.png", "unclear.png", ONE_THREAD)
    assert text_of(source) == [CARD[0]]
    assert "1 line on page 1 too unclear to be read" in source.findings


def _doubted(line):
    return replace(line, score=0.4) if "第二条" in line.text else line


def test_nothing_is_fetched_and_nothing_printed(shot, folder, capfd):
    shot.save(folder / "quiet.png")
    engine._engine.cache_clear()  # the network is off in every test: a download would fail here
    assert text_of(read(folder / "quiet.png", "quiet.png", ONE_THREAD)) == list(CARD)
    assert capfd.readouterr() == ("", "")
