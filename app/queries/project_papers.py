"""The printed lists of livelihood projects: candidates for the vote, and how far the chosen ones have come."""

from app.domain.activity_papers import BallotLine, ProgressLine, ProjectBallot, ProjectProgress
from app.domain.chinese import short_day
from app.domain.life import ProjectState
from app.domain.money import money_told
from app.domain.papers import Ledger, Span
from app.domain.project import Project
from app.domain.values import wording
from app.queries.ledger_head import ledger_head
from app.queries.relations import found, own_station, titles
from app.workspace import Workspace

_VOTED = frozenset({ProjectState.CHOSEN, ProjectState.UNDER_WAY, ProjectState.DONE, ProjectState.EVALUATED, ProjectState.DROPPED})


def project_ballot(workspace: Workspace, span: Span) -> ProjectBallot:
    """The candidates of the years between two days, the first year first."""
    projects, units, head = _read(workspace, span)
    lines = [
        BallotLine(
            year=str(each.year or ""),
            name=each.name,
            content=each.content,
            place=each.place,
            unit=units.get(each.unit, ""),
            budget=money_told(each.budget),
            grounds=f"{len(each.issues)}件" if each.issues else "",
        )
        for each in projects
        if each.state == ProjectState.CANDIDATE
    ]
    total = money_told(sum(each.budget for each in projects if each.state == ProjectState.CANDIDATE))
    summary = f"合计{len(lines)}个候选项目" + (f"，资金{total}万元。" if total else "。")
    return ProjectBallot(head=_headed(head, summary), lines=tuple(lines))


def project_progress(workspace: Workspace, span: Span) -> ProjectProgress:
    """The projects that were voted through, of the years between two days; one that was dropped only after its vote."""
    projects, units, head = _read(workspace, span)
    chosen = [each for each in projects if each.state in _VOTED and (each.state != ProjectState.DROPPED or each.voted_on)]
    lines = [
        ProgressLine(
            year=str(each.year or ""),
            name=each.name,
            unit="\n".join(part for part in (units.get(each.unit, ""), each.person_in_charge) if part),
            budget=money_told(each.budget),
            votes=_votes(each),
            state=wording(each.state),
            days=_days(each),
            progress=each.progress,
            satisfaction=_satisfaction(each),
        )
        for each in chosen
    ]
    done = sum(each.state in {ProjectState.DONE, ProjectState.EVALUATED} for each in chosen)
    return ProjectProgress(head=_headed(head, f"合计{len(lines)}个项目，其中已完成{done}个。"), lines=tuple(lines))


def _read(workspace: Workspace, span: Span) -> tuple[list[Project], dict[str, str], Ledger]:
    with workspace.reading() as connection:
        projects = [each for each in found(connection, Project) if _within(each.year, span)]
        units, station = dict(titles(connection, "unit")), own_station(workspace, connection)
    return sorted(projects, key=lambda each: each.year), units, ledger_head(station, span, "")


def _headed(head: Ledger, summary: str) -> Ledger:
    return Ledger(station=head.station, number=head.number, period=head.period, summary=summary)


def _within(year: int, span: Span) -> bool:
    return (not span.first or year >= span.first.year) and (not span.last or year <= span.last.year)


def _votes(project: Project) -> str:
    given = (("赞成", project.votes_for), ("反对", project.votes_against), ("弃权", project.votes_abstained))
    told = "\n".join(f"{word}{number}" for word, number in given) if any(number for _word, number in given) else ""
    return "\n".join(part for part in (short_day(project.voted_on), told) if part)


def _days(project: Project) -> str:
    planned = f"计划{short_day(project.due_on)}" if project.due_on else ""
    done = f"完成{short_day(project.done_on)}" if project.done_on else ""
    return "\n".join(part for part in (planned, done) if part)


def _satisfaction(project: Project) -> str:
    if not project.asked:
        return ""
    share = 100 * project.satisfied / project.asked
    said = (f"满意{project.satisfied}（{share:.1f}%）", f"基本满意{project.basically_satisfied}", f"不满意{project.dissatisfied}")
    return "\n".join((f"{project.asked}人评议", *said))
