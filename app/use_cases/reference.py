"""Reference data that the body sends: looked at, taken in as one deed with the deadlines that move by it, set aside again."""

from collections.abc import Sequence
from dataclasses import replace

from app.changes import RULES
from app.domain.arrival import Verdict
from app.domain.calendar_year import EnteredYear
from app.domain.reference_data import ReferenceData, ReferenceNews, units_to_save, years_that_change
from app.domain.rights import Right
from app.domain.unit import Unit
from app.errors import Refused
from app.packages.bundle import Trusted
from app.packages.faults import PackageFault
from app.packages.reference import read_reference
from app.queries.relations import found
from app.queries.rights import check_may
from app.queries.rules import entered_years
from app.storage import reference_data
from app.storage.database import Connection
from app.use_cases.arrival import Arrival, Brought, TakenIn
from app.use_cases.rules import RulesKept, reckoned
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


def look_at_reference(workspace: Workspace, brought: Brought, trusted: Trusted) -> Arrival:
    """What a version would change; raises what `read_reference` raises, and E_ROLLBACK for an older one."""
    reference = read_reference(brought.document, trusted.roots, body=trusted.trust_list.body.code)
    data = reference.data(_name(trusted))
    with workspace.reading() as connection:
        _check_newer(connection, data)
        news = _news(connection, data)
    verdict = Verdict.KNOWN if news.nothing and _version(workspace) == data.version else Verdict.NEW
    return Arrival(
        path=brought.path, what="reference", verdict=verdict, number=data.version, issued=reference.issued, reference=news
    )


def take_reference(workspace: Workspace, brought: Brought) -> TakenIn:
    """Count by the body's years where the station entered none, and enter the units it does not know; one deed.

    Raises as `look_at_reference`, and `Refused("no_trust" | "not_allowed")`.
    """
    trusted = trusted_by(workspace)
    data = read_reference(brought.document, trusted.roots, body=trusted.trust_list.body.code).data(_name(trusted))
    told = TakenIn(file=brought.path.name, what="reference", verdict="accepted", number=data.version)
    with workspace.writing() as books:
        _check_newer(books.connection, data)
        before = reference_data.kept(books.connection)
        if _news(books.connection, data).nothing and before and before.version == data.version:
            return replace(told, verdict="duplicate")
        with reckoned(workspace, books) as moved:
            reference_data.keep(books.connection, data)
        saved = tuple(units_to_save(found(books.connection, Unit), data.units))
        units = [replace(unit, id=workspace.clock.new_id()) if new else unit for unit, new in saved]
        books.records.save_all(units)
        books.note("reference", {"version": data.version, "units": len(units), "moved": len(moved)})
    return replace(told, records=len(units) + len(moved), changes=RULES)


def set_aside(workspace: Workspace) -> RulesKept:
    """Count by none of the body's years any more; units that came with them stay, for others may name them.

    Raises `Refused("not_allowed" | "reference_missing")`.
    """
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        if reference_data.kept(books.connection) is None:
            raise Refused("reference_missing")
        reference_data.drop(books.connection)
        books.note("reference_set_aside", {})
    return RulesKept(id="", moved=len(moved))


def reference_in_force(workspace: Workspace) -> ReferenceData | None:
    """What was taken in; None before the first."""
    with workspace.reading() as connection:
        return reference_data.kept(connection)


def _version(workspace: Workspace) -> int:
    taken = reference_in_force(workspace)
    return taken.version if taken else 0


def _check_newer(connection: Connection, data: ReferenceData) -> None:
    taken = reference_data.kept(connection)
    if taken and data.version < taken.version:
        raise PackageFault("E_ROLLBACK", found=data.version, known=taken.version)


def _news(connection: Connection, data: ReferenceData) -> ReferenceNews:
    taken, own = reference_data.kept(connection), entered_years(connection)
    before: Sequence[EnteredYear] = taken.years if taken else ()
    changed = years_that_change(before, data.years)
    units = [new for _unit, new in units_to_save(found(connection, Unit), data.units)]
    return ReferenceNews(
        body=data.body,
        years=tuple(each for each in changed if each not in own),
        kept=tuple(each.year for each in data.years if each.year in own),
        units_new=sum(units),
        units_fuller=len(units) - sum(units),
    )


def _name(trusted: Trusted) -> str:
    return trusted.trust_list.body.name or trusted.trust_list.body.code
