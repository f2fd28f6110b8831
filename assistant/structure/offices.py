"""Offices: whose 文号 it is. A joint text carries the number of the body that leads, so the number names one issuer."""

from __future__ import annotations

import re

# Words that one body of the nation uses and no local one does.
_NATION = {
    "国发": "国务院", "国函": "国务院", "国发明电": "国务院", "国办发": "国务院办公厅", "国办函": "国务院办公厅",
    "国办发明电": "国务院办公厅", "教职成": "教育部", "教职成函": "教育部", "教职成厅": "教育部办公厅",
    "教职成厅函": "教育部办公厅", "发改社会": "国家发展改革委", "发改办社会": "国家发展改革委办公厅",
    "人社部发": "人力资源社会保障部", "人社部函": "人力资源社会保障部", "人社厅发": "人力资源社会保障部办公厅",
    "人社厅函": "人力资源社会保障部办公厅", "财税": "财政部", "税总发": "国家税务总局", "税总函": "国家税务总局",
}  # fmt: skip
# How the numbers of provincial governments begin: 苏政发, 苏政办发. A letter more or less is another body (赣州: 赣市府发).
_PROVINCES = {
    "京政": "北京市", "津政": "天津市", "冀政": "河北省", "晋政": "山西省", "内政": "内蒙古自治区", "辽政": "辽宁省",
    "吉政": "吉林省", "黑政": "黑龙江省", "沪府": "上海市", "苏政": "江苏省", "浙政": "浙江省", "皖政": "安徽省",
    "闽政": "福建省", "赣府": "江西省", "鲁政": "山东省", "豫政": "河南省", "鄂政": "湖北省", "湘政": "湖南省",
    "粤府": "广东省", "桂政": "广西壮族自治区", "琼府": "海南省", "渝府": "重庆市", "川府": "四川省",
    "黔府": "贵州省", "云政": "云南省", "藏政": "西藏自治区", "陕政": "陕西省", "甘政": "甘肃省", "青政": "青海省",
    "宁政": "宁夏回族自治区", "新政": "新疆维吾尔自治区",
}  # fmt: skip
_LOCAL = re.compile(r"(?P<body>..)(?P<office>办|厅)?(?P<kind>[发函字规电]{0,2})")


def issuer(doc_number: str) -> str | None:
    """Return the body whose 文号 it is; None where its word is not one that a single body uses."""
    word = doc_number.partition("〔")[0]
    if word in _NATION:
        return _NATION[word]
    match = _LOCAL.fullmatch(word)
    if match is None or match["body"] not in _PROVINCES:
        return None
    return f"{_PROVINCES[match['body']]}人民政府" + ("办公厅" if match["office"] else "")
