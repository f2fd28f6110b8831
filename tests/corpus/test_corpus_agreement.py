"""A digest held against the original of the same policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import corpus, readers, structure
from assistant.corpus.agreement import compare, stranger
from assistant.models import Level, Line, Metadata, Policy, Provision, Quantity, Source, Wording

ROOT = Path(__file__).parents[2]
TEXT = """某市校企合作促进办法
（某政发〔2024〕1号）
第一条　为了促进职业学校和企业合作培养技术技能人才，提高人才培养质量，根据有关法律法规，结合本市实际，制定本办法。本办法适用于本市行政区域内的校企合作活动。
第二条　企业接收实习学生并符合下列条件之一的，可以申请补贴：
（一）接收学生五人以上，每人实习满三个月的；
（二）投入设备一百万元以上的。
第三条　补贴标准为每人每月500元，最高不超过投资额的百分之三十。申请应当在2024年12月31日前提出，由市人力资源和社会保障部门会同有关部门审核后发放，并向社会公示。
第四条　本办法自2024年3月1日起施行。
"""


def original(text: str = TEXT) -> Policy:
    parsed = structure.parse("page", Source("page", tuple(Line(line) for line in text.splitlines()), Metadata()))
    return Policy("page", "page", Wording.ORIGINAL, parsed.metadata, parsed.provisions)


def clause(address: str, locator: str, text: str, *quantities: Quantity) -> Provision:
    return Provision(f"d/{address}", Level.ARTICLE, locator, text, quantities=quantities)


def digest(*clauses: Provision, **metadata: object) -> Policy:
    known = Metadata(title="校企合作促进办法（2024年）", doc_number="某政发[2024]1号", effective=dt.date(2024, 3, 1))
    return Policy("d", "d.yaml", Wording.DIGEST, replace(known, **metadata), tuple(clauses))


WHOLE = clause("art_3", "第三条", "每人每月补500元，最多到投资额的30%，2024年12月31日前申请。")
ITEM = clause("art_2/item_1", "第二条第（一）项", "接5名以上学生，每人满3个月。", Quantity("人数", "5", "人", ">="))


def test_a_digest_with_the_same_numbers_at_the_same_places_agrees() -> None:
    agreement = compare(digest(WHOLE, ITEM), original())
    assert (agreement.clauses, agreement.found, agreement.findings) == (2, 2, ())


@pytest.mark.parametrize(
    ("provision", "finding"),
    [
        (
            replace(ITEM, text="接6名以上学生，每人满3个月。", quantities=()),
            "第二条第（一）项: the digest says 6, the original does not",
        ),
        (
            replace(ITEM, text="接多名学生。", quantities=(Quantity("投入", "80", "万元", ">="),)),
            "第二条第（一）项: the digest says 800000, the original does not",
        ),
        (
            replace(WHOLE, text="每人每月补500元，2024年12月31日前申请。"),
            "第三条: the original says 百分之三十, the digest does not",
        ),
        (
            replace(WHOLE, text="最多到投资额的30%，2024年12月31日前申请。"),
            "第三条: the original says 500元, the digest does not",
        ),
        (
            replace(WHOLE, text="每人每月补500元，最多到投资额的30%。"),
            "第三条: the original says 2024年12月31日, the digest does not",
        ),
        (clause("art_9", "第九条", "违反的退回补贴。"), "第九条: the original has no such clause"),
        (clause("art_2/item_3", "第二条第（三）项", "其他。"), "第二条第（三）项: the original has no such clause"),
        (
            clause("point_rate", "补贴标准", "每月800元。"),
            "补贴标准: the digest says 800, the original does not anywhere",
        ),
    ],
)
def test_a_number_or_place_that_only_one_of_the_two_has_is_a_finding(provision: Provision, finding: str) -> None:
    assert compare(digest(provision), original()).findings == (finding,)


@pytest.mark.parametrize(
    "provision",
    [
        clause("art_3/point_rate", "第三条（标准）", "每月500元，最多30%，2024年12月31日前。"),  # a part of 第三条
        clause("art_1/para_1", "第一条第一款", "促进合作。"),  # 第一条 is not divided there
        clause(
            "art_4", "第四条", "按某政发〔2024〕9号和第七条，自2024年3月1日起执行。"
        ),  # what a digest cites, it does not state
        clause("practice/elsewhere", "地方做法：别处", "别处每月补900元。"),
        replace(ITEM, text="接5名以上学生，每人满3个月。"),
    ],
)
def test_what_is_no_difference_is_none(provision: Provision) -> None:
    assert compare(digest(provision), original()).findings == ()


def test_the_numbers_of_an_article_may_stand_in_its_items() -> None:
    whole = clause("art_2", "第二条", "接5人以上每人满3个月，或者投入100万元以上。")
    assert compare(digest(whole), original()).findings == ()
    parted = (
        clause("art_2", "第二条", "符合之一可申请："),
        ITEM,
        clause("art_2/item_2", "第二条第（二）项", "投100万元。"),
    )
    assert compare(digest(*parted), original()).findings == ()


def test_other_dates_and_another_number_are_findings() -> None:
    other = digest(WHOLE, effective=dt.date(2024, 4, 1), doc_number="某政发〔2023〕8号")
    assert compare(other, original()).findings == (
        "the digest has the number 某政发〔2023〕8号, the original 某政发〔2024〕1号",
        "effective: 2024-04-01 in the digest, 2024-03-01 in the original",
    )


def test_the_original_of_a_digest_is_no_stranger() -> None:
    assert stranger(digest(WHOLE), original()) is None
    issued_by = digest(WHOLE, title="某市人民政府办公室关于校企合作促进办法的通知", doc_number=None)
    assert stranger(issued_by, original(TEXT.replace("某市校企合作促进办法", "关于校企合作促进办法的通知", 1))) is None
    by_number = digest(WHOLE, title="另一个名称的办法")
    assert stranger(by_number, original()) is None


def test_an_error_page_another_text_and_a_text_about_the_policy_are_strangers() -> None:
    short = stranger(digest(WHOLE), original("访问受限\n请先登录后查看，或者输入验证码。"))
    assert short == (
        "the page holds only 20 characters and speaks of “登录”: an error, a login or a check of the browser"
    )
    other = stranger(digest(WHOLE, title="税收优惠管理规定", doc_number=None), original())
    assert other is not None
    assert other.startswith(
        "the page neither bears the title “税收优惠管理规定” nor the number of the policy; it begins"
    )
    about = "《校企合作促进办法》政策解读\n" + "这个办法讲了企业接收学生以后怎样得到补贴，以及谁来审核。" * 10
    assert stranger(digest(WHOLE, ITEM), original(about)) == (
        "the page has none of the 2 clauses of the digest: it tells of the policy, or is another version"
    )


@pytest.mark.originals
def test_every_numbered_clause_of_the_digests_of_laws_stands_in_the_laws_with_its_numbers(originals: Path) -> None:
    digests = {policy.id: policy for policy in corpus.load(ROOT / "corpus")}
    held = [path for path in sorted(originals.glob("*.md")) if path.stem.removesuffix("-superseded") in digests]
    assert len(held) > 20
    for path in held:
        parsed = structure.parse("page", readers.read(path, path.name))
        law = Policy("page", path.name, Wording.ORIGINAL, parsed.metadata, parsed.provisions)
        agreement = compare(digests[path.stem.removesuffix("-superseded")], law)
        assert agreement.found == agreement.clauses > 0, (path.name, agreement.findings)
        dates = ("issued: ", "effective: ", "expires: ")  # laws bear the day of their first version and of the latest
        assert [f for f in agreement.findings if not f.startswith(dates)] == [], path.name
