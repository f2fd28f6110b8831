"""The wording of the product: the same phrases and placeholders in both languages, every placeholder filled."""

from __future__ import annotations

import hashlib
import re
import string
from pathlib import Path

import pytest

from assistant import config, prompts
from assistant.errors import ConfigError
from assistant.prompts import phrases

NAMES = sorted({path.name.split(".")[0] for path in config.bundled("prompts").glob("*.*.yaml")})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A prompts folder of our own; what was read from the real one is forgotten before and after."""
    monkeypatch.setattr(prompts, "bundled", lambda _: tmp_path)
    phrases.cache_clear()
    yield tmp_path
    phrases.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_is_there_in_both_languages_with_the_same_placeholders(name):
    chinese, english = phrases(name, "zh"), phrases(name, "en")  # raises where they differ
    assert chinese.texts.keys() == english.texts.keys()
    assert all(text.strip() for text in (*chinese.texts.values(), *english.texts.values()))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_placeholder_can_be_filled(name, language):
    for key, text in phrases(name, language).texts.items():
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field]
        said = phrases(name, language).say(key, **{field: f"<{field}>" for field in fields})
        assert all(f"<{field}>" in said for field in fields)
        assert not re.search(r"\{\w*\}", said)  # JSON in a phrase for a model keeps its braces


def test_chinese_phrases_are_chinese_and_english_ones_hold_no_chinese():
    assert not [k for k, text in phrases("answer", "en").texts.items() if re.search(r"[一-鿿]", text)]
    # a phrase of placeholders and marks alone needs no words
    wordless = re.compile(r"^(?:\{\w+\}|\W)*$")
    assert not [
        k
        for k, text in phrases("answer", "zh").texts.items()
        if not re.search(r"[一-鿿]", text) and not wordless.match(text)
    ]


def test_every_phrase_the_answers_speak_is_in_the_file_and_none_is_left_over():
    package = Path(prompts.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    named = set(re.findall(r'"([a-z_]+)"', code))
    families = tuple(set(re.findall(r'f"([a-z]+_[a-z_]*)\{', code)))  # kind_{kind}: one phrase for each member
    left = {key for key in phrases("answer", "en").texts if key not in named and not key.startswith(families)}
    assert left == set()
    assert families


def test_the_hash_is_that_of_the_file():
    raw = (config.bundled("prompts") / "answer.zh.yaml").read_bytes()
    assert phrases("answer", "zh").hash == hashlib.sha256(raw).hexdigest()[:16]
    assert phrases("answer", "zh").hash != phrases("answer", "en").hash


@pytest.mark.parametrize(
    ("english", "key"),
    [('hello: "Hello {nam}"', "hello"), ('hello: "Hello {name}"\nmore: "x"', "more"), ("{}", "hello")],
)
def test_phrases_that_differ_between_the_languages_are_refused_by_name(folder, english, key):
    (folder / "talk.zh.yaml").write_text('hello: "你好{name}"', encoding="utf-8")
    (folder / "talk.en.yaml").write_text(english, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"prompts/talk: '{key}' differs between zh and en"):
        phrases("talk", "zh")


def test_a_missing_or_broken_file_is_named(folder):
    (folder / "talk.zh.yaml").write_text("hello: [", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"talk\.zh\.yaml cannot be read .*Restore it from the distribution\."):
        phrases("talk", "zh")
    with pytest.raises(ConfigError, match=r"none\.zh\.yaml cannot be read"):
        phrases("none", "zh")
