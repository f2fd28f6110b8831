"""Reads a test collection in BEIR's form: documents, queries, and which documents answer which query."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from assistant.errors import AssistantError

_QRELS = ("qrels.tsv", "qrels/test.tsv")
_FORM = (
    "A collection in BEIR's form has corpus.jsonl or corpus.jsonl.gz (_id, title, text), queries.jsonl (_id, text) and "
    "qrels.tsv or qrels/test.tsv (query-id, corpus-id, score, parted by tabs)."
)


@dataclass(frozen=True, slots=True)
class Collection:
    """Queries with the documents that answer them, and the file of all documents."""

    corpus: Path
    queries: dict[str, str]  # those that are judged
    judged: dict[str, dict[str, float]]  # by query: the documents that answer it, with their grades
    without_text: tuple[str, ...]  # judged queries that queries.jsonl does not have


def read_collection(folder: Path) -> Collection:
    """Return the collection in a folder; raises AssistantError saying which file is missing, empty or broken."""
    if not folder.is_dir():
        raise AssistantError(f"{folder} is no folder. {_FORM}")
    corpus, queries = _there(folder, "corpus.jsonl"), _there(folder, "queries.jsonl")
    qrels = next((folder / name for name in _QRELS if (folder / name).is_file()), None)
    if qrels is None:
        raise AssistantError(f"{folder} has neither {' nor '.join(_QRELS)}. {_FORM}")
    texts = {_id(entry, queries, n): _text(entry, queries, n) for n, entry in _objects(queries)}
    judged = _judgements(qrels)
    if not any(id_ in texts for id_ in judged):
        raise AssistantError(f"No query of {qrels.name} is in {queries.name}. Do both belong to one collection?")
    return Collection(
        corpus=corpus,
        queries={id_: texts[id_] for id_ in judged if id_ in texts},
        judged={id_: documents for id_, documents in judged.items() if id_ in texts},
        without_text=tuple(id_ for id_ in judged if id_ not in texts),
    )


def write_documents(collection: Collection, path: Path) -> None:
    """Write the documents as a collection that an ingest takes; one that is broken keeps its line, to be told there."""
    with _opened(collection.corpus) as lines, path.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(f"{_as_ours(line)}\n")


def _as_ours(line: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError:
        return line.rstrip("\r\n")
    if not isinstance(entry, dict):
        return line.rstrip("\r\n")
    title, text = entry.get("title") or "", entry.get("text") or entry.get("title")
    ours = {"id": entry.get("_id"), "text": text} | ({"title": title} if str(title).strip() else {})
    return json.dumps(ours, ensure_ascii=False)


def _there(folder: Path, name: str) -> Path:
    found = next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)
    if found is None:
        raise AssistantError(f"{folder} has no {name}, nor {name}.gz. {_FORM}")
    return found


def _judgements(path: Path) -> dict[str, dict[str, float]]:
    """Return the documents with a grade above 0 by query; the first line may be a heading."""
    judged: dict[str, dict[str, float]] = {}
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            columns = [column.strip() for column in line.rstrip("\r\n").split("\t")]
            if len(columns) == 4:  # TREC's form has a second column that means nothing
                del columns[1]
            grade = _grade(columns[-1]) if len(columns) == 3 else None
            if grade is None and number == 1:
                continue
            if grade is None:
                raise AssistantError(
                    f"{path.name} line {number}: “{line.strip()[:80]}” is not query-id, corpus-id and a number, parted by tabs."
                )
            if grade > 0:
                judged.setdefault(columns[0], {})[columns[1]] = grade
    if not judged:
        raise AssistantError(f"{path.name} judges nothing: no line gives a document a grade above 0. {_FORM}")
    return judged


def _grade(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
            except ValueError as error:
                raise AssistantError(f"{path.name} line {number}: is no JSON. {_FORM}") from error
            if not isinstance(entry, dict):
                raise AssistantError(f"{path.name} line {number}: is JSON but no object. {_FORM}")
            yield number, entry


def _id(entry: dict[str, Any], path: Path, number: int) -> str:
    if not str(entry.get("_id") or "").strip():
        raise AssistantError(f"{path.name} line {number}: has no _id. {_FORM}")
    return str(entry["_id"]).strip()


def _text(entry: dict[str, Any], path: Path, number: int) -> str:
    if not isinstance(entry.get("text"), str):
        raise AssistantError(f"{path.name} line {number}: has no text. {_FORM}")
    return cast("str", entry["text"])


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """Give the lines of a file, packed or not; what goes wrong in reading them is told as ours."""
    try:
        is_packed = path.suffix == ".gz"
        with gzip.open(path, "rt", encoding="utf-8-sig") if is_packed else path.open(encoding="utf-8-sig") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise AssistantError(f"{path.name} is not UTF-8. Save it as UTF-8.") from error
    except (OSError, EOFError, zlib.error) as error:
        raise AssistantError(f"{path.name} cannot be read ({error}). Is the file whole?") from error
