"""Messages out of a spreadsheet: rehearsed, counted, recognised when they come again, and undone in one step."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from app.changes import Changes
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.people import Contact
from app.domain.step import Step
from app.domain.values import Id
from app.errors import AppError, Refused
from app.progress import Progress
from app.queries.counts import count
from app.queries.imports import past_imports
from app.queries.record import history
from app.queries.search import search
from app.storage.records import stored_from
from app.storage.tables import BatchRow, CurrentRow, FingerprintRow, JournalRow
from app.use_cases.imports import LEFT_OUT, REMARK, Imported, SheetChoice, Undone, import_ledger, read_columns, undo_import
from app.use_cases.ledgers.kinds import LEDGERS
from app.use_cases.suggestions import draft_suggestion
from app.workspace import Workspace
from tests.app.ledgers.sheets import table
from tests.builders import MESSAGE_COLUMNS, Pair, a_deputy, message_row, messages_csv, remove, save, written_csv

FIRST = {"operator": 1, "seat": 1, "station": 1}


def counted(told: Imported) -> tuple[int, int, int, int]:
    assert told.read == told.imported + told.repeated + told.refused
    assert (told.import_id is None) == (told.changes == Changes.NOTHING)
    return told.read, told.imported, told.repeated, told.refused


def undone(workspace: Workspace, told: Imported) -> Undone:
    assert told.import_id is not None
    return undo_import(workspace, told.import_id)


def issues(workspace: Workspace) -> list[Issue]:
    question = select(CurrentRow.__table__).where(CurrentRow.kind == "issue", ~CurrentRow.deleted).order_by(CurrentRow.no)
    with workspace.reading() as connection:
        return [stored_from(row).record for row in connection.execute(question)]


def everything(workspace: Workspace) -> list[object]:
    """Every row that an import could touch."""
    with workspace.reading() as connection:
        return [connection.execute(select(row.__table__)).all() for row in (JournalRow, CurrentRow, FingerprintRow, BatchRow)]


# --- importing -------------------------------------------------------------------------------------------------------


def test_every_message_becomes_an_issue_with_its_person_and_contact(workspace: Workspace, tmp_path: Path) -> None:
    told = import_ledger(workspace, messages_csv(tmp_path / "m.csv", 4))
    assert counted(told) == (4, 4, 0, 0)
    assert told.changes == Changes.ISSUES | Changes.VISITS
    assert count(workspace) == FIRST | {"issue": 4, "encounter": 4, "contact": 2}
    first = issues(workspace)[0]
    assert (first.subject, first.source, first.source_number, first.state) == (
        "路灯问题1",
        Source.IMPORT,
        "M00001",
        IssueState.REGISTERED,
    )
    assert (first.received_on, first.received_at) == (date(2026, 1, 2), time(9, 30))
    assert first.words == "第1号楼前的路灯不亮，已经第1天。"
    assert first.station == workspace.author.owner
    with workspace.writing() as books:
        person = books.records.get(Encounter, first.encounter).record
        (contact,) = [each.record for each in books.records.all_of(Contact) if each.record.of == person.id]
    assert (person.name, person.party, person.anonymous, contact.phone) == ("群众1", Party.PERSON, False, "13800000001")
    assert search(workspace, "第3号楼前").total == 1


def test_a_workbook_is_imported_as_a_table_of_text(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path / "m.xlsx", *(message_row(number) for number in (1, 2)), header=MESSAGE_COLUMNS)
    told = import_ledger(workspace, path)
    assert counted(told) == (2, 2, 0, 0)
    assert (told.sheet, told.encoding) == ("Sheet1", "")
    assert counted(import_ledger(workspace, messages_csv(tmp_path / "m.csv", 3))) == (3, 1, 2, 0)


def test_a_message_of_nobody_is_an_issue_alone(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("M1", "", "路灯", "2026-01-01", "不亮", ""), ("M2", "", "停水", "2026-01-01", "三天", "13800000009")]
    import_ledger(workspace, written_csv(tmp_path / "m.csv", MESSAGE_COLUMNS, rows))
    alone, anonymous = issues(workspace)
    assert alone.encounter == ""
    with workspace.writing() as books:
        person = books.records.get(Encounter, anonymous.encounter).record
    assert (person.anonymous, person.name) == (True, "")


def test_a_rehearsal_tells_the_same_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "m.csv", 30)
    before = everything(workspace)
    rehearsed = import_ledger(workspace, path, dry_run=True)
    assert everything(workspace) == before
    assert rehearsed.import_id is None
    told = import_ledger(workspace, path)
    assert counted(rehearsed) == counted(told) == (30, 30, 0, 0)
    assert rehearsed.problems == told.problems


def test_rows_that_cannot_be_taken_are_counted_and_told_and_the_rest_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        message_row(1),
        ("", "合计", "", "", "", ""),
        message_row(1),
        ("M00009", "甲", "标题", "去年冬天", "内容", ""),
        message_row(2),
    ]
    told = import_ledger(workspace, written_csv(tmp_path / "m.csv", MESSAGE_COLUMNS, rows))
    assert counted(told) == (5, 3, 1, 1)
    assert [(each.row, each.code, each.refused) for each in told.problems] == [
        (3, "row_without_text", True),
        (5, "date_unreadable", False),
    ]
    late = next(each for each in issues(workspace) if each.source_number == "M00009")
    assert (late.received_on, late.remarks) == (None, "留言时间：去年冬天")


def test_what_was_imported_is_known_again_and_only_the_new_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    first = import_ledger(workspace, messages_csv(tmp_path / "a.csv", 10))
    before = everything(workspace)
    again = import_ledger(workspace, tmp_path / "a.csv")
    assert counted(again) == (10, 0, 10, 0)
    assert everything(workspace) == before
    more = import_ledger(workspace, messages_csv(tmp_path / "b.csv", 15))
    assert counted(more) == (15, 5, 10, 0)
    assert first.import_id != more.import_id
    assert len(issues(workspace)) == 15


def test_an_import_is_one_transaction(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(workspace)
    monkeypatch.setattr("app.use_cases.imports._AT_ONCE", 3)
    monkeypatch.setattr("app.storage.batches.note", lambda *given: (_ for _ in ()).throw(Refused("cancelled")))
    with pytest.raises(Refused, match="cancelled"):
        import_ledger(workspace, messages_csv(tmp_path / "m.csv", 10))
    assert everything(workspace) == before
    monkeypatch.undo()
    assert counted(import_ledger(workspace, tmp_path / "m.csv")) == (10, 10, 0, 0)


def test_an_import_can_be_called_off(workspace: Workspace, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    before = everything(workspace)
    with pytest.raises(Refused, match="cancelled"):
        import_ledger(workspace, messages_csv(tmp_path / "m.csv", 10), progress=progress)
    assert everything(workspace) == before


def test_a_file_that_is_no_table_is_told(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    before = everything(workspace)
    with pytest.raises(AppError, match="not_a_sheet"):
        import_ledger(workspace, tmp_path / "a.xlsx")
    with pytest.raises(AppError, match="file_missing"):
        import_ledger(workspace, tmp_path / "b.xlsx")
    assert everything(workspace) == before


# --- undoing ---------------------------------------------------------------------------------------------------------


def test_an_undo_takes_everything_back_as_tombstones(workspace: Workspace, tmp_path: Path) -> None:
    told = import_ledger(workspace, messages_csv(tmp_path / "m.csv", 10))
    record = issues(workspace)[0].id
    assert undone(workspace, told) == Undone(removed=25, kept=())
    assert count(workspace) == FIRST
    assert search(workspace, "路灯").total == 0
    assert [each.event for each in history(workspace, record)] == ["saved", "removed"]


def test_an_import_is_undone_once(workspace: Workspace, tmp_path: Path) -> None:
    told = import_ledger(workspace, messages_csv(tmp_path / "m.csv", 1))
    undone(workspace, told)
    with pytest.raises(Refused) as caught:
        undone(workspace, told)
    assert (caught.value.code, caught.value.facts["id"]) == ("import_undone", told.import_id)
    missing = workspace.clock.new_id()
    with pytest.raises(Refused) as caught:
        undo_import(workspace, missing)
    assert (caught.value.code, caught.value.facts) == ("import_missing", {"id": missing})


def test_after_an_undo_the_same_table_is_imported_again(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "m.csv", 10)
    first = import_ledger(workspace, path)
    before = {each.id for each in issues(workspace)}
    undone(workspace, first)
    second = import_ledger(workspace, path)
    assert counted(second) == (10, 10, 0, 0)
    assert not before & {each.id for each in issues(workspace)}
    assert counted(import_ledger(workspace, path)) == (10, 0, 10, 0)
    assert undone(workspace, second).removed == 25


def test_an_issue_taken_out_by_hand_is_no_repeat_and_stays_out_at_the_undo(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "m.csv", 2)
    told = import_ledger(workspace, path)
    remove(workspace, issues(workspace)[0].id)
    again = import_ledger(workspace, path)
    assert counted(again) == (2, 1, 1, 0)
    assert undone(workspace, told).kept == ()
    assert [each.source_number for each in issues(workspace)] == ["M00001"]


def belongings(workspace: Workspace, issue: Issue) -> set[Id]:
    """An issue, its person and their contact."""
    with workspace.writing() as books:
        contacts = {each.record.id for each in books.records.all_of(Contact) if each.record.of == issue.encounter}
    return {issue.id, issue.encounter} | contacts


def test_an_undo_leaves_what_somebody_has_changed_with_all_that_belongs_to_it(workspace: Workspace, tmp_path: Path) -> None:
    told = import_ledger(workspace, messages_csv(tmp_path / "m.csv", 6))
    first, second, third, *_ = issues(workspace)
    save(workspace, replace(first, state=IssueState.ACCEPTED))
    with workspace.writing() as books:
        person = books.records.get(Encounter, second.encounter).record
        books.records.save(replace(person, village="东村"))
        (contact,) = [each.record for each in books.records.all_of(Contact) if each.record.of == third.encounter]
        books.records.save(replace(contact, phone="13911112222"))
    stays = set().union(*(belongings(workspace, each) for each in (first, second, third)))
    result = undone(workspace, told)
    assert set(result.kept) == stays
    assert result.removed == 6 + 6 + 3 - len(stays)
    assert [each.id for each in issues(workspace)] == [first.id, second.id, third.id]
    assert counted(import_ledger(workspace, tmp_path / "m.csv")) == (6, 3, 3, 0)


def test_an_undo_leaves_what_later_records_stand_on(workspace: Workspace, tmp_path: Path) -> None:
    told = import_ledger(workspace, messages_csv(tmp_path / "m.csv", 5))
    first, second, *_ = issues(workspace)
    save(workspace, a_deputy(workspace, "代表甲"), Step(id=workspace.clock.new_id(), of=second.id, event="accept"))
    draft_suggestion(workspace, title="路灯", lead="代表甲", issues=[first.id])
    assert set(undone(workspace, told).kept) == belongings(workspace, first) | belongings(workspace, second)
    assert {each.id for each in issues(workspace)} == {first.id, second.id}


def test_two_imports_are_undone_apart(workspace: Workspace, tmp_path: Path) -> None:
    first = import_ledger(workspace, messages_csv(tmp_path / "a.csv", 3))
    second = import_ledger(workspace, messages_csv(tmp_path / "b.csv", 3, first=4))
    assert undone(workspace, first).removed == 3 + 3 + 2
    assert [each.source_number for each in issues(workspace)] == ["M00004", "M00005", "M00006"]
    assert undone(workspace, second).removed == 3 + 3 + 1


# --- undone before sent, never sent (decision 5) ------------------------------------------------------------------------


def test_what_was_undone_before_it_was_sent_is_never_sent(line: Pair, tmp_path: Path) -> None:
    told = import_ledger(line.station, messages_csv(tmp_path / "m.csv", 10))
    undone(line.station, told)
    (sent,) = line.export().numbers
    assert sent.records == {"seat": 1, "station": 1}
    assert line.export().numbers == ()
    import_ledger(line.station, tmp_path / "m.csv")
    (sent,) = line.export().numbers
    assert sent.records == {"encounter": 10, "issue": 10}
    assert [(each.verdict, each.new) for each in line.intake()] == [("accepted", 2), ("accepted", 20)]


def test_what_was_undone_after_it_was_sent_is_sent_as_removed(line: Pair, tmp_path: Path) -> None:
    told = import_ledger(line.station, messages_csv(tmp_path / "m.csv", 10))
    line.export()
    undone(line.station, told)
    (sent,) = line.export().numbers
    assert sent.records == {"encounter": 10, "issue": 10}


# --- a published table ------------------------------------------------------------------------------------------------


def test_a_published_table_of_messages_is_imported_found_and_undone(workspace: Workspace, real_data: Path) -> None:
    path = real_data / "messages.xlsx"
    rehearsed = import_ledger(workspace, path, dry_run=True)
    told = import_ledger(workspace, path)
    assert counted(rehearsed) == counted(told)
    assert (told.read, told.imported, told.refused) == (2152, 2152, 0)
    held = issues(workspace)
    assert len(held) == 2152
    one = held[1000]
    assert one.id in {hit.id for hit in search(workspace, f'"{one.subject[:12]}"', limit=3000).hits}
    words = [each for each in held if "路灯" in each.subject + each.words]
    assert words
    assert {each.id for each in words} <= {hit.id for hit in search(workspace, "路灯", limit=3000).hits}
    assert counted(import_ledger(workspace, path)) == (2152, 0, 2152, 0)
    assert undone(workspace, told).kept == ()
    assert count(workspace) == FIRST
    assert counted(import_ledger(workspace, path, dry_run=True)) == counted(told)


# --- columns as a person chooses them ----------------------------------------------------------------------------------


def test_the_columns_of_a_sheet_are_told_before_anything_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    told = read_columns(workspace, messages_csv(tmp_path / "m.csv", 5))
    assert (told.file, told.header_row, told.encoding, told.sheets) == ("m.csv", 1, "utf-8-sig", ())
    assert [(each.label, each.field) for each in told.columns] == [
        ("A 留言编号", "source_no"),
        ("B 留言用户", "raised_by"),
        ("C 留言主题", "title"),
        ("D 留言时间", "raised_on"),
        ("E 留言详情", "content"),
        ("F 联系电话", "phone"),
    ]
    assert told.columns[1].samples == ("群众1", "群众2", "群众3")
    assert set(LEDGERS["issues"].fields) >= {each.field for each in told.columns}
    with pytest.raises(Refused, match="header_unknown"):
        read_columns(workspace, written_csv(tmp_path / "x.csv", ("甲", "乙"), [("1", "2")]))


def test_a_column_becomes_what_a_person_says(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "m.csv", 4)
    chosen = {0: REMARK, 1: "place", 5: LEFT_OUT}
    rehearsed = import_ledger(workspace, path, SheetChoice(columns=chosen), dry_run=True)
    told = import_ledger(workspace, path, SheetChoice(columns=chosen))
    assert counted(rehearsed) == counted(told) == (4, 4, 0, 0)
    first = issues(workspace)[0]
    assert (first.place, first.encounter, first.source_number, first.remarks) == ("群众1", "", "", "留言编号：M00001")
    assert count(workspace) == FIRST | {"issue": 4}
    assert search(workspace, "13800000001").total == 0
    undone(workspace, told)
    assert issues(workspace) == []


def test_choosing_what_was_known_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "m.csv", 6)
    assert counted(import_ledger(workspace, path)) == (6, 6, 0, 0)
    same = {each.number: each.field for each in read_columns(workspace, path).columns}
    assert counted(import_ledger(workspace, path, SheetChoice(columns=same))) == (6, 0, 6, 0)


def test_without_a_column_that_tells_what_was_raised_nothing_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="columns_missing"):
        import_ledger(workspace, messages_csv(tmp_path / "m.csv", 2), SheetChoice(columns={2: REMARK, 4: LEFT_OUT}))


def test_a_category_by_name_is_the_category(workspace: Workspace, tmp_path: Path) -> None:
    header = (*MESSAGE_COLUMNS, "类别")
    rows = [(*message_row(1), "城乡建设"), (*message_row(2), "自定一类")]
    import_ledger(workspace, written_csv(tmp_path / "m.csv", header, rows))
    assert [each.category for each in issues(workspace)] == ["03", "自定一类"]


def test_stopped_while_saving_nothing_is_left(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)

    class Stopping(Progress):
        def advance(self, steps: int = 1) -> None:
            if self.stage == "saving" and steps:
                self.cancel()
            super().advance(steps)

    progress = Stopping()
    with pytest.raises(Refused, match="cancelled"):
        import_ledger(workspace, messages_csv(tmp_path / "m.csv", 450), progress=progress)
    assert (everything(workspace), progress.step, progress.total) == (before, 200, 450)


def test_imports_of_before_tell_what_still_stands(workspace: Workspace, tmp_path: Path) -> None:
    first = import_ledger(workspace, messages_csv(tmp_path / "a.csv", 3))
    second = import_ledger(workspace, messages_csv(tmp_path / "b.csv", 2, first=4))
    remove(workspace, issues(workspace)[0].id)
    undone(workspace, second)
    told = {each.id: each for each in past_imports(workspace)}
    assert {first.import_id, second.import_id} == set(told)
    one, other = told[str(first.import_id)], told[str(second.import_id)]
    assert (one.source, one.made_of, one.standing, one.undone) == ("a.csv", {"issue": 3}, {"issue": 2}, None)
    assert (other.source, other.made_of, other.standing, other.undone is None) == ("b.csv", {"issue": 2}, {"issue": 0}, False)
