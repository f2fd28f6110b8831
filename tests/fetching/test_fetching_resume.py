"""A download that broke off goes on where it stopped, and only from the same document."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from pages import PAGE, Request, Site, refused

from assistant.fetching import Limits

BODY = bytes(range(256)) * 400


def in_halves(request: Request, etag: str = '"1"', body: bytes = BODY) -> None:
    """Break off in the middle, and give the rest where it is asked for."""
    asked = request.headers.get("Range")
    if asked and request.headers.get("If-Range") == etag:
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        request.reply(206, body[start:], Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}", ETag=etag)
    elif asked:
        request.reply(200, body, ETag=etag)
    else:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.send_header("ETag", etag)
        request.end_headers()
        request.wfile.write(body[: len(body) // 2])


def test_a_download_that_broke_off_goes_on_where_it_stopped(site: Site, part: Path) -> None:
    url = site.answer("/a.pdf", in_halves)
    told: list[tuple[int, int | None]] = []
    came = site.downloader().download(url, part, lambda done, total: told.append((done, total)))
    assert part.read_bytes() == BODY
    assert (came.size, came.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert [asked.headers.get("range") for asked in site.asked] == [None, f"bytes={len(BODY) // 2}-"]
    assert told[-1] == (len(BODY), len(BODY))


def test_it_also_goes_on_in_a_later_run_unless_the_document_has_changed(site: Site, part: Path) -> None:
    url = site.answer("/a.pdf", in_halves)
    once = Limits(attempts=1)
    assert "broke off or sent no proper answer" in refused(site, url, part, once)
    assert part.read_bytes() == BODY[: len(BODY) // 2]
    note = part.with_name("original.part.json")
    assert json.loads(note.read_text("utf-8")) == {"url": url, "validator": '"1"'}
    new = BODY[::-1]
    site.answer("/a.pdf", lambda request: in_halves(request, '"2"', new))
    assert site.downloader(once).download(url, part).size == len(new)
    assert part.read_bytes() == new
    assert site.asked[-1].headers["if-range"] == '"1"'
    assert not note.exists()


def test_what_came_of_one_address_is_not_continued_from_another(site: Site, part: Path) -> None:
    refused(site, site.answer("/a.pdf", in_halves), part, Limits(attempts=1))
    site.downloader().download(site.serve("/b.html", PAGE), part)
    assert part.read_text("utf-8") == PAGE
    assert "range" not in site.asked[-1].headers


@pytest.mark.parametrize(("status", "range_"), [(206, "bytes 5-9/10"), (416, "bytes */10")])
def test_a_rest_that_does_not_fit_is_thrown_away_and_all_is_fetched(
    site: Site, part: Path, status: int, range_: str
) -> None:
    def odd(request: Request) -> None:
        if request.headers.get("Range"):
            request.reply(status, b"56789", Content_Range=range_)
        else:
            in_halves(request) if len(site.asked) == 1 else request.reply(200, BODY)

    assert site.downloader().download(site.answer("/a", odd), part).size == len(BODY)
    assert part.read_bytes() == BODY
