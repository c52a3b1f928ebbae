"""Recording what happened at the station: all that belongs together in one transaction, nothing guessed, nothing dropped."""

import hashlib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from app.changes import Changes
from app.domain.attachment import Attachment
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy
from app.domain.records import AnyRecord
from app.domain.values import Id
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.errors import AppError, Refused
from app.queries.counts import count
from app.queries.search import search
from app.storage.records import stored_from
from app.storage.tables import AttachmentFileRow, CurrentRow, JournalRow
from app.use_cases.attachments import write_attachment
from app.use_cases.recording import Recorded, record
from app.workspace import ATTACHMENTS, Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, an_encounter, save

FIRST: Final = {"operator": 1, "seat": 1, "station": 1}
RECEPTION: Final[Mapping[str, Any]] = {
    "visit_kind": "reception",
    "on": "2026-11-18",
    "starts": "09:00",
    "place": "联络站",
    "late_entry": True,
    "deputies": ["HN-001", "代表乙"],
    "attendance": [{"deputy": "代表甲", "presence": "present"}, {"name": "社区干部", "part": "列席"}],
    "encounters": [
        {
            "name": "来访者甲",
            "contact": {"phone": "13800000001", "address": "东街1号"},
            "issues": [
                {"subject": "停水", "words": "停水三天了", "attachments": ["照片.jpg", "记录.txt"]},
                {"words": "路灯不亮"},
            ],
        },
        {
            "anonymous": True,
            "confidential": True,
            "raised": "噪音扰民",
            "issues": [{"words": "夜里施工", "state": "accepted"}],
        },
    ],
    "attachments": ["记录.txt"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files a person may attach."""
    for name in ("照片.jpg", "记录.txt"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    return tmp_path


def told(workspace: Workspace, kind: str, folder: Path = Path(), /, **entry: Any) -> Recorded:
    return record(workspace, kind, entry, folder)


def refused(workspace: Workspace, kind: str, folder: Path = Path(), /, **entry: Any) -> AppError:
    """The error an entry is refused with, after which nothing has been saved."""
    before, lines = count(workspace), _lines(workspace)
    with pytest.raises(AppError) as caught:
        record(workspace, kind, entry, folder)
    assert (count(workspace), _lines(workspace)) == (before, lines)
    assert list((workspace.folder / ATTACHMENTS).iterdir()) == []
    return caught.value


def missing(error: AppError) -> set[str]:
    """What an incomplete entry lacks."""
    problems = problems_of(error)
    assert len(set(problems)) == len(problems)
    return {code for code, _field in problems}


def _lines(workspace: Workspace) -> int:
    with workspace.reading() as connection:
        return len(connection.execute(select(JournalRow.seq)).all())


def all_of(workspace: Workspace, cls: type[AnyRecord]) -> list[AnyRecord]:
    question = select(CurrentRow.__table__).where(CurrentRow.kind == cls.traits.name).order_by(CurrentRow.no)
    with workspace.reading() as connection:
        return [stored_from(row).record for row in connection.execute(question)]


# --- a visit ---------------------------------------------------------------------------------------------------------


def test_a_reception_with_everything_is_saved_as_records_that_name_each_other(workspace: Workspace, folder: Path) -> None:
    first, second = a_deputy(workspace, "代表甲", deputy_card_no="HN-001"), a_deputy(workspace, "代表乙")
    save(workspace, first, second)
    done = told(workspace, "visit", folder, **RECEPTION)
    (visit,) = all_of(workspace, Visit)
    assert (visit.id, visit.visit_kind, visit.on, visit.starts) == (done.id, VisitKind.RECEPTION, date(2026, 11, 18), time(9))
    assert visit.deputies == (first.id, second.id)
    assert visit.station == workspace.author.owner
    signed, guest = all_of(workspace, Attendance)
    assert (signed.visit, signed.deputy, signed.presence, guest.visit, guest.name) == (
        visit.id,
        first.id,
        Presence.PRESENT,
        visit.id,
        "社区干部",
    )
    named, anonymous = all_of(workspace, Encounter)
    assert (named.visit, named.party, named.name, anonymous.anonymous) == (visit.id, Party.PERSON, "来访者甲", True)
    (contact,) = all_of(workspace, Contact)
    assert (contact.of, contact.phone, contact.address) == (named.id, "13800000001", "东街1号")
    water, light, noise = all_of(workspace, Issue)
    for issue in (water, light, noise):
        assert (issue.visit, issue.station, issue.source) == (visit.id, workspace.author.owner, Source.RECEPTION)
        assert (issue.received_on, issue.deputies, issue.late_entry) == (visit.on, visit.deputies, True)
    assert (water.encounter, noise.encounter, water.confidential, noise.confidential) == (named.id, anonymous.id, False, True)
    assert (water.state, noise.state) == (IssueState.REGISTERED, IssueState.ACCEPTED)
    assert [(each.of, each.name) for each in all_of(workspace, Attachment)] == [
        (visit.id, "记录.txt"),
        (water.id, "照片.jpg"),
        (water.id, "记录.txt"),
    ]
    assert done.changes == Changes.VISITS | Changes.ISSUES
    assert done.hints == ()
    expected = {"visit": 1, "attendance": 2, "encounter": 2, "contact": 1, "issue": 3, "attachment": 3, "deputy": 2}
    assert count(workspace) == FIRST | expected
    assert search(workspace, "停水三天").total == 1


def test_a_reception_nobody_came_to_is_a_reception(workspace: Workspace) -> None:
    told(workspace, "visit", visit_kind="reception")
    (visit,) = all_of(workspace, Visit)
    assert visit.on == date(2026, 11, 21)


def test_at_a_reception_somebody_is_named_or_anonymous_and_something_was_raised(workspace: Workspace) -> None:
    assert missing(refused(workspace, "visit", visit_kind="reception", encounters=[{"raised": "停水"}])) == {"visitor_missing"}
    assert missing(refused(workspace, "visit", visit_kind="reception", encounters=[{"name": "甲"}])) == {"matter_missing"}
    assert missing(refused(workspace, "visit", visit_kind="reception", encounters=[{"issues": [{}, {}]}])) == {
        "visitor_missing",
        "matter_missing",
    }
    told(workspace, "visit", visit_kind="reception", encounters=[{"anonymous": True, "raised": "停水"}])


@pytest.mark.parametrize(
    "line",
    [
        {"people": 12},
        {"party": "people", "people": 300},
        {"party": "household"},
        {"party": "household", "name": "户主甲", "people": 4},
        {"name": "甲"},
        {"name": "甲", "raised": "停水", "issues": [{"words": "停水"}]},
    ],
)
def test_a_line_of_outreach_is_a_person_a_household_or_a_number(workspace: Workspace, line: dict[str, Any]) -> None:
    told(workspace, "visit", visit_kind="outreach", encounters=[line])
    assert [each.visit for each in all_of(workspace, Encounter)] == [all_of(workspace, Visit)[0].id]
    assert [each.source for each in all_of(workspace, Issue)] == [Source.OUTREACH] * len(line.get("issues", []))


def test_on_outreach_a_name_is_asked_only_where_something_was_raised(workspace: Workspace) -> None:
    assert missing(refused(workspace, "visit", visit_kind="outreach", encounters=[{}])) == {"nobody_met"}
    nameless = {"people": 3, "issues": [{"words": "停水"}]}
    assert missing(refused(workspace, "visit", visit_kind="outreach", encounters=[nameless])) == {"visitor_missing"}


def test_a_large_group_is_a_hint_that_stops_nobody(workspace: Workspace) -> None:
    done = told(workspace, "visit", visit_kind="reception", encounters=[{"name": "甲等", "people": 9, "raised": "停水"}])
    assert [(each.code, each.facts) for each in done.hints] == [("group_large", {"people": 9, "most": 5})]


def test_a_word_of_no_code_set_is_kept_and_told(workspace: Workspace) -> None:
    done = told(workspace, "visit", visit_kind="receptoin", place="联络站")
    assert [(each.code, each.field) for each in done.hints] == [("code_unknown", "visit_kind")]


def test_a_visit_says_of_what_kind_it_is(workspace: Workspace) -> None:
    assert missing(refused(workspace, "visit", place="联络站")) == {"visit_kind_missing"}


@pytest.mark.parametrize("on", ["1900-01-05", "2100-03-05"])
def test_a_day_of_another_century_is_refused_at_its_field(workspace: Workspace, on: str) -> None:
    visit = refused(workspace, "visit", visit_kind="outreach", on=on)
    issue = refused(workspace, "issue", words="路灯不亮", received_on=on, encounter={"anonymous": True})
    assert problems_of(visit) == [("visit_day_unlikely", "on")]
    assert problems_of(issue) == [("visit_day_unlikely", "received_on")]
    assert count(workspace) == FIRST


def test_an_issue_at_another_activity_comes_from_that_activity(workspace: Workspace) -> None:
    told(workspace, "visit", visit_kind="symposium", encounters=[{"name": "甲", "issues": [{"words": "停水"}]}])
    assert [each.source for each in all_of(workspace, Issue)] == [Source.ACTIVITY]


# --- an issue alone --------------------------------------------------------------------------------------------------


def test_an_issue_alone_brings_its_person(workspace: Workspace) -> None:
    done = told(workspace, "issue", words="停水", encounter={"name": "甲", "confidential": True, "contact": {"phone": "138"}})
    (issue,), (person,), (contact,) = all_of(workspace, Issue), all_of(workspace, Encounter), all_of(workspace, Contact)
    assert (done.id, issue.encounter, issue.confidential, contact.of) == (issue.id, person.id, True, person.id)
    assert issue.received_on == date(2026, 11, 21)


def test_an_issue_alone_may_name_a_person_met_before(workspace: Workspace) -> None:
    person = an_encounter(workspace, "甲", confidential=True)
    save(workspace, person)
    told(workspace, "issue", words="停水", encounter=person.id)
    (issue,) = all_of(workspace, Issue)
    assert (issue.encounter, issue.confidential) == (person.id, True)
    assert count(workspace)["encounter"] == 1
    assert refused(workspace, "issue", words="停水", encounter=workspace.clock.new_id()).code == "record_missing"
    assert refused(workspace, "issue", words="停水", encounter=issue.id).code == "record_missing"


def test_an_issue_alone_says_who_and_what(workspace: Workspace) -> None:
    assert missing(refused(workspace, "issue", words="停水")) == {"visitor_missing"}
    assert missing(refused(workspace, "issue", words="停水", encounter={})) == {"visitor_missing"}
    assert missing(refused(workspace, "issue", encounter={"anonymous": True})) == {"matter_missing"}
    assert refused(workspace, "issue", words="停水", encounter="某某").code == "field_malformed"


# --- deputies ---------------------------------------------------------------------------------------------------------


def test_a_deputy_is_entered_for_this_station(workspace: Workspace, folder: Path) -> None:
    done = told(workspace, "deputy", folder, name="代表甲", level="county", contact={"phone": "138"}, attachments=["照片.jpg"])
    (deputy,) = all_of(workspace, Deputy)
    assert (deputy.id, deputy.station, deputy.level) == (done.id, workspace.author.owner, "county")
    assert {all_of(workspace, Contact)[0].of, all_of(workspace, Attachment)[0].of} == {deputy.id}


@pytest.mark.parametrize("name", [None, "", " \t"])
def test_a_deputy_has_a_name(workspace: Workspace, name: str | None) -> None:
    entry = {} if name is None else {"name": name}
    assert missing(refused(workspace, "deputy", **entry)) == {"name_missing"}


def test_a_deputy_is_found_by_name_card_or_identifier(workspace: Workspace) -> None:
    deputy = a_deputy(workspace, "代表甲", deputy_card_no='证"1')
    save(workspace, deputy)
    for said in ("代表甲", " 代表甲 ", '证"1', deputy.id):
        told(workspace, "visit", visit_kind="reception", deputies=[said])
    assert {each.deputies for each in all_of(workspace, Visit)} == {(deputy.id,)}


def test_an_unknown_deputy_is_not_guessed(workspace: Workspace) -> None:
    deputy = a_deputy(workspace, "代表甲")
    save(workspace, deputy)
    for said in ("代表", "代表乙", "%", workspace.clock.new_id(), workspace.author.owner):
        error = refused(workspace, "visit", visit_kind="reception", deputies=[said])
        assert (error.code, error.facts) == ("deputy_unknown", {"name": said})
    with workspace.writing() as books:
        books.records.remove([deputy.id])
    assert refused(workspace, "visit", visit_kind="reception", deputies=["代表甲"]).code == "deputy_unknown"


def test_a_name_that_two_deputies_bear_is_not_decided(workspace: Workspace) -> None:
    save(workspace, a_deputy(workspace, "同名", deputy_card_no="A1"), a_deputy(workspace, "同名", deputy_card_no="A2"))
    error = refused(workspace, "visit", visit_kind="reception", deputies=["同名"])
    assert (error.code, error.facts) == ("deputy_ambiguous", {"name": "同名", "cards": ["A1", "A2"]})
    told(workspace, "visit", visit_kind="reception", deputies=["A2"])


# --- what is not understood is never dropped ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "entry", "where"),
    [
        ("visit", {"visit_kind": "reception", "plase": "站"}, ("visit", "plase")),
        ("visit", {"visit_kind": "reception", "issues": [{"words": "停水"}]}, ("visit", "issues")),
        ("visit", {"visit_kind": "reception", "encounter": {"name": "甲"}}, ("visit", "encounter")),
        ("visit", {"visit_kind": "reception", "id": "1"}, ("visit", "id")),
        ("visit", {"visit_kind": "reception", "encounters": [{"name": "甲", "phone": "138"}]}, ("encounter", "phone")),
        ("visit", {"visit_kind": "reception", "encounters": [{"name": "甲", "encounters": []}]}, ("encounter", "encounters")),
        ("visit", {"visit_kind": "reception", "encounters": [{"issues": [{"issues": []}]}]}, ("issue", "issues")),
        ("visit", {"visit_kind": "reception", "attendance": [{"issues": []}]}, ("attendance", "issues")),
        ("issue", {"words": "a", "encounters": []}, ("issue", "encounters")),
        ("issue", {"words": "a", "encounter": {"name": "甲", "issues": []}}, ("encounter", "issues")),
        ("deputy", {"name": "甲", "issues": []}, ("deputy", "issues")),
        ("deputy", {"name": "甲", "contact": {"fone": "1"}}, ("contact", "fone")),
        ("deputy", {"name": "甲", "contact": {"phone": "1", "contact": {}}}, ("contact", "contact")),
    ],
)
def test_an_unknown_field_is_refused_and_named(
    workspace: Workspace, kind: str, entry: dict[str, Any], where: tuple[str, str]
) -> None:
    error = refused(workspace, kind, **entry)
    assert (error.code, error.facts["kind"], error.facts["field"]) == ("field_unknown", *where)
    known = error.facts["known"]
    assert isinstance(known, list)
    assert known == sorted(known)
    assert known


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("visit", {"visit_kind": "reception", "on": "2026-13-01"}, "on"),
        ("visit", {"visit_kind": "reception", "expected": "many"}, "expected"),
        ("visit", {"visit_kind": "reception", "expected": 1.5}, "expected"),
        ("visit", {"visit_kind": "reception", "deputies": "代表甲"}, "deputies"),
        ("visit", {"visit_kind": "reception", "encounters": "甲"}, "encounters"),
        ("visit", {"visit_kind": "reception", "encounters": {"name": "甲"}}, "encounters"),
        ("visit", {"visit_kind": "reception", "encounters": ["甲"]}, "encounters"),
        ("visit", {"visit_kind": "reception", "attendance": [1]}, "attendance"),
        ("visit", {"visit_kind": "reception", "contact": "138"}, "contact"),
        ("visit", {"visit_kind": "reception", "contact": ["138"]}, "contact"),
        ("visit", {"visit_kind": "reception", "attachments": "a.jpg"}, "attachments"),
        ("visit", {"visit_kind": "reception", "attachments": [7]}, "attachments"),
        ("issue", {"words": 7, "encounter": {"anonymous": True}}, "words"),
        ("issue", {"words": "a", "encounter": ["甲"]}, "encounter"),
        ("deputy", {"name": "\ud800"}, "name"),
    ],
)
def test_a_field_of_another_form_is_refused_and_named(workspace: Workspace, kind: str, entry: dict[str, Any], field: str) -> None:
    save(workspace, a_deputy(workspace, "代表甲"))
    error = refused(workspace, kind, **entry)
    assert (error.code, error.facts["field"]) == ("field_malformed", field)


@pytest.mark.parametrize("kind", ["suggestion", "station", "", "Visit"])
def test_only_some_kinds_are_entered_so(workspace: Workspace, kind: str) -> None:
    error = refused(workspace, kind, name="甲")
    assert (error.code, error.facts) == (
        "kind_not_entered",
        {"kind": kind, "known": ["bulletin", "campaign", "congress", "deputy", "issue", "project", "unit", "visit"]},
    )


# --- attachments ---------------------------------------------------------------------------------------------------------


def content_of(workspace: Workspace, sha256: str) -> bytes:
    pieces: list[bytes] = []
    write_attachment(workspace, sha256, pieces.append)
    return b"".join(pieces)


def test_an_attachment_comes_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    contents = {"空.txt": b"", "大.bin": bytes(range(256)) * 12_000, "小.txt": b"x"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    told(workspace, "deputy", tmp_path, name="甲", attachments=list(contents))
    for attachment in all_of(workspace, Attachment):
        content = contents[attachment.name]
        assert (attachment.size, attachment.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert content_of(workspace, attachment.sha256) == content
    assert {each.media_type for each in all_of(workspace, Attachment)} == {"text/plain", "application/octet-stream"}


def test_the_same_content_lies_in_the_workspace_once(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"the same")
    told(workspace, "deputy", tmp_path, name="甲", attachments=["a.txt", "b.txt"])
    told(workspace, "deputy", tmp_path, name="乙", attachments=["c.txt"])
    assert [each.name for each in all_of(workspace, Attachment)] == ["a.txt", "b.txt", "c.txt"]
    (kept,) = (workspace.folder / ATTACHMENTS).iterdir()
    with workspace.reading() as connection:
        assert connection.scalars(select(AttachmentFileRow.file)).all() == [kept.name]
    assert content_of(workspace, hashlib.sha256(b"the same").hexdigest()) == b"the same"


def test_a_missing_file_stops_the_entry_and_those_before_it_are_taken_back(workspace: Workspace, folder: Path) -> None:
    error = refused(workspace, "deputy", folder, name="甲", attachments=["照片.jpg", "没有.jpg"])
    assert (error.code, error.facts) == ("file_missing", {"path": str(folder / "没有.jpg")})


def test_a_folder_is_no_attachment(workspace: Workspace, folder: Path) -> None:
    (folder / "夹").mkdir()
    assert refused(workspace, "deputy", folder, name="甲", attachments=["夹"]).code == "folder_unusable"


def test_a_file_larger_than_a_package_may_carry_is_refused(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.use_cases.attachments.LARGEST", 100)
    error = refused(workspace, "deputy", folder, name="甲", attachments=["照片.jpg"])
    assert (error.code, error.facts["most"]) == ("attachment_large", 100)


def test_a_save_that_fails_takes_the_files_back(workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise Refused("cancelled")

    monkeypatch.setattr("app.storage.attachment_files.keep", fail)
    assert refused(workspace, "deputy", folder, name="甲", attachments=["照片.jpg"]).code == "cancelled"


def test_an_unknown_or_altered_attachment_is_told(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(Refused, match="attachment_missing"):
        content_of(workspace, "0" * 64)
    told(workspace, "deputy", folder, name="甲", attachments=["照片.jpg"])
    (attachment,) = all_of(workspace, Attachment)
    _swap(workspace, attachment.sha256, folder)
    with pytest.raises(AppError, match="attachment_damaged"):
        content_of(workspace, attachment.sha256)


def _swap(workspace: Workspace, sha256: Id, folder: Path) -> None:
    """Put the encrypted file of another content in the place of one."""
    told(workspace, "deputy", folder, name="乙", attachments=["记录.txt"])
    with workspace.reading() as connection:
        rows = connection.execute(select(AttachmentFileRow.sha256, AttachmentFileRow.file))
        files = {row.sha256: row.file for row in rows}
    place = workspace.folder / ATTACHMENTS
    (other,) = (name for digest, name in files.items() if digest != sha256)
    (place / files[sha256]).write_bytes((place / other).read_bytes())
