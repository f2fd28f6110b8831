"""Batches: one question a line in, one answer a line out, and a bad line stops nothing."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.app.contract import Json, answer_json, no_answer_json, search_json
from assistant.errors import AssistantError, QuestionError

if TYPE_CHECKING:
    from assistant.app.api import Assistant

logger = logging.getLogger(__name__)

Lines = Iterable[tuple[int, bytes]]  # line numbers from 1, and lines


def run_batch(batch: Path, out: Path | None, work: Callable[[Lines], Iterator[Json]]) -> int:
    """Write one JSON line per line of `batch` to `out` (or print them); return 0 when no line failed."""
    if not batch.is_file():
        raise AssistantError(f"{batch} is not a file. Give a JSONL file with one question per line.")
    if out and out.exists() and out.samefile(batch):
        raise AssistantError(f"{out} is the file the questions are read from. Name another one with --out.")
    failed = 0
    try:
        with batch.open("rb") as source:
            # A line that is not UTF-8 fails alone; what cannot be written (half a surrogate pair) is replaced.
            target = out.open("w", encoding="utf-8", errors="replace") if out else sys.stdout
            try:
                for result in work((n, line) for n, line in enumerate(source, start=1) if line.strip()):
                    failed += "error" in result
                    target.write(json.dumps(result, ensure_ascii=False) + "\n")
                    target.flush()  # an answer is there as soon as it is made
            finally:
                if out:
                    target.close()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AssistantError(f"{error.filename or out or batch} cannot be used ({error.strerror}).") from error
    return 1 if failed else 0


def ask_lines(assistant: Assistant, lines: Lines, as_of: dt.date | None, jurisdiction: str | None) -> Iterator[Json]:
    """Yield the answer to each line `{"id", "question"}` or `{"id", "turns": [...]}`, or what is wrong with it.

    A line that cannot be answered has every field of an answer too, besides `line` and `error`.
    """

    def one(line: Json) -> Json:
        *history, question = _turns(line)
        answer = assistant.ask(
            question,
            history=history,
            as_of=line.get("as_of") or as_of,
            jurisdiction=line.get("jurisdiction") or jurisdiction,
        )
        return answer_json(answer, line.get("id"))

    def none(line: Json) -> Json:
        turns = line.get("turns")
        asked = turns[-1] if isinstance(turns, list) and turns else line.get("question")
        return no_answer_json(asked if isinstance(asked, str) else "", as_of or dt.date.today(), jurisdiction)

    return _each(lines, one, none)


def search_lines(assistant: Assistant, lines: Lines, k: int) -> Iterator[Json]:
    """Yield the hits for each line `{"id", "query"}` (or `"question"`), or what is wrong with it."""

    def one(line: Json) -> Json:
        query = _query(line)
        if query is None:
            raise QuestionError('it needs "query" (text)')
        return search_json(query, assistant.search(query, k=k), line.get("id"))

    return _each(lines, one, lambda line: search_json(_query(line) or "", []))


def _turns(line: Json) -> list[str]:
    turns = line["turns"] if "turns" in line else [line.get("question")]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise QuestionError('it needs "question" (text) or "turns" (a list of texts, the last one asked)')
    return turns


def _query(line: Json) -> str | None:
    return next((line[name] for name in ("query", "question", "text") if isinstance(line.get(name), str)), None)


def _each(lines: Lines, one: Callable[[Json], Json], none: Callable[[Json], Json]) -> Iterator[Json]:
    """Yield what `one` makes of each line; where it fails the reason, with what `none` gives for the other fields."""
    for number, raw in lines:
        line: Json = {}
        try:
            line = _object(raw)
            yield one(line)
            continue
        except json.JSONDecodeError as error:
            reason = f"line {number} is no JSON ({error.msg}); correct it."
        except UnicodeDecodeError:
            reason = f"line {number} is not UTF-8; save the file as UTF-8."
        except AssistantError as error:
            reason = f"line {number}: {error}"
        except Exception as error:
            logger.debug("line %s failed", number, exc_info=True)
            reason = f"line {number} failed unexpectedly ({type(error).__name__}: {error}); please report this."
        yield {"id": line.get("id"), "line": number, "error": reason, **none(line)}


def _object(raw: bytes) -> Json:
    line: Any = json.loads(raw.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
    if not isinstance(line, dict):
        raise QuestionError('it must be a JSON object such as {"id": "1", "question": "…"}')
    return line
