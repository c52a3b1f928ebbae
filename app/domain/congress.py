"""People's congresses and their terms: which level, which body receives, which five years."""

from collections.abc import Iterator
from datetime import date

from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id


class Level(CodeSet):
    """The five levels of people's congresses and of their deputies."""

    NATIONAL = "national", "全国"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇"


@kind("congress", "人民代表大会")
class Congress(Record):
    """The people's congress of one level, and the body that receives what is handed in to it."""

    name: str = about("名称", searched=True)
    level: Code[Level] = about("层级")
    division_code: str = about("行政区划代码")
    standing_organ: str = about("常设机关")
    deputy_affairs_committee: str = about("代表工作机构")
    address: str = about("地址")
    postcode: str = about("邮编")
    office_phone: str = about("办公电话")
    rule_profile: str = about("规则方案")

    def title(self) -> str:
        return self.name


def place_problems(congress: Congress | None) -> Iterator[Problem]:
    """A hint where nothing tells a congress's level: a body above it takes what is handed in to it for its own (decision 8)."""
    if congress and not congress.level and not congress.division_code.strip():
        yield Problem(code="congress_unplaced", field="receiving_body", hint=True, facts={"name": congress.name})


@kind("term", "届次")
class Term(Record):
    """Five years of one congress, from the first session of a term to the first of the next (代表法 art. 2)."""

    congress: Id = about("人民代表大会", to="congress")
    term_no: int = about("届")
    began_on: date | None = about("开始日期")
    ended_on: date | None = about("结束日期")

    def title(self) -> str:
        return f"第{self.term_no}届" if self.term_no else ""

    def day(self) -> date | None:
        return self.began_on
