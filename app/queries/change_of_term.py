"""What a change of term looks at: the register, what is open, what is planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.domain.congress import Congress, Term
from app.domain.life import IssueState, SuggestionState
from app.domain.papers import Span
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.relations import found, member, standing
from app.queries.rota import rota
from app.workspace import Workspace

_ISSUES_OVER: Final = tuple(
    str(each) for each in (IssueState.DECLINED, IssueState.REFERRED, IssueState.MERGED, IssueState.CLOSED, IssueState.ARCHIVED)
)
_SUGGESTIONS_OVER: Final = frozenset(
    {
        *(SuggestionState.CLOSED, SuggestionState.ARCHIVED, SuggestionState.WITHDRAWN, SuggestionState.NOT_PROCESSED),
        *(SuggestionState.REFERENCE_MATERIAL, SuggestionState.DEPUTY_LETTER),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register and what is open."""

    congresses: tuple[Congress, ...]
    terms: tuple[Term, ...]
    deputies: tuple[Deputy, ...]
    open_suggestions: tuple[Suggestion, ...]
    open_issues: int


def read_register(workspace: Workspace) -> Register:
    """Everybody and everything that a change of term may touch."""
    state = func.coalesce(member("state"), "")
    open_issues = select(func.count()).where(standing("issue"), state.not_in(_ISSUES_OVER))
    with workspace.reading() as connection:
        suggestions = found(connection, Suggestion, func.coalesce(member("state"), "").not_in(sorted(_SUGGESTIONS_OVER)))
        return Register(
            congresses=tuple(found(connection, Congress)),
            terms=tuple(found(connection, Term)),
            deputies=tuple(found(connection, Deputy)),
            open_suggestions=tuple(suggestions),
            open_issues=connection.execute(open_issues).scalar_one(),
        )


def planned_with(workspace: Workspace, deputies: Sequence[Id], first: date) -> int:
    """How many planned reception days from a day on name one of these deputies."""
    if not deputies:
        return 0
    days = rota(workspace, Span(first=max(first, workspace.clock.today().date())))
    return sum(each.planned and not set(deputies).isdisjoint(each.deputies) for each in days)
