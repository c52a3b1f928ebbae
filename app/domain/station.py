"""The liaison station, and its seats: the computers that write its journal."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.congress import Level
from app.domain.paper_code import House
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id

STATION_CODE: Final = re.compile(r"[1-9][0-9]{8}-[0-9]{3}")
INVENTED_STATION: Final = "430199001-001"
"""The code of a station to look around in: no county of Hunan has this number."""


class StationStatus(CodeSet):
    """Whether a station works; a merged or closed one keeps its identifier in history."""

    OPEN = "open", "运行"
    MERGED = "merged", "已合并"
    CLOSED = "closed", "已撤销"


class StationGrade(CodeSet):
    """The grades by which stations are shown."""

    STANDARD = "standard", "规范化"
    MODEL = "model", "示范"
    STAR = "star", "明星"


class SeatRole(CodeSet):
    """What a computer is for: a limit on whoever sits at it; nothing said means no limit."""

    FULL = "full", "办理和管理"
    ENTRY = "entry", "仅录入"
    READING = "reading", "仅查阅"


class SeatStatus(CodeSet):
    """Whether a seat may still write."""

    ACTIVE = "active", "在用"
    RETIRED = "retired", "停用"
    LOST = "lost", "遗失"
    STOLEN = "stolen", "被盗"


@kind("station", "人大代表联络站", groups=(("status", "merged_into", "closed_on"),))
class Station(Record):
    """A place where deputies meet residents."""

    code: str = about("联络站编码", searched=True)
    name: str = about("名称", searched=True, spelled=True)
    congress: Id = about("所属人大", to="congress")
    level: Code[Level] = about("层级")
    division_code: str = about("行政区划代码")
    place: str = about("地点", searched=True)
    station_head: str = about("站长", searched=True)
    deputy_station_heads: tuple[str, ...] = about("副站长")
    liaison_officer: str = about("联络员", searched=True)
    office_phone: str = about("办公电话")
    online_page: str = about("网上联络站网址")
    reception_rule: str = about("接待日安排")
    paper_heading: str = about("表单页眉")
    paper_footer: str = about("表单页脚")
    paper_note: str = about("表单备注行")
    paper_seal: bool = about("台账留盖章处")
    outward_marks: bool = about("对外文书印二维码和时间")
    days_a_deputy: int = about("每名代表每月接待天数")
    people_a_deputy: int = about("每名代表每月走访人数")
    area: int = about("面积（平方米）")
    grade: Code[StationGrade] = about("等级")
    stars: int = about("星级")
    opened_on: date | None = about("启用日期")
    status: Code[StationStatus] = about("状态")
    merged_into: Id = about("并入", to="station")
    closed_on: date | None = about("撤并日期")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.opened_on

    def house(self) -> House:
        """What stands on its papers."""
        return House(
            office=self.name,
            heading=self.paper_heading.strip(),
            footer=self.paper_footer.strip(),
            note=self.paper_note.strip(),
            seal=self.paper_seal,
            outward=self.outward_marks,
        )


@kind("seat", "席位", groups=(("status", "retired_on"),))
class Seat(Record):
    """One computer of a station; `key_id` is derived from its signing key (decision 13), which sister seats know it by."""

    station: Id = about("联络站", to="station")
    name: str = about("名称")
    key_id: str = about("密钥标识")
    key: str = about("签名公钥")
    receiving: str = about("接收公钥")
    role: Code[SeatRole] = about("用途")
    enrolled_on: date | None = about("登记日期")
    status: Code[SeatStatus] = about("状态")
    retired_on: date | None = about("停用日期")

    def title(self) -> str:
        return self.name or self.key_id

    def day(self) -> date | None:
        return self.enrolled_on


def role_told(role: str) -> SeatRole:
    """What a computer is for; everything where nothing is said, or what only a newer program knows."""
    return SeatRole(role) if role in set(SeatRole) else SeatRole.FULL


def is_station_code(text: str) -> bool:
    """Whether `text` is nine digits of the township, a hyphen, three digits (decision 13)."""
    return STATION_CODE.fullmatch(text) is not None


def station_problems(station: Station) -> Iterator[Problem]:
    """What a station needs before it can be set up."""
    if not is_station_code(station.code):
        yield Problem(code="station_code_malformed", field="code", facts={"code": station.code})
    if not station.name.strip():
        yield Problem(code="station_name_missing", field="name")
    if station.status == StationStatus.MERGED and not station.merged_into:
        yield Problem(code="station_successor_missing", field="merged_into")
