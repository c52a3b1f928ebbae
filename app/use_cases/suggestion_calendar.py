"""What is owed of suggestions by a day, as a file for other calendars."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.calendar_file import Event, calendar_file
from app.domain.values import Id, wording
from app.errors import Refused
from app.files import write_whole
from app.queries.suggestion_limits import LimitRow, suggestion_limits
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCalendar:
    """The open deadlines as a calendar file, with how many there are."""

    content: bytes
    days: int


def suggestion_calendar(workspace: Workspace, suggestion: Id = "") -> LimitCalendar:
    """Every open deadline, or those of one suggestion, on its day, with the reminders of its congress's rules.

    Written again, each keeps its identity. No deputy is named: a calendar lies on telephones and in offices.
    Raises `Refused("no_deadlines")`.
    """
    rows = [each for each in suggestion_limits(workspace) if not suggestion or each.suggestion == suggestion]
    if not rows:
        raise Refused("no_deadlines")
    return LimitCalendar(content=calendar_file(map(_event, rows), workspace.clock.now()), days=len(rows))


def save_suggestion_calendar(workspace: Workspace, path: Path, suggestion: Id = "") -> LimitCalendar:
    """Write the file under a name, whole or not at all. Raises what `suggestion_calendar` and `write_whole` raise."""
    made = suggestion_calendar(workspace, suggestion)
    write_whole(path, made.content)
    return made


def _event(row: LimitRow) -> Event:
    limit = row.limit
    days = "" if limit.plain == limit.rolled else f"按期届满：{limit.plain}；遇休息日顺延：{limit.rolled}"
    years = "、".join(map(str, limit.unknown_years))
    warning = f"{years}年放假安排尚未录入，按周一至周五上班推算，请核对" if years else ""
    told = (row.number, row.unit, f"自{limit.start}起算" if limit.start else "", days, warning)
    return Event(
        uid=f"{limit.of}-{limit.kind}@liaison",
        on=limit.day,
        summary=f"{wording(limit.kind)}到期：{row.title}",
        description="\n".join(part for part in told if part),
        alarms=row.alarms or (1,),
    )
