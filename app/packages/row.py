"""One row of a package: a line whose header, digest and known fields have been checked."""

from app.domain.kinds import KINDS
from app.domain.records import check_fields
from app.domain.revisions import Line, Revision, parsed
from app.errors import Refused
from app.packages.faults import PackageFault


def read_row(line: bytes, kind: str) -> Revision:
    """The revision of a row in the table of `kind`; raises as `checked_row` does."""
    return checked_row(line, kind).revision()


def checked_row(line: bytes, kind: str) -> Line:
    """A row in the table of `kind`, its known fields checked.

    Raises `PackageFault` with E_JSON or E_LAYOUT, naming what is wrong.
    """
    try:
        row = parsed(line)
        if kind in KINDS:
            check_fields(KINDS[kind], row.body)
    except Refused as error:
        code = "E_JSON" if error.code == "line_not_json" else "E_LAYOUT"
        raise PackageFault(code, entry=kind, reason=str(error)) from error
    if row.kind != kind:
        raise PackageFault("E_LAYOUT", entry=kind, reason=f"_kind {row.kind}")
    return row
