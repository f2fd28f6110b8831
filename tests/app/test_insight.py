"""What an installation tells whoever keeps it, counted by hand over records and policies made by hand."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.app.cli import app
from assistant.app.insight import Health, insight
from assistant.app.insight.files import as_csv, write_csv
from assistant.app.insight.holdings import holdings
from assistant.app.insight.output import insight_json
from assistant.app.insight.questions import FEW, WEEKS, questions
from assistant.app.insight.sheets import Sheet, sheets
from assistant.app.insight.words import EN, ZH
from assistant.errors import AssistantError
from assistant.index import Failure, Finding, Run
from assistant.models import Kind, Level, Metadata, Policy, Provision, Refusal, Relation, Tier, Wording
from assistant.pipeline.report import Change, Outcome, Report, counts_of
from assistant.records import Complaint

TODAY = dt.date(2026, 11, 25)  # a Wednesday
MONDAY = dt.date(2026, 11, 23)
NO_HEALTH = Health((), (), 0, ())


def record(status="answered", day=TODAY, topics=("抵免",), **more):
    """One record as it is kept by default, made at noon."""
    made = dt.datetime.combine(day, dt.time(12)).astimezone().isoformat()
    return {
        "id": "0",
        "made": made,
        "status": status,
        "refusal": None,
        "jurisdiction": None,
        "topics": list(topics),
        "kinds": [],
        "audience": None,
        "citations": [],
        **more,
    }


def low(reason, cited=(), good=False, topics=("抵免",)):
    citations = [{"n": n, "address": address} for n, address in enumerate(cited, start=1)]
    return record(topics=topics, rating={"good": good, "reason": reason}, citations=citations)


def policy(id_, *provisions, wording=Wording.DIGEST, status=None, relations=(), note=None, **metadata):
    return Policy(
        id=id_,
        source=f"{id_}.jsonl",
        wording=wording,
        metadata=Metadata(**{"title": f"《{id_}》", "effective": dt.date(2020, 1, 1), **metadata}),
        provisions=tuple(provisions),
        status=status,
        validity_note=note,
        relations=relations,
    )


def clause(address, *kinds, basis="seen:x", expires=None):
    return Provision(address, Level.ARTICLE, f"条 {address}", "文字", kinds=kinds, basis=basis, expires=expires)


# -- questions


def test_topics_are_counted_and_small_groups_are_not_told_apart():
    kept = [
        *[record("not_found", topics=["抵免", "结转"], refusal="not_found") for _ in range(3)],
        record("partial", topics=["抵免"]),
        record(topics=["结转"]),
        record("answered", topics=["学费"]),
        record("not_found", topics=["工伤保险"], refusal="place_not_held"),
        record("not_found", topics=["工伤保险"], refusal="place_not_held"),
        record("out_of_scope", topics=[], refusal="out_of_scope"),
    ]
    found = questions(kept, (), TODAY)
    assert (found.asked, found.unanswered, found.out_of_scope) == (9, 6, 1)  # 3 + 1 + 2 without an answer
    told = {group.name: (group.asked, group.unanswered, group.reasons) for group in found.topics}
    assert told == {
        "抵免": (4, 4, ("not_found", "partial")),  # 3 of one kind before 1 of the other
        "结转": (4, 3, ("not_found",)),
        "学费": (None, 0, ()),
        "工伤保险": (None, None, ("place_not_held",)),
        None: (None, 0, ()),
    }
    # Those below FEW stand in the order of their names: the order tells nothing of how many there were.
    assert [group.name for group in found.topics] == ["抵免", "结转", "学费", "工伤保险", None]


def test_a_topic_is_counted_once_for_a_question():
    assert questions([record(topics=["抵免", "抵免"])] * FEW, (), TODAY).topics[0].asked == FEW


def test_weeks_run_from_the_first_record_to_today_without_gaps():
    kept = [
        record(day=dt.date(2026, 11, 8)),  # a Sunday, in the week from the 2nd
        record("not_found", day=dt.date(2026, 11, 23)),
        record(day=TODAY),
    ]
    found = questions(kept, (), TODAY)
    assert found.since == dt.date(2026, 11, 8)
    weeks = [(week.monday.day, week.asked, week.unanswered) for week in found.weeks]
    assert weeks == [(2, 1, 0), (9, 0, 0), (16, 0, 0), (23, 2, 1)]


def test_the_trend_of_a_topic_is_told_from_three_questions_on():
    days = (dt.date(2026, 11, 16), MONDAY, TODAY)
    found = questions([record("not_found", day=day) for day in days], (), TODAY)
    assert found.topics[0].weeks == (1, 2)
    assert questions([record("not_found", day=day) for day in days[:2]], (), TODAY).topics[0].weeks == ()


def test_only_the_last_weeks_are_drawn():
    found = questions([record(day=TODAY - dt.timedelta(days=365))], (), TODAY)
    assert len(found.weeks) == WEEKS
    assert found.weeks[-1].monday == MONDAY
    assert found.asked == 1


def test_places_are_told_by_province():
    codes = ("330200", "330206", "330000", "CN", None)  # Ningbo, a district of it, its province
    found = questions([record(jurisdiction=code) for code in codes], (), TODAY)
    assert {group.name: group.asked for group in found.places} == {"330000": 3, "CN": None, None: None}


def test_kinds_and_askers_are_counted():
    kept = [record(kinds=["material", "deadline"], audience="enterprise")] * 3 + [record()]
    found = questions(kept, (), TODAY)
    assert {g.name: g.asked for g in found.kinds} == {"material": 3, "deadline": 3, None: None}
    assert {g.name: g.asked for g in found.audiences} == {"enterprise": 3, None: None}


def test_low_ratings_tell_why_and_which_clauses_they_rest_on():
    held = policy("甲办法", clause("a/art_1"), clause("a/art_2"))
    kept = [
        low("outdated", ["a/art_1"]),
        low("incomplete", ["a/art_1", "a/art_2"]),
        low("incomplete", ["a/art_2", "gone/art_9"]),
        low("incomplete", ["a/art_2"]),
        low(None, good=True),
        low("我叫王芳，这条错了", topics=["学费"]),  # kept where words are kept, and still shown to nobody
    ]
    found = questions(kept, [held], TODAY)
    assert (found.rated, found.low) == (6, 5)
    many, few = found.low_rated
    assert (many.topic, many.low, many.rated) == ("抵免", 4, 5)
    assert many.reasons == ("incomplete", "outdated")
    assert [c.address for c in many.clauses] == ["a/art_2", "a/art_1"]  # cited 3 times, 2 times; one is not held
    assert (few.topic, few.low, few.rated, few.reasons) == ("学费", None, None, ("other",))


def test_old_records_count_where_they_can():
    old = {"id": "0", "made": "2026-11-24T12:00:00+00:00", "status": "not_found"}
    found = questions([old] * 3, (), TODAY)
    assert (found.asked, found.unanswered, found.topics) == (3, 3, ())
    assert [(group.name, group.unanswered, group.reasons) for group in found.places] == [(None, 3, ("not_found",))]


def test_nothing_asked_yet_is_no_fault():
    found = questions((), (), TODAY)
    assert (found.since, found.asked, found.weeks, found.topics, found.low_rated) == (None, 0, (), (), ())


# -- holdings


def test_coverage_counts_cities_with_their_province_and_leaves_papers_out():
    held = holdings(
        [
            policy("国家", clause("n/1", Kind.BENEFIT, Kind.CONDITION), clause("n/2", Kind.BENEFIT)),
            policy("宁波", clause("b/1", Kind.DEADLINE), jurisdiction="330200", tier=Tier.NORMATIVE),
            policy("论文", clause("p/1", Kind.FINDING), tier=Tier.PAPER),
        ],
        TODAY,
    )
    assert (held.policies, held.clauses) == (2, 3)
    places = {place.code: place for place in held.places}
    assert len(places) == 1 + 31  # the nation and the provinces, empty ones too
    assert (places["CN"].clauses, places["CN"].kinds[Kind.BENEFIT], places["CN"].kinds[Kind.CONDITION]) == (2, 2, 1)
    assert (places["330000"].policies, places["330000"].kinds[Kind.DEADLINE]) == (1, 1)
    assert (places["360000"].policies, places["360000"].clauses) == (0, 0)


def test_what_soon_ends_is_told_for_policies_and_single_clauses():
    held = holdings(
        [
            policy("今天止", expires=TODAY),
            policy("半年", expires=TODAY + dt.timedelta(days=180)),
            policy("更晚", expires=TODAY + dt.timedelta(days=181)),
            policy("昨天止", expires=TODAY - dt.timedelta(days=1)),
            policy("一条", clause("c/1", expires=dt.date(2026, 12, 31)), clause("c/2")),
        ],
        TODAY,
    )
    told = [(one.policy.id, one.locator, one.days) for one in held.expiring]
    assert told == [("今天止", None, 0), ("一条", "条 c/1", 36), ("半年", None, 180)]  # 6 days of November, 30 or 31 on


def test_what_nobody_knows_to_be_in_force_is_told_with_its_note():
    held = holdings([policy("不明", status="unknown", note="现行状态未核"), policy("有效")], TODAY)
    assert [(one.policy.id, one.note) for one in held.unknown] == [("不明", "现行状态未核")]


def test_digests_from_memory_are_told_and_originals_are_not():
    held = holdings(
        [
            policy("少", clause("a/1", basis="memory"), clause("a/2")),
            policy("多", clause("b/1", basis="memory"), clause("b/2", basis="memory")),
            policy("原文", clause("c/1", basis=None), wording=Wording.ORIGINAL),
        ],
        TODAY,
    )
    assert [(one.policy.id, one.clauses, one.of) for one in held.from_memory] == [("多", 2, 2), ("少", 1, 2)]


def test_what_was_replaced_and_is_still_held_names_its_successor():
    held = holdings(
        [
            policy("旧", effective=dt.date(2010, 1, 1)),
            policy("新", effective=dt.date(2022, 5, 1), relations=(Relation("repeals", "旧"),)),
            policy("将来", effective=dt.date(2027, 1, 1)),
        ],
        TODAY,
    )
    (ended,) = held.ended
    assert (ended.policy.id, ended.last_day, ended.by) == ("旧", dt.date(2022, 4, 30), ("《新》",))


def test_a_digest_and_its_official_text_count_once():
    held = holdings(
        [
            policy("摘要", clause("d/1", Kind.BENEFIT, basis="memory"), expires=TODAY),
            policy(
                "原文",
                clause("o/1", basis=None),
                clause("o/2", basis=None),
                wording=Wording.ORIGINAL,
                expires=TODAY,
                relations=(Relation("original_of", "摘要"),),
            ),
        ],
        TODAY,
    )
    assert (held.policies, held.clauses, held.places[0].kinds[Kind.BENEFIT]) == (1, 1, 1)
    assert [one.policy.id for one in held.expiring] == ["原文"]
    assert held.from_memory == ()  # what was written from memory is quoted no more


# -- sheets and files


def test_the_sheets_speak_both_languages_and_have_a_word_for_everything():
    assert ZH.titles.keys() == EN.titles.keys() == ZH.notes.keys() == EN.notes.keys()
    for w in (ZH, EN):
        assert w.kinds.keys() == set(Kind)
        assert w.complaints.keys() == {complaint.value for complaint in Complaint}
        assert w.reasons.keys() == {"partial", *(refusal.value for refusal in Refusal)}
        assert w.columns.keys() == ZH.columns.keys()


def test_a_few_are_told_as_a_few_in_every_sheet():
    found = insight([record("not_found", refusal="not_found")], (), NO_HEALTH, TODAY, 30)
    chinese = {sheet.key: sheet for sheet in sheets(found, "zh")}
    english = {sheet.key: sheet for sheet in sheets(found, "en")}
    assert chinese["unanswered"].rows == (("抵免", "少于3", "少于3", "没有找到依据"),)
    assert english["unanswered"].rows == (("offset", "<3", "<3", "no basis found"),)
    assert chinese["weeks"].rows == (("2026-11-23", 1, 1),)  # tells nothing of what was wanted
    assert chinese["trend"].rows == ()


def test_ingest_runs_failures_and_findings_are_told():
    health = Health(
        runs=(
            Run("2026-11-25T09:00:00+08:00", None, None),
            Run("2026-11-24T09:00:00+08:00", "2026-11-24T09:00:05+08:00", "2 added, 1 failed; 30 clauses stored"),
        ),
        failures=(Failure("坏.pdf", "it is encrypted"),),
        waiting=4,
        findings=(Finding("vectors", "4 texts have no vector yet"), Finding("words", "3 chunks are missing")),
    )
    assert not health.is_well
    told = {sheet.key: sheet.rows for sheet in sheets(insight((), (), health, TODAY, 30), "zh")}
    assert told["runs"] == (
        ("2026-11-25 09:00", "未结束", 0, 0, 0, 0, 0),
        ("2026-11-24 09:00", "2026-11-24 09:00", 2, 0, 0, 0, 1),
    )
    assert told["failures"] == (("坏.pdf", "文件有密码保护。请用密码打开后，另存一份没有密码的。"),)
    assert told["findings"] == (("4 段文字还没有向量，暂时只能按词语查到",), ("词语索引需要修复",))


def test_a_summary_gives_back_the_counts_it_was_made_of():
    outcomes = [Outcome("a", Change.ADDED), Outcome("b", Change.ADDED), Outcome("c", Change.UNCHANGED)]
    assert counts_of(Report(tuple(outcomes), 1.5, stored=7).summary) == {Change.ADDED: 2, Change.UNCHANGED: 1}
    assert counts_of(Report((), 0.1).summary) == {}


def test_a_csv_file_is_run_by_no_spreadsheet_and_read_by_excel():
    hostile = "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", '"a",b'
    sheet = Sheet("failures", "", "", ("文件",), tuple((cell,) for cell in hostile))
    written = as_csv(sheet)
    assert written.startswith(codecs.BOM_UTF8)
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["文件", "'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(1)", '"a",b']


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AssistantError, match=r"cannot be written to .* Choose another folder with --csv"):
        write_csv((), tmp_path / "file" / "folder")


def test_json_is_plain_and_tells_a_few_as_null():
    found = insight_json(insight([record("not_found")], [policy("甲", clause("a/1"))], NO_HEALTH, TODAY, 30))
    assert json.loads(json.dumps(found)) == found
    assert found["day"] == "2026-11-25"
    assert found["questions"]["topics"][0]["asked"] is None
    assert found["holdings"]["places"][0]["kinds"]["benefit"] == 0


# -- from the command line


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with one document and one file that could not be read, of which three things were asked."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "办法.md").write_text(
        "# 江海市实习补贴办法\n\n第一条　企业接收实习生的，给予实习补贴。\n", encoding="utf-8"
    )
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest(folder)
        for _ in range(3):
            answer = assistant.ask("比特币怎么交税？")
            assistant.rate(answer.record, False, "should_answer")
    return tmp_path / "home"


def test_the_command_prints_every_table_and_writes_them_as_files(home: Path, tmp_path: Path):
    runner = CliRunner()
    printed = runner.invoke(app, ["insight", "--home", str(home)])
    assert printed.exit_code == 0
    assert "# 未能回答的主题\n主题\t未答\t提问\t原因\n比特币\t3\t3\t" in printed.stdout
    assert "坏.pdf" in printed.stdout
    written = runner.invoke(app, ["insight", "--home", str(home), "--csv", str(tmp_path / "out"), "--language", "en"])
    assert "16 CSV files written to" in written.stderr
    lines = (tmp_path / "out" / "runs.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Began,Ended,Added,Changed,Unchanged,Removed,Failed"
    assert lines[1].endswith(",1,0,0,0,1")  # one document, one broken file


def test_the_command_prints_json_and_refuses_other_languages(home: Path):
    runner = CliRunner()
    told = json.loads(runner.invoke(app, ["insight", "--home", str(home), "--json"]).stdout)
    assert told["questions"]["low_rated"][0]["reasons"] == ["should_answer"]
    assert [failure["source"] for failure in told["health"]["failures"]] == ["坏.pdf"]
    refused = runner.invoke(app, ["insight", "--home", str(home), "--language", "fr"])
    assert refused.exit_code != 0
    assert "'fr' is not zh or en" in refused.stderr


def test_what_was_thought_of_an_answer_stands_with_how_it_came_to_be(home: Path):
    with Assistant.open(home) as assistant:
        record = assistant._records.all()[0]["id"]
    shown = CliRunner().invoke(app, ["show-answer", record, "--home", str(home)]).stdout.splitlines()
    assert "topics: 比特币" in shown
    assert "rating: of no use (should_answer)" in shown
