"""What the lists and the cards of the register say: columns, chips, names of choices."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.life import ProjectState
from app.domain.money import money_told
from app.domain.people import Deputy, DeputyStatus, FormerDeputy
from app.domain.project import Project
from app.domain.records import Record
from app.domain.unit import Unit
from app.domain.values import CodeSet
from app.i18n import N_, _
from app.queries.roster_list import RosterRow, RosterSection, RosterSort
from ui.models.page_table import Column
from ui.wording import day_told, word_of

S: Final = RosterSection

BEGINNINGS: Final[Mapping[RosterSection, str]] = {
    S.DEPUTIES: N_("The deputies of this station stand here. Take in the roster from a spreadsheet, or enter a deputy."),
    S.FORMER: N_("Deputies of earlier terms stand here. A change of term brings those who leave; others can be entered."),
    S.UNITS: N_("Units that handle matters stand here. Take in a list from a spreadsheet, or enter a unit."),
    S.CONGRESSES: N_("The congresses whose deputies meet residents here, with their terms. Enter the first one."),
    S.PROJECTS: N_("Livelihood projects stand here, from the candidate to what residents say of it. Enter the first one."),
}
"""What an empty list says."""

ENTER: Final[Mapping[RosterSection, str]] = {
    S.DEPUTIES: N_("Enter a deputy"),
    S.FORMER: N_("Enter a former deputy"),
    S.UNITS: N_("Enter a unit"),
    S.CONGRESSES: N_("Enter a congress"),
    S.PROJECTS: N_("Enter a project"),
}
"""The first step of each list."""

_TONES: Final[Mapping[str, str]] = {
    ProjectState.CANDIDATE: "information",
    ProjectState.CHOSEN: "information",
    ProjectState.UNDER_WAY: "warning",
    ProjectState.DONE: "ok",
    ProjectState.EVALUATED: "ok",
}
SECTION_NAMES: Final[Mapping[RosterSection, str]] = {
    S.DEPUTIES: N_("Deputies"),
    S.FORMER: N_("Former deputies"),
    S.UNITS: N_("Units"),
    S.CONGRESSES: N_("Congresses"),
    S.PROJECTS: N_("Livelihood projects"),
}


def columns_of(section: RosterSection) -> Sequence[Column[RosterRow]]:
    """The columns of a section; the name takes the room that is left."""
    level: Column[RosterRow] = Column(heading=_("Level"), text=lambda row: _code(row.level), width=4, by=RosterSort.LEVEL)
    match section:
        case RosterSection.DEPUTIES:
            return (
                Column(heading=_("Name"), text=_deputy_told, width=7, by=RosterSort.NAME),
                level,
                Column(heading=_("Term"), text=lambda row: row.term, width=5, spare=2),
                Column(heading=_("Group"), text=lambda row: row.group, width=6, spare=1),
                Column(heading=_("Workplace"), text=lambda row: row.work),
                Column(heading=_("Card number"), text=lambda row: row.card, width=6, spare=3),
            )
        case RosterSection.FORMER:
            return (
                Column(heading=_("Name"), text=lambda row: row.name, width=5, by=RosterSort.NAME),
                level,
                Column(heading=_("Terms served"), text=lambda row: row.term, width=7),
                Column(heading=_("Workplace"), text=lambda row: row.work),
                Column(heading=_("Left on"), text=lambda row: day_told(row.day), width=7, spare=1, by=RosterSort.DAY, falls=True),
            )
        case RosterSection.UNITS:
            return (
                Column(heading=_("Unit"), text=_unit_told, by=RosterSort.NAME),
                Column(heading=_("Type"), text=lambda row: _code(row.type), width=5, spare=2),
                Column(heading=_("Policy contact"), text=lambda row: row.contact or "—", width=10),
                Column(heading=_("Parent unit"), text=lambda row: row.unit, width=7, spare=3),
            )
        case RosterSection.CONGRESSES:
            return (
                Column(heading=_("Congress"), text=lambda row: row.name, by=RosterSort.NAME),
                level,
                Column(heading=_("Term"), text=lambda row: row.term or "—", width=5),
                Column(heading=_("Deputies"), text=lambda row: str(row.deputies), width=4, right=True),
            )
        case _:
            return (
                Column(heading=_("Year"), text=lambda row: str(row.year or ""), width=3, by=RosterSort.YEAR, falls=True),
                Column(heading=_("Project"), text=lambda row: row.name, by=RosterSort.NAME),
                Column(heading=_("Unit in charge"), text=lambda row: row.unit, width=8, spare=2),
                Column(
                    heading=_("10,000 yuan"),
                    text=lambda row: money_told(row.budget),
                    width=4,
                    right=True,
                    spare=1,
                    by=RosterSort.BUDGET,
                    falls=True,
                ),
                Column(
                    heading=_("State"),
                    text=lambda row: _code(row.state),
                    width=5,
                    tone=_project_tone,
                    by=RosterSort.STATE,
                ),
            )


def state_column(section: RosterSection) -> int:
    """The column of words on a coloured ground; -1 for none."""
    return 4 if section is RosterSection.PROJECTS else -1


def chips_of(record: Record) -> list[tuple[str, str]]:
    """What stands in words on coloured grounds below the name of a record: level, state."""
    level = word_of(code) if (code := getattr(record, "level", "")) else ""
    chips = [(level, "information")] if level else []
    match record:
        case Deputy() if record.status == DeputyStatus.ENDED:
            chips.append((_("Mandate ended"), "warning"))
        case FormerDeputy():
            chips.append((_("Former deputy"), ""))
        case Unit() if record.closed:
            chips.append((_("Closed"), "warning"))
        case Project():
            state = record.state or ProjectState.COLLECTED
            chips.append((word_of(state), _TONES.get(str(state), "")))
    return chips


def beside_facts(record: Record) -> list[tuple[str, str]]:
    """Facts that are told otherwise than by their fields: why a mandate ended, sums, votes, what residents said."""
    if isinstance(record, Deputy) and record.status == DeputyStatus.ENDED:
        told = "　".join(part for part in (day_told(record.ended_on), record.ended_reason) if part)
        return [(_("Mandate ended"), told)]
    if not isinstance(record, Project):
        return []
    facts = []
    if record.budget:
        facts.append((_("Budget"), _("{amount} × 10,000 yuan").format(amount=money_told(record.budget))))
    if record.votes_for or record.votes_against or record.votes_abstained:
        words = _("{yes} for, {no} against, {none} abstained").format(
            yes=record.votes_for, no=record.votes_against, none=record.votes_abstained
        )
        facts.append((_("Votes"), words))
    if record.asked:
        facts.append((_("Residents’ satisfaction"), satisfaction_told(record)))
    return facts


def satisfaction_told(project: Project) -> str:
    """How many were asked and what they said, the numbers beside the share (domain brief 0.11, 0.12)."""
    share = 100 * project.satisfied / project.asked if project.asked else 0
    return _("{asked} asked: {yes} satisfied ({share}%), {basic} basically, {no} not").format(
        asked=project.asked,
        yes=project.satisfied,
        share=f"{share:.1f}",
        basic=project.basically_satisfied,
        no=project.dissatisfied,
    )


def _deputy_told(row: RosterRow) -> str:
    return _("{name} (ended)").format(name=row.name) if row.gone else row.name


def _unit_told(row: RosterRow) -> str:
    return _("{name} (closed)").format(name=row.name) if row.gone else row.name


def _project_tone(row: RosterRow) -> str:
    return _TONES.get(str(row.state), "")


def _code(code: str) -> str:
    return word_of(code) if isinstance(code, CodeSet) else str(code)
