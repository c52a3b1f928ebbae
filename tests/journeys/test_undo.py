"""Undo, trash and history by the command line: what was taken back never travels, and comes back when it is asked for."""

from pathlib import Path

from tests.builders import messages_csv
from tests.journeys.programs import Line, Program, written_json


def test_a_change_is_undone_made_again_and_lies_in_the_trash(line: Line, tmp_path: Path) -> None:
    station: Program = line.station
    made = station("record", "issue", written_json(tmp_path / "issue.json", words="河边的护栏断了", encounter={"name": "群众乙"}))
    before = station("count")
    undone = station("undo", made["id"])
    assert (undone["event"], undone["redone"], len(undone["records"])) == ("removed", False, 2)
    lying = station("trash")
    assert (lying["total"], [each["id"] for each in lying["records"]]) == (1, [made["id"]]), "the person lies in the issue"
    back = station("restore", made["id"])
    assert len(back["records"]) == 2
    assert station("count") == before
    assert station("trash")["total"] == 0
    station.refused("not_in_trash", "restore", made["id"])
    assert station("undo", made["id"])["event"] == "removed"
    assert station("undo", made["id"])["redone"]
    assert station("check", "--read-data")["sound"]


def test_undo_still_takes_an_import(line: Line, tmp_path: Path) -> None:
    told = line.station("import", messages_csv(tmp_path / "more.csv", 3, first=300))
    lines = line.station("search", "第300号楼")["hits"]
    issue = next(each["id"] for each in lines if each["kind"] == "issue")
    assert len(line.station("undo", issue)["records"]) >= 2, "one of the rows, with its person"
    assert line.station("undo", told["import_id"]).keys() == {"removed", "kept"}
    line.station.refused("import_missing", "undo", "0")


def test_another_operator_names_the_change(line: Line, tmp_path: Path) -> None:
    entry = written_json(tmp_path / "issue.json", words="井盖松动", encounter={"name": "群众丙"})
    made = line.station("record", "issue", entry, "--operator", "志愿者丁")
    line.station.refused("undo_others", "undo", made["id"])
    change = line.station("history", made["id"])["changes"][-1]
    assert line.station("undo", made["id"], "--rev", change["rev"])["event"] == "removed"
