"""The `corpus` commands of the command line; heavy parts are imported by the command that needs them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.app.json_output import AsJson, print_json
from assistant.errors import AssistantError

Home = Annotated[
    Path | None, typer.Option(envvar="ASSISTANT_HOME", help="Folder of the installation.", show_default="user data")
]
corpus_app = typer.Typer(
    help="The starter corpus: check it, list it, show one policy, draw it, fetch official texts.", no_args_is_help=True
)


class Picture(StrEnum):
    """What `corpus graph` draws."""

    RELATIONS = "relations"
    COVERAGE = "coverage"


@corpus_app.command("check")
def corpus_check(folder: Annotated[Path | None, typer.Argument(help="A corpus folder.")] = None) -> None:
    """Check every file of the corpus; each problem names file, field and remedy. Then tell what the corpus covers."""
    from assistant import config, corpus
    from assistant.app.corpus_view import print_coverage
    from assistant.eligibility import lint
    from assistant.eligibility.load import files

    directory = folder or config.bundled("corpus")
    if not corpus.files(directory):
        raise AssistantError(
            f"{directory} holds no corpus: there is no YAML file in its folders of policies and papers."
        )
    evaluation = directory.resolve().parent / "eval" / "questions"
    problems = corpus.check(directory, evaluation if evaluation.is_dir() else None)
    problems += lint.check(directory) if not problems else []  # schemes are held against clauses that are right
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"{len(problems)} problems")
        raise typer.Exit(1)
    print_coverage(corpus.coverage(corpus.load(directory)))
    if schemes := files(directory):
        typer.echo(f"{len(schemes)} schemes and local versions agree with their clauses.")
    typer.echo(f"{len(corpus.files(directory))} files, no problem")


@corpus_app.command("asks")
def corpus_asks(file: Annotated[Path, typer.Argument(help="The text of a law.")]) -> None:
    """Print the articles of a law with the fingerprint of their words, and the lay questions there are for them.

    What is printed is the form of the files in `corpus/asks`: a question added below an article leads to it.
    """
    from assistant import config
    from assistant.corpus import lay
    from assistant.documents import Sizes, read_file
    from assistant.readers import Limits

    sizes = config.Settings().chunks
    law = read_file(file, file.name, Limits(), Sizes(sizes.floor, sizes.ceiling)).policy
    texts, known = lay.articles(law), lay.bundled()
    locators = {p.address: p.locator for p in law.provisions}
    typer.echo(f"# {law.metadata.title or file.name}")
    for address, text in texts.items():
        words = lay.fingerprint(text)
        typer.echo("\n".join((f"\n{locators[address]} {words}", *known.get(words, ()))))


@corpus_app.command("list")
def corpus_list(
    place: Annotated[
        str | None, typer.Option(help="Only of this place and places in it: code or name, or CN for the nation.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only of this status, for example in_force.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only with clauses of this kind, for example material; those are counted.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the policies and papers of the starter corpus, with what their clauses rest on."""
    from assistant import config, corpus
    from assistant.app import corpus_choice
    from assistant.app.corpus_view import print_table, row_json

    chosen = corpus_choice.choice(place, status, kind)
    policies = [policy for policy in corpus.load(config.bundled("corpus")) if chosen.takes(policy)]
    if as_json:
        print_json([row_json(policy, chosen.kind) for policy in policies])
    elif policies:
        print_table(policies, chosen.kind)
    else:
        typer.echo("No policy of the starter corpus fits. `assistant corpus check` counts what it has.", err=True)


@corpus_app.command("show")
def corpus_show(policy_id: str, as_json: AsJson = False) -> None:
    """Show one policy of the starter corpus: its timeline, its relations both ways, its clauses and their basis."""
    from assistant import config, corpus
    from assistant.app.corpus_view import among_others_json, print_among_others

    policies = tuple(corpus.load(config.bundled("corpus")))
    policy = next((policy for policy in policies if policy.id == policy_id), None)
    if policy is None:
        raise AssistantError(
            f"The starter corpus has no policy '{policy_id}'. `assistant corpus list` shows what it has."
        )
    stages, links = corpus.timeline(policy, policies), corpus.links(policy, policies)
    if as_json:
        print_json(among_others_json(policy, stages, links))
    else:
        print_among_others(policy, stages, links)


@corpus_app.command("graph")
def corpus_graph(
    kind: Annotated[Picture, typer.Option(help="What to draw.")] = Picture.RELATIONS,
    out: Annotated[Path | None, typer.Option(help="SVG file to write.", show_default="corpus-KIND.svg")] = None,
) -> None:
    """Draw the relations between national and local policies, or the coverage by place and kind, as an SVG."""
    from assistant import config, corpus
    from assistant.app import pictures

    path = out or Path(f"corpus-{kind.value}.svg")
    if path.suffix.lower() != ".svg":
        raise AssistantError(
            f"{path.name} is no SVG file, and no other kind can be drawn. Write the picture to a name ending in .svg; "
            "a browser opens it, and prints it or saves it in other formats."
        )
    draw = pictures.draw_relations if kind is Picture.RELATIONS else pictures.draw_coverage
    picture = draw(tuple(corpus.load(config.bundled("corpus"))))
    try:
        path.write_text(picture, "utf-8")
    except OSError as error:
        raise AssistantError(f"{path} cannot be written ({error.strerror}). Choose another file with --out.") from error
    typer.echo(f"{path} written. A browser opens it.")


@corpus_app.command("vectors")
def corpus_vectors(folder: Annotated[Path | None, typer.Argument(help="A corpus folder.")] = None) -> None:
    """Bring the shipped vectors up to the corpus, for maintainers: only new and changed texts are embedded."""
    from assistant import config, providers
    from assistant.app.console import counting
    from assistant.pipeline.vectors import ship_vectors

    with counting("embedding") as progress:
        made = ship_vectors(folder or config.bundled("corpus"), providers.embedder("e5"), progress=progress)
    typer.echo(f"{made.path}: {made.texts} vectors, {made.made} of them new, {made.dropped} dropped")


@corpus_app.command("fetch")
def corpus_fetch(
    policies: Annotated[
        list[str] | None, typer.Argument(help="Ids of policies; without any, all with an address on an allowed host.")
    ] = None,
    home: Home = None,
    again: Annotated[bool, typer.Option("--again", help="Download also what was fetched before.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch official texts from their recorded addresses, to be quoted in place of the digests. Needs a network."""
    from assistant.app.api import Assistant
    from assistant.app.console import ingest_progress
    from assistant.app.console_fetch import fetch_json, fetch_progress, print_fetch_report

    with Assistant.open(home) as assistant:
        if assistant.is_new:
            typer.echo("This installation is new; the starter corpus is loaded first.", err=True)
            with ingest_progress(quiet=as_json) as loading:
                assistant.init(progress=loading)
        with fetch_progress(quiet=as_json) as progress:
            report = assistant.fetch(policies or (), again=again, progress=progress)
    if as_json:
        print_json(fetch_json(report))
    else:
        print_fetch_report(report)
    raise typer.Exit(1 if report.failed or report.problem else 0)
