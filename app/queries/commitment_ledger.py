"""The ledger of B items and promises (domain brief 2.6), which are followed through the years until they are struck off."""

from app.domain.chinese import short_day
from app.domain.papers import Span
from app.domain.suggestion import Suggestion
from app.domain.suggestion_papers import CommitmentLedger, CommitmentLine
from app.queries.ledger_head import ledger_head
from app.queries.relations import own_station
from app.queries.suggestion_books import Books, Item, books_of, counted_by_unit, items_of, suggestions_here
from app.queries.suggestion_dossier import unnamed
from app.workspace import Workspace


def commitment_ledger(workspace: Workspace, span: Span) -> CommitmentLedger:
    """Every B item and promise that stood open on some day of the period, those of earlier years too."""
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        suggestions, books = suggestions_here(workspace, connection), books_of(connection)
        station = own_station(workspace, connection)
    items = [(each, item) for each in suggestions for item in items_of(each, books) if _stood_open(item, span)]
    left = sum(item.open for _suggestion, item in items)
    late = sum(item.open and item.until is not None and item.until < today for _suggestion, item in items)
    marks = (
        (item.unit, (True, not item.open, item.open, item.open and bool(item.until and item.until < today)))
        for _each, item in items
    )
    summary = f"合计{len(items)}项：已销号{len(items) - left}项，未销号{left}项，其中已逾期{late}项。"
    return CommitmentLedger(
        head=ledger_head(station, span, summary),
        lines=tuple(unnamed(_line(each, item, books), books.secret(each)) for each, item in items),
        units=counted_by_unit(marks, books.units),
    )


def _stood_open(item: Item, span: Span) -> bool:
    """Whether it was promised before the period ended and not struck off before it began; unknown days count for it."""
    begun = not (span.last and item.on and item.on > span.last)
    ended = bool(span.first and not item.open and item.ended_on and item.ended_on < span.first)
    return begun and not ended


def _line(suggestion: Suggestion, item: Item, books: Books) -> CommitmentLine:
    return CommitmentLine(
        number=suggestion.case_number or suggestion.number,
        subject=suggestion.subject,
        promise=item.promise,
        promised_by=short_day(item.until),
        unit=books.units.get(item.unit, ""),
        progress=item.progress,
        change=item.change,
        cleared=item.ended,
    )
