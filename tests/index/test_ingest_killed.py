"""A process killed at any moment of an ingest loses nothing, doubles nothing, and changes no answer."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_fakes import KEYWORDS, DistinctEmbeddings
from test_ingest_files import SETTINGS

from assistant.index import Index
from assistant.pipeline import ingest

KILLS = 20

# Imports everything once, then forks a process for each line it reads; that one opens the installation, says so, and
# takes the folder in. So twenty processes cost twenty forks, not twenty times two seconds of imports.
FORKS = f"""
import os, sys, time
from pathlib import Path
sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parents[2])!r}]
import chromadb
from index_fakes import DistinctEmbeddings
from assistant.config import Settings
from assistant.index import Index
from assistant.pipeline import ingest

class Slow(DistinctEmbeddings):
    def embed_documents(self, texts):
        time.sleep(0.0005 * len(texts))
        return super().embed_documents(texts)

for line in sys.stdin:
    if os.fork() == 0:
        home, folder = line.rstrip("\\n").split("\\t")
        with Index.open(Path(home), Slow()) as index:
            print(os.getpid(), flush=True)
            ingest([Path(folder)], index, Settings(reading={{'jobs': 1}}))
        os._exit(0)
    sys.stdin.readline()  # until then a process that has ended keeps its number
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.fixture
def forks() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    yield process
    process.kill()
    process.communicate()


def run(forks: subprocess.Popen[str], home: Path, folder: Path, kill_after: float | None = None) -> tuple[int, float]:
    """Take the folder in, in another process, and perhaps kill that; return its exit code and its time at work."""
    assert forks.stdin
    assert forks.stdout
    forks.stdin.write(f"{home}\t{folder}\n")
    pid = int(forks.stdout.readline())
    started = time.perf_counter()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    forks.stdin.write("\n")
    return int(forks.stdout.readline()), time.perf_counter() - started


def write_version(folder: Path, version: int) -> None:
    """Two thirds of the documents differ from version to version, some come and go, some stay as they are."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    lines = []
    for n in range(30):
        if n % 5 == version % 5:
            continue
        mark = version if n % 3 else 0
        clauses = [f"第{c}条　{KEYWORDS[(n + c + mark) % 6] * (1 + c % 3)}事项{mark}之{n}。" for c in range(1, 9)]
        (folder / f"law-{n}.md").write_text(f"规定{n}\n\n" + "\n\n".join(clauses), "utf-8")
        lines += [{"id": f"notice-{n}-{c}", "title": f"通知{n}", "text": clauses[c]} for c in range(6)]
    (folder / "notices.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8"
    )


def answers(home: Path) -> dict[str, object]:
    """Everything that can be asked of an installation."""
    with Index.open(home, DistinctEmbeddings()) as index:
        policies = [index.policy(p.id) for p in index.policies()]
        found = {word: sorted(i for i, _ in index.search_words([word], 999)) for word in KEYWORDS}
        pairs = {word: sorted(i for i, _ in index.search_bigrams([word[:2]], 999)) for word in KEYWORDS}
        near = {word: index.search_vectors(DistinctEmbeddings().embed_query(word), 50) for word in KEYWORDS}
        return {"policies": policies, "words": found, "bigrams": pairs, "vectors": near}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_twenty_kills_change_nothing(tmp_path: Path, forks: subprocess.Popen[str]) -> None:
    home, folder, moments = tmp_path / "home", tmp_path / "policies", random.Random(20)
    write_version(folder, 0)
    run(forks, home, folder)
    write_version(folder, 1)
    code, whole = run(forks, home, folder)
    assert code == 0
    killed = attempts = 0
    while killed < KILLS and attempts < 2 * KILLS:
        attempts += 1
        write_version(folder, attempts)
        code, took = run(forks, home, folder, kill_after=moments.uniform(0, whole))
        killed += code == -signal.SIGKILL
        whole = whole if code else min(whole, took)  # the machine has become quicker
        with Index.open(home, DistinctEmbeddings()) as index:
            left = [finding for finding in index.doctor() if "have no vector yet" not in finding.message]
            assert [f for f in left if "unfinished copies" not in f.message] == []
    assert killed == KILLS
    assert run(forks, home, folder)[0] == 0
    with Index.open(home, DistinctEmbeddings()) as index:
        assert index.doctor() == []
    fresh = tmp_path / "fresh"
    with Index.open(fresh, DistinctEmbeddings()) as index:
        ingest([folder], index, SETTINGS)
    assert answers(home) == answers(fresh)


def test_deletions_that_a_killed_writer_wrote_but_never_counted_are_in_nobodys_way(tmp_path: Path) -> None:
    folder, home = tmp_path / "policies", tmp_path / "home"
    write_version(folder, 0)
    with Index.open(home, DistinctEmbeddings()) as index:
        ingest([folder], index, SETTINGS)
    words = home / "words"
    segments = {path.name.split(".")[0] for path in words.glob("*.store")}
    last = json.loads((words / "meta.json").read_text())["opstamp"]
    for segment in segments:
        for number in range(last, last + 2_000):  # whichever the next ones are
            (words / f"{segment}.{number}.del").write_bytes(b"")
    write_version(folder, 1)
    with Index.open(home, DistinctEmbeddings()) as index:
        assert ingest([folder], index, SETTINGS).failed == 0
        assert index.doctor() == []
