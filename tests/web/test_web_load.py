"""Many readers at once: everybody gets an answer, and the page itself stays quick to open.

The bounds are loose, as other tests may run beside this one; `python -m eval.web_load` measures on a quiet machine.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.web_load import load, serving, share

USERS = 30
EVERY = 2.0  # seconds between two questions of one user


@pytest.fixture(scope="module")
def address(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = Path(shutil.copytree(starter_home, tmp_path_factory.mktemp("load") / "home"))
    # Token vectors are made in the background for a minute after the first start, which is not what is measured here.
    (home / "settings.toml").write_text("[embedding]\ntoken_vectors = false\n", "utf-8")
    with serving(home) as address:
        yield address


@pytest.mark.timed
def test_thirty_readers_who_ask_every_two_seconds_are_all_answered(address: str):
    came = asyncio.run(load(address, USERS, EVERY, 3.0))
    assert not came.failures
    assert len(came.answers) >= USERS
    assert share(came.answers, 0.95) < 5
    assert share(came.pages, 0.95) < 2
