"""What stands above and below the rows of a ledger."""

from app.domain.chinese import period
from app.domain.papers import Ledger, Span
from app.domain.station import Station


def ledger_head(station: Station, span: Span, summary: str) -> Ledger:
    """What stands above and below the rows; the number is of digits and capitals, so that a scanner types it right."""
    days = "-".join(f"{day:%Y%m%d}" if day else "0" for day in (span.first, span.last))
    number = f"{station.code}/{days}" if span.first or span.last else station.code
    return Ledger(station=station.name, number=number, period=period(span.first, span.last), summary=summary)
