"""Everything of a period as it is filed: the ledgers, then each reception, activity, issue and suggestion on its own form."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy import select

from app.domain.archive_paper import Archive, ArchivedPart
from app.domain.chinese import long_day, period
from app.domain.papers import PaperName, Shown, Span
from app.domain.privacy import Privacy
from app.domain.values import Id
from app.domain.visit import VisitKind
from app.errors import Refused
from app.queries.activity_papers import activity_record
from app.queries.award_ledger import award_ledger
from app.queries.commitment_ledger import commitment_ledger
from app.queries.issue_ledger import issue_ledger
from app.queries.issue_papers import issue_record
from app.queries.points_papers import points_ledger
from app.queries.reception_form import reception_forms
from app.queries.relations import member, own_station, standing, within
from app.queries.rights import own_only
from app.queries.suggestion_ledger import suggestion_ledger
from app.queries.suggestion_paper import suggestion_paper
from app.queries.visit_log import visit_log
from app.storage.tables import CurrentRow
from app.workspace import Workspace

MOST: Final = 3000
"""Records of one volume: some four thousand pages, as many as an archive's box takes."""
_LEDGERS: Final[Sequence[tuple[PaperName, Callable[[Workspace, Span, Privacy], Shown]]]] = (
    (PaperName.VISIT_LOG, lambda workspace, span, _privacy: visit_log(workspace, span)),
    (PaperName.ISSUE_LEDGER, issue_ledger),
    (PaperName.SUGGESTION_LEDGER, lambda workspace, span, _privacy: suggestion_ledger(workspace, span)),
    (PaperName.COMMITMENT_LEDGER, lambda workspace, span, _privacy: commitment_ledger(workspace, span)),
    (PaperName.POINTS_LEDGER, lambda workspace, span, _privacy: points_ledger(workspace, span)),
    (PaperName.AWARD_LEDGER, lambda workspace, span, _privacy: award_ledger(workspace, span)),
)
_FORMS: Final[Sequence[tuple[PaperName, str, Callable[[Workspace, Id, Privacy], Shown]]]] = (
    (PaperName.RECEPTION_FORM, "reception", reception_forms),
    (PaperName.ACTIVITY_RECORD, "activity", lambda workspace, of, _privacy: activity_record(workspace, of)),
    (PaperName.ISSUE_RECORD, "issue", issue_record),
    (PaperName.SUGGESTION, "suggestion", lambda workspace, of, _privacy: suggestion_paper(workspace, of)),
)


def archive(workspace: Workspace, span: Span, privacy: Privacy = Privacy.USUAL) -> Archive:
    """The volume of a period; contacts are masked as on each paper.

    Raises `Refused("archive_too_large", records, most)`, `Refused("nothing_to_archive")`.
    """
    found = {kind: _ids(workspace, kind, span) for _name, kind, _query in _FORMS}
    if (many := sum(map(len, found.values()))) > MOST:
        raise Refused("archive_too_large", records=many, most=MOST)
    if not many:
        raise Refused("nothing_to_archive")
    ledgers = [(name, query(workspace, span, privacy)) for name, query in _LEDGERS]
    parts = [ArchivedPart(name=name, papers=(("", shown),)) for name, shown in ledgers if shown.records]
    for name, kind, query in _FORMS:
        if found[kind]:
            parts.append(ArchivedPart(name=name, papers=tuple(_told(workspace, query, found[kind], privacy))))
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
    return Archive(
        station=station,
        period=period(span.first, span.last),
        day=long_day(workspace.clock.today().date()),
        parts=tuple(parts),
    )


def _told(
    workspace: Workspace, query: Callable[[Workspace, Id, Privacy], Shown], ids: Sequence[Id], privacy: Privacy
) -> Iterator[tuple[str, Shown]]:
    for id in ids:
        shown = query(workspace, id, privacy)
        yield shown.told, shown


def _ids(workspace: Workspace, kind: str, span: Span) -> Sequence[Id]:
    """The records of the period that the operator may see, oldest first; visits told apart by what they are."""
    visits = kind in {"reception", "activity"}
    wanted = [standing("visit" if visits else kind), within(span.first, span.last)]
    if visits:
        reception = member("visit_kind") == VisitKind.RECEPTION
        wanted.append(reception if kind == "reception" else ~reception & (member("visit_kind") != VisitKind.OUTREACH))
    if kind == "suggestion":
        wanted.append(member("submitted_on").is_not(None))
    with workspace.reading() as connection:
        question = select(CurrentRow.id).where(*wanted, *own_only(connection, workspace.author.op))
        return connection.scalars(question.order_by(CurrentRow.day, CurrentRow.no)).all()
