"""What the bundled model was taught: which matrices change, that its vectors are told apart, and that it helps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from assistant.engine import LocalModel, adapter, weights
from assistant.errors import EngineError

# Questions in everyday words, with the article of a law that answers them; no such wording stands in the starter corpus.
ASKED = (
    ("labor-contract-law-2012.md", "试用期顶多能定多久？", "第十九条"),
    ("labor-contract-law-2012.md", "一直没跟员工签书面的合同，要多付钱吗？", "第八十二条"),
    ("labor-contract-law-2012.md", "员工自己想走，要提前几天说？", "第三十七条"),
    ("labor-contract-law-2012.md", "培训完了人要走，违约金能要多少？", "第二十二条"),
    ("social-insurance-law-2018.md", "丢了工作最多能领几个月的钱？", "第四十六条"),
    ("social-insurance-law-2018.md", "工伤的保险费是公司出还是个人出？", "第三十三条"),
    ("social-insurance-law-2018.md", "养老金要交满多少年才能按月领？", "第十六条"),
    ("work-safety-law-2021.md", "多大的厂要配专门管安全的人？", "第二十四条"),
    ("work-safety-law-2021.md", "出了事故，现场的人该先跟谁说？", "第八十三条"),
    ("employment-promotion-law-2015.md", "招人时能不能写明只要男的？", "第二十七条"),
    ("employment-promotion-law-2015.md", "带传染病病毒的人可以不招吗？", "第三十条"),
    ("private-education-promotion-law-2018.md", "民办学校收多少学费谁说了算？", "第三十八条"),
)


@pytest.fixture(scope="module")
def taught() -> LocalModel:
    return LocalModel.open(threads=2)


def test_only_matrices_of_the_last_layers_change(model):
    path = weights.find()
    assert path
    plain = weights.load(path)
    for name, change in adapter.bundled().changes.items():
        layer, matrix = re.fullmatch(r"l(\d+)\.(q|k|v|ao|fi|fo)\.w", name).groups()
        assert int(layer) >= plain.shape.layers - 4
        rows = plain.shape.inner if matrix == "fi" else plain.shape.width
        columns = plain.shape.inner if matrix == "fo" else plain.shape.width
        assert change.shape == (rows, columns)
        assert np.isfinite(change).all()


def test_vectors_of_the_taught_model_are_never_taken_for_those_of_the_plain_one(taught, model):
    assert taught.model_id == f"{model.model_id}+{adapter.bundled().name}"
    assert not np.allclose(taught.encode_query("试用期").vector, model.encode_query("试用期").vector, atol=0.01)


def test_questions_in_everyday_words_find_more_articles_than_with_the_plain_weights(taught, model, originals):
    articles = {
        source: [p for p in (originals / source).read_text("utf-8").split("\n\n") if p.startswith("第")]
        for source in {source for source, _, _ in ASKED}
    }

    def found(engine: LocalModel) -> int:
        vectors = {source: engine.embed_passages(texts) for source, texts in articles.items()}
        first = (
            articles[source][int(np.argmax(vectors[source] @ engine.encode_query(question).vector))]
            for source, question, _ in ASKED
        )
        return sum(text.startswith(article) for text, (_, _, article) in zip(first, ASKED, strict=True))

    assert found(taught) > found(model)


def test_a_damaged_file_is_told_with_what_to_do(monkeypatch, tmp_path):
    (tmp_path / adapter.FILE).write_bytes(b"no arrays")
    monkeypatch.setattr(adapter, "files", lambda _: tmp_path)
    with pytest.raises(EngineError, match=r"adapter\.npz of the embedding model is missing or damaged .*Install"):
        adapter.bundled()
