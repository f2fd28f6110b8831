"""The text layer: what is repaired, compared, counted and cut."""

import pytest

from assistant.text import bigrams, count_tokens, language, repair, words
from assistant.text.normal import squeeze
from assistant.text.numerals import chinese, parse_numeral


def test_radicals_from_pdf_fonts_become_the_characters_people_type():
    assert repair("第⼆⼗条 ⼈⺠⻔⻓") == "第二十条 人民门长"


def test_repair_keeps_width_and_marks_as_printed():
    assert repair("财税〔2019〕46号，（一）") == "财税〔2019〕46号，（一）"


def test_what_nobody_can_see_is_dropped():
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "ignore")
    assert repair(f"可以​抵免{hidden}﻿") == "可以抵免"


@pytest.mark.parametrize(
    "written", ["财税〔2019〕46号", "财税[2019]46号", "财税［２０１９］４６号", "財税〔2019〕46号".replace("財", "财")]
)
def test_ways_of_writing_a_document_number_compare_equal(written):
    assert squeeze(written) == "财税[2019]46号"


def test_white_space_never_decides_whether_a_quote_is_found():
    assert squeeze("第一章　总 则\n") == squeeze("第一章总则")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二十七", 27),
        ("一百二十", 120),
        ("一百零三", 103),
        ("十", 10),
        ("２７", 27),
        ("两", 2),
        ("⑫", 12),
        ("二〇一九", 2019),
        ("甲", None),
        ("", None),
    ],
)
def test_numerals_are_read(numeral, value):
    assert parse_numeral(numeral) == value


@pytest.mark.parametrize(
    "number", [1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 111, 120, 999, 1000, 1001, 1010, 1100, 9999]
)
def test_a_number_survives_being_written_and_read(number):
    assert parse_numeral(chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"), [(10, "十"), (15, "十五"), (27, "二十七"), (110, "一百一十"), (105, "一百零五")]
)
def test_article_numbers_are_written_as_laws_write_them(number, written):
    assert chinese(number) == written


def test_numbers_no_clause_carries_are_refused():
    with pytest.raises(ValueError, match="outside 1 to 9999"):
        chinese(0)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does 财税〔2019〕46号 say about interns?", "en"),
        ("Does 《中华人民共和国职业教育法》 apply to us?", "en"),
        ("1+X证书是什么", "zh"),
        ("GDP是什么", "zh"),
        ("", "zh"),
    ],
)
def test_the_language_is_that_of_the_asking_words(question, expected):
    assert language(question) == expected


def test_field_terms_stay_whole_and_are_found_by_their_parts():
    found = words("产教融合型企业的申报条件")
    assert "产教融合型企业" in found
    assert "企业" in found


def test_english_words_are_found_in_either_number():
    assert "company" in words("two companies")
    assert "intern" in words("Interns")


def test_bigrams_overlap_and_never_cross_a_mark():
    assert bigrams("校企合作，办学") == ["校企", "企合", "合作", "办学"]


def test_tokens_are_counted_without_a_download():
    assert count_tokens("hello world") == 2  # two whole words of the cl100k table
