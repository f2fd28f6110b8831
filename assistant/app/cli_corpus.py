"""The `corpus` commands of the command line; heavy parts are imported by the command that needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.app.json_output import AsJson, print_json
from assistant.errors import AssistantError

corpus_app = typer.Typer(help="The starter corpus: check it, list it, show one policy.", no_args_is_help=True)


@corpus_app.command("check")
def corpus_check(folder: Annotated[Path | None, typer.Argument(help="A corpus folder.")] = None) -> None:
    """Check every file of the corpus; each problem names file, field and remedy."""
    from assistant import config, corpus

    directory = folder or config.bundled("corpus")
    if not corpus.files(directory):
        raise AssistantError(
            f"{directory} holds no corpus: there is no YAML file in its folders of policies and papers."
        )
    problems = corpus.check(directory)
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{len(problems)} problems" if problems else f"{len(corpus.files(directory))} files, no problem")
    raise typer.Exit(1 if problems else 0)


@corpus_app.command("list")
def corpus_list(as_json: AsJson = False) -> None:
    """List the policies and papers of the starter corpus."""
    from assistant import config, corpus
    from assistant.app.console import print_policies
    from assistant.app.contract import entry_json

    policies = tuple(corpus.load(config.bundled("corpus")))
    if as_json:
        print_json([entry_json(policy) for policy in policies])
    else:
        print_policies(policies)


@corpus_app.command("show")
def corpus_show(policy_id: str, as_json: AsJson = False) -> None:
    """Show one policy of the starter corpus."""
    from assistant import config, corpus
    from assistant.app.console import print_policy
    from assistant.app.contract import policy_json

    for policy in corpus.load(config.bundled("corpus")):
        if policy.id == policy_id:
            if as_json:
                print_json(policy_json(policy))
            else:
                print_policy(policy)
            return
    raise AssistantError(f"The starter corpus has no policy '{policy_id}'. `assistant corpus list` shows what it has.")


@corpus_app.command("vectors")
def corpus_vectors(folder: Annotated[Path | None, typer.Argument(help="A corpus folder.")] = None) -> None:
    """Bring the shipped vectors up to the corpus, for maintainers: only new and changed texts are embedded."""
    from assistant import config, providers
    from assistant.app.console import counting
    from assistant.pipeline.vectors import ship_vectors

    with counting("embedding") as progress:
        made = ship_vectors(folder or config.bundled("corpus"), providers.embedder("e5"), progress=progress)
    typer.echo(f"{made.path}: {made.texts} vectors, {made.made} of them new, {made.dropped} dropped")
