"""Which column of a sheet is which field, by the names stations give their columns; what is not known is kept, not lost."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from enum import StrEnum

from app.ledgers.header import Header, normal_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """One thing to tell about a place in a sheet; `refused` where the row was not taken.

    `row` is Excel's number; `column` is letter and name (`D 留言时间`), empty where the whole row is meant.
    `at` is the column, from 0, in which a person could mend it, and `cell` what stands there.
    """

    row: int
    column: str = ""
    code: str
    facts: Mapping[str, object] = declared(default_factory=dict, hash=False)
    refused: bool = False
    at: int | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The columns of each field, the strongest name first, counted from 0.

    `others` belong to no field; `left_out` are not read.
    """

    columns: Mapping[StrEnum, tuple[int, ...]]
    others: tuple[int, ...]
    problems: tuple[SheetProblem, ...]
    left_out: frozenset[int] = frozenset()

    def of(self, field: StrEnum) -> tuple[int, ...]:
        """The columns of one field; the first that is filled in a row counts."""
        return self.columns.get(field, ())


def map_columns(header: Header, synonyms: Mapping[StrEnum, Sequence[str]], wanted: Sequence[StrEnum] = ()) -> ColumnMap:
    """The fields of a header's columns by `synonyms`, strongest first; a name two fields claim goes to the earlier field.

    First every field takes its strongest column, then what is left falls to fields that know its name, as second choice.
    Told: `column_twice(names)` where one name stands over several columns, `column_missing(field, names)` for `wanted` fields.
    """
    claims = {field: _claimed(header, names) for field, names in synonyms.items()}
    columns: dict[StrEnum, tuple[int, ...]] = {}
    free = set(range(len(header.names)))
    for count in (1, len(header.names)):
        for field, claimed in claims.items():
            taken = tuple(column for column in claimed if column in free)[:count]
            columns[field] = columns.get(field, ()) + taken
            free.difference_update(taken)
    problems = (*_twice(header, columns), *_missing(header, columns, synonyms, wanted))
    return ColumnMap(columns=columns, others=tuple(sorted(free)), problems=problems)


def chosen_columns(guessed: ColumnMap, chosen: Mapping[int, StrEnum | None], left_out: Collection[int] = ()) -> ColumnMap:
    """The map that a person made of a guessed one: each column is what they chose, a field's columns in the order guessed.

    None is a column of no field; what is neither chosen nor left out stays as it was guessed.
    """
    ranked = [(column, field) for field, columns in guessed.columns.items() for column in columns]
    guess: dict[int, StrEnum | None] = {**dict(ranked), **dict.fromkeys(guessed.others)}
    unread = (guessed.left_out - chosen.keys()) | frozenset(left_out)
    wanted = {column: field for column, field in {**guess, **chosen}.items() if column not in unread}
    columns: dict[StrEnum, tuple[int, ...]] = {}
    for column, field in wanted.items():
        if field is not None:
            columns[field] = (*columns.get(field, ()), column)
    others = tuple(sorted(column for column, field in wanted.items() if field is None))
    missing = tuple(each for each in guessed.problems if not _mended(each, columns))
    return ColumnMap(columns=columns, others=others, problems=missing, left_out=unread)


def _mended(problem: SheetProblem, columns: Mapping[StrEnum, Sequence[int]]) -> bool:
    """Whether a field that no column was found for has one now."""
    return problem.code == "column_missing" and any(field == problem.facts["field"] for field in columns)


def known_names(synonyms: Mapping[StrEnum, Sequence[str]]) -> frozenset[str]:
    """All names of columns in their normal form, as a header is looked for."""
    return frozenset(normal_name(name) for names in synonyms.values() for name in names)


def _claimed(header: Header, names: Sequence[str]) -> list[int]:
    normal = [normal_name(name) for name in header.names]
    ranked = dict.fromkeys(normal_name(name) for name in names)
    return [column for name in ranked for column, shown in enumerate(normal) if shown == name]


def _twice(header: Header, columns: Mapping[StrEnum, Sequence[int]]) -> Iterator[SheetProblem]:
    for taken in columns.values():
        by_name: dict[str, list[int]] = {}
        for column in taken:
            by_name.setdefault(normal_name(header.names[column]), []).append(column)
        for same in by_name.values():
            if len(same) > 1:
                labels = tuple(header.label(column) for column in same)
                yield SheetProblem(row=header.row, column=labels[0], code="column_twice", facts={"names": labels})


def _missing(
    header: Header,
    columns: Mapping[StrEnum, Sequence[int]],
    synonyms: Mapping[StrEnum, Sequence[str]],
    wanted: Sequence[StrEnum],
) -> Iterator[SheetProblem]:
    for field in wanted:
        if not columns.get(field):
            facts = {"field": field.value, "names": tuple(synonyms[field][:4])}
            yield SheetProblem(row=header.row, code="column_missing", facts=facts)
