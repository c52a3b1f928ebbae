"""Units that handle what residents and deputies raise."""

from app.domain.congress import Level
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id


class UnitType(CodeSet):
    """What a unit is."""

    PARTY = "party", "党委部门"
    CONGRESS = "congress", "人大机构"
    GOVERNMENT = "government", "政府部门"
    SUPERVISION = "supervision", "监委"
    COURT = "court", "法院"
    PROCURATORATE = "procuratorate", "检察院"
    MASS_ORGANISATION = "mass_organisation", "群团"
    TOWNSHIP = "township", "乡镇街道"
    VILLAGE = "village", "村社区"
    ENTERPRISE = "enterprise", "企事业"
    HOTLINE = "hotline_12345", "12345热线"


@kind("unit", "承办单位")
class Unit(Record):
    """A handling unit, with the committee that matches it for supervision, and who answers a deputy's questions on policy."""

    name: str = about("名称", searched=True, spelled=True)
    short_name: str = about("简称", searched=True, spelled=True)
    former_names: tuple[str, ...] = about("曾用名", searched=True)
    unit_type: Code[UnitType] = about("单位类型")
    level: Code[Level] = about("层级")
    parent: Id = about("上级单位", to="unit")
    supervising_committee: str = about("对口督办委员会")
    liaison_person: str = about("联系人")
    office_phone: str = about("办公电话")
    policy_contact: str = about("政策联系人", searched=True)
    policy_phone: str = about("政策咨询电话")
    policy_matters: str = about("政策咨询范围", searched=True)
    closed: bool = about("已撤销")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name
