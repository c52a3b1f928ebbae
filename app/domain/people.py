"""People with a name in the register: deputies of five levels, former deputies, operators; and how to reach somebody."""

from collections.abc import Collection
from datetime import date

from app.domain.congress import Level
from app.domain.records import ANY_KIND, Record, Travels, about, kind
from app.domain.values import Code, CodeSet, Id


class Sex(CodeSet):
    """The codes of GB/T 2261.1."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    UNSTATED = "9", "未说明"


class DeputyStatus(CodeSet):
    """Whether a deputy holds the mandate; nothing said means that it is held."""

    ACTIVE = "active", "在任"
    ENDED = "ended", "资格终止"


class Entry(CodeSet):
    """How a deputy came to the mandate."""

    GENERAL_ELECTION = "general_election", "换届选举"
    BY_ELECTION = "by_election", "补选"


class Role(CodeSet):
    """What an operator does at the station; one person may hold all roles (decision 12)."""

    STATION_HEAD = "station_head", "站长"
    DEPUTY_STATION_HEAD = "deputy_station_head", "副站长"
    LIAISON_OFFICER = "liaison_officer", "联络员"
    VOLUNTEER = "volunteer", "志愿者"
    CHAIR = "chair", "人大主席（工委主任）"
    DEPUTY = "deputy", "代表"


@kind("deputy", "人大代表", groups=(("status", "ended_on", "ended_reason"),))
class Deputy(Record):
    """A member of a people's congress; who holds two mandates has two records, who is elected again keeps the one."""

    name: str = about("姓名", searched=True, spelled=True)
    sex: Code[Sex] = about("性别")
    level: Code[Level] = about("代表层级")
    congress: Id = about("人民代表大会", to="congress")
    term: Id = about("届次", to="term")
    earlier_terms: tuple[Id, ...] = about("曾任届次", to="term")
    deputy_card_no: str = about("代表证号", searched=True)
    delegation: str = about("代表团", searched=True)
    electing_unit: str = about("选举单位", searched=True)
    constituency: str = about("选区", searched=True)
    deputy_group: str = about("代表小组", searched=True)
    group_convener: bool = about("小组召集人")
    workplace: str = about("工作单位", searched=True)
    post: str = about("职务", searched=True)
    station: Id = about("所在联络站", to="station")
    entry: Code[Entry] = about("产生方式")
    elected_on: date | None = about("当选日期")
    status: Code[DeputyStatus] = about("状态")
    ended_on: date | None = about("终止日期")
    ended_reason: str = about("终止原因")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.elected_on


@kind("former_deputy", "往届代表")
class FormerDeputy(Record):
    """A deputy of earlier terms with whom the station keeps in touch."""

    name: str = about("姓名", searched=True, spelled=True)
    level: Code[Level] = about("代表层级")
    congress: Id = about("人民代表大会", to="congress")
    terms: tuple[str, ...] = about("曾任届次")
    deputy: Id = about("末届代表记录", to="deputy")
    workplace: str = about("原工作单位", searched=True)
    ended_on: date | None = about("离任日期")
    station: Id = about("联系联络站", to="station")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.ended_on


@kind("operator", "操作人员", travels=Travels.NEVER)
class Operator(Record):
    """Somebody who works with this program at this station; stays on this computer."""

    name: str = about("姓名", searched=True, spelled=True)
    roles: tuple[Code[Role], ...] = about("角色")
    deputy: Id = about("代表", to="deputy")
    since: date | None = about("开始日期")
    until: date | None = about("结束日期")

    def title(self) -> str:
        return self.name


@kind("contact", "联系方式", travels=Travels.BY_POLICY)
class Contact(Record):
    """How to reach a person; a record of its own, so that it travels only where policy asks for it (decision 4)."""

    of: Id = about("所属记录", to=ANY_KIND)
    phone: str = about("联系电话", searched=True)
    address: str = about("住址", searched=True)
    postcode: str = about("邮编")
    remarks: str = about("备注")


def holds_mandate(deputy: Deputy, on: date) -> bool:
    """Whether the deputy may sign on that day; dates that nobody wrote down do not count against anybody."""
    if deputy.elected_on and not deputy.earlier_terms and on < deputy.elected_on:
        return False  # who was elected again held the mandate before
    if deputy.ended_on:
        return on < deputy.ended_on
    return deputy.status != DeputyStatus.ENDED


def ended(deputies: Collection[Deputy], on: date) -> tuple[Deputy, ...]:
    """Those who no longer hold the mandate on that day."""
    return tuple(each for each in deputies if not holds_mandate(each, on))
