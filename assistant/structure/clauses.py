"""Clauses: what leads an enumeration in, and whether all of its members are asked for or any one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Provision
from assistant.text.numerals import parse_numeral

_NUMBER = r"(?P<n>[一二两三四五六七八九十]|\d{1,2})"
_THE = r"(?:下列|以下|如下|下述)"
_ASKED = r"(?:条件|要求|标准|材料|资料|文件|证件|程序|步骤|规定|义务|职责|资格|手续)"
_AT_LEAST = (
    re.compile(rf"(?:至少|不少于|不得少于)[^。；]{{0,8}}?{_NUMBER}[ ]?[项个条种款类]"),
    re.compile(rf"{_NUMBER}[ ]?[项个条种类](?:[(（]含[^)）]*[)）]|及|或)?以上"),
    re.compile(rf"(?:之|中的?|其中)(?:任意|任何)?{_NUMBER}[项个种条](?!以)"),
    re.compile(rf"任(?:意|选|何)?{_NUMBER}[项个种条]"),
    re.compile(rf"(?:条件|情形|标准|要求|规定)之{_NUMBER}(?:以上|及以上)"),
    re.compile(r"\bat least (?P<n>one|two|three|four|five|six|\d{1,2}) of", re.IGNORECASE),
)
_ANY = re.compile(
    rf"{_THE}[^。；：:]{{0,24}}之一|(?:条件|情形|标准|要求|规定|方式|行为|项目|情况|材料|者|资格)(?:其中)?之一|之一的?[，,：:]"
    r"|(?:满足|符合|具备)[^。；]{0,10}(?:任一|任何一|任意一|其一)"
    r"|\b(?:any|either|one) of the following|\bone of (?:the|these)",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"同时(?:满足|具备|符合|达到)|(?:均|都|全部|一并)(?:应当?|须|需)?(?:满足|具备|符合|提交|达到)"
    rf"|(?:具备|具有|符合|满足|达到|提交|提供|报送|出具|遵守|履行|按照|按|经)[^。；：:]{{0,12}}?{_THE}[^。；：:]{{0,12}}{_ASKED}"
    rf"|(?:基本|申报|申请|认定|设立|必备)条件(?:如下|为|是|包括)?[：:]|{_ASKED}如下[：:]?$"
    r"|\ball of the following|\bmeet the following|\bthe following (?:conditions|requirements|documents)",
    re.IGNORECASE,
)
_ENGLISH = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MEMBERS = frozenset({"item", "sub", "detail", "point", "subpoint", "row"})


def quantifier(text: str) -> str | None:
    """Return how many members of the list that a text leads in are asked for: "all", "any", "at least 2", or None.

    None where the words do not say: a list of what falls under a rule (下列收入为免税收入：) asks for nothing.
    """
    for pattern in _AT_LEAST:
        if match := pattern.search(text):
            number = _ENGLISH.get(match["n"].lower()) or parse_numeral(match["n"])
            return "any" if number == 1 else f"at least {number}"
    if _ANY.search(text):
        return "any"
    return "all" if _ALL.search(text) else None


def lead_in(provisions: Sequence[Provision], address: str) -> Provision | None:
    """Return the provision whose text leads in the list that this one is a member of; None for one in no list."""
    above, _, step = address.rpartition("/")
    if step.partition("_")[0] not in _MEMBERS:
        return None
    found = next((p for p in provisions if p.address == above), None)
    return found if found is not None and found.text else None
