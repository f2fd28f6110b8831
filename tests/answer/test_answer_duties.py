"""What a document demands of a party: every clause that does, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Settings
from assistant.models import Answer, Status

HEAD = "青山市职业培训办法\n\n"
CLAUSES = (
    "第一条　为了规范职业培训，制定本办法。",
    "第二条　市人民政府应当支持企业开展职业培训。",
    "第三条　企业应当每年制订职业培训计划。",
    "第四条　企业可以设立培训中心。",
    "第五条　学校和企业不得向学员收取押金。",
    "第六条　企业应当履行下列义务：\n（一）提供培训场地；\n（二）配备培训师傅；\n（三）为学员购买保险。",
    "第七条　学校应当建立学员档案。",
)


def taken_in(tmp_path: Path, *clauses: str) -> Assistant:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rules.txt").write_text(HEAD + "\n".join(clauses), "utf-8")
    opened = Assistant.open(tmp_path / "home", Settings())
    assert not opened.ingest(tmp_path / "in").failed
    return opened


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with taken_in(tmp_path_factory.mktemp("duties"), *CLAUSES) as opened:
        yield opened


def articles(answer: Answer) -> list[str]:
    return list(dict.fromkeys(c.address.split("/")[1] for c in answer.citations))


def test_every_clause_that_binds_the_party_is_told_and_its_own_list_of_duties_first(rules):
    answer = rules.ask("青山市职业培训办法要求企业做什么？")
    assert answer.status is Status.ANSWERED
    assert articles(answer) == ["art_6", "art_3", "art_5"]
    assert [c.address.rpartition("/")[2] for c in answer.citations[:4]] == ["art_6", "item_1", "item_2", "item_3"]


def test_of_another_party_its_own_clauses_are_told(rules):
    assert articles(rules.ask("青山市职业培训办法对学校有哪些要求？")) == ["art_5", "art_7"]


def test_a_subject_named_beside_the_party_leaves_the_clauses_on_it(rules):
    assert articles(rules.ask("青山市职业培训办法里关于押金对企业有哪些要求？")) == ["art_5"]


def test_clauses_beyond_a_dozen_are_named_by_their_numbers(tmp_path):
    clauses = (
        f"第{n}条　企业应当每年检查{thing}。"
        for n, thing in zip("一二三四五六七八九", "车船桥路灯管线门窗", strict=True)
    )
    more = (f"第十{n}条　企业应当每月清点{thing}。" for n, thing in zip("一二三四五", "桌椅床柜架", strict=True))
    with taken_in(tmp_path, *clauses, "第十条　企业应当每月清点伞。", *more) as opened:
        answer = opened.ask("青山市职业培训办法对企业有什么要求？")
    assert len(articles(answer)) == 12
    assert any("还有3条" in n and "第十三条、第十四条、第十五条" in n for n in answer.notices)


def test_a_follow_up_for_another_party_means_the_document_spoken_of(rules):
    follow_up = rules.ask("What duties do schools have?", history=["青山市职业培训办法要求企业做什么？"])
    assert articles(follow_up) == ["art_5", "art_7"]
