"""A list of the deputies who scanned in at a station (扫码进站), as the provincial mini-program gives it out; a scan in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, lacks_name, spelled
from app.ledgers.people import joined_name


class Field(StrEnum):
    """What a column of such a list may tell."""

    LINE_NO = "line_no"
    ON = "on"
    LEFT = "left"
    NAME = "name"
    CARD = "card"
    STATION = "station"
    PHONE = "phone"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow(LedgerRow):
    """One scan; `on` is never empty, and name or card is told. `station` is empty where no column tells it.

    `phone` is read so that it is kept out of the remarks: the register has the deputies' own.
    """

    line_no: str = ""
    on: date
    at: time | None = None
    left: date | None = None
    left_at: time | None = None
    name: str = ""
    card: str = ""
    station: str = ""
    phone: str = ""


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    return given | {Field.NAME: joined_name(given[Field.NAME])}


def _lacks(given: Mapping[str, Any]) -> str:
    problem = "" if given[Field.CARD] else lacks_name(given)
    if not problem and not given[Field.ON]:
        problem = "row_without_day"
    return problem


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(
        field=Field.ON,
        names=spelled(
            "扫码时间 进站时间 签到时间 打卡时间 进站签到时间 扫码进站时间 到站时间 入站时间 进站日期 签到日期 扫码日期 "
            "日期 时间 date time"
        ),
        reads=Reads.DAY,
        hour="at",
    ),
    LedgerColumn(
        field=Field.LEFT,
        names=spelled("离站时间 出站时间 签退时间 离开时间 离站日期"),
        reads=Reads.DAY,
        hour="left_at",
    ),
    LedgerColumn(field=Field.NAME, names=spelled("代表姓名 姓名 人大代表 进站代表 扫码代表 签到代表 签到人 代表 name")),
    LedgerColumn(
        field=Field.CARD, names=spelled("代表证号 代表证编号 代表证号码 证号 代表编号 代表编码 代表码 card"), reads=Reads.DIGITS
    ),
    LedgerColumn(
        field=Field.STATION,
        names=spelled("联络站 联络站名称 人大代表联络站 进站站点 扫码站点 签到地点 站点名称 站点 联络站（点） 站名 station"),
    ),
    LedgerColumn(
        field=Field.PHONE, names=spelled("联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 phone"), reads=Reads.DIGITS
    ),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)

SCANS: Final = LedgerForm(
    name="scans",
    prefix="scan/1",
    row=ScanRow,
    columns=_COLUMNS,
    needed=(Field.ON,),
    wanted=(Field.NAME, Field.CARD),
    day=Field.ON,
    settle=_settled,
    lacks=_lacks,
    same=("on", "at", "name", "card", "station"),
    numbered="name",
)
"""Scans: equal rows are one scan."""
