"""Whom deputies met: one person, one household, or a number of people; and what the desk must know of them."""

from collections.abc import Iterator
from typing import Final

from app.domain.issue import Issue
from app.domain.people import Sex
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id

MOST_IN_A_GROUP: Final = 5  # 信访工作条例: more than five choose representatives


class Party(CodeSet):
    """Who a line of outreach is about; nothing said means one person."""

    PERSON = "person", "个人"
    HOUSEHOLD = "household", "家庭"
    PEOPLE = "people", "多人"
    UNIT = "unit", "单位"


class AgeBand(CodeSet):
    """Roughly how old somebody is; asked only where it is needed."""

    MINOR = "minor", "未成年"
    YOUNG = "young", "18至35岁"
    MIDDLE = "middle", "36至59岁"
    OLD = "old", "60岁以上"


@kind("encounter", "接待走访对象")
class Encounter(Record):
    """Somebody met or received; phone and address stand in a contact of its own (decision 4)."""

    visit: Id = about("活动", to="visit")
    number: str = about("编号", searched=True)
    party: Code[Party] = about("对象类型")
    name: str = about("姓名（户主、单位）", searched=True, spelled=True)
    anonymous: bool = about("匿名")
    people: int = about("人数")
    sex: Code[Sex] = about("性别")
    age_band: Code[AgeBand] = about("年龄段")
    village: str = about("村（社区）", searched=True)
    confidential: bool = about("要求保密")
    raised: str = about("反映问题和建议", searched=True)
    handled_on_spot: str = about("当场处理", searched=True)
    signed: bool = about("本人已签名")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return "匿名" if self.anonymous else self.name


def people_met(encounter: Encounter) -> int:
    """How many people the line counts for; a household or person without a number counts one (decision 11)."""
    return max(1, encounter.people)


def reception_problems(encounter: Encounter, issue: Issue | None = None) -> Iterator[Problem]:
    """What a reception needs: who, or 匿名, and what was raised (decision 11)."""
    if not _named(encounter):
        yield Problem(code="visitor_missing", field="name")
    if not _raised(encounter, issue):
        yield Problem(code="matter_missing", field="words" if issue else "raised")
    yield from group_hints(encounter)


def outreach_problems(encounter: Encounter, issue: Issue | None = None) -> Iterator[Problem]:
    """What a line of outreach needs: a person, a household or a number; a name only where something was raised (decision 11)."""
    if _named(encounter):
        return
    if _raised(encounter, issue):
        yield Problem(code="visitor_missing", field="name")
    elif encounter.people < 1 and encounter.party != Party.HOUSEHOLD:
        yield Problem(code="nobody_met", field="people")


def group_hints(encounter: Encounter) -> Iterator[Problem]:
    """A group of more than five is told to choose at most five representatives (信访工作条例)."""
    if encounter.people > MOST_IN_A_GROUP:
        yield Problem(code="group_large", field="people", hint=True, facts={"people": encounter.people, "most": MOST_IN_A_GROUP})


def _named(encounter: Encounter) -> bool:
    return encounter.anonymous or bool(encounter.name.strip())


def _raised(encounter: Encounter, issue: Issue | None) -> bool:
    told = (encounter.raised, *((issue.subject, issue.words) if issue else ()))
    return any(text.strip() for text in told)
