"""What is wrong in the lay questions of a corpus: language, repetitions, nearness to the evaluation's questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from assistant.corpus import lay
from assistant.corpus.format import PaperEntry, PolicyEntry
from assistant.corpus.reading import Problem
from assistant.text import bigrams, language
from assistant.text.normal import squeeze

NEAR = 0.7  # share of their words that two questions have in common, from which on they are one question


def problems(
    directory: Path, entries: Mapping[str, PolicyEntry | PaperEntry], evaluation: Path | None
) -> Iterator[Problem]:
    """Yield what is wrong in the lay questions; without a folder of question sets, nearness to those is not looked at."""
    judged = _Judged(_questions(evaluation)) if evaluation else None
    seen: dict[str, str] = {}
    for name, entry in entries.items():
        for n, provision in enumerate(entry.provisions, start=1):
            field = f"provisions[{n}] ({provision.address}).asks"
            for code, questions in (("zh", provision.asks.zh), ("en", provision.asks.en)):
                for question in questions:
                    if language(question) != code:
                        yield Problem(
                            name, f"{field}.{code}", f"“{question}” is in the other language", "Move it to its language"
                        )
                    yield from _told(question, name, f"{field}.{code}", f"{entry.id}/{provision.address}", seen, judged)
    for path in lay.files(directory):
        name = path.relative_to(directory).as_posix()
        for found in lay.read(path, name):
            if isinstance(found, Problem):
                yield found
                continue
            for question in found.questions:
                yield from _told(question, name, found.locator, f"{path.stem} {found.locator}", seen, judged)


def _told(
    question: str, name: str, field: str, at: str, seen: dict[str, str], judged: _Judged | None
) -> Iterator[Problem]:
    """Yield what is wrong with one question; `seen` holds where each was asked before."""
    key = squeeze(question)
    if key in seen:
        yield Problem(
            name, field, f"“{question}” is asked already at {seen[key]}", "Keep it where the answer is fullest"
        )
    seen.setdefault(key, at)
    if judged and judged.holds_one_near(question):
        yield Problem(
            name,
            field,
            f"“{question}” is nearly a question of the evaluation",
            "Ask it in other words, or the evaluation would measure what it was told",
        )


class _Judged:
    """The evaluation's questions, by the words they are made of. They are compared and never shown."""

    def __init__(self, questions: list[str]) -> None:
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, question in enumerate(questions):
            words = set(bigrams(question))
            self._sizes.append(len(words))
            for word in words:
                self._holders[word].append(number)

    def holds_one_near(self, question: str) -> bool:
        words = set(bigrams(question))
        shared = Counter(number for word in words for number in self._holders.get(word, ()))
        return any(n / (len(words) + self._sizes[number] - n) > NEAR for number, n in shared.items())


def _questions(folder: Path) -> list[str]:
    cases = [case for path in sorted(folder.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8")) or ()]
    return [case.get("question") or case["turns"][-1] for case in cases]
