"""`assistant eval`: what it cannot do is said in one line, and a collection of others is scored through ingest and search."""

from __future__ import annotations

import json

import pytest

from assistant.app.evaluation import session
from assistant.errors import AssistantError, ConfigError
from assistant.evaluation import gate

DOCUMENTS = {
    "intern": ("实习管理规定", "第一条　企业接收学生岗位实习的，应当支付合理的实习报酬。"),
    "credit": ("投资抵免办法", "第一条　试点企业兴办职业教育的投资，可以按百分之三十抵免教育费附加。"),
    "sanction": ("安全生产条例", "第一条　违反安全生产规定的企业，处以二十万元以下的罚款。"),
    "forest": ("森林防火条例", "第一条　森林防火期内，禁止在林区野外用火。"),
}
QUERIES = {"q1": "实习报酬由谁支付？", "q2": "投资可以抵免多少教育费附加？", "q3": "？" * 5_000}
QRELS = (("q1", "intern"), ("q2", "credit"), ("q2", "gone"), ("q3", "forest"))


@pytest.fixture
def collection(tmp_path):
    """Four documents and one that is broken, two queries and one that is too long to be asked."""
    folder = tmp_path / "collection"
    folder.mkdir()
    documents = [{"_id": id_, "title": title, "text": text} for id_, (title, text) in DOCUMENTS.items()]
    lines = [json.dumps(one, ensure_ascii=False) for one in documents]
    (folder / "corpus.jsonl").write_text("\n".join([*lines, '{"_id": "broken", "text": 7}']), "utf-8")
    queries = [json.dumps({"_id": id_, "text": text}, ensure_ascii=False) for id_, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(queries), "utf-8")
    qrels = ["query-id\tcorpus-id\tscore", *(f"{query}\t{document}\t1" for query, document in QRELS)]
    (folder / "qrels.tsv").write_text("\n".join(qrels), "utf-8")
    return folder


def test_a_collection_is_scored_leg_by_leg_and_what_is_amiss_is_told(fresh, collection, tmp_path):
    done = fresh("eval", "--external", collection, "--out", tmp_path / "out")
    assert done.status == 0, done.err
    found = json.loads((tmp_path / "out" / "external.json").read_text("utf-8"))
    assert list(found["stages"]) == ["words", "bigrams", "vectors", "fused", "final order"]
    assert (found["documents"], found["queries"]) == (4, 3)
    final = {name: figure["value"] for name, figure in found["stages"]["final order"].items()}
    # The right document comes first for q1 and q2; q2 has one more that is not there, and q3 cannot be asked.
    assert final["MRR@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert final["recall@1"] == final["recall@100"] == pytest.approx((1 + 1 / 2 + 0) / 3, abs=1e-4)
    assert final["nDCG@10"] == pytest.approx((1 + 1 / (1 + 0.6309) + 0) / 3, abs=1e-4)  # 1 / log2(3) = 0.6309
    assert found["rankings"]["q1"][0] == "intern"
    assert found["not_found"] == {"q2": ["gone"], "q3": ["forest"]}
    assert found["judged_but_not_held"] == ["gone"]
    broken, too_long = found["failed"]
    assert 'line 5: has no "text", or one that is no text' in broken
    assert too_long.startswith("query q3: The question has 5,000 characters")
    assert "4 documents, 3 judged queries" in done.out
    assert "1 judged, but not among the documents: gone" in done.out
    assert not fresh.home.exists()  # the user's own installation is not touched


def test_an_installation_with_other_documents_is_not_used_for_a_collection(fresh, small, collection, tmp_path):
    done = fresh("eval", "--external", collection, "--home", small.home, "--out", tmp_path / "out")
    assert done.status == 1
    assert (
        "holds documents of other origin (办法.md), which would be ranked too. Give another --home." in done.complaint
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--suite", "lows"), "There is no suite 'lows'. There are laws, corpus, unanswerable, second, search, gate."),
        (("--suite", "gate,laws"), "The gate stands alone: give --suite gate without other suites."),
        (
            ("--suite", "corpus", "--keep"),
            "--keep goes with --suite gate: of other suites every report can be compared",
        ),
        (("--originals", "."), ". holds no law texts: there is no .md file in it. Give another --originals."),
        (("--external", "none"), "none is no folder. A collection in BEIR's form has corpus.jsonl"),
        (
            ("--against", "none.json"),
            "none.json cannot be read (No such file or directory). Give the report.json of a run.",
        ),
        (("--split", "train"), "Invalid value for '--split': Value error, 'train' is not one of 'dev', 'test'."),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_begun(nowhere, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    done = nowhere("eval", "--no-baseline", *arguments)
    assert done.status in (1, 2)
    assert done.err.splitlines()[-1].startswith(message)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_before_questions_are_asked(nowhere, tmp_path):
    (tmp_path / "taken").write_text("", "utf-8")
    done = nowhere("eval", "--no-baseline", "--suite", "corpus", "--out", tmp_path / "taken")
    assert done.status == 1
    assert done.err.splitlines()[-1].endswith("taken cannot be made (File exists). Choose another folder with --out.")


@pytest.fixture
def two_questions(monkeypatch, tmp_path):
    """The gate with two questions only, and a reference of its own."""
    monkeypatch.setattr(session, "gate_cases", lambda: gate.gate_cases()[:2])
    monkeypatch.setattr(gate, "reference", lambda: tmp_path / "reference.json")
    return tmp_path


def test_the_gate_is_kept_passed_and_failed_and_its_report_is_written(starter, two_questions):
    kept = starter("eval", "--suite", "gate", "--keep", "--home", starter.home)
    assert kept.status == 0, kept.err
    reference = two_questions / "reference.json"
    assert f"{reference} now holds these figures." in kept.out
    assert "latency" not in reference.read_text("utf-8")  # of another machine

    out = two_questions / "out"
    passed = starter("eval", "--suite", "gate", "--home", starter.home, "--out", out)
    assert passed.status == 0, passed.err
    assert "2 questions that both have" in passed.out
    assert "no figure has changed" in passed.out
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [case["id"] for case in report["cases"]] == [case.id for case in gate.gate_cases()[:2]]
    assert (out / "report.html").read_text("utf-8").startswith("<!doctype html>")

    better = json.loads(reference.read_text("utf-8"))
    for case in better["cases"]:
        case["results"]["assistant"]["values"]["precision"] = 2
    reference.write_text(json.dumps(better), "utf-8")
    failed = starter("eval", "--suite", "gate", "--home", starter.home)
    assert failed.status == 1
    assert "FELL by more than chance explains" in failed.out


def test_a_report_of_other_questions_is_not_compared_with(nowhere, tmp_path):
    values = {"id": "of another suite", "results": {"assistant": {"values": {"recall": 1}}}}
    (tmp_path / "report.json").write_text(json.dumps({"cases": [values]}), "utf-8")
    done = nowhere("eval", "--suite", "gate", "--against", tmp_path / "report.json")
    assert done.status == 1
    assert done.complaint.endswith("report.json has none of these questions: it is of another suite or split.")


def test_without_the_law_texts_their_questions_are_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr(session, "law_texts", lambda folder: None)
    told: list[str] = []
    choice = session.choose(("laws", "corpus"), "dev", None, False, told.append)
    assert choice.suites == ("corpus",)
    assert told == ["The full law texts are not here, so their questions are left out; --originals names their folder."]
    with pytest.raises(AssistantError, match="Nothing is left to evaluate: the suites 'laws' and 'second' ask"):
        session.choose(("laws",), "dev", None, False, told.append)


def test_without_its_packages_the_baseline_is_left_out_and_what_to_install_is_said(monkeypatch):
    def missing() -> None:
        raise ConfigError("The baseline needs packages that are not installed. `pip install x` brings them.")

    monkeypatch.setattr(session, "check_installed", missing)
    told: list[str] = []
    assert session.choose(("corpus",), "dev", None, True, told.append).baseline is False
    assert told[-1].startswith("Without the baseline: The baseline needs packages that are not installed. `pip install")
