"""The `check` and `schemes` commands of the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.app.json_output import AsJson, print_json
from assistant.errors import FactError

Where = Annotated[str | None, typer.Option("--place", help="Where the company is registered: GB/T 2260 code or name.")]
AsOf = Annotated[str | None, typer.Option(help="Day asked for, YYYY-MM-DD.", show_default="today")]
Language = Annotated[str, typer.Option("--language", help="zh or en.")]


def check(
    scheme: Annotated[str, typer.Argument(help="As `assistant schemes` lists them.")],
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]…", help="Facts: interns_3y=60, surcharge_due.2024=10万元."),
    ] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="YAML or JSON file of facts.")] = None,
    place: Where = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    language: Language = "zh",
) -> None:
    """Check a company against a scheme: per condition, with its clause; the amount line by line; what to ask next."""
    from assistant import eligibility
    from assistant.app import checking
    from assistant.app.console_check import print_verdict
    from assistant.app.contract_check import verdict_json

    known = checking.catalogue().facts
    given = [
        *(checking.facts_in(facts) if facts else ()),
        *(eligibility.read_pair(known, pair) for pair in pairs or ()),
    ]
    verdict = checking.check(scheme, given, place=place, as_of=as_of)
    if as_json:
        print_json(verdict_json(verdict))
    else:
        print_verdict(verdict, _language(language))


def schemes(
    scheme: Annotated[str | None, typer.Argument(help="One scheme: the facts it asks for.")] = None,
    place: Where = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    language: Language = "zh",
) -> None:
    """List what can be checked; with a place, what holds there; with one scheme, the facts it asks for."""
    from assistant.app import checking, given
    from assistant.app.console_check import print_facts, print_schemes
    from assistant.app.contract_check import scheme_json

    if scheme:
        found = checking.catalogue().get(scheme, given.place(place), given.day(as_of))
        if as_json:
            print_json(scheme_json(found))
        else:
            print_facts(found, _language(language))
        return
    listed = checking.schemes(place, as_of)
    if as_json:
        print_json([scheme_json(each) for each in listed])
    else:
        print_schemes(listed, _language(language))


def _language(text: str) -> str:
    if text not in ("zh", "en"):
        raise FactError(f"'{text}' is no language of this command; write zh or en.")
    return text
