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
    scheme: Annotated[
        str | None, typer.Argument(help="As `assistant schemes` lists them; with --batch, all that fit without one.")
    ] = None,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]…", help="Facts: interns_3y=60, surcharge_due.2024=10万元."),
    ] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="YAML or JSON file of facts.")] = None,
    place: Where = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    language: Language = "zh",
    report: Annotated[Path | None, typer.Option(help="Write a report: a .docx, .pdf or .md file.")] = None,
    calendar: Annotated[Path | None, typer.Option(help="Write the windows of the scheme: a .ics file.")] = None,
    batch: Annotated[Path | None, typer.Option(help="CSV file with one firm a line.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the verdicts on a batch go: a .xlsx or .csv file.")] = None,
) -> None:
    """Check a company against a scheme: per condition, with its clause; the amount line by line; what to ask next.

    With --batch many firms are checked, one verdict a row: columns are facts by id or name, 企业名称 and 注册地.
    """
    from assistant import eligibility
    from assistant.app import checking
    from assistant.app.cli_verdicts import check_firms, write_files
    from assistant.app.console_check import print_verdict
    from assistant.app.contract_check import verdict_json

    if batch:
        if pairs or facts or report or calendar or as_json:
            raise typer.BadParameter("--batch goes with SCHEME, --place, --as-of, --language and --out only")
        raise typer.Exit(check_firms(batch, out, scheme, place, as_of, _language(language)))
    if scheme is None:
        raise typer.BadParameter("give a scheme, as `assistant schemes` lists them, or --batch FILE")
    if out:
        raise typer.BadParameter("--out goes with --batch FILE; --report FILE writes a report on one company")
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
    write_files(verdict, report, calendar, _language(language))


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
