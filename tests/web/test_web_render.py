"""The page's HTML, read without a browser: what a reader is told, and that nothing typed or filed is markup."""

from __future__ import annotations

import dataclasses
import re
from importlib.resources import files

import pytest
from bs4 import BeautifulSoup
from web_fakes import DIGEST, HOSTILE, MEASURES, POLICIES, TODAY, answer_to, cite, conditions

from assistant.app.web import render
from assistant.app.web.clauses import clause
from assistant.app.web.places import place_name, provinces
from assistant.app.web.texts import EN, LANGUAGES, ZH, texts
from assistant.app.web.turns import Trouble, Turn
from assistant.models import (
    Answer,
    Cell,
    Kind,
    NamedDocument,
    NamedPlace,
    Refusal,
    Row,
    Statement,
    Status,
    Table,
    Tier,
    Understood,
)


def turn(question: str, answer: Answer) -> Turn:
    return Turn(question, answer, tuple(clause(c, POLICIES[c.policy_id]) for c in answer.citations))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


CONDITIONS_TURN = turn("条件有哪些？", conditions())


def test_statements_are_grouped_under_their_policies_and_each_ends_with_its_number():
    page = soup(render.transcript([CONDITIONS_TURN], ZH))
    assert [h.find(string=True).strip() for h in page.select("h4.policy-title")] == [
        "示范市产教融合型企业认定办法",
        "关于示范教育费附加抵免的通知",
    ]
    assert [li.get_text() for li in page.select("ul.statements li")] == [
        "（一）独立或者与职业学校联合举办产业学院；[1]",
        "（二）近三年每年接收实习学生不少于五人；[2]",
        "（三）承担现代学徒制试点任务。[3]",
        "投资额的30%可以抵免教育费附加。 未经原文核对[4]",
    ]
    assert [p.get_text() for p in page.select("p.at")] == ["第五条", "第一条"]


def test_items_are_set_in_below_their_lead_and_an_english_reader_is_told_whether_any_or_all_are_asked_for():
    answer = conditions()
    lead = cite(9, MEASURES, "art_5", "申请认定的企业应当依法登记，并符合下列条件之一：")
    shown = turn(
        "conditions",
        dataclasses.replace(
            answer,
            language="en",
            statements=(Statement(lead.quote, (9,)), *answer.statements),
            citations=(*answer.citations, lead),
        ),
    )
    lines = soup(render.transcript([shown], EN)).select(".passage")[0].select("li")
    assert [line["class"] for line in lines] == [["depth-0"], ["rule"], *[["depth-1"]] * 3]
    assert lines[1].get_text() == "Any one of the following is enough:"
    chinese = soup(render.transcript([turn("条件", dataclasses.replace(shown.answer, language="zh"))], ZH))
    assert chinese.select_one("li.rule").get_text() == "以下各项满足其一即可："


def test_of_a_partial_answer_what_has_no_basis_is_told():
    answer = dataclasses.replace(conditions(), status=Status.PARTIAL, missing=("关于“住房”，没有找到依据。",))
    box = soup(render.transcript([turn("条件和住房", answer)], ZH)).select_one(".box.partial")
    assert box.get_text("|") == "只能回答一部分|关于“住房”，没有找到依据。"


def test_every_number_in_an_answer_leads_to_a_card_and_every_card_back_to_it():
    answer = soup(render.transcript([CONDITIONS_TURN, CONDITIONS_TURN], ZH))
    sources = soup(render.source_panel([CONDITIONS_TURN, CONDITIONS_TURN], ZH))
    cards = {d["id"] for d in sources.select("details.clause")}
    assert {a["href"].lstrip("#") for a in answer.select("a.cite")} == cards
    assert len(cards) == 8  # four citations in each of two answers
    assert {a["href"].lstrip("#") for a in sources.select("a.back")} == {t["id"] for t in answer.select("article")}


def test_a_card_tells_what_the_policy_is_and_marks_the_quote():
    panel = soup(render.source_panel([CONDITIONS_TURN], ZH))
    policy = panel.select_one("section.policy")
    assert policy.h3.get_text() == "示范市产教融合型企业认定办法"
    assert [b.get_text() for b in policy.select_one(".badges")] == ["规范性文件", "宁波市"]
    facts = {row.dt.get_text(): row.dd.get_text() for row in policy.select("dl.facts > div")}
    assert facts == {
        "文号": "示发改〔2019〕7号",
        "发布机关": "示范市发展改革委、示范市教育局",
        "发布": "2019-04-03",
        "施行": "2019-05-01",
        "效力说明": "试行期五年，未见延长。",
    }
    link = policy.select_one("p.link a")
    assert link["href"] == "https://fgw.example.gov.cn/7.html"
    assert link.find(string=True) == "查看官方页面"
    assert set(link["rel"]) == {"noopener", "noreferrer"}
    card = policy.select_one("#source-1-2")
    assert card.summary.get_text("|") == "[2]|第五条第（二）项|现行有效|原文"
    assert card.mark.get_text() == "近三年每年接收实习学生不少于五人"


def test_a_digest_from_memory_says_so():
    card = soup(render.source_panel([CONDITIONS_TURN], ZH)).select_one("#source-1-4")
    assert card.summary.get_text("|") == "[4]|第一条|有效性待核|摘要未核对"
    assert card.select_one("p.warn").get_text() == "未经原文核对"
    assert card.select_one("p.small").get_text() == "编者注：结转年限待核。"


def test_only_a_government_page_is_called_official():
    links = soup(render.source_panel([CONDITIONS_TURN], EN)).select("p.link a")
    assert [a.find(string=True) for a in links] == ["Official page", "Web page"]


def test_the_english_page_names_policies_and_places_in_english():
    panel = soup(render.source_panel([CONDITIONS_TURN], EN))
    assert panel.h3.get_text() == "Sample City Measures on Recognising Integration Enterprises"
    assert [b.get_text() for b in panel.select_one(".badges")] == ["Normative document", "Ningbo"]
    assert (
        panel.select_one("#source-1-1").summary.get_text("|")
        == "[1]|Article 5, item (1) (第五条第（一）项)|In force|Original text"
    )


@pytest.mark.parametrize(("in_force", "label"), [(True, "现行有效"), (False, "当日不生效"), (None, "有效性待核")])
def test_the_badge_tells_whether_a_clause_holds_on_the_day(in_force, label):
    answer = conditions()
    cited = dataclasses.replace(answer.citations[0], in_force=in_force)
    shown = turn("问", dataclasses.replace(answer, citations=(cited,)))
    assert soup(render.source_panel([shown], ZH)).select_one("#source-1-1 .badge").get_text() == label


def test_notices_removed_sentences_and_the_day_are_told():
    text = soup(render.transcript([CONDITIONS_TURN], ZH)).get_text("\n")
    assert "请注意\n第 4 条依据是摘要，请以官方原文为准。" in text
    assert "有 1 句话与条款对不上，已经去掉。" in text
    assert "按 2026-03-01 的规定 · 不限地区" in text


def test_a_refusal_says_why_and_offers_other_questions_but_not_the_same():
    asked = ZH.examples[0]
    page = soup(render.transcript([turn(asked, Answer(asked, Status.NOT_FOUND, "没有写到。", "zh", TODAY, None))], ZH))
    box = page.select_one(".box.not_found")
    assert box.h4.get_text() == "收录的政策没有写到这一点"
    assert box.p.get_text() == "没有写到。"
    assert [b["data-ask"] for b in page.select("button.example")] == list(ZH.examples[1:])
    assert not page.select("a.cite")


def test_clauses_near_a_refused_question_stand_as_a_list():
    text = "没有找到。\n\n以下相近：\n- 《甲<b>》第一条\n- 《乙》第二条"
    box = soup(render.transcript([turn("问", Answer("问", Status.NOT_FOUND, text, "zh", TODAY, None))], ZH)).select_one(
        ".box"
    )
    assert [p.get_text() for p in box.select("p")] == ["没有找到。", "以下相近："]
    assert [li.get_text() for li in box.select("ul > li")] == ["《甲<b>》第一条", "《乙》第二条"]


def test_out_of_scope_and_troubles_each_have_their_own_words():
    out = soup(render.transcript([turn("天气", answer_to("天气", TODAY, None))], EN))
    assert out.select_one(".box.out_of_scope h4").get_text() == "This is not about industry–education policy"
    failed = soup(render.transcript([Turn("问", trouble=Trouble.FAILED)], ZH))
    assert failed.select_one(".box.trouble h4").get_text() == "这次没能答出来"
    unusable = soup(render.transcript([Turn("问", trouble=Trouble.UNUSABLE, reason="No words.")], ZH))
    assert unusable.select_one(".box.trouble").get_text("|") == "这个问题无法处理|No words."


def test_a_pending_question_shows_that_it_is_being_worked_on():
    page = soup(render.transcript([Turn("条件？")], ZH))
    assert page.select_one(".pending").get_text() == "正在查找条款……"
    assert soup(render.source_panel([Turn("条件？")], ZH)).select_one(".source-empty").get_text() == ZH.sources_empty


def test_sources_of_the_last_answer_show_and_those_of_earlier_ones_wait():
    groups = soup(render.source_panel([CONDITIONS_TURN, CONDITIONS_TURN], ZH)).select(".source-group")
    assert [g.has_attr("hidden") for g in groups] == [True, False]


def test_nothing_from_a_question_or_a_document_becomes_markup():
    question = "脚本<script>alert('question')</script>"
    shown = turn(question, answer_to(question, TODAY, "<b>省</b>"))
    for t in (ZH, EN):
        html = render.transcript([shown], t) + render.source_panel([shown], t) + render.hint("<b>x</b>")
        page = soup(html)
        assert not page.select("script, img, svg, b, br, i, u, marquee, iframe")
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not page.select('a[href^="javascript"]')
    text = soup(render.source_panel([shown], ZH)).get_text()
    assert (HOSTILE.metadata.title or "") in text
    assert HOSTILE.provisions[0].text in text
    assert "javascript:alert('url')" in text  # told, but no link


def test_both_languages_word_everything_and_fill_in_the_same_places():
    for field in dataclasses.fields(ZH):
        chinese, english = getattr(ZH, field.name), getattr(EN, field.name)
        assert chinese is not None
        assert english is not None
        if isinstance(chinese, str):
            assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english)), field.name
    assert set(ZH.tiers) == set(EN.tiers) == set(Tier)
    assert set(ZH.headings) == set(EN.headings) == set(Status)
    assert [texts(language).language for language in LANGUAGES] == list(LANGUAGES)
    assert texts("anything else") is ZH


def test_no_chinese_is_left_in_the_english_wording():
    assert not re.findall(r"[\u4e00-\u9fff]", str(EN))


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("CN", "全国", "National"),
        ("360000", "江西省", "Jiangxi"),
        ("330200", "宁波市", "Ningbo"),
        ("440305", "深圳市南山区", "南山区, Shenzhen"),  # several cities have a 南山区
        ("310115", "上海市浦东新区", "浦东新区, Shanghai"),
        ("999999", "999999", "999999"),
    ],
)
def test_a_place_is_named_as_a_reader_would(code, zh, en):
    assert (place_name(code, "zh"), place_name(code, "en")) == (zh, en)


def test_all_34_province_level_units_can_be_chosen():
    assert len(provinces()) == 35  # and the nation
    assert provinces()[0] == "CN"


# Text colour on ground, as the style sheet pairs them.
PAIRS = (
    ("ink", "ground"), ("ink", "paper"), ("ink", "tint"), ("ink", "mark"), ("quiet", "ground"), ("quiet", "paper"),
    ("accent", "paper"), ("accent", "ground"), ("accent", "tint"), ("on-accent", "accent"),
    ("good", "good-ground"), ("bad", "bad-ground"), ("care", "care-ground"),
)  # fmt: skip


@pytest.mark.parametrize("mode", [":root", ".dark"])
def test_every_pair_of_colours_meets_wcag_aa(mode):
    sheet = (files("assistant.app.web") / "style.css").read_text("utf-8")
    block = sheet[sheet.index(f"{mode} {{") :].split("}")[0]
    colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", block))

    def luminance(name: str) -> float:
        channels = (int(colours[name][i : i + 2], 16) / 255 for i in (0, 2, 4))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text, ground in PAIRS:
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def compared() -> Turn:
    """Two policies side by side, the third side without a clause."""
    table = Table(
        ("示范市", "国家", "甘肃省"),
        (Row("比例", (Cell("抵免比例为20%。", (1,)), Cell("可按投资额的30%抵免", (2,)), Cell("没有找到条款"))),),
    )
    citations = (
        cite(1, MEASURES, "art_5/item_1", CONDITIONS_TURN.answer.citations[0].quote),
        cite(2, DIGEST, "part_1", "可按投资额的30%抵免教育费附加"),
    )
    lead = Statement("数字不同：示范市 20%；国家 30%。", (1, 2))
    statements = tuple(Statement(c.quote, (c.n,)) for c in citations)
    answer = dataclasses.replace(
        conditions(), statements=statements, citations=citations, lead=lead, table=table, notices=(), removed=0
    )
    return turn("比一比", answer)


def test_a_comparison_is_a_table_whose_cells_cite_and_name_their_side():
    page = soup(render.transcript([compared()], ZH))
    table = page.select_one("table.comparison")
    assert [th.get_text() for th in table.select("thead th")] == ["示范市", "国家", "甘肃省"]
    assert [(td["data-side"], td.get_text()) for td in table.select("tbody td")] == [
        ("示范市", "抵免比例为20%。[1]"),
        ("国家", "可按投资额的30%抵免 未经原文核对[2]"),
        ("甘肃省", "没有找到条款"),
    ]
    assert table.select_one("tbody th").get_text() == "比例"
    assert page.select_one("p.lead").get_text().startswith("数字不同：示范市 20%；国家 30%。")
    assert [badge.get_text() for badge in page.select(".policy-title .side")] == ["示范市", "国家"]


def test_what_is_to_be_handed_in_is_ticked_off_and_steps_are_numbered_with_who_handles_them():
    marked = tuple(
        Statement(text, (n,), kind, remark)
        for (n, text), kind, remark in zip(
            enumerate(("申请书", "向教育局申请；", "教育局审核。"), 1),
            (Kind.MATERIAL, Kind.PROCEDURE, Kind.PROCEDURE),
            ("", "办理：教育局", ""),
            strict=True,
        )
    )
    page = soup(render.transcript([turn("怎么办", dataclasses.replace(conditions(), statements=marked))], ZH))
    assert [li["class"][1:] for li in page.select("ul.statements li")] == [["check"], ["step"], ["step"]]
    assert page.select_one(".remark").get_text() == "办理：教育局"


def test_sanctions_are_told_from_duties_beside_their_article():
    marked = (Statement(CONDITIONS_TURN.answer.statements[0].text, (1,), Kind.SANCTION),)
    page = soup(render.transcript([turn("后果", dataclasses.replace(conditions(), statements=marked))], ZH))
    assert page.select_one("p.at").get_text() == "第五条 法律责任"


def test_what_is_near_a_refused_question_can_be_opened_and_is_said_to_be_no_source():
    near = cite(1, MEASURES, "art_5", MEASURES.provisions[1].text)
    refused = Answer(
        "问", Status.NOT_FOUND, "没有。\n请换个说法。\n\n相近：\n- 《办法》", "zh", TODAY, None, related=(near,)
    )
    shown = Turn("问", refused, (clause(near, MEASURES),))
    box = soup(render.transcript([shown], ZH)).select_one(".box.not_found")
    assert [p.get_text() for p in box.select("p")] == ["没有。", "请换个说法。", ZH.related]
    assert box.select_one("li a.cite")["href"] == "#source-1-1"
    panel = soup(render.source_panel([shown], ZH))
    assert panel.select_one("#source-1-1")
    assert ZH.sources_related in panel.get_text()


def test_an_answer_that_waits_for_facts_says_so_in_front():
    answer = dataclasses.replace(conditions(), missing=("取决于第一项。",), refusal=Refusal.NEEDS_FACTS)
    box = soup(render.transcript([turn("我们能享受吗？", answer)], ZH)).select_one(".box.partial")
    assert box.get_text("|") == "要看你们的情况|取决于第一项。"


def test_chips_say_in_the_pages_language_what_was_understood_and_where_it_is_from():
    answer = dataclasses.replace(
        conditions(),
        question="那条件呢？",
        understood=Understood(
            ("宁波市<b>产教融合型企业</b> 条件",),
            "zh",
            (Kind.CONDITION,),
            NamedPlace("330200", "宁波市", "carried"),
            TODAY,
            "given",
            (NamedDocument("x", "某办法<i>", "named"),),
        ),
    )
    for texts_, said in (
        (ZH, ["地区：宁波市（沿用上文） ×", "日期：2026-03-01（所选） ×", "文件：《某办法<i>》 ×", "所问：条件 ×"]),
        (
            EN,
            [
                "Place: Ningbo (from before) ×",
                "Day: 2026-03-01 (chosen) ×",
                "Document: 某办法<i> ×",
                "Asked for: conditions ×",
            ],
        ),
    ):
        page = soup(render.transcript([turn("那条件呢？", answer)], texts_))
        assert [chip.get_text() for chip in page.select("button.chip")] == said
        assert [chip["data-without"] for chip in page.select("button.chip")] == ["place", "day", "document", "kind"]
        assert "宁波市<b>产教融合型企业</b> 条件" in page.select_one(".understood").get_text()


def test_a_question_that_was_understood_as_asked_is_not_said_twice():
    answer = dataclasses.replace(conditions(), question="条件？", understood=Understood(("条件？",), "zh"))
    page = soup(render.transcript([turn("条件？", answer)], ZH))
    assert not page.select(".understood, .chips")


def test_what_is_near_an_answered_question_stands_below_the_answer_and_after_its_sources():
    near = cite(9, MEASURES, "art_5", MEASURES.provisions[1].text)
    answered = dataclasses.replace(conditions(), related=(near,))
    shown = turn("问", answered)
    shown = dataclasses.replace(shown, clauses=(*shown.clauses, clause(near, MEASURES)))
    page = soup(render.transcript([shown], ZH))
    assert page.select_one(".near p").get_text() == ZH.related_too
    assert page.select_one(".near a.cite")["href"] == "#source-1-9"
    panel = soup(render.source_panel([shown], ZH))
    note = panel.select_one("p.near")
    assert note.get_text() == ZH.sources_related
    assert note.find_next("details")["id"] == "source-1-9"


def test_questions_to_ask_next_stand_below_an_answer_and_in_place_of_the_examples_below_a_refusal():
    offered = ("能抵<b>多少</b>？",)
    for answer in (conditions(), answer_to("别的", TODAY, None)):
        page = soup(render.transcript([turn("问", dataclasses.replace(answer, suggestions=offered))], ZH))
        assert page.select_one(".next h3").get_text() == "接着可以问"
        assert [b["data-ask"] for b in page.select(".example")] == list(offered)
        assert [b.get_text() for b in page.select(".example")] == list(offered)
