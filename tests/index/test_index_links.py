"""What the clauses of documents held refer to is found among the documents held."""

from __future__ import annotations

from pathlib import Path

from assistant.config import Settings
from assistant.index import Index
from assistant.pipeline import ingest
from assistant.references import Register, links, referred

LAW = "某省职业教育条例\n\n第一条　为了职业教育，制定本条例。\n\n第二条　企业应当接收学生实习。\n"
RULES = (
    "某省实习管理办法\n\n第一条　根据《某省职业教育条例》（以下简称《条例》），制定本办法。\n\n"
    "第二条　实习单位应当具备下列条件：\n\n（一）依法登记；\n\n（二）信用良好。\n\n"
    "第三条　符合本办法第二条第（一）项的单位，依照《条例》第二条接收学生；第九条另有规定的除外。\n"
)


def test_clauses_lead_to_clauses_of_their_own_and_of_other_documents(index: Index, tmp_path: Path) -> None:
    for name, text in (("law.txt", LAW), ("rules.txt", RULES)):
        (tmp_path / name).write_text(text, "utf-8")
    ingest([tmp_path / "law.txt", tmp_path / "rules.txt"], index, Settings())
    register = Register(index.policies(), holds=lambda address: bool(index.subtree(address)))
    rules = index.policy("rules")
    assert rules
    found = links(rules, index.subtree("rules/art_3"), register)
    assert referred(found) == ("rules/art_2/item_1", "law/art_2")
    assert [link.text for link in found if not link.addresses] == ["第九条"]
