"""The years a station keeps its records, and the purge of what is over, with a report that names nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.changes import Changes
from app.domain.erasure import PurgeLine, PurgeReport
from app.domain.kinds import KINDS
from app.domain.records import Record
from app.domain.retention import MOST_YEARS, OF_KIND, RetentionClass
from app.domain.rights import Right
from app.domain.values import Json
from app.errors import Refused
from app.files import write_whole
from app.progress import Progress
from app.queries.retention import Due, due
from app.queries.rights import check_may
from app.storage import deeds, erasure, retention
from app.storage.database import Connection
from app.storage.deeds import Saved
from app.use_cases.erasing import erase_records, finish, older_copies
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge has erased."""

    report: PurgeReport
    changes: Changes = Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsKept:
    """The years of the classes were written down."""

    changes: Changes = Changes.STATION


def keep_years(workspace: Workspace, years: Mapping[RetentionClass, int]) -> YearsKept:
    """Let the station keep its classes so many years, 0 for ever; raises `Refused("years_unusual" | "not_allowed")`."""
    check_may(workspace, Right.SETTINGS)
    if any(not 0 <= each <= MOST_YEARS for each in years.values()):
        raise Refused("years_unusual", most=MOST_YEARS)
    with workspace.writing() as books:
        before = {name: rule.years for name, rule in retention.rules(books.connection).items()}
        retention.put_years(books.connection, {**before, **years})
        told: dict[str, Json] = {str(name): each for name, each in years.items() if each != before[name]}
        books.note("retention_changed", told)
    return YearsKept()


def purge_preview(workspace: Workspace) -> PurgeReport:
    """What a purge would erase today; raises `Refused("not_allowed")`."""
    check_may(workspace, Right.PRIVACY)
    with workspace.reading() as connection:
        found = due(connection, workspace.author.owner, workspace.clock.today().date())
        gone = _with_parts(connection, found)
    return _told(found, len(gone) - len(found), older_copies(workspace))


def purge(workspace: Workspace, progress: Progress | None = None) -> Purged:
    """Erase what need not be kept any longer, all or nothing; raises `Refused("not_allowed" | "cancelled")`."""
    check_may(workspace, Right.PRIVACY)
    steps = progress or Progress()
    with workspace.writing() as books:
        steps.begin("purging")
        found = due(books.connection, workspace.author.owner, workspace.clock.today().date())
        gone = _with_parts(books.connection, found)
        steps.begin("purging", len(gone))
        files = erase_records(books, gone)
        steps.advance(len(gone))
        if gone:
            erasure.sweep_index(books.connection)
        told = _told(found, len(gone) - len(found), older_copies(workspace))
        books.note("purged", {"records": told.records, "parts": told.parts, "classes": _classes(told.lines)})
    finish(workspace, files)
    return Purged(report=told)


def report_rows(purged: PurgeReport) -> tuple[tuple[str, ...], ...]:
    """The report as rows of a table, its heading first: classes, kinds, counts and years, and nobody's name."""
    rows = [("保管类别", "记录类别", "数量", "最早日期", "最晚日期")]
    for each in purged.lines:
        rows.append((each.of.label, KINDS[each.kind].label, str(each.records), each.first.isoformat(), each.last.isoformat()))
    return tuple(rows)


def save_report(report: PurgeReport, path: Path) -> Path:
    """Write the report to a .csv file; raises `Unavailable("disk_…")`."""
    from app.ledgers.written import delimited_of  # loads openpyxl, which no start needs

    heading, *rows = report_rows(report)
    write_whole(path, delimited_of(heading, rows))
    return path


def _with_parts(connection: Connection, found: Sequence[Due]) -> list[Record]:
    """These records with what lies in them, but for people and their contacts, whose years are their own."""
    starts = deeds.found(connection, [each.id for each in found])
    return [each.stored.record for each in deeds.beneath(connection, starts, _is_part)]


def _is_part(each: Saved) -> bool:
    return each.stored.record.traits.name not in OF_KIND and bool(each.revision.body)


def _told(found: Iterable[Due], parts: int, older: tuple[str, ...]) -> PurgeReport:
    grouped: dict[tuple[RetentionClass, str], list[date]] = {}
    for each in found:
        grouped.setdefault((each.of, each.kind), []).append(each.day)
    lines = tuple(
        PurgeLine(of=of, kind=kind, records=len(days), first=min(days), last=max(days)) for (of, kind), days in grouped.items()
    )
    return PurgeReport(lines=lines, records=sum(each.records for each in lines), parts=parts, older=older)


def _classes(lines: Iterable[PurgeLine]) -> dict[str, Json]:
    counted: Counter[str] = Counter()
    for each in lines:
        counted[str(each.of)] += each.records
    return dict(counted)
