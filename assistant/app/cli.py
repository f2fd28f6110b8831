"""The command line. Heavy parts are imported by the command that needs them, so that help comes at once."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from assistant.app.cli_answers import show_answer
from assistant.app.cli_check import check, schemes
from assistant.app.cli_corpus import Home, corpus_app
from assistant.app.cli_eval import evaluate
from assistant.app.cli_insight import tell_insight
from assistant.app.cli_users import users_app
from assistant.app.json_output import AsJson, print_json
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.app.api import Assistant

app = typer.Typer(
    name="assistant",
    help="Ask what Chinese policies on industry-education integration let you do. Every answer cites its clauses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(users_app, name="users")
app.command()(check)
app.command()(schemes)
app.command("eval")(evaluate)
app.command("show-answer")(show_answer)
app.command("insight")(tell_insight)

AsOf = Annotated[str | None, typer.Option(help="Day asked for, YYYY-MM-DD.", show_default="today")]
Place = Annotated[
    str | None, typer.Option("--jurisdiction", help="Place asked for: GB/T 2260 code or name, or CN for the nation.")
]
BatchIn = Annotated[Path | None, typer.Option("--batch", help="JSONL file with one question per line.")]
BatchOut = Annotated[Path | None, typer.Option("--out", help="JSONL file to write, one answer per line.")]


@app.command()
def init(home: Home = None) -> None:
    """Load the starter corpus into an installation that holds nothing yet."""
    from assistant.app.console import ingest_progress, print_report

    with _open(home) as assistant, ingest_progress() as progress:
        report = assistant.init(progress=progress)
    if report is None:
        typer.echo("The installation already holds documents; nothing was changed.")
    else:
        print_report(report, details=False)
        raise typer.Exit(1 if report.failed else 0)


@app.command()
def serve(
    home: Home = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; for any but this machine's there must be accounts.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open the chat in a web page; loads the starter corpus first where there is none."""
    from assistant import config
    from assistant.app.accounts import Accounts
    from assistant.app.console import ingest_progress, print_report
    from assistant.app.web import listen
    from assistant.app.web import serve as serve_page

    folder = home.expanduser() if home else config.default_home()
    accounts, settings = Accounts(folder), config.load(folder).web
    accounts.all()  # a file that cannot be read is told before any work is done, and so is a taken port
    with listen(host, port, has_login=bool(accounts)) as listener, _open(home) as assistant:
        with ingest_progress() as progress:
            report = assistant.init(progress=progress)
        if report:
            print_report(report, details=False)
        with assistant.warming():
            serve_page(assistant, listener, browser and sys.stdout.isatty(), accounts, settings)


def _fact(what: str) -> Any:
    return typer.Option(help=what, rich_help_panel="Facts about the one file given")


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, or JSONL collections.")],
    home: Home = None,
    as_json: AsJson = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="How many files to read at once.", show_default="cores, at most 4"),
    ] = None,
    title: Annotated[str | None, _fact("Its title.")] = None,
    title_en: Annotated[str | None, _fact("Its title in English.")] = None,
    doc_number: Annotated[str | None, _fact("Its 文号.")] = None,
    issuers: Annotated[str | None, _fact("Who issued it, several parted by 、.")] = None,
    issued: Annotated[str | None, _fact("Day of issue, YYYY-MM-DD.")] = None,
    effective: Annotated[str | None, _fact("First day in force.")] = None,
    expires: Annotated[str | None, _fact("Last day in force.")] = None,
    repealed: Annotated[str | None, _fact("First day no longer in force.")] = None,
    jurisdiction: Annotated[str | None, _fact("Where it holds: GB/T 2260 code or name, or CN.")] = None,
    tier: Annotated[
        str | None, _fact("law, regulation, normative, interpretation, notice, list, paper or note.")
    ] = None,
    url: Annotated[str | None, _fact("Where it is published.")] = None,
) -> None:
    """Take documents in: PDF, OFD, scans, Word, web pages, text, Markdown, JSONL. Unchanged files cost nothing.

    Facts given for one file go before what its text says, and are remembered. `unknown` says that nobody knows; an
    empty text takes an earlier one back. They can also stand in a file beside it, 办法.pdf.yaml beside 办法.pdf.
    """
    from assistant.app.console import ingest_progress, print_report
    from assistant.app.contract import report_json

    stated = {
        "title": title, "title_en": title_en, "doc_number": doc_number, "issuers": issuers, "issued": issued,
        "effective": effective, "expires": expires, "repealed": repealed, "jurisdiction": jurisdiction, "tier": tier,
        "url": url,
    }  # fmt: skip
    facts = {name: value for name, value in stated.items() if value is not None}
    with _open(home) as assistant, ingest_progress(quiet=as_json) as progress:
        report = assistant.ingest(paths, jobs=jobs, facts=facts, progress=progress)
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report, details=True)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def remove(sources: Annotated[list[str], typer.Argument(help="As `list` shows them.")], home: Home = None) -> None:
    """Remove documents; they stop answering at once."""
    with _open(home) as assistant:
        removed = assistant.remove(sources)
    for source in sources:
        typer.echo(f"{'removed' if source in removed else 'not found'}: {source}")
    raise typer.Exit(0 if len(removed) == len(sources) else 1)


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """List the documents held."""
    from assistant.app.console import print_policies
    from assistant.app.contract import entry_json

    with _open(home) as assistant:
        policies = assistant.policies()
    if as_json:
        print_json([entry_json(policy) for policy in policies])
    else:
        print_policies(policies)


@app.command()
def show(source: str, home: Home = None, as_json: AsJson = False) -> None:
    """Show a document's structure: its provisions with their addresses."""
    from assistant.app.console import print_original, print_policy
    from assistant.app.contract import policy_json

    with _open(home) as assistant:
        policy = assistant.policy(source)
        original = assistant.original(policy.id)
    if as_json:
        print_json(policy_json(policy))
    else:
        print_policy(policy)
        if original:
            print_original(original)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese or English.")] = None,
    home: Home = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    jurisdiction: Place = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave out what was understood: place, day, document or kind; repeatable.")
    ] = None,
    show_understood: Annotated[
        bool, typer.Option("--show-understood", help="Say first how the question was understood.")
    ] = False,
    stream: Annotated[
        bool, typer.Option("--stream", help="Print each sentence as soon as it is verified, where a model words them.")
    ] = False,
    batch: BatchIn = None,
    out: BatchOut = None,
) -> None:
    """Answer a question from the policies held, with a citation for every statement."""
    from assistant.app import given
    from assistant.app.batch import ask_lines, run_batch
    from assistant.app.contract import answer_json

    asked = _one_of(question, batch, out)
    if stream and (as_json or batch):
        raise typer.BadParameter("--stream prints sentences for people; leave out --json and --batch")
    day, place = given.day(as_of), given.place(jurisdiction)
    with _open(home) as assistant:
        _fill_if_new(assistant)
        if batch:
            raise typer.Exit(run_batch(batch, out, lambda lines: ask_lines(assistant, lines, day, place)))
        if stream:
            from assistant.app.console import print_stream

            print_stream(assistant.ask_stream(asked, as_of=day, jurisdiction=place, without=without or ()))
            return
        answer = assistant.ask(asked, as_of=day, jurisdiction=place, without=without or ())
    if as_json:
        print_json(answer_json(answer))
    else:
        from assistant.app.console import print_answer
        from assistant.app.understanding import lines

        for line in lines(answer) if show_understood else ():
            typer.echo(line)
        print_answer(answer)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    home: Home = None,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", "--top", min=1, max=1000, help="How many clauses.")] = 10,
    batch: BatchIn = None,
    out: BatchOut = None,
) -> None:
    """Rank the clauses held against a text."""
    from assistant.app.batch import run_batch, search_lines
    from assistant.app.contract import search_json

    text = _one_of(query, batch, out)
    with _open(home) as assistant:
        _fill_if_new(assistant)
        if batch:
            raise typer.Exit(run_batch(batch, out, lambda lines: search_lines(assistant, lines, k)))
        hits = assistant.search(text, k=k)
    if as_json:
        print_json(search_json(text, hits))
    else:
        from assistant.app.console import print_hits

        print_hits(hits)


@app.command()
def doctor(
    home: Home = None, repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False
) -> None:
    """Check the installation; exit status 0 when nothing is wrong."""
    with _open(home, recover=False) as assistant:  # what a killed process left behind is told, not finished unseen
        findings = assistant.doctor(repair=repair)
    for finding in findings:
        typer.echo(str(finding))
    if not findings:
        typer.echo("Nothing is wrong.")
    raise typer.Exit(1 if any(not finding.repaired for finding in findings) else 0)


def _open(home: Path | None, *, recover: bool = True) -> Assistant:
    from assistant.app.api import Assistant

    return Assistant.open(home, recover=recover)


def _fill_if_new(assistant: Assistant) -> None:
    """Load the starter corpus where nothing was ever taken in; say so where everything was removed again."""
    from assistant.app.console import ingest_progress

    if assistant.is_new:
        typer.echo("This installation is new; the starter corpus is loaded first.", err=True)
        with ingest_progress() as progress:
            report = assistant.init(progress=progress)
        for outcome in report.outcomes if report else ():
            if outcome.status == "failed":
                typer.echo(f"{outcome.source} failed: {outcome.reason}", err=True)
    elif not assistant.policies():
        loads = "`assistant init` loads the starter corpus, `assistant ingest` your own documents."
        typer.echo(f"This installation holds nothing any more. {loads}", err=True)


def _one_of(text: str | None, batch: Path | None, out: Path | None) -> str:
    """Return the text given on the command line, "" where a batch is given in its place."""
    if (text is None) is (batch is None):
        raise typer.BadParameter("give either a text or --batch FILE")
    if out and not batch:
        raise typer.BadParameter("--out goes with --batch FILE")
    return text or ""


def main() -> NoReturn:
    """Run the command line; whatever fails is told in one line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Chinese comes out whole in any locale, and as UTF-8 in a pipe
            keep = stream.isatty() and _holds_chinese(stream.encoding)
            stream.reconfigure(encoding=stream.encoding if keep else "utf-8", errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    sys.exit(_status())


def _holds_chinese(encoding: str) -> bool:
    try:
        "〔条〕".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _status() -> int:
    try:
        status = app(prog_name="assistant", standalone_mode=False) or 0
        sys.stdout.flush()
    except AssistantError as error:
        return _failed(str(error))
    except TyperException as error:
        return _misused(error)
    except BrokenPipeError:  # who reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return _failed(f"This should not have happened: {type(error).__name__}: {error} ({where}). Please report it.")
    return int(status)


def _misused(error: TyperException) -> int:
    message = error.format_message().rstrip(".")
    if not message:  # no command was given, and the help has been printed
        return 2
    command = getattr(error, "ctx", None)
    return _failed(
        f"{message}{'' if message.endswith('?') else '.'} `{command.command_path if command else 'assistant'} --help` shows how it is used.",
        2,
    )


def _failed(message: str, status: int = 1) -> int:
    typer.echo(" ".join(message.split()), err=True)
    return status
