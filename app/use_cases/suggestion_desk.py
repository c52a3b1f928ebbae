"""The desk a suggestion is written at: what lies on it, what the writer is told, what was kept there and not saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.congress import Congress, place_problems
from app.domain.delegation import delegation_hints
from app.domain.people import Deputy
from app.domain.problems import Problem
from app.domain.suggestion import Suggestion, submission_problems
from app.domain.suggestion_sheet import SuggestionSheet, sheet_kept
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import of_id
from app.queries.suggestion_card import CourseStep, course_of, suggestion_card
from app.queries.suggestion_grounds import Grounds, grounds_of
from app.queries.suggestion_hints import hints_of
from app.storage.drafts import Draft
from app.use_cases.drafts import drafts
from app.use_cases.suggestion_files import read_draft_file
from app.use_cases.suggestions import new_sheet
from app.workspace import Workspace

DRAFT: Final = "suggestion"
"""The kind of a draft kept at this desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """What lies on the desk: the sheet as it was typed, as it is saved, and what belongs to it."""

    sheet: SuggestionSheet
    saved: SuggestionSheet
    kept: datetime | None = None  # when the sheet was kept as a draft, where it is one
    grounds: Grounds = field(default_factory=Grounds)
    course: tuple[CourseStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """A sheet that was kept and never saved or given up."""

    id: Id
    title: str
    kept: datetime


def draft_key(id: Id) -> str:
    """Under which the desk keeps what is typed at a suggestion."""
    return f"{DRAFT}:{id}"


def id_of_key(key: str) -> Id:
    """The suggestion that is kept under a key."""
    return key.partition(":")[2]


def begun(
    workspace: Workspace, issues: Sequence[Id] = (), visits: Sequence[Id] = (), template: str = "", file: Path | None = None
) -> OnDesk:
    """A new sheet on these issues and visits, with a template, or with what a file holds, which counts as typed.

    Raises what `new_sheet` and `read_draft_file` raise.
    """
    sheet = new_sheet(workspace, issues, visits, template)
    desk = OnDesk(sheet=sheet, saved=sheet, grounds=_grounds(workspace, sheet), course=course_of(sheet.suggestion.state))
    if file is None:
        return desk
    brought = read_draft_file(file)
    suggestion = replace(sheet.suggestion, subject=brought.title, text=brought.text)
    return replace(desk, sheet=replace(sheet, suggestion=suggestion))


def on_desk(workspace: Workspace, id: Id) -> OnDesk:
    """A suggestion to go on with: what was typed last where that was not saved, else what stands in the records.

    Raises `Refused("record_missing")` for what is neither saved nor kept.
    """
    draft = next((each for each in drafts(workspace) if each.key == draft_key(id)), None)
    typed = _sheet(draft) if draft else None
    if draft and typed and not typed.stored:
        nothing = SuggestionSheet(suggestion=Suggestion(id=id))
        course = course_of(typed.suggestion.state)
        return OnDesk(sheet=typed, saved=nothing, kept=draft.kept, grounds=_grounds(workspace, typed), course=course)
    card = suggestion_card(workspace, id)
    if draft and typed:
        return OnDesk(sheet=typed, saved=card.sheet, kept=draft.kept, grounds=_grounds(workspace, typed), course=card.course)
    return OnDesk(sheet=card.sheet, saved=card.sheet, grounds=card.grounds, course=card.course)


def kept_sheets(workspace: Workspace) -> tuple[KeptSheet, ...]:
    """What was kept at the desk and not saved, the newest first."""
    kept = ((each, _sheet(each)) for each in drafts(workspace) if each.kind == DRAFT)
    return tuple(KeptSheet(id=sheet.id, title=sheet.suggestion.subject, kept=draft.kept) for draft, sheet in kept if sheet)


def desk_problems(workspace: Workspace, sheet: SuggestionSheet) -> tuple[Problem, ...]:
    """What submission would need, and every hint with its answer."""
    suggestion = sheet.suggestion
    with workspace.reading() as connection:
        lead = of_id(connection, Deputy, suggestion.lead_deputy)
        body = of_id(connection, Congress, suggestion.receiving_body or (lead.congress if lead else ""))
    led = suggestion if lead else replace(suggestion, lead_deputy="")
    needed = submission_problems(led, lead=lead, on=workspace.clock.today().date())
    return *needed, *place_problems(body), *hints_of(workspace, sheet), *delegation_hints(suggestion)


def _grounds(workspace: Workspace, sheet: SuggestionSheet) -> Grounds:
    return grounds_of(workspace, sheet.suggestion.issues)


def _sheet(draft: Draft) -> SuggestionSheet | None:
    """The sheet a draft holds; none where an older program kept it in another form."""
    try:
        return sheet_kept(draft.body)
    except (Refused, KeyError, TypeError):
        return None
