"""Vectors that a corpus ships: taken as they are where the text is the same, made anew where it is not."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from corpus_files import POLICY, TOWN_FILE, broken, write
from langchain_core.embeddings import Embeddings

from assistant import pipeline, providers
from assistant.config import Settings
from assistant.errors import CorpusError
from assistant.index import Index, backlog, shipped
from assistant.pipeline.report import Report
from assistant.pipeline.vectors import ship_vectors, wanted
from assistant.providers import E5Embeddings

ROOT = Path(__file__).parents[2]
REMEDY = "run `make vectors` and commit corpus/vectors.bin"


class Lengths(Embeddings):
    """Knows a text by its length and its commas; remembers what it was asked to embed."""

    model_id = "lengths"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(len(text)), float(text.count("，")), 1.0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of three files with its vectors."""
    written = write(tmp_path / "corpus")
    ship_vectors(written, Lengths())
    return written


def loaded(folder: Path, home: Path, embedder: Embeddings) -> Report:
    with Index.open(home, embedder) as index:
        return pipeline.load_corpus(folder, index, Settings())


def test_loading_a_corpus_with_its_vectors_embeds_nothing(folder: Path, tmp_path: Path) -> None:
    embedder = Lengths()
    report = loaded(folder, tmp_path / "home", embedder)
    assert embedder.embedded == []
    assert (report.embedded, report.problem, report.notes) == (0, None, ())
    with Index.open(tmp_path / "home", embedder) as index:
        assert index.pending() == 0
        nearest = index.search_vectors(embedder.embed_query("实习是教学活动。"), 100)
        assert len(nearest) == index.size
        assert index.doctor() == []


def test_a_changed_clause_is_embedded_anew_and_no_other(folder: Path, tmp_path: Path) -> None:
    write(folder, policy=broken("符合下列条件之一", "符合下列两个条件之一", POLICY))
    embedder = Lengths()
    report = loaded(folder, tmp_path / "home", embedder)
    assert report.embedded == len(embedder.embedded) > 0
    assert all("符合下列两个条件之一" in text for text in embedder.embedded)


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_bad_file_of_vectors_only_costs_time_and_is_told(folder: Path, tmp_path: Path, damage: str) -> None:
    path = folder / shipped.FILE
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:-20] if damage == "cut" else content[:60] + b"?" + content[61:])
    embedder = Lengths()
    report = loaded(folder, tmp_path / "home", embedder)
    assert report.embedded == len(wanted(folder))
    assert not report.failed
    state = "missing" if damage == "missing" else "damaged"
    assert report.notes == (
        f"The vectors shipped with the corpus cannot be used ({path} is {state}); they were made here instead.",
    )


def test_vectors_of_another_model_are_no_vectors(folder: Path, tmp_path: Path) -> None:
    other = Lengths()
    other.model_id = "lengths-2"
    report = loaded(folder, tmp_path / "home", other)
    assert report.embedded == len(wanted(folder))
    assert report.notes == ()


def test_making_them_again_makes_only_what_is_new_and_the_same_bytes(folder: Path) -> None:
    before = (folder / shipped.FILE).read_bytes()
    embedder = Lengths()
    assert ship_vectors(folder, embedder).made == 0
    assert (folder / shipped.FILE).read_bytes() == before
    (folder / TOWN_FILE).unlink()
    shipment = ship_vectors(folder, embedder)
    assert (shipment.made, shipment.texts) == (0, len(wanted(folder)))
    assert shipment.dropped > 0
    assert embedder.embedded == []
    write(folder)
    ship_vectors(folder, embedder)
    assert (folder / shipped.FILE).read_bytes() == before


def test_a_vector_comes_back_as_it_was_but_for_rounding(tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(5, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    given = {bytes([n]) * 16: row for n, row in enumerate(rows)}
    shipped.write(tmp_path / "v.bin", "m", given)
    back = shipped.read(tmp_path / "v.bin", "m")
    assert list(back) == list(given)
    assert min(float(back[key] @ given[key]) for key in given) > 0.9999
    with pytest.raises(CorpusError, match="missing"):
        shipped.read(tmp_path / "none.bin", "m")


@pytest.fixture(scope="module")
def model() -> E5Embeddings:
    found = providers.embedder("e5")
    if not isinstance(found, E5Embeddings):
        pytest.skip("the bundled model does not run in onnxruntime here")
    return found


def test_every_text_of_todays_corpus_has_a_shipped_vector_of_todays_model(model: E5Embeddings) -> None:
    texts = wanted(ROOT / "corpus")
    held = shipped.read(ROOT / "corpus" / shipped.FILE, model.model_id)
    assert held, f"the shipped vectors are of another model than {model.model_id}: {REMEDY}"
    lacking = [text.splitlines()[0] for key, text in texts.items() if key not in held]
    assert not lacking, f"{len(lacking)} texts of the corpus have no shipped vector, such as {lacking[:3]}: {REMEDY}"
    assert held.keys() == texts.keys(), f"there are vectors of texts that are gone: {REMEDY}"


def test_a_sample_embedded_again_gives_the_shipped_vectors(model: E5Embeddings) -> None:
    texts = wanted(ROOT / "corpus")
    held = shipped.read(ROOT / "corpus" / shipped.FILE, model.model_id)
    sample = sorted(texts.keys() & held.keys())[::60]
    assert len(sample) > 20
    again = np.asarray(model.embed_documents([texts[key] for key in sample]))
    worst = min(float(row @ held[key]) for row, key in zip(again, sample, strict=True))
    assert worst >= 0.999, f"a shipped vector has cosine {worst:.4f} with today's: delete the file, then {REMEDY}"


def test_the_wheel_carries_the_vectors() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["corpus"] == "assistant/data/corpus"
    assert (ROOT / "corpus" / shipped.FILE).is_file()


@pytest.fixture
def first_start(tmp_path: Path, model: E5Embeddings) -> Iterator[Index]:
    with Index.open(tmp_path / "home", model) as index:
        pipeline.load_corpus(ROOT / "corpus", index, Settings())
        yield index


def kept(index: Index) -> int:
    """How many bytes of token vectors there are."""
    return sum(path.stat().st_size for path in (index.home / "tokens").glob("*.data"))


def test_right_after_the_first_start_a_question_is_compared_piece_by_piece_and_what_that_made_is_kept(
    first_start: Index,
) -> None:
    question = first_start.encode("接收实习生的企业有什么补贴？")
    nearest = [id_ for id_, _ in first_start.search_vectors(question.vector, 20)]
    chunks = list(first_start.chunks(nearest).values())
    before = kept(first_start)
    profiles = first_start.compare(question, chunks)
    assert profiles is not None
    after = kept(first_start)
    assert after > before
    again = first_start.compare(question, chunks)
    assert again is not None
    assert all(np.array_equal(one, other) for one, other in zip(profiles, again, strict=True))
    assert kept(first_start) == after
    assert not backlog.unembedded(first_start.ledger.database, first_start.model or "")
    shutil.rmtree(first_start.home / "tokens")
    assert first_start.doctor() == []
