"""A package of each format there has been, kept with its key: whatever is read tomorrow, these are read as well.

`kept/format-N.llz`, of suite std-1, and `kept/format-N-gm-1.llz` are never made again. They were written by a program one
step newer in one thing: their first row has a field that
this program does not know.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from app.domain.issue import Issue
from app.domain.revisions import Revision, read_line
from app.packages import sm2
from app.packages.forms import FORMS, GM_1, STD_1
from app.packages.row import read_rows_exactly
from app.packages.sm2_keys import Sm2ReceivingKey
from app.packages.statement import FORMAT_NUMBER
from tests.app.packages.gm_parcels import gm_believing
from tests.app.packages.parcels import READER, STATION, unpacked
from tests.builders import station

KEPT: Final = Path(__file__).parent / "kept"
BODY: Final = {"subject": "东街路灯不亮", "received_on": "2026-11-20", "future_field": {"a": [1, "二", None]}}


def content_of(number: int, suite: str = STD_1.suite) -> dict[str, list[bytes] | bytes]:
    """What a kept package holds, read as any other."""
    path = KEPT / (f"format-{number}.llz" if suite == STD_1.suite else f"format-{number}-{suite}.llz")
    secret = path.with_suffix(".key").read_text("ascii").strip()
    if suite == STD_1.suite:
        return unpacked(path, reader=replace(READER, identities=[secret]))
    key = Sm2ReceivingKey(secret=bytes.fromhex(secret), public=sm2.public_of(bytes.fromhex(secret)))
    return unpacked(path, gm_believing(), replace(READER, identities=(), unwrappers=[key]))


def first_row() -> tuple[bytes, Revision]:
    """The row with a field of tomorrow."""
    (line,) = content_of(1)["issue"]
    assert isinstance(line, bytes)
    return line, read_line(line)


def test_every_format_has_one_kept() -> None:
    formats = {f"format-{number}" for number in range(1, FORMAT_NUMBER + 1)}
    assert {each.stem for each in KEPT.glob("*.llz")} == formats | {f"{each}-{GM_1.suite}" for each in formats}


@pytest.mark.parametrize("suite", [each.suite for each in FORMS])
@pytest.mark.parametrize("number", range(1, FORMAT_NUMBER + 1))
def test_a_package_of_every_format_is_read_for_ever(number: int, suite: str) -> None:
    found = content_of(number, suite)
    rows = {kind: [read_line(each) for each in lines] for kind, lines in found.items() if isinstance(lines, list)}
    assert {kind: [(each.owner, dict(each.body)) for each in told] for kind, told in rows.items()} == {
        "issue": [(STATION, BODY)],
        "visit": [(STATION, {"day": "2026-11-20"})],
    }
    assert [content for content in found.values() if isinstance(content, bytes)] == [b"a photograph"]


def test_what_a_newer_program_wrote_goes_on_as_it_came(tmp_path: Path) -> None:
    line, revision = first_row()
    ((read, written),) = read_rows_exactly([line], "issue")
    assert (read, written.line) == (revision, line), "passed on to another computer it is the same to the byte"
    with station(tmp_path / "station") as workspace, workspace.writing() as books:
        books.records.take_in([replace(revision, owner=workspace.author.owner)])
        issue = books.records.get(Issue, revision.id).record
        books.records.save(replace(issue, remarks="已现场查看"))
        *_before, newest = books.journal.revisions_of([issue.id])[issue.id]
    assert read_line(newest.line).body == BODY | {"remarks": "已现场查看"}, "a change here keeps what is not known here"
