"""Clauses and documents that a text names, and the addresses they mean."""

import pytest
from structure_texts import policy, read

from assistant.models import Metadata, Policy, Wording
from assistant.references import Register, documents, find, links, referred, resolve, short_names


def said(text):
    return [(r.title, r.doc_number, "/".join(r.steps)) for r in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("职业教育法第27条说了什么？", [("职业教育法", None, "art_27")]),
        ("根据《中华人民共和国职业教育法》第二十七条第二款", [("中华人民共和国职业教育法", None, "art_27/para_2")]),
        (
            "中华人民共和国慈善法第一条和中华人民共和国劳动法第四十条",  # the 和 of 共和国 joins nothing
            [("中华人民共和国慈善法", None, "art_1"), ("中华人民共和国劳动法", None, "art_40")],
        ),
        ("企业所得税法第二十六条第(一)项所称收入", [("企业所得税法", None, "art_26/item_1")]),
        ("依照劳动法第四十六条第一项、第二项", [("劳动法", None, "art_46/item_1"), ("劳动法", None, "art_46/item_2")]),
        ("财税[2019]46号规定可以抵免多少？", [(None, "财税〔2019〕46号", "")]),
        ("请问发改社会（2019）590号文件第五条", [(None, "发改社会〔2019〕590号", "art_5")]),
        ("《某意见》（国办发〔2017〕95号）第二条", [("某意见", "国办发〔2017〕95号", "art_2")]),
        ("财政部 税务总局公告2023年第12号", [(None, "财政部 税务总局公告2023年第12号", "")]),
        ("第十条至第十二条", [(None, None, "art_10"), (None, None, "art_11"), (None, None, "art_12")]),
        ("第五条第（一）、（三）项", [(None, None, "art_5/item_1"), (None, None, "art_5/item_3")]),
        ("第三十三条第一款、第二款", [(None, None, "art_33/para_1"), (None, None, "art_33/para_2")]),
        ("第十二条之一", [(None, None, "art_12_1")]),
        ("第十二条、第十二条之一", [(None, None, "art_12"), (None, None, "art_12_1")]),
        (
            "第三十九条和第四十条第一项、第二项",
            [(None, None, "art_39"), (None, None, "art_40/item_1"), (None, None, "art_40/item_2")],
        ),
        ("第五条第一款、第二款第（一）项", [(None, None, "art_5/para_1"), (None, None, "art_5/para_2/item_1")]),
        ("附件1第三条", [(None, None, "annex_1/art_3")]),
        ("第三章规定了什么", [(None, None, "ch_3")]),
        ("前款第（一）项、第（三）项", [(None, None, "item_1"), (None, None, "item_3")]),
        ("What does Article 27 say?", [(None, None, "art_27")]),
        ("art. 5 and Articles 10 to 12", [(None, None, f"art_{n}") for n in (5, 10, 11, 12)]),
        ("Article 27(3) of the law", [(None, None, "art_27/item_3")]),
        ("How much under Caishui [2019] No. 46?", [(None, "财税〔2019〕46号", "")]),
        ("Under Caishui 2019 No.46", [(None, "财税〔2019〕46号", "")]),
        ("Jiaozhicheng (2018) No. 1, Art. 3", [(None, "教职成〔2018〕1号", "art_3")]),
        ("企业条件有哪些？一条龙服务", []),
        ("The 27 articles were published in 2019.", []),
    ],
)
def test_references_are_found(text, expected):
    assert said(text) == expected


def test_a_reference_keeps_its_place_and_its_printed_words():
    text = "违反本条例第三十九条、第四十条规定的，责令改正。"
    first, second = find(text)
    assert (first.text, first.own) == ("本条例第三十九条", True)
    assert (second.text, second.own) == ("第四十条", True)
    assert [text[r.start : r.end] for r in (first, second)] == [first.text, second.text]


LAW = """
第一条　为了促进产教融合，制定本法。
第二条　企业应当符合下列条件之一：
（一）独立办学；
（二）合作办学。
第三条　企业应当接纳实习生。
学校应当安排指导教师。
前款规定的教师应当具有经验。
第四条　违反本法第二条的，责令改正。
附件1
细则
第二条　资金专款专用。
"""
NOTICE = """
一、减征教育费附加。
二、抵免投资额的30%。
三、本通知自印发之日起执行。
"""


def titled(policy_id, text, **metadata):
    from structure_texts import source

    from assistant.structure import parse

    parsed = parse(policy_id, source(text))
    return Policy(policy_id, policy_id, Wording.ORIGINAL, Metadata(**metadata), parsed.provisions)


@pytest.fixture
def register():
    return Register(
        (
            titled("law", LAW, title="中华人民共和国某某法"),
            titled("notice", NOTICE, title="关于调整某政策的通知", doc_number="财税〔2019〕46号"),
            titled("old", "第一条　甲。", title="职业教育法"),
            titled("new", "第一条　乙。", title="职业教育法"),
        )
    )


def resolved(text, register, policy_id="law", at=None):
    return [resolve(r, policy_id, register, at) for r in find(text)]


@pytest.mark.parametrize(
    ("text", "at", "address"),
    [
        ("本法第二条", None, "law/art_2"),
        ("第二条第（二）项", None, "law/art_2/item_2"),
        ("第二条第一款第（二）项", None, "law/art_2/item_2"),  # its only 款 is the article itself
        ("第三条第二款", None, "law/art_3/para_2"),
        ("某某法第三条第二款", None, "law/art_3/para_2"),
        ("《中华人民共和国某某法》", None, "law"),
        ("财税[2019]46号第二条", None, "notice/part_2"),  # 一、二、三、 are cited as 条
        ("前款规定的教师", "law/art_3/para_3", "law/art_3/para_2"),
        ("前条", "law/art_3/para_1", "law/art_2"),
        ("前项", "law/art_2/item_2", "law/art_2/item_1"),
        ("本条第二款", "law/art_3/para_3", "law/art_3/para_2"),
        ("前条第（二）项", "law/art_3/para_1", "law/art_2/item_2"),
        ("the preceding paragraph", "law/art_3/para_3", "law/art_3/para_2"),
        ("the preceding article", "law/art_3/para_1", "law/art_2"),
        ("本细则第二条", "law/annex_1/art_2", "law/annex_1/art_2"),
        ("附件1第二条", None, "law/annex_1/art_2"),
    ],
)
def test_references_lead_to_addresses(text, at, address, register):
    assert resolved(text, register, at=at)[0] == (address,)


def test_two_paragraphs_before_are_both_meant(register):
    assert resolved("前两款", register, at="law/art_3/para_3") == [("law/art_3/para_1", "law/art_3/para_2")]


@pytest.mark.parametrize("text", ["第九条", "第二条第（九）项", "《没有的办法》第一条", "财税〔2020〕1号", "前款"])
def test_what_is_not_there_stays_unresolved(text, register):
    assert resolved(text, register, at="law/art_1") == [()]


def test_a_title_that_two_versions_share_is_not_decided(register):
    reference = find("《职业教育法》第一条")[0]
    assert resolve(reference, "law", register) == ()
    assert documents(reference, "law", register) == ("old", "new")


def test_documents_are_named_without_marks_too(register):
    assert register.mentioned("某某法对企业有什么要求") == ("law",)
    assert register.mentioned("关于调整某政策的通知里怎么说") == ("notice",)
    assert register.mentioned("今天天气怎么样") == ()


def test_a_law_points_at_its_own_clauses(register):
    parsed = read(LAW)
    fourth = next(p for p in policy(parsed).provisions if p.address == "x/art_4")
    assert resolved(fourth.text.removeprefix("第四条　"), register, at="law/art_4") == [("law/art_2",)]


MEASURES = """
第一条　根据《某省产教融合促进条例》（某发〔2020〕1号，以下简称《条例》），制定本办法。
第二条　企业应当具备下列条件：
（一）依法登记；
（二）信用良好。
第三条　符合本办法第二条第（一）项、第（二）项规定的企业，可以依照《条例》第三条申请补贴。
违反前款规定的，依照第九条处理，并按照《没有的办法》第一条公布。
第四条　第二条至第三条的规定适用于学校。
"""


def linked(text, register, number, **given):
    measures = titled("measures", text, title="某省补贴办法", **given)
    clause = [p for p in measures.provisions if p.address.startswith(f"measures/art_{number}")]
    return links(measures, clause, register([measures]))


@pytest.fixture
def with_regulation():
    regulation = titled("regulation", LAW, title="某省产教融合促进条例")
    return lambda policies: Register((regulation, *policies))


def test_a_clause_leads_to_the_clauses_it_refers_to(with_regulation):
    found = linked(MEASURES, with_regulation, 3)
    assert [(link.text, link.addresses) for link in found] == [
        ("本办法第二条第（一）项", ("measures/art_2/item_1",)),
        ("第（二）项", ("measures/art_2/item_2",)),
        ("《条例》第三条", ("regulation/art_3",)),
        ("第九条", ()),
        ("《没有的办法》第一条", ()),
    ]  # 前款 is the first paragraph of the clause itself
    assert referred(found) == ("measures/art_2/item_1", "measures/art_2/item_2", "regulation/art_3")


def test_a_range_leads_to_every_clause_in_it(with_regulation):
    assert referred(linked(MEASURES, with_regulation, 4)) == ("measures/art_2", "measures/art_3")


def test_a_document_named_as_a_whole_is_no_clause_to_show(with_regulation):
    found = linked(MEASURES, with_regulation, 1)
    assert [(link.text[:12], link.addresses) for link in found] == [("《某省产教融合促进条例》", ("regulation",))]
    assert referred(found) == ()


@pytest.mark.parametrize(
    ("text", "title", "short"),
    [
        ("《某省产教融合促进条例》（以下简称《条例》）", "某办法", {"条例": "某省产教融合促进条例"}),
        ("《某意见》（国办发〔2017〕95号，以下简称“意见”）", "某办法", {"意见": "某意见"}),
        ("《某意见》（国办发〔2017〕95号）（以下称《意见》）", "某办法", {"意见": "某意见"}),
        ("实训中心（以下简称中心）", "某办法", {}),
        ("说明。", "《某市实习补贴办法（试行）》政策解读", {"办法": "某市实习补贴办法（试行）"}),
        ("说明。", "关于印发《甲办法》《乙办法》的通知", {}),
    ],
)
def test_short_names_stand_for_the_titles_they_were_given_to(text, title, short):
    assert short_names(titled("x", f"第一条　{text}", title=title)) == short


def test_of_versions_with_one_title_the_one_that_is_meant_can_be_chosen():
    versions = (titled("old", LAW, title="职业教育法"), titled("new", LAW, title="职业教育法"))
    register = Register(versions, narrow=lambda ids: [i for i in ids if i == "new"])
    assert resolved("《职业教育法》第三条", register, policy_id=None) == [("new/art_3",)]


def test_what_there_is_can_be_asked_elsewhere():
    register = Register((titled("law", "第一条　甲。", title="某某法"),), holds=lambda address: address == "law/art_99")
    assert resolved("《某某法》第九十九条", register) == [("law/art_99",)]
    assert resolved("《某某法》第一条", register) == [()]
