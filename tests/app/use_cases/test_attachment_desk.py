"""Files added to a record: each looked at by itself, nothing twice, nothing half, nothing that cannot be brought back."""

import io
import os
import unicodedata
import wave
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from app.changes import Changes
from app.domain.attachment import LARGEST_FILE, MOST_FILES, Attachment
from app.domain.issue import Issue
from app.domain.values import Id
from app.errors import AppError, Refused, Unavailable
from app.messages import problem_told
from app.progress import Progress
from app.province.tables import BlobRow
from app.queries.attachments import attachments_of
from app.queries.log import Sought, log
from app.use_cases.attachment_desk import Attached, NoPicture, Offered, attach, bring_back, detach, save_attachment, small_picture
from app.use_cases.attachments import write_attachment
from app.use_cases.opened_copies import copy_to_open, sweep_copies
from app.use_cases.upkeep import check
from app.workspace import ATTACHMENTS, Workspace
from tests.app.pictures.drawn import photograph, read
from tests.builders import Pair, an_issue, remove, save


@pytest.fixture
def issue(workspace: Workspace) -> Issue:
    made = an_issue(workspace)
    save(workspace, made)
    return made


def offered(folder: Path, **contents: bytes) -> list[Offered]:
    """Files of a folder, a dot in the place of the last underscore of each name."""
    for name, content in contents.items():
        (folder / ".".join(name.rsplit("_", 1))).write_bytes(content)
    return [Offered.at(folder / ".".join(name.rsplit("_", 1))) for name in contents]


def texts(many: int) -> list[Offered]:
    """Files that differ by their number alone."""
    return [Offered(f"{number}.txt", partial(str(number).encode)) for number in range(many)]


def why(attached: Attached) -> list[tuple[str, str]]:
    return [(each.file.name, each.problem.code) for each in attached.refused]


def stored(workspace: Workspace) -> int:
    return len(list((workspace.folder / ATTACHMENTS).iterdir()))


def content_of(workspace: Workspace, attachment: Attachment) -> bytes:
    pieces: list[bytes] = []
    write_attachment(workspace, attachment.sha256, pieces.append)
    return b"".join(pieces)


# --- adding ----------------------------------------------------------------------------------------------------------


def test_files_are_added_in_the_order_they_were_given(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    files = offered(tmp_path, 照片_jpg=photograph(), 记录_txt=b"words", 录音_mp3=b"ID3sound")
    attached = attach(workspace, issue.id, files)
    assert (attached.changes, attached.repeated, attached.refused) == (Changes.ISSUES, (), ())
    assert attachments_of(workspace, issue.id) == attached.added
    assert [each.name for each in attached.added] == ["照片.jpg", "记录.txt", "录音.mp3"]
    assert [each.media_type for each in attached.added] == ["image/jpeg", "text/plain", "audio/mpeg"]
    assert content_of(workspace, attached.added[0]) == photograph()
    assert check(workspace, read_data=True).findings == ()


def test_names_are_kept_composed(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Müller—é.txt")
    (tmp_path / name).write_bytes(b"x")
    (added,) = attach(workspace, issue.id, [Offered.at(tmp_path / name)]).added
    assert added.name == "Müller—é.txt"


def test_a_content_without_a_file_is_made_only_when_it_is_read(workspace: Workspace, issue: Issue) -> None:
    (added,) = attach(workspace, issue.id, [Offered("粘贴.png", lambda: photograph(kind="PNG"))]).added
    assert (added.media_type, content_of(workspace, added)) == ("image/png", photograph(kind="PNG"))


def test_a_file_that_cannot_be_taken_keeps_no_other_back(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    (tmp_path / "文件夹").mkdir()
    os.mkfifo(tmp_path / "管道")
    files = [
        *offered(tmp_path, 空_txt=b"", 大_bin=b"\0" * (LARGEST_FILE + 1), 好_txt=b"good"),
        *(Offered.at(tmp_path / name) for name in ("文件夹", "管道", "不在.txt")),
    ]
    attached = attach(workspace, issue.id, files)
    assert [each.name for each in attached.added] == ["好.txt"]
    assert why(attached) == [
        ("空.txt", "file_empty"),
        ("大.bin", "attachment_large"),
        ("文件夹", "file_unreadable"),
        ("管道", "file_unreadable"),
        ("不在.txt", "file_missing"),
    ]
    assert "20 MB" in problem_told(attached.refused[1].problem)
    assert not any(each.smaller_helps for each in attached.refused)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read by this user")
def test_a_file_nobody_may_read_is_told(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    (file,) = offered(tmp_path, 锁_txt=b"secret")
    (tmp_path / "锁.txt").chmod(0)
    assert why(attach(workspace, issue.id, [file])) == [("锁.txt", "file_unreadable")]


def test_a_record_holds_fifty_files(workspace: Workspace, issue: Issue) -> None:
    many = texts(MOST_FILES + 2)
    attached = attach(workspace, issue.id, many[: MOST_FILES - 1])
    assert len(attached.added) == MOST_FILES - 1
    assert why(attach(workspace, issue.id, many)) == [("50.txt", "attachments_many"), ("51.txt", "attachments_many")]
    detach(workspace, attached.added[0].id)
    assert len(attach(workspace, issue.id, many[-1:]).added) == 1


def test_the_same_content_is_added_to_a_record_once(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    other = an_issue(workspace)
    save(workspace, other)
    files = offered(tmp_path, a_txt=b"same", b_txt=b"same", c_txt=b"else")
    first = attach(workspace, issue.id, files)
    assert ([each.name for each in first.added], first.repeated) == (["a.txt", "c.txt"], ("b.txt",))
    again = attach(workspace, issue.id, files)
    assert (again.added, again.repeated, again.changes) == ((), ("a.txt", "b.txt", "c.txt"), Changes.NOTHING)
    assert len(attach(workspace, other.id, files).added) == 2
    assert stored(workspace) == 2


def test_a_text_that_calls_itself_a_picture_is_kept_as_a_document(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    files = offered(tmp_path, 其实是文字_jpg=b"words", 其实是照片_txt=photograph())
    attached = attach(workspace, issue.id, files, smaller=True)
    words, picture = attached.added
    assert [(each.code, each.facts, each.hint) for each in attached.doubts] == [
        ("picture_by_name_only", {"path": "其实是文字.jpg"}, True)
    ]
    assert (words.media_type, picture.media_type) == ("application/octet-stream", "image/jpeg")
    assert content_of(workspace, words) == b"words"
    with pytest.raises(NoPicture):
        small_picture(workspace, words, 100)
    assert read(small_picture(workspace, picture, 100)).size == (100, 75)


def test_pictures_are_made_smaller_on_request_only(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    (file,) = offered(tmp_path, 照片_jpg=photograph(3000, 2000, placed=True))
    (whole,) = attach(workspace, issue.id, [file]).added
    (small,) = attach(workspace, issue.id, [file], smaller=True).added
    assert read(content_of(workspace, whole)).size == (3000, 2000)
    assert read(content_of(workspace, small)).size == (2000, 1333)
    assert attach(workspace, issue.id, [file], smaller=True).repeated == ("照片.jpg",)


def test_a_picture_too_large_as_it_is_has_room_when_it_is_made_smaller(
    workspace: Workspace, issue: Issue, tmp_path: Path
) -> None:
    (large,) = offered(tmp_path, 扫描_jpg=photograph(3000, 2000) + b"\0" * (LARGEST_FILE * 2))
    refused = attach(workspace, issue.id, [large])
    assert (why(refused), refused.refused[0].smaller_helps) == ([("扫描.jpg", "attachment_large")], True)
    assert refused.refused[0].problem.facts["size"] == (tmp_path / "扫描.jpg").stat().st_size
    assert len(attach(workspace, issue.id, [large], smaller=True).added) == 1


def test_only_a_record_that_stands_has_files(workspace: Workspace, issue: Issue) -> None:
    remove(workspace, issue.id)
    for of in (issue.id, workspace.clock.new_id()):
        with pytest.raises(Refused, match="record_missing"):
            attach(workspace, of, [Offered("a.txt", lambda: b"a")])
    assert stored(workspace) == 0


def test_whoever_stops_it_has_added_nothing(workspace: Workspace, issue: Issue) -> None:
    progress = Progress()

    def second() -> bytes:
        progress.cancel()
        return b"second"

    with pytest.raises(Refused, match="cancelled"):
        attach(workspace, issue.id, [Offered("a", lambda: b"first"), Offered("b", second)], progress=progress)
    assert (attachments_of(workspace, issue.id), stored(workspace)) == ((), 0)


def test_a_disk_that_fails_leaves_nothing(workspace: Workspace, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_told: object) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patch:
        patch.setattr("app.use_cases.attachments.age.encrypt", full)
        with pytest.raises(Unavailable, match="disk_full"):
            attach(workspace, issue.id, [Offered("a", lambda: b"first")])
    assert (attachments_of(workspace, issue.id), stored(workspace)) == ((), 0)


def test_progress_counts_bytes(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    progress = Progress()
    attach(workspace, issue.id, offered(tmp_path, a_txt=b"12345", b_txt=b"123"), progress=progress)
    assert (progress.stage, progress.step, progress.total) == ("attaching", 8, 8)


# --- taking off, and bringing back -------------------------------------------------------------------------------------


def test_a_file_taken_off_can_be_brought_back(workspace: Workspace, issue: Issue) -> None:
    (added,) = attach(workspace, issue.id, [Offered("a.txt", lambda: b"a")]).added
    assert detach(workspace, added.id).changes == Changes.ISSUES
    assert attachments_of(workspace, issue.id) == ()
    with pytest.raises(Refused, match="record_missing"):
        detach(workspace, added.id)
    for _twice in range(2):
        assert bring_back(workspace, added.id).attachment == added
    assert attachments_of(workspace, issue.id) == (added,)
    assert content_of(workspace, added) == b"a"


@pytest.mark.parametrize("of_an_issue", [False, True])
def test_only_a_file_is_brought_back(workspace: Workspace, issue: Issue, of_an_issue: bool) -> None:
    with pytest.raises(Refused, match="record_missing"):
        bring_back(workspace, issue.id if of_an_issue else workspace.clock.new_id())


def test_the_receiver_takes_the_files_in(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    attached = attach(line.station, issue.id, [Offered("照片.jpg", photograph), Offered("记录.txt", lambda: b"words")])
    detach(line.station, attached.added[1].id)
    line.round_trip()
    with line.body.store.reading() as connection:
        told = connection.execute(select(BlobRow.sha256, BlobRow.size, BlobRow.file)).all()
    ((sha256, size, file),) = told
    assert (sha256, size) == (f"sha256:{attached.added[0].sha256}", len(photograph()))
    assert file is not None
    bring_back(line.station, attached.added[1].id)
    line.round_trip()
    with line.body.store.reading() as connection:
        assert len(connection.execute(select(BlobRow.file).where(BlobRow.file.is_not(None))).all()) == 2


# --- opening ---------------------------------------------------------------------------------------------------------


def attached_as(workspace: Workspace, of: Id, name: str) -> Attachment:
    return attach(workspace, of, [Offered(name, lambda: name.encode())]).added[0]


def test_a_copy_to_open_is_read_only_private_and_swept(
    workspace: Workspace, issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    added = attached_as(workspace, issue.id, '第1页: "草稿".pdf')
    copies = [copy_to_open(workspace, added) for _twice in range(2)]
    for copy in copies:
        assert copy.read_bytes() == added.name.encode()
        assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o400, 0o700)
        assert copy.name == "第1页_ _草稿_.pdf"
        assert copy.parent.parent == tmp_path
    (tmp_path / "other").mkdir()
    sweep_copies(tmp_path / "another station")
    assert copies[0].exists()
    sweep_copies(workspace.folder)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("liaison-")) == []
    assert (tmp_path / "other").exists()


def test_a_sound_is_added_listed_and_opened_from_a_copy_nobody_can_write_to(
    workspace: Workspace, issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    sound = recorded()
    attached = attach(workspace, issue.id, [Offered("现场录音.wav", lambda: sound)])
    (listed,) = attachments_of(workspace, issue.id)
    assert (listed.name, listed.media_type.startswith("audio/"), listed.size) == ("现场录音.wav", True, len(sound))
    assert attached.doubts == ()
    with pytest.raises(NoPicture):
        small_picture(workspace, listed, 100)
    copy = copy_to_open(workspace, listed)
    assert (copy.name, copy.stat().st_mode & 0o777, copy.read_bytes()) == ("现场录音.wav", 0o400, sound)
    with wave.open(str(copy), "rb") as heard:
        assert heard.getnframes() == 800


def recorded() -> bytes:
    """A tenth of a second of silence as a sound recorder saves it."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return kept.getvalue()


def test_what_would_run_is_not_opened(
    workspace: Workspace, issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(Refused, match="file_is_program"):
        copy_to_open(workspace, attached_as(workspace, issue.id, "照片.jpg.EXE"))


def test_a_damaged_content_leaves_no_copy(
    workspace: Workspace, issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    (tmp_path / "session").mkdir()
    added = attached_as(workspace, issue.id, "a.txt")
    (file,) = (workspace.folder / ATTACHMENTS).iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises((Refused, Unavailable)):
        copy_to_open(workspace, added)
    assert list((tmp_path / "session").iterdir()) == []


def test_a_file_that_is_saved_elsewhere_stands_in_the_log(workspace: Workspace, issue: Issue, tmp_path: Path) -> None:
    attach(workspace, issue.id, offered(tmp_path, photo_txt=b"a"))
    (attachment,) = attachments_of(workspace, issue.id)
    save_attachment(workspace, attachment, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == b"a"
    (line,) = log(workspace, Sought(only="exports")).rows
    assert (line.event, line.record, line.kind) == ("file_saved", attachment.id, "attachment")
    with pytest.raises(AppError):
        save_attachment(workspace, attachment, tmp_path / "nowhere" / "out.txt")
    assert log(workspace, Sought(only="exports")).total == 1
