"""Who may sign in to the page: names, roles and hashed passwords, in one file of the installation."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.errors import ConfigError

FILE = "users.json"
SHORTEST, LONGEST = 10, 200  # characters of a password
_NAME = re.compile(r"\w[\w.@-]{0,39}")


class Role(StrEnum):
    """What somebody may do."""

    READER = "reader"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role
    stamp: str  # another one after the password or the role was changed: whoever is signed in must do so again


class Accounts:
    """The accounts of an installation; read anew each time, so that a change holds at once."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def __bool__(self) -> bool:
        return self._path.exists()

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        return tuple(_account(name, entry) for name, entry in sorted(self._read().items()))

    def find(self, name: str) -> Account | None:
        """Return the account with a name; None without one."""
        entry = self._read().get(_key(name))
        return _account(_key(name), entry) if entry else None

    def add(self, name: str, role: Role, password: str) -> None:
        """Add an account; raises ConfigError for a name that is taken or none, and for a password that is too short."""
        users = self._read()
        if not _NAME.fullmatch(name):
            raise ConfigError(
                f"'{name}' is no name for an account: 1 to 40 letters, digits, or any of . _ @ -, a letter first"
            )
        if _key(name) in users:
            raise ConfigError(
                f"There is an account '{_key(name)}' already. `assistant users password` changes its password."
            )
        if not users and role is not Role.ADMINISTRATOR:
            raise ConfigError("The first account must be an administrator's: add --role administrator.")
        users[_key(name)] = {"role": role.value, "password": _hashed(password)}
        self._write(users)

    def remove(self, name: str) -> None:
        """Remove an account, which is signed out by that; its documents stay."""
        users = self._read()
        self._known(name, users)
        del users[_key(name)]
        self._write(users, losing=name)

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role."""
        users = self._read()
        self._known(name, users)["role"] = role.value
        self._write(users, losing=name)

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password."""
        users = self._read()
        self._known(name, users)["password"] = _hashed(password)
        self._write(users)

    def verified(self, name: str, password: str) -> Account | None:
        """Return the account if the password is its own; takes as long for a name that there is not."""
        entry = self._read().get(_key(name))
        try:
            _hasher().verify(entry["password"] if entry else _nobody(), password[:LONGEST])
        except (Argon2Error, InvalidHashError):
            return None
        return _account(_key(name), entry) if entry else None

    def _known(self, name: str, users: dict[str, Any]) -> dict[str, Any]:
        entry: dict[str, Any] | None = users.get(_key(name))
        if entry is None:
            known = ", ".join(sorted(users)) or "none yet"
            raise ConfigError(f"There is no account '{name}'. There are: {known}.")
        return entry

    def _read(self) -> dict[str, dict[str, Any]]:
        if not self._path.exists():
            return {}
        try:
            users: dict[str, dict[str, Any]] = json.loads(self._path.read_text("utf-8"))
            for name, entry in users.items():
                _account(name, entry)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(
                f"{self._path} cannot be read ({error}). Restore it, or remove it and add the accounts again."
            ) from error
        return users

    def _write(self, users: dict[str, Any], losing: str = "") -> None:
        if not any(entry["role"] == Role.ADMINISTRATOR for entry in users.values()):
            raise ConfigError(f"'{losing}' is the last administrator. Make somebody else one first.")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=FILE)  # for its owner's eyes only, from the start
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(users, file, ensure_ascii=False, indent=1)
        Path(name).replace(self._path)


def _account(name: str, entry: dict[str, Any]) -> Account:
    return Account(name, Role(entry["role"]), f"{entry['password'][-12:]}{entry['role']}")


def _key(name: str) -> str:
    return name.strip().casefold()


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError(f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}.")
    return _hasher().hash(password)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash of a password nobody has, for names that there are not."""
    return _hasher().hash(os.urandom(24).hex())
