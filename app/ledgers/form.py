"""A kind of ledger: its columns by the names stations give them, how their cells are read, what makes a row a repeat."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from dataclasses import field as declared
from enum import Enum, StrEnum, auto
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

from app.domain.values import CodeSet
from app.errors import Refused
from app.ledgers.columns import ColumnMap, SheetProblem, known_names, map_columns
from app.ledgers.header import Header, normal_name
from app.ledgers.text import squeezed


class Reads(Enum):
    """How the cell of a column is read."""

    TEXT = auto()  # in paragraphs
    LINE = auto()
    DIGITS = auto()  # a line, full-width digits and letters made narrow: telephones, cards
    DAY = auto()  # a day, and the time of day where one is told
    COUNT = auto()
    NAMES = auto()  # of several people
    WORD = auto()  # one of a set of codes


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerColumn:
    """A column: the field it fills, its names with the strongest first, and how it is read.

    `hour` is the field a time beside the day fills; `codes` and `words` (normal word: code) belong to `Reads.WORD`.
    """

    field: StrEnum
    names: tuple[str, ...]
    reads: Reads = Reads.LINE
    hour: str = ""
    codes: type[CodeSet] | None = None
    words: Mapping[str, str] = declared(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One row of a ledger as values, its texts cleaned; each kind names its fields after its columns.

    `extras` are the filled columns that belong to no field, by their names, with what could not be read among them.
    `places` tells for each field the column (counted from 0) it was read from, `labels` how a person finds that column.
    """

    row: int
    remarks: str = ""
    extras: Mapping[str, str] = declared(default_factory=dict, hash=False)
    places: Mapping[str, int] = declared(default_factory=dict, hash=False, compare=False)
    labels: Mapping[str, str] = declared(default_factory=dict, hash=False, compare=False)

    def notes(self) -> str:
        """The remarks, and every extra as a line of its own under the name of its column."""
        return "\n".join(filter(None, (self.remarks, *(f"{name}：{text}" for name, text in self.extras.items()))))


RowKind = TypeVar("RowKind", bound=LedgerRow)
_NO_NAMES: Final = frozenset({"合计", "总计", "小计", "填表人", "制表人"})
_IDENTITY: Final = frozenset(map(normal_name, ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "居民身份证号")))


def nothing_lacks(_given: Mapping[str, Any]) -> str:
    """Nothing that a row must have."""
    return ""


def lacks_name(given: Mapping[str, Any]) -> str:
    """A row of a register needs a name; what stands there in a row of sums or of signatures is none."""
    problem = "" if given["name"] and given["name"] not in _NO_NAMES else "row_without_name"
    return problem


def as_read(given: dict[str, Any]) -> dict[str, Any]:
    """The cells as they were read."""
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerForm(Generic[RowKind]):
    """One kind of ledger as a table of its columns.

    A sheet must have one column of `needed`; columns of `wanted` are missed aloud. `settle` makes of the cells what the
    row holds, `lacks` gives the code that a row is refused with, or nothing. `says` are fields a copy of which in another
    column is no extra; `same` are the fields by which a row is known again, and with `numbered` filled two equal rows are one.
    """

    name: str
    prefix: str
    row: type[RowKind]
    columns: tuple[LedgerColumn, ...]
    needed: tuple[StrEnum, ...]
    wanted: tuple[StrEnum, ...] = ()
    day: str = ""
    settle: Callable[[dict[str, Any]], dict[str, Any]] = as_read
    lacks: Callable[[Mapping[str, Any]], str] = nothing_lacks
    says: tuple[StrEnum, ...] = ()
    same: tuple[str, ...]
    numbered: str = ""

    def synonyms(self) -> Mapping[StrEnum, Sequence[str]]:
        """The names of each field's columns."""
        return {column.field: column.names for column in self.columns}

    def known(self) -> frozenset[str]:
        """All names of columns in their normal form, as a header is looked for."""
        return known_names(self.synonyms())

    def field(self, name: str) -> StrEnum:
        """The field of this name; raises `ValueError`."""
        return type(self.columns[0].field)(name)

    def guessed(self, header: Header) -> ColumnMap:
        """The columns of a sheet by their names, whether or not they suffice; columns of citizens' numbers are not read."""
        found = map_columns(header, self.synonyms(), wanted=self.wanted)
        private = frozenset(column for column in found.others if normal_name(header.names[column]) in _IDENTITY)
        told = (SheetProblem(row=header.row, column=header.label(column), code="identity_left_out") for column in sorted(private))
        others = tuple(column for column in found.others if column not in private)
        return ColumnMap(columns=found.columns, others=others, problems=(*found.problems, *told), left_out=private)

    def told_by(self, header: Header, columns: ColumnMap) -> ColumnMap:
        """The same columns; raises `Refused("columns_missing", row, found, names)` where none of them is one that is needed."""
        if not any(columns.of(field) for field in self.needed):
            names = tuple(name for field in self.needed for name in self.synonyms()[field][:4])
            raise Refused("columns_missing", row=header.row, found=header.names, names=names, ledger=self.name)
        return columns

    def fingerprint(self, row: RowKind, occurrence: int = 1) -> str:
        """What stays the same of a row in every copy of its ledger, in hexadecimal; blanks, width, case and breaks do not count.

        Columns that are filled in later are left out, and so are telephones, so that nobody can try numbers against it.
        """
        return _digest(self.said(row), occurrence)

    def said(self, row: RowKind) -> str:
        """What stays the same of a row, squeezed into one text."""
        return squeezed("\0".join((self.prefix, *(_plain(getattr(row, name)) for name in self.same), "")))


class Fingerprints(Generic[RowKind]):
    """The fingerprints of one sheet's rows: two equal rows with a number are one, two without are two.

    So the same sheet read again gives the same fingerprints, and no message of two neighbours with the same words is lost.
    """

    def __init__(self, form: LedgerForm[RowKind]) -> None:
        self._form = form
        self._seen: Counter[str] = Counter()

    def of(self, row: RowKind) -> str:
        """The fingerprint of the next row of the sheet."""
        said = self._form.said(row)
        first = _digest(said, 1)
        if not self._form.numbered or getattr(row, self._form.numbered):
            return first
        self._seen[first] += 1
        return first if self._seen[first] == 1 else _digest(said, self._seen[first])


def field_names(row: type[LedgerRow]) -> frozenset[str]:
    """The names of a row's fields."""
    return frozenset(each.name for each in fields(row))


def spelled(names: str) -> tuple[str, ...]:
    """The names of a column written in one text, blanks between them."""
    return tuple(names.split())


def _digest(said: str, occurrence: int) -> str:
    return sha256(f"{said}{occurrence}".encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")
