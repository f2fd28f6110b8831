"""Lay questions for the articles of laws: given to the very words they were written for, and to no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import config
from assistant.corpus import lay
from assistant.corpus.reading import Problem
from assistant.documents import Sizes, prepared, read_file
from assistant.models import Metadata, Role, Source
from assistant.readers import Limits
from assistant.readers.plain import text_lines

LAW = "某市实习条例\n第一条 企业应当接收学生实习。\n第二条 有下列情形之一的，不得安排：\n（一）夜间；\n（二）井下。\n第三条 本条例自公布之日起施行。"
SECOND = "第二条 有下列情形之一的，不得安排：\n（一）夜间；\n（二）井下。"
QUESTION = "半夜能让孩子上岗吗？"


def chunks(law: str) -> list[tuple[Role, str, str]]:
    """Role, address of the article and text of all that is indexed of a law."""
    document = prepared(Source("law.md", text_lines(law), Metadata(), ()), Sizes(40, 480))
    return [(c.role, c.addresses[0].partition("/")[2], c.text) for c in document.chunks]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lay, "bundled", lambda: {lay.fingerprint(SECOND): (QUESTION, "Can they work at night?")})


def test_an_article_is_indexed_by_its_lay_questions_in_either_language(known: None) -> None:
    asked = [(address, text) for role, address, text in chunks(LAW) if role is Role.ASKS]
    assert asked == [("art_2", QUESTION), ("art_2", "Can they work at night?")]


@pytest.mark.parametrize(
    ("law", "given"),
    [
        (LAW.replace("；\n（二）", ";\n\n(二)").replace("，", ","), 2),  # another way of printing the same words
        (LAW.replace("井下", "高空"), 0),  # amended
        (LAW.replace("（二）井下。", "（二）井下；\n（三）高空。"), 0),
        (LAW.replace("第三条", "第四条").replace("第二条", "第三条"), 0),  # its number is among its words
    ],
)
def test_questions_are_given_to_the_words_they_were_written_for(known: None, law: str, given: int) -> None:
    assert sum(role is Role.ASKS for role, _, _ in chunks(law)) == given


def test_what_is_wrong_in_a_file_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "law.txt"
    file.write_text(
        f"# a law\n\n第一条\n谁来管？\n\n第二条 {lay.fingerprint('甲')}\n\n第三条 {lay.fingerprint('乙')}\n多久？\n",
        "utf-8",
    )
    found = list(lay.read(file, "asks/law.txt"))
    assert [str(f) if isinstance(f, Problem) else f.questions for f in found] == [
        "asks/law.txt: 第一条: it is no article with the fingerprint of its words. See corpus/README.md.",
        "asks/law.txt: 第二条: it has no question. Add one, or take the article out.",
        ("多久？",),
    ]


def test_every_article_with_questions_stands_in_the_law_it_is_named_for(originals: Path) -> None:
    corpus = config.bundled("corpus")
    for path in lay.files(corpus):
        law = read_file(originals / f"{path.stem}.md", path.stem, Limits(), Sizes(40, 480)).policy
        words = {lay.fingerprint(text): address for address, text in lay.articles(law).items()}
        for asked in lay.read(path, path.name):
            assert isinstance(asked, lay.Asked)
            assert asked.words in words, f"{path.stem} {asked.locator}"
