"""Documents damaged at random: whatever they do to their readers, the program gets a document or one clear sentence.

`FUZZ_EXAMPLES=5000 pytest tests/readers/test_readers_fuzz.py` looks longer, and each time elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzzing import SEEDS, damaged, edits
from hypothesis import HealthCheck, Phase, given, note, settings

from assistant.documents import Sizes, read_file, read_lines
from assistant.errors import ReadError
from assistant.readers import Limits
from assistant.readers.isolation import Workers
from assistant.readers.process import Lost

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
SLOW = {".png": 8}  # text recognition takes a second
SIZES = Sizes(40, 480)
LIMITS = Limits(max_characters=500_000, max_pixels=2_000_000, ocr_threads=1)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, seconds=30, memory_mb=1_000) as opened:
        yield opened


def outcome(workers: Workers, path: Path) -> str:
    """Read a file in a worker, and return what the user is told where it fails."""
    try:
        if path.suffix == ".jsonl":
            lines = list(enumerate(path.read_bytes().splitlines(keepends=True), start=1))
            found = workers.submit(read_lines, lines, path.name, LIMITS, SIZES, True).result()
            return "\n".join(str(read.error) for read in found if read.error)
        assert workers.submit(read_file, path, path.name, LIMITS, SIZES).result().chunks
    except Lost as lost:
        note(f"the worker was lost: {lost}")
        return str(lost)
    except ReadError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_the_seeds_are_read(seed: Path, workers: Workers) -> None:
    assert outcome(workers, seed) == ""


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_damage_never_gets_out_of_the_worker(seed: Path, workers: Workers, tmp_path: Path) -> None:
    suffix, path = seed.suffix, tmp_path / f"damaged{seed.suffix}"
    longer = "FUZZ_EXAMPLES" in os.environ

    @settings(
        max_examples=EXAMPLES if longer else SLOW.get(suffix, EXAMPLES),
        deadline=None,
        derandomize=not longer,
        database=None,
        phases=(Phase.generate, Phase.shrink) if longer else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(edits(suffix))
    def read(made: object) -> None:
        path.write_bytes(damaged(seed.read_bytes(), suffix, made))
        for told in outcome(workers, path).splitlines():
            assert told.endswith("."), told
            assert "please report this" not in told

    read()
    assert outcome(workers, seed) == ""


@pytest.mark.parametrize("found", sorted((SEEDS.parent / "found").iterdir()), ids=lambda path: path.name)
def test_what_damage_once_stopped_is_read_now(found: Path, workers: Workers) -> None:
    assert outcome(workers, found) == ""
