"""What is wrong in the clauses of one file: addresses, locators, order, empty claims, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.addresses import disagreement, numbers_in_address
from assistant.corpus.format import PaperEntry, PolicyEntry, ProvisionEntry
from assistant.corpus.numbers import chinese_numbers, english_numbers, plain, scale
from assistant.corpus.reading import Problem
from assistant.text import language
from assistant.text.normal import squeeze

_PLACEHOLDER = re.compile(
    r"待补|待填|同上|此处略|(?:详?见|参见)原文|x{3,}|…|\.{3}|\b(?:todo|tbd|tba|n/a|lorem)\b", re.IGNORECASE
)


def problems(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    """Yield what is wrong in the clauses of one file."""
    first: dict[str, int] = {}
    said: dict[str, str] = {}
    addresses = [provision.address for provision in entry.provisions]
    for n, provision in enumerate(entry.provisions, start=1):
        field = f"provisions[{n}] ({provision.address})"
        if provision.address in first:
            yield Problem(
                name,
                field,
                f"the address stands already at provisions[{first[provision.address]}]",
                "Give each clause its own address, or join the two",
            )
        first.setdefault(provision.address, n)
        yield from _provision(name, field, provision, isinstance(entry, PaperEntry))
        yield from _claim(name, field, provision, addresses)
        key = squeeze(provision.text.zh)
        if key in said:
            yield Problem(
                name, f"{field}.text.zh", f"{said[key]} says the same", "Say here what this clause adds, or take it out"
            )
        said.setdefault(key, provision.address)
    yield from _order(name, entry)


def _provision(name: str, field: str, provision: ProvisionEntry, in_paper: bool) -> Iterator[Problem]:
    difference = None if in_paper else disagreement(provision.address, provision.locator)
    if difference:
        yield Problem(name, f"{field}.locator", difference, "Correct whichever is wrong")
    if set("()") & set(provision.locator):
        yield Problem(
            name, f"{field}.locator", f"{provision.locator} has half-width brackets", "Write （ ） as the documents do"
        )
    if provision.address.startswith("practice/") and "：" not in provision.locator:
        yield Problem(
            name,
            f"{field}.locator",
            f"{provision.locator} could be taken for a clause of this policy",
            "Say whose practice it is, for example 地方做法：深圳年报",
        )
    if in_paper and provision.kind != ("finding",):
        yield Problem(name, f"{field}.kind", "what a paper says is never a rule", "Write `kind: finding`")
    for code, text in (("zh", provision.text.zh), ("en", provision.text.en)):
        if language(text) != code:
            yield Problem(
                name, f"{field}.text.{code}", "the text is in the other language", "Put each language in its place"
            )
    yield from _numbers(name, field, provision)
    if provision.effective and provision.expires and provision.effective > provision.expires:
        yield Problem(
            name, f"{field}.expires", "the clause expires before it takes effect", "Correct one of the two dates"
        )


def _claim(name: str, field: str, provision: ProvisionEntry, addresses: list[str]) -> Iterator[Problem]:
    """A clause must say something: no placeholder, no mere locator, no opening of a list that never comes."""
    for code, text in (("zh", provision.text.zh), ("en", provision.text.en)):
        if found := _PLACEHOLDER.search(text):
            yield Problem(
                name,
                f"{field}.text.{code}",
                f"“{found[0]}” claims nothing",
                "Write what the clause says, or take it out",
            )
        elif text[-1] not in '。：；？！”）.:;?!")':
            yield Problem(
                name, f"{field}.text.{code}", f"it breaks off after “{text[-12:]}”", "End the sentence with its mark"
            )
    if squeeze(provision.text.zh.rstrip("。")) == squeeze(provision.locator):
        yield Problem(
            name, f"{field}.text.zh", "it only repeats the locator", "Write what the clause says, or take it out"
        )
    if provision.text.zh.endswith("：") and not any(a.startswith(f"{provision.address}/") for a in addresses):
        yield Problem(
            name,
            f"{field}.text.zh",
            "it opens a list, and no item follows",
            f"Add the items as {provision.address}/item_1 and so on, or end the sentence",
        )


def _numbers(name: str, field: str, provision: ProvisionEntry) -> Iterator[Problem]:
    zh, en = chinese_numbers(provision.text.zh), english_numbers(provision.text.en)
    for code, missing in (("en", zh.digits - en.all), ("zh", en.digits - zh.all)):
        if missing:
            other = "zh" if code == "en" else "en"
            yield Problem(
                name,
                f"{field}.text.{code}",
                f"it lacks {_listed(missing)}, which stands in `{other}`",
                "Write the same numbers and dates in both languages",
            )
    for quantity in provision.quantities:
        stated = {plain(value, scale(quantity.unit)) for value in quantity.values}
        for code, numbers in (("zh", zh), ("en", en)):
            if absent := stated - numbers.all:
                yield Problem(
                    name,
                    f"{field}.quantities ({quantity.name})",
                    f"{_listed(absent)} does not stand in text.{code}",
                    "Make the quantity and the text say the same",
                )


def _listed(numbers: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(numbers))


def _order(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    """Numbered clauses of one parent must ascend, so that a list is given in the order of the document."""
    last: dict[tuple[str, str], tuple[int, ...]] = {}
    for n, provision in enumerate(entry.provisions, start=1):
        parent = provision.address.rpartition("/")[0]
        own = numbers_in_address(provision.address.rpartition("/")[2])
        if not own:
            continue
        step, number = own[0]
        place = tuple(int(part) for part in number.split("_"))
        if place < last.get((parent, step), ()):
            yield Problem(
                name,
                f"provisions[{n}] ({provision.address})",
                "it stands after a clause with a higher number",
                "Put the clauses in the order of the document",
            )
        last[(parent, step)] = place
