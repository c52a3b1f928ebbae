"""One row of a package: a line whose header, digest and known fields have been checked."""

import json
import re
from functools import cache

from app.domain.kinds import KINDS
from app.domain.records import read_fields
from app.domain.revisions import Header, Revision, Written, form_of, header_of, read_line, recognised, written_as
from app.errors import Refused
from app.packages.faults import PackageFault


def read_row(line: bytes, kind: str) -> Revision:
    """The revision of a row in the table of `kind`, its known fields checked.

    Raises `PackageFault` with E_JSON or E_LAYOUT, naming what is wrong.
    """
    try:
        revision = read_line(line)
        if kind in KINDS:
            read_fields(KINDS[kind].record, revision.body)
    except Refused as error:
        code = "E_JSON" if error.code == "line_not_json" else "E_LAYOUT"
        raise PackageFault(code, entry=kind, reason=str(error)) from error
    if revision.kind != kind:
        raise PackageFault("E_LAYOUT", entry=kind, reason=f"_kind {revision.kind}")
    return revision


def check_row(line: bytes, kind: str) -> Header:
    """The header of a row that `read_row` takes; raises as it does.

    Nearly all rows are written as this program writes them: one look recognises those. The others are read.
    """
    if kind in KINDS and (header := recognised(line, _form(kind))) and header.kind == kind:
        return header
    read_row(line, kind)
    return header_of(line)


def read_row_exactly(line: bytes, kind: str) -> tuple[Revision, Written]:
    """The revision of a row that `read_row` takes, with its bytes as they came; raises as it does."""
    if kind in KINDS and (header := recognised(line, _form(kind))) and header.kind == kind:
        written = written_as(line)
        return header.revision(json.loads(written.body)), written
    return read_row(line, kind), written_as(line)


@cache
def _form(kind: str) -> re.Pattern[str]:
    return form_of({name: each.shape.pattern for name, each in KINDS[kind].fields.items()})
