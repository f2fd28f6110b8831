"""Relating: to which other texts a text stands in a relation that it names itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Level, Provision
from assistant.structure.evidence import Search
from assistant.structure.issuing import normal_number
from assistant.structure.lifetime import sentences
from assistant.structure.patterns import YEAR, any_of

_TITLE = re.compile(
    rf"《(?P<title>(?:[^《》]|《[^《》]{{0,100}}》){{1,200}})》"
    rf"(?:[（(](?:(?P<number>[^（）()]*{YEAR}[^（）()]*号)|(?P<notice>\d{{4}}[ ]?年第[ ]?\d+[ ]?号))[)）])?"
)
_REPEAL = re.compile(r"(?:同时|一并|相应|自行|即行|随之|予以)?(?:废止|停止执行|停止施行)")
_REPEALS = any_of(  # leads in a list of texts
    r"废止[^。；]{0,30}(?:下列|以下|如下)?[^。；]{0,30}[：:]$",
    r"(?:下列|以下)[^。；]{0,30}(?:予以)?(?:废止|停止执行)[^。；]{0,10}[：:]$",
)
_PARTLY = re.compile(r"[ ]?(?:中的?)?[ ]?第[一二三四五六七八九十百\d]+[条款项章]")
_BASED = re.compile(r"(?:根据|依据|依照|按照|贯彻落实|落实|贯彻|执行)(?P<what>[^。；]*)")
_MAKES = any_of(
    r"制[定订]本|特制[定订]|制定以下|现[就将]|提出(?:以下|如下)|[通公]知?告?如下",
    r"经[^。]{0,20}同意|结合[^。]{0,30}实际",
)
_AMENDED = re.compile(r"(?:对|将)(?=《)[^。；]*?(?:作[出]?如下修[改订]|进行(?:了)?如下修[改订])")
_OPENING = 12  # provisions in which a text states its legal basis
_QUOTED = r"[《〈](?P<title>[^《》〈〉]+)[》〉]"
_OF_TITLE = (  # what a title says of the text it names; the first that matches counts
    ("interprets", re.compile(rf"{_QUOTED}.{{0,20}}(?:解读|答记者问|问答|说明|图解|读懂)")),
    ("amends", re.compile(rf"(?:修改|修订|修正|调整){_QUOTED}")),
    ("repeals", re.compile(rf"废止{_QUOTED}")),
    ("implements", re.compile(rf"(?:实施|贯彻|落实|贯彻落实|贯彻实施){_QUOTED}")),
    ("implements", re.compile(r"^(?P<title>中华人民共和国[一-鿿]{2,30}法)实施(?:条例|细则|办法)")),
)


def tell(search: Search, provisions: Sequence[Provision], address: str) -> None:
    """Find what a text implements, interprets, amends, repeals or rests on, by its title and by its sentences."""
    title = search.metadata.title or ""
    for kind, pattern in _OF_TITLE:
        if match := pattern.search(title):
            search.related(kind, match["title"], title, address)
            break
    for p in reversed(provisions):
        for sentence in sentences(p, ("废止", "停止执行", "停止施行")):
            _repeals(search, sentence, p.address)
    for n, p in enumerate(provisions):
        if p.level is not Level.PREAMBLE and "废止" in p.text and _REPEALS.search(p.text):
            _repealed_list(search, p, provisions[n + 1 :])
    for p in [p for p in provisions if p.level is not Level.PREAMBLE][:_OPENING]:
        for sentence in sentences(p, ("《",)):
            _based_on(search, sentence, p.address)
            if _AMENDED.search(sentence):
                _name_all(search, "amends", sentence[: sentence.find("如下")], sentence, p.address)


def _repeals(search: Search, sentence: str, address: str) -> None:
    """A named text followed by 同时废止; one of which only an article goes (《…》第三条…废止) stays."""
    for clause in re.split(r"[；;]", sentence):
        end = _REPEAL.search(clause)
        if end is None or re.search(r"不|尚未|凡|如[^。]*被", clause[max(0, end.start() - 6) : end.start()]):
            continue
        for match in _TITLE.finditer(clause, 0, end.start()):
            cited = re.search(r"(?:根据|依据|按照|依照)[^，。]*$", clause[: match.start()])
            if not (_PARTLY.match(clause[match.end() :]) or cited):
                search.related("repeals", _target(match), sentence, address)


def _repealed_list(search: Search, lead: Provision, after: Sequence[Provision]) -> None:
    """Take the texts at the heads of the members of a list that 决定废止下列文件： leads in."""
    beside = lead.level is Level.PARAGRAPH  # then the members stand beside it, up to the next plain line
    for p in after:
        below = p.address.startswith(f"{lead.address}/")
        if not below and not (beside and p.level in (Level.PART, Level.POINT, Level.SUBPOINT)):
            return
        match = re.match(r"[^《]{0,6}", p.text)
        named = _TITLE.match(p.text, match.end()) if match else None
        if named and not _PARTLY.match(p.text[named.end() :]):
            search.related("repeals", _target(named), p.text, p.address)


def _based_on(search: Search, sentence: str, address: str) -> None:
    if _MAKES.search(sentence):
        for basis in _BASED.finditer(sentence):
            _name_all(search, "based_on", basis["what"], sentence, address)


def _name_all(search: Search, kind: str, text: str, sentence: str, address: str) -> None:
    for match in _TITLE.finditer(text):
        search.related(kind, _target(match), sentence, address)


def _target(match: re.Match[str]) -> str:
    if match["notice"]:  # 《财政部 税务总局公告》（2019年第10号）
        return f"{match['title']}{re.sub(r'[ 　]', '', match['notice'])}"
    return normal_number(match["number"] or "") or match["title"]
