"""From a recorded address to the official words: downloaded, held against the digest, quoted in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_corpus import RULES, Lengths, command, page, recorded
from pages import HOST, Asked, Request, Site

from assistant import pipeline
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.fetching import Limits
from assistant.index import Index
from assistant.models import Wording
from assistant.pipeline.fetch import Fetched, Fetching, FetchReport, FetchStep, fetch


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "home", Lengths()) as opened:
        yield opened


class Fetch:
    """Loads the corpus and fetches from the server."""

    def __init__(self, index: Index, corpus: Path, site: Site) -> None:
        self.index, self.corpus, self.site = index, corpus, site
        self.steps: list[FetchStep] = []

    def __call__(self, *ids: str, again: bool = False, limits: Limits | None = None) -> FetchReport:
        pipeline.load_corpus(self.corpus, self.index, Settings())
        downloader = self.site.downloader(limits or Limits(attempts=1))
        return fetch(
            ids, self.corpus, self.index, Settings(), again=again, downloader=downloader, progress=self.steps.append
        )

    def one(self, id_: str = "rules", *, again: bool = False) -> Fetched:
        [fetched] = self(id_, again=again).fetched
        return fetched


@pytest.fixture
def run(index: Index, corpus: Path, site: Site) -> Fetch:
    return Fetch(index, corpus, site)


def test_the_original_is_attached_and_what_differs_is_told(run: Fetch, corpus: Path, site: Site) -> None:
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES)))
    differs = (
        "第三条: the digest says 600, the original does not",
        "第三条: the original says 五百元, the digest does not",
    )
    assert run.one() == Fetched("rules", Fetching.ATTACHED, f"https://{HOST}/rules.html", "", 2, 2, differs)
    held = run.index.policy("originals/rules/original.html")
    assert held is not None
    assert (held.id, held.wording) == ("rules-original", Wording.ORIGINAL)
    assert [p.text for p in held.provisions if p.address == "rules-original/art_3"] == [RULES[2]]
    assert held.metadata.url == f"https://{HOST}/rules.html"
    assert (held.metadata.doc_number, held.metadata.title_en) == ("某政发〔2024〕1号", "Measures of a City")
    assert [f for f in held.findings if f.startswith("differs")] == [f"differs from the digest: {d}" for d in differs]
    assert run.index.doctor() == []
    assert run.index.pending() == 0
    status, shown, _ = command("show", "rules", "--home", run.index.home)
    assert status == 0
    assert shown[-3:] == [
        f"official text, quoted in its place: originals/rules/original.html https://{HOST}/rules.html",
        *(f"! differs from the digest: {d}" for d in differs),
    ]
    assert run.steps[-1].fetched is not None
    assert any(step.done == step.size for step in run.steps)


def test_the_original_is_quoted_in_place_of_the_digest_at_the_same_place(run: Fetch, corpus: Path, site: Site) -> None:
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES)))
    pipeline.load_corpus(corpus, run.index, Settings())
    question = "某市校企合作促进办法第三条的补贴标准是多少？"
    before = pipeline.ask(question, run.index, Settings())
    assert {(c.address, c.wording) for c in before.citations} == {("rules/art_3", Wording.DIGEST)}
    run("rules")
    after = pipeline.ask(question, run.index, Settings())
    assert {(c.address, c.wording) for c in after.citations} == {("rules-original/art_3", Wording.ORIGINAL)}
    assert "每月五百元" in after.citations[0].quote


def test_what_was_fetched_is_not_fetched_again_unless_asked(run: Fetch, corpus: Path, site: Site) -> None:
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES)))
    first = run.one()
    second = run.one()
    assert second.status is Fetching.UNCHANGED
    assert (second.findings, second.found) == (first.findings, first.found)
    assert len(site.asked) == 1
    assert run.one(again=True) == second
    assert len(site.asked) == 2
    site.serve("/rules.html", page(*RULES[:2], RULES[2].replace("五百", "六百"), RULES[3]))
    changed = run.one(again=True)
    assert (changed.status, changed.findings) == (Fetching.ATTACHED, ())
    held = run.index.policy("rules-original")
    assert held is not None
    assert any("每月六百元" in p.text for p in held.provisions)


def test_a_removed_original_comes_back_from_the_disk_and_a_corrected_digest_is_compared_anew(
    run: Fetch, corpus: Path, site: Site
) -> None:
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES)))
    assert len(run.one().findings) == 2
    assert run.index.remove("originals/rules/original.html")
    assert run.one().status is Fetching.ATTACHED
    path = corpus / "national" / "rules.yaml"
    path.write_text(path.read_text("utf-8").replace("600", "500"), "utf-8")
    corrected = run.one()
    assert (corrected.status, corrected.findings) == (Fetching.ATTACHED, ())
    assert len(site.asked) == 1


def test_one_that_fails_leaves_the_others_alone_and_what_has_no_allowed_address_is_counted(
    run: Fetch, corpus: Path, site: Site
) -> None:
    good = site.serve("/good.html", page(*RULES))
    recorded(corpus, a_gone=f"https://{HOST}/gone", b_good=good, c_blog="https://blog.example.cn/other")
    report = run()
    assert [(f.policy, f.status, f.reason) for f in report.fetched] == [
        ("a-gone", Fetching.FAILED, f"{HOST} has no such page (404)"),
        ("b-good", Fetching.ATTACHED, ""),
    ]
    assert report.without == ("c-blog",)
    assert report.failed == 1
    assert report.summary.startswith("1 attached, 1 failed, 1 have no address on an allowed host; 2 differences, ")
    named = run("c-blog")
    assert [f.reason for f in named.fetched] == [
        "none of its addresses is on an allowed host (hosts under [fetch] in settings.toml)"
    ]
    with pytest.raises(AssistantError, match=r"The corpus has no policy '\.\./x'\. `assistant corpus list`"):
        run("../x")


PDF, PNG = {"Content_Type": "application/pdf"}, {"Content_Type": "image/png"}
BAD: dict[str, tuple[str | bytes, dict[str, str], str]] = {
    "login": (page("请先登录后查看。"), {}, "the page holds only "),
    "check": (
        page("正在进行访问验证，请稍候。", script="<script>location.reload()</script>"),
        {},
        "speaks of “访问验证”",
    ),
    "other": (
        page(*RULES, title="另一个办法").replace("校企合作", "税收"),
        {},
        "neither bears the title “某市校企合作促进办法”",
    ),
    "about": (
        page("《某市校企合作促进办法》政策解读。" + "这里讲一讲它的来历。" * 30),
        {},
        "none of the 2 clauses of the digest",
    ),
    "called": (page(*RULES), PDF, "what came is a web page though the server calls it a PDF"),
    "broken": (b"%PDF-1.7\nnot really", PDF, "PDF"),
    "picture": (b"\x89PNG\r\n", PNG, "what came is a picture"),
}


def test_a_page_that_is_not_the_text_is_not_attached_and_leaves_nothing_behind(
    run: Fetch, corpus: Path, site: Site
) -> None:
    recorded(corpus, **{id_: site.serve(f"/{id_}", content, **sent) for id_, (content, sent, _) in BAD.items()})
    report = run()
    assert {one.policy: one.status for one in report.fetched} == dict.fromkeys(BAD, Fetching.FAILED)
    assert [one.policy for one in report.fetched if BAD[one.policy][2] not in one.reason] == []
    assert [p.id for p in run.index.policies() if p.wording is Wording.ORIGINAL] == []
    assert [path for path in (run.index.home / "originals").rglob("*") if path.is_file()] == []


def test_the_text_that_was_there_stays_when_a_later_page_is_bad(run: Fetch, corpus: Path, site: Site) -> None:
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES)))
    run.one()
    site.serve("/rules.html", page("系统维护中"))
    assert run.one(again=True).status is Fetching.FAILED
    assert run.one().status is Fetching.UNCHANGED
    assert run.index.policy("rules-original") is not None


def test_a_page_in_gb_is_read_whatever_the_server_calls_it(run: Fetch, corpus: Path, site: Site) -> None:
    content = page(*RULES).replace("charset='utf-8'", "charset='gb2312'").encode("gb18030")
    called = {"right": "gb18030", "wrong": "utf-8", "latin": "iso-8859-1"}
    served = {id_: site.serve(f"/{id_}", content, Content_Type=f"text/html; charset={c}") for id_, c in called.items()}
    recorded(corpus, **served)
    assert [one.found for one in run().fetched] == [2, 2, 2]


def test_scripts_of_a_page_are_no_text(run: Fetch, corpus: Path, site: Site) -> None:
    script = "<script>document.write('第九条　补贴一千万元。')</script><style>p{}</style>"
    recorded(corpus, rules=site.serve("/rules.html", page(*RULES, script=script)))
    run.one()
    held = run.index.policy("rules-original")
    assert held is not None
    assert not [p.text for p in held.provisions if "一千万" in p.text]


def test_ctrl_c_while_a_text_comes_keeps_what_was_attached_and_what_has_come(
    run: Fetch, corpus: Path, site: Site
) -> None:
    content = page(*RULES, *(f"附注{n}：" + "说明" * 200 for n in range(200))).encode()

    def half(request: Request) -> None:
        if request.headers.get("Range"):
            start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            request.reply(206, content[start:], Content_Range=f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            request.reply(200, content, ETag='"1"')

    recorded(corpus, a=site.serve("/a.html", page(*RULES)), b=site.answer("/b.html", half))

    def stop(step: FetchStep) -> None:
        if step.policy == "b" and step.done:
            raise KeyboardInterrupt

    pipeline.load_corpus(corpus, run.index, Settings())
    with pytest.raises(KeyboardInterrupt):
        fetch((), corpus, run.index, Settings(), downloader=site.downloader(), progress=stop)
    assert run.index.policy("a-original") is not None
    assert (run.index.home / "originals" / "b" / "original.part").stat().st_size > 0
    report = run()
    assert [(f.policy, f.status) for f in report.fetched] == [("a", Fetching.UNCHANGED), ("b", Fetching.ATTACHED)]
    last: Asked = site.asked[-1]
    assert last.headers["range"].startswith("bytes=")
    assert run.index.pending() == 0
