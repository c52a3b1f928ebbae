"""Files beside an issue: listed, saved under a name, told in its history by their number."""

from collections.abc import Mapping
from pathlib import Path

from app.domain.life import IssueState
from app.domain.values import Json
from app.queries.record_history import record_history
from app.use_cases import recording
from app.use_cases.attachment_desk import Offered
from app.workspace import Workspace
from tests.ui.pages.test_issues import page, saved, shown
from ui.pages.issues import IssuesPage

__all__ = ["page"]  # the fixture


def test_attachments_are_listed_and_saved(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"picture" * 300)
    entry: Mapping[str, Json] = {"words": "路灯不亮", "encounter": {"anonymous": True}, "attachments": ["照片.jpg"]}
    recording.record(workspace, "issue", entry, tmp_path)
    detail = shown(page).overview.detail
    assert detail.card is not None
    (attachment,) = detail.card.attachments
    assert detail.files.files == (attachment,)
    detail.files.save_file(attachment, tmp_path / "另存.jpg")
    assert (tmp_path / "另存.jpg").read_bytes() == b"picture" * 300


def test_the_history_of_an_issue_tells_which_files_came_and_went(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, IssueState.REGISTERED)
    detail = shown(page).overview.detail
    detail.files.add_offered([Offered("a.txt", lambda: b"a"), Offered("b.txt", lambda: b"b")])
    detail.files.strip.setCurrentRow(0)
    detail.files.remove_current()
    assert detail.card is not None
    past = record_history(workspace, detail.card.issue.id)
    told = [(each.event, each.title) for each in past.changes if each.kind == "attachment"]
    assert told == [("removed", "a.txt"), ("first_saved", "b.txt"), ("first_saved", "a.txt")]
