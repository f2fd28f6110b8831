"""From a recorded address to the official words: downloaded, held against the digest, quoted in its place."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from langchain_core.embeddings import Embeddings
from pages import HOST, Asked, Request, Site

from assistant import config, pipeline
from assistant import corpus as starter
from assistant.app import cli
from assistant.config import Settings
from assistant.corpus.load import read
from assistant.corpus.reading import Problem
from assistant.errors import AssistantError, ConfigError
from assistant.fetching import Limits, allowed
from assistant.index import Index
from assistant.models import Wording
from assistant.pipeline.fetch import Fetched, Fetching, FetchReport, FetchStep, fetch

DIGEST = """\
id: {id}
title: {{zh: 某市校企合作促进办法, en: Measures of a City}}
doc_number: 某政发〔2024〕1号
tier: normative
jurisdiction: '360100'
issuers: [某市人民政府]
effective: '2024-03-01'
status: in_force
validity_note: 现行。
sources:
  - {{url: "https://blog.example.cn/copy", official: false}}
  - {{url: "{url}", official: true}}
provisions:
  - address: art_2
    locator: 第二条
    kind: condition
    audience: enterprise
    text: {{zh: 企业要接5名以上实习学生才能申请补贴。, en: A firm needs at least 5 interns to claim.}}
    basis: memory
  - address: art_3
    locator: 第三条
    kind: benefit
    audience: enterprise
    text: {{zh: 每名实习学生每月补600元。, en: CNY 600 per intern and month.}}
    basis: memory
"""
RULES = (
    "第一条　为了促进职业学校和企业合作培养技术技能人才，根据有关法律法规，结合本市实际，制定本办法。"
    "职业学校和企业应当依照本办法开展合作，市教育部门会同有关部门负责指导、协调和监督。",
    "第二条　企业接收五名以上学生实习的，可以向市人力资源和社会保障部门申请实习补贴，并对申请材料的真实性负责。",
    "第三条　补贴标准为每名实习学生每月五百元，补贴期限最长不超过六个月，由市财政部门按照规定拨付到企业账户。",
    "第四条　本办法自2024年3月1日起施行。",
)


class Lengths(Embeddings):
    """Knows a text by its length."""

    model_id = "lengths"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(len(text)), 1.0]


def page(*paragraphs: str, title: str = "某市校企合作促进办法", script: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<meta charset='utf-8'><title>{title}</title>{script}"
    return f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def command(*arguments: object) -> tuple[int, list[str], list[str]]:
    """Run the command line; return its status and what it printed and complained."""
    streams = [io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        patched.setattr(sys, "stdout", streams[0])
        patched.setattr(sys, "stderr", streams[1])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    printed = [stream.buffer.getvalue().decode().splitlines() for stream in streams]  # type: ignore[attr-defined]
    return int(ended.value.code or 0), printed[0], printed[1]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


def recorded(corpus: Path, **addresses: str) -> None:
    """Write a corpus of one policy for each address."""
    (corpus / "national").mkdir(parents=True, exist_ok=True)
    for id_, url in addresses.items():
        name = id_.replace("_", "-")
        (corpus / "national" / f"{name}.yaml").write_text(DIGEST.format(id=name, url=url), "utf-8")


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


def test_only_names_of_hosts_are_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[fetch]\nhosts = ["gov.cn", "court.org.example"]\n', "utf-8")
    assert config.load(tmp_path).fetch.hosts == ("gov.cn", "court.org.example")
    for bad in ("*.gov.cn", "https://gov.cn", "gov.cn:8443", "127.0.0.1", "localhost", ""):
        (tmp_path / "settings.toml").write_text(f'[fetch]\nhosts = ["{bad}"]\n', "utf-8")
        with pytest.raises(ConfigError, match=r"fetch\.hosts\.0: "):
            config.load(tmp_path)


def test_every_official_source_of_the_starter_corpus_is_on_an_allowed_host() -> None:
    folder, hosts = config.bundled("corpus"), Settings().fetch.hosts
    entries = [read(path, path.relative_to(folder).as_posix()) for path in starter.files(folder)]
    official = [s.url for e in entries if not isinstance(e, Problem) for s in e.sources if s.official]
    assert len(official) > 20
    assert [url for url in official if not allowed(urlsplit(url).hostname or "", hosts)] == []


def test_without_a_network_the_command_says_so_for_each_policy_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def offline(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    folder, home = tmp_path / "bundled", tmp_path / "home"
    recorded(folder, one=f"https://{HOST}/one.html", two=f"https://{HOST}/two.html")
    home.mkdir()
    (home / "settings.toml").write_text("[fetch]\npause = 0\n", "utf-8")
    monkeypatch.setattr(config, "bundled", lambda name: folder if name == "corpus" else Path(name))
    monkeypatch.setattr(socket, "getaddrinfo", offline)
    status, (*lines, summary), complained = command("corpus", "fetch", "--home", home)
    assert (status, complained) == (1, ["This installation is new; the starter corpus is loaded first."])
    reason = f"{HOST} cannot be found ([Errno -3] Temporary failure in name resolution)."
    assert lines == [
        f"failed     {id_}  {reason} Is this computer connected to the internet?" for id_ in ("one", "two")
    ]
    assert summary.startswith("2 failed; 0 differences, ")
