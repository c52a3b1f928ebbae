"""What a list and a card say of an issue: its deadline, its person, how it changed."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.deadlines import Period
from app.domain.issue import Urgency
from app.domain.life import IssueState
from app.domain.values import Code
from app.i18n import CHINESE, N_, _, ngettext, spoken
from app.queries.issue_card import StepLine
from app.queries.issue_due import Left
from app.queries.issue_list import IssueRow
from ui.wording import day_told, word_of

_SOON, _NEAR = 3, 7  # days: the colours of what is left; the words say the number
_LONGEST: Final = 200  # characters of a value in the list of changes
_OF_AN_ISSUE: Final = {"kind": "issue"}
_EVENTS: Final[Mapping[str, str]] = {
    "saved": N_("Changed"),
    "removed": N_("Removed"),
    "restored": N_("Brought back"),
    "print": N_("Printed"),
    "contact_shown": N_("Name and telephone shown"),
    "erased": N_("Earlier content erased"),
    "let_go": N_("Changed; what stood before was let go after half a year"),
}
_OF_FILES: Final[Mapping[str, str]] = {
    "first_saved": N_("Attachments added: {count}"),
    "removed": N_("Attachments removed: {count}"),
    "restored": N_("Attachments brought back: {count}"),
}
_FORWARD: Final = frozenset({IssueState.ASSIGNED, IssueState.SIGNED_FOR})
_OVER: Final = frozenset({IssueState.CLOSED, IssueState.ARCHIVED, IssueState.CALLED_BACK})


def left_told(left: Left) -> str:
    """How long there still is, or for how long it has been over."""
    if left.days < 0:
        return ngettext("{count} day over", "{count} days over", -left.days).format(count=-left.days)
    if left.days == 0:
        return _("today")
    if left.working:
        return ngettext("{count} working day", "{count} working days", left.days).format(count=left.days)
    return ngettext("{count} day", "{count} days", left.days).format(count=left.days)


def left_tone(left: Left | None) -> str:
    """The colour that repeats it."""
    if left is None:
        return ""
    return "accent" if left.days <= _SOON else "warning" if left.days <= _NEAR else ""


def state_tone(state: Code[IssueState]) -> str:
    """The colour that repeats where an issue stands."""
    if state in _FORWARD:
        return "information"
    if state in _OVER:
        return "ok"
    return "warning" if state == IssueState.OBJECTED else ""


def received_told(row: IssueRow, today: date) -> str:
    """The day it was received, the year below it where it is another one."""
    if row.on is None:
        return "—"
    if spoken() != CHINESE:
        return row.on.isoformat()
    year = "" if row.on.year == today.year else f"\n{row.on.year}年"
    return f"{row.on.month}月{row.on.day}日{year}"


def matter_told(row: IssueRow) -> str:
    """The subject, and below it who, what about, who handles it, its number."""
    urgent = word_of(row.urgency) if row.urgency not in {"", Urgency.ORDINARY} else ""
    below = " · ".join(each for each in (urgent, row.person, row.category, row.unit, row.number) if each)
    return f"{row.subject}\n{below}" if below else row.subject


def due_told(row: IssueRow, today: date) -> str:
    """The deadline, and what is left of it below."""
    if row.due_on is None:
        return ""
    day = day_told(row.due_on, today=today if row.due_on.year == today.year else None)
    return f"{day}\n{left_told(row.left)}" if row.left else day


def period_told(period: Period) -> str:
    """The rule of a deadline that has not begun."""
    return _("{amount} {unit} after the assignment").format(amount=period.amount, unit=word_of(period.unit))


# --- what happened ----------------------------------------------------------------------------------------------------


def step_when(step: StepLine, today: date) -> str:
    """When, and by whom."""
    return "　".join(each for each in (day_told(step.on, today=today), step.by) if each)


# --- a spreadsheet ----------------------------------------------------------------------------------------------------
