"""Files added through the page: where they lie, what they are called, and what becomes of them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from assistant.app.api import Assistant
from assistant.app.uploads import NoSuchUpload, Uploads, is_readable, stored_name
from assistant.errors import AssistantError
from assistant.index import Reach
from assistant.pipeline.report import Change

RULE = "某公司学徒补助办法\n\n第一条　企业接收学徒满九十七天的，可以获得八万元的一次性补助。\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path / "home") as opened:
        yield opened


def take(uploads: Uploads, name: str, content: bytes) -> Change:
    with uploads.arriving() as file:
        file.write(content)
        file.close()
        return uploads.take(Path(file.name), name).status


@pytest.mark.parametrize(
    "name",
    [
        "办法.pdf",
        "../../etc/passwd.md",
        "..\\..\\boot.md",
        "C:\\办法.docx",
        "政策/2024/办法.pdf",
        "<b>x</b>.md",
        ".a.md",
    ],
)
def test_a_stored_name_is_one_part_of_a_path_from_which_the_given_one_is_told(name: str) -> None:
    stored = stored_name(name)
    assert Path(stored).name == stored
    assert not stored.startswith(".")
    assert unquote(stored) == name


def test_a_long_name_is_cut_and_keeps_its_suffix() -> None:
    one, other = stored_name("校" * 300 + "甲.pdf"), stored_name("校" * 300 + "乙.pdf")
    assert one != other
    assert one.endswith(".pdf")
    assert len(one.encode()) <= 200


def test_no_collection_is_added_as_one_document() -> None:
    assert is_readable("办法.PDF")
    assert not is_readable("all.jsonl")
    assert not is_readable("table.xlsx")


def test_what_is_added_lies_in_a_folder_of_its_owner_and_is_read_removed_and_replaced(
    assistant: Assistant, tmp_path: Path
) -> None:
    uploads = assistant.seen_by("alice").uploads
    assert take(uploads, "../办法.md", RULE.encode()) is Change.ADDED
    (upload,) = uploads.all()
    path = Path(upload.entry.origin.path)
    assert path.parent.parent == tmp_path / "home" / "uploads"
    assert (upload.name, upload.reach) == ("../办法.md", Reach.WAITING)
    with pytest.raises(AssistantError, match="is not confirmed yet"):
        uploads.publish(upload.source, for_everybody=True)
    uploads.confirm(upload.source, {"doc_number": "甲司〔2024〕7号"})
    assert uploads.get(upload.source).reach is Reach.OWNER
    assert uploads.get(upload.source).policy.metadata.doc_number == "甲司〔2024〕7号"
    assert take(uploads, "../办法.md", b"\x00\xff\x00binary\x00" * 50) is Change.FAILED  # the one before stays
    assert path.read_text("utf-8") == RULE
    assert uploads.get(upload.source).reach is Reach.OWNER
    assert take(uploads, "../办法.md", RULE.replace("八", "九").encode()) is Change.CHANGED
    assert uploads.get(upload.source).reach is Reach.WAITING  # a new text is to be confirmed anew
    for other in (assistant.seen_by("bob").uploads, assistant.uploads):
        assert other.all() == ()
        with pytest.raises(NoSuchUpload):
            other.remove(upload.source)
        with pytest.raises(NoSuchUpload):
            other.confirm(upload.source, {})
    uploads.remove(upload.source)
    assert not list(path.parent.iterdir())
    assert uploads.all() == ()
    assert assistant.doctor() == []  # nothing of it is left in the indexes


def test_what_could_not_be_read_leaves_nothing_behind(assistant: Assistant, tmp_path: Path) -> None:
    uploads = assistant.seen_by("alice").uploads
    assert take(uploads, "a.pdf", b"%PDF-1.7 cut") is Change.FAILED
    assert [path for path in (tmp_path / "home" / "uploads").rglob("*") if path.is_file()] == []
    assert "a.pdf" not in repr(assistant.seen_by("alice").insight())
