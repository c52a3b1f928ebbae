"""A list of handling units in a spreadsheet, a unit in a row."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.congress import Level
from app.domain.unit import UnitType
from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, lacks_name, spelled
from app.ledgers.people import LEVEL_WORDS


class Field(StrEnum):
    """What a column of a list of units may tell."""

    LINE_NO = "line_no"
    NAME = "name"
    SHORT_NAME = "short_name"
    FORMER_NAMES = "former_names"
    TYPE = "type"
    LEVEL = "level"
    PARENT = "parent"
    COMMITTEE = "committee"
    PERSON = "person"
    PHONE = "phone"
    POLICY_CONTACT = "policy_contact"
    POLICY_PHONE = "policy_phone"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(LedgerRow):
    """One unit; `name` is never empty, `parent` is the name of the unit above it."""

    line_no: str = ""
    name: str
    short_name: str = ""
    former_names: tuple[str, ...] = ()
    type: str = ""
    level: str = ""
    parent: str = ""
    committee: str = ""
    person: str = ""
    phone: str = ""
    policy_contact: str = ""
    policy_phone: str = ""


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(
        field=Field.NAME,
        names=spelled("承办单位 单位名称 单位全称 承办单位名称 部门名称 责任单位 办理单位 全称 名称 单位 部门 name"),
    ),
    LedgerColumn(field=Field.SHORT_NAME, names=spelled("简称 单位简称 short_name")),
    LedgerColumn(field=Field.FORMER_NAMES, names=spelled("曾用名 原名称 原单位名称 former_names"), reads=Reads.NAMES),
    LedgerColumn(
        field=Field.TYPE,
        names=spelled("单位类型 单位类别 单位性质 类型 类别 性质 type"),
        reads=Reads.WORD,
        codes=UnitType,
        words={
            **dict.fromkeys(("政府", "政府组成部门", "行政单位", "行政机关", "政府工作部门"), UnitType.GOVERNMENT),
            **dict.fromkeys(("党委", "党群", "党群部门"), UnitType.PARTY),
            **dict.fromkeys(("乡镇", "街道", "乡镇街道办事处"), UnitType.TOWNSHIP),
            **dict.fromkeys(("村", "社区"), UnitType.VILLAGE),
            **dict.fromkeys(("企业", "事业单位", "企事业单位", "国企", "公司"), UnitType.ENTERPRISE),
            "群团组织": UnitType.MASS_ORGANISATION,
            "热线": UnitType.HOTLINE,
            "人大": UnitType.CONGRESS,
        },
    ),
    LedgerColumn(field=Field.LEVEL, names=spelled("层级 级别 单位层级 level"), reads=Reads.WORD, codes=Level, words=LEVEL_WORDS),
    LedgerColumn(field=Field.PARENT, names=spelled("上级单位 上级部门 主管单位 主管部门 parent")),
    LedgerColumn(field=Field.COMMITTEE, names=spelled("对口督办委员会 对口委员会 对口专委会 对口专门委员会 对口委室 committee")),
    LedgerColumn(field=Field.PERSON, names=spelled("联系人 联系人姓名 联络员 经办人 负责人 person")),
    LedgerColumn(field=Field.PHONE, names=spelled("办公电话 联系电话 单位电话 电话 电话号码 联系方式 phone"), reads=Reads.DIGITS),
    LedgerColumn(field=Field.POLICY_CONTACT, names=spelled("政策联系人 政策咨询联系人 政策解读人 政策咨询人 policy_contact")),
    LedgerColumn(
        field=Field.POLICY_PHONE, names=spelled("政策咨询电话 政策联系电话 政策联系人电话 policy_phone"), reads=Reads.DIGITS
    ),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names stations give the columns of a list of 承办单位."""

UNITS: Final = LedgerForm(
    name="units",
    prefix="unit/1",
    row=UnitRow,
    columns=_COLUMNS,
    needed=(Field.NAME,),
    lacks=lacks_name,
    same=("name",),
)
"""Handling units: one name is one unit."""
