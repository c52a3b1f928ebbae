"""An issue as it lies on a form: the matter, and who raised it where no visit tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.drafted import heads_told, record_drafted, record_told, refused_as
from app.domain.encounter import Encounter, reception_problems
from app.domain.issue import Issue, issue_problems
from app.domain.people import Contact
from app.domain.problems import Problem
from app.domain.records import Record
from app.domain.values import Id, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSheet:
    """What a person writes at, saved or not; `seen` holds the heads of each record that was read.

    `met` and `contact` are nothing where the issue belongs to a visit: there its person is written down.
    """

    issue: Issue
    met: Encounter | None = None
    contact: Contact | None = None
    seen: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)

    @property
    def id(self) -> Id:
        """The issue's identifier, which it has before it is saved."""
        return self.issue.id

    @property
    def stored(self) -> bool:
        """Whether the issue stands in the records already."""
        return self.id in self.seen

    def records(self) -> Iterator[Record]:
        """What is to be saved: a person of whom nothing was said is none, nor is a contact that tells nothing."""
        yield self.issue
        if self.met and (self.met.id in self.seen or tells(self.met)):
            yield self.met
        if self.contact and (self.contact.id in self.seen or self.contact.phone or self.contact.address):
            yield self.contact


def tells(met: Encounter) -> bool:
    """Whether anything was said of a person."""
    return met.anonymous or any(each.strip() for each in (met.name, met.village, met.remarks))


def sheet_problems(sheet: IssueSheet) -> Iterator[Problem]:
    """What is missing: who, or 匿名, and what was raised; an issue that came without a person may stay without (decision 11)."""
    nameless_before = sheet.stored and sheet.met is not None and sheet.met.id not in sheet.seen and not tells(sheet.met)
    if sheet.met is None or nameless_before:
        yield from issue_problems(sheet.issue)
    else:
        yield from reception_problems(sheet.met, sheet.issue)


# --- a sheet as plain JSON, for the draft of a form -------------------------------------------------------------------


def sheet_told(sheet: IssueSheet) -> dict[str, Json]:
    """The sheet as plain JSON."""
    parts = {"issue": sheet.issue, "met": sheet.met, "contact": sheet.contact}
    told: dict[str, Json] = {name: record_told(each) for name, each in parts.items() if each}
    return told | {"seen": heads_told(sheet.seen)}


def sheet_from(told: Mapping[str, Any]) -> IssueSheet:
    """The sheet that `sheet_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as("issue"):
        return IssueSheet(
            issue=record_drafted(Issue, told["issue"]),
            met=record_drafted(Encounter, told["met"]) if "met" in told else None,
            contact=record_drafted(Contact, told["contact"]) if "contact" in told else None,
            seen={str(id): tuple(heads) for id, heads in told["seen"].items()},
        )
