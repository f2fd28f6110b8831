"""What a text says of itself, with the words that say it; what it does not say stays unknown."""

import datetime as dt

import pytest
from structure_texts import read

from assistant.models import Tier
from assistant.structure.dates import after_years
from assistant.structure.dates import read as read_date


def body(*lines, title="某省产教融合促进办法"):
    return read("\n".join((title, *lines)))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("财税〔2019〕46号", "财税〔2019〕46号"),
        ("财税[2019]46号", "财税〔2019〕46号"),
        ("财税（2019）46号", "财税〔2019〕46号"),
        ("财税 ﹝2019﹞ 46 号", "财税〔2019〕46号"),
        ("发改社会〔2019〕590号", "发改社会〔2019〕590号"),
        ("财政部 税务总局公告2023年第12号", "财政部 税务总局公告2023年第12号"),
    ],
)
def test_a_document_number_is_found_however_it_was_typed(typed, number):
    parsed = body(typed, "第一条　甲应当申报。")
    assert parsed.metadata.doc_number == number
    assert next(e for e in parsed.evidence if e.field == "doc_number").quote == typed


def test_a_document_number_that_is_only_cited_is_not_its_own():
    assert body("第一条　依照财税〔2019〕46号办理。").metadata.doc_number is None


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2022年5月1日起施行。", dt.date(2022, 5, 1)),
        ("本办法自二〇二二年五月一日起施行。", dt.date(2022, 5, 1)),
        ("自2022年5月1日起实施。", dt.date(2022, 5, 1)),
        ("本办法自发布之日起施行。", dt.date(2019, 3, 28)),
        ("企业自2022年5月1日起执行新标准。", None),
        ("本办法自通知另行规定。", None),
    ],
)
def test_the_effective_day_is_the_one_the_text_sets_for_itself(sentence, effective):
    parsed = body(f"第一条　{sentence}", "某省教育厅", "2019年3月28日")
    assert parsed.metadata.effective == effective


@pytest.mark.parametrize(
    ("sentence", "expires"),
    [
        # five years from 1 March 2019: the last day is 29 February 2024
        ("本办法自2019年3月1日起施行，有效期五年。", dt.date(2024, 2, 29)),
        ("本办法自2019年3月1日起施行，试行期2年。", dt.date(2021, 2, 28)),
        ("本办法自2019年3月1日起施行，有效期至2025年12月31日。", dt.date(2025, 12, 31)),
        ("本通知执行至2027年12月31日。", dt.date(2027, 12, 31)),
        ("证书有效期三年。", None),
        ("本办法自2019年3月1日起施行。", None),
    ],
)
def test_the_last_day_in_force_is_worked_out_from_the_words(sentence, expires):
    assert body(f"第一条　{sentence}").metadata.expires == expires


def test_a_term_that_begins_on_29_february_ends_on_28_february():
    assert after_years(dt.date(2020, 2, 29), 1) == dt.date(2021, 2, 28)
    assert after_years(dt.date(2020, 3, 1), 4) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019年2月13日", dt.date(2019, 2, 13)),
        ("二○一九年十二月二十三日", dt.date(2019, 12, 23)),
        ("发布日期：2019-02-13", dt.date(2019, 2, 13)),
        ("2019年2月30日", None),
        ("2019年", None),
    ],
)
def test_dates_are_read_as_documents_write_them(text, date):
    assert read_date(text) == date


def relations(*lines):
    return {(r.kind, r.target) for r in body(*lines).relations}


def test_texts_that_are_repealed_are_named_by_number_or_title():
    found = relations(
        "第九条　本办法自发布之日起施行。《旧办法》（教职成〔2010〕1号）、《更旧的办法》同时废止。",
    )
    assert found == {("repeals", "教职成〔2010〕1号"), ("repeals", "更旧的办法")}


@pytest.mark.parametrize(
    "sentence",
    [
        "《某办法》第三条同时废止。",
        "依据《某法》被废止的，依照其规定。",
        "《某办法》不予废止。",
    ],
)
def test_what_is_no_repeal_of_a_whole_text_is_not_taken_for_one(sentence):
    assert not {r for r in relations(f"第九条　{sentence}") if r[0] == "repeals"}


def test_the_legal_basis_is_a_relation():
    basis = "根据《中华人民共和国职业教育法》和《某意见》（国办发〔2017〕95号），结合本省实际，制定本办法。"
    found = relations(f"第一条　{basis}", "第二条　按照《预算法》的规定管理资金。")
    assert found == {("based_on", "中华人民共和国职业教育法"), ("based_on", "国办发〔2017〕95号")}


@pytest.mark.parametrize(
    ("lines", "issuers", "jurisdiction"),
    [
        (("教育部 财政部关于印发某办法的通知",), ("教育部", "财政部"), "CN"),
        (("宁波市教育局关于印发某办法的通知",), ("宁波市教育局",), "330200"),
        (
            ("上海市职业教育条例", "2018年11月22日 上海市第十五届人民代表大会常务委员会第七次会议通过"),
            ("上海市人民代表大会常务委员会",),
            "310000",
        ),
        (("关于公布名单的通知", "第一条　甲。", "江西省教育厅", "2024年3月1日"), ("江西省教育厅",), "360000"),
        (("某县产教融合办法",), (), None),
    ],
)
def test_issuers_and_place_are_read_from_title_and_signature(lines, issuers, jurisdiction):
    body = () if len(lines) > 2 else ("第一条　甲应当申报。",)
    parsed = read("\n".join((*lines, *body)))
    assert (parsed.metadata.issuers, parsed.metadata.jurisdiction) == (issuers, jurisdiction)


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        ("中华人民共和国职业教育法", Tier.LAW),
        ("江苏省职业教育校企合作促进条例", Tier.REGULATION),
        ("关于深化产教融合的若干意见", Tier.NORMATIVE),
        ("职业学校学生实习管理规定", Tier.NORMATIVE),
        ("关于印发《职业学校学生实习管理规定》的通知", Tier.NORMATIVE),
        ("关于做好2026年稳岗工作的通知", Tier.NOTICE),
        ("关于公布第五批产教融合型企业名单的通知", Tier.LIST),
        ("《实施办法》政策解读", Tier.INTERPRETATION),
        ("产教融合让企业更有活力", None),
    ],
)
def test_the_tier_is_told_by_the_title(title, tier):
    assert read("第一条　甲应当申报。", title=title).metadata.tier == tier


def test_declared_metadata_wins_over_what_the_text_says():
    parsed = read(
        "财税〔2019〕46号\n第一条　本办法自2022年5月1日起施行。",
        title="声明的标题",
        doc_number="财税〔2020〕1号",
        effective=dt.date(2021, 1, 1),
    )
    assert parsed.metadata.title == "声明的标题"
    assert (parsed.metadata.doc_number, parsed.metadata.effective) == ("财税〔2020〕1号", dt.date(2021, 1, 1))
    assert {e.field for e in parsed.evidence} == set()


def test_fields_of_a_government_page_are_read():
    parsed = read(
        "发文机关：江西省教育厅\n成文日期：2023年05月08日\n发文字号：赣教职成〔2023〕5号\n发布日期：2023-06-01\n"
        "标    题：关于建设联合体的通知\n第一条　甲应当申报。"
    )
    m = parsed.metadata
    assert (m.issuers, m.issued, m.doc_number) == (("江西省教育厅",), dt.date(2023, 5, 8), "赣教职成〔2023〕5号")
    assert (m.title, m.jurisdiction) == ("关于建设联合体的通知", "360000")


def test_nothing_is_made_up_for_a_text_that_says_nothing():
    parsed = read("企业应当接纳学生实习。\n学校应当安排指导教师。")
    assert parsed.metadata == type(parsed.metadata)()
    assert parsed.relations == ()
    assert parsed.evidence == ()
