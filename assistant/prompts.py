"""The wording of the product: text files in `prompts/`, one copy each, their placeholders checked at load."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from assistant.config import bundled
from assistant.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Phrases:
    """Fixed wording in one language."""

    language: str
    hash: str  # of the file, recorded with what was said by it
    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the phrase with its placeholders filled."""
        return self.texts[key].format(**values)


@cache
def phrases(name: str, language: str) -> Phrases:
    """Return `prompts/<name>.<language>.yaml`.

    Raises ConfigError when a key or a placeholder is not the same in both languages.
    """
    ours, theirs = _read(name, language), _read(name, "en" if language == "zh" else "zh")
    for key in ours.keys() | theirs.keys():
        if _placeholders(ours.get(key)) != _placeholders(theirs.get(key)):
            raise ConfigError(f"prompts/{name}: '{key}' differs between zh and en; give both the same placeholders.")
    raw = (bundled("prompts") / f"{name}.{language}.yaml").read_bytes()
    return Phrases(language, hashlib.sha256(raw).hexdigest()[:16], ours)


def _read(name: str, language: str) -> dict[str, str]:
    path = bundled("prompts") / f"{name}.{language}.yaml"
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        raise ConfigError(f"{path.name} cannot be read ({why}). Restore it from the distribution.") from error
    return {str(key): str(text) for key, text in loaded.items()}


def _placeholders(text: str | None) -> set[str] | None:
    if text is None:
        return None
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}
