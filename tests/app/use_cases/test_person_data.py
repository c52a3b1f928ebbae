"""A resident's data erased, blocked, exported: nothing of them is left where it was, and all else is as sound as before."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.people import Contact, Operator, Role
from app.domain.retention import RetentionClass
from app.domain.revisions import is_erased
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.province.store import find
from app.queries.counts import count
from app.queries.person_file import people_called
from app.queries.record import history, record_of
from app.queries.record_history import record_history
from app.queries.search import SearchFilter, search
from app.queries.trash import trash
from app.storage.journal import Journal
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.person_data import block_person, erase_person, erasure_plan, unblock_person
from app.use_cases.person_export import FILES, TABLE, export_person
from app.use_cases.retention import keep_years, purge, purge_preview, report_rows
from app.use_cases.saved_searches import save_search, saved_searches
from app.use_cases.trash import restore
from app.use_cases.undo import undo_last
from app.use_cases.upkeep import check
from app.workspace import ATTACHMENTS, Workspace
from tests.app.use_cases.test_peers import Two, current, revisions, two
from tests.builders import Pair, save

__all__ = ["two"]

NAME, PHONE = "欧阳某某", "13800005678"


class Met:
    """Somebody met on a day, with a telephone, and a matter whose words tell both."""

    def __init__(self, workspace: Workspace, on: date = date(2026, 11, 20)) -> None:
        new_id = workspace.clock.new_id
        self.visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=on, station=workspace.author.owner)
        self.person = Encounter(id=new_id(), visit=self.visit.id, name=NAME, village="南一社区")
        self.contact = Contact(id=new_id(), of=self.person.id, phone=PHONE, address="南街二号")
        words = f"{NAME}说路灯不亮，请打{PHONE}。"
        self.issue = Issue(
            id=new_id(),
            visit=self.visit.id,
            encounter=self.person.id,
            subject="路灯不亮",
            words=words,
            received_on=on,
            state=IssueState.REGISTERED,
        )
        save(workspace, self.visit, self.person, self.contact, self.issue)


def bytes_of(workspace: Workspace) -> bytes:
    """Every journal line and every current body."""
    with workspace.reading() as connection:
        lines = b"".join(each.line for each in Journal(connection).lines())
        bodies = connection.exec_driver_sql("SELECT group_concat(body || title) FROM current").scalar_one()
    return lines + str(bodies).encode()


def free(workspace: Workspace) -> None:
    """Let the station keep nothing longer than a year, so that what is old may go."""
    keep_years(workspace, dict.fromkeys(RetentionClass, 1))


def sound(workspace: Workspace) -> bool:
    return not check(workspace, read_data=True).findings


def test_of_an_erased_person_nothing_is_left_and_the_chain_holds(workspace: Workspace, tmp_path: Path) -> None:
    met = Met(workspace, date(2010, 3, 1))
    free(workspace)
    photo = tmp_path / "签名.txt"
    photo.write_text("签名")
    attach(workspace, met.person.id, [Offered.at(photo)])
    keep_draft(workspace, "issue:1", "issue", {"words": f"{NAME}又来了"})
    keep_draft(workspace, "issue:2", "issue", {"words": "别的"})
    save_search(workspace, "老客", SearchFilter(typed=NAME))
    plan = erasure_plan(workspace, [met.person.id])
    assert (plan.erased, plan.blocked, plan.reworded) == ({"attachment": 1, "contact": 1, "encounter": 1}, {}, 1)
    assert (plan.drafts, plan.searches, plan.numbers, plan.older) == (1, 1, (), ())

    assert erase_person(workspace, [met.person.id]).plan == plan
    assert NAME.encode() not in bytes_of(workspace)
    assert PHONE.encode() not in bytes_of(workspace)
    assert "南街".encode() not in bytes_of(workspace)
    assert record_of(workspace, Issue, met.issue.id).words == "欧*说路灯不亮，请打138****5678。"
    assert (search(workspace, NAME).total, search(workspace, PHONE).total, search(workspace, "路灯").total) == (0, 0, 1)
    assert [each.body for each in drafts(workspace)] == [{"words": "别的"}]
    assert (saved_searches(workspace), people_called(workspace, NAME)) == ((), ())
    assert list((workspace.folder / ATTACHMENTS).iterdir()) == []
    assert sound(workspace)


def test_what_was_erased_comes_back_by_no_way(workspace: Workspace) -> None:
    met = Met(workspace, date(2010, 3, 1))
    free(workspace)
    erase_person(workspace, [met.person.id])
    assert trash(workspace).rows == ()
    for way in (restore, undo_last):
        with pytest.raises(Refused):
            way(workspace, met.person.id)
    with pytest.raises(Refused) as refused:
        undo_last(workspace, met.issue.id)
    assert refused.value.code == "undo_erased"
    with pytest.raises(Refused) as refused:
        erase_person(workspace, [met.person.id])
    assert refused.value.code == "person_missing"
    assert [(each.event, each.fields) for each in history(workspace, met.issue.id)] == [("saved", {}), ("erased", {})]
    assert sound(workspace)


def test_what_must_be_kept_is_blocked_and_how_to_reach_them_goes(workspace: Workspace) -> None:
    met = Met(workspace)
    plan = erasure_plan(workspace, [met.person.id])
    assert (plan.erased, plan.blocked, plan.until) == ({"contact": 1}, {"encounter": 1}, date(2036, 12, 31))
    erase_person(workspace, [met.person.id])
    assert (search(workspace, NAME).total, trash(workspace).rows, count(workspace).get("encounter")) == (0, (), None)
    assert PHONE.encode() not in bytes_of(workspace)
    for way in (restore, undo_last):
        with pytest.raises(Refused) as refused:
            way(workspace, met.person.id)
        assert refused.value.code == "record_blocked"
    (row,) = people_called(workspace, NAME)
    assert (row.person, row.blocked, row.phone) == ("欧*", True, "")
    assert sound(workspace)


def test_a_blocked_person_is_shown_again_when_the_head_says_so(workspace: Workspace) -> None:
    met = Met(workspace)
    block_person(workspace, [met.person.id])
    assert [search(workspace, each).total for each in (NAME, "南街")] == [1, 0]  # the matter's own words stay as they are
    unblock_person(workspace, [met.person.id])
    assert record_of(workspace, Contact, met.contact.id).phone == PHONE
    with pytest.raises(Refused) as refused:
        unblock_person(workspace, [met.person.id])
    assert refused.value.code == "person_not_blocked"
    assert sound(workspace)


def test_the_files_of_a_matter_go_only_when_asked(workspace: Workspace, tmp_path: Path) -> None:
    met = Met(workspace)
    photo = tmp_path / "路灯.txt"
    photo.write_text("照片")
    attach(workspace, met.issue.id, [Offered.at(photo)])
    assert erasure_plan(workspace, [met.person.id]).files_left == 1
    assert erasure_plan(workspace, [met.person.id], with_files=True).erased["attachment"] == 1
    erase_person(workspace, [met.person.id], with_files=True)
    assert list((workspace.folder / ATTACHMENTS).iterdir()) == []
    assert sound(workspace)


def test_everything_held_of_a_person_is_in_one_folder(workspace: Workspace, tmp_path: Path) -> None:
    met = Met(workspace)
    photo = tmp_path / "路灯.txt"
    photo.write_text("照片")
    attach(workspace, met.issue.id, [Offered.at(photo)])
    exported = export_person(workspace, [met.person.id], tmp_path / "欧阳")
    assert (exported.records, exported.files) == (3, 1)
    sheet = load_workbook(exported.folder / TABLE).worksheets[0]
    told = {(row[0].value, row[2].value): row[3].value for row in sheet.iter_rows(min_row=2)}
    assert told["接待走访对象", "姓名（户主、单位）"] == NAME
    assert told["联系方式", "联系电话"] == PHONE
    assert PHONE in str(told["群众意见", "内容（原话）"])
    assert [each.read_text() for each in (exported.folder / FILES).iterdir()] == ["照片"]
    assert history(workspace, met.person.id)[-1].event == "person_exported"
    with pytest.raises(Refused) as refused:
        export_person(workspace, [met.person.id], tmp_path / "欧阳")
    assert refused.value.code == "folder_exists"


def test_only_who_may_erases_and_exports(workspace: Workspace, tmp_path: Path) -> None:
    met = Met(workspace)
    head = Operator(id=workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    helper = Operator(id=workspace.clock.new_id(), name="志愿者乙", roles=(Role.VOLUNTEER,))
    save(workspace, head, helper)
    volunteer = workspace.acting_as(helper.id)
    for way in (
        lambda: erase_person(volunteer, [met.person.id]),
        lambda: block_person(volunteer, [met.person.id]),
        lambda: export_person(volunteer, [met.person.id], tmp_path / "x"),
        lambda: purge(volunteer),
    ):
        with pytest.raises(Refused) as refused:
            way()
        assert refused.value.code == "not_allowed"
    assert not (tmp_path / "x").exists()
    assert erase_person(workspace.acting_as(head.id), [met.person.id]).plan.erased


# --- what is handed in afterwards --------------------------------------------------------------------------------------


def at_the_body(line: Pair, id: Id) -> tuple[bool, str]:
    found = find(line.body.store, id)
    return found.deleted, str(found.revision.body)


def test_a_body_that_has_the_person_is_told_and_every_package_stays_good(line: Pair) -> None:
    met = Met(line.station, date(2010, 3, 1))
    free(line.station)
    line.round_trip()
    with line.station.writing() as books:  # a change that has not gone yet, and will never go
        stored = books.records.get(Encounter, met.person.id)
        books.records.save(Encounter(id=met.person.id, visit=met.visit.id, name=NAME, village="北二社区"), seen=stored.heads)
    assert erase_person(line.station, [met.person.id]).plan.numbers == (1,)
    exported = line.export()
    assert [each.records for each in exported.numbers] == [{"encounter": 1, "erase_order": 1, "issue": 1}]
    assert [each.verdict for each in line.intake()] == ["accepted"]
    assert at_the_body(line, met.person.id) == (True, "{}")
    deleted, told = at_the_body(line, met.issue.id)
    assert (deleted, NAME in told, "欧*" in told) == (False, False, True)
    line.bring_back()
    assert sound(line.station)


def test_another_computer_shows_it_no_longer_and_one_that_is_behind_never_hears_of_it(two: Two) -> None:
    known = Met(two.first, date(2010, 3, 1))
    free(two.first)
    two.exchange()
    late = Met(two.first, date(2010, 3, 2))
    erase_person(two.first, [known.person.id])
    erase_person(two.first, [late.person.id])
    two.exchange()
    for workspace in (two.first, two.second):
        shown = current(workspace)
        assert [shown[each.person.id][5:] for each in (known, late)] == [(True, "", "{}")] * 2
        assert people_called(workspace, NAME) == ()
        assert sound(workspace)
    assert NAME.encode() not in bytes_of(two.first), "nor does it come back from her"
    assert not any(NAME.encode() in line and late.person.id.encode() in line for line in revisions(two.second))


def test_what_never_went_never_goes(line: Pair) -> None:
    met = Met(line.station, date(2010, 3, 1))
    free(line.station)
    erase_person(line.station, [met.person.id])
    (number,) = line.export().numbers
    assert "encounter" not in number.records
    assert number.records["issue"] == 1
    assert [each.verdict for each in line.intake()] == ["accepted"]
    line.bring_back()
    assert not line.export().numbers
    assert sound(line.station)


# --- what is over --------------------------------------------------------------------------------------------------------


def test_a_purge_takes_what_is_over_and_names_nobody(workspace: Workspace) -> None:
    old, new = Met(workspace, date(2010, 3, 1)), Met(workspace)
    preview = purge_preview(workspace)
    assert [(each.kind, each.records) for each in preview.lines] == [("contact", 1), ("encounter", 1)]
    done = purge(workspace).report
    assert (done.lines, done.records, done.parts) == (preview.lines, 2, 0)
    assert record_of(workspace, Issue, old.issue.id).subject == "路灯不亮"  # it is still open, and its visit is kept with it
    assert record_of(workspace, Encounter, new.person.id).name == NAME
    assert NAME not in str(report_rows(done))
    assert report_rows(done)[1] == ("联系方式", "联系方式", "1", "2010-03-01", "2010-03-01")
    assert purge_preview(workspace).records == 0
    assert sound(workspace)


def test_a_closed_matter_goes_with_all_that_lies_in_it(workspace: Workspace, tmp_path: Path) -> None:
    old = Met(workspace, date(1990, 3, 1))
    with workspace.writing() as books:
        issue = books.records.get(Issue, old.issue.id)
        closed = replace(issue.record, closed_on=date(1991, 1, 2), state=IssueState.CLOSED)
        books.records.save(closed, seen=issue.heads)
    photo = tmp_path / "路灯.txt"
    photo.write_text("照片")
    attach(workspace, old.issue.id, [Offered.at(photo)])
    done = purge(workspace).report
    assert [(each.kind, each.records, each.last.year) for each in done.lines] == [
        ("issue", 1, 1991),
        ("contact", 1, 1990),
        ("encounter", 1, 1990),
        ("visit", 1, 1990),
    ]
    assert (done.parts, {kind: number for kind, number in count(workspace).items() if kind in {"issue", "visit"}}) == (1, {})
    assert list((workspace.folder / ATTACHMENTS).iterdir()) == []
    assert sound(workspace)


def test_years_are_the_station_s_own(workspace: Workspace) -> None:
    Met(workspace, date(2010, 3, 1))
    keep_years(workspace, {RetentionClass.REGISTER: 0, RetentionClass.CONTACTS: 99})
    assert purge_preview(workspace).records == 0
    with pytest.raises(Refused) as refused:
        keep_years(workspace, {RetentionClass.REGISTER: 101})
    assert refused.value.code == "years_unusual"


def test_an_erased_line_keeps_its_header_alone(workspace: Workspace) -> None:
    met = Met(workspace, date(2010, 3, 1))
    free(workspace)
    erase_person(workspace, [met.person.id])
    with workspace.reading() as connection:
        lines = [each.line for each in Journal(connection).lines() if each.record == met.person.id and each.rev]
    assert [is_erased(each) for each in lines] == [True, False]
    assert b'"_digest"' in lines[0]
    assert b'"_salt"' not in lines[0]


def test_the_history_says_that_something_was_erased_and_not_what(workspace: Workspace) -> None:
    met = Met(workspace, date(2010, 3, 1))
    free(workspace)
    erase_person(workspace, [met.person.id])
    past = record_history(workspace, met.visit.id)
    assert NAME not in str(past)
    assert {"erased", "person_erased"} <= {each.event for each in past.changes}
