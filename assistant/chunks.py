"""Chunks: what is indexed of a policy, one clause each, with its surroundings as context.

An article is one chunk and never shares it. In opinions, notices and plans a point （一） is one, or a part 一、
without points. Plain paragraphs are merged under their heading up to a comfortable size. What is larger than the
ceiling is split at 款, then at 项, with the lead-in repeated in the context, and only then at the ends of sentences.
Headings are no chunks: they stand in the context of what is below them. Signatures, tables of contents and
bibliographies are not indexed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant import text as texts
from assistant.models import Chunk, Level, Policy, Provision, Role, Wording
from assistant.structure import heads_bibliography, is_reference

VERSION = 4  # raise it when the same policy comes to give other chunks: documents are then divided anew

Count = Callable[[str], int]

_COMFORT = 0.7  # of the ceiling: plain text is merged up to here
_LEAD_IN = 120  # characters of a lead-in that are repeated
_TITLE = 80  # characters of a title that are shown
_SEAM = 2  # tokens that joining two texts may add to theirs
_HEADINGS = frozenset({Level.BOOK, Level.CHAPTER, Level.ANNEX, Level.TABLE})  # no text, even with nothing below
_CLAUSES = frozenset({Level.POINT, Level.SUBPOINT, Level.DETAIL, Level.ITEM, Level.SUBITEM})
_TITLED = frozenset({Level.HEADING, Level.PART, Level.SECTION, Level.SUBPOINT})
_CUTS = (
    re.compile(r"(?<=[。！？!?])(?![”』」）)])|(?<=[。！？][”』」）)])|(?<=\.)(?=\s)|(?<=\n)"),
    re.compile(r"(?<=[；;])"),
    re.compile(r"(?<=[，,、])"),
)


@dataclass(slots=True)
class _Unit:
    """Provisions that stay together, the heading they stand under, and how they may be merged with their neighbours."""

    provisions: list[Provision]
    group: str
    plain: bool = False
    closed: bool = False  # an article: never merged
    sizes: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(self.sizes)


def chunk(
    policy: Policy, *, floor: int = 40, ceiling: int = 480, count: Count = texts.count_tokens
) -> tuple[Chunk, ...]:
    """Return the chunks of a policy in document order; with its context none has more than `ceiling` tokens."""
    chunks: list[Chunk] = []
    told: set[str] = set()
    units = _units(policy, count)
    if policy.wording is not Wording.DIGEST:  # a digest is told fact by fact; its provisions are units already
        units = _merged(units, floor, int(ceiling * _COMFORT))
    for unit in units:
        for context, text, addresses in _split(policy, unit.provisions, ceiling, count):
            chunks.append(Chunk(len(chunks), addresses, context, text, count(_indexed(context, text))))
            new = set(addresses) - told  # a paragraph cut in two stands in two pieces
            told |= new
            for role, head, words in _other_words(policy, [p for p in unit.provisions if p.address in new]):
                for part in _cut(words, ceiling - count(f"{head}\n") - _SEAM, count):
                    chunks.append(Chunk(len(chunks), addresses, head, part, count(_indexed(head, part)), role))
    return tuple(chunks)


def _other_words(policy: Policy, members: Sequence[Provision]) -> Iterator[tuple[Role, str, str]]:
    """Yield what else a clause is found by, each with a vector of its own: mixed in one, languages blur each other."""
    title_en = policy.metadata.title_en or ""
    if english := "\n".join(p.text_en for p in members if p.text_en):
        yield Role.TRANSLATION, f"{title_en} {members[0].locator}".strip(), english
    asks = [ask for p in members for ask in p.asks]
    for language, title in (("zh", policy.metadata.title or ""), ("en", title_en)):
        if asked := "\n".join(ask for ask in asks if texts.language(ask) == language):
            yield Role.ASKS, title[:_TITLE], asked


def _units(policy: Policy, count: Count) -> Iterator[_Unit]:
    """Yield the clauses and paragraphs of a policy; headings and what is not indexed are left out."""
    provisions = policy.provisions
    i = 0
    while i < len(provisions):
        p = provisions[i]
        end = _end(provisions, i)
        after = provisions[i + 1] if i + 1 < len(provisions) else None
        inside = after is not None and (end > i + 1 or len(after.trail) > len(p.trail))
        last = p.address.rpartition("/")[2].partition("~")[0]
        if last in ("closing", "toc") or (p.level in _TITLED and heads_bibliography(p.text)):
            i = end
            continue
        if p.level is Level.PARAGRAPH and is_reference(p.text):
            i += 1
            continue
        if p.level is Level.PREAMBLE and not _says_more(p.text, policy.metadata.title):
            i += 1
            continue
        whole = p.level in _CLAUSES or p.level in (Level.ARTICLE, Level.PARAGRAPH)
        if p.level is Level.PART:
            whole = not any(child.level is Level.POINT for child in provisions[i + 1 : end])
        is_text = _is_sentence(p.text) if p.level is Level.PART and inside else not inside and p.level not in _HEADINGS
        if not whole and not is_text:
            i += 1
            continue
        members = [m for m in provisions[i : end if whole else i + 1] if m.text]
        group = p.address if p.level is Level.PART and not whole else p.parent
        plain = p.level not in _CLAUSES and p.level not in (Level.ARTICLE, Level.PART)
        if members:
            yield _Unit(members, group, plain, p.level is Level.ARTICLE, [count(m.text) for m in members])
        i += max(1, end - i if whole else 1)


def _end(provisions: Sequence[Provision], i: int) -> int:
    """Return the index after the last provision below this one."""
    below = f"{provisions[i].address}/"
    end = i + 1
    while end < len(provisions) and provisions[end].address.startswith(below):
        end += 1
    return end


def _says_more(text: str, title: str | None) -> bool:
    lines = [line for line in text.split("\n") if line.strip("《》 　") != title]
    return bool(lines) and (title is not None or len(lines) > 1)


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[。；：:;]", text))


def _merged(units: Iterable[_Unit], floor: int, comfort: int) -> Iterator[_Unit]:
    """Yield the units with plain text under one heading merged up to a comfortable size, and the tiny ones at least."""
    current: _Unit | None = None
    for unit in units:
        if current is not None and _mergeable(current, unit, floor, comfort):
            current.provisions += unit.provisions
            current.sizes += unit.sizes
            current.plain = current.plain and unit.plain
            continue
        if current is not None:
            yield current
        current = unit
    if current is not None:
        yield current


def _mergeable(a: _Unit, b: _Unit, floor: int, comfort: int) -> bool:
    if a.closed or b.closed or a.group != b.group or a.size + b.size > comfort:
        return False
    return (a.plain and b.plain) or min(a.size, b.size) < floor


def _indexed(context: str, text: str) -> str:
    return f"{context}\n{text}" if context else text


_Piece = tuple[str, str, tuple[str, ...]]  # context, text, addresses


def _split(policy: Policy, members: Sequence[Provision], ceiling: int, count: Count) -> Iterator[_Piece]:
    """Yield a unit as one piece if it fits, else piece by piece."""
    unit = {m.address: m for m in members}
    context = _context(policy, members, unit, ceiling, count)
    text = _text(members)
    if count(_indexed(context, text)) <= ceiling:
        yield context, text, tuple(m.address for m in members)
        return
    for group, context in _packed(policy, members, unit, ceiling, count):
        text = _text(group)
        if count(_indexed(context, text)) <= ceiling:
            yield context, text, tuple(m.address for m in group)
            continue
        for part in _cut(text, ceiling - count(f"{context}\n") - _SEAM, count):
            yield context, part, tuple(m.address for m in group)


def _packed(
    policy: Policy, members: Sequence[Provision], unit: Mapping[str, Provision], ceiling: int, count: Count
) -> Iterator[tuple[list[Provision], str]]:
    """Yield runs of members that fit the ceiling with their context, about even, rather broken before 款 than 项."""
    sizes = [count(m.text) + 1 for m in members]
    run: list[Provision] = []
    filled, room, even, context = 0, 0, 0.0, ""
    for i, (member, size) in enumerate(zip(members, sizes, strict=True)):
        lead_only = len(run) == 1 and _is_marker(run[0])
        full = filled + (_size_below(members, sizes, i) if member.level is Level.PARAGRAPH else size) > room
        evenly = filled >= even * 0.9 and filled + size > even * 1.1
        if run and not lead_only and (full or evenly):
            yield run, context
            run, filled = [], 0
        if not run:
            context = _context(policy, [member], unit, ceiling, count)
            room = ceiling - count(f"{context}\n") - _SEAM
            rest = sum(sizes[i:])
            even = rest / max(1, -(-rest // max(room, 1)))
        run.append(member)
        filled += size
    if run:
        yield run, context


def _size_below(members: Sequence[Provision], sizes: Sequence[int], i: int) -> int:
    """Return the size of a member with all that is below it."""
    total, n = sizes[i], i + 1
    while n < len(members) and _within(members[n], members[i]):
        total += sizes[n]
        n += 1
    return total


def _within(member: Provision, above: Provision) -> bool:
    return member.address == above.address or member.address.startswith(f"{above.address}/")


def _is_marker(p: Provision) -> bool:
    return p.level is Level.ARTICLE and len(p.text) < 12


def _cut(text: str, room: int, count: Count) -> Iterator[str]:
    """Yield a text in pieces of at most `room` tokens, cut at sentences, else at clauses, else anywhere."""
    room = max(room, 8)
    held: list[str] = []
    filled = 0
    for sentence in _sentences(text, room, count, 0):
        size = count(sentence)
        if held and filled + size + _SEAM > room:
            yield "".join(held).strip()
            held, filled = [], 0
        held.append(sentence)
        filled += size
    if rest := "".join(held).strip():
        yield rest


def _sentences(text: str, room: int, count: Count, depth: int) -> Iterator[str]:
    if depth == len(_CUTS):
        step = max(1, room // 3)  # a character is three tokens at most
        yield from (text[i : i + step] for i in range(0, len(text), step))
        return
    for part in _CUTS[depth].split(text):
        if part and count(part) > room:
            yield from _sentences(part, room, count, depth + 1)
        elif part:
            yield part


def _text(members: Sequence[Provision]) -> str:
    """Return the words of provisions as they are read: a number that stands alone goes before its first paragraph."""
    out = ""
    for i, m in enumerate(members):
        out += m.text if not out else f" {m.text}" if i == 1 and _is_marker(members[0]) else f"\n{m.text}"
    return out


def _context(
    policy: Policy, members: Sequence[Provision], unit: Mapping[str, Provision], ceiling: int, count: Count
) -> str:
    """Return title, headings and locator, and the lead-in of a part of a list."""
    first = members[0]
    title = (policy.metadata.title or "")[:_TITLE]
    heads = [head for head in first.trail if not first.locator.startswith(head)]
    for shown in ([title, *heads, first.locator], [title, *heads[-1:], first.locator], [title, first.locator]):
        context = " ".join(part for part in shown if part)
        if count(context) <= ceiling // 3:
            break
    else:
        context = first.locator[:_TITLE]
    line = _lead_in(members, unit)
    if line and count(f"{context}\n{line}") + count(_text(members)) < ceiling:
        return f"{context}\n{line}"
    return context


def _lead_in(members: Sequence[Provision], unit: Mapping[str, Provision]) -> str:
    """Return the texts above the first member of a divided clause, outermost first."""
    above: list[str] = []
    address = members[0].parent
    while (lead := unit.get(address)) is not None:
        if not _is_marker(lead):
            above.insert(0, lead.text if len(lead.text) <= _LEAD_IN else f"{lead.text[:_LEAD_IN]}…")
        address = lead.parent
    return " ".join(above)
