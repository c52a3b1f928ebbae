"""The register by the command line: lists, a mandate that ends, a change of term rehearsed, done and undone, a project's way."""

from pathlib import Path

import pytest

from tests.builders import written_csv
from tests.journeys.programs import Line, is_a_sentence, written_json


@pytest.fixture
def town(line: Line, tmp_path: Path) -> dict[str, str]:
    """A congress with two deputies, and one of the county."""
    told = written_json(tmp_path / "congress.json", name="某镇人民代表大会", level="township")
    congress = line.station("record", "congress", told)["id"]
    ids = {"congress": congress}
    for name, card in (("代表乙", "001"), ("代表丙", "002")):
        deputy = {"name": name, "level": "township", "congress": congress, "deputy_card_no": card, "constituency": f"{card}选区"}
        ids[name] = line.station("record", "deputy", written_json(tmp_path / f"{card}.json", **deputy))["id"]
    return ids


def test_the_register_is_listed_and_narrowed(line: Line, town: dict[str, str], tmp_path: Path) -> None:
    unit = written_json(tmp_path / "unit.json", name="某镇水利站", policy_contact="周某", policy_phone="0731-1")
    line.station("record", "unit", unit)
    assert [each["name"] for each in line.station("deputies")["records"]] == ["代表乙", "代表丙", "代表甲"]
    assert [each["name"] for each in line.station("deputies", "--level", "township")["records"]] == ["代表乙", "代表丙"]
    assert line.station("units", "水利")["records"][0]["policy_contact"] == "周某 0731-1"
    said = line.station.say("deputies", "代表乙", as_json=False)
    assert "某镇人民代表大会" in said.out


def test_a_mandate_ends_and_the_end_is_taken_back(line: Line, town: dict[str, str]) -> None:
    line.station("end-mandate", "001", "--on", "2026-11-20", "--reason", "工作调动")
    assert line.station("show", town["代表乙"])["fields"]["ended_reason"] == "工作调动"
    assert [each["name"] for each in line.station("deputies", "--level", "township")["records"]] == ["代表丙"]
    assert len(line.station("deputies", "--level", "township", "--all")["records"]) == 2
    line.station("undo", town["代表乙"])
    assert len(line.station("deputies", "--level", "township")["records"]) == 2


def test_a_change_of_term_is_rehearsed_decided_done_and_undone(line: Line, town: dict[str, str], tmp_path: Path) -> None:
    rows = (("代表乙", "101", "001选区"), ("代表丙", "102", "九选区"), ("代表丁", "103", "二选区"))
    roster = written_csv(tmp_path / "名册.csv", ("姓名", "代表证号", "选区"), rows)
    change = ("change-term", "某镇", "--began", "2026-12-28", "--term", "18", "--roster", roster)
    before = line.station("count")
    told = line.station(*change, "--dry-run")
    assert line.station("count") == before
    assert [each["name"] for each in told["goes_on"]] == ["代表乙"]
    assert [each["name"] for each in told["doubtful"]] == ["代表丙"]
    assert [each["name"] for each in told["new"]] == ["代表丁"]
    refused = line.station.say(*change)
    assert refused.code == 1
    assert is_a_sentence(line.station.say(*change, as_json=False).err)
    done = line.station(*change, "--new", "3")
    assert [each["name"] for each in done["leaves"]] == ["代表丙"]
    listed = line.station("deputies", "--level", "township")["records"]
    assert [(each["name"], each["term"]) for each in listed] == [("代表乙", "第18届"), ("代表丙", "第18届"), ("代表丁", "第18届")]
    assert line.station("show", town["代表丙"])["fields"]["status"] == "ended"
    line.station("undo", done["id"])
    assert line.station("count") == before
    same = line.station(*change, "--same-names")
    assert [each["name"] for each in same["goes_on"]] == ["代表乙", "代表丙"]
    assert line.station("check", "--read-data")["sound"]


def test_what_is_mistyped_is_refused_in_a_sentence(line: Line, town: dict[str, str]) -> None:
    for wrong in (
        ("change-term", "某县", "--began", "2026-12-28"),
        ("change-term", "某镇", "--began", "2026-12-28"),
        ("change-term", "某镇", "--began", "2026-12-28", "--term", "18", "--same", "三"),
        ("project-step", "nobody", "evaluate", "--opinions", "3"),
    ):
        said = line.station.say(*wrong, as_json=False)
        assert said.code == 1, wrong
        assert is_a_sentence(said.err.splitlines()[0]), wrong


def test_a_project_goes_its_way_and_is_printed(line: Line, town: dict[str, str], tmp_path: Path) -> None:
    issue = line.station("search", "路灯", "--kind", "issue")["hits"][0]["id"]
    project = line.station("project-from", issue, "--name", "东街路灯", "--year", "2027")["id"]
    line.station("project-step", project, "put_up")
    line.station("project-step", project, "choose", "--on", "2027-01-12", "--votes", "52/3/1")
    told = line.station("project-step", project, "start", "--words", "已开工")
    assert told["state"] == "under_way"
    assert [(each["name"], each["year"]) for each in line.station("projects", "--state", "under_way")["records"]] == [
        ("东街路灯", 2027)
    ]
    assert line.station("show", project)["fields"]["votes_for"] == 52
    printed = line.station("print", "project-progress", "--output", tmp_path / "progress.pdf")
    assert printed["records"] == 1
    assert line.station("print", "project-ballot", "--output", tmp_path / "ballot.pdf")["records"] == 0
