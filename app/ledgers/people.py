"""A roster of deputies in a spreadsheet, a deputy in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.congress import Level
from app.domain.people import Entry, Sex
from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, lacks_name, spelled
from app.ledgers.header import normal_name


class Field(StrEnum):
    """What a column of a roster may tell."""

    LINE_NO = "line_no"
    NAME = "name"
    SEX = "sex"
    LEVEL = "level"
    CONGRESS = "congress"
    TERM = "term"
    CARD = "card"
    DELEGATION = "delegation"
    ELECTING_UNIT = "electing_unit"
    CONSTITUENCY = "constituency"
    GROUP = "group"
    WORKPLACE = "workplace"
    POST = "post"
    ENTRY = "entry"
    ELECTED_ON = "elected_on"
    PHONE = "phone"
    ADDRESS = "address"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(LedgerRow):
    """One deputy; `name` is never empty, congress and term are the words of the sheet."""

    line_no: str = ""
    name: str
    sex: str = ""
    level: str = ""
    congress: str = ""
    term: str = ""
    card: str = ""
    delegation: str = ""
    electing_unit: str = ""
    constituency: str = ""
    group: str = ""
    workplace: str = ""
    post: str = ""
    entry: str = ""
    elected_on: date | None = None
    phone: str = ""
    address: str = ""


LEVEL_WORDS: Final[Mapping[str, str]] = {
    normal_name(word + ending): level
    for level, words in {
        Level.NATIONAL: "全国 国家 国家级",
        Level.PROVINCE: "省 省级 自治区 直辖市",
        Level.CITY: "市 市级 市州 市州级 设区的市 州",
        Level.COUNTY: "县 县级 区 区级 县市区 县市区级 县区 县级市 区县 旗",
        Level.TOWNSHIP: "乡 镇 乡镇 乡镇级 乡级 镇级",
    }.items()
    for word in words.split()
    for ending in ("", "人大", "人大代表", "代表")
}
"""How the five levels are written."""


def joined_name(name: str) -> str:
    """A name of two characters that somebody spread with a blank is one word."""
    parts = name.split()
    return "".join(parts) if parts and all(len(part) == 1 for part in parts) else name


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    return given | {Field.NAME: joined_name(given[Field.NAME])}


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(field=Field.NAME, names=spelled("代表姓名 姓名 人大代表 代表 name")),
    LedgerColumn(
        field=Field.SEX,
        names=spelled("性别 sex"),
        reads=Reads.WORD,
        codes=Sex,
        words={"男性": Sex.MALE, "m": Sex.MALE, "女性": Sex.FEMALE, "f": Sex.FEMALE},
    ),
    LedgerColumn(
        field=Field.LEVEL,
        names=spelled("代表层级 代表级别 代表类别 代表层次 层级 级别 层次 level"),
        reads=Reads.WORD,
        codes=Level,
        words=LEVEL_WORDS,
    ),
    LedgerColumn(field=Field.CONGRESS, names=spelled("人民代表大会 所属人大 哪级人大 本级人大 congress")),
    LedgerColumn(field=Field.TERM, names=spelled("届次 届别 届 term")),
    LedgerColumn(field=Field.CARD, names=spelled("代表证号 代表证编号 代表证号码 证号 代表编号 编号 card"), reads=Reads.DIGITS),
    LedgerColumn(field=Field.DELEGATION, names=spelled("代表团 所在代表团 delegation")),
    LedgerColumn(field=Field.ELECTING_UNIT, names=spelled("选举单位 原选举单位 electing_unit")),
    LedgerColumn(field=Field.CONSTITUENCY, names=spelled("选区 所在选区 选区名称 选区号 constituency")),
    LedgerColumn(field=Field.GROUP, names=spelled("代表小组 所在代表小组 所属小组 小组 group")),
    LedgerColumn(
        field=Field.WORKPLACE, names=spelled("工作单位 所在单位 单位 工作单位及职务 工作单位和职务 单位及职务 单位职务 workplace")
    ),
    LedgerColumn(field=Field.POST, names=spelled("职务 职业 职务职称 现任职务 post")),
    LedgerColumn(
        field=Field.ENTRY, names=spelled("产生方式 entry"), reads=Reads.WORD, codes=Entry, words={"换届": Entry.GENERAL_ELECTION}
    ),
    LedgerColumn(field=Field.ELECTED_ON, names=spelled("当选日期 当选时间 elected_on"), reads=Reads.DAY),
    LedgerColumn(
        field=Field.PHONE, names=spelled("联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 phone"), reads=Reads.DIGITS
    ),
    LedgerColumn(field=Field.ADDRESS, names=spelled("住址 家庭住址 家庭地址 联系地址 通讯地址 地址 address")),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names stations give the columns of a 代表名册 (domain brief 2.1, and sheets seen)."""

PEOPLE: Final = LedgerForm(
    name="people",
    prefix="deputy/1",
    row=PersonRow,
    columns=_COLUMNS,
    needed=(Field.NAME,),
    wanted=(Field.LEVEL,),
    settle=_settled,
    lacks=lacks_name,
    same=("name", "level", "congress", "term", "card"),
)
"""Deputies: equal rows are one deputy; who holds two mandates has two rows of different levels."""
