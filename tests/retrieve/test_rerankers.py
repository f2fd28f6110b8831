"""Rerankers by setting: what a server is asked and how its answer is read, and what is said when it is of no use."""

from __future__ import annotations

import importlib.util
import socket
import sys
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest
from rerank_server import RerankServer, serving

from assistant import rerankers
from assistant.config import RetrievalSettings
from assistant.errors import ConfigError, EngineError
from assistant.rerankers import CrossEncoderReranker, ServerReranker, chosen

TEXTS = ["实习", "产教融合型企业", "税"]
LENGTHS = [2.0, 7.0, 1.0]
SECRET = "sk-a-secret"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(rerankers.KEY, raising=False)


@pytest.fixture
def server() -> Iterator[RerankServer]:
    with serving() as running:
        yield running


def reranker(server: RerankServer, model: str | None = None, timeout: float = 5) -> ServerReranker:
    return ServerReranker(f"{server.url}/rerank", model, timeout)


def refusal(server: RerankServer, model: str | None = None, timeout: float = 5) -> str:
    with pytest.raises(EngineError) as refused:
        reranker(server, model, timeout)("问", TEXTS)
    return str(refused.value)


def test_without_a_model_a_server_is_asked_as_text_embeddings_inference_is(server):
    assert reranker(server)("问", TEXTS) == LENGTHS
    assert server.asked == [("/rerank", {"query": "问", "texts": TEXTS, "truncate": True}, None)]


def test_with_a_model_a_server_is_asked_as_jina_and_cohere_are(server):
    assert reranker(server, "bge-reranker-v2-m3")("问", TEXTS) == LENGTHS
    assert server.asked == [("/rerank", {"query": "问", "model": "bge-reranker-v2-m3", "documents": TEXTS}, None)]


def test_scores_may_stand_under_data_as_well(server):
    server.body = (
        '{"object": "list", "data": [{"index": 2, "score": 3}, {"index": 0, "score": 1}, {"index": 1, "score": 2}]}'
    )
    assert reranker(server)("问", TEXTS) == [1, 2, 3]


def test_of_seventy_texts_no_more_than_thirty_two_go_in_one_request_unless_a_model_is_named(server):
    texts = ["字" * (n % 7 + 1) for n in range(70)]
    assert reranker(server)("问", texts) == [len(text) for text in texts]
    assert [len(body["texts"]) for _, body, _ in server.asked] == [32, 32, 6]
    server.asked.clear()
    assert reranker(server, "m")("问", texts) == [len(text) for text in texts]
    assert [len(body["documents"]) for _, body, _ in server.asked] == [70]


def test_without_texts_nobody_is_asked(server):
    assert reranker(server)("问", []) == []
    assert server.asked == []


@pytest.mark.parametrize(("given", "asked"), [("", "/rerank"), ("/", "/rerank"), ("/v1/rerank?x=1", "/v1/rerank?x=1")])
def test_an_address_without_a_path_means_its_rerank_endpoint(server, given, asked):
    ServerReranker(f"{server.url}{given}", None, 5)("问", TEXTS)
    assert [path for path, _, _ in server.asked] == [asked]


def test_the_key_comes_from_the_environment_and_goes_into_the_header(server, monkeypatch):
    monkeypatch.setenv(rerankers.KEY, SECRET)
    reranker(server)("问", TEXTS)
    assert [authorization for _, _, authorization in server.asked] == [f"Bearer {SECRET}"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_wants_another_key_is_told_with_the_variable_to_set(server, monkeypatch, status):
    server.status, server.body = status, f"wrong key {SECRET}"
    said = f"The reranker at {server.url}/rerank asks for another key (HTTP {status})."
    assert refusal(server) == f"{said} Put it in the environment variable RERANKER_API_KEY."
    monkeypatch.setenv(rerankers.KEY, SECRET)
    assert refusal(server) == f"{said} Correct the environment variable RERANKER_API_KEY."


def test_a_key_that_a_server_repeats_in_its_complaint_is_not_told_on(server, monkeypatch):
    monkeypatch.setenv(rerankers.KEY, SECRET)
    server.status, server.body = 500, f"no quota for {SECRET}\nsorry"
    assert refusal(server) == (
        f"The reranker at {server.url}/rerank answered HTTP 500 (no quota for *** sorry). Check its address, which "
        "mostly ends in /rerank, and reranker_model under [retrieval] in settings.toml."
    )


@pytest.mark.parametrize("key", ["sk-密", "sk\na"])
def test_a_key_that_no_header_can_hold_is_refused_before_it_is_sent_or_told(server, monkeypatch, key):
    monkeypatch.setenv(rerankers.KEY, key)
    assert (
        refusal(server) == "The environment variable RERANKER_API_KEY holds characters that no key has. Set it again."
    )
    assert server.asked == []


def test_what_follows_the_address_is_not_told_as_it_may_hold_a_key(server):
    server.status = 404
    with pytest.raises(EngineError) as refused:
        ServerReranker(f"{server.url}/rank?token={SECRET}", None, 5)("问", TEXTS)
    assert str(refused.value).startswith(f"The reranker at {server.url}/rank answered HTTP 404 (")


def test_a_server_that_sends_on_to_another_address_is_not_followed(server, monkeypatch):
    monkeypatch.setenv(rerankers.KEY, SECRET)
    server.status, server.headers = 307, {"Location": f"{server.url}/elsewhere"}
    assert "answered HTTP 307" in refusal(server)
    assert [path for path, _, _ in server.asked] == ["/rerank"]


@pytest.mark.parametrize(
    "body",
    [
        "<html>hello</html>",
        '{"error": "no"}',
        '"no"',
        "3",
        '[{"score": 1}]',
        '[{"index": 0}]',
        '["a"]',
        '{"results": {}}',
    ],
)
def test_an_answer_that_is_no_list_of_scores_is_told(server, body):
    server.body = body
    said = refusal(server)
    if body == '{"results": {}}':  # a list of none
        assert said == f"The reranker at {server.url}/rerank gave 0 scores for 3 texts, not one for each."
    else:
        assert said == (
            f"The reranker at {server.url}/rerank answered something that is no list of indexes with scores. "
            'Check its address, which mostly ends in /rerank, or set reranker = "late" under [retrieval] in settings.toml.'
        )


@pytest.mark.parametrize(
    ("indexes", "count"),
    [((0, 1), 2), ((0, 1, 2, 3), 4), ((0, 1, 1), 2), ((1, 2, 3), 3), ((-1, 0, 1), 3)],
    ids=["one missing", "one too many", "one twice", "counted from one", "below nothing"],
)
def test_scores_that_are_not_one_for_each_text_are_refused(server, indexes, count):
    server.body = str([{"index": n, "score": 1.0} for n in indexes]).replace("'", '"')
    assert refusal(server) == (
        f"The reranker at {server.url}/rerank gave {count} scores for 3 texts, not one for each."
    )


@pytest.mark.parametrize("score", ["NaN", "Infinity", '"0.9"', "null", "[1, 2]"])
def test_a_score_that_is_no_number_is_refused(server, score):
    server.body = f'[{{"index": 0, "score": 1}}, {{"index": 1, "score": {score}}}, {{"index": 2, "score": 1}}]'
    assert refusal(server) == f"The reranker at {server.url}/rerank gave scores that are no numbers."


def test_a_slow_server_is_waited_for_as_long_as_is_set_and_no_longer(server):
    server.delay = 1.0
    assert refusal(server, timeout=0.2) == (
        f"The reranker at {server.url}/rerank did not answer within 0.2 s. "
        "Raise reranker_timeout or lower rerank_depth under [retrieval] in settings.toml."
    )


def test_the_time_is_for_all_portions_together(server):
    server.delay = 0.25  # three portions take three times as long
    with pytest.raises(EngineError, match=r"did not answer within 0\.4 s"):
        reranker(server, timeout=0.4)("问", ["税"] * 70)


def test_a_server_that_is_down_is_told_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/rerank"
        with pytest.raises(EngineError) as refused:
            ServerReranker(url, None, 5)("问", TEXTS)
    assert str(refused.value).startswith(f"The reranker at {url} cannot be reached (")
    assert str(refused.value).endswith('). Start it, or set reranker = "late" under [retrieval] in settings.toml.')


def test_a_server_that_failed_is_left_alone_for_a_while_and_then_asked_again(server, monkeypatch):
    now = 1_000.0
    monkeypatch.setattr(rerankers.time, "monotonic", lambda: now)
    ask = reranker(server)
    server.status = 503
    with pytest.raises(EngineError, match="HTTP 503"):
        ask("问", TEXTS)
    server.status, now = 200, 1_029.0
    with pytest.raises(EngineError, match="failed a moment ago and is left alone for 30 seconds"):
        ask("问", TEXTS)
    assert len(server.asked) == 1
    now = 1_030.0
    assert ask("问", TEXTS) == LENGTHS


# -- by setting


@pytest.mark.parametrize("name", ["late", "none"])
def test_late_interaction_and_none_at_all_are_no_reranker_of_this_kind(name):
    assert chosen(RetrievalSettings(reranker=name)) is None


def test_a_server_is_kept_for_all_questions(server):
    settings = RetrievalSettings(reranker=server.url, reranker_model="m", reranker_timeout=2)
    first = chosen(settings)
    assert isinstance(first, ServerReranker)
    assert chosen(settings) is first
    assert first("问", TEXTS) == LENGTHS


# -- cross-encoders: sentence-transformers needs torch, which the development install leaves out, so it is stood in for


class CrossEncoder:
    """Scores by length, with the signature of the real one."""

    def __init__(self, name: str) -> None:
        if name == "no/such-model":
            raise OSError("no/such-model is not a local folder and is not a valid model identifier\nSee the docs.")
        self.given: list[tuple[str, str]] = []
        self.labels = 2 if name == "two-labels" else 1
        self.fails = name == "fails"

    def predict(self, sentences: list[tuple[str, str]], show_progress_bar: bool | None = None) -> np.ndarray:
        assert show_progress_bar is False
        self.given += sentences
        if self.fails:
            raise RuntimeError("out of memory\nat 0x0")
        scores = np.array([len(text) for _, text in sentences], dtype=np.float32)
        return scores if self.labels == 1 else np.stack([scores, scores], axis=1)


@pytest.fixture
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.CrossEncoder = CrossEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


@pytest.mark.usefixtures("_stand_in")
def test_a_cross_encoder_is_given_each_text_with_the_question():
    rerank = CrossEncoderReranker("BAAI/bge-reranker-v2-m3")
    assert rerank("问", TEXTS) == LENGTHS
    assert rerank._model.given == [("问", text) for text in TEXTS]
    assert rerank("问", []) == []


@pytest.mark.usefixtures("_stand_in")
@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("fails", "The reranker fails failed (out of memory)."),
        ("two-labels", "The reranker two-labels gave scores that are no numbers."),  # a classifier, no reranker
    ],
)
def test_a_cross_encoder_that_gives_no_scores_is_told(model, said):
    with pytest.raises(EngineError) as refused:
        CrossEncoderReranker(model)("问", TEXTS)
    assert str(refused.value) == said


@pytest.mark.usefixtures("_stand_in")
def test_a_cross_encoder_that_is_not_there_is_told_when_it_is_set():
    with pytest.raises(ConfigError) as refused:
        chosen(RetrievalSettings(reranker="cross-encoder:no/such-model"))
    assert str(refused.value) == (
        "The reranker no/such-model cannot be loaded (no/such-model is not a local folder and is not a valid model "
        "identifier). Its name is that of a folder, or of a model on huggingface.co, which is downloaded once; "
        'correct it, or set reranker = "late" under [retrieval] in settings.toml.'
    )


@pytest.mark.skipif(bool(importlib.util.find_spec("sentence_transformers")), reason="sentence-transformers is here")
def test_a_cross_encoder_without_its_package_names_the_extra():
    with pytest.raises(ConfigError) as refused:
        chosen(RetrievalSettings(reranker="cross-encoder:BAAI/bge-reranker-v2-m3"))
    assert str(refused.value) == (
        "The reranker BAAI/bge-reranker-v2-m3 needs a package that is not installed: pip install "
        "'policy-assistant[sentence-transformers]'; or set reranker = \"late\" under [retrieval] in settings.toml."
    )
