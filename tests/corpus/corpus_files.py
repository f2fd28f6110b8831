"""A small corpus written to a folder, so that a test can break one line of it."""

from __future__ import annotations

from pathlib import Path

POLICY = """\
id: town-subsidy-2024
title:
  zh: 某市实习补贴办法
  en: Internship Subsidy of a Town
doc_number: 某人社〔2024〕1号
tier: normative
jurisdiction: '330700'
issuers: [某市人力资源和社会保障局]
issued: 2024-01
effective: 2024-03-01
expires: 2026-12-31
status: in_force
validity_note: 施行三年。
relations:
  - {kind: implements, target: nation-rules-2021}
sources:
  - {url: https://www.jinhua.gov.cn/a.html, official: true}
provisions:
  - address: art_2
    locator: 第二条
    kind: condition
    audience: enterprise
    text:
      zh: 企业接收实习生并符合下列条件之一的，可以申领：
      en: "A firm that takes interns may claim if it meets one of these conditions:"
    basis: memory
  - address: art_2/item_1
    locator: 第二条第（一）项
    kind: [condition, deadline]
    audience: [enterprise, student]
    text:
      zh: 接收5名以上学生，每人实习满3个月。
      en: It takes at least 5 students, each for 3 months.
    quantities:
      - {name: 人数, value: 5, unit: 人, op: '>='}
    basis: seen:https://www.jinhua.gov.cn/a.html
    asks:
      zh: [要接几个实习生才能领钱？]
      en: [How many interns do we need?]
"""

NATION = """\
id: nation-rules-2021
title: {zh: 国家实习规定, en: National Internship Rules}
tier: normative
jurisdiction: CN
issuers: [教育部]
issued: 2021-12-31
status: in_force
validity_note: 现行。
provisions:
  - address: art_1
    locator: 第一条
    kind: principle
    audience: student
    text: {zh: 实习是教学活动。, en: An internship is teaching.}
    basis: memory
"""

PAPER = """\
id: survey-2023
title: {zh: 企业参与意愿调查, en: Survey of Firms}
tier: paper
authors: [张三]
venue: 教育与职业 2023(05)
year: 2023
doi: 10.1000/182
topics: [firm_motivation]
question: {zh: 企业为何参与？, en: Why do firms take part?}
method: {zh: 问卷。, en: A questionnaire.}
provisions:
  - address: finding_1
    locator: 摘要
    kind: finding
    audience: enterprise
    text: {zh: 多数企业愿意参与。, en: Most firms are willing.}
    basis: memory
"""

TOWN_FILE = "local/zhejiang/town-subsidy-2024.yaml"


def write(folder: Path, policy: str = POLICY, nation: str = NATION, paper: str = PAPER) -> Path:
    """Write the three files to a folder and return it."""
    for name, text in {
        TOWN_FILE: policy,
        "national/nation-rules-2021.yaml": nation,
        "papers/survey-2023.yaml": paper,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def broken(old: str, new: str, text: str = POLICY) -> str:
    """Return a file with one passage replaced; the passage must be there."""
    assert old in text
    return text.replace(old, new, 1)
