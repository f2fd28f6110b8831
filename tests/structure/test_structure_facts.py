"""What a text says of itself, with the words that say it; what it does not say stays unknown."""

import datetime as dt

import pytest
from structure_texts import read

from assistant.models import Tier
from assistant.structure.dates import after_months
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


@pytest.mark.parametrize(
    ("title", "english"),
    [
        ("中华人民共和国劳动合同法", "Labor Contract Law"),
        ("失业保险条例", "Regulations on Unemployment Insurance"),
        ("宁波市劳动合同条例", None),
    ],
)
def test_a_national_law_has_the_english_name_it_is_known_by(title, english):
    assert body("第一条　甲应当申报。", title=title).metadata.title_en == english


def test_a_document_number_that_is_only_cited_is_not_its_own():
    assert body("第一条　依照财税〔2019〕46号办理。").metadata.doc_number is None


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2022年5月1日起施行。", dt.date(2022, 5, 1)),
        ("本办法自二〇二二年五月一日起施行。", dt.date(2022, 5, 1)),
        ("自2022年5月1日起实施。", dt.date(2022, 5, 1)),
        ("本办法自发布之日起施行。", dt.date(2019, 3, 28)),
        ("本办法自印发之日起施行。", dt.date(2019, 3, 28)),
        # 28 March does not count, 30 whole days pass: 29 March to 27 April
        ("本办法自发布之日起30日后施行。", dt.date(2019, 4, 28)),
        ("本办法自公布之日起三十日后施行。", dt.date(2019, 4, 28)),
        ("本办法自发布之日起10个工作日后施行。", None),
        ("本公告自2023年1月1日至2027年12月31日执行。", dt.date(2023, 1, 1)),
        ("本公告执行期限为2023年1月1日至2027年12月31日。", dt.date(2023, 1, 1)),
        ("证书有效期自2023年1月1日至2025年12月31日。", None),
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
        ("本办法自2019年3月1日起施行，有效期为5年。", dt.date(2024, 2, 29)),
        ("本办法自2019年3月1日起试行两年。", dt.date(2021, 2, 28)),
        ("本办法自2019年3月1日起实施，暂定执行3年。", dt.date(2022, 2, 28)),
        ("本办法自2019年3月1日起施行，有效期18个月。", dt.date(2020, 8, 31)),
        ("本办法有效期自2019年3月1日至2022年2月28日。", dt.date(2022, 2, 28)),
        ("本公告自2023年1月1日至2027年12月31日执行。", dt.date(2027, 12, 31)),
        ("本通知有效期至2025年底。", dt.date(2025, 12, 31)),
        ("本通知有效期至2025年6月。", dt.date(2025, 6, 30)),
        ("本通知执行至二〇二五年十二月三十一日。", dt.date(2025, 12, 31)),
        ("《某办法》有效期延长至2025年12月31日。", None),
        ("证书有效期三年。", None),
        ("本办法自2019年3月1日起施行。", None),
    ],
)
def test_the_last_day_in_force_is_worked_out_from_the_words(sentence, expires):
    assert body(f"第一条　{sentence}").metadata.expires == expires


@pytest.mark.parametrize(
    ("notes", "issued", "effective"),
    [
        ("（2018年5月3日某省人民政府令第215号公布 自公布之日起施行）", dt.date(2018, 5, 3), dt.date(2018, 5, 3)),
        ("（2018年5月3日某省人民政府令第215号公布 2018年7月1日起施行）", dt.date(2018, 5, 3), dt.date(2018, 5, 3)),
        # amended since: this version is of 2021, and 自公布之日起 can mean neither day
        ("（2018年5月3日某省人民政府令第215号公布 根据2021年9月8日《某决定》修正）", dt.date(2021, 9, 8), None),
        (
            "（2018年5月3日某省人民政府令第215号公布）\n（2021年9月8日某省人民政府令第300号修订）",
            dt.date(2021, 9, 8),
            None,
        ),
        (
            "（2019年10月30日某市人民代表大会常务委员会通过 2019年12月5日某省人民代表大会常务委员会批准）",
            dt.date(2019, 12, 5),
            None,
        ),
    ],
)
def test_a_note_of_adoption_tells_the_day_of_this_version(notes, issued, effective):
    m = body(notes, "第一条　本办法自公布之日起施行。").metadata
    assert (m.issued, m.effective) == (issued, effective)


def test_a_term_that_begins_on_29_february_ends_on_28_february():
    assert after_months(dt.date(2020, 2, 29), 12) == dt.date(2021, 2, 28)
    assert after_months(dt.date(2020, 3, 1), 48) == dt.date(2024, 2, 29)


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
    quotes = {e.field: (e.value, e.quote, e.address) for e in parsed.evidence}
    assert quotes["title"] == ("声明的标题", "a field of the file", "x")
    assert quotes["effective"] == ("2021-01-01", "a field of the file", "x")


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


def test_the_lines_of_a_red_head_stand_before_the_title():
    parsed = read(
        "000123\n特急\n江苏省人民政府文件\n苏政发〔2021〕12号　　签发人：张三\n江苏省人民政府关于加快产教融合的意见\n"
        "各市人民政府：\n现提出以下意见。\n一、加强领导。\n江苏省人民政府\n2021年3月2日\n"
        "江苏省人民政府办公厅　　2021年3月5日印发"
    )
    m = parsed.metadata
    assert (m.title, m.doc_number) == ("江苏省人民政府关于加快产教融合的意见", "苏政发〔2021〕12号")
    assert (m.issuers, m.issued, m.jurisdiction) == (("江苏省人民政府",), dt.date(2021, 3, 2), "320000")


@pytest.mark.parametrize(
    ("lines", "issuers", "quote"),
    [
        (
            ("国家发展改革委 教育部 工业和信息化部", "财政部 人力资源社会保障部", "关于开展试点的通知"),
            ("国家发展改革委", "教育部", "工业和信息化部", "财政部", "人力资源社会保障部"),
            "国家发展改革委 教育部 工业和信息化部 财政部 人力资源社会保障部",
        ),
        (
            (
                "关于开展试点的通知",
                "第一条　甲。",
                "附件：1.申报表",
                "教 育 部　财政部",
                "国 家 税 务 总 局",
                "2020年1月2日",
            ),
            ("教育部", "财政部", "国家税务总局"),
            "教 育 部　财政部\n国 家 税 务 总 局",
        ),
        (
            ("某办法", "（2021年3月1日苏州市教育局、苏州市财政局联合印发）"),
            ("苏州市教育局", "苏州市财政局"),
            "（2021年3月1日苏州市教育局、苏州市财政局联合印发）",
        ),
        (("某办法", "苏政办发〔2020〕3号"), ("江苏省人民政府办公厅",), "苏政办发〔2020〕3号"),
        (("某意见", "国办发〔2017〕95号"), ("国务院办公厅",), "国办发〔2017〕95号"),
        (("某意见", "苏州发〔2017〕95号"), (), None),
        (("某意见", "教发〔2017〕95号"), (), None),  # the ministry's and many a county's
        (
            ("江苏省实习管理办法", "（2018年5月3日江苏省人民政府令第215号公布 根据2021年9月8日《某决定》修正）"),
            ("江苏省人民政府",),
            "（2018年5月3日江苏省人民政府令第215号公布 根据2021年9月8日《某决定》修正）",
        ),
    ],
)
def test_issuers_are_named_by_title_signature_or_number(lines, issuers, quote):
    text = lines if any("第一条" in line for line in lines) else (*lines, "第一条　甲应当申报。")
    parsed = read("\n".join(text))
    assert parsed.metadata.issuers == issuers
    assert next((e.quote for e in parsed.evidence if e.field == "issuers"), None) == quote


def test_an_announcement_is_numbered_by_its_issuers():
    parsed = read("财政部 税务总局关于抵免的公告\n2023年第12号\n现公告如下：\n一、抵免。")
    assert parsed.metadata.doc_number == "财政部 税务总局公告2023年第12号"


@pytest.mark.parametrize(
    ("cover", "signed", "number", "issuers"),
    [
        (("教育部令", "第36号"), ("部长　某某",), "教育部令第36号", ("教育部",)),
        (("中华人民共和国教育部令第36号",), ("部 长  某某",), "教育部令第36号", ("教育部",)),
        (
            ("江西省人民代表大会常务委员会公告", "第12号"),
            ("江西省人民代表大会常务委员会",),
            None,
            ("江西省人民代表大会常务委员会",),
        ),
    ],
)
def test_an_order_gives_its_number_to_what_it_makes_public(cover, signed, number, issuers):
    made = "《职业学校管理办法》已经审议通过，现予公布，自2024年1月1日起施行。"
    lines = (*cover, made, *signed, "2023年11月30日", "职业学校管理办法", "第一条　甲。", "第二条　乙。")
    parsed = read("\n".join(lines))
    m = parsed.metadata
    assert (m.title, m.doc_number, m.issuers) == ("职业学校管理办法", number, issuers)
    assert (m.issued, m.effective) == (dt.date(2023, 11, 30), dt.date(2024, 1, 1))
    assert next(e.quote for e in parsed.evidence if e.field == "title") == made
    assert [p.address for p in parsed.provisions if p.address.endswith("art_2")] == ["x/art_2"]


@pytest.mark.parametrize(
    ("title", "relation"),
    [
        ("《某省产教融合办法》政策解读", ("interprets", "某省产教融合办法")),
        ("关于《某省产教融合办法》的解读", ("interprets", "某省产教融合办法")),
        ("关于修改《某省职业教育条例》的决定", ("amends", "某省职业教育条例")),
        ("关于废止《某省实习办法》的决定", ("repeals", "某省实习办法")),
        ("某省实施《中华人民共和国职业教育法》办法", ("implements", "中华人民共和国职业教育法")),
        ("中华人民共和国企业所得税法实施条例", ("implements", "中华人民共和国企业所得税法")),
        ("关于印发《某省产教融合办法》的通知", None),
    ],
)
def test_a_title_says_what_it_is_to_another_text(title, relation):
    found = [(r.kind, r.target) for r in read("第一条　甲应当申报。", title=title).relations]
    assert found == ([relation] if relation else [])


def test_an_announcement_is_repealed_under_its_number():
    found = relations("第一条　本办法自公布之日起施行。《税务总局 财政部公告》（2019年第10号）同时废止。")
    assert found == {("repeals", "税务总局 财政部公告2019年第10号")}


def test_every_text_on_a_list_of_repeals_is_named():
    found = relations(
        "经研究，决定废止下列文件：",
        "一、《甲办法》（苏政发〔2010〕1号）",
        "二、《乙办法》",
        "三、《丙办法》第五条",
        "本决定自公布之日起施行。",
        "四、《丁办法》继续有效。",
    )
    assert found == {("repeals", "苏政发〔2010〕1号"), ("repeals", "乙办法")}


def test_a_text_that_ends_itself_says_its_first_day_without_force():
    assert body("第一条　本通知自2025年1月1日起废止。").metadata.repealed == dt.date(2025, 1, 1)
    assert body("第一条　本通知自2025年1月1日起停止执行。").metadata.repealed == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("有效性：失效", "expired"),
        ("时 效 性：已废止", "repealed"),
        ("有效性：有效", None),
        ("关于实习补贴的通知（已废止）", "repealed"),
        ("关于实习补贴的通知【全文失效】", "expired"),
        ("关于废止部分文件的通知", None),
    ],
)
def test_a_page_that_says_its_text_has_ended_is_believed(first, status):
    parsed = read(f"{first}\n洪教发〔2019〕1号\n一、甲。\n二、乙。")
    assert parsed.status == status
    assert [e.quote for e in parsed.evidence if e.field == "status"] == ([first] if status else [])


def test_dates_tier_and_place_of_a_translation_are_read():
    parsed = read(
        "Vocational Education Law of the People's Republic of China\n"
        "(Adopted at the 19th Meeting of the Standing Committee on May 15, 1996; revised on April 20, 2022)\n"
        "Article 1 This Law is enacted.\nArticle 2 This Law shall come into force as of May 1, 2022."
    )
    m = parsed.metadata
    assert (m.issued, m.effective) == (dt.date(2022, 4, 20), dt.date(2022, 5, 1))
    assert (m.tier, m.jurisdiction) == (Tier.LAW, "CN")
    regulation = read("Regulations of Jiangsu Province on Implementing the Labour Law\nArticle 1 A.\nArticle 2 B.")
    assert (regulation.metadata.tier, regulation.metadata.jurisdiction) == (Tier.REGULATION, "320000")
    assert read("A New Plan for Vocational Education\nThe minister spoke.").metadata.tier is None
