"""Files that the body gives with a reply or an outcome: home in its replies, with their record, and never up again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.domain.attachment import LARGEST_FILE, Attachment
from app.domain.values import Id
from app.errors import Refused, Unavailable
from app.packages import manifest
from app.packages.faults import PackageFault
from app.province import blobs, desk, replies
from app.province.receiver import BLOBS
from app.province.restoring import restore_packages
from app.queries.attachments import attachments_of
from app.queries.outgoing import outgoing
from app.queries.returned import open_returns
from app.queries.suggestion_handling import handling_card
from app.storage import attachment_files
from app.use_cases.arrivals import look, receive
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.attachments import write_attachment
from app.workspace import Workspace
from tests.app.province.test_desk import (
    assigned,
    course_of,
    deed,
    entered_from_paper,
    handed_in,
    replied,
    replies_laid_out,
    reviewed,
)
from tests.app.use_cases.test_given_back import replacement
from tests.builders import Pair, an_issue, save

LETTER = b"%PDF-1.4 an invented letter"
PICTURE = b"an invented picture"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a list of deeds, with two files beside it."""
    (tmp_path / "图片").mkdir()
    (tmp_path / "答复.pdf").write_bytes(LETTER)
    (tmp_path / "图片" / "一.jpg").write_bytes(PICTURE)
    return tmp_path


def with_files(id: Id, *names: str) -> dict[str, Any]:
    return replied(id) | {"files": list(names)}


def content(workspace: Workspace, file: Attachment) -> bytes:
    pieces: list[bytes] = []
    write_attachment(workspace, file.sha256, pieces.append)
    return b"".join(pieces)


def kept(line: Pair) -> list[str]:
    return [each.name for each in (line.body.folder / BLOBS).iterdir()]


def missing(workspace: Workspace, files: Sequence[Attachment]) -> set[str]:
    """The digests of the contents that are not here."""
    with workspace.reading() as connection:
        return {each.sha256 for each in files if attachment_files.find(connection, each.sha256) is None}


def test_files_come_home_with_their_reply_and_their_outcome(line: Pair, folder: Path) -> None:
    id = handed_in(line)
    came = deed(id, "outcome", outcome_type="project", name="路灯整修") | {"files": ["图片/一.jpg"]}
    done = desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf"), came], folder)
    assert [each.files for each in done][-2:] == [1, 1]
    (package,) = replies_laid_out(line)
    assert LETTER not in package.read_bytes()
    assert all(LETTER not in (line.body.folder / BLOBS / name).read_bytes() for name in kept(line))

    (arrival,) = look(line.station, [package])
    assert arrival.incoming.files == 2
    assert len(arrival.news) == 1, "files belong to a suggestion that is here"
    receive(line.station, package)
    course = course_of(line, id)
    (letter,), (picture,) = (attachments_of(line.station, each[0].id) for each in (course.replies, course.outcomes))
    assert (letter.name, letter.media_type, letter.size) == ("答复.pdf", "application/pdf", len(LETTER))
    assert (picture.name, picture.media_type) == ("一.jpg", "application/octet-stream"), "a name alone makes no picture"
    assert [content(line.station, each) for each in (letter, picture)] == [LETTER, PICTURE]
    card = handling_card(line.station, id)
    told = {each.code: [card.files[of] for of in each.records if of in card.files] for each in card.timeline}
    assert (told["reply"], told["outcome"], told["assign"]) == ([1], [1], [])
    (again,) = look(line.station, [package])
    assert again.incoming.files == 0


def test_the_body_s_files_are_not_handed_up_to_it(line: Pair, folder: Path) -> None:
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf")], folder)
    line.bring_back()
    assert outgoing(line.station, contact=False).files == 0
    issue = an_issue(line.station)
    save(line.station, issue)
    attach(line.station, issue.id, [Offered("照片.bin", lambda: b"own")])
    assert outgoing(line.station, contact=False).files == 1
    line.export()
    line.intake()
    assert len(kept(line)) == 2


def test_what_cannot_be_taken_refuses_the_whole_list(line: Pair, folder: Path) -> None:
    id = handed_in(line)
    (folder / "空.pdf").touch()
    with (folder / "大.pdf").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    for wrong, code in (
        (with_files(id, "答复.pdf", "没有.pdf"), "file_missing"),
        (with_files(id, "图片"), "file_missing"),
        (with_files(id, "空.pdf"), "file_empty"),
        (with_files(id, "大.pdf"), "attachment_large"),
        (replied(id) | {"files": "答复.pdf"}, "field_malformed"),
        (replied(id) | {"files": [1]}, "field_malformed"),
        (deed(id, "sign_for", slip="交通局", by="承办人乙") | {"files": ["答复.pdf"]}, "deed_files_unfit"),
    ):
        with pytest.raises(Refused) as caught:
            desk.handle(line.body, [*assigned(id), wrong], folder)
        problems: Any = caught.value.facts["problems"]
        assert [each.code for each in problems] == [code]
        assert kept(line) == []
    assert replies_laid_out(line) == []


def test_the_same_content_lies_once_and_goes_once(line: Pair, folder: Path) -> None:
    id = handed_in(line)
    (folder / "再答复.pdf").write_bytes(LETTER)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf", "再答复.pdf")], folder)
    assert len(kept(line)) == 1
    line.bring_back()
    later = deed(id, "supplementary_reply", words="补充说明", reply_class="B") | {"files": ["再答复.pdf"]}
    desk.handle(line.body, [later], folder)
    (package,) = replies_laid_out(line)[-1:]
    assert look(line.station, [package])[0].incoming.files == 0
    receive(line.station, package)
    first, second = course_of(line, id).replies
    names = [[file.name for file in attachments_of(line.station, each.id)] for each in (first, second)]
    assert names == [["答复.pdf"], ["再答复.pdf"]]


def test_a_file_of_several_pieces(line: Pair, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (manifest, blobs):
        monkeypatch.setattr(module, "LARGEST_CHUNK", 1024)
    (folder / "长.pdf").write_bytes(LETTER * 100)
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "长.pdf")], folder)
    (package,) = replies_laid_out(line)
    assert look(line.station, [package])[0].incoming.files == 1
    receive(line.station, package)
    (file,) = attachments_of(line.station, course_of(line, id).replies[0].id)
    assert content(line.station, file) == LETTER * 100


def test_files_without_room_follow_in_the_next_reply(line: Pair, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "ROOM", len(LETTER))
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf", "图片/一.jpg")], folder)
    first, second = replies_laid_out(line)
    receive(line.station, first)
    files = attachments_of(line.station, course_of(line, id).replies[0].id)
    (here,) = [each for each in files if each.sha256 not in missing(line.station, files)]
    assert content(line.station, here) in {LETTER, PICTURE}
    receive(line.station, second)
    assert sorted(content(line.station, each) for each in files) == sorted([LETTER, PICTURE])


def test_a_file_that_was_damaged_at_the_body_is_told_and_nothing_goes(line: Pair, folder: Path) -> None:
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf")], folder)
    (name,) = kept(line)
    other = blobs.encrypted(line.body, [LETTER[:-1] + b"!"])
    (line.body.folder / BLOBS / other).replace(line.body.folder / BLOBS / name)
    with pytest.raises(Unavailable, match="attachment_changed"):
        replies_laid_out(line)


def test_content_that_is_not_the_announced_one_is_refused_before_anything_is_written(
    line: Pair, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole of several sound pieces need not be what its digest says."""
    for module in (manifest, blobs):
        monkeypatch.setattr(module, "LARGEST_CHUNK", 16)
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf")], folder)
    (name,) = kept(line)
    other = blobs.encrypted(line.body, [LETTER[:-1] + b"!"])
    (line.body.folder / BLOBS / other).replace(line.body.folder / BLOBS / name)
    (package,) = replies_laid_out(line)
    (arrival,) = look(line.station, [package])
    assert isinstance(arrival.fault, PackageFault)
    assert arrival.fault.code == "E_RESOURCE_HASH"
    with pytest.raises(PackageFault, match="E_RESOURCE_HASH"):
        receive(line.station, package)
    assert course_of(line, id).replies == ()


def test_a_page_that_both_have_stands_once(line: Pair, folder: Path) -> None:
    """The station scanned the letter before the body sent it."""
    id = handed_in(line)
    entered_from_paper(line, id, "第7号", "列入明年计划。", {"reply_class": "B"})
    (own,) = course_of(line, id).replies
    attach(line.station, own.id, [Offered("扫描.pdf", lambda: LETTER), Offered("信封.pdf", lambda: PICTURE)])
    sole = deed(id, "assign", shares=[("交通局", "sole_handler")])
    desk.handle(line.body, [*reviewed(id), sole, with_files(id, "答复.pdf")], folder)
    line.bring_back()
    (reply,) = course_of(line, id).replies
    assert reply.id != own.id
    assert [each.name for each in attachments_of(line.station, reply.id)] == ["信封.pdf", "答复.pdf"]
    assert open_returns(line.station) == ()


def test_a_new_computer_is_given_the_body_s_files_back(line: Pair, folder: Path, tmp_path: Path) -> None:
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), with_files(id, "答复.pdf")], folder)
    line.bring_back()
    with replacement(line, tmp_path / "new") as fresh:
        for path in restore_packages(line.body, fresh.author.by, tmp_path / "given back").paths:
            receive(fresh, path)
        (reply,) = handling_card(fresh, id).course.replies
        (file,) = attachments_of(fresh, reply.id)
        assert content(fresh, file) == LETTER
