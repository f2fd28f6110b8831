"""The `users` commands: who may sign in where the page is shared with colleagues."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.app.accounts import Accounts, Role
from assistant.app.cli_corpus import Home

users_app = typer.Typer(
    help="Say who may sign in to the page; with an account, everybody has to.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(help="Name to sign in with.")]
WithRole = Annotated[Role, typer.Option("--role", help="What the person may do: read; add documents; all.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@users_app.command()
def add(name: Name, role: WithRole = Role.READER, from_input: FromInput = False, home: Home = None) -> None:
    """Add an account; the password is asked for."""
    _accounts(home).add(name, role, _password(from_input))
    typer.echo(f"{name} may sign in as {role.value}.")


@users_app.command("list")
def list_(home: Home = None) -> None:
    """List the accounts with their roles."""
    found = _accounts(home).all()
    for account in found:
        typer.echo(f"{account.name:<40} {account.role.value}")
    if not found:
        typer.echo("There are no accounts: the page answers this machine alone, without a login.")


@users_app.command()
def remove(name: Name, home: Home = None) -> None:
    """Remove an account; whoever uses it is signed out."""
    _accounts(home).remove(name)
    typer.echo(f"{name} may not sign in any more.")


@users_app.command()
def password(name: Name, from_input: FromInput = False, home: Home = None) -> None:
    """Give an account another password; whoever uses it must sign in again."""
    _accounts(home).set_password(name, _password(from_input))
    typer.echo(f"The password of {name} was changed.")


@users_app.command()
def role(name: Name, role: Annotated[Role, typer.Argument(help="What the person may do.")], home: Home = None) -> None:
    """Give an account another role; whoever uses it must sign in again."""
    _accounts(home).set_role(name, role)
    typer.echo(f"{name} is {role.value} now.")


def _accounts(home: Home) -> Accounts:
    from assistant import config  # takes a while to load, and most commands need no account

    return Accounts(home.expanduser() if home else config.default_home())


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    given: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    return given
