"""Old and new law side by side: 新旧职业教育法, 2016年和2021年的实习管理规定, a law and the one it replaced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.models import Policy
from assistant.retrieve.named import Scope
from assistant.retrieve.titles import short_forms
from assistant.text import bigrams
from assistant.text.normal import title_key

_YEAR = r"(?:19|20)\d\d"
_OF_A_TEXT = r"(?:的?(?:旧|老|新)?[部个]?(?:版|法|办法|规定|条例|通知|意见)|修[订正])"
VERSIONS = re.compile(
    rf"新旧|新老|旧[法版]|老[法版](?!院)|[新旧老](?:版|的)?(?:那[部个])?[^，。？?和与跟]{{0,12}}(?:法|办法|规定|条例)[^，。？?]{{0,12}}[旧老新](?:版|的|[^，。？?]{{0,12}}(?:法|办法|规定|条例))"
    rf"|修[订正改]前后|修[订正改]以?前|修[订正改]以?后"
    rf"|{_YEAR}\s*年?\s*版?(?:的?[^，。？?]{{2,20}}(?:法|办法|规定|条例|通知|意见))?\s*(?:和|与|跟|同|、|vs\.?|相比)\s*{_YEAR}\s*年?[^，。？?]{{0,16}}(?:版|法|办法|规定|条例|通知|意见)"
    rf"|{_YEAR}\s*年?\s*{_OF_A_TEXT}[^，。？?]{{0,12}}(?:和|与|跟|同|、|相比)"
    r"|\bold and (?:the )?new\b|\bnew and (?:the )?old\b|\b(?:old|former|previous) (?:law|rules?|version|edition|measures)\b"
    rf"|\bbefore and after (?:the )?(?:revision|amendment)\b|\b{_YEAR}\b[^.?]{{0,20}}\b(?:and|to|vs\.?|versus|with)\b (?:the )?\b{_YEAR}\b",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?<!\d)(?P<year>\d\d)年(?=的?(?:版|[旧老新]?(?:法|办法|规定|条例)))")  # 96年老法
CHANGE = re.compile(
    r"变化|[多少]了(?:点|些)?(?:什么|啥|哪些)|变了|改了|修改了|改动|更新了|调整了|\bchang(?:e|ed|es)\b", re.IGNORECASE
)
_NAMED = 4  # bigrams that a question shares with the title of a document it means: 专项资金 and its place
_WORDS = re.compile(
    rf"新旧|新老|修[订正改](?:前后|以?前|以?后)|(?:和|与|跟|同|、|相比)?\s*{_YEAR}\s*年?\s*(?:版|的)?(?:那[部个])?(?:[旧老新](?:法|版|规定|办法|条例))?"
    r"|(?:和|与|跟|同|、)?[旧老](?:的?那?[部个]?)(?:法|版|规定|办法|条例)"
    rf"|[新旧老](?=[^，。？?新旧老]{{2,16}}(?:法|办法|规定|条例))"
    rf"|(?:\b(?:of|from|in|between) )?\b(?:the )?{_YEAR}\b(?:,? (?:and|to|with|vs\.?|versus) (?:the |of |in )*{_YEAR}\b)?"
    r"|\bbetween\b|\bold and (?:the )?new\b|\b(?:and )?the old (?:law|rules?|version)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document, with all that is held of it: a digest and the official words are one."""

    year: str
    ids: frozenset[str]
    names: tuple[str, ...]  # of the document, which tell none of its clauses from another


def versions(text: str, scope: Scope, place: str | None = None) -> tuple[Version, ...]:
    """Return the versions of the one document whose versions a question compares, oldest first; empty when it does not.

    Measures that replaced others under another title are versions too; `place` says whose are meant.
    """
    if not VERSIONS.search(text):
        return ()
    named = set(re.findall(_YEAR, text))
    several = [years for years in _by_title(scope.titles.find(text), scope).values() if len(years) > 1]
    if not several and len(named) > 1:  # 1996年老法和2022年新法 say which is meant where one document alone has both
        several = [years for years in _by_title(scope.policies, scope).values() if named <= years.keys()]
        several = several if len(several) == 1 else []
    if not several:
        return _replaced(text, scope, place)
    years = max(several, key=lambda found: (len(named & set(found)), len(found)))
    wanted = sorted(named & set(years)) if len(named & set(years)) > 1 else sorted(years)
    names = tuple(sorted({name for ids in years.values() for id_ in ids for name in _names(scope.policies[id_])}))
    return tuple(Version(year, frozenset(years[year]), names) for year in wanted)


def _by_title(ids: Iterable[str], scope: Scope) -> dict[str, dict[str, set[str]]]:
    """The documents by title, and of each the years of its versions."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for id_ in ids:
        policy = scope.policies[id_]
        if year := _year(policy):
            found[title_key(policy.metadata.title or id_)][year].add(id_)
    return found


def _replaced(text: str, scope: Scope, place: str | None) -> tuple[Version, ...]:
    """Two documents of the place asked for, the later of which repeals the earlier; those whose names the question is nearest."""
    asked = set(bigrams(text))
    pairs = [
        (len(asked & set(bigrams(title_key(policy.metadata.title or "")))), policy, older)
        for policy in scope.policies.values()
        if policy.metadata.jurisdiction == place
        for older in _repealed(policy, scope)
    ]
    shared, newer, older = max(pairs, key=lambda found: (found[0], found[1].id), default=(0, None, None))
    if newer is None or older is None or shared < _NAMED:
        return ()
    names = (*_names(older), *_names(newer))
    return tuple(Version(_year(p) or p.id, frozenset({p.id}), names) for p in (older, newer))


def _repealed(policy: Policy, scope: Scope) -> Iterable[Policy]:
    ended = {name for r in policy.relations if r.kind == "repeals" for name in (r.target, title_key(r.target))}
    for older in scope.policies.values() if ended else ():
        names = {older.id, *(title_key(name) for name in (older.metadata.title, older.metadata.doc_number) if name)}
        if older.id != policy.id and names & ended:
            yield older


def with_whole_years(text: str) -> str:
    """Return a question with the years that editions are called by in four figures: 96年老法 is of 1996."""
    return _SHORT_YEAR.sub(lambda m: f"{'19' if m['year'] > '50' else '20'}{m['year']}年", text)


def without(text: str, names: Iterable[str]) -> str:
    """Return a question without the names of its document and the words by which it tells versions apart."""
    rest = _WORDS.sub(" " if text.isascii() else "", text)
    for name in sorted(names, key=len, reverse=True):
        rest = re.sub(re.escape(name), "", rest, flags=re.IGNORECASE)
    return re.sub(r"^[\s，,、和与跟的《》]+", "", rest)


def _names(policy: Policy) -> tuple[str, ...]:
    title = title_key(policy.metadata.title or "")
    english = re.sub(
        r"\s*\(.*?\)|^the | of the people's republic of china", "", policy.metadata.title_en or "", flags=re.I
    )
    bare = title.removeprefix("中华人民共和国")
    return tuple(name for name in (title, bare, english, *short_forms(bare)) if len(name) > 3)


def _year(policy: Policy) -> str | None:
    day = policy.metadata.issued or policy.metadata.effective
    return str(day.year) if day else None
