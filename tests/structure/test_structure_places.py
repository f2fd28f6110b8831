"""Places by name and code, and which place an issuer speaks for."""

import pytest

from assistant.structure import places


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("教育部办公厅", "CN"),
        ("国家发展改革委", "CN"),
        ("中华人民共和国职业教育法", "CN"),
        ("浙江省人民政府办公厅", "330000"),
        ("宁波市教育局", "330200"),
        ("深圳市南山区人民政府", "440305"),
        ("上海市浦东新区人民政府", "310115"),
        ("义乌市人民政府", "330782"),
        ("广西壮族自治区人民政府", "450000"),
        ("吉林省教育厅", "220000"),
        ("吉林市教育局", "220200"),
        ("北京市朝阳区教委", "110105"),
        ("朝阳市人民政府", "211300"),
        ("《江苏省职业教育校企合作促进条例》", "320000"),
        ("南京江北新区管委会", None),  # no division of the table, and Nanjing would be a guess
        ("鼓楼区人民政府", None),  # four cities have one
        ("某某公司", None),
    ],
)
def test_an_issuer_speaks_for_the_place_its_name_begins_with(name, code):
    assert places.jurisdiction(name) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("宁波和江西的企业能申请吗", ["330200", "360000"]),
        ("深圳市南山区有补贴吗", ["440305"]),
        ("What about Ningbo, Xi'an and Shaanxi?", ["330200", "610100", "610000"]),
        ("Tibet and Inner Mongolia", ["540000", "150000"]),
        ("校企合作市场大同小异", []),
        ("海南的政策", ["460000"]),
    ],
)
def test_places_are_found_in_a_question(text, codes):
    assert [p.code for p in places.find(text)] == codes


def test_a_place_stands_in_a_chain_up_to_the_nation():
    assert places.chain("440305") == ("440305", "440300", "440000", "CN")
    assert places.chain("360000") == ("360000", "CN")
    assert places.chain("CN") == ("CN",)


def test_every_province_and_prefecture_has_a_short_and_an_english_name():
    provinces = [p for n in range(11, 83) if (p := places.place(f"{n}0000"))]
    assert len(provinces) == 34
    prefectures = [p for n in range(1100, 8300) if n % 100 and (p := places.place(f"{n:04}00")) is not None]
    assert len(prefectures) == 333  # as of the current GB/T 2260
    for p in provinces + prefectures:
        assert p.short, p
        assert p.name.startswith(p.short), p
        assert p.english, p
        assert p.english[0][0].isupper(), p


def test_an_unknown_code_is_no_place():
    assert places.place("999999") is None
    assert places.place("CN") is None
