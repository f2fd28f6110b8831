"""What is indexed: one clause a chunk, none above the ceiling, nothing left out, headings in the context only."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure_texts import bare, policy, read

from assistant.chunks import chunk
from assistant.models import Level, Line, Metadata, Policy, Provision, Role, Source, Wording
from assistant.structure import parse
from assistant.text import count_tokens


def chunks(text, title="某省产教融合办法", **sizes):
    """Chunks of a document, counted in characters so that sizes can be checked by hand."""
    return chunk(policy(read(text, title)), count=len, **sizes)


def held(found):
    return [[a.removeprefix("x/") for a in c.addresses] for c in found]


def test_an_article_is_one_chunk_with_all_its_items():
    found = chunks(
        """
        第一章 总则
        第一条　为了深化产教融合，制定本办法。
        第二条　企业应当具备下列条件：
        （一）依法登记；
        （二）信用良好。
        """,
        floor=10,
        ceiling=200,
    )
    assert held(found) == [["art_1"], ["art_2", "art_2/item_1", "art_2/item_2"]]
    assert found[1].text == "第二条　企业应当具备下列条件：\n（一）依法登记；\n（二）信用良好。"


def test_short_articles_are_not_merged():
    found = chunks("第一条　甲。\n第二条　乙。\n第三条　丙。", floor=100, ceiling=500)
    assert held(found) == [["art_1"], ["art_2"], ["art_3"]]


def test_the_context_names_title_headings_and_locator():
    found = chunks("第二章 条件\n第五条　企业应当依法登记。", floor=1, ceiling=200)
    assert found[0].context == "某省产教融合办法 第二章 条件 第五条"
    assert found[0].indexed == "某省产教融合办法 第二章 条件 第五条\n第五条　企业应当依法登记。"
    assert found[0].tokens == len(found[0].indexed)


def test_the_number_of_an_article_of_several_paragraphs_goes_before_its_first_one():
    found = chunks("第五条　企业应当依法登记。\n学校应当依法办学。", floor=1, ceiling=200)
    assert held(found) == [["art_5", "art_5/para_1", "art_5/para_2"]]
    assert found[0].text == "第五条 企业应当依法登记。\n学校应当依法办学。"


def test_headings_are_no_chunks_of_their_own():
    found = chunks("第一章 总则\n第一条　甲应当申报。\n第二章 附则\n第二条　乙应当申报。", floor=1, ceiling=200)
    assert not {"ch_1", "ch_2"} & {a for addresses in held(found) for a in addresses}


def test_a_long_article_is_divided_before_a_paragraph_rather_than_before_an_item():
    first = "企业" + "文" * 42 + "。"
    items = "\n".join(f"（{n}）" + "乙" * 12 + "；" for n in "一二三")
    found = chunks(f"第五条　{first}\n学校有下列情形：\n{items}", title="法", floor=5, ceiling=90)
    assert held(found) == [
        ["art_5", "art_5/para_1"],
        ["art_5/para_2", "art_5/para_2/item_1", "art_5/para_2/item_2", "art_5/para_2/item_3"],
    ]


def test_the_lead_in_is_repeated_where_a_list_is_divided():
    items = "\n".join(f"（{n}）" + "乙" * 20 + "；" for n in "一二三四五六")
    found = chunks(f"第五条　申报应当具备下列条件：\n{items}", title="法", floor=5, ceiling=100)
    assert len(found) > 1
    assert all(c.tokens <= 100 for c in found)
    for c in found[1:]:
        assert c.context.endswith("\n第五条　申报应当具备下列条件：")
        assert "申报应当具备" not in c.text


def test_one_giant_paragraph_is_cut_at_the_ends_of_sentences():
    text = "".join(f"这是第{n}个句子。" for n in "一二三四五六七八九")
    found = chunks(text, title=None, floor=1, ceiling=40)
    assert "".join(c.text for c in found) == text
    assert all(c.text.endswith("。") and c.tokens <= 40 for c in found)


def test_plain_paragraphs_are_merged_under_their_heading_and_never_across_it():
    text = """
        # 政策问答
        ## 申报
        向发展改革部门申报。
        提交申报书。
        ## 认定
        由省级部门认定。
    """
    found = chunks(text, title="政策问答", floor=1, ceiling=200)
    assert held(found) == [["head_1/para_1", "head_1/para_2"], ["head_2/para_1"]]


def test_points_of_an_opinion_are_chunks_and_only_tiny_ones_share_one():
    text = "一、任务\n（一）" + "甲" * 50 + "。\n（二）" + "乙" * 50 + "。\n（三）丙。\n（四）丁。"
    assert held(chunks(text, floor=20, ceiling=200)) == [
        ["part_1/point_1"],
        ["part_1/point_2", "part_1/point_3", "part_1/point_4"],
    ]


def test_a_part_without_points_is_one_chunk():
    text = "一、减征教育费附加。\n二、抵免投资额的30%。\n不足抵免的，以后年度继续抵免。"
    assert held(chunks(text, floor=5, ceiling=200)) == [["part_1"], ["part_2", "part_2/para_1"]]


def test_signature_contents_and_bibliography_are_not_indexed():
    text = """
        # 研究
        目录
        1 引言……1
        1 引言
        产教融合是方向。
        2 结论
        抵免有效。
        参考文献
        [1] 王五. 职业教育研究[J]. 2018.
        某某大学
        2020年1月1日
    """
    found = chunks(text, title="研究", floor=1, ceiling=200)
    assert held(found) == [["sec_1/para_1"], ["sec_2/para_1"]]


@pytest.mark.parametrize(
    "heading", ["参考文献", "参 考 文 献：", "[参考文献]", "【主要参考文献】", "3 参考文献", "References"]
)
@pytest.mark.parametrize("works", ["[1] 王五. 研究[J]. 2018.\n［2］李四. 论[M]. 2019.", "1 王五. 研究\n2 李四. 论"])
def test_a_list_of_references_is_not_indexed_whatever_its_heading_and_numbers(heading, works):
    text = f"1 引言\n产教融合是方向。\n2 结论\n抵免有效。\n{heading}\n{works}"
    assert held(chunks(text, floor=1, ceiling=200)) == [["sec_1/para_1"], ["sec_2/para_1"]]


def test_an_entry_of_a_list_of_references_is_told_without_a_heading():
    text = "抵免有效。\n[1] 王五. 研究[J]. 2018.\n[2] Smith J. Firms. Labour, 2016(2)."
    assert held(chunks(text, floor=1, ceiling=200)) == [["para_1"]]


def test_references_under_a_numbered_part_are_not_indexed():
    found = chunks(
        "一、引言\n甲方法。\n二、结论\n抵免有效。\n三、参考文献\n1. 王五. 研究[J].\n2. 李四. 论[M].", floor=1
    )
    assert "王五" not in "".join(c.text for c in found)


def test_a_title_alone_is_no_chunk_but_what_stands_below_it_is():
    assert chunks("# 某省产教融合办法\n第一条　甲应当申报。")[0].addresses == ("x/art_1",)
    found = chunks("# 某省产教融合办法\n某政发〔2019〕1号\n第一条　甲应当申报。", floor=1)
    assert held(found) == [["preamble"], ["art_1"]]


def test_names_in_a_list_are_not_lost():
    found = chunks("# 名单\n1 某某船舶\n2 某某电网\n3 某某集团", title="名单", floor=5, ceiling=200)
    assert "某某电网" in "".join(c.text for c in found)


def test_a_digest_is_found_by_its_translation_and_its_questions_besides():
    provision = Provision(
        "d/art_1",
        Level.ARTICLE,
        "第一条",
        "企业可以抵免30%。",
        text_en="Firms credit 30%.",
        asks=("能抵多少？", "How much?"),
    )
    digest = Policy("d", "d.yaml", Wording.DIGEST, Metadata(title="某通知", title_en="A notice"), (provision,))
    found = chunk(digest, count=len)
    assert [(c.role, c.text) for c in found] == [
        (Role.TEXT, "企业可以抵免30%。"),
        (Role.TRANSLATION, "Firms credit 30%."),
        (Role.ASKS, "能抵多少？"),
        (Role.ASKS, "How much?"),
    ]
    assert {c.addresses for c in found} == {("d/art_1",)}
    assert [c.ordinal for c in found] == [0, 1, 2, 3]


WORDS = st.sampled_from(
    ("第一条　甲应当申报。", "第二条　乙：", "（一）丙；", "（二）丁。", "一、任务", "正文" * 30 + "。", "戊")
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map("".join), max_size=15), st.sampled_from((40, 80, 300)))
def test_no_chunk_is_above_the_ceiling_and_no_text_is_left_out(lines, ceiling):
    parsed = parse("x", Source("a", tuple(Line(text) for text in lines), Metadata(title="某办法")))
    found = chunk(policy(parsed), floor=10, ceiling=ceiling, count=len)
    assert all(c.tokens <= ceiling for c in found)
    indexed = bare("".join(c.text for c in found))
    headings = {Level.PREAMBLE, Level.PART, Level.CHAPTER, Level.HEADING}  # these stand in the context
    assert all(
        bare(p.text) in indexed for p in parsed.provisions if p.level not in headings and len(p.text) < ceiling // 4
    )


@pytest.mark.originals
def test_law_articles_never_share_a_chunk_and_fit_the_model(originals):
    for path in sorted(originals.glob("*.md")):
        lines = tuple(Line(line.strip("# *")) for line in path.read_text("utf-8").splitlines())
        parsed = parse(path.stem, Source(path.name, lines, Metadata()))
        found = chunk(policy(parsed, path.stem))
        for c in found:
            assert c.tokens == count_tokens(c.indexed) <= 480
            assert len({a.split("/")[1] for a in c.addresses if "/art_" in a}) <= 1
        times = Counter(a for c in found for a in c.addresses if "/art_" in a)
        articles = [p.address for p in parsed.provisions if "/art_" in p.address]
        assert times == Counter(articles), path.name
