"""What cannot be read or asked: one clear line each, the exit status tells, and nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pypdf
import pytest

SCAN = '<img style="width:300px;height:400px" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==">'


@pytest.fixture(scope="session")
def letter(print_pdf, tmp_path_factory):
    html = '<html lang="zh"><meta charset="utf-8"><p>第一条 学校与企业合作。</p>'
    return print_pdf(html, tmp_path_factory.mktemp("letter") / "letter.pdf").read_bytes()


def locked(letter):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letter))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def written(writer):
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def bomb():
    data = io.BytesIO()
    docx.Document().save(data)
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/picture.bmp", bytes(60_000_000))
    return data.getvalue()


def test_every_bad_file_fails_alone_with_its_reason(fresh, tmp_path, letter, print_pdf):
    folder = tmp_path / "bad"
    folder.mkdir()
    files = {
        "empty.md": (b"", "the file is empty"),
        "empty.pdf": (b"", "the file is empty"),
        "locked.pdf": (locked(letter), "the PDF is locked with a password. Open it with the password"),
        "cut.pdf": (letter[: len(letter) // 2], "the PDF is damaged or cut off and cannot be opened"),
        "none.pdf": (written(pypdf.PdfWriter()), "the PDF has no pages"),
        "bomb.docx": (bomb(), "which is more than a document needs"),
        "letter.docx": (b"just text", "is no Word document, or a damaged one"),
        "garbled.txt": (bytes(range(0x80, 0x100)) * 20, "neither UTF-8, UTF-16 nor GB18030"),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    print_pdf(f"<html>{SCAN}", folder / "scan.pdf")
    with (folder / "huge.pdf").open("wb") as stream:
        stream.truncate(200_000_000)  # a hole: takes no space on the disk
    (folder / "good.txt").write_bytes("第一条　学校应当与企业合作，共同培养学生。".encode("gb18030"))
    reasons = {name: reason for name, (_, reason) in files.items()}
    reasons["scan.pdf"] = "nothing is written on page 1. Check that it is the right file"
    reasons["huge.pdf"] = "has 200,000,000 bytes and the limit is 50,000,000"

    done = fresh("ingest", "--json", folder)
    assert (done.status, done.err) == (1, "")
    assert fresh("doctor").out == "Nothing is wrong.\n"
    outcomes = {outcome["source"]: outcome for outcome in done.json["outcomes"]}
    assert {name: outcome["status"] for name, outcome in outcomes.items()} == {
        **dict.fromkeys(reasons, "failed"),
        "good.txt": "added",
    }
    for name, reason in reasons.items():
        assert reason in outcomes[name]["reason"]
        assert "\n" not in outcomes[name]["reason"]
    assert "read as GB18030" in outcomes["good.txt"]["reason"]
    assert "共同培养学生" in fresh("search", "培养学生", "--json").json["hits"][0]["text"]

    for line in fresh("ingest", folder).out.splitlines()[:-1]:  # for people: a line for each file, and the summary
        assert line.split()[0] in {"failed", "unchanged"}


def test_a_folder_without_readable_files_and_a_path_that_is_not_there_fail(fresh, tmp_path):
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "a.mp4").write_bytes(b"x")
    done = fresh("ingest", "--json", tmp_path / "films", tmp_path / "nowhere")
    assert done.status == 1
    folder, path = done.json["outcomes"]
    assert (folder["status"], folder["reason"][:32]) == ("failed", "no readable file in this folder;")
    assert (path["status"], path["reason"]) == ("failed", "there is no such file or folder")


def test_the_same_content_under_two_names_is_kept_and_told(fresh, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("第一条　学校应当与企业合作。", "utf-8")
    done = fresh("ingest", "--json", tmp_path / "a.txt", tmp_path / "b.txt")
    assert done.status == 0
    assert [(o["source"], o["status"], o["reason"]) for o in done.json["outcomes"]] == [
        ("a.txt", "added", ""),
        ("b.txt", "added", "same content as a.txt"),
    ]


def test_a_collection_line_that_is_no_json_fails_alone(fresh, tmp_path):
    lines = ['{"id": "1", "text": "第一条　甲企业。"}', "not json", '{"id": "3", "text": "第一条　丙企业。"}']
    (tmp_path / "laws.jsonl").write_text("\n".join(lines), "utf-8")
    done = fresh("ingest", "--json", tmp_path / "laws.jsonl")
    assert done.status == 1
    outcomes = {outcome["source"]: outcome for outcome in done.json["outcomes"]}
    assert outcomes["laws.jsonl line 2"]["status"] == "failed"
    assert "JSON" in outcomes["laws.jsonl line 2"]["reason"]
    assert outcomes["laws.jsonl"]["status"] == "added"
    assert [policy["source"] for policy in fresh("list", "--json").json] == ["1", "3"]


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "The question is empty. Write what you want to know, in Chinese or English."),
        (" 　\n", "The question is empty. Write what you want to know, in Chinese or English."),
        (
            "政" * 50_000,
            "The question has 50,000 characters; at most 4,000 can be understood. "
            "Ask for one thing at a time, or ingest the text as a document and ask about it.",
        ),
    ],
    ids=["empty", "blank", "50,000 characters"],
)
def test_a_question_of_no_length_or_too_much_is_refused(small, command, question, message):
    done = small(command, question)
    assert (done.status, done.out, done.complaint) == (1, "", message)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["show", "nothing"], 1, "There is no document 'nothing' here. `assistant list` shows what there is."),
        (["corpus", "show", "nothing"], 1, "The starter corpus has no policy 'nothing'. `assistant corpus list` shows"),
        (["ask", "实习", "--as-of", "2020-13-01"], 1, "'2020-13-01' is not a day; write it as YYYY-MM-DD"),
        (["ask", "实习", "--jurisdiction", "Mars"], 1, "'Mars' is not a known place; give its GB/T 2260 code"),
        (["ask", "--batch", "nowhere.jsonl"], 1, "nowhere.jsonl is not a file. Give a JSONL file with one question"),
        (["serve", "--host", "0.0.0.0"], 1, "0.0.0.0 can be reached from other machines, and this page has no login."),
        (["ask"], 2, "give either a text or --batch FILE. `assistant ask --help` shows how it is used."),
        (["ask", "实习", "--out", "a.jsonl"], 2, "--out goes with --batch FILE."),
        (["search", "-k", "0", "实习"], 2, "greater than or equal to 1. `assistant search --help` shows"),
        (["serve", "--port", "99999"], 2, "less than or equal to 65535."),
        (["ingest"], 2, "Missing argument 'paths'. `assistant ingest --help` shows how it is used."),
        (["answer", "实习"], 2, "No such command 'answer'. Did you mean 'show-answer'? `assistant --help` shows how"),
        (["list", "--colour"], 2, "No such option: --colour. `assistant list --help` shows how it is used."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_that_cannot_be_carried_out_says_why_in_one_line(small, arguments, status, message):
    done = small(*arguments)
    assert (done.status, done.out) == (status, "")
    assert message in done.complaint


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_installation_whose_documents_were_all_removed_says_how_to_fill_it(fresh, tmp_path, command):
    (tmp_path / "rules.txt").write_text("第一条　学校、企业和学生应当签订实习协议。", encoding="utf-8")
    fresh("ingest", tmp_path / "rules.txt")
    fresh("remove", "rules.txt")
    done = fresh(command, "--json", "学生实习要签协议吗？")
    assert done.status == 0
    assert done.json.get("citations", done.json.get("hits")) == []
    assert done.complaint == (
        "This installation holds nothing any more. "
        "`assistant init` loads the starter corpus, `assistant ingest` your own documents."
    )


def test_a_home_that_is_a_file_is_refused(small, tmp_path):
    (tmp_path / "file").write_text("x")
    assert (
        "cannot be created (File exists). Choose another folder."
        in small("list", "--home", tmp_path / "file").complaint
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (b"rerank = ", "is not valid TOML"),
        (b"[colours]\nred = 1\n", "colours: Extra inputs are not permitted. Correct or remove this key."),
        (b"\xff\xfe[", "is not UTF-8. Save it as UTF-8 or remove it."),
        (b'[embedding]\nmodel = "giant"\n', 'There is no embedding model "giant".'),
    ],
)
def test_a_bad_setting_is_named(fresh, settings, message):
    fresh.home.mkdir()
    (fresh.home / "settings.toml").write_bytes(settings)
    done = fresh("ingest", fresh.home)
    assert done.status == 1
    assert message in done.complaint


def test_a_fault_of_our_own_is_one_line_with_its_place_too(small, monkeypatch):
    monkeypatch.setattr("assistant.app.api.Assistant.policies", lambda _: json.loads("{"))
    done = small("list")
    assert done.status == 1
    assert done.complaint.startswith("This should not have happened: JSONDecodeError: Expecting property name")
    assert done.complaint.endswith("Please report it.")
