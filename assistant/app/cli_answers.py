"""The `show-answer` command: how an answer came to be, from the record of it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assistant.app.cli_corpus import Home
from assistant.app.json_output import AsJson, print_json


def show_answer(
    record: Annotated[str, typer.Argument(help="The `record` that `ask --json` prints.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show how an answer came to be: its clauses, its models, what was left out of it and why.

    With --json all that is kept of it, as one JSON object. `[records]` in settings.toml says what is kept and how long.
    """
    from assistant.app.api import Assistant

    with Assistant.open(home, recover=False) as assistant:
        kept = assistant.answer_record(record)
    if as_json:
        print_json(kept)
    else:
        for line in _lines(kept):
            typer.echo(line)


def _rating(given: dict[str, Any] | None) -> str:
    if given is None:
        return "none"
    reason = f" ({given['reason']})" if given["reason"] else ""
    return f"{'of use' if given['good'] else 'of no use'}{reason}"


def _lines(kept: dict[str, Any]) -> list[str]:
    cited = [f"  [{c['n']}] {c['address']}  {c['source']}" for c in kept["citations"]]
    lines = [
        f"{kept['id']}  {kept['made']}  {kept['status']}  as of {kept['as_of']}, generation {kept['generation']}",
        f"question: {kept.get('question') or 'not kept (words = false under [records] in settings.toml)'}",
        f"topics: {'、'.join(kept.get('topics', ())) or 'none'}",
        f"rating: {_rating(kept.get('rating'))}",
        f"vectors: {kept['embedding']}",
        "clauses:" if cited else "clauses: none",
        *cited,
    ]
    draft = kept["draft"]
    if draft is None:
        return [*lines, "wording: the clauses themselves; no language model took part"]
    given = ", ".join(f"{name} {value}" for name, value in draft["parameters"].items())
    lines += [
        f"wording: {draft['model']} (prompt {draft['prompt']}; {given})",
        f"declared: {draft['declared'] or 'nothing'}; added from the clauses: {', '.join(draft['added']) or 'nothing'}",
    ]
    if draft["failure"]:
        lines.append(f"failure: {draft['failure']}")
    for removed in draft["removed"]:
        lines.append(
            f"left out: {removed['reason']} ({', '.join(removed['clauses']) or 'no clause'}) {removed.get('text', '')}".rstrip()
        )
    return lines
