"""Settings: one typed tree with defaults that need no network, and messages that name the key at fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant import config
from assistant.config import RetrievalSettings, Settings
from assistant.errors import ConfigError


def written(home: Path, text: str) -> Path:
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return home


def test_without_a_file_the_defaults_hold_and_need_no_network(tmp_path):
    settings = config.load(tmp_path)
    assert settings == Settings()
    assert settings.embedding.model == "e5"
    assert settings.chroma_url is None


def test_what_the_file_sets_is_set_and_the_rest_stays(tmp_path):
    settings = config.load(written(tmp_path, '[embedding]\nmodel = "light"\n[chunks]\nceiling = 300\n'))
    assert settings.embedding.model == "light"
    assert (settings.chunks.ceiling, settings.chunks.floor) == (300, 40)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[retreival]\nwords = 0.5\n", "retreival"),
        ("[retrieval]\nword = 0.5\n", "retrieval.word"),
        ("[retrieval]\nwords = 1.5\n", "retrieval.words"),
        ("[retrieval]\nrerank = true\n", "retrieval.rerank"),
        ("[retrieval]\nreranker_timeout = 0\n", "retrieval.reranker_timeout"),
        ("[chunks]\nfloor = 0\n", "chunks.floor"),
        ('[embedding]\nthreads = "many"\n', "embedding.threads"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_file(tmp_path, text, key):
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, text))
    assert f"settings.toml: {key}: " in str(refused.value)
    assert str(refused.value).endswith("Correct or remove this key.")


def test_a_file_that_is_no_toml_is_refused_in_words(tmp_path):
    with pytest.raises(ConfigError, match=r"settings\.toml is not valid TOML .*Correct it or remove it\."):
        config.load(written(tmp_path, "words = = 3"))


def test_settings_cannot_be_changed_once_built():
    with pytest.raises(ValidationError, match="frozen"):
        Settings().chroma_url = "http://elsewhere"  # type: ignore[misc]  # what the test is about


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_weight_is_a_share_between_nothing_and_all(share):
    with pytest.raises(ValidationError):
        RetrievalSettings(vectors=share)


@pytest.mark.parametrize(
    "name",
    ["late", "none", "cross-encoder:BAAI/bge-reranker-v2-m3", "http://127.0.0.1:8080", "https://api.jina.ai/v1/rerank"],
)
def test_a_reranker_is_late_interaction_none_a_cross_encoder_or_a_server(name):
    assert RetrievalSettings(reranker=name).reranker == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Late",
        "cross-encoder:",
        "bge",
        "ftp://host/rerank",
        "http://",
        "http:///rerank",
        "http://h:port",
        "http://[::1",
    ],
)
def test_another_reranker_is_refused_with_what_there_is(tmp_path, name):
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, f'[retrieval]\nreranker = "{name}"\n'))
    assert "settings.toml: retrieval.reranker: " in str(refused.value)
    assert 'it must be "late", "none", "cross-encoder:MODEL" or the address of a /rerank server.' in str(refused.value)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, '[retrieval]\nreranker = "https://me:secret@host/rerank"\n'))
    assert "put the key in the environment variable RERANKER_API_KEY." in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_model_for_a_server_that_is_not_set_is_refused(tmp_path):
    with pytest.raises(ConfigError) as refused:
        config.load(written(tmp_path, '[retrieval]\nreranker_model = "bge-reranker-v2-m3"\n'))
    said = "reranker_model is what a server is asked for, and reranker is not the address of one."
    assert f"settings.toml: retrieval: Value error, {said}" in str(refused.value)


def test_the_environment_names_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    assert config.default_home() == tmp_path


@pytest.mark.parametrize("unset", ["", None])
def test_without_the_environment_the_home_is_the_users_data_folder(monkeypatch, unset):
    if unset is None:
        monkeypatch.delenv("ASSISTANT_HOME", raising=False)
    else:
        monkeypatch.setenv("ASSISTANT_HOME", unset)
    assert config.default_home().name == "policy-assistant"


def test_the_corpus_and_the_prompts_are_found_and_an_unknown_folder_is_named():
    assert any(config.bundled("corpus").rglob("*.yaml"))
    assert any(config.bundled("prompts").glob("*.yaml"))
    with pytest.raises(ConfigError, match=r"The folder 'nothing' is not part of this installation\."):
        config.bundled("nothing")
