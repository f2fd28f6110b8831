"""One corpus file, read and validated; what is wrong is told in the words of an editor, not of a program."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

E = TypeVar("E", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a corpus file, and what to do about it."""

    file: str  # relative to the corpus directory
    field: str  # provisions[3] (art_5/item_1).text.en
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.message}. {self.remedy}."


class _Loader(yaml.CSafeLoader):
    """YAML in which numbers and dates stay text, as written, and a key may stand only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key “{key.value}” stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_KEPT_AS_TEXT = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _KEPT_AS_TEXT]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_as(model: type[E], path: Path, name: str) -> E | Problem:
    """Return what a file holds, or the first thing that is wrong with it."""
    try:
        raw = yaml.load(path.read_bytes(), _Loader)  # noqa: S506  _Loader is a safe loader
    except yaml.YAMLError as error:
        return _broken_yaml(name, error)
    if not isinstance(raw, dict):
        return Problem(name, "the whole file", "it holds no keys", "Start from the example in corpus/README.md")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        return _explained(name, error.errors()[0], raw, model)


def _broken_yaml(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}" if mark else "the whole file"
    what = getattr(error, "problem", None) or "it is not readable as YAML in UTF-8"
    return Problem(
        name, where, str(what), "Mend the line, or the one above it: indentation, a missing quote, a colon in a text"
    )


def _explained(name: str, error: ErrorDetails, raw: dict[str, Any], model: type[BaseModel]) -> Problem:
    field = _field(error["loc"], raw)
    last = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "missing":
            return Problem(name, field, "it is missing", f"Add a line `{last}: …`")
        case "extra_forbidden":
            near = difflib.get_close_matches(last, _keys(model), n=1)
            hint = f"Did you mean `{near[0]}`? Otherwise take" if near else "Take"
            return Problem(name, field, f"the format has no key `{last}`", f"{hint} the line out")
        case "enum" | "literal_error":
            allowed = str(error.get("ctx", {}).get("expected", ""))
            return Problem(name, field, f"“{error['input']}” is not among the allowed words", f"Write one of {allowed}")
        case "string_too_short" | "too_short":
            return Problem(name, field, "it is empty", "Fill it in")
        case "value_error":
            message, _, remedy = str(error["ctx"]["error"]).partition(": ")
            return Problem(name, field, message, (remedy or "correct it")[:1].upper() + (remedy or "correct it")[1:])
        case _:
            return Problem(
                name, field, f"{error['msg'][:1].lower()}{error['msg'][1:]}", "Compare with a file that is right"
            )


def _field(location: tuple[int | str, ...], raw: object) -> str:
    """The place of an error as an editor finds it: provisions[3] (art_5/item_1).text.en."""
    shown = ""
    for step in location:
        raw = _inside(raw, step)
        if isinstance(step, int):
            label = raw.get("address") if isinstance(raw, dict) else None
            shown += f"[{step + 1}]" + (f" ({label})" if label else "")
        else:
            shown += f".{step}" if shown else step
    return shown


def _inside(raw: object, step: int | str) -> object:
    if isinstance(raw, dict):
        return raw.get(step)
    return raw[step] if isinstance(raw, list) and isinstance(step, int) and step < len(raw) else None


def _keys(model: type[BaseModel], above: tuple[type[BaseModel], ...] = ()) -> list[str]:
    """Every key the format knows, at any depth; what holds itself, as a condition does, is looked into once."""
    found: list[str] = []
    for key, info in model.model_fields.items():
        found.append(key)
        for inner in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner not in (*above, model):
                found.extend(_keys(inner, (*above, model)))
    return found
