"""An assistant small enough to check by hand: it answers a few fixed questions from three made-up policies."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from assistant.app.uploads import Uploads
from assistant.config import WebSettings
from assistant.drafting import Verified
from assistant.eligibility.model import Fact, Scheme, Verdict
from assistant.errors import AssistantError, FactError, QuestionError, ReadError, SchemeNotFound
from assistant.index import Reach
from assistant.models import (
    Answer,
    Citation,
    Kind,
    Level,
    Metadata,
    NamedPlace,
    Policy,
    Provision,
    Statement,
    Status,
    Tier,
    Understood,
    Wording,
)
from assistant.readers.page_image import PageImage

TODAY = dt.date(2026, 3, 1)

CONDITIONS = (
    "（一）独立或者与职业学校联合举办产业学院；",
    "（二）近三年每年接收实习学生不少于五人；",
    "（三）承担现代学徒制试点任务。",
)
MEASURES = Policy(
    id="sample-measures-2019",
    source="sample-measures.md",
    wording=Wording.ORIGINAL,
    metadata=Metadata(
        title="示范市产教融合型企业认定办法",
        title_en="Sample City Measures on Recognising Integration Enterprises",
        doc_number="示发改〔2019〕7号",
        issuers=("示范市发展改革委", "示范市教育局"),
        issued=dt.date(2019, 4, 3),
        effective=dt.date(2019, 5, 1),
        jurisdiction="330200",
        tier=Tier.NORMATIVE,
        url="https://fgw.example.gov.cn/7.html",
    ),
    provisions=(
        Provision("sample-measures-2019/ch_2", Level.CHAPTER, "第二章", "第二章　认定条件"),
        Provision(
            "sample-measures-2019/art_5",
            Level.ARTICLE,
            "第五条",
            "第五条　申请认定的企业应当依法登记，并符合下列条件之一：",
            trail=("第二章　认定条件",),
        ),
        *(
            Provision(
                f"sample-measures-2019/art_5/item_{n}",
                Level.ITEM,
                f"第五条第（{'一二三'[n - 1]}）项",
                text,
                trail=("第二章　认定条件",),
            )
            for n, text in enumerate(CONDITIONS, 1)
        ),
    ),
    validity_note="试行期五年，未见延长。",
)
DIGEST = Policy(
    id="sample-tax-notice-2019",
    source="national/sample-tax-notice-2019.yaml",
    wording=Wording.DIGEST,
    metadata=Metadata(
        title="关于示范教育费附加抵免的通知",
        title_en="Sample Notice on Crediting the Education Surcharge",
        doc_number="示财税〔2019〕46号",
        issuers=("示范财政部",),
        issued=dt.date(2019, 3, 31),
        jurisdiction="CN",
        tier=Tier.NOTICE,
        url="http://news.example.com/46.html",
    ),
    provisions=(
        Provision(
            "sample-tax-notice-2019/part_1",
            Level.PART,
            "第一条",
            "试点企业投资职业教育的，可按投资额的30%抵免教育费附加；当年不足抵免的，可结转以后年度。",
            text_en="A pilot firm may credit 30% of its investment against the surcharge and carry the rest over.",
            basis="memory",
            note="结转年限待核。",
        ),
    ),
)
HOSTILE = Policy(
    id="hostile",
    source="<img src=x onerror=alert('file')>.md",
    wording=Wording.ORIGINAL,
    metadata=Metadata(
        title="<script>alert('title')</script>办法 ${alert('template')} {{title}}",
        doc_number='"><svg onload=alert(1)>',
        issuers=("<b>机关</b>",),
        url="javascript:alert('url')",
        jurisdiction="<i>place</i>",
    ),
    provisions=(
        Provision(
            "hostile/art_1",
            Level.ARTICLE,
            "第一条<br>",
            "<img src=x onerror=\"window.broken='clause'\">任何人不得<script>window.broken='clause'</script>执行文本。",
            trail=("<u>章</u>",),
        ),
    ),
    validity_note="<marquee>注</marquee>",
)
POLICIES = {policy.id: policy for policy in (MEASURES, DIGEST, HOSTILE)}


class FakeAssistant:
    """Answers by what the question contains; `gate` holds every answer back until it is set, one
    that is given sentence by sentence (逐句) after its second."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], dt.date | None, str | None]] = []
        self.cited: tuple[str, ...] = ()  # what came with the last question
        self.without: tuple[str, ...] = ()
        self.records: dict[str, dict[str, Any]] = {}
        self.ratings: dict[str, tuple[bool, str | None]] = {}
        self.keeps_words = False
        self.words_answers = False
        self.gate = threading.Event()
        self.gate.set()

    def seen_by(self, name: str | None) -> FakeAssistant:  # nothing here is anybody's own
        return self

    def own(self) -> tuple[()]:
        return ()

    @property
    def uploads(self) -> Uploads:
        """Nothing was added here: the page of documents has tests of its own."""
        return Uploads(cast(Any, self), Path("nowhere"), WebSettings(), Reach.WAITING)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: dt.date | None = None,
        jurisdiction: str | None = None,
        cited: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Answer:
        self.asked.append((question, tuple(history), as_of, jurisdiction))
        self.cited, self.without = tuple(cited), tuple(without)
        if "逐句" not in question:
            self.gate.wait(20)
        answer = replace(answer_to(question, as_of or TODAY, jurisdiction), record=f"{len(self.asked):012x}")
        self.records[answer.record or ""] = record_of(answer)
        return replace(answer, understood=understood(question, self.without)) if "宁波" in question else answer

    def ask_stream(self, question: str, **given: Any) -> Iterator[Verified | Answer]:
        """The answer, after its sentences where the question asks for them one by one."""
        answer = self.ask(question, **given)
        for n, statement in enumerate(answer.statements if "逐句" in question else (), 1):
            yield Verified(statement, tuple(c for c in answer.citations if c.n in statement.citations))
            if n > 1:
                self.gate.wait(20)
        yield answer

    def policy(self, policy_id: str) -> Policy:
        if policy_id not in POLICIES:
            raise AssistantError(f"There is no document '{policy_id}' here.")
        return POLICIES[policy_id]

    def policies(self) -> Sequence[Policy]:
        return tuple(POLICIES.values())

    def page_image(self, policy_id: str, address: str, page: int, words: str = "") -> PageImage:
        raise ReadError(f"{policy_id}: was not read from a file of its own.")

    def schemes(self, place: str | None = None, as_of: dt.date | None = None) -> Sequence[Scheme]:
        return ()

    def check(
        self, scheme: str, facts: Iterable[Fact] = (), *, place: str | None = None, as_of: dt.date | None = None
    ) -> Verdict:
        raise SchemeNotFound(scheme)

    def write_report(self, verdict: Verdict, path: Path, *, language: str = "zh") -> None:
        raise FactError(path.name)

    def write_calendar(self, verdicts: Iterable[Verdict], path: Path, *, language: str = "zh") -> int:
        raise FactError(path.name)

    def answer_record(self, record: str) -> dict[str, Any]:
        if record not in self.records:
            raise AssistantError(f"There is no record of an answer '{record}' here.")
        return self.records[record]

    def rate(self, record: str, good: bool, reason: str | None = None) -> None:
        self.answer_record(record)
        self.ratings[record] = (good, reason)


def record_of(answer: Answer) -> dict[str, Any]:
    """What is kept of an answer, without words of whoever asked."""
    return {
        "id": answer.record,
        "made": "2026-03-01T08:00:00+00:00",
        "as_of": answer.as_of.isoformat(),
        "jurisdiction": answer.jurisdiction,
        "status": answer.status.value,
        "embedding": "e5",
        "citations": [{"n": c.n, "address": c.address, "source": c.source} for c in answer.citations],
        "draft": None,
    }


def understood(question: str, without: Sequence[str]) -> Understood:
    """How a question for Ningbo and for conditions is understood."""
    place = None if "place" in without else NamedPlace("330200", "宁波市", "named")
    kinds = () if "kind" in without else (Kind.CONDITION,)
    return Understood((question,), "zh", kinds, place, without=tuple(without))


def cite(n: int, policy: Policy, address: str, quote: str, in_force: bool | None = True) -> Citation:
    """A citation of one provision of a policy, as the assistant would make it."""
    provision = next(p for p in policy.provisions if p.address == f"{policy.id}/{address}")
    about = policy.metadata
    return Citation(
        n=n,
        source=policy.source,
        policy_id=policy.id,
        title=about.title or policy.source,
        doc_number=about.doc_number,
        tier=about.tier,
        jurisdiction=about.jurisdiction,
        address=provision.address,
        locator=provision.locator,
        quote=quote,
        wording=policy.wording,
        page=provision.page,
        url=about.url,
        in_force=in_force,
    )


def conditions(as_of: dt.date = TODAY, jurisdiction: str | None = None) -> Answer:
    """The answer to a question about conditions: three items of one article, and one digest."""
    citations = (
        *(cite(n, MEASURES, f"art_5/item_{n}", text[3:-1]) for n, text in enumerate(CONDITIONS, 1)),
        cite(4, DIGEST, "part_1", "可按投资额的30%抵免教育费附加", in_force=None),
    )
    return Answer(
        question="条件",
        status=Status.ANSWERED,
        text="",
        language="zh",
        as_of=as_of,
        jurisdiction=jurisdiction,
        statements=(
            *(Statement(text, (n,)) for n, text in enumerate(CONDITIONS, 1)),
            Statement("投资额的30%可以抵免教育费附加。", (4,)),
        ),
        citations=citations,
        notices=("第 4 条依据是摘要，请以官方原文为准。",),
        removed=1,
    )


def answer_to(question: str, as_of: dt.date, jurisdiction: str | None) -> Answer:
    if "条件" in question or "condition" in question:
        return conditions(as_of, jurisdiction)
    if "坏" in question:
        raise RuntimeError("the secret reason, for the log only")
    if "乱码" in question:
        raise QuestionError("The question holds no words.")
    empty = Answer(question, Status.NOT_FOUND, "收录的政策没有规定这一点。", "zh", as_of, jurisdiction)
    if "脚本" in question:
        quote = HOSTILE.provisions[0].text
        return Answer(
            question,
            Status.PARTIAL,
            "",
            "zh",
            as_of,
            jurisdiction,
            statements=(Statement("<img src=x onerror=\"window.broken='statement'\">", (1,)),),
            citations=(cite(1, HOSTILE, "art_1", quote, in_force=False),),
            notices=("<iframe src=http://evil.example></iframe>",),
        )
    if "天气" in question:
        return Answer(question, Status.OUT_OF_SCOPE, "本助手只回答产教融合政策问题。", "zh", as_of, jurisdiction)
    return empty
