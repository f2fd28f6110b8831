"""A scan on its way through the command line: read, cited with its place, and told to be a scan."""

from __future__ import annotations

import pytest

from eval.scans import MEASURE, Scanned, pictures, scanned

CSS = "@page{size:150mm 110mm;margin:12mm} body{font:16px/1.9 'Noto Serif CJK SC',serif;margin:0} h1{font-size:22px}"


@pytest.fixture
def photo(print_pdf, tmp_path):
    """The beginning of the measure, photographed."""
    title, *articles = (MEASURE[0], MEASURE[10], MEASURE[12])
    body = f"<h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in articles)}"
    printed = print_pdf(f'<html lang="zh"><meta charset="utf-8"><style>{CSS}</style>{body}', tmp_path / "printed.pdf")
    path = tmp_path / "photo.jpg"
    scanned(pictures(printed, 170)[0], Scanned(170, 1.1)).save(path)
    return path


def test_a_scan_is_cited_with_place_and_confidence_and_told_to_be_one(fresh, photo):
    done = fresh("ingest", "--json", "--jobs", 1, photo)
    [outcome] = done.json["outcomes"]
    assert (outcome["status"], outcome["provisions"]) == ("added", 3)
    assert outcome["reason"].startswith("page 1 read by text recognition, mean confidence 0.9")

    answer = fresh("ask", "--json", "企业接纳学生实习每人每月补贴多少？").json
    [citation] = [c for c in answer["citations"] if c["locator"].startswith("第九条")]
    assert citation["quote"] == MEASURE[12].removeprefix("第九条　")
    assert 0.8 < citation["confidence"] <= 1
    assert {box["page"] for box in citation["boxes"]} == {1}
    assert f"《{MEASURE[0]}》是扫描件，文字由识别得到，可能有误；数字、日期和文号请对照原页核对。" in answer["notices"]

    [shown] = [
        p for p in fresh("show", "--json", "photo.jpg").json["provisions"] if p["address"] == citation["address"]
    ]
    assert shown["confidence"] == citation["confidence"]


def test_recognition_can_be_switched_off(fresh, photo):
    fresh.home.mkdir()
    (fresh.home / "settings.toml").write_text("[reading]\nocr = false\n", "utf-8")
    [outcome] = fresh("ingest", "--json", photo).json["outcomes"]
    assert outcome["reason"] == "text recognition is switched off; set reading.ocr to true to read scans."
