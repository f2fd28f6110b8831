"""Who is signed in: kept in memory, so that a restart signs everybody out."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.app.accounts import Account, Accounts

MOST_FAILURES, FAILURES_KEPT = 5, 900.0  # wrong passwords for one name or from one address, and for how many seconds


@dataclass(frozen=True, slots=True)
class _Session:
    account: Account
    begun: float
    used: float


class Sessions:
    """The sessions of the people signed in, under a hash of what their browsers hold."""

    def __init__(
        self, accounts: Accounts, hours: float, idle_minutes: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._accounts, self._longest, self._idle, self._clock = accounts, hours * 3600, idle_minutes * 60, clock
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def begin(self, account: Account) -> str:
        """Return what the browser is to hold of a new session."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if self._lives(s, now)}
            self._sessions[_hashed(token)] = _Session(account, now, now)
        return token

    def account(self, token: str) -> Account | None:
        """Return who is signed in with a token; None for one that is not, was not used for long, or has lost its account."""
        key, now = _hashed(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if not self._lives(session, now) or self._accounts.find(session.account.name) != session.account:
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, used=now)
        return session.account

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            self._sessions.pop(_hashed(token), None)

    def _lives(self, session: _Session, now: float) -> bool:
        return now - session.begun < self._longest and now - session.used < self._idle


class Failures:
    """Wrong passwords of late, by name and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def note(self, *keys: str) -> bool:
        """Count a try before it is looked at, as many may come at once; return False where one must wait instead."""
        with self._lock:
            self._times = {key: recent for key in self._times if (recent := self._recent(key))}
            if any(len(self._times.get(key, ())) >= MOST_FAILURES for key in keys):
                return False
            for key in keys:
                self._times[key] = [*self._times.get(key, ()), self._clock()]
        return True

    def forget(self, name: str, *others: str) -> None:
        """Forget the failures for a name that has signed in, and of the others this one try, which was none."""
        with self._lock:
            self._times.pop(name, None)
            for key in others:
                self._times[key] = self._times.get(key, [])[:-1]

    def _recent(self, key: str) -> list[float]:
        return [at for at in self._times.get(key, ()) if self._clock() - at < FAILURES_KEPT]


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
