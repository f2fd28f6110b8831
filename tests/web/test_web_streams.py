"""Many answers being worded by a model at once leave the page quick, and each sentence is shown soon after it is written.

The bounds are loose, as other tests may run beside this one; `python -m eval.web_streams` measures on a quiet machine.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from eval.scripted_model import Script
from eval.scripted_model import serving as model
from eval.web_load import serving, share
from eval.web_streams import SETTINGS, streams

READERS = 20


@pytest.mark.timed
def test_twenty_answers_are_worded_at_once_and_the_page_opens_meanwhile(starter_home: Path, tmp_path: Path):
    home = Path(shutil.copytree(starter_home, tmp_path / "home"))
    script = Script()
    with model(script) as wording:
        (home / "settings.toml").write_text(SETTINGS.format(address=wording, readers=READERS), "utf-8")
        with serving(home) as address:
            came = asyncio.run(streams(address, script, READERS))
    assert not came.unanswered
    assert len(came.first_sentences) == READERS
    assert share(came.first_sentences, 0.95) < 5
    assert share(came.pages, 0.95) < 5
