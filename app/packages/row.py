"""One row of a package: a revision whose header, digest and known fields have been checked."""

from app.domain.kinds import KINDS
from app.domain.records import check_fields
from app.domain.revisions import Revision, read_line
from app.errors import Refused
from app.packages.faults import PackageFault


def read_row(line: bytes, kind: str) -> Revision:
    """The revision of a row in the table of `kind`, its known fields checked.

    Raises `PackageFault` with E_JSON or E_LAYOUT, naming what is wrong.
    """
    try:
        revision = read_line(line)
        if kind in KINDS:
            check_fields(KINDS[kind], revision.body)
    except Refused as error:
        code = "E_JSON" if error.code == "line_not_json" else "E_LAYOUT"
        raise PackageFault(code, entry=kind, reason=str(error)) from error
    if revision.kind != kind:
        raise PackageFault("E_LAYOUT", entry=kind, reason=f"_kind {revision.kind}")
    return revision
