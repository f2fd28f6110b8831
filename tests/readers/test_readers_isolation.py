"""Workers: whatever a reader does there, the program learns in one sentence, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import misbehaving
import pytest

from assistant.errors import NoTextFound, ReadError
from assistant.readers import isolation, process
from assistant.readers.isolation import Workers

SAVE_AGAIN = "Open it in the program it was made with and save it again."
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, seconds=60, memory_mb=500) as opened:
        yield opened


@pytest.fixture
def impatient() -> Iterator[Workers]:
    with Workers(1, seconds=2) as opened:
        opened.submit(os.getpid).result()  # so that the time of its start counts for nothing below
        yield opened


def failure(workers: Workers, function: Callable[..., object], *arguments: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        workers.submit(function, *arguments).result()
    return caught.value


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def number_in(note: Path) -> int:
    assert wait_until(lambda: note.exists() and note.read_text() != "")
    return int(note.read_text())


# --- what comes back


def test_a_value_comes_back_as_it_was_from_another_process(workers: Workers) -> None:
    assert workers.submit(misbehaving.source).result() == misbehaving.SOURCE
    assert workers.submit(os.getpid).result() != os.getpid()


def test_one_process_serves_many_files(workers: Workers) -> None:
    assert workers.submit(os.getpid).result() == workers.submit(os.getpid).result()


def test_what_a_reader_says_comes_back_in_its_words_and_kind(workers: Workers) -> None:
    error = failure(workers, misbehaving.refuse)
    assert (type(error), str(error)) == (NoTextFound, "law.md: holds no text.")


@pytest.mark.parametrize(
    ("function", "told"),
    [(misbehaving.blunder, "KeyError: 'no such style'"), (misbehaving.leave_politely, "SystemExit: 3")],
)
def test_a_mistake_in_a_reader_is_told_and_the_process_goes_on(workers: Workers, function, told) -> None:
    before = workers.submit(os.getpid).result()
    assert str(failure(workers, function)) == f"reading it failed unexpectedly ({told}); please report this"
    assert workers.submit(os.getpid).result() == before


def test_what_a_reader_prints_does_not_get_between_the_replies(workers: Workers) -> None:
    assert workers.submit(misbehaving.chatter).result() == "done"
    assert workers.submit(misbehaving.source).result() == misbehaving.SOURCE


def test_nothing_that_a_process_sends_is_executed(workers: Workers, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    assert str(failure(workers, misbehaving.unwelcome, trap)) == f"the reader gave an answer that is none. {SAVE_AGAIN}"
    assert not trap.exists()


def test_nonsense_between_the_replies_ends_the_process_only(workers: Workers) -> None:
    assert str(failure(workers, misbehaving.scribble)) == f"the reader gave an answer that is none. {SAVE_AGAIN}"
    assert workers.submit(misbehaving.source).result() == misbehaving.SOURCE


def test_more_than_a_document_can_hold_is_given_up(workers: Workers, monkeypatch) -> None:
    monkeypatch.setattr(process, "LARGEST_REPLY", 3 << 20)
    assert workers.submit(misbehaving.much, 2).result() == "x" * (2 << 20)
    assert str(failure(workers, misbehaving.much, 3)) == (
        "what was read of it takes more than 3 MB and was given up. Split the file."
    )


# --- crashes


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        (misbehaving.read_null, (), f"the reader crashed on it (signal 11, SIGSEGV). {SAVE_AGAIN}"),
        (misbehaving.die, (signal.SIGABRT,), f"the reader crashed on it (signal 6, SIGABRT). {SAVE_AGAIN}"),
        (
            misbehaving.die,
            (signal.SIGKILL,),
            "the reader was killed from outside (signal 9), as systems do when memory runs short. "
            "Close other programs and try again.",
        ),
        (misbehaving.leave, (0,), f"the reader ended without an answer (exit status 0). {SAVE_AGAIN}"),
        (misbehaving.leave, (7,), f"the reader ended without an answer (exit status 7). {SAVE_AGAIN}"),
    ],
)
def test_a_crash_says_what_it_was(workers: Workers, function, arguments, told) -> None:
    assert str(failure(workers, function, *arguments)) == told


def test_no_file_pays_for_what_another_left_behind(workers: Workers) -> None:
    spoilt = workers.submit(misbehaving.spoil_the_process).result()
    assert workers.submit(misbehaving.crash_where_spoilt).result() != spoilt


def test_a_process_that_was_killed_between_two_files_is_replaced(workers: Workers) -> None:
    os.kill(workers.submit(os.getpid).result(), signal.SIGKILL)
    assert workers.submit(misbehaving.source).result() == misbehaving.SOURCE


def test_a_process_is_replaced_after_so_many_files(workers: Workers, monkeypatch) -> None:
    monkeypatch.setattr(isolation, "_SERVES", 1)
    assert workers.submit(os.getpid).result() != workers.submit(os.getpid).result()


# --- time


@pytest.mark.parametrize("hang", [(time.sleep, 600), (misbehaving.hang_with_all_threads_held,)])
@pytest.mark.timed
def test_a_hang_is_stopped(impatient: Workers, hang) -> None:
    started = time.monotonic()
    assert str(failure(impatient, *hang)) == (
        "reading took more than 2 s without finishing a page and was stopped. "
        "Split the file, or raise the setting reading.seconds."
    )
    assert 2 <= time.monotonic() - started < 20
    assert impatient.submit(misbehaving.source).result() == misbehaving.SOURCE


def test_a_long_document_is_no_hang(impatient: Workers) -> None:
    assert impatient.submit(misbehaving.read_pages, 6, 0.4).result() == 6  # 2.4 s


def test_pages_without_end_are_stopped_as_well(impatient: Workers, monkeypatch) -> None:
    monkeypatch.setattr(process, "OVERALL", 1.1)
    assert str(failure(impatient, misbehaving.read_pages, 600, 0.4)) == (
        "reading took more than 2.2 s in all and was stopped. Split the file, or raise the setting reading.seconds."
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
def test_a_program_that_a_reader_started_ends_with_it(impatient: Workers, tmp_path: Path) -> None:
    assert "was stopped" in str(failure(impatient, misbehaving.start_a_program, tmp_path / "pid"))
    assert wait_until(lambda: not is_running(number_in(tmp_path / "pid")))


# --- memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems enforce no limit on memory")
@pytest.mark.parametrize("function", [misbehaving.swell_unnoticed, misbehaving.swell_as_cpp_does])
def test_what_does_not_fit_into_memory_is_told(workers: Workers, function) -> None:
    assert str(failure(workers, function)) == (
        "reading needed more than 0.5 GB of memory. Split the file, or raise the setting reading.memory_mb."
    )
    assert workers.submit(misbehaving.swell, 300).result() == 300 << 20


# --- the program and its workers


def test_several_are_read_at_once(tmp_path: Path) -> None:
    with Workers(3) as opened:
        several = [opened.submit(misbehaving.read_pages, 1, 0.5) for _ in range(3)]
        pids = {opened.submit(os.getpid) for _ in range(3)}
        assert [future.result() for future in several] == [1, 1, 1]
        assert all(future.result() != os.getpid() for future in pids)


def test_no_process_is_started_before_there_is_something_to_read(monkeypatch) -> None:
    monkeypatch.setattr(isolation, "Process", lambda *_: pytest.fail("a process was started"))
    with Workers():
        pass


def test_closing_ends_what_is_being_read_and_what_waits(tmp_path: Path) -> None:
    with Workers(1) as opened:
        first = opened.submit(misbehaving.note_and_hang, tmp_path / "pid", False)
        second = opened.submit(os.getpid)
        pid = number_in(tmp_path / "pid")
    assert str(first.exception()) == "reading was stopped."
    assert second.cancelled()
    assert not is_running(pid)


def test_temporary_files_of_readers_go_with_the_workers() -> None:
    with Workers(1) as opened:
        left = Path(opened.submit(misbehaving.temporary_file).result())
        assert left.exists()
    assert not left.exists()
    assert not left.parent.exists()


def test_threads_may_share_the_workers(workers: Workers) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(workers.submit(misbehaving.source).result())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [misbehaving.SOURCE] * 4


def test_a_program_without_a_main_module_that_could_be_imported_has_workers_too() -> None:
    code = (
        "import os; from assistant.readers.isolation import Workers\n"
        "with Workers(1) as workers: print(workers.submit(os.getpid).result() != os.getpid())"
    )
    for command in ([sys.executable, "-c", code], [sys.executable, "-"]):
        done = subprocess.run(command, input=code, capture_output=True, text=True, timeout=60, check=False)
        assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("held", [False, True], ids=["sleeping", "in foreign code"])
def test_workers_end_when_the_program_is_killed(held: bool, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "import misbehaving, pathlib; from assistant.readers.isolation import Workers\n"
        "workers = Workers(1, seconds=2)\n"
        f"workers.submit(misbehaving.note_and_hang, pathlib.Path({str(tmp_path / 'pid')!r}), {held}).result()"
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(scratch)}
    )
    pid = number_in(tmp_path / "pid")
    program.kill()
    program.wait()
    assert wait_until(lambda: not is_running(pid))
    assert held or not list(scratch.iterdir())
