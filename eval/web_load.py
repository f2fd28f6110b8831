"""Measure the page under load: `python -m eval.web_load [--users 30] [--every 2] [--seconds 30] [--home DIR]`.

Starts the real server in a process of its own and lets each user hold one conversation over the same queue as a
browser. Told is the time from sending a question to its complete answer, and what an answer takes of a processor,
which says the same on a busy machine. The time to an answer says something only where nothing else runs. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from assistant.app.web.texts import EN, ZH

QUESTIONS = (*ZH.examples, *EN.examples, "宁波的实习补贴怎么申请？", "德国的学徒工资最低标准是多少？")
_SETTLED_WITHIN, _LOOKED_AT = 600, 2.0  # seconds
_STARTED_WITHIN = 180  # seconds, of which a new installation needs most to be filled
PATIENCE = 60  # seconds for one answer
_COMMAND = "from assistant.app.start import main; main()"


@dataclass(frozen=True, slots=True)
class Load:
    """What became of the questions, and how long a plain request for the page took meanwhile."""

    answers: tuple[float, ...]  # seconds
    failures: tuple[str, ...]
    pages: tuple[float, ...]


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the page over an installation in a process of its own and give its address."""
    with started(home) as (address, _):
        yield address


@contextmanager
def started(home: Path) -> Iterator[tuple[str, int]]:
    """Serve the page over an installation in a process of its own and give its address and the number of the process."""
    command = [sys.executable, "-c", _COMMAND, "serve", "--home", str(home), "--port", "0", "--no-browser"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
        try:
            yield _address(process, told), process.pid
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen[bytes], told: Any) -> str:
    started = time.monotonic()
    while time.monotonic() - started < _STARTED_WITHIN and process.poll() is None:
        told.seek(0)
        for line in told.read().splitlines():
            if "http://" in line:
                return str(line.split("http://")[1].split()[0].join(("http://", "")))
        time.sleep(0.1)
    told.seek(0)
    raise RuntimeError(f"The page did not start: {told.read()[-2000:]}")


def processor_seconds(process: int) -> float:
    """Return how long a process has computed so far."""
    user, system = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def settle(process: int) -> None:
    """Wait until a process has nothing to do: for minutes after its first start it makes token vectors."""
    started = time.monotonic()
    while time.monotonic() - started < _SETTLED_WITHIN:
        before = processor_seconds(process)
        time.sleep(_LOOKED_AT)
        if processor_seconds(process) - before < 0.2 * _LOOKED_AT:
            return
    raise RuntimeError(f"The page still computes by itself after {_SETTLED_WITHIN} s.")


async def load(address: str, users: int, every: float, seconds: float) -> Load:
    """Let so many users ask a question every so often for so long, each in one conversation."""
    answers: list[float] = []
    failures: list[str] = []
    pages: list[float] = []
    async with httpx.AsyncClient(
        base_url=address, timeout=PATIENCE, limits=httpx.Limits(max_connections=4 * users)
    ) as client:
        event = event_of((await client.get("/config")).json())
        end = time.monotonic() + seconds

        async def user(number: int) -> None:
            await asyncio.sleep(every * number / users)  # people do not press Enter all at once
            asked = 0
            while (begun := time.monotonic()) < end:
                try:
                    await answer(client, event, f"user{number}", QUESTIONS[(number + asked) % len(QUESTIONS)])
                    answers.append(time.monotonic() - begun)
                except (httpx.HTTPError, RuntimeError, TimeoutError) as error:
                    failures.append(f"{type(error).__name__}: {error}")
                asked += 1
                await asyncio.sleep(max(0.0, begun + every - time.monotonic()))

        async def looker() -> None:
            while (begun := time.monotonic()) < end:
                (await client.get("/")).raise_for_status()
                pages.append(time.monotonic() - begun)
                await asyncio.sleep(0.5)

        await asyncio.gather(looker(), *(user(number) for number in range(users)))
    return Load(tuple(answers), tuple(failures), tuple(pages))


async def answer(client: httpx.AsyncClient, event: int, session: str, question: str) -> None:
    """Ask one question in a session and wait for its complete answer; raises where there is none."""
    shown = ""
    async for line in asking(client, event, session, question):
        shown = line
    told = json.loads(shown.removeprefix("data:")) if shown else {}
    if not told.get("success") or "box trouble" in shown or "turn-" not in shown:
        raise RuntimeError(f"no answer: {shown[:200]}")


async def asking(client: httpx.AsyncClient, event: int, session: str, question: str) -> AsyncIterator[str]:
    """Ask one question in a session as a browser does, and yield what the page is sent, last the complete answer."""
    asked = {"data": [question, None, "", "", "zh"], "fn_index": event, "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=asked)).raise_for_status()
    async with asyncio.timeout(PATIENCE):
        async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
            async for line in stream.aiter_lines():
                told = line[:60].replace(" ", "")
                if '"msg":"process_' in told:
                    yield line
                if '"msg":"process_completed"' in told:
                    return


def event_of(config: dict[str, Any]) -> int:
    """Return the number of the event that asks a question."""
    (question,) = (c["id"] for c in config["components"] if c["props"].get("elem_id") == "question")
    return next(int(d["id"]) for d in config["dependencies"] if [question, "submit"] in d["targets"])


def share(values: tuple[float, ...], part: float) -> float:
    """Return the value that a share of all values does not exceed."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]


def shares(values: tuple[float, ...]) -> str:
    """Return how values are spread, in words."""
    named = (("half under", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0))
    return ", ".join(f"{label} {share(values, part):.2f} s" for label, part in named)


def main() -> None:
    """Run it and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--users", type=int, default=30)
    arguments.add_argument("--every", type=float, default=2.0, help="seconds between two questions of a user")
    arguments.add_argument("--seconds", type=float, default=30.0)
    arguments.add_argument("--home", type=Path, help="an installation; a new one by default")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, started(given.home or Path(folder)) as (address, process):
        asyncio.run(load(address, 2, 1.0, 8.0))  # models are loaded
        settle(process)
        before = processor_seconds(process)
        came = asyncio.run(load(address, given.users, given.every, given.seconds))
        computed = processor_seconds(process) - before
    each = f"{computed / len(came.answers):.3f} s of processor each" if came.answers else "none"
    print(f"{len(came.answers)} answers, {each}, {len(came.failures)} failures {came.failures[:3]}")
    print(f"answer: {shares(came.answers)}")
    print(f"page: {shares(came.pages)}")


if __name__ == "__main__":
    main()
