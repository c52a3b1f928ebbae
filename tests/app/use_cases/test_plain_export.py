"""Everything as plain files: each record and file is there, in words, and only for those who are in charge."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.kinds import ALL_KINDS, KINDS
from app.domain.people import Contact, Deputy, Operator, Role
from app.domain.suggestion import Suggestion
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.ledgers import written
from app.ledgers.written import LONGEST
from app.progress import Progress
from app.queries.counts import count
from app.storage import attachment_files
from app.storage.journal import Journal
from app.storage.tables import CurrentRow
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.plain_export import FILES, LONG_TEXTS, READ_ME, SUGGESTIONS, TABLES, export_everything
from app.workspace import Workspace
from tests.builders import an_issue, remove, save

Rows = list[dict[str, object]]


def table(folder: Path, kind: str) -> Rows:
    """The rows of a kind's table by the names of their columns."""
    sheet = openpyxl.load_workbook(folder / TABLES / f"{kind}.xlsx", read_only=True).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def filled(workspace: Workspace, folder: Path) -> tuple[Visit, Encounter, Issue, Suggestion]:
    """A station of a few records, one of them with a file."""
    new_id = workspace.clock.new_id
    deputy = Deputy(id=new_id(), name="王某某")
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20), deputies=(deputy.id,))
    person = Encounter(id=new_id(), visit=visit.id, name="欧阳某某")
    issue = Issue(id=new_id(), category="03", visit=visit.id, encounter=person.id, words="=1+1 路灯不亮", deputies=(deputy.id,))
    suggestion = Suggestion(
        id=new_id(), subject="关于路灯/照明的建议", text="请修路灯。", lead_deputy=deputy.id, extra={"later": "新字段"}
    )
    save(workspace, deputy, visit, person, issue, suggestion)
    photo = folder / "东街:路灯?.txt"
    photo.write_text("照片", encoding="utf-8")
    attach(workspace, issue.id, [Offered.at(photo)])
    return visit, person, issue, suggestion


def test_every_record_is_a_row_with_its_names_and_identifiers(workspace: Workspace, tmp_path: Path) -> None:
    visit, person, issue, suggestion = filled(workspace, tmp_path)
    done = export_everything(workspace, tmp_path / "全部")
    tables = sorted((done.folder / TABLES).iterdir())
    assert done.records == {kind: len(table(done.folder, KINDS[kind].label)) for kind in done.records}
    assert len(tables) == len(done.records)
    [row] = table(done.folder, "群众意见")
    assert (row["记录标识"], row["内容（原话）"], row["接待（走访）代表"]) == (issue.id, "=1+1 路灯不亮", "王某某")
    assert row["反映人（记录标识）"] == person.id
    assert row["内容类别"] == "城乡建设"
    [met] = table(done.folder, "接待走访对象")
    assert (met["姓名（户主、单位）"], met["匿名"], met["活动（记录标识）"]) == ("欧阳某某", None, visit.id)
    [told] = table(done.folder, "代表建议")
    assert (told["标题"], told["领衔代表"], told["其他内容"]) == (suggestion.subject, "王某某", '{"later": "新字段"}')


def kept_in_confidence(workspace: Workspace, folder: Path) -> list[Encounter]:
    """Somebody anonymous, somebody who asked for confidence, somebody who did so for a matter; each with telephone and file."""
    new_id = workspace.clock.new_id
    people: list[Encounter] = []
    for number, name in enumerate(("司马甲", "司马乙", "司马丙")):
        person = Encounter(
            id=new_id(), name=name, village="丙一村", remarks="住在桥头", anonymous=number == 0, confidential=number == 1
        )
        issue = Issue(id=new_id(), encounter=person.id, subject="路灯", confidential=number == 2)
        save(workspace, person, Contact(id=new_id(), of=person.id, phone="13800005678", address="桥头二号"), issue)
        scan = folder / f"{name}.txt"
        scan.write_text(f"{name}签名", encoding="utf-8")
        attach(workspace, (person if number else issue).id, [Offered.at(scan)])
        people.append(person)
    return people


def everything_in(folder: Path) -> str:
    """Every cell, every text and every name of a file."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    said = [each.read_text(encoding="utf-8-sig") for each in files if each.suffix == ".txt"]
    tables = [str(table(folder, each.stem)) for each in files if each.suffix == ".xlsx"]
    return "\n".join([*said, *tables, *(str(each.relative_to(folder)) for each in files)])


def test_who_asked_for_it_is_written_as_lists_name_them(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    people = kept_in_confidence(workspace, tmp_path)
    done = export_everything(workspace, tmp_path / "全部")
    told = everything_in(done.folder)
    assert [each for each in ("司马", "13800005678", "桥头", "丙一村") if each in told] == []
    rows = {row["记录标识"]: row["姓名（户主、单位）"] for row in table(done.folder, "接待走访对象")}
    assert [rows[each.id] for each in people] == ["匿名", "要求保密", "要求保密"]
    assert "欧阳某某" in told
    assert [row["文件"] for row in table(done.folder, "附件")][1:] == ["反映人要求匿名或保密，没有导出"] * 3
    assert (done.withheld, done.named, done.files) == (3, False, 1)
    assert events(workspace) == ["plain_export"]


def test_in_full_they_are_written_by_choice_alone_and_noted_apart(workspace: Workspace, tmp_path: Path) -> None:
    people = kept_in_confidence(workspace, tmp_path)
    done = export_everything(workspace, tmp_path / "全部", confidential=True)
    told = everything_in(done.folder)
    assert [each for each in (*(one.name for one in people), "13800005678", "桥头二号", "司马甲签名") if each not in told] == []
    assert (done.withheld, done.named, done.files) == (3, True, 3)
    assert "请特别保管" in (done.folder / READ_ME).read_text(encoding="utf-8-sig")
    assert events(workspace) == ["plain_export", "confidential_export"]


def events(workspace: Workspace) -> list[str]:
    """The exports of which the journal tells."""
    with workspace.reading() as connection:
        lines = [each.line for each in Journal(connection).lines()]
    return [name for line in lines for name in ("plain_export", "confidential_export") if f'"{name}"'.encode() in line]


def test_suggestions_are_texts_and_files_are_files(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    done = export_everything(workspace, tmp_path / "全部")
    assert (done.suggestions, done.files, done.missing) == (1, 1, ())
    [text] = (done.folder / SUGGESTIONS).iterdir()
    assert "请修路灯。" in "".join(each.text for each in Document(str(text)).paragraphs)
    [row] = table(done.folder, "附件")
    named = done.folder / str(row["文件"])
    assert (named.parent.name, named.read_text(encoding="utf-8")) == (FILES, "照片")
    told = (done.folder / READ_ME).read_text(encoding="utf-8-sig")
    assert "未加密" in told
    assert all(f"{KINDS[kind].label}：{number}" in told for kind, number in done.records.items())


def test_each_kind_and_each_file_of_the_database_is_there_and_no_name_is_too_long(workspace: Workspace, tmp_path: Path) -> None:
    """Counted against the database itself: what a person sees of a station is all in the folder."""
    lately = [cls(id=workspace.clock.new_id()) for cls in ALL_KINDS if cls is not Attachment]
    save(workspace, *lately)
    long = [Offered("照" * 200 + ".txt", content) for content in (lambda: b"1", lambda: b"2")]
    attach(workspace, next(each.id for each in lately if isinstance(each, Issue)), long)
    save(workspace, Suggestion(id=workspace.clock.new_id(), subject="𠀀" * 90, text="正文"))
    done = export_everything(workspace, tmp_path / "全部")
    with workspace.reading() as connection:
        held = connection.execute(select(CurrentRow.kind, CurrentRow.id).where(~CurrentRow.deleted)).all()
        files = {each.sha256 for each in attachment_files.all_files(connection)}
    assert {kind for kind, _id in held} == set(KINDS)
    told = {(kind, str(row["记录标识"])) for kind in done.records for row in table(done.folder, KINDS[kind].label)}
    assert told == {(kind, id) for kind, id in held}
    assert {sha256(each.read_bytes()).hexdigest() for each in (done.folder / FILES).iterdir()} == files
    assert len(list((done.folder / SUGGESTIONS).iterdir())) == done.suggestions == 2
    assert done.records == {kind: number for kind, number in count(workspace).items() if number}


@pytest.mark.parametrize("stage", ["records", "suggestions"])
def test_stopped_at_any_stage_nothing_is_left_and_nothing_noted(workspace: Workspace, tmp_path: Path, stage: str) -> None:
    filled(workspace, tmp_path)

    class Stopped(Progress):
        def advance(self, steps: int = 1) -> None:
            if self.stage == stage and steps:
                self.cancel()
            super().advance(steps)

    assert code_of(lambda: export_everything(workspace, tmp_path / "全部", Stopped())) == "cancelled"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("全部")] == []
    assert events(workspace) == []


def test_what_was_removed_stays_in_the_station(workspace: Workspace, tmp_path: Path) -> None:
    _visit, _person, issue, _suggestion = filled(workspace, tmp_path)
    remove(workspace, issue.id)
    done = export_everything(workspace, tmp_path / "全部")
    assert "issue" not in done.records
    assert not (done.folder / TABLES / "群众意见.xlsx").exists()


def test_a_file_whose_content_is_gone_is_named(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    with workspace.writing() as books:
        [kept] = attachment_files.all_files(books.connection)
        attachment_files.forget(books.connection, [kept.sha256])
    done = export_everything(workspace, tmp_path / "全部")
    assert (done.files, len(done.missing)) == (0, 1)
    assert "没有导出" in (done.folder / READ_ME).read_text(encoding="utf-8-sig")
    assert list((done.folder / FILES).iterdir()) == []


def test_a_text_too_long_for_a_cell_lies_beside(workspace: Workspace, tmp_path: Path) -> None:
    words = "长" * (LONGEST + 1)
    issue = an_issue(workspace, words=words)
    save(workspace, issue)
    done = export_everything(workspace, tmp_path / "全部")
    [row] = table(done.folder, "群众意见")
    assert row["内容（原话）"] == f"见 {LONG_TEXTS}/{issue.id}-words.txt"
    assert (done.folder / LONG_TEXTS / f"{issue.id}-words.txt").read_text(encoding="utf-8-sig") == words


def test_the_journal_tells_of_it(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    done = export_everything(workspace, tmp_path / "全部")
    with workspace.reading() as connection:
        [noted] = [each for each in Journal(connection).lines() if b'"plain_export"' in each.line]
    assert f'"records":{done.total}'.encode() in noted.line


def test_a_folder_that_is_there_is_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "全部").mkdir()
    assert code_of(lambda: export_everything(workspace, tmp_path / "全部")) == "folder_exists"
    assert list((tmp_path / "全部").iterdir()) == []


def test_stopped_on_the_way_nothing_is_left(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace, tmp_path)
    progress = Progress()
    progress.cancel()
    assert code_of(lambda: export_everything(workspace, tmp_path / "全部", progress)) == "cancelled"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("全部")] == []


def test_only_who_is_in_charge_may(workspace: Workspace, tmp_path: Path) -> None:
    new_id = workspace.clock.new_id
    head = Operator(id=new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    officer = Operator(id=new_id(), name="联络员乙", roles=(Role.LIAISON_OFFICER,))
    save(workspace, head, officer)
    assert code_of(lambda: export_everything(workspace.acting_as(officer.id), tmp_path / "全部")) == "not_allowed"
    assert export_everything(workspace.acting_as(head.id), tmp_path / "全部").total


def test_rows_that_no_sheet_has_room_for_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "ROWS_A_SHEET", 2)
    rows = [(str(number), number) for number in range(5)]
    book = openpyxl.load_workbook(BytesIO(written.workbook_of(written.Table("表", ("字", "数"), iter(rows)))))
    assert book.sheetnames == ["表", "表（2）", "表（3）"]
    read = [row for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == rows


def code_of(deed: Callable[[], object]) -> str:
    """The code a deed is refused with."""
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code
