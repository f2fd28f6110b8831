"""The three rankings, on real tantivy and real Chroma, over texts whose order can be told by hand."""

import time
from pathlib import Path

import pytest
from index_fakes import DistinctEmbeddings, KeywordEmbeddings, found, near, policy, put

from assistant.chunks import chunk
from assistant.errors import InstallationError
from assistant.index import Index, Origin
from assistant.models import Role
from assistant.text import bigrams, words


def test_a_word_finds_the_clauses_that_hold_it(index: Index) -> None:
    put(index, policy("law", "企业应当接收学生实习。", "学校应当培训教师。"))
    assert found(index, "实习") == ["企业应当接收学生实习。"]
    assert found(index, "贷款") == []


def test_bigrams_find_what_no_word_boundary_shows(index: Index) -> None:
    put(index, policy("law", "订单班学生可以跟岗。", "学校应当培训教师。"))
    (hit,) = index.search_bigrams(["岗", *bigrams("跟岗")], 10)
    assert index.chunks([hit[0]])[hit[0]].text == "订单班学生可以跟岗。"


def test_a_long_term_is_indexed_whole(index: Index) -> None:
    """The engine's own tokeniser would drop it: it is longer than 40 bytes."""
    long = "a" * 200
    put(index, policy("law", f"见 {long} 。"))
    assert found(index, long) == [f"见 {long} 。"]


def test_query_characters_mean_nothing(index: Index) -> None:
    put(index, policy("law", "企业 AND 学校"))
    assert index.search_words(['"', "+", "law:*", "(", "企业"], 10) != []
    assert index.search_words(['"', "(", "*"], 10) == []


def test_title_and_locator_count_and_can_be_weighed(index: Index) -> None:
    put(index, policy("one", "第一段话。", title="实习管理规定"), policy("two", "实习的话。", title="其他规定"))
    heads = [c.text for c in index.chunks([i for i, _ in index.search_words(["实习"], 9, head=10.0)]).values()]
    bodies = [c.text for c in index.chunks([i for i, _ in index.search_words(["实习"], 9, head=0.0)]).values()]
    assert heads == ["第一段话。", "实习的话。"]
    assert bodies == ["实习的话。"]
    assert len(index.search_words(words("第一条"), 9)) == 2


def test_weights_of_terms_decide_between_clauses(index: Index) -> None:
    put(index, policy("law", "实习生。", "土地证。"))
    first, second = (chunk.id for chunk in index.chunks_of("law"))
    ranking = index.search_words({"实习生": 0.1, "土地证": 5.0, "实习": 0.1, "土地": 5.0}, 10)
    assert [id_ for id_, _ in ranking] == [second, first]


def test_lay_questions_and_translations_are_searched_with_a_digest(index: Index) -> None:
    from test_index_ledger import FULL

    with index.writing():
        index.put(FULL, chunk(FULL), Origin("/files/full", "digest", "built"))
    clause = next(c for c in index.chunks_of("measures") if c.role is Role.TEXT and "实习" in c.text)

    def best(query: str) -> tuple[Role, tuple[str, ...]]:
        first = index.chunks([index.search_words(words(query), 1)[0][0]])
        return next((c.role, c.addresses) for c in first.values())

    assert best("interns take") == (Role.TRANSLATION, clause.addresses)
    assert best("要收多少") == (Role.ASKS, clause.addresses)
    assert best("不少于") == (Role.TEXT, clause.addresses)
    others = [c for c in index.chunks_of("measures") if c.addresses == clause.addresses and c.role is not Role.TEXT]
    assert {c.role for c in others} == {Role.TRANSLATION, Role.ASKS}
    assert [index.clause_of(c) for c in (clause, *others)] == [clause] * (1 + len(others))


def test_df_counts_the_clauses_that_hold_a_term(index: Index) -> None:
    put(index, policy("law", "实习。", "实习，实习。", "教师。"))
    assert (index.df("实习"), index.df("教师"), index.df("土地"), index.df("教师", "bigrams")) == (2, 1, 0, 1)


def test_rankings_can_be_kept_to_some_policies(index: Index) -> None:
    put(index, policy("one", "实习甲。"), policy("two", "实习乙。"))
    index.embed_pending()
    two = [chunk.id for chunk in index.chunks_of("two")]
    assert [i for i, _ in index.search_words(["实习"], 9, policies=["two"])] == two
    assert [i for i, _ in index.search_bigrams(["实习"], 9, policies=["two"])] == two
    assert [i for i, _ in index.search_vectors([1, 0, 0, 0, 0, 0, 0], 9, policies=["two"])] == two
    assert index.search_words(["实习"], 9, policies=[]) == []
    assert index.search_vectors([1, 0, 0, 0, 0, 0, 0], 9, policies=[]) == []


def test_the_nearest_clause_comes_first_with_its_cosine(index: Index) -> None:
    put(index, policy("law", "实习实习实习", "实习税", "税税税税"))
    index.embed_pending()
    ranking = index.search_vectors([1, 1, 0, 0, 0, 0, 0], 3)
    texts = [chunk.text for chunk in index.chunks([i for i, _ in ranking]).values()]
    assert texts[0] == "实习税"
    # (1, 1, …, 0.1) · (1, 1, 0, …) / (|2.01|^½ · |2|^½) = 2 / 2.00499
    assert ranking[0][1] == pytest.approx(0.99751, abs=1e-3)


def test_each_language_can_be_ranked_alone(index: Index) -> None:
    put(index, policy("law", "企业实习。", "Interns 实习 in the enterprise for at least six months."))
    index.embed_pending()
    chinese, english = (chunk.id for chunk in index.chunks_of("law"))
    query = KeywordEmbeddings().embed_query("实习")
    assert [id_ for id_, _ in index.search_vectors(query, 9, language="en")] == [english]
    assert [id_ for id_, _ in index.search_vectors(query, 9, language="zh")] == [chinese]
    assert {id_ for id_, _ in index.search_vectors(query, 9)} == {chinese, english}
    assert len(index.search_vectors(query, 1)) == 1


def test_words_answer_before_there_are_vectors(index: Index) -> None:
    put(index, policy("law", "实习。"))
    assert found(index, "实习") == ["实习。"]
    assert near(index, "实习") == []
    assert index.pending() == 1
    index.embed_pending()
    assert near(index, "实习") == ["实习。"]
    assert index.pending() == 0


def test_unchanged_and_moved_texts_are_never_embedded_again(index: Index, embedder: KeywordEmbeddings) -> None:
    put(index, policy("law", "实习。", "税。"))
    assert index.embed_pending() == 2
    put(index, policy("law", "实习。", "税。"))
    put(index, policy("law", "税。", title="law办法"))  # now article 1, so its context is another
    index.embed_pending()
    assert [text.splitlines()[-1] for text in embedder.embedded] == ["税。", "实习。", "税。"]
    put(index, policy("copy", "税。", title="law办法"))  # the very same text in another document
    index.embed_pending()
    assert len(embedder.embedded) == 3


def test_a_removed_document_stops_answering_at_once(index: Index) -> None:
    put(index, policy("keep", "实习甲。"), policy("drop", "实习乙。"))
    index.embed_pending()
    with index.writing():
        assert index.remove("drop.md")
        # The derived indexes have not heard of it yet.
        assert found(index, "实习", k=1) == ["实习甲。"]
        assert near(index, "实习", k=1) == ["实习甲。"]
    assert not index.remove("drop.md")
    assert near(index, "实习") == ["实习甲。"]
    assert index.policy("drop") is None


def test_a_document_removed_and_put_back_answers_again(index: Index, embedder: KeywordEmbeddings) -> None:
    put(index, policy("law", "实习。"))
    index.embed_pending()
    index.remove("law.md")
    put(index, policy("law", "实习。"))
    index.embed_pending()
    assert found(index, "实习") == ["实习。"]
    assert near(index, "实习") == ["实习。"]
    assert index.doctor() == []


def test_vectors_of_two_models_are_never_mixed(home, index: Index) -> None:
    put(index, policy("law", "实习。"))
    index.embed_pending()
    index.close()
    other = KeywordEmbeddings("keywords-2")
    with Index.open(home, other) as reopened:
        with pytest.raises(
            InstallationError, match="made by keywords-1, and keywords-2 is set now; the two cannot be mixed"
        ):
            near(reopened, "实习")
        assert found(reopened, "实习") == ["实习。"]
        assert reopened.embed_pending() == 1
        assert near(reopened, "实习") == ["实习。"]
    with Index.open(home, KeywordEmbeddings()) as back:  # the vectors of the first model are still kept
        assert back.embed_pending() == 0
        assert near(back, "实习") == ["实习。"]


def test_without_an_embedder_the_vectors_there_are_can_be_searched(home, index: Index) -> None:
    put(index, policy("law", "实习。"))
    index.embed_pending()
    index.close()
    with Index.open(home) as bare:
        assert near(bare, "实习") == ["实习。"]
        assert bare.embed_pending() == 0
        assert bare.encode("实习").vector is None
        assert bare.search_vectors(None, 5) == []


def test_an_env_file_in_the_working_directory_redirects_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nCHROMA_SERVER_HOST=example.org\n")
    monkeypatch.chdir(tmp_path)
    put(index, policy("law", "实习。"))
    index.embed_pending()
    assert near(index, "实习") == ["实习。"]


def test_an_embedder_that_fails_leaves_what_was_made(home) -> None:
    class Fails(KeywordEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(self.embedded) >= 256:
                raise ConnectionError("the server is gone")
            return super().embed_documents(texts)

    with Index.open(home, Fails()) as index:
        put(index, policy("law", *(f"实习{n}" for n in range(300))))
        with pytest.raises(ConnectionError):
            index.embed_pending()
        assert index.pending() == 44
    again = KeywordEmbeddings()
    with Index.open(home, again) as index:
        assert index.embed_pending() == 44
        assert index.doctor() == []


@pytest.mark.timed
def test_ten_thousand_clauses_are_searched_in_milliseconds(home) -> None:
    """Each with a vector of its own: among hundreds of equal ones no graph of neighbours is connected."""
    texts = [f"企业第{n}项实习{'税' * (n % 7)}{'土地' * (n % 5)}办法" for n in range(10_000)]
    embedder = DistinctEmbeddings()
    with Index.open(home, embedder) as index:
        with index.together():
            for start in range(0, 10_000, 100):
                put(index, policy(f"p{start}", *texts[start : start + 100]))
        index.embed_pending()
        query = "企业实习的税收办法"
        for search in (
            lambda: index.search_words(words(query), 100),
            lambda: index.search_bigrams(bigrams(query), 100),
            lambda: index.search_vectors(embedder.embed_query(query), 100),
        ):
            search()
            started = time.perf_counter()
            for _ in range(10):
                assert len(search()) == 100
            assert (time.perf_counter() - started) / 10 < 0.04
