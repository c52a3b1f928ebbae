"""Residents' messages in a station's spreadsheet: its columns, its rows as values, and how a message is known again."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from typing import Final

from app.errors import Refused
from app.ledgers.cells import CELL_ERRORS, Value, written
from app.ledgers.columns import ColumnMap, SheetProblem, known_names, map_columns
from app.ledgers.dates import Moment, read_moment
from app.ledgers.grid import Row
from app.ledgers.header import Header
from app.ledgers.sheet import Sheet
from app.ledgers.text import clean_line, clean_text, heading_of

LONGEST_TITLE: Final = 60
"""A title longer than this, where nothing else was written, is the message itself."""


class Field(StrEnum):
    """What a column of messages may tell."""

    TITLE = "title"
    CONTENT = "content"
    SOURCE_NO = "source_no"
    LINE_NO = "line_no"
    RAISED_BY = "raised_by"
    RAISED_ON = "raised_on"
    PHONE = "phone"
    ADDRESS = "address"
    PLACE = "place"
    CATEGORY = "category"
    DEPUTY = "deputy"
    REMARKS = "remarks"


def _names(written: str) -> tuple[str, ...]:
    return tuple(written.split())


SYNONYMS: Final[Mapping[StrEnum, tuple[str, ...]]] = {
    Field.TITLE: _names(
        "留言主题 留言标题 标题 主题 诉求标题 信件标题 投诉标题 建议标题 反映事项 来访事项 事项 诉求事项 反映问题 "
        "事由 摘要 内容摘要 事项摘要 问题摘要 title subject"
    ),
    Field.CONTENT: _names(
        "留言详情 留言内容 反映内容 内容（原话） 具体内容 详细内容 主要内容 诉求内容 投诉内容 投诉件内容 来访内容 "
        "信件内容 问题内容 意见内容 建议内容 意见建议 反映问题内容 问题描述 诉求描述 详情 内容 正文 原话 文本 "
        "反映事项 反映问题 诉求 意见 问题 content text"
    ),
    Field.SOURCE_NO: _names(
        "留言编号 来源编号 来源登记号 工单编号 工单号 受理编号 登记编号 登记号 信件编号 诉求编号 投诉编号 意见编号 编号 编码 id"
    ),
    Field.LINE_NO: _names("序号 行号 次序 no"),
    Field.RAISED_BY: _names(
        "留言用户 留言人 留言者 网友 来访人 来访人姓名 来访者 来访群众 来访选民 反映人 反映人姓名 反映群众 "
        "群众姓名 选民姓名 选民 群众 走访对象 接待对象 诉求人 投诉人 来信人 信访人 联系人 来电人 姓名 name"
    ),
    Field.RAISED_ON: _names(
        "留言时间 留言日期 反映时间 反映日期 来访时间 来访日期 接待时间 接待日期 走访时间 走访日期 收到日期 "
        "收到时间 登记日期 登记时间 受理日期 受理时间 投诉时间 来信日期 来电时间 提交时间 发布时间 日期 时间 date "
        "time publish_time"
    ),
    Field.PHONE: _names("联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 来电号码 反映人电话 phone"),
    Field.ADDRESS: _names("住址 家庭住址 家庭地址 联系地址 村（社区）/住址 村/住址 地址 address"),
    Field.PLACE: _names("事发地点 发生地点 问题地点 反映地点 涉及地点 事发地 地点 place"),
    Field.CATEGORY: _names(
        "内容类别 问题类别 事项类别 诉求类别 一级标签 一级分类 问题分类 诉求分类 类别 分类 问题类型 诉求类型 类型 category"
    ),
    Field.DEPUTY: _names("接待代表 走访代表 接访代表 值班代表 代表姓名 人大代表 代表"),
    Field.REMARKS: _names("备注 备考 说明 remarks"),
}
"""The names stations give their columns (domain brief 2.5 and 2.6, and sheets seen), the strongest first."""

KNOWN_NAMES: Final = known_names(SYNONYMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One message as a row tells it, its texts cleaned; at least one of title and content was written, `title` is never empty.

    `source_no` is the number its source gave it, `line_no` only its place in this sheet. `extras` are the filled columns that
    belong to no field, by their names, with dates that could not be read among them.
    """

    row: int
    source_no: str = ""
    line_no: str = ""
    raised_by: str = ""
    title: str
    content: str = ""
    raised_on: date | None = None
    raised_at: time | None = None
    phone: str = ""
    address: str = ""
    place: str = ""
    category: str = ""
    deputy: str = ""
    remarks: str = ""
    extras: Mapping[str, str] = declared(default_factory=dict, hash=False)

    def notes(self) -> str:
        """The remarks, and every extra as a line of its own under the name of its column."""
        return "\n".join(filter(None, (self.remarks, *(f"{name}：{text}" for name, text in self.extras.items()))))


def guessed_columns(header: Header) -> ColumnMap:
    """The columns of a sheet of messages by their names, whether or not they tell what was raised.

    Told is where nobody is named or no day.
    """
    return map_columns(header, SYNONYMS, wanted=(Field.RAISED_BY, Field.RAISED_ON))


def told_by(header: Header, columns: ColumnMap) -> ColumnMap:
    """The same columns.

    Raises `Refused("columns_missing", row, found, names)` where none of them can hold what was raised (decision 11).
    """
    if not columns.of(Field.TITLE) and not columns.of(Field.CONTENT):
        names = (*SYNONYMS[Field.TITLE][:4], *SYNONYMS[Field.CONTENT][:4])
        raise Refused("columns_missing", row=header.row, found=header.names, names=names)
    return columns


def message_rows(sheet: Sheet, columns: ColumnMap) -> Iterator[MessageRow | SheetProblem]:
    """Every row of the sheet in its order: its message, after what is to be told of it; or one problem with `refused`.

    Refused: `row_without_text(text)`. Told, and the row taken: `date_unreadable(text)` and `date_year_short(text)` (the day stays
    empty), `date_order_assumed(text, day)`, `time_unreadable(text, day)` (the text is kept in `extras`),
    `cell_error(text)` (#N/A and the like, read as empty), `row_too_long(columns)` (cells beyond the header, kept in `extras`).
    """
    for row in sheet.rows:
        yield from _Entry(row, sheet, columns).read()


def fingerprint(row: MessageRow, occurrence: int = 1) -> str:
    """What stays the same of a message in every export of it: number, person, text, place, day and time, in hexadecimal.

    Blanks, width, case and line breaks do not count, nor do columns that are filled in later (category, deputy, remarks).
    Phone and address are left out, so that nobody can try numbers against it. `occurrence` tells apart rows without a number
    that say the same in one sheet: see `Fingerprints`.
    """
    moment = (row.raised_on.isoformat() if row.raised_on else "", row.raised_at.isoformat() if row.raised_at else "")
    parts = (row.source_no, row.raised_by, row.title, row.content, row.place, *moment, str(occurrence))
    return sha256(_squeezed("\0".join(("message/1", *parts))).encode("utf-8", "surrogatepass")).hexdigest()


class Fingerprints:
    """The fingerprints of one sheet's rows: two equal rows with a number are one message, two without are two.

    So the same sheet read again gives the same fingerprints, and no message of two neighbours with the same words is lost.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, row: MessageRow) -> str:
        """The fingerprint of the next row of the sheet."""
        first = fingerprint(row)
        if row.source_no:
            return first
        self._seen[first] += 1
        return fingerprint(row, self._seen[first])


class _Entry:
    """One row while it is read: which columns were used, and what is to be told."""

    def __init__(self, row: Row, sheet: Sheet, columns: ColumnMap) -> None:
        self.row = row
        self.sheet = sheet
        self.columns = columns
        self.used: set[int] = set()
        self.problems: list[SheetProblem] = []

    def read(self) -> Iterator[MessageRow | SheetProblem]:
        title, content = _title_and_content(self.text(Field.TITLE), self.text(Field.CONTENT))
        if not title:
            yield from self.problems
            yield SheetProblem(row=self.row.number, code="row_without_text", facts={"text": self.shown()}, refused=True)
            return
        message = self.message(title, content)
        self.tell_length()
        yield from self.problems
        yield message

    def message(self, title: str, content: str) -> MessageRow:
        moment = self.moment()
        return MessageRow(
            row=self.row.number,
            title=title,
            content=content,
            raised_on=moment.day,
            raised_at=moment.at,
            remarks=self.text(Field.REMARKS),
            source_no=self.line(Field.SOURCE_NO),
            line_no=self.line(Field.LINE_NO),
            raised_by=self.line(Field.RAISED_BY),
            phone=self.line(Field.PHONE),
            address=self.line(Field.ADDRESS),
            place=self.line(Field.PLACE),
            category=self.line(Field.CATEGORY),
            deputy=self.line(Field.DEPUTY),
            extras=self.extras(title, content),
        )

    def value(self, column: int) -> Value:
        return self.row.values[column] if column < len(self.row.values) else None

    def text(self, field: Field) -> str:
        """The first filled column of a field, in paragraphs."""
        for column in self.columns.of(field):
            text = clean_text(written(self.value(column)))
            if text in CELL_ERRORS:
                self.used.add(column)
                self.tell(column, "cell_error", text=text)
            elif text:
                self.used.add(column)
                return text
        return ""

    def line(self, field: Field) -> str:
        return self.text(field).replace("\n", " ")

    def moment(self) -> Moment:
        """The day of the first column that tells one, and the time beside it or in a column of its own."""
        told = Moment()
        for column in self.columns.of(Field.RAISED_ON):
            read = read_moment(self.value(column), self.sheet.day_zero)
            if (told.day and (read.day or read.problem)) or (told.at and not read.day and not read.problem):
                continue  # a second date, of registration say, is an extra
            if read.problem:
                self.tell_moment(column, read)
            else:
                self.used.add(column)
            told = Moment(day=told.day or read.day, at=told.at or read.at)
        return told

    def tell_moment(self, column: int, read: Moment) -> None:
        text = clean_line(written(self.value(column)))
        if read.day:
            self.tell(column, read.problem, text=text, day=read.day)
        else:
            self.tell(column, read.problem, text=text)

    def extras(self, title: str, content: str) -> dict[str, str]:
        """What is written in columns not used so far, but for a copy of what title and content say already."""
        extras: dict[str, str] = {}
        for column in range(len(self.row.values)):
            passed_over = column in self.used or column in self.columns.left_out
            text = "" if passed_over else clean_text(written(self.value(column)))
            if text and not _says(text, title, content):
                name = self.sheet.header.name(column)
                extras[self.sheet.header.label(column) if name in extras else name] = text
        return extras

    def tell_length(self) -> None:
        width = len(self.sheet.header.names)
        if len(self.row.values) > width:
            self.tell(width, "row_too_long", columns=len(self.row.values) - width)

    def tell(self, column: int, code: str, **facts: object) -> None:
        label = self.sheet.header.label(column)
        self.problems.append(SheetProblem(row=self.row.number, column=label, code=code, facts=facts))

    def shown(self) -> str:
        return " ".join(filter(None, (clean_line(written(value)) for value in self.row.values)))[:40]


def _title_and_content(title: str, content: str) -> tuple[str, str]:
    if content:
        return title.replace("\n", " ") or heading_of(content), content
    if "\n" in title or len(title) > LONGEST_TITLE:
        return heading_of(title), title
    return title, ""


def _says(text: str, title: str, content: str) -> bool:
    return len(text) >= len(title) and _squeezed(text) in {_squeezed(title), _squeezed(content), _squeezed(title + content)}


def _squeezed(text: str) -> str:
    """The text without blanks, width and case; private-use characters stay."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
