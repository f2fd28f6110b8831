"""Accounts: names, roles and passwords of those who may sign in, and what the command line says of them."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app.accounts import FILE, Accounts, Role
from assistant.app.cli import app
from assistant.errors import ConfigError

GOOD = "a long password"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path)
    made.add("Anna", Role.ADMINISTRATOR, GOOD)
    made.add("王芳", Role.READER, "另一个足够长的密码呀")
    return made


def test_the_file_holds_no_password_and_is_for_its_owner_alone(accounts, tmp_path):
    text = (tmp_path / FILE).read_text("utf-8")
    assert GOOD not in text
    assert json.loads(text)["anna"]["password"].startswith("$argon2id$")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_password_is_its_own_accounts_only(accounts):
    assert accounts.verified("ANNA ", GOOD).role is Role.ADMINISTRATOR
    assert accounts.verified("anna", "another password") is None
    assert accounts.verified("王芳", GOOD) is None
    assert accounts.verified("nobody", GOOD) is None


def test_a_changed_password_or_role_is_another_account_to_who_is_signed_in(accounts):
    before = accounts.find("王芳")
    accounts.set_role("王芳", Role.EDITOR)
    between = accounts.find("王芳")
    accounts.set_password("王芳", "a third long password")
    assert len({before, between, accounts.find("王芳")}) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: a.add("anna", Role.READER, GOOD), "There is an account 'anna' already."),
        (lambda a: a.add("a b", Role.READER, GOOD), "'a b' is no name for an account: 1 to 40 letters"),
        (lambda a: a.add("ben", Role.READER, "short"), "A password has 10 to 200 characters; this one has 5."),
        (lambda a: a.remove("ben"), "There is no account 'ben'. There are: anna, 王芳."),
        (lambda a: a.remove("anna"), "'anna' is the last administrator. Make somebody else one first."),
        (lambda a: a.set_role("anna", Role.READER), "'anna' is the last administrator."),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(accounts, change, message):
    before = accounts.all()
    with pytest.raises(ConfigError) as told:
        change(accounts)
    assert str(told.value).startswith(message)
    assert accounts.all() == before


def test_the_first_account_is_an_administrators(tmp_path):
    with pytest.raises(ConfigError, match="The first account must be an administrator's"):
        Accounts(tmp_path).add("ben", Role.READER, GOOD)


@pytest.mark.parametrize("text", ["{", '{"anna": {"role": "king", "password": "x"}}', "[]"])
def test_a_damaged_file_lets_nobody_in_and_says_what_to_do(tmp_path, text):
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"cannot be read .* Restore it, or remove it and add the accounts again"):
        Accounts(tmp_path).all()


def test_the_command_line_adds_lists_changes_and_removes(tmp_path):
    run = CliRunner()
    home = ["--home", str(tmp_path)]

    def told(*words: str, given: str = "") -> str:
        result = run.invoke(app, ["users", *words, *home], input=given)
        assert result.exit_code == 0, result.output
        return result.output

    assert "There are no accounts" in told("list")
    asked = told("add", "anna", "--role", "administrator", given=f"{GOOD}\n{GOOD}\n")
    assert "anna may sign in as administrator." in asked
    assert GOOD not in asked
    told("add", "ben", "--password-stdin", given=f"{GOOD}\n")
    told("role", "ben", "editor")
    told("password", "ben", "--password-stdin", given="yet another one\n")
    assert [line.split() for line in told("list").splitlines()] == [["anna", "administrator"], ["ben", "editor"]]
    told("remove", "ben")
    assert [a.name for a in Accounts(tmp_path).all()] == ["anna"]
