"""Facts set by hand: a YAML file beside a document, or options of `ingest`; they go before whatever its text says.

`办法.pdf.yaml` beside `办法.pdf` holds any of the keys of `KEYS`. An empty value, or `unknown`, says that the fact is
not known, so that one wrongly found goes away. Options outlast the run they were given in, and go before the file.
"""

from __future__ import annotations

import datetime as dt
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ReadError
from assistant.models import Evidence, Metadata, Policy, Relation, Source, Tier
from assistant.readers import COLLECTIONS, SUFFIXES
from assistant.readers.declared import parse_date
from assistant.structure import Parsed, places

SUFFIX = ".yaml"
BY_HAND = "set by hand"
OPTIONS = "ingest options"
KEYS = (*(field.name for field in fields(Metadata)), "relations")

_LARGEST = 64_000  # bytes
_DATES = frozenset({"issued", "effective", "expires", "repealed"})
_KINDS = frozenset(("implements", "based_on", "amends", "repeals", "superseded_by", "interprets", "related"))
_UNKNOWN = "unknown"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What was set by hand for one document."""

    values: tuple[tuple[str, Any], ...] = ()  # a field of Metadata or "relations", and its value; None for unknown
    by: tuple[tuple[str, str], ...] = ()  # where each was set

    def __or__(self, other: Given) -> Given:
        """Return both; where both set a field, the other one counts."""
        return Given(
            tuple({**dict(self.values), **dict(other.values)}.items()),
            tuple({**dict(self.by), **dict(other.by)}.items()),
        )

    def __bool__(self) -> bool:
        return bool(self.values)


NOTHING = Given()


def described_by(path: Path) -> Path | None:
    """Return the document that a file holds facts about; None where it is no sidecar."""
    if path.suffix.lower() != SUFFIX:
        return None
    document = path.with_suffix("")
    readable = document.suffix.lower() in SUFFIXES - COLLECTIONS
    return document if readable and document.is_file() else None


def beside(path: Path) -> Path:
    """Return where the sidecar of a document lies, if it has one."""
    return path.with_name(path.name + SUFFIX)


def content(path: Path) -> bytes:
    """Return the bytes of a document's sidecar, which count as part of the document; empty where it has none."""
    if not beside(path).is_file():  # a pipe would never end
        return b""
    try:
        with beside(path).open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise ReadError(
            f"{beside(path).name}: cannot be read ({error.strerror}). Check that it may be read."
        ) from error


def load(path: Path) -> Given:
    """Return what the sidecar of a document says; raises ReadError for what it should not say."""
    data, name = content(path), beside(path).name
    if not data.strip():
        return NOTHING
    if len(data) > _LARGEST:
        raise ReadError(f"{name}: is larger than {_LARGEST:,} bytes, so it holds more than facts about a document.")
    try:
        stated = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: is not UTF-8. Save it as UTF-8.") from error
    except (yaml.YAMLError, ValueError) as error:  # an impossible date is a ValueError
        raise ReadError(f"{name}: is no valid YAML ({_told(error)}). Correct it, or take it away.") from error
    if not isinstance(stated, dict):
        raise ReadError(f"{name}: holds no facts. Write one “key: value” a line, for example “issued: 2019-03-28”.")
    return given(stated, name)


def given(stated: Mapping[object, object], where: str) -> Given:
    """Return values as they are meant; raises ReadError, naming `where` they stand, for what is none."""
    for key in stated:
        if key not in KEYS:
            raise ReadError(f"{where}: “{_short(key)}” is no key of a document. Keys are {', '.join(KEYS)}.")
    values = []
    for key, value in stated.items():
        try:
            values.append((str(key), _value(str(key), value)))
        except ValueError as error:
            raise ReadError(f"{where}: {key} “{_short(value)}” {error}") from None
    return Given(tuple(values), tuple((name, where) for name, _ in values))


def remembered(policy: Policy, stated: Mapping[str, str]) -> Given:
    """Return what options set for a document before, and what they set now; an empty one takes back an earlier one."""
    earlier = {
        e.field: None if e.value == _UNKNOWN else getattr(policy.metadata, e.field)
        for e in policy.evidence
        if e.quote == f"{BY_HAND}: {OPTIONS}" and stated.get(e.field) != ""
    }
    now = given({name: value for name, value in stated.items() if value}, OPTIONS)
    return Given(tuple(earlier.items()), tuple((name, OPTIONS) for name in earlier)) | now


def before(source: Source, stated: Given) -> Source:
    """Return a source that declares what was set by hand, so that the rest can be worked out from it."""
    known = {name: value for name, value in stated.values if name != "relations" and value is not None}
    return replace(source, declared=replace(source.declared, **known))


def after(parsed: Parsed, stated: Given) -> Parsed:
    """Return what was parsed without what is said to be unknown, and with who set the rest as its evidence."""
    if not stated:
        return parsed
    values, by = dict(stated.values), dict(stated.by)
    unknown: dict[str, Any] = {name: () if name == "issuers" else None for name in values if values[name] is None}
    unknown.pop("relations", None)
    evidence = [e for e in parsed.evidence if e.field not in values and not _is_replaced(e, values)]
    for name, value in values.items():
        shown = value if name == "relations" else ((name, _shown(value)),)
        for kind, target in shown or ():
            field = f"relation:{kind}" if name == "relations" else kind
            evidence.append(Evidence(field, target, f"{BY_HAND}: {by[name]}", ""))
    relations = parsed.relations
    if "relations" in values:
        relations = tuple(Relation(kind, target) for kind, target in values["relations"] or ())
    metadata = replace(parsed.metadata, **unknown)
    return replace(parsed, metadata=metadata, relations=relations, evidence=tuple(evidence))


def _is_replaced(evidence: Evidence, values: Mapping[str, Any]) -> bool:
    return "relations" in values and evidence.field.startswith("relation:")


def _shown(value: object) -> str:
    if value is None:
        return _UNKNOWN
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _value(key: str, value: object) -> object:
    """Return the value of one key; a ValueError says what is wrong with it."""
    if key == "relations":
        return tuple(_relation(entry) for entry in _list(value, "is no list of relations (kind: …, target: …)."))
    if value is None or value in ("", [], _UNKNOWN):
        return None
    if key in _DATES:
        return _date(value)
    if key == "issuers":
        names = (
            value.replace("，", "、").split("、") if isinstance(value, str) else _list(value, "is no list of names.")
        )
        if not all(isinstance(name, str) for name in names):
            raise ValueError("is no list of names.")
        return tuple(str(name).strip() for name in names if str(name).strip())
    if isinstance(value, bool | list | dict | dt.date | float):
        raise ValueError("is no text. Put it in quotes.")
    text = " ".join(str(value).split())
    if key == "tier":
        if text not in set(Tier):
            raise ValueError(f"is none of {', '.join(Tier)}.")
        return Tier(text)
    return _place(text) if key == "jurisdiction" else text


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    day = value if isinstance(value, dt.date) else parse_date(str(value))
    if day is None:
        raise ValueError("is no full date. Write it as 2019-03-28.")
    return day


def _place(text: str) -> str:
    if text.upper() == places.NATION:
        return places.NATION
    if len(text) == 6 and text.isdigit() and (places.place(text) or places.place(f"{text[:2]}0000")):
        return text
    found = () if text.isdigit() else places.find(text)
    if len(found) != 1:
        raise ValueError("is not a known place. Give its GB/T 2260 code, for example 330200, or CN.")
    return found[0].code


def _list(value: object, complaint: str) -> Iterable[object]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError(complaint)
    return value


def _relation(entry: object) -> tuple[str, str]:
    if not isinstance(entry, dict) or set(entry) != {"kind", "target"} or not isinstance(entry["target"], str):
        raise ValueError("is no list of relations (kind: …, target: …).")
    if entry["kind"] not in _KINDS:
        raise ValueError(f"has the kind “{_short(entry['kind'])}”. Kinds are {', '.join(sorted(_KINDS))}.")
    return entry["kind"], entry["target"]


def _short(value: object) -> str:
    # A list may hold itself, and a few lines of YAML may stand for more than fits into memory.
    text = " ".join((reprlib.repr(value) if isinstance(value, list | dict) else str(value)).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _told(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else _short(error)
