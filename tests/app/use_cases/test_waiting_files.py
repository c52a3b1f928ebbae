"""Files of a visit that is still typed: safe at once, kept with its draft, attached by its save, swept where given up."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.attachment import Attachment
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Seen, VisitSheet
from app.errors import Refused
from app.progress import Progress
from app.queries.attachments import attachments_of
from app.queries.unfinished import draft_previews
from app.use_cases.attachment_desk import Offered, detach, small_picture
from app.use_cases.drafts import discard_draft, drafts, keep_draft
from app.use_cases.receptions import draft_body, draft_key, drafted_sheet, save_visit
from app.use_cases.undo import undo_last
from app.use_cases.waiting_files import sweep_contents, take_waiting
from app.workspace import ATTACHMENTS, Workspace
from tests.app.pictures.drawn import photograph
from tests.builders import StationHome, a_visitor_line


@pytest.fixture
def sheet(workspace: Workspace) -> VisitSheet:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20))
    return VisitSheet(visit=visit, lines=(a_visitor_line(workspace),))


def picture(name: str = "a.jpg", side: int = 320) -> Offered:
    return Offered(name, lambda: photograph(side, 200))


def taken(workspace: Workspace, sheet: VisitSheet, *files: Offered, held: tuple[Attachment, ...] = ()) -> tuple[Attachment, ...]:
    return take_waiting(workspace, sheet.visit.id, files, held).added


def stored(workspace: Workspace) -> int:
    return len(list((workspace.folder / ATTACHMENTS).iterdir()))


def test_what_waits_is_seen_and_attached_by_the_save_and_undone_with_it(workspace: Workspace, sheet: VisitSheet) -> None:
    files = taken(workspace, sheet, picture())
    assert small_picture(workspace, files[0], 64)
    assert not attachments_of(workspace, sheet.visit.id)
    saved = save_visit(workspace, sheet, files=files)
    assert saved.files == files == attachments_of(workspace, sheet.visit.id)
    undo_last(workspace, sheet.visit.id)
    assert not attachments_of(workspace, sheet.visit.id)


def test_what_waits_is_kept_with_the_draft(workspace: Workspace, sheet: VisitSheet) -> None:
    files = taken(workspace, sheet, picture("路灯.jpg"))
    keep_draft(workspace, draft_key(sheet.visit.id), "reception", draft_body(sheet, Seen(), files))
    (draft,) = drafts(workspace)
    assert drafted_sheet(workspace, draft.body).waiting == files
    assert "路灯.jpg" in repr(draft_previews(workspace))
    with pytest.raises(Refused, match="field_malformed"):
        drafted_sheet(workspace, {**draft.body, "files": ["x"]})
    assert drafted_sheet(workspace, {name: each for name, each in draft.body.items() if name != "files"}).waiting == ()


def test_the_same_picture_waits_once_and_what_cannot_be_taken_is_told(workspace: Workspace, sheet: VisitSheet) -> None:
    files = taken(workspace, sheet, picture())
    again = take_waiting(workspace, sheet.visit.id, [picture("b.jpg"), Offered("leer.txt", lambda: b"")], files)
    assert (again.added, again.repeated) == ((), ("b.jpg",))
    assert [each.problem.code for each in again.refused] == ["file_empty"]


def test_a_person_may_stop_and_nothing_waits(workspace: Workspace, sheet: VisitSheet) -> None:
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Refused, match="cancelled"):
        take_waiting(workspace, sheet.visit.id, [picture()], (), progress=stopped)
    assert stored(workspace) == 0


def test_only_what_nobody_names_is_swept(workspace: Workspace, sheet: VisitSheet) -> None:
    attached, drafted, gone = (taken(workspace, sheet, picture(side=side)) for side in (320, 330, 340))
    save_visit(workspace, sheet, files=attached)
    detach(workspace, attached[0].id)  # it can be brought back
    keep_draft(workspace, "visit:x", "reception", draft_body(sheet, Seen(), drafted))
    assert (stored(workspace), sweep_contents(workspace), stored(workspace)) == (3, 1, 2)
    assert sweep_contents(workspace) == 0
    for each in (*attached, *drafted):
        assert small_picture(workspace, each, 64)
    with pytest.raises(Refused, match="attachment_missing"):
        small_picture(workspace, gone[0], 64)
    discard_draft(workspace, "visit:x")
    assert sweep_contents(workspace) == 1


def test_the_station_is_sound_after_a_sweep(home: StationHome, tmp_path: Path) -> None:
    from app.use_cases.upkeep import check

    with home.opened() as workspace:
        visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION)
        taken(workspace, VisitSheet(visit=visit), picture())
        sweep_contents(workspace)
        assert not check(workspace, read_data=True).findings
