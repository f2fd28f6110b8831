"""One document from its address into a file, from servers good and bad."""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import socket
import time
import zlib
from pathlib import Path

import pytest
from pages import FOREIGN, HOST, OTHER, PAGE, Request, Site, refused

from assistant.errors import FetchError
from assistant.fetching import Downloader, Limits
from assistant.fetching.hosts import is_public


def test_a_page_comes_whole_with_its_checksum_and_kind(site: Site, part: Path) -> None:
    url = site.serve("/a.html?id=1", PAGE)
    told: list[tuple[int, int | None]] = []
    came = site.downloader().download(url, part, lambda done, total: told.append((done, total)))
    content = PAGE.encode()
    assert part.read_bytes() == content
    assert (came.url, came.size, came.content_type) == (url, len(content), "text/html; charset=utf-8")
    assert came.sha256 == hashlib.sha256(content).hexdigest()
    assert told[-1] == (len(content), len(content))
    [asked] = site.asked
    assert (asked.host, asked.path) == (HOST, "/a.html?id=1")
    assert asked.headers["user-agent"].startswith("policy-assistant/")
    assert asked.headers["accept-encoding"] == "identity"
    assert [path.name for path in part.parent.iterdir()] == ["original.part"]


def test_an_address_recorded_as_http_is_asked_over_https(site: Site, part: Path) -> None:
    site.serve("/a.html", PAGE)
    assert site.downloader().download(f"http://{HOST}/a.html", part).url == f"https://{HOST}/a.html"


def test_chinese_in_a_path_is_sent_in_ascii(site: Site, part: Path) -> None:
    site.serve("/%E5%8A%9E%E6%B3%95.html", PAGE)
    assert site.downloader().download(f"https://{HOST}/办法.html", part).size == len(PAGE.encode())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://www.policy.gov.cn/a", "only https is asked"),
        ("file:///etc/passwd", "only https is asked"),
        ("https://gov.cn.evil.example/a", "gov.cn.evil.example is not among the allowed hosts"),
        ("https://evilgov.cn/a", "evilgov.cn is not among the allowed hosts"),
        ("https://www.policy.gov.cn@evil.example/a", "holds a user name"),
        ("https://evil.example\\@www.policy.gov.cn/a", "holds a user name"),
        ("https://www.policy.gov.cn:8443/a", "names port 8443"),
        ("https://www.policy.gov.cn:99999/a", "is no web address"),
        ("https://127.0.0.1/a", "does not name a host"),
        ("https://127.1/a", "does not name a host"),
        ("https://0x7f.0x1/a", "does not name a host"),
        ("https://[::1]/a", "does not name a host"),
        ("https://localhost/a", "does not name a host"),
        ("https:///a", "does not name a host"),
    ],
)
def test_an_address_that_must_not_be_asked_is_not_asked(site: Site, part: Path, url: str, words: str) -> None:
    assert words in refused(site, url, part)
    assert site.asked == []


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (f"http://{HOST}/b", f"it redirects to http://{HOST}/b, which is not https"),
        ("https://127.0.0.1/b", "it redirects elsewhere: https://127.0.0.1/b does not name a host"),
        ("https://169.254.169.254/latest/meta-data", "does not name a host"),
        (f"https://{FOREIGN}/b", f"it redirects elsewhere: {FOREIGN} is not among the allowed hosts"),
        (f"//{FOREIGN}/b", f"{FOREIGN} is not among the allowed hosts"),
        ("file:///etc/passwd", "only https is asked"),
        (f"https://{HOST}:22/b", "names port 22"),
        ("javascript:alert(1)", "only https is asked"),
        ("", "redirects nowhere"),
    ],
)
def test_a_redirect_to_where_nobody_may_ask_is_not_followed(site: Site, part: Path, location: str, words: str) -> None:
    url = site.serve("/a", b"", status=302, Location=location)
    assert words in refused(site, url, part)
    assert [asked.path for asked in site.asked] == ["/a"]
    assert not part.exists()


def test_a_redirect_between_allowed_hosts_is_followed_and_the_last_address_kept(site: Site, part: Path) -> None:
    url = site.serve("/a", b"", status=301, Location=f"https://{OTHER}/b")
    site.serve("/b", b"", status=307, Location="c.html")
    site.serve("/c.html", PAGE)
    assert site.downloader().download(url, part).url == f"https://{OTHER}/c.html"
    assert [asked.host for asked in site.asked] == [HOST, OTHER, OTHER]


def test_redirects_in_a_circle_end(site: Site, part: Path) -> None:
    url = site.serve("/a", b"", status=302, Location="/a")
    assert refused(site, url, part) == f"{HOST} redirects more than 5 times"
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_host_that_stands_for_a_machine_inside_is_not_asked(site: Site, part: Path, address: str) -> None:
    url = site.serve("/a", PAGE)
    downloader = Downloader(("gov.cn",), resolver=lambda *_: [("1.1.1.1", 443), (address, site.port)])
    with pytest.raises(FetchError) as error:
        downloader.download(url, part)
    assert str(error.value) == f"{HOST} stands for {address}, which is not on the public network; nothing was asked"
    assert site.asked == []


@pytest.mark.parametrize("address", ["1.1.1.1", "202.108.0.1", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_machines_on_the_public_network_are_told_as_such(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_the_machine_that_was_checked_is_the_one_that_is_asked(site: Site, part: Path) -> None:
    url = site.serve("/a", PAGE)
    answers = [[("127.0.0.1", site.port)], [("127.0.0.1", 1)]]  # what a name means may change between two looks
    downloader = site.downloader()
    downloader._resolver = lambda *_: answers.pop(0)
    assert downloader.download(url, part).size == len(PAGE.encode())
    assert len(answers) == 1


def test_where_the_first_machine_of_a_host_is_down_the_next_is_asked(site: Site, part: Path) -> None:
    url = site.serve("/a", PAGE)
    downloader = site.downloader()
    downloader._resolver = lambda *_: [("127.0.0.1", 1), ("127.0.0.1", site.port)]
    assert downloader.download(url, part).size == len(PAGE.encode())


def test_a_server_must_prove_that_it_is_the_host(site: Site, part: Path) -> None:
    site.serve("/a", PAGE)
    message = refused(site, "https://other.policy.gov.cn/a", part)
    assert message.startswith("other.policy.gov.cn could not prove that it is other.policy.gov.cn (Hostname mismatch")
    with pytest.raises(FetchError, match=rf"{HOST} could not prove that it is {HOST} \(self.signed certificate\)"):
        site.downloader(trusted=False).download(f"https://{HOST}/a", part)
    assert site.asked == []


def test_an_endless_body_is_cut_off_at_the_limit(site: Site, part: Path) -> None:
    sent: list[int] = []

    def endless(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65_536)
            sent.append(65_536)

    message = refused(site, site.answer("/a", endless), part, Limits(max_bytes=1_000_000))
    assert message == "it has more than 1,000,000 bytes, which is the limit"
    assert sum(sent) < 20_000_000  # what fits into the buffers between
    assert not part.exists()


def test_a_body_that_is_said_to_be_too_large_is_not_taken_at_all(site: Site, part: Path) -> None:
    url = site.answer("/a", lambda request: request.reply(200, b"x", Content_Length="2000000000"))
    assert refused(site, url, part, Limits(attempts=1)) == "it has more than 30,000,000 bytes, which is the limit"


def test_a_packed_body_is_unpacked_though_nobody_asked_for_it(site: Site, part: Path) -> None:
    for number, packed in enumerate((gzip.compress(PAGE.encode()), zlib.compress(PAGE.encode()))):
        url = site.serve(f"/{number}", packed, Content_Encoding=("gzip", "deflate")[number])
        assert site.downloader().download(url, part).size == len(PAGE.encode())
        assert part.read_text("utf-8") == PAGE


def test_a_bomb_is_never_unpacked_beyond_the_limit(site: Site, part: Path) -> None:
    url = site.serve("/a", gzip.compress(b"\0" * 300_000_000, 1), Content_Encoding="gzip")
    assert "more than 5,000,000 bytes" in refused(site, url, part, Limits(max_bytes=5_000_000))
    assert not part.exists()


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("br", "it is packed as “br”, which was not asked for"), ("gzip", "it is not packed as the server says")],
)
def test_a_body_packed_in_another_way_is_refused(site: Site, part: Path, encoding: str, words: str) -> None:
    assert words in refused(site, site.serve("/a", PAGE, Content_Encoding=encoding), part)


def drip(request: Request, head: bytes) -> None:
    request.wfile.write(head)
    while True:
        request.wfile.write(b"a")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"], ids=["head", "body"]
)
@pytest.mark.timed
def test_a_server_that_drips_is_left_when_the_time_is_up(site: Site, part: Path, head: bytes) -> None:
    url = site.answer("/a", lambda request: drip(request, head))
    started = time.monotonic()
    assert refused(site, url, part, Limits(seconds=0.6)) == f"{HOST} took too long"
    assert time.monotonic() - started < 3


def test_headers_without_end_are_refused(site: Site, part: Path) -> None:
    def huge(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Much: " + b"y" * 2_000_000 + b"\r\n\r\n")

    assert "sent no proper answer" in refused(site, site.answer("/a", huge), part, Limits(attempts=1))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "has no such page (404)"),
        (410, "has taken the page away (410)"),
        (403, "refuses the page (403)"),
        (401, "asks for a login (401)"),
        (418, "answered with status 418"),
    ],
)
def test_a_page_that_is_not_given_is_told_in_words_and_asked_for_once(
    site: Site, part: Path, status: int, words: str
) -> None:
    assert refused(site, site.serve("/a", "no", status=status), part) == f"{HOST} {words}"
    assert len(site.asked) == 1


def test_a_server_in_trouble_is_asked_three_times(site: Site, part: Path) -> None:
    assert refused(site, site.serve("/a", "oh", status=500), part) == f"{HOST} cannot answer now (500)"
    assert len(site.asked) == 3


@pytest.mark.timed
def test_a_busy_server_is_asked_again_after_the_time_it_wants(site: Site, part: Path) -> None:
    def busy_once(request: Request) -> None:
        busy = len(site.asked) == 1
        request.reply(
            *(
                (
                    429,
                    b"",
                )
                if busy
                else (200, PAGE.encode())
            ),
            **({"Retry_After": "1"} if busy else {}),
        )

    started = time.monotonic()
    assert site.downloader().download(site.answer("/a", busy_once), part).size == len(PAGE.encode())
    assert 1 <= time.monotonic() - started < 5
    url = site.serve("/b", "", status=503, Retry_After="3600")
    assert refused(site, url, part) == (f"{HOST} cannot answer now (503) and asks to be left alone for 3600 seconds")


@pytest.mark.timed
def test_two_requests_to_one_host_have_a_pause_between_them(site: Site, part: Path) -> None:
    downloader = site.downloader(pause=0.3)
    url = site.serve("/a", PAGE)
    downloader.download(url, part)
    started = time.monotonic()
    downloader.download(url, part)
    assert time.monotonic() - started >= 0.29
    started = time.monotonic()
    downloader.download(f"https://{OTHER}/a", part)
    assert time.monotonic() - started < 0.25


def test_without_a_network_one_is_asked_for(site: Site, part: Path) -> None:
    def offline(*_: object) -> list[tuple[str, int]]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    downloader = Downloader(("gov.cn",), resolver=offline)
    with pytest.raises(FetchError, match=r"cannot be found .*Is this computer connected to the internet"):
        downloader.download(f"https://{HOST}/a", part)
    closed = Downloader(("gov.cn",), pause=0, resolver=lambda *_: [("127.0.0.1", 1)], public=lambda _: True)
    with pytest.raises(FetchError, match=rf"{HOST} cannot be reached over https"):
        closed.download(f"https://{HOST}/a", part)


def test_an_empty_page_is_refused(site: Site, part: Path) -> None:
    assert refused(site, site.serve("/a", b""), part) == f"{HOST} sent an empty page"
