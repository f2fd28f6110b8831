"""Setting a language model up: by name, with a key that nothing shows, and with messages that say what to do."""

from __future__ import annotations

import pytest
from drafting_policies import AMOUNT

from assistant import config
from assistant.chat import chat
from assistant.config import ChatSettings
from assistant.errors import ChatError, ConfigError

KEY = "sk-very-secret-0123456789"


def test_without_a_model_none_is_set_up():
    assert chat(ChatSettings()) is None


def test_the_key_of_the_environment_goes_to_the_server_and_nowhere_else(worded, script, monkeypatch, caplog):
    monkeypatch.setenv("CHAT_API_KEY", KEY)
    script.play("perfect", "refuses_key")  # the server repeats the key in its own words
    assistant = worded(retries=0, timeout=4)
    with caplog.at_level("DEBUG", logger="assistant"):
        answer = assistant.ask(AMOUNT)
    assert script.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(answer)
    assert KEY not in caplog.text
    assert KEY not in repr(vars(assistant._chat)) + repr(assistant._settings)


def test_the_key_of_a_file_is_read(tmp_path, script, address):
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    script.play("perfect")
    model = chat(ChatSettings(model="scripted", base_url=address, key_file=tmp_path / "key", form="text"))
    assert model
    list(model.stream("system", "<问题 1>\n?\n</问题 1>"))
    assert script.headers[0]["authorization"] == f"Bearer {KEY}"


def test_the_vendors_own_key_is_not_sent_to_another_server(script, address, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("CHAT_API_KEY", raising=False)
    script.play("perfect")
    model = chat(ChatSettings(model="scripted", base_url=address))
    assert model
    list(model.stream("system", "?"))
    assert KEY not in str(script.headers)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read (No such file"), ("", "must hold the key"), ("a b", "must hold the key")],
)
def test_a_key_file_that_is_none_is_told_without_its_content(tmp_path, content, said):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        chat(ChatSettings(model="openai:gpt", key_file=path))
    assert said in str(refused.value)


def test_a_missing_package_names_its_extra(monkeypatch):
    def without(*_, **__):
        raise ImportError("langchain_ollama")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", without)
    with pytest.raises(
        ConfigError, match=r"ollama:qwen3:8b needs a package .*pip install 'policy-assistant\[ollama\]'"
    ):
        chat(ChatSettings(model="ollama:qwen3:8b"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("qwen", 'The chat model "qwen" names no provider.'),
        ("nobody:qwen", "The chat model nobody:qwen cannot be set up"),
        ("openai:gpt", "The chat model openai:gpt cannot be set up"),  # no key anywhere
    ],
)
def test_a_model_that_cannot_be_set_up_says_how_it_is_named(name, said, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("CHAT_API_KEY", raising=False)
    with pytest.raises(ConfigError) as refused:
        chat(ChatSettings(model=name))
    assert said in str(refused.value)
    assert "provider:model" in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('base_url = "127.0.0.1:8000"\nmodel = "m"', "it must be the address of a server"),
        ('base_url = "http://me:pw@host/v1"\nmodel = "m"', "an address holds no password here"),
        ('base_url = "http://host/v1"', "model does not say which model is meant"),
        ('model = "m"\nkey_file = "key"', "it must be a whole path, from / or ~ on"),
        ('model = "m"\napi_key = "sk-1"', "chat.api_key: Extra inputs are not permitted"),
        ('model = "m"\ntimeout = 0', "chat.timeout: "),
        ('model = "m"\nform = "xml"', "chat.form: "),
    ],
)
def test_a_wrong_setting_is_named_and_never_repeated(tmp_path, lines, said):
    (tmp_path / "settings.toml").write_text(f"[chat]\n{lines}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        config.load(tmp_path)
    assert said in str(refused.value)
    assert "pw" not in str(refused.value)
    assert "sk-1" not in str(refused.value)


def test_more_answers_than_may_be_written_at_once_wait_and_then_say_so(script, address):
    script.play("refuses", pause=0.3)
    model = chat(ChatSettings(model="scripted", base_url=address, concurrency=1, timeout=1, retries=0, form="text"))
    assert model
    first = model.stream("system", "<问题 1>\n?\n</问题 1>")
    assert next(first)
    with pytest.raises(ChatError, match="is writing 1 answers already, as many as it may at once"):
        list(model.stream("system", "?"))
    first.close()
