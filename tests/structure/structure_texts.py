"""How the tests of structure write a document: plain lines, # for headings, | for table rows."""

from __future__ import annotations

import re

from assistant.models import Line, Metadata, Policy, Provision, Source, Wording
from assistant.structure import Parsed, parse

_UNSEEN = re.compile(r"[\s\u200b\ufeff]")


def source(text: str, title: str | None = None, **declared: object) -> Source:
    """Return a source of these lines: `# x` a heading, `| a | b` a table row, anything else as it stands."""
    lines = []
    for line in text.strip("\n").split("\n"):
        stripped = line.strip()
        if heading := re.match(r"(#+)\s+", stripped):
            lines.append(Line(stripped[heading.end() :], heading=len(heading[1])))
        elif stripped.startswith("|"):
            cells = tuple(cell.strip() for cell in stripped.strip("|").split("|"))
            lines.append(Line("；".join(cells), cells=cells))
        else:
            lines.append(Line(line))
    return Source("a document", tuple(lines), Metadata(title=title, **declared))  # type: ignore[arg-type]


def read(text: str, title: str | None = None, **declared: object) -> Parsed:
    """Return what a document of these lines holds; its policy id is `x`."""
    return parse("x", source(text, title, **declared))


def policy(parsed: Parsed, policy_id: str = "x") -> Policy:
    return Policy(policy_id, "a document", Wording.ORIGINAL, parsed.metadata, parsed.provisions)


def steps(parsed: Parsed) -> list[str]:
    """Return the addresses without the policy id."""
    return [p.address.removeprefix("x/") for p in parsed.provisions]


def at(parsed: Parsed, address: str) -> Provision:
    return next(p for p in parsed.provisions if p.address == f"x/{address}")


def bare(text: str) -> str:
    """Return a text without white space, the form in which provisions must give back their source."""
    return _UNSEEN.sub("", text)


def gives_back(parsed: Parsed, original: Source) -> bool:
    return bare("".join(p.text for p in parsed.provisions)) == bare("".join(line.text for line in original.lines))
