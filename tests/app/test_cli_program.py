"""The command line as a program: quick to start, whole in any locale, quiet in a pipe and at Ctrl+C."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

HEAVY = ("gradio", "chromadb", "onnxruntime", "langchain", "langchain_core", "numpy", "pydantic", "tantivy", "tiktoken")
COMMANDS = (
    [],
    *([name] for name in ("init", "serve", "ingest", "remove", "list", "show", "ask", "search", "doctor", "corpus")),
    *(["corpus", name] for name in ("check", "list", "show", "fetch", "vectors")),
)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(fresh, command):
    done = fresh(*command, "--help")
    assert (done.status, done.err) == (0, "")
    assert "Usage: assistant" in done.out
    options = {"--home"} if command and command[0] != "corpus" else set()
    if command in (["ingest"], ["list"], ["show"], ["ask"], ["search"], ["corpus", "list"], ["corpus", "show"]):
        options.add("--json")
    if command == ["ingest"]:
        options.add("--jobs")
    if command in (["ask"], ["search"]):
        options |= {"--batch", "--out"}
    assert options <= set(re.findall(r"--[a-z]+", done.out))
    assert not fresh.home.exists()  # help looks at nothing


def test_importing_the_command_line_loads_nothing_heavy():
    code = f"import sys, assistant, assistant.app.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_chinese_comes_out_whole_in_any_locale_and_a_pipe_gets_no_colour(small, locale):
    done = small.apart("ask", "企业申请认定为合作企业要符合哪些条件？", env=locale)
    assert (done.status, done.err) == (0, "")
    assert "近三年接收实习学生六十人以上" in done.out
    assert "[3] 某省校企合作办法 " in done.out
    assert "\x1b" not in done.out


def test_ingest_into_a_pipe_draws_no_progress(fresh, tmp_path):
    (tmp_path / "a.txt").write_text("第一条　企业应当接收学生。", "utf-8")
    done = fresh.apart("ingest", tmp_path / "a.txt")
    assert (done.status, done.err) == (0, "")
    assert re.fullmatch(
        r"added +a\.txt  1 provisions, 1 clauses\n1 added; 1 clauses stored, 1 embedded, [\d.]+ s\n", done.out
    )


@pytest.mark.parametrize("arguments", [["list"], ["show", "--json", "办法"]], ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_error(small, arguments):
    process = small.start(*arguments)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_the_page_answers_until_ctrl_c_which_is_quiet(starter):
    port = free_port()
    process = starter.start("serve", "--port", port)
    try:
        page, deadline = b"", time.monotonic() + 60
        while not page and time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as response:
                    page = response.read()
            except OSError:
                time.sleep(0.2)
        assert b"<!doctype html>" in page.lower()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out == b""
    assert err.decode().splitlines() == [f"The assistant is at http://127.0.0.1:{port} (stop with Ctrl+C)."]


def test_a_taken_port_is_told_before_any_work_is_done(fresh):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = fresh("serve", "--port", port)
    assert done.complaint == f"Port {port} cannot be used (Address already in use). Choose another one."
    assert done.status == 1
    assert not fresh.home.exists()


# Earlier Python itself is still starting, and says so in its own way.
@pytest.mark.parametrize("moment", ["from assistant.app.cli import main", "run()"])
def test_ctrl_c_while_the_program_is_loading_is_quiet(small, moment):
    code = (
        "import assistant.app.start as start, os, signal, sys, threading\n"
        "def press(frame, event, argument):\n"
        "    if event == 'line' and frame.f_code is start.main.__code__ and lines[frame.f_lineno - 1].find(moment) >= 0:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return press\n"
        f"moment, lines = {moment!r}, open(start.__file__, encoding='utf-8').read().splitlines()\n"
        "sys.settrace(press)\n"
        "start.main()"
    )
    done = subprocess.run([sys.executable, "-c", code, "list"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) in {(-signal.SIGINT, "", ""), (130, "", "")}


def test_ctrl_c_while_documents_go_in_is_quiet_and_loses_nothing(fresh, tmp_path):
    for number in range(60):
        text = "".join(f"第{n}条　第{number}号企业应当在{n}年内接收学生实习。\n" for n in range(1, 30))
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    process = fresh.start("ingest", tmp_path)
    deadline = time.monotonic() + 60
    while not (fresh.home / "ledger.sqlite").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")
    assert fresh("ingest", tmp_path / "0.txt").status == 0
    assert fresh("doctor").out == "Nothing is wrong.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize(("end", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_the_processes_that_read_end_with_the_program(fresh, tmp_path, end, status):
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"第一条　第{number}号企业应当接收学生实习。\n" * 3_000, "utf-8")
    process = fresh.start("ingest", "--jobs", 2, tmp_path)
    deadline = time.monotonic() + 60
    while not (readers := children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert readers
    process.send_signal(end)
    process.communicate(timeout=60)
    assert process.returncode == status
    while any(map(is_running, readers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, readers))


def children(pid):
    """The processes that a process has started."""
    found = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found |= set(task.read_text().split())
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
