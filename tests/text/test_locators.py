"""Where a clause stands, as a reader of either language looks it up."""

import pytest

from assistant.text.locators import written


@pytest.mark.parametrize(
    ("locator", "english"),
    [
        ("第三十三条", "Article 33 (第三十三条)"),
        ("第一百零三条第二款", "Article 103, paragraph 2 (第一百零三条第二款)"),
        ("第五条第（三）项", "Article 5, item (3) (第五条第（三）项)"),
        ("第四章", "Chapter 4 (第四章)"),
        ("三、第一款", "三、第一款"),  # the points of a notice have no English name that would be found in it
        ("第九条（教师实践）", "第九条（教师实践）"),
        ("题注", "题注"),
    ],
)
def test_an_english_reader_is_told_the_number_and_what_stands_in_the_text(locator: str, english: str) -> None:
    assert written(locator, "en") == english
    assert written(locator, "zh") == locator
