"""The list of stars and awards as it is printed and saved as a table."""

from collections import Counter
from datetime import date

from app.domain.award import AwardType
from app.domain.award_papers import AwardLedger, AwardLine
from app.domain.chinese import short_day
from app.domain.papers import Span
from app.domain.values import wording
from app.queries.awards import AwardRow, every_award
from app.queries.ledger_head import ledger_head
from app.queries.relations import own_station
from app.queries.suggestion_dossier import A_NAME, unnamed
from app.workspace import Workspace


def award_ledger(workspace: Workspace, span: Span) -> AwardLedger:
    """Everything that was given in a period; ratings that a newer one took the place of are told as such."""
    with workspace.reading() as connection:
        rows = [each for each in every_award(connection, workspace) if _within(each, span)]
        station = own_station(workspace, connection)
    many = Counter(each.award.award_type for each in rows)
    told = "，".join(f"{each.label}{many[each]}" for each in AwardType if many[each])
    summary = f"合计{len(rows)}项{'：' if told else ''}{told}。"
    lines = tuple(unnamed(_line(each), _secret(each)) for each in rows)
    return AwardLedger(head=ledger_head(station, span, summary), lines=lines)


def _within(row: AwardRow, span: Span) -> bool:
    """What has no day counts as given at the end of its year."""
    on = row.award.on or (date(row.year, 12, 31) if row.year else None)
    if on is None:
        return not (span.first or span.last)
    return not ((span.first and on < span.first) or (span.last and on > span.last))


def _secret(row: AwardRow) -> tuple[str, ...]:
    return (row.recipient.lead_name,) if row.recipient.secret and len(row.recipient.lead_name) >= A_NAME else ()


def _line(row: AwardRow) -> AwardLine:
    award = row.award
    return AwardLine(
        year=str(row.year or ""),
        award_type=wording(award.award_type),
        name=row.word if row.holds else f"{row.word}（已重新评定）",
        recipient=row.recipient.title,
        lead=row.recipient.lead,
        issuer=award.issuer,
        document_no=award.document_no,
        on=short_day(award.on),
        reason="；".join(part for part in (award.reason, f"办理责任：{award.duties}" if award.duties else "") if part),
    )
