"""Batches: one question a line in, one answer a line out, and a bad line stops nothing."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.app.contract import Json, answer_json, search_json
from assistant.errors import AssistantError, QuestionError

if TYPE_CHECKING:
    from assistant.app.api import Assistant

Lines = Iterable[tuple[int, str]]


def run_batch(batch: Path, out: Path | None, work: Callable[[Lines], Iterator[Json]]) -> int:
    """Write one JSON line per line of `batch` to `out` (or print them); return 0 when no line failed."""
    if not batch.is_file():
        raise AssistantError(f"{batch} is not a file. Give a JSONL file with one question per line.")
    failed = 0
    with batch.open(encoding="utf-8-sig", errors="replace") as source:
        target = out.open("w", encoding="utf-8") if out else sys.stdout
        try:
            for result in work((n, line) for n, line in enumerate(source, start=1) if line.strip()):
                failed += "error" in result
                target.write(json.dumps(result, ensure_ascii=False) + "\n")
        finally:
            if out:
                target.close()
    return 1 if failed else 0


def ask_lines(assistant: Assistant, lines: Lines, as_of: dt.date | None, jurisdiction: str | None) -> Iterator[Json]:
    """Yield the answer to each line `{"id", "question"}` or `{"id", "turns": [...]}`, or what is wrong with it."""

    def one(line: dict[str, Any]) -> Json:
        *history, question = _turns(line)
        answer = assistant.ask(
            question,
            history=history,
            as_of=parse_day(line.get("as_of")) or as_of,
            jurisdiction=line.get("jurisdiction") or jurisdiction,
        )
        return answer_json(answer, line.get("id"))

    return _each(lines, one)


def search_lines(assistant: Assistant, lines: Lines, k: int) -> Iterator[Json]:
    """Yield the hits for each line `{"id", "query"}` (or `"question"`), or what is wrong with it."""

    def one(line: dict[str, Any]) -> Json:
        query = str(line.get("query") or line.get("question") or line.get("text") or "")
        return search_json(query, assistant.search(query, k=k), line.get("id"))

    return _each(lines, one)


def parse_day(text: object) -> dt.date | None:
    """Return the day of an ISO date; raises QuestionError for anything else but nothing."""
    if text is None or text == "":
        return None
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError as error:
        raise QuestionError(f"'{text}' is not a day; write it as YYYY-MM-DD, for example 2024-05-01.") from error


def _turns(line: dict[str, Any]) -> list[str]:
    turns = line.get("turns") or [line.get("question")]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise QuestionError('a line needs "question" (text) or "turns" (a list of texts, the last one asked)')
    return [str(turn) for turn in turns]


def _each(lines: Lines, one: Callable[[dict[str, Any]], Json]) -> Iterator[Json]:
    for number, text in lines:
        id_: object = None
        try:
            line = json.loads(text)
            if not isinstance(line, dict):
                raise QuestionError('a line must be a JSON object such as {"id": "1", "question": "…"}')
            id_ = line.get("id")
            yield one(line)
        except json.JSONDecodeError as error:
            yield {"id": id_, "line": number, "error": f"line {number} is no JSON ({error.msg}); correct it."}
        except AssistantError as error:
            yield {"id": id_, "line": number, "error": f"line {number}: {error}"}
