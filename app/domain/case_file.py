"""What the body that receives a suggestion keeps of it as a whole; its steps, slips and replies are records of their own."""

from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.records import Record, about, kind
from app.domain.suggestion import Suggestion
from app.domain.values import Id


@kind("case_file", "案卷")
class CaseFile(Record):
    """What the receiving body says of one suggestion: its number, its days, who watches over it, whether it was published.

    The body's own; every field but the first bears the name of the suggestion's field that follows it.
    """

    suggestion: Id = about("代表建议", to="suggestion")
    case_number: str = about("案号", searched=True)
    accepted_on: date | None = about("接收日期")
    assigned_on: date | None = about("交办日期")
    due_on: date | None = about("答复期限")
    extended_due_on: date | None = about("延期至")
    priority: str = about("重点处理类别", searched=True)
    priority_on: date | None = about("列为重点日期")
    supervising_leader: str = about("督办领导", searched=True)
    official_in_charge: str = about("领办领导", searched=True)
    supervising_committee: str = about("督办委员会", searched=True)
    merged_into: Id = about("并入建议", to="suggestion")
    disclosed: bool = about("已公开")
    disclosed_on: date | None = about("公开日期")
    disclosed_at: str = about("公开载体", searched=True)
    closed_on: date | None = about("办结日期")
    archive_number: str = about("归档号", searched=True)

    def title(self) -> str:
        return self.case_number

    def day(self) -> date | None:
        return self.accepted_on


CARRIED: Final = tuple(name for name in CaseFile.traits.fields if name != "suggestion")
"""The fields that a suggestion follows."""


def told_in(file: CaseFile, suggestion: Suggestion) -> CaseFile:
    """The file with what now stands in the suggestion, as the body sees it."""
    return replace(file, **{name: getattr(suggestion, name) for name in CARRIED})
