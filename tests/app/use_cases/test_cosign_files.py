"""Co-signing at another station by a file: asked here, read and signed there, taken in again; nothing altered, nothing twice."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.arrival import Verdict
from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import Answer, Stand
from app.domain.people import Deputy
from app.errors import AppError, Refused
from app.packages import cosign_file
from app.packages.cosign_file import Said, Way
from app.packages.faults import PackageFault
from app.use_cases.arrivals import look, receive, take_all
from app.use_cases.cosign_files import (
    Asked,
    Came,
    FileReply,
    answer_request,
    read_cosign_file,
    take_answer,
    write_request,
)
from app.use_cases.cosigning import record_answer
from app.use_cases.issues import take_back
from app.use_cases.suggestions import submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.cosigners import PIN, TEXT, TODAY, Drafted, a_drafted, give_pin, prepared, rewrite, signature
from tests.app.use_cases.problems import problems_of
from tests.builders import STATION_NAME, a_deputy, save, station

PAPER = FileReply(said=Said.SIGNED, way=Way.PAPER, on=TODAY)


@pytest.fixture
def drafted(workspace: Workspace) -> Drafted:
    return a_drafted(workspace)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Workspace]:
    """Another station, where nobody knows the first."""
    with station(tmp_path / "there", code="430181002-001", name="另一联络站") as opened:
        yield opened


@pytest.fixture
def asked_file(workspace: Workspace, drafted: Drafted, tmp_path: Path) -> Path:
    return write_request(workspace, drafted.id, drafted.deputies[0].id, tmp_path / "请联名.llzsign").path


def opened(there: Workspace, path: Path) -> Asked:
    read = read_cosign_file(there, path)
    assert isinstance(read, Asked)
    return read


def a_deputy_there(there: Workspace, drafted: Drafted, **told: object) -> Deputy:
    """The same deputy in the register of the other station, under another identifier."""
    known = drafted.deputies[0]
    made = a_deputy(there, known.name, deputy_card_no=known.deputy_card_no, **told)
    save(there, made)
    return made


def came_back(workspace: Workspace, path: Path) -> Came:
    read = read_cosign_file(workspace, path)
    assert isinstance(read, Came)
    return read


def taken(workspace: Workspace, path: Path) -> bool:
    """Take an answer in; whether it was new."""
    return take_answer(workspace, path.read_bytes()).done is not None


# --- there and back -------------------------------------------------------------------------------------------------


def test_a_deputy_signs_at_another_station_by_the_pin_they_have_there(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    operator = give_pin(there, a_deputy_there(there, drafted))
    asked = opened(there, asked_file)
    assert (asked.station, asked.lead, asked.deputy) == (STATION_NAME, "代表甲", "代表乙")
    assert (asked.subject, asked.text, asked.own, asked.answered_on) == ("关于修复东街路灯的建议", TEXT, False, None)
    assert [(each.operator, each.has_pin) for each in asked.here] == [(operator.id, True)]
    reply = FileReply(said=Said.SIGNED, way=Way.IN_PERSON, on=TODAY, operator=operator.id, words="同意")
    with pytest.raises(Refused, match="pin_wrong"):
        answer_request(there, asked, reply, "0001", tmp_path / "nie.llzsign")
    assert not (tmp_path / "nie.llzsign").exists()
    answer = answer_request(there, asked, reply, PIN, tmp_path / "答复.llzsign")
    assert opened(there, asked_file).answered_on == TODAY

    came = came_back(workspace, answer.path)
    assert (came.deputy, came.station, came.said, came.duplicate) == ("代表乙", "另一联络站", Said.SIGNED, False)
    assert came.digits == answer.digits
    assert taken(workspace, answer.path)
    row = prepared(workspace, drafted).signers[0]
    signed = row.signature
    assert (row.stand, signed.way, signed.signed_at, signed.answer) == (Stand.SIGNED, "in_person", "另一联络站", "同意")


def test_it_may_be_declined_or_written_down_from_paper(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    asked = opened(there, asked_file)
    assert asked.here == ()
    declined = answer_request(there, asked, replace(PAPER, said=Said.DECLINED, words="不了解"), "", tmp_path / "a.llzsign")
    done = take_answer(workspace, declined.path.read_bytes()).done
    assert done
    assert signature(workspace, drafted, 0).state == CosignatureState.DECLINED
    take_back(workspace, done)
    paper = answer_request(there, asked, PAPER, "", tmp_path / "b.llzsign")
    assert taken(workspace, paper.path)
    assert signature(workspace, drafted, 0).way == SigningWay.PAPER


# --- the same twice, another version, an altered file ---------------------------------------------------------------


def test_the_same_answer_twice_is_recognised(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "a.llzsign").path
    assert taken(workspace, answer)
    before = signature(workspace, drafted, 0)
    assert not taken(workspace, answer)
    assert came_back(workspace, answer).duplicate
    again = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "b.llzsign").path
    assert not taken(workspace, again)
    rewrite(workspace, drafted, "三、建议\n换了")
    assert came_back(workspace, answer).duplicate
    assert signature(workspace, drafted, 0) == before


def test_a_signature_for_another_version_of_the_text_is_refused(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "a.llzsign").path
    rewrite(workspace, drafted, "三、建议\n请换路灯")
    for deed in (lambda: read_cosign_file(workspace, answer), lambda: take_answer(workspace, answer.read_bytes())):
        with pytest.raises(Refused, match="cosign_other_words") as caught:
            deed()
        assert caught.value.facts["name"] == "代表乙"
    assert signature(workspace, drafted, 0).state == CosignatureState.ASKED
    second = write_request(workspace, drafted.id, drafted.deputies[0].id, tmp_path / "2.llzsign").path
    assert opened(there, second).text == "三、建议\n请换路灯"
    assert opened(there, second).answered_on is None
    assert taken(workspace, answer_request(there, opened(there, second), PAPER, "", tmp_path / "c.llzsign").path)


def test_an_answer_that_nobody_asked_for_is_refused(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "a.llzsign").path
    with pytest.raises(Refused, match="cosign_unknown"):
        read_cosign_file(there, answer)
    asked = cosign_file.read_file(asked_file.read_bytes())
    forged = cosign_file.sign_request(replace(asked, told="另"), workspace.identity().signing)  # type: ignore[arg-type]  # or none
    (tmp_path / "forged.llzsign").write_bytes(forged)
    other = answer_request(there, opened(there, tmp_path / "forged.llzsign"), PAPER, "", tmp_path / "b.llzsign").path
    with pytest.raises(Refused, match="cosign_unasked"):
        read_cosign_file(workspace, other)
    assert signature(workspace, drafted, 0).state == CosignatureState.ASKED


def test_who_has_answered_otherwise_meanwhile_is_asked_by_people(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "a.llzsign").path
    record_answer(workspace, signature(workspace, drafted, 0).id, Answer(state=CosignatureState.DECLINED, on=TODAY))
    with pytest.raises(Refused, match="cosign_said_otherwise"):
        take_answer(workspace, answer.read_bytes())


def test_after_submission_an_answer_comes_too_late(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "a.llzsign").path
    submit_suggestion(workspace, drafted.id)
    with pytest.raises(Refused, match="text_frozen"):
        take_answer(workspace, answer.read_bytes())
    with pytest.raises(Refused, match="text_frozen"):
        write_request(workspace, drafted.id, drafted.deputies[0].id, tmp_path / "late.llzsign")
    assert not (tmp_path / "late.llzsign").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_file_altered_anywhere_is_refused(
    workspace: Workspace, drafted: Drafted, asked_file: Path, place: float, flip: int
) -> None:
    content = bytearray(asked_file.read_bytes())
    content[int(place * len(content))] ^= flip
    with pytest.raises(PackageFault):
        cosign_file.read_file(bytes(content))


def test_what_is_signed_over_other_words_than_its_digest_is_refused(workspace: Workspace, asked_file: Path) -> None:
    asked = cosign_file.read_file(asked_file.read_bytes())
    for altered in ({"text": "另一段话"}, {"subject": "另"}, {"digest": "0" * 64}, {"format": "llz-cosign/2"}):
        with pytest.raises(PackageFault):
            cosign_file.sign_request(replace(asked, **altered), workspace.identity().signing)  # type: ignore[arg-type]  # or none


def test_a_key_of_another_seat_proves_nothing(there: Workspace, asked_file: Path) -> None:
    asked = cosign_file.read_file(asked_file.read_bytes())
    with pytest.raises(PackageFault):
        cosign_file.sign_request(asked, there.identity().signing)  # type: ignore[arg-type]  # or none


def test_a_member_more_is_refused(asked_file: Path) -> None:
    outer = json.loads(asked_file.read_bytes())
    inner = json.loads(base64.b64decode(outer["payload"]))
    inner["more"] = 1
    outer["payload"] = base64.b64encode(json.dumps(inner).encode()).decode()
    with pytest.raises(PackageFault):
        cosign_file.read_file(json.dumps(outer, separators=(",", ":"), sort_keys=True).encode())


# --- who may sign there -----------------------------------------------------------------------------------------------


def test_another_deputy_signs_for_nobody(there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path) -> None:
    stranger = a_deputy(there, "代表戊")
    save(there, stranger)
    operator = give_pin(there, stranger)
    namesake = a_deputy(there, drafted.deputies[0].name, deputy_card_no="C-别人")
    save(there, namesake)
    give_pin(there, namesake)
    asked = opened(there, asked_file)
    assert asked.here == ()
    reply = FileReply(said=Said.SIGNED, way=Way.IN_PERSON, on=TODAY, operator=operator.id)
    with pytest.raises(Refused, match="cosign_other_deputy"):
        answer_request(there, asked, reply, PIN, tmp_path / "a.llzsign")


def test_who_has_left_by_what_is_known_there_cannot_sign(
    there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    a_deputy_there(there, drafted, ended_on=date(2026, 9, 1))
    asked = opened(there, asked_file)
    assert asked.ended
    with pytest.raises(AppError) as caught:
        answer_request(there, asked, PAPER, "", tmp_path / "a.llzsign")
    assert problems_of(caught.value) == [("signer_ended", "signer")]
    answer_request(there, asked, replace(PAPER, said=Said.DECLINED), "", tmp_path / "b.llzsign")


def test_the_station_that_asked_knows_its_own_request(workspace: Workspace, asked_file: Path) -> None:
    asked = opened(workspace, asked_file)
    assert asked.own
    assert asked.made == datetime.fromisoformat("2026-11-21T01:00:00+00:00")


# --- by the one way of everything that is brought ---------------------------------------------------------------------------


def test_a_request_that_is_brought_asks_for_its_answer_and_is_not_taken_in(there: Workspace, asked_file: Path) -> None:
    (seen,) = look(there, [asked_file])
    assert (seen.what, seen.verdict, seen.digits) == ("cosign_request", Verdict.ASKS, opened(there, asked_file).digits)
    assert take_all(there, [seen]).outcomes == ()
    with pytest.raises(Refused, match="cosign_to_answer"):
        receive(there, asked_file)


def test_an_answer_that_is_brought_is_told_first_taken_in_once_and_can_be_undone(
    workspace: Workspace, there: Workspace, drafted: Drafted, asked_file: Path, tmp_path: Path
) -> None:
    answer = answer_request(there, opened(there, asked_file), PAPER, "", tmp_path / "无名文件").path
    (seen,) = look(workspace, [answer])
    assert (seen.what, seen.verdict, seen.name, seen.signed) == ("cosign_answer", Verdict.NEW, drafted.deputies[0].name, True)
    assert signature(workspace, drafted, 0).state == CosignatureState.ASKED
    (outcome,) = take_all(workspace, [seen]).outcomes
    assert outcome.taken
    assert signature(workspace, drafted, 0).state == CosignatureState.SIGNED
    assert receive(workspace, answer).verdict == "duplicate"
    undo_last(workspace, outcome.taken.undoable)
    assert signature(workspace, drafted, 0).state == CosignatureState.ASKED
    assert not came_back(workspace, answer).duplicate
    assert taken(workspace, answer)  # by mistake taken back: the same file serves once more
    assert signature(workspace, drafted, 0).state == CosignatureState.SIGNED
