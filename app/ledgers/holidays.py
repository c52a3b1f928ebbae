"""The days off and make-up working days of a year as a small table: 日期 and 安排 (休 or 班), a day or a run of days a row."""

from datetime import date
from pathlib import Path
from typing import Final

from app.domain.calendar_year import days_typed
from app.errors import Refused
from app.ledgers.header import normal_name
from app.ledgers.sheet import open_sheet
from app.ledgers.small_table import needed_place, text_at

_DAY: Final = ("日期", "放假日期", "时间")
_ARRANGED: Final = ("安排", "类型", "休班")
_REST: Final = frozenset(("休", "休息", "放假", "假"))
_WORKED: Final = frozenset(("班", "上班", "补班", "调休上班"))


def read_holidays(path: Path, year: int) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days off and the days worked that a spreadsheet or CSV names; days without a year are of `year`.

    Raises `Refused("columns_missing", row, found, names)`,
    `Refused("calendar_row_malformed", row, text)`, and what `open_sheet` raises.
    """
    rest: set[date] = set()
    worked: set[date] = set()
    with open_sheet(path, set(map(normal_name, _DAY + _ARRANGED))) as sheet:
        day_at, arranged_at = needed_place(sheet.header, _DAY), needed_place(sheet.header, _ARRANGED)
        for row in sheet.rows:
            told, arranged = text_at(row, day_at), text_at(row, arranged_at)
            into = rest if arranged in _REST else worked if arranged in _WORKED else None
            days, unread = days_typed(told.partition(" ")[0], year)
            if into is None or unread or not days:
                raise Refused("calendar_row_malformed", row=row.number, text=f"{told} {arranged}".strip())
            into.update(days)
    return tuple(sorted(rest)), tuple(sorted(worked))
