"""Everything held of a resident as one folder that a person can read: a table of every field, and the files (PIPL art. 45)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.attachment import Attachment
from app.domain.records import Record, body_of
from app.domain.rights import Right
from app.domain.values import Id, plain_text
from app.errors import Refused
from app.files import folder_whole, plain_name, write_whole, written_whole
from app.queries.person_file import PersonFile, person_file
from app.queries.readable import Names
from app.queries.rights import check_may
from app.storage.database import Connection
from app.use_cases.attachments import write_attachment
from app.workspace import Workspace

TABLE: Final = "个人信息.xlsx"
FILES: Final = "附件"
_SHEET: Final = "个人信息"
_HEADER: Final = ("类别", "日期", "项目", "内容", "状态")
_LINKS: Final = frozenset({"visit", "encounter", "of", "station", "sha256", "text_digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExported:
    """The folder that was written, and how many records and files are in it."""

    folder: Path
    records: int
    files: int


def export_person(workspace: Workspace, ids: Sequence[Id], folder: Path) -> PersonExported:
    """Write all that is held of these residents into a new folder, nothing masked; that it was done is noted (decision 2).

    Blocked records and those in the trash are in it too: the person may know of them. Raises `Refused("person_missing" |
    "not_allowed" | "folder_exists" | "read_only")`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.PRIVACY)
    if folder.exists():
        raise Refused("folder_exists", path=str(folder))
    from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

    with workspace.writing() as books:
        held = person_file(books.connection, ids)
        rows = list(_rows(books.connection, held))
        attachments = [each.stored.record for each in held.files if isinstance(each.stored.record, Attachment)]
        for id in ids:
            books.note("person_exported", {"records": len(held.own) + len(held.matters), "files": len(attachments)}, id)
        with folder_whole(folder) as part:
            write_whole(part / TABLE, workbook_of(Table(_SHEET, _HEADER, rows)))
            _write_files(workspace, attachments, part / FILES)
    return PersonExported(folder=folder, records=len(held.own) + len(held.matters), files=len(attachments))


def _rows(connection: Connection, held: PersonFile) -> Iterator[tuple[str, ...]]:
    names = Names(connection)
    for saved in (*held.own, *held.matters, *held.files):
        record, day = saved.stored.record, held.days[saved.stored.record.id]
        for label, text in _told(record, names):
            yield record.traits.label, day.isoformat() if day else "", label, text, "已移除" if saved.stored.deleted else ""
    for visit in held.visits.values():
        yield visit.traits.label, visit.on.isoformat() if visit.on else "", "活动", visit.title(), ""


def _told(record: Record, names: Names) -> Iterator[tuple[str, str]]:
    fields = record.traits.fields
    for name, value in body_of(record).items():
        if name in fields and name not in _LINKS:
            plain = names.readable(record.traits.name, name, value) if fields[name].to else getattr(record, name)
            yield fields[name].label, plain_text(plain)


def _write_files(workspace: Workspace, attachments: Sequence[Attachment], folder: Path) -> None:
    for number, each in enumerate(attachments, start=1):
        folder.mkdir(exist_ok=True)
        name = f"{number:02d}-{plain_name(each.name)}"
        with written_whole(folder / name) as file:
            write_attachment(workspace, each.sha256, file.write)
