"""Measure answers that a model words for many readers at once: `python -m eval.web_streams [--readers 20]`.

The model is scripted and writes at a steady pace, so what is told is the work of this program: how long a sentence
takes from the model to the reader, verified, and how long the page itself takes to open meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from eval.scripted_model import Script
from eval.scripted_model import serving as model
from eval.web_load import PATIENCE, QUESTIONS, asking, event_of, serving, shares

ANSWERED = QUESTIONS[:-1]  # the last one is about what the policies do not cover, so no model is asked
_PAUSE = 0.03  # seconds between pieces of seven characters: 230 a second, as a quick model writes

SETTINGS = """[chat]
model = "scripted"
base_url = "{address}"
form = "text"
concurrency = {readers}
[embedding]
token_vectors = false
"""


@dataclass(frozen=True, slots=True)
class Streams:
    """How long things took while everybody was being answered, in seconds."""

    first_sentences: tuple[float, ...]  # from its last piece to the reader's page
    pages: tuple[float, ...]
    unanswered: int


async def streams(address: str, script: Script, readers: int) -> Streams:
    """Ask as many questions at once as there are readers, and watch what comes."""
    seen: list[list[tuple[float, str]]] = [[] for _ in range(readers)]
    pages: list[float] = []
    script.play("perfect", pause=_PAUSE)
    async with httpx.AsyncClient(
        base_url=address, timeout=PATIENCE, limits=httpx.Limits(max_connections=4 * readers)
    ) as client:
        event = event_of((await client.get("/config")).json())

        async def reader(number: int) -> None:
            question = ANSWERED[number % len(ANSWERED)]
            async for line in asking(client, event, f"reader{number}", question):
                seen[number].append((time.perf_counter(), line))

        async def looker() -> None:
            while True:
                begun = time.perf_counter()
                (await client.get("/")).raise_for_status()
                pages.append(time.perf_counter() - begun)
                await asyncio.sleep(0.2)

        looking = asyncio.create_task(looker())
        await asyncio.gather(*(reader(number) for number in range(readers)))
        looking.cancel()
    unanswered = sum(not lines or '"success":true' not in lines[-1][1] for lines in seen)
    return Streams(_delays(seen, script.finished), tuple(pages), unanswered)


def _delays(seen: Sequence[Sequence[tuple[float, str]]], finished: Sequence[tuple[str, float]]) -> tuple[float, ...]:
    """Return how long after its end at the model each reader's first sentence was shown.

    Readers of one question get the same sentences: the first to be shown one is taken to be the first it was written for.
    """
    written: dict[str, list[float]] = defaultdict(list)
    for text, at in finished:
        written[text].append(at)
    shown: dict[str, list[float]] = defaultdict(list)
    for lines in seen:
        first = next(((at, text) for at, line in lines for text in written if text in line), None)
        if first:
            shown[first[1]].append(first[0])
    return tuple(
        at - ended
        for text, times in shown.items()
        for at, ended in zip(sorted(times), sorted(written[text]), strict=False)
    )


def main() -> None:
    """Run it and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--readers", type=int, default=20)
    given = arguments.parse_args()
    script = Script()
    with tempfile.TemporaryDirectory() as folder, model(script) as wording:
        home = Path(folder)
        (home / "settings.toml").write_text(SETTINGS.format(address=wording, readers=given.readers), "utf-8")
        with serving(home) as address:
            asyncio.run(streams(address, script, 2))  # models are loaded
            came = asyncio.run(streams(address, script, given.readers))
    print(f"{given.readers} readers, {came.unanswered} without an answer")
    print(f"first sentence: {shares(came.first_sentences)} ({len(came.first_sentences)} seen)")
    print(f"page: {shares(came.pages)}")


if __name__ == "__main__":
    main()
