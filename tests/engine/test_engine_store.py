"""Token vectors on disk: found again, never half, never another model's, whatever happened to the writer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.engine import TokenStore, TokenVectors
from assistant.errors import InstallationError

WIDTH = 4
INDEX = "token-vectors.index"
DATA = "token-vectors.1.data"


def vectors(seed: int, pieces: int = 3) -> TokenVectors:
    chance = np.random.default_rng(seed)
    values = chance.integers(-127, 128, (pieces, WIDTH)).astype(np.int8)
    return TokenVectors(values, chance.random(pieces).astype(np.float32))


CLAUSES = {f"clause {number}": vectors(number, pieces=number % 5) for number in range(10)}


def opened(folder: Path, model: str = "model/1") -> TokenStore:
    return TokenStore(folder, model, WIDTH)


def same(found: dict[str, TokenVectors], expected: dict[str, TokenVectors]) -> bool:
    return found.keys() == expected.keys() and all(
        np.array_equal(found[key].values, expected[key].values)
        and np.array_equal(found[key].scales, expected[key].scales)
        for key in found
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    """A store of the ten clauses, written in two goes."""
    items = list(CLAUSES.items())
    store = opened(tmp_path / "home")
    store.add(items[:6])
    store.add(items[6:])
    return tmp_path / "home"


def test_what_was_added_is_found_by_another_process(folder):
    assert same(opened(folder).get(CLAUSES), CLAUSES)


def test_a_store_that_was_never_written_is_empty_and_reading_it_makes_no_file(tmp_path):
    store = opened(tmp_path / "none")
    assert store.get(CLAUSES) == {}
    assert not (tmp_path / "none").exists()


def test_an_open_reader_sees_what_is_added_later(folder):
    reader = opened(folder)
    assert reader.get(["clause 3", "new"]).keys() == {"clause 3"}
    opened(folder).add([("new", vectors(99))])
    assert same(reader.get(["new"]), {"new": vectors(99)})


def test_a_key_added_again_has_its_latest_vectors(folder):
    opened(folder).add([("clause 3", vectors(77))])
    assert same(opened(folder).get(["clause 3"]), {"clause 3": vectors(77)})


def test_vectors_of_another_model_or_width_count_as_missing_and_are_replaced(folder):
    other = opened(folder, "model/2")
    assert other.get(CLAUSES) == {}
    assert TokenStore(folder, "model/1", WIDTH * 2).get(CLAUSES) == {}
    other.add([("clause 1", vectors(5))])
    assert same(opened(folder, "model/2").get(CLAUSES), {"clause 1": vectors(5)})
    assert opened(folder).get(CLAUSES) == {}
    assert sorted(path.name for path in folder.iterdir()) == ["token-vectors.2.data", INDEX]


def test_a_file_cut_short_anywhere_gives_true_vectors_or_none_and_can_be_filled_again(folder, tmp_path):
    for name in (INDEX, DATA):
        for size in range((folder / name).stat().st_size):
            torn = tmp_path / f"{name}.{size}"
            shutil.copytree(folder, torn)
            os.truncate(torn / name, size)
            store = opened(torn)
            found = store.get(CLAUSES)
            assert same(found, {key: CLAUSES[key] for key in found})
            lost = {key: tokens for key, tokens in CLAUSES.items() if key not in found}
            assert lost
            store.add(lost.items())
            assert same(opened(torn).get(CLAUSES), CLAUSES)
            shutil.rmtree(torn)


def test_a_changed_byte_makes_its_clause_missing_and_no_other(folder):
    data = bytearray((folder / DATA).read_bytes())
    data[2] ^= 1  # clause 0 has no pieces, so this is a scale of clause 1
    (folder / DATA).write_bytes(data)
    found = opened(folder).get(CLAUSES)
    assert CLAUSES.keys() - found.keys() == {"clause 1"}


def test_compacting_drops_what_is_not_kept_and_gives_its_room_back(folder):
    reader = opened(folder)
    assert len(reader.get(CLAUSES)) == 10
    kept = {key: CLAUSES[key] for key in ("clause 2", "clause 9")}
    assert opened(folder).compact(kept.keys()) == 8
    assert same(opened(folder).get(CLAUSES), kept)
    assert same(reader.get(CLAUSES), kept)
    (data,) = folder.glob("*.data")
    assert data.stat().st_size == (2 + 4) * (4 + WIDTH)  # 2 and 4 pieces: a scale of 4 bytes and 4 values each


def test_compacting_with_nothing_to_drop_changes_nothing(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert opened(folder).compact(CLAUSES.keys()) == 0
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_what_an_interrupted_compaction_left_is_cleared_by_the_next(folder):
    (folder / "token-vectors.2.data").write_bytes(b"half")
    (folder / "token-vectors.draft").write_bytes(b"half")
    assert same(opened(folder).get(CLAUSES), CLAUSES)
    assert opened(folder).compact(["clause 9"]) == 9
    assert same(opened(folder).get(CLAUSES), {"clause 9": CLAUSES["clause 9"]})
    assert sorted(path.name for path in folder.iterdir()) == ["token-vectors.3.data", INDEX]


WRITE_FOREVER = """
import sys, numpy as np
from pathlib import Path
from assistant.engine import TokenStore, TokenVectors
store = TokenStore(Path(sys.argv[1]), "model/1", 4)
for go in range(10**6):
    number = lambda n: TokenVectors(np.full((50, 4), n % 100, np.int8), np.full(50, n, np.float32))
    store.add((f"{go}-{n}", number(n)) for n in range(20))
    print(go, flush=True)
"""


def test_killed_while_adding_the_store_keeps_what_was_done_and_takes_more(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for delay in (0.0, 0.003, 0.011, 0.02):
        folder = tmp_path / str(delay)
        command = [sys.executable, "-c", WRITE_FOREVER, str(folder)]
        writer = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        done = [0, *map(int, writer.communicate()[0].split())]
        store = opened(folder)
        keys = [f"{go}-{n}" for go in done for n in range(20)]
        found = store.get(keys)
        assert found.keys() == set(keys)
        assert all((tokens.scales == int(key.split("-")[1])).all() for key, tokens in found.items())
        store.add(CLAUSES.items())
        assert same(opened(folder).get(CLAUSES), CLAUSES)


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(InstallationError) as told:
        opened(tmp_path / "home").add(CLAUSES.items())
    assert str(told.value) == (
        f"The token vectors in {tmp_path / 'home'} cannot be written (File exists). "
        "Make room on the disk and the folder writable, then run the command again."
    )


def test_the_model_reads_stored_vectors_and_makes_the_missing_ones(model, tmp_path):
    store = TokenStore(tmp_path, model.model_id, model.dimensions)
    stored = TokenVectors(np.ones((1, model.dimensions), np.int8), np.ones(1, np.float32))
    store.add([("a", stored)])
    found = model.token_vectors({"a": "甲方", "b": "企业应当接纳学生实习。"}, store)
    assert np.array_equal(found["a"].values, stored.values)
    (made,) = model.encode_passages(["企业应当接纳学生实习。"])
    assert np.array_equal(found["b"].values, made.tokens.values)
