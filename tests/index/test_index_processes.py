"""One writer at a time, and readers in other processes that see each new generation."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy
from index_fakes import KeywordEmbeddings, found, near, policy, put

from assistant.errors import InstallationBusy
from assistant.index import Index
from assistant.index.words import Words

HERE = Path(__file__).parent

# Another process: reads a line of JSON, does what it says to an installation it keeps open, answers with a line.
OTHER = f"""
import json, sys
from pathlib import Path
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1])!r}]
from index_fakes import KeywordEmbeddings, found, near, policy, put
from assistant.errors import AssistantError
from assistant.index import Index
index = Index.open(Path(sys.argv[1]), KeywordEmbeddings())
for line in sys.stdin:
    verb, *arguments = json.loads(line)
    try:
        match verb:
            case "words": answer = found(index, *arguments)
            case "near": answer = near(index, *arguments)
            case "put": answer = put(index, policy(*arguments)); index.embed_pending()
            case "remove": answer = index.remove(*arguments)
            case "hold": context = index.writing(); context.__enter__(); answer = "held"
    except AssistantError as error:
        answer = f"{{type(error).__name__}}: {{error}}"
    print(json.dumps(answer), flush=True)
"""


class Other:
    """An installation opened by another process."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *request: str) -> object:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture
def other(home: Path) -> Iterator[Other]:
    opened = Other(home)
    yield opened
    opened.process.kill()
    opened.process.communicate()


def test_a_reader_sees_what_another_process_stores_embeds_and_removes(index: Index, other: Other) -> None:
    put(index, policy("one", "实习甲。"))
    index.embed_pending()
    assert other("words", "实习") == ["实习甲。"]
    assert other("near", "实习") == ["实习甲。"]
    put(index, policy("two", "实习乙。"))
    assert other("words", "实习") in (["实习甲。", "实习乙。"], ["实习乙。", "实习甲。"])
    assert other("near", "实习") == ["实习甲。"]
    index.embed_pending()
    assert sorted(other("near", "实习")) == ["实习乙。", "实习甲。"]
    index.remove("one.md")
    assert other("words", "实习") == ["实习乙。"]
    assert other("near", "实习") == ["实习乙。"]


def test_two_processes_write_in_turns(index: Index, other: Other) -> None:
    for number in range(3):
        put(index, policy(f"ours-{number}", f"税{number}。"))
        index.embed_pending()
        other("put", f"theirs-{number}", f"税{number}0。")
    assert sorted(found(index, "税", 20)) == sorted(other("words", "税"))
    assert len(near(index, "税", 20)) == 6
    assert index.doctor() == []


def test_a_second_writer_is_told_who_the_first_is(index: Index, other: Other) -> None:
    assert other("hold") == "held"
    with pytest.raises(InstallationBusy, match=rf"is being written to by process {other.process.pid} on .* since 20"):
        put(index, policy("law", "一"))
    assert found(index, "一") == []  # reading goes on
    (finding,) = index.doctor()
    assert finding.part == "lock"
    assert finding.message.startswith(f"process {other.process.pid} on ")
    assert finding.message.endswith(" is writing; what is said below may only be its unfinished work")


def test_the_lock_of_a_process_that_died_blocks_nobody(index: Index, other: Other) -> None:
    assert other("hold") == "held"
    other.process.kill()
    other.process.wait()
    put(index, policy("law", "实习。"))
    assert found(index, "实习") == ["实习。"]


def test_two_installations_in_one_process_do_not_write_at_once(home: Path, index: Index) -> None:
    with Index.open(home) as second, index.writing(), pytest.raises(InstallationBusy, match="is being written to by"):
        put(second, policy("law", "一"))


def test_threads_of_one_process_wait_for_each_other(index: Index) -> None:
    threads = [threading.Thread(target=put, args=(index, policy(f"p{n}", f"实习{n}。"))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found(index, "实习", 20)) == 8


def test_threads_read_while_one_writes(index: Index) -> None:
    put(index, policy("base", "实习税土地。"))
    index.embed_pending()
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                if "实习税土地。" not in found(index, "土地") or "实习税土地。" not in near(index, "实习税土地", 50):
                    wrong.append("lost")
            except Exception as error:
                wrong.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(10):
        put(index, policy(f"p{number}", f"教师{number}。"))
        index.embed_pending()
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_what_is_stored_in_the_middle_of_a_word_search_does_not_change_what_it_finds(home: Path) -> None:
    words = Words(home / "words")
    for number in range(7):  # a segment each, as the engine joins them when there are eight
        words.apply([(number, "law", "", f"教师 甲{number}")], [])

    class Interrupted:
        """A reader that is overtaken by a writer between its finding a chunk and its asking for the chunk's number."""

        def __init__(self, searcher: tantivy.Searcher) -> None:
            self._searcher = searcher

        def search(self, *arguments: object, **options: object) -> object:
            hits = self._searcher.search(*arguments, **options)
            words._searcher = self._searcher
            words.apply([(7, "law", "", "土地")], [])
            return hits

        def __getattr__(self, name: str) -> object:
            return getattr(self._searcher, name)

    ranking = sorted(words.search("words", {"教师": 1.0}, 9, 0.0))
    words._searcher = Interrupted(words._searcher)  # type: ignore[assignment]
    assert sorted(words.search("words", {"教师": 1.0}, 9, 0.0)) == ranking
    assert [id_ for id_, _ in ranking] == list(range(7))


def test_nobody_writes_where_somebody_reads(home: Path, index: Index) -> None:
    put(index, policy("one", "实习。"))
    index.embed_pending()
    (before,) = (home / "chroma").iterdir()
    with Index.open(home, KeywordEmbeddings()) as reader:
        assert near(reader, "实习") == ["实习。"]
        put(index, policy("two", "税。"))
        index.embed_pending()
        (after,) = (home / "chroma").iterdir()
        assert after != before
        assert near(reader, "税", 1) == ["税。"]
