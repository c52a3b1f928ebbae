"""A resident asks what is held of them, and to have it erased: on the command line, from the first search to the sound check."""

from pathlib import Path

import openpyxl

from app.domain.issue import Issue
from app.domain.people import Operator, Role
from app.keys.passphrase import read_passphrase_file
from app.keys.ways import PassphraseWay
from app.use_cases.signing_in import set_pin
from app.workspace import opened
from tests.builders import a_deputy, save
from tests.journeys.programs import Line, written_json

NAME, PHONE = "欧阳某某", "13800005678"


def test_what_is_held_is_found_exported_and_erased(line: Line, tmp_path: Path) -> None:
    visit = {
        "visit_kind": "reception",
        "on": "2010-03-01",
        "encounters": [{"name": NAME, "contact": {"phone": PHONE}, "issues": [{"words": f"{NAME}说路灯不亮"}]}],
    }
    line.station("record", "visit", written_json(tmp_path / "visit.json", **visit))
    (found,) = line.station("person", "find", NAME)["people"]
    assert (found["person"], found["phone"], found["issues"]) == ("欧*", "138****5678", 1)
    hits = line.station("search", NAME)["hits"]
    assert NAME not in str([each["title"] for each in hits if each["kind"] == "encounter"])

    assert line.station("show", found["id"])["fields"]["name"] == "欧*"
    assert line.station("show", found["id"], "--contact")["fields"]["name"] == NAME
    told: list[dict[str, object]] = line.station("history", found["id"])["changes"]
    assert [each["event"] for each in told] == ["saved", "contact_shown"]
    assert NAME not in str(told)

    exported = line.station("person", "export", found["id"], "--output", tmp_path / "导出")
    assert (exported["records"], (tmp_path / "导出" / "个人信息.xlsx").exists()) == (3, True)

    plan = line.station("person", "erase", found["id"], "--dry-run")
    assert (plan["erased"], plan["reworded"]) == ({"contact": 1, "encounter": 1}, 1)
    assert line.station("search", NAME)["total"] == 2
    assert line.station("person", "erase", found["id"]) == plan
    assert (line.station("search", NAME)["total"], line.station("person", "find", NAME)["people"]) == (0, [])
    assert line.station("check", "--read-data")["sound"]
    line.station("export", "--output", line.stick)


def test_a_purge_is_rehearsed_done_and_reported(line: Line, tmp_path: Path) -> None:
    visit = {"visit_kind": "outreach", "on": "2010-03-01", "encounters": [{"name": NAME, "raised": "无意见"}]}
    line.station("record", "visit", written_json(tmp_path / "visit.json", **visit))
    rehearsed = line.station("purge", "--dry-run")
    assert [(each["class"], each["kind"], each["records"]) for each in rehearsed["lines"]] == [
        ("register", "encounter", 1),
        ("register", "visit", 1),
    ]
    report = tmp_path / "清除.csv"
    assert line.station("purge", "--report", report)["lines"] == rehearsed["lines"]
    assert "接待走访登记,接待走访对象,1,2010-03-01" in report.read_text(encoding="utf-8-sig")
    assert NAME not in report.read_text(encoding="utf-8-sig")
    assert line.station("purge", "--dry-run")["records"] == 0


def test_a_pin_is_asked_of_who_has_one(line: Line, tmp_path: Path) -> None:
    way = PassphraseWay(passphrase=read_passphrase_file(line.station.passphrase or tmp_path))
    with opened(line.station.home, way, write=True) as workspace:
        set_pin(workspace, workspace.author.op, "2580")
    entry = written_json(tmp_path / "deputy.json", name="代表乙")
    line.station.refused("pin_needed", "record", "deputy", entry)
    pin = tmp_path / "pin.txt"
    pin.write_text("2580\n", encoding="utf-8")
    assert line.station("--pin-file", pin, "record", "deputy", entry)["id"]
    line.station.refused("pin_needed", "show", entry_id(line, pin))
    line.station.refused("pin_needed", "search", "代表")
    pin.write_text("2581\n", encoding="utf-8")
    for command in (("search", "代表"), ("record", "deputy", entry), ("count",)):  # whether they write or only read
        line.station.refused("pin_wrong", "--pin-file", pin, *command)
    line.station.refused("pin_wait", "--pin-file", pin, "trash")


def entry_id(line: Line, pin: Path) -> str:
    found: str = line.station("--pin-file", pin, "search", "代表乙")["hits"][0]["id"]
    return found


def test_a_command_shows_what_whoever_is_at_the_keyboard_may_see(line: Line, tmp_path: Path) -> None:
    way = PassphraseWay(passphrase=read_passphrase_file(line.station.passphrase or tmp_path))
    with opened(line.station.home, way, write=True) as workspace:
        new_id = workspace.clock.new_id
        one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
        issues = [Issue(id=new_id(), subject="凉亭漏雨", deputies=(each.id,)) for each in (one, two)]
        head = Operator(id=new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
        save(workspace, one, two, *issues, head, Operator(id=new_id(), name="代表甲", roles=(Role.DEPUTY,), deputy=one.id))
    assert line.station("--operator", "站长甲", "search", "凉亭漏雨")["total"] == 2
    assert [each["id"] for each in line.station("--operator", "代表甲", "search", "凉亭漏雨")["hits"]] == [issues[0].id]
    line.station("--operator", "代表甲", "show", issues[0].id)
    for command in (("show",), ("show", "--contact"), ("history",)):
        line.station.refused("not_own_to_see", "--operator", "代表甲", *command, issues[1].id)
    line.station.refused("operator_unknown", "--operator", "某某", "show", issues[0].id)


def test_everything_is_taken_along_in_plain_files(line: Line, tmp_path: Path) -> None:
    visit = {"visit_kind": "outreach", "on": "2010-03-01", "encounters": [{"name": NAME, "raised": "无意见"}]}
    line.station("record", "visit", written_json(tmp_path / "visit.json", **visit))
    done = line.station("export-plain", tmp_path / "全部")
    assert (done["records"]["encounter"], done["missing"]) == (line.station("count")["encounter"], [])
    book = openpyxl.load_workbook(tmp_path / "全部" / "记录" / "接待走访对象.xlsx")
    assert NAME in [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]


def test_who_asked_for_confidence_is_taken_along_by_a_choice_of_its_own(line: Line, tmp_path: Path) -> None:
    person = {"name": NAME, "raised": "无意见", "confidential": True}
    line.station(
        "record", "visit", written_json(tmp_path / "visit.json", visit_kind="outreach", on="2010-03-01", encounters=[person])
    )
    for folder, choice, there in (("甲", (), False), ("乙", ("--with-confidential",), True)):
        done = line.station("export-plain", tmp_path / folder, *choice)
        assert (done["withheld"], done["named"]) == (1, there)
        book = openpyxl.load_workbook(tmp_path / folder / "记录" / "接待走访对象.xlsx")
        assert (NAME in [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]) is there
