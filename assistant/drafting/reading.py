"""What a model writes, cut into sentences with the numbers they point at, as soon as each is whole.

Both forms are understood whichever was asked for: JSON `{"sentences": [{"text": …, "clauses": ["C1"]}], "status": …}`,
and lines of text with the numbers in brackets behind each sentence. What is broken costs its own sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text.normal import repair

LONGEST = 40_000  # characters; what writes on has lost its way
_NUMBER = r"[Cc]\s?\d{1,3}"
_GROUP = re.compile(rf"[\[【［(（]\s*{_NUMBER}(?:\s*[,，、;；/和及and&]*\s*{_NUMBER})*\s*[\]】］)）]|\b{_NUMBER}\s*$")
_RUN = re.compile(rf"(?:(?:{_GROUP.pattern})\s*[,，、]?\s*)+")
_ID = re.compile(r"[Cc]\s?(\d{1,3})")
_STATUS = re.compile(r"(?:status|状态)\W{0,6}(complete|partial|none|完整|部分|无)", re.IGNORECASE)
_STATUS_LINE = re.compile(rf"^\W*{_STATUS.pattern}\W*$", re.IGNORECASE)
_STATUSES = {"完整": "complete", "部分": "partial", "无": "none"}
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_LIST_MARK = re.compile(r"^\s*(?:[-*•·]|#{1,6}|\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[)）])\s*")
_END = re.compile(r"(?<=[。！？!?])(?=[^」”』）)\]】\s])|(?<=[.!?])\s+(?=[A-Z\u4e00-\u9fff])")
_EMPHASIS = re.compile(r"\*\*|__|`")
_OBJECT = re.compile(r'\{\s*"text"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"clauses"\s*:\s*\[[^\]]*\]')
_BEHIND = " \t[【［(（,，、;；。.!！?？"  # what may still belong to a sentence whose numbers have been given
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")
_STRAY = " \t\r\n。.，,；;、"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft and the numbers of the clauses it points at."""

    text: str
    clauses: tuple[str, ...]


class Reader:
    """Takes what a model says piece by piece and gives its sentences."""

    def __init__(self) -> None:
        self.raw = ""
        self._taken = 0  # characters of `raw` that are dealt with
        self._json: _Objects | None = None
        self._begun = False
        self._start = 0  # where it began to speak
        self._told: set[str] = set()  # texts of objects

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Yield the sentences that are whole now."""
        self.raw += piece
        if self._hidden():
            return
        if not self._begun:
            start = self.raw[self._taken :].lstrip().removeprefix("```").removeprefix("json").lstrip()
            if not start or start in ("`", "``", "[", "j", "js", "jso"):
                return  # too little to tell
            self._begun, self._start = True, self._taken
            self._json = _Objects() if start[0] == "{" or _LIST_OF_OBJECTS.match(start) else None
        yield from self._objects() if self._json is not None else self._lines(last=False)

    def finish(self) -> Iterator[Sentence]:
        """Yield what is left when nothing more comes; a thought or an object that never ended is nothing."""
        if self._hidden():
            return
        if self._json is None:
            yield from self._lines(last=True)
            return
        for match in _OBJECT.finditer(self.raw):  # whole ones that stand between broken ones
            for found in _loaded(match[0] + "}"):
                yield from self._said(found)

    @property
    def broken(self) -> bool:
        """Whether what was to be JSON never became it."""
        if self._json is None:
            return False
        text = self.raw[self._start :].strip().removeprefix("```").removeprefix("json").removesuffix("```")
        try:
            json.loads(text)
        except ValueError:
            return True
        return False

    @property
    def declared(self) -> str | None:
        """What the model says of its draft: complete, partial or none; None where it does not say."""
        found = _STATUS.findall(_THOUGHT.sub("", self.raw))
        return _STATUSES.get(found[-1], found[-1].lower()) if found else None

    def _hidden(self) -> bool:
        """Skip what a model thinks before it speaks; true while it does."""
        rest = self.raw[self._taken :].lstrip()
        if "<think>".startswith(rest[:7]) and len(rest) < 7 and not self._begun:
            return True
        if not rest.startswith("<think>"):
            return False
        end = self.raw.find("</think>", self._taken)
        if end < 0:
            return True
        self._taken = end + len("</think>")
        return False

    def _objects(self) -> Iterator[Sentence]:
        assert self._json is not None  # noqa: S101  # what calls this has looked
        new, self._taken = self.raw[self._taken :], len(self.raw)
        for found in self._json.feed(new):
            yield from self._said(found)

    def _said(self, found: dict[str, object]) -> Iterator[Sentence]:
        text, named = found.get("text"), found.get("clauses")
        if isinstance(text, str) and isinstance(named, list) and text not in self._told:
            self._told.add(text)
            numbers = [str(n) for n in named if isinstance(n, str | int)]
            yield from _sentences(text, _ids(" ".join(n if n[:1] in "Cc" else f"C{n}" for n in numbers)))

    def _lines(self, *, last: bool) -> Iterator[Sentence]:
        rest = self.raw[self._taken :]
        while (end := rest.find("\n")) >= 0 or (last and rest):
            line, rest = (rest[:end], rest[end + 1 :]) if end >= 0 else (rest, "")
            self._taken = len(self.raw) - len(rest)
            yield from _line(line)
        done = [run.end() for run in _RUN.finditer(rest) if rest[run.end() : run.end() + 1].strip(_BEHIND)]
        if done:
            self._taken = len(self.raw) - len(rest) + done[-1]
            yield from _line(rest[: done[-1]])


class _Objects:
    """Finds the objects in a JSON text that is still being written, each as soon as it is closed."""

    def __init__(self) -> None:
        self._text = ""
        self._opened: list[int] = []
        self._quoted = self._escaped = False

    def feed(self, piece: str) -> Iterator[dict[str, object]]:
        for character in piece:
            self._text += character
            if self._quoted:
                if self._escaped:
                    self._escaped = False
                elif character == "\\":
                    self._escaped = True
                elif character == '"':
                    self._quoted = False
            elif character == '"':
                self._quoted = True
            elif character == "{":
                self._opened.append(len(self._text) - 1)
            elif character == "}" and self._opened:
                start = self._opened.pop()
                yield from _loaded(self._text[start:])


def _loaded(text: str) -> Iterator[dict[str, object]]:
    try:
        value = json.loads(text)
    except ValueError:
        return
    if isinstance(value, dict):
        yield value


def _line(line: str) -> Iterator[Sentence]:
    if _STATUS_LINE.match(line):
        return
    start = 0
    for run in _RUN.finditer(line):
        # Of「甲。[C1]」and「甲[C1]。」the mark behind belongs to the sentence before.
        yield from _sentences(line[start : run.start()], _ids(run[0]))
        start = run.end()
    yield from _sentences(line[start:], ())


def _sentences(text: str, clauses: tuple[str, ...]) -> Iterator[Sentence]:
    """Each sentence by itself, pointing at what the whole points at: each has to hold alone."""
    cleaned = _LIST_MARK.sub("", _EMPHASIS.sub("", _GROUP.sub("", repair(text))).lstrip(_STRAY))
    for sentence in _END.split(" ".join(cleaned.split())):
        if sentence.strip(_STRAY + "-*#>:："):
            yield Sentence(sentence.strip(), clauses)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"C{int(n)}" for n in _ID.findall(text)))
