"""Everything a station holds as tables, texts and files that any program opens, so that nobody is locked in.

What is in the folder is not encrypted. It is written by who is in charge, and the journal tells of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.attachment import Attachment
from app.domain.kinds import KINDS
from app.domain.records import FieldTraits, KindTraits, Record
from app.domain.rights import Right
from app.domain.suggestion import Suggestion
from app.domain.values import Id, plain_text
from app.errors import Refused
from app.files import folder_whole, plain_name, write_whole, written_whole
from app.progress import Progress
from app.queries.everything import NAMED, all_standing, categories_behind, kinds_standing, names_behind
from app.queries.rights import check_may
from app.queries.suggestion_paper import suggestion_paper
from app.queries.withheld import NOBODY, Withheld, withheld_people
from app.storage.database import Connection
from app.use_cases.attachments import write_attachment
from app.use_cases.suggestion_files import word_name
from app.workspace import Workspace

READ_ME: Final = "说明.txt"
TABLES: Final = "记录"
SUGGESTIONS: Final = "代表建议"
FILES: Final = "附件"
LONG_TEXTS: Final = "长文"

_ID: Final = "记录标识"
_OTHER: Final = "其他内容"
_FILE: Final = "文件"
_MISSING: Final = "内容不在这台电脑上"
_LEFT_OUT: Final = "反映人要求匿名或保密，没有导出"
_TABLES_TOLD: Final = (
    "{tables}：每类记录一个 Excel 文件，一行是一条记录。「{id}」是这条记录在各表中的代号，"
    "名称里带「（{id}）」的列写的是别的记录的代号，两张表凭它对上。"
)

_WITHHELD_TOLD: Final = (
    "要求匿名或保密的群众（{people}人次）只写「匿名」或「要求保密」，不写姓名、电话和住址，属于他们的文件没有导出。"
    "反映内容照原话写出，其中自己提到姓名的，请另行核对。"
)
_NAMED_TOLD: Final = "按导出人的选择，要求匿名或保密的群众（{people}人次）也写出了姓名、电话和住址，请特别保管。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainExported:
    """The folder, how many records of each kind and how many suggestions and files are in it, and the files that are missing.

    `withheld` residents asked for anonymity or confidence: they are `named` in full, or else as lists name them.
    """

    folder: Path
    records: Mapping[str, int]
    suggestions: int
    files: int
    missing: tuple[str, ...]
    withheld: int = 0
    named: bool = False

    @property
    def total(self) -> int:
        """Records of all kinds."""
        return sum(self.records.values())


def export_everything(
    workspace: Workspace, folder: Path, progress: Progress | None = None, *, confidential: bool = False
) -> PlainExported:
    """Write all records that stand, every suggestion and every file into a new folder; the journal notes it.

    Whoever asked for anonymity or confidence is written as lists name them, without their files; `confidential` writes them in
    full, which the journal notes by a line of its own. A table a kind with every field, links by name and by identifier, what a
    newer program wrote among them. The trash and the history stay in the station.
    Raises `Refused("not_allowed" | "folder_exists" | "read_only" | "cancelled")`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.EXPORT)
    if not workspace.writable:
        raise Refused("read_only")
    if folder.exists():
        raise Refused("folder_exists", path=str(folder))
    steps = progress or Progress()
    with folder_whole(folder) as part:
        with workspace.reading() as connection:
            withheld = withheld_people(connection)
            written = _Writing(workspace, connection, part, steps, NOBODY if confidential else withheld)
            records = written.tables()
        suggestions = written.suggestions()
        done = PlainExported(
            folder=folder,
            records=records,
            suggestions=suggestions,
            files=len(written.files) - len(written.missing),
            missing=tuple(written.missing),
            withheld=len(withheld.reasons),
            named=confidential,
        )
        write_whole(part / READ_ME, _told(workspace, done, written).encode("utf-8-sig"))
        with workspace.writing() as books:
            books.note("plain_export", {"records": done.total, "files": done.files})
            if confidential:
                books.note("confidential_export", {"people": done.withheld})
    return done


@dataclass(slots=True)
class _Writing:
    """What is written so far into the folder `part`."""

    workspace: Workspace
    connection: Connection
    part: Path
    steps: Progress
    withheld: Withheld
    files: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    to_print: list[Id] = field(default_factory=list)
    long_texts: int = 0

    def tables(self) -> dict[str, int]:
        """A workbook a kind, and the contents of the attachments as their rows are written; returns the rows of each kind."""
        from app.ledgers.written import Table, write_workbook  # loads openpyxl, which no start needs

        counts = {kind: number for kind, number in kinds_standing(self.connection).items() if kind in KINDS}
        self.steps.begin("records", sum(counts.values()))
        names, categories = names_behind(self.connection), categories_behind(self.connection)
        (self.part / TABLES).mkdir()
        for kind in (each for each in KINDS if each in counts):
            traits = KINDS[kind]
            rows = (self._row(record, names, categories) for record in all_standing(self.connection, kind))
            with written_whole(self.part / TABLES / f"{traits.label}.xlsx") as file:
                write_workbook(file, [Table(traits.label, _header(traits), rows)])
        return counts

    def suggestions(self) -> int:
        """Every suggestion as a text for a word processor, in the order they were entered; returns how many."""
        from app.documents.suggestion_word import suggestion_word  # its library takes a moment to load

        self.steps.begin("suggestions", len(self.to_print))
        if self.to_print:
            (self.part / SUGGESTIONS).mkdir()
        for number, id in enumerate(self.to_print, start=1):
            paper = suggestion_paper(self.workspace, id)
            name = f"{number:04d}-{word_name(paper.subject)}"
            write_whole(self.part / SUGGESTIONS / name, suggestion_word(paper, self.workspace.clock.now()))
            self.steps.advance()
        return len(self.to_print)

    def _row(self, record: Record, names: Mapping[Id, str], categories: Mapping[tuple[str, str], str]) -> Sequence[str | int]:
        self.steps.advance()
        if isinstance(record, Suggestion):
            self.to_print.append(record.id)
        kind, shown = record.traits.name, self.withheld.as_listed(record)
        cells: list[str | int] = [record.id]
        for each in record.traits.fields.values():
            value = getattr(shown, each.name)
            if each.name == "category":
                value = categories.get((kind, value), value)
            cells += [_names(value, names)] if each.to in NAMED else []
            cells.append(self._cell(record, each, value))
        cells.append(json.dumps(dict(shown.extra), ensure_ascii=False, sort_keys=True) if shown.extra else "")
        return [*cells, self._content(record)] if isinstance(record, Attachment) else cells

    def _cell(self, record: Record, told: FieldTraits, value: object) -> str | int:
        """A field as a cell; a text that no cell has room for lies in a file of its own, which the cell names."""
        from app.ledgers.written import LONGEST

        if value == told.shape.empty:
            return ""
        written = value if told.shape.codes else told.shape.write(value)
        if isinstance(written, int) and not isinstance(written, bool):
            return written
        text = plain_text(written)
        if len(text) <= LONGEST:
            return text
        self.long_texts += 1
        name = f"{LONG_TEXTS}/{record.id}-{told.name}.txt"
        (self.part / LONG_TEXTS).mkdir(exist_ok=True)
        write_whole(self.part / name, text.encode("utf-8-sig"))
        return f"见 {name}"

    def _content(self, attachment: Attachment) -> str:
        """Write what an attachment contains; returns where it lies in the folder. A file of who may not be named is left out."""
        if self.withheld.holds_for(attachment):
            return _LEFT_OUT
        (self.part / FILES).mkdir(exist_ok=True)
        name = f"{FILES}/{len(self.files) + 1:05d}-{plain_name(attachment.name)}"
        self.files.append(name)
        try:
            with written_whole(self.part / name) as file:
                write_attachment(self.workspace, attachment.sha256, file.write)
        except Refused as error:
            if error.code != "attachment_missing":
                raise
            self.missing.append(attachment.name)
            return _MISSING
        return name


def _header(traits: KindTraits) -> list[str]:
    """The columns of a kind: its identifier, every field by its label, a link to a small kind by name and by identifier."""
    return [
        _ID,
        *(name for each in traits.fields.values() for name in _columns(each)),
        _OTHER,
        *([_FILE] if traits.record is Attachment else []),
    ]


def _columns(told: FieldTraits) -> Iterator[str]:
    if told.to in NAMED:
        yield told.label
    yield f"{told.label}（{_ID}）" if told.to else told.label


def _names(value: object, names: Mapping[Id, str]) -> str:
    ids = value if isinstance(value, tuple) else (value,)
    return "、".join(names.get(str(each), "") or "…" for each in ids if each)


def _told(workspace: Workspace, done: PlainExported, written: _Writing) -> str:
    """What a person who opens the folder should know."""
    now = workspace.clock.today()
    lines = [
        "本文件夹是一个人大代表联络站的全部资料，未加密。",
        f"导出时间：{now:%Y-%m-%d %H:%M}",
        "",
        "其中有群众的姓名、电话和住址。请放在加密的盘里，用完即删，不要用微信、邮件发送。",
        (_NAMED_TOLD if done.named else _WITHHELD_TOLD).format(people=done.withheld),
        "",
        _TABLES_TOLD.format(tables=TABLES, id=_ID),
        f"{SUGGESTIONS}：每件代表建议一个 Word 文件，共 {done.suggestions} 件。要求身份保密的，Word 文件里不写代表姓名。",
        f"{FILES}：照片、扫描件和其他文件，共 {done.files} 个；属于哪条记录，见「附件.xlsx」。",
    ]
    if written.long_texts:
        lines.append(f"{LONG_TEXTS}：一个单元格放不下的文字，共 {written.long_texts} 篇。")
    if written.missing:
        lines += ["", f"下列文件的内容不在这台电脑上，没有导出：{'、'.join(written.missing)}"]
    lines += ["", "回收站里的记录、修改经过和没有保存的草稿不在其中。", "", "记录条数："]
    lines += [f"  {KINDS[kind].label}：{number}" for kind, number in done.records.items()]
    return "\r\n".join([*lines, ""])
