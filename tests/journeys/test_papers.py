"""`liaison print`: from records to a paper in a file, whole or not at all, in the same words as everything else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.papers import PaperName
from app.storage.writer_lock import writer_lock
from tests.journeys.programs import Line, is_a_sentence, listing, written_json
from tests.pdf_text import bare, text_of


@pytest.fixture
def reception(line: Line, tmp_path: Path) -> str:
    """A reception of one resident who left a telephone number."""
    entry = written_json(
        tmp_path / "reception.json",
        visit_kind="reception",
        on="2026-03-05",
        place="某某街道联络站",
        deputies=["代表甲"],
        encounters=[
            {"name": "群众甲", "contact": {"phone": "13812345678"}, "issues": [{"subject": "积水", "words": "雨天积水半米。"}]}
        ],
    )
    made: str = line.station("record", "visit", entry)["id"]
    return made


def test_the_papers_are_listed_without_opening_anything(line: Line, tmp_path: Path) -> None:
    papers = line.station("print", "--list")["papers"]
    assert papers == [{"name": each.value, "title": each.label, "of": each.asked_by.value} for each in PaperName]
    assert {"name": "reception-form", "title": "接待登记表", "of": "record"} in papers
    told = line.station.say("--home", str(tmp_path / "nowhere"), "print", "--list", as_json=False)
    assert told.code == 0
    assert all(each.value in told.out and each.label in told.out for each in PaperName)


def test_each_paper_is_printed_into_a_file(line: Line, reception: str, tmp_path: Path, program: Callable[[str], str]) -> None:
    text, pdftotext = tmp_path / "text.txt", program("pdftotext")
    text.write_text("一、情况\n雨天积水。\n", "utf-8")
    suggestion = line.station("draft", "--title", "关于治理积水的建议", "--lead", "代表甲", "--text", text)["id"]
    asked = {
        "reception-form": (reception,),
        "visit-log": ("--from", "2026-03-01", "--to", "2026-03-31"),
        "issue-ledger": (),
        "visitor-slip": (reception,),
        "duty-rota": (),
        "call-back-list": ("--week", "2026-W47"),
        "blank-reception-form": ("--copies", "2"),
        "blank-outreach-form": ("--copies", "2"),
        "suggestion": (suggestion,),
        "deputy-cards": (),
        "cosignature-page": (suggestion,),
        "cosigning-call": (suggestion,),
        "evaluation-form": (),
        "suggestion-ledger": ("--year", "2026"),
    }
    told = {}
    for name, of in asked.items():
        file = tmp_path / "papers" / f"{name}.pdf"
        said = line.station("print", name, *of, "--output", file)
        content = file.read_bytes()
        told[name] = bare(text_of(pdftotext, content))
        assert (said["paper"], said["file"], said["bytes"], said["noted"]) == (name, str(file), len(content), True)
    assert "雨天积水半米。" in told["reception-form"]
    assert "138****5678" in told["reception-form"]
    assert "某某街道联络站" in told["visit-log"]
    assert told["issue-ledger"].count("已登记") == 6
    assert "关于治理积水的建议" in told["suggestion"]
    assert "来2026-00001" in told["visitor-slip"]
    assert "来2026-00002" in told["blank-reception-form"]
    assert "代表甲" in told["deputy-cards"]
    assert "关于治理积水的建议" in told["cosignature-page"]
    assert "关于治理积水的建议" in told["cosigning-call"]
    assert "办理态度☐满意☐基本满意☐不满意" in told["evaluation-form"]
    assert "2026年1月1日至2026年12月31日" in told["suggestion-ledger"]
    assert "群众甲" not in told["visitor-slip"]
    assert sorted(each.name for each in (tmp_path / "papers").iterdir()) == sorted(f"{name}.pdf" for name in asked)
    assert line.station("check", "--read-data")["sound"]


def test_a_ledger_of_suggestions_is_saved_as_a_table_too(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "建议台账.xlsx"
    said = line.station("print", "suggestion-ledger", "--output", file)
    assert (said["paper"], said["records"], said["noted"]) == ("suggestion-ledger", 0, True)
    assert file.read_bytes().startswith(b"PK")
    for wrong, code in (
        (("suggestion-ledger", "ID"), "paper_takes_no_id"),
        (("suggestion-ledger", "--year", "2026", "--from", "2026-01-01"), "year_or_days"),
        (("call-back-list", "--week", "2026-W47", "--year", "2026"), "week_or_days"),
        (("call-back-list", "--week", "2026-W54"), "week_malformed"),
        (("visit-log", "--month", "2026-11", "--to", "2026-11-02"), "month_or_days"),
        (("visit-log", "--month", "2026-11-02"), "month_malformed"),
        (("commitment-ledger", "--year", "0"), "year_malformed"),
    ):
        refused = line.station.say("print", *wrong, "--output", file.with_suffix(".pdf"))
        assert (refused.code, code in refused.out + refused.err) == (1, True)


def test_planned_reception_days_become_a_notice_and_a_calendar(line: Line, tmp_path: Path) -> None:
    entry = written_json(tmp_path / "plan.json", visit_kind="reception", on="2099-03-02", starts="09:00", deputies=["代表甲"])
    planned = line.station("record", "visit", entry)["id"]

    assert line.station("calendar", "--output", tmp_path / "days.ics")["days"] == 1
    assert f"UID:{planned}@liaison".encode() in (tmp_path / "days.ics").read_bytes().replace(b"\r\n ", b"")
    notice = line.station("print", "reception-notice", "--from", "2099-03-01", "--output", tmp_path / "notice.pdf")
    assert notice["records"] == 1
    assert line.station("show", planned)["fields"]["announced_on"]
    refused = line.station.say("calendar", "--from", "2099-04-01", "--output", tmp_path / "none.ics")
    assert refused.code == 1
    assert not (tmp_path / "none.ics").exists()


def test_a_print_and_a_contact_shown_stand_in_the_history(line: Line, reception: str, tmp_path: Path) -> None:
    line.station("print", "reception-form", reception, "--privacy", "full", "--output", tmp_path / "a.pdf")

    assert [each["event"] for each in line.station("history", reception)["changes"]] == ["saved", "print"]
    said = line.station.say("history", reception, as_json=False)
    assert "打印" in said.out


def test_beside_another_writer_a_paper_is_printed_without_a_note(line: Line, reception: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    with writer_lock(line.station.home / "station"):
        said = line.station.say("print", "reception-form", reception, "--output", file)
        assert (said.code, said.document["noted"]) == (0, False)
        assert is_a_sentence(said.err)
        line.station.refused(
            "second_writer", "print", "reception-form", reception, "--privacy", "full", "--output", tmp_path / "b.pdf"
        )
    assert file.read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "b.pdf").exists()
    assert [each["event"] for each in line.station("history", reception)["changes"]] == ["saved"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("paper_missing", ()),
        ("output_missing", ("visit-log",)),
        ("paper_needs_id", ("reception-form", "--output", "x.pdf")),
        ("paper_takes_no_id", ("visit-log", "0", "--output", "x.pdf")),
        ("paper_not_in_format", ("visit-log", "--output", "x.docx")),
        ("paper_not_in_format", ("reception-form", "0", "--output", "x.xlsx")),
        ("paper_not_in_format", ("visit-log", "--output", "x.exe")),
        ("paper_takes_no_period", ("suggestion", "0", "--to", "2026-01-01", "--output", "x.pdf")),
        ("record_missing", ("suggestion", "0", "--output", "x.pdf")),
        ("day_malformed", ("visit-log", "--from", "2026-02-30", "--output", "x.pdf")),
        ("period_reversed", ("visit-log", "--from", "2026-02-02", "--to", "2026-02-01", "--output", "x.pdf")),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words_and_nothing_written(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: tuple[str, ...]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    line.station.refused(code, "print", *told)
    assert listing(tmp_path / "here") == {}


def test_a_folder_in_the_place_of_the_file_leaves_no_note(line: Line, reception: str, tmp_path: Path) -> None:
    (tmp_path / "taken.pdf").mkdir()

    line.station.refused("folder_unusable", "print", "reception-form", reception, "--output", tmp_path / "taken.pdf", exit=3)

    assert [each["event"] for each in line.station("history", reception)["changes"]] == ["saved"]
    assert listing(tmp_path / "taken.pdf") == {}
