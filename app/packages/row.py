"""One row of a package: a line whose header, digest and known fields have been checked."""

import json
import re
from collections.abc import Iterable
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
    if found := _recognised(line, kind):
        return found[0]
    read_row(line, kind)
    return header_of(line)


def read_rows_exactly(lines: Iterable[bytes], kind: str) -> list[tuple[Revision, Written]]:
    """The revisions of rows that `read_row` takes, each with its bytes as they came; raises as it does."""
    rows = [(each, _recognised(each, kind)) for each in lines]
    read = {each: read_row(each, kind) for each, found in rows if not found}
    written = [written_as(each, found[1] if found else None) for each, found in rows]
    # Read as one list, so that the names of their fields are in memory once: half of what the bodies need.
    bodies = iter(json.loads(b"[" + b",".join(each.body for (_, found), each in zip(rows, written, strict=True) if found) + b"]"))
    revisions = (found[0].revision(next(bodies)) if found else read[each] for each, found in rows)
    return list(zip(revisions, written, strict=True))


def _recognised(line: bytes, kind: str) -> tuple[Header, re.Match[str]] | None:
    found = recognised(line, _form(kind)) if kind in KINDS else None
    return found if found and found[0].kind == kind else None


@cache
def _form(kind: str) -> re.Pattern[str]:
    return form_of({name: each.shape.pattern for name, each in KINDS[kind].fields.items()})
