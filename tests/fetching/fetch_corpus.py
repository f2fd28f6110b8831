"""A corpus of one kind of policy with recorded addresses, pages that hold its text, and the command line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from assistant.app import cli

DIGEST = """\
id: {id}
title: {{zh: 某市校企合作促进办法, en: Measures of a City}}
doc_number: 某政发〔2024〕1号
tier: normative
jurisdiction: '360100'
issuers: [某市人民政府]
effective: '2024-03-01'
status: in_force
validity_note: 现行。
sources:
  - {{url: "https://blog.example.cn/copy", official: false}}
  - {{url: "{url}", official: true}}
provisions:
  - address: art_2
    locator: 第二条
    kind: condition
    audience: enterprise
    text: {{zh: 企业要接5名以上实习学生才能申请补贴。, en: A firm needs at least 5 interns to claim.}}
    basis: memory
  - address: art_3
    locator: 第三条
    kind: benefit
    audience: enterprise
    text: {{zh: 每名实习学生每月补600元。, en: CNY 600 per intern and month.}}
    basis: memory
"""
RULES = (
    "第一条　为了促进职业学校和企业合作培养技术技能人才，根据有关法律法规，结合本市实际，制定本办法。"
    "职业学校和企业应当依照本办法开展合作，市教育部门会同有关部门负责指导、协调和监督。",
    "第二条　企业接收五名以上学生实习的，可以向市人力资源和社会保障部门申请实习补贴，并对申请材料的真实性负责。",
    "第三条　补贴标准为每名实习学生每月五百元，补贴期限最长不超过六个月，由市财政部门按照规定拨付到企业账户。",
    "第四条　本办法自2024年3月1日起施行。",
)


class Lengths(Embeddings):
    """Knows a text by its length."""

    model_id = "lengths"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(len(text)), 1.0]


def page(*paragraphs: str, title: str = "某市校企合作促进办法", script: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<meta charset='utf-8'><title>{title}</title>{script}"
    return f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def command(*arguments: object) -> tuple[int, list[str], list[str]]:
    """Run the command line; return its status and what it printed and complained."""
    streams = [io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        patched.setattr(sys, "stdout", streams[0])
        patched.setattr(sys, "stderr", streams[1])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    printed = [stream.buffer.getvalue().decode().splitlines() for stream in streams]  # type: ignore[attr-defined]
    return int(ended.value.code or 0), printed[0], printed[1]


def recorded(corpus: Path, **addresses: str) -> None:
    """Write a corpus of one policy for each address."""
    (corpus / "national").mkdir(parents=True, exist_ok=True)
    for id_, url in addresses.items():
        name = id_.replace("_", "-")
        (corpus / "national" / f"{name}.yaml").write_text(DIGEST.format(id=name, url=url), "utf-8")
