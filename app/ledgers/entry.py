"""The rows of a sheet read by the form of a ledger, cell by cell; what cannot be read is told at its place, not lost."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, Generic

from app.domain.personal_data import PersonalData, identity_numbers, personal_data
from app.ledgers.cells import CELL_ERRORS, Value, is_empty, written
from app.ledgers.columns import ColumnMap, SheetProblem
from app.ledgers.dates import Moment, read_moment
from app.ledgers.form import LedgerColumn, LedgerForm, Reads, RowKind
from app.ledgers.grid import Row
from app.ledgers.header import normal_name
from app.ledgers.long_numbers import lost_digits
from app.ledgers.sheet import Format, Sheet
from app.ledgers.text import clean_line, clean_text, squeezed

Repairs = Mapping[tuple[int, int], str]
"""What a person typed instead of cells: by row (Excel's number) and column (from 0)."""

_DITTO: Final = frozenset({"同上", "〃", "″", '"', "''", "“", "”", "··", "同前"})
_SEPARATORS: Final = re.compile(r"[、，,;；/／|\n]+")
_ASIDE: Final = re.compile(r"[(\[（【〔].*?[)\]）】〕]")
_TITLES: Final = ("代表", "同志")
_COUNT: Final = re.compile(r"(?:约|共)?\s*(\d{1,6})\s*(?:余|多)?\s*[人名位户个]?(?:次)?")
_TENS: Final = re.compile(r"(?:约|共)?([一二两三四五六七八九]?)(十?)([一二两三四五六七八九]?)\s*[人名位户个]?")
_NUMERALS: Final = {"": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def ledger_rows(
    sheet: Sheet, columns: ColumnMap, form: LedgerForm[RowKind], *, year: int = 0, repairs: Repairs | None = None
) -> Iterator[RowKind | SheetProblem]:
    """Every row of the sheet in its order: its values, after what is to be told of it; or problems, the last one `refused`.

    `year` is taken where a day is written without one. A ditto mark stands for the cell above it.
    Refused: what the form's `lacks` says, with (text); `number_rounded(text)`, `number_shortened(text)`. Told, and the row taken:
    `date_unreadable(text)`, `date_unlikely(text)`, `date_year_short(text)`, `date_year_missing(text)` (the day stays empty),
    `date_order_assumed(text, day)`,
    `time_unreadable(text, day)`, `count_unreadable(text)`, `word_unknown(text, known)` (the text is kept in `extras`),
    `identity_dropped` (a citizen's number among what belongs to no field is not kept), `identity_within` (one in words,
    which are kept),
    `cell_error(text)` (#N/A and the like, read as empty), `row_too_long(columns)` (cells beyond the header, kept in `extras`).
    """
    mended = repairs or {}
    above: dict[int, Value] = {}
    for row in sheet.rows:
        seen = _without_dittos(_repaired(row, mended), above)
        yield from _Entry(seen, sheet, columns, form, year, mended).read()


def _repaired(row: Row, repairs: Repairs) -> Row:
    typed = {column: text for (number, column), text in repairs.items() if number == row.number}
    if not typed:
        return row
    values = [*row.values, *[None] * (max(typed) + 1 - len(row.values))]
    for column, text in typed.items():
        values[column] = text
    return replace(row, values=tuple(values))


def _without_dittos(row: Row, above: dict[int, Value]) -> Row:
    values = list(row.values)
    for column, value in enumerate(values):
        if isinstance(value, str) and value.strip() in _DITTO and column in above:
            values[column] = above[column]
        above[column] = values[column]
    return Row(number=row.number, values=tuple(values))


class _Entry(Generic[RowKind]):
    """One row while it is read: which columns were used, and what is to be told."""

    def __init__(
        self, row: Row, sheet: Sheet, columns: ColumnMap, form: LedgerForm[RowKind], year: int, repairs: Repairs
    ) -> None:
        self.row = row
        self.sheet = sheet
        self.columns = columns
        self.form = form
        self.year = year
        self.repairs = repairs
        self.used: set[int] = set()
        self.places: dict[str, int] = {}
        self.problems: list[SheetProblem] = []

    def read(self) -> Iterator[RowKind | SheetProblem]:
        if self.tell_lost():
            yield from self.problems
            return
        given: dict[str, Any] = {}
        for column in self.form.columns:
            given |= self.cell(column)
        given = self.form.settle(given)
        if lacking := self.form.lacks(given):
            yield from self.problems
            yield self.refusal(lacking)
            return
        extras = self.extras(given)
        self.tell_length()
        yield from self.problems
        labels = {field: self.sheet.header.label(column) for field, column in self.places.items()}
        yield self.form.row(row=self.row.number, extras=extras, places=self.places, labels=labels, **given)

    def cell(self, column: LedgerColumn) -> dict[str, Any]:
        """What a column gives to the row, by the names of the row's fields."""
        field = column.field
        match column.reads:
            case Reads.TEXT:
                return {field: self.text(field)}
            case Reads.LINE:
                return {field: self.line(field)}
            case Reads.DIGITS:
                return {field: unicodedata.normalize("NFKC", self.line(field))}
            case Reads.DAY:
                moment = self.moment(field)
                return {field: moment.day} | ({column.hour: moment.at} if column.hour else {})
            case Reads.COUNT:
                return {field: self.count(field)}
            case Reads.NAMES:
                return {field: names_in(self.text(field))}
            case Reads.WORD:
                return {field: self.word(column)}

    def value(self, column: int) -> Value:
        return self.row.values[column] if column < len(self.row.values) else None

    def text(self, field: StrEnum) -> str:
        """The first filled column of a field, in paragraphs."""
        for column in self.columns.of(field):
            text = clean_text(written(self.value(column)))
            if text in CELL_ERRORS:
                self.used.add(column)
                self.tell(column, "cell_error", text=text)
            elif text:
                self.use(field, column)
                if identity_numbers(text):
                    self.tell(column, "identity_within")
                return text
        return ""

    def line(self, field: StrEnum) -> str:
        return self.text(field).replace("\n", " ")

    def moment(self, field: StrEnum) -> Moment:
        """The day of the first column that tells one, and the time beside it or in a column of its own."""
        told = Moment()
        for column in self.columns.of(field):
            read = read_moment(self.value(column), self.sheet.day_zero, self.year)
            if (told.day and (read.day or read.problem)) or (told.at and not read.day and not read.problem):
                continue  # a second date, of registration say, is an extra
            if read.problem:
                self.tell_moment(column, read)
            else:
                self.use(field, column)
            told = Moment(day=told.day or read.day, at=told.at or read.at)
        return told

    def tell_moment(self, column: int, read: Moment) -> None:
        text = clean_line(written(self.value(column)))
        if read.day:
            self.tell(column, read.problem, text=text, day=read.day)
        else:
            self.tell(column, read.problem, text=text)

    def count(self, field: StrEnum) -> int:
        """A number of people; what is none stays an extra."""
        text = self.line(field)
        number = count_in(text)
        if number is None:
            self.tell(self.given_back(field), "count_unreadable", text=text)
        return number or 0

    def word(self, column: LedgerColumn) -> str:
        """The code that a word stands for; a word nobody knows stays an extra."""
        text, codes = self.line(column.field), column.codes
        if not text or codes is None:
            return ""
        known = {normal_name(code.label): str(code) for code in codes} | dict(column.words)
        code = known.get(normal_name(text))
        if code is None:
            self.tell(self.given_back(column.field), "word_unknown", text=text, known=tuple(each.label for each in codes))
            return ""
        return codes(code)

    def use(self, field: str, column: int) -> None:
        self.used.add(column)
        self.places.setdefault(str(field), column)

    def given_back(self, field: str) -> int:
        """The column a field was read from, which is an extra from now on."""
        column = self.places.pop(str(field))
        self.used.discard(column)
        return column

    def extras(self, given: Mapping[str, Any]) -> dict[str, str]:
        """What is written in columns not used so far, but for a copy of what the row says already."""
        extras: dict[str, str] = {}
        said = [str(given[field]) for field in self.form.says]
        for column in range(len(self.row.values)):
            passed_over = column in self.used or column in self.columns.left_out
            text = "" if passed_over else clean_text(written(self.value(column)))
            if not text or _says(text, said):
                continue
            if any(found.what is PersonalData.IDENTITY for found in personal_data(text)):
                self.tell(column, "identity_dropped")
                continue
            name = self.sheet.header.name(column)
            extras[self.sheet.header.label(column) if name in extras else name] = text
        return extras

    def tell_length(self) -> None:
        width = len(self.sheet.header.names)
        if len(self.row.values) > width:
            self.tell(width, "row_too_long", columns=len(self.row.values) - width)

    def tell_lost(self) -> bool:
        """Whether a number that would be taken has lost digits already; what was typed by hand is believed."""
        saved_as_text = self.sheet.format is Format.CSV
        for column, value in enumerate(self.row.values):
            typed = (self.row.number, column) in self.repairs
            if column in self.columns.left_out or typed:
                continue
            if code := lost_digits(value, saved_as_text=saved_as_text):
                self.tell(column, code, refused=True, text=clean_line(written(value)))
                return True
        return False

    def refusal(self, code: str) -> SheetProblem:
        """The whole row is refused; the first column that could mend it is where a person may type."""
        shown = " ".join(filter(None, (clean_line(written(value)) for value in self.row.values)))[:40]
        wanted = self.form.day if code == "row_without_day" else ""
        fields = [self.form.field(wanted)] if wanted else self.form.needed
        at = next((column for field in fields for column in self.columns.of(field)), None)
        cell = "" if at is None else written(self.value(at))
        return SheetProblem(row=self.row.number, code=code, facts={"text": shown}, refused=True, at=at, cell=cell)

    def tell(self, column: int, code: str, *, refused: bool = False, **facts: object) -> None:
        self.problems.append(
            SheetProblem(
                row=self.row.number,
                column=self.sheet.header.label(column),
                code=code,
                facts=facts,
                refused=refused,
                at=column,
                cell="" if is_empty(self.value(column)) else written(self.value(column)),
            )
        )


def names_in(text: str) -> tuple[str, ...]:
    """The names of people in a cell: 张三、李四; two characters with a blank between them are one name."""
    names: list[str] = []
    for part in _SEPARATORS.split(_ASIDE.sub(" ", text)):
        tokens = part.split()
        while tokens:
            pair = len(tokens) > 1 and len(tokens[0]) == len(tokens[1]) == 1
            name = "".join(tokens[:2]) if pair else tokens[0]
            tokens = tokens[2 if pair else 1 :]
            names += [plain] if (plain := _without_title(name)) else []
    return tuple(dict.fromkeys(names))


def _without_title(name: str) -> str:
    for title in _TITLES:
        if name.endswith(title) and len(name) > len(title) + 1:
            return name.removesuffix(title)
    return name


def count_in(text: str) -> int | None:
    """The number of people a cell tells: 6, ６人, 约20人, 十二人; 0 of nothing, None where it tells something else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return 0
    if found := _COUNT.fullmatch(plain):
        return int(found[1])
    if (found := _TENS.fullmatch(plain)) and any(found.groups()):
        tens, ten, ones = found.groups()
        if not ten and tens and ones:
            return None
        return (_NUMERALS[tens] or 1) * 10 + _NUMERALS[ones] if ten else _NUMERALS[tens] + _NUMERALS[ones]
    return None


def _says(text: str, said: list[str]) -> bool:
    if not said or len(text) < len(said[0]):
        return False
    return squeezed(text) in {*map(squeezed, said), squeezed("".join(said))}
