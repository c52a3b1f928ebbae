"""Codes by the command line: cards printed, scans taken in and taken back, pictures of forms filed where their codes lead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.pictures.codes import codes_in
from tests.app.pictures.coded import coded, page_of, written
from tests.app.pictures.drawn import photograph
from tests.builders import written_csv
from tests.conftest import QT_MISSING
from tests.journeys.programs import Line, is_a_sentence, listing, written_json


def test_the_cards_that_are_printed_are_read_again(line: Line, tmp_path: Path, program: Callable[[str], str]) -> None:
    file = tmp_path / "cards.pdf"
    printed = line.station("print", "deputy-cards", "--output", file)
    page = page_of(file.read_bytes(), tmp_path, program("pdftoppm"), dots=100)
    assert len(codes_in(written(page, "PNG"))) == printed["records"]
    line.station.refused("paper_takes_nothing", "print", "deputy-cards", "x", "--output", file)


def test_a_list_of_scans_is_rehearsed_taken_in_and_taken_back(line: Line, tmp_path: Path) -> None:
    rows = [("代表甲", "2026-11-20 08:55"), ("代表甲", "2026-11-20 08:55"), ("", "2026-11-20 09:00")]
    sheet = written_csv(tmp_path / "扫码.csv", ("代表姓名", "扫码时间"), rows)
    told = line.station("import", sheet, "--as", "scans", "--dry-run")
    assert (told["read"], told["imported"], told["repeated"], told["refused"]) == (3, 1, 1, 1)
    before = line.station("count")
    taken = line.station("import", sheet, "--as", "scans")
    assert line.station("count")["attendance"] == before.get("attendance", 0) + 1
    line.station("undo", taken["import_id"])
    assert line.station("count") == before


def test_pictures_of_signed_forms_are_filed_by_their_codes(line: Line, tmp_path: Path, program: Callable[[str], str]) -> None:
    entry = written_json(
        tmp_path / "reception.json",
        visit_kind="reception",
        on=date(2026, 3, 5).isoformat(),
        encounters=[{"name": "群众甲", "issues": [{"subject": "积水", "words": "雨天积水半米。"}]}],
    )
    visit = line.station("record", "visit", entry)["id"]
    line.station("print", "reception-form", visit, "--output", tmp_path / "form.pdf")
    scan, empty = tmp_path / "扫描.jpg", tmp_path / "空.jpg"
    scan.write_bytes(written(page_of((tmp_path / "form.pdf").read_bytes(), tmp_path, program("pdftoppm")).rotate(3)))
    empty.write_bytes(photograph())
    before = listing(tmp_path)

    said = line.station.say("match-forms", scan, empty, "--dry-run")
    assert (said.code, said.document["added"]) == (1, 0)
    found, nothing = said.document["forms"]
    assert (found["records"][0]["kind"], found["records"][0]["held"], nothing["code"]) == ("encounter", False, "no_code")
    assert is_a_sentence(nothing["message"])

    done = line.station("match-forms", scan, "--signed", "visitor", "--signed", "recorder")
    assert done["added"] == 1
    person = found["records"][0]["id"]
    assert [each["name"] for each in line.station("show", person)["attachments"]] == ["扫描.jpg"]
    assert (line.station("show", person)["fields"]["signed"], line.station("show", visit)["fields"]["recorder_signed"]) == (
        True,
        True,
    )
    assert listing(tmp_path).items() >= {each: of for each, of in before.items() if each.startswith(("扫描", "空"))}.items()
    again = line.station("match-forms", scan)
    assert (again["added"], again["forms"][0]["records"][0]["held"]) == (0, True)
    assert "群*" in line.station.say("match-forms", scan, as_json=False).out


def test_a_code_of_nobody_is_told_with_what_it_says(line: Line, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(coded("来2020-00009"))
    said = line.station.say("match-forms", tmp_path / "x.png")
    assert said.code == 1
    assert "来2020-00009" in said.document["forms"][0]["message"]


@pytest.mark.skipif(QT_MISSING != "", reason=f"Qt cannot be loaded here: {QT_MISSING}")
def test_each_page_of_a_scanned_pdf_finds_its_record(line: Line, tmp_path: Path) -> None:
    entry = {
        "visit_kind": "reception",
        "on": "2026-11-20",
        "encounters": [{"name": name, "issues": [{"words": "东街路灯不亮"}]} for name in ("群众甲", "群众乙")],
    }
    visit = line.station("record", "visit", written_json(tmp_path / "visit.json", **entry))["id"]
    scan, broken = tmp_path / "扫描.PDF", tmp_path / "坏.pdf"
    line.station("print", "reception-form", visit, "--output", scan)
    broken.write_bytes(b"%PDF-1.4 nothing")

    without = line.station.process("match-forms", scan)
    assert (without.code, without.document["added"]) == (1, 0)
    assert "扫描.PDF" in without.err
    assert is_a_sentence(without.err)
    with_qt = replace(line.station, module="ui.command_line")
    done = with_qt.process("match-forms", scan, broken)
    first, second, none = done.document["forms"]
    assert [len(each["records"]) for each in (first, second, none)] == [1, 1, 0]
    assert (done.document["added"], done.code) == (2, 1)
    assert "坏.pdf" in done.err
    held = [line.station("show", each["records"][0]["id"])["attachments"] for each in (first, second)]
    assert [len(each) for each in held] == [1, 1]
    assert held[0] != held[1]
