"""Deputies asked and answering: on paper with a scan, by a PIN of their own, asked again after a change, struck and named."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.changes import Changes
from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import Answer, Invitation, Stand
from app.domain.life import SuggestionState
from app.domain.review import TalkWay
from app.domain.suggestion import digest_of_text
from app.errors import Refused
from app.messages import explain
from app.queries.attachments import attachments_of
from app.queries.record import history
from app.queries.suggestion_card import suggestion_sheet
from app.queries.suggestion_signing import invitable
from app.use_cases.attachment_desk import Offered
from app.use_cases.cosigning import (
    ask_again,
    digest_now,
    invite,
    record_answer,
    sign_in_person,
    strike_ended,
    tell_lead,
)
from app.use_cases.issues import take_back
from app.use_cases.roster import end_mandate
from app.use_cases.suggestions import amend_suggestion, submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.cosigners import (
    PIN,
    TODAY,
    Drafted,
    a_drafted,
    a_scan,
    ask_all,
    give_pin,
    prepared,
    rewrite,
    sign_on_paper,
    signature,
    words,
)
from tests.app.use_cases.problems import problems_of
from tests.builders import StationHome, save

PHONED = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.PHONE, words="同意")


def stands(workspace: Workspace, drafted: Drafted) -> list[Stand]:
    return [each.stand for each in prepared(workspace, drafted).signers]


# --- asked ----------------------------------------------------------------------------------------------------------


def test_several_are_asked_at_once_and_nobody_twice(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    second, third, fourth = (each.id for each in drafted.deputies)
    done = invite(workspace, drafted.id, [second, third, second], Invitation(way=TalkWay.PHONE, told="请看正文"))
    assert Changes.SUGGESTIONS in done.changes
    assert words(workspace, drafted).state == SuggestionState.COSIGNING
    invite(workspace, drafted.id, [third, fourth], Invitation())
    rows = prepared(workspace, drafted).signers
    assert [(each.name, each.signature.order) for each in rows] == [("代表乙", 1), ("代表丙", 2), ("代表丁", 3)]
    first = rows[0].signature
    assert (first.asked_on, first.asked_way, first.told, first.state) == (TODAY, TalkWay.PHONE, "请看正文", "asked")
    assert [(each.name, each.here) for each in invitable(workspace, drafted.id)] == [
        ("代表乙", True),
        ("代表丙", True),
        ("代表丁", True),
    ]


def test_an_invitation_is_taken_back_whole(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    done = invite(workspace, drafted.id, [each.id for each in drafted.deputies], Invitation())
    take_back(workspace, done)
    assert prepared(workspace, drafted).signers == ()
    assert words(workspace, drafted).state == SuggestionState.DRAFT
    ask_all(workspace, drafted)
    undo_last(workspace, drafted.id)
    assert prepared(workspace, drafted).signers == ()


def test_whose_mandate_has_ended_is_not_asked_and_it_is_said_since_when(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    save(workspace, replace(drafted.deputies[0], ended_on=date(2026, 10, 1)))
    save(workspace, replace(drafted.term, ended_on=date(2026, 11, 1)))
    with pytest.raises(Refused) as caught:
        ask_all(workspace, drafted)
    told = [(each.code, each.facts["name"], each.facts["since"]) for each in caught.value.facts["problems"]]  # type: ignore[attr-defined]  # facts
    assert told == [
        ("signer_ended", "代表乙", date(2026, 10, 1)),
        ("signer_ended", "代表丙", date(2026, 11, 1)),
        ("signer_ended", "代表丁", date(2026, 11, 1)),
    ]
    assert prepared(workspace, drafted).signers == ()
    assert invitable(workspace, drafted.id) == ()


# --- answered -------------------------------------------------------------------------------------------------------


def test_a_signature_on_paper_brings_its_scan(workspace: Workspace, tmp_path: Path) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    asked = signature(workspace, drafted, 0)
    answer = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.PAPER)
    done = record_answer(workspace, asked.id, answer, files=[Offered.at(a_scan(tmp_path))])
    assert done.attached
    assert len(done.attached.added) == 1
    row = prepared(workspace, drafted).signers[0]
    assert (row.stand, row.files, row.signature.text_digest) == (Stand.SIGNED, 1, digest_now(workspace, drafted.id))
    assert [each.name for each in attachments_of(workspace, asked.id)] == ["签名页.png"]


def test_answers_by_telephone_refusals_and_leaving_are_written_down(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    ids = [signature(workspace, drafted, number).id for number in range(3)]
    record_answer(workspace, ids[0], PHONED)
    record_answer(workspace, ids[1], Answer(state=CosignatureState.DECLINED, on=TODAY, words="不了解情况"))
    record_answer(workspace, ids[2], PHONED)
    record_answer(workspace, ids[2], Answer(state=CosignatureState.WITHDRAWN, on=TODAY))
    assert stands(workspace, drafted) == [Stand.SIGNED, Stand.DECLINED, Stand.WITHDRAWN]
    assert signature(workspace, drafted, 1).answer == "不了解情况"
    assert signature(workspace, drafted, 2).text_digest == ""


def test_a_deputy_signs_in_person_by_the_pin_of_their_own(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    operator = give_pin(workspace, drafted.deputies[0])
    asked = signature(workspace, drafted, 0)
    read = digest_now(workspace, drafted.id)
    with pytest.raises(Refused, match="pin_wrong"):
        sign_in_person(workspace, asked.id, "0001", read=read)
    assert signature(workspace, drafted, 0) == asked
    sign_in_person(workspace, asked.id, PIN, read=read)
    signed = signature(workspace, drafted, 0)
    assert (signed.state, signed.way, signed.signed_on, signed.text_digest) == ("signed", "in_person", TODAY, read)
    events = [each for each in history(workspace, asked.id) if each.event == "cosigned"]
    assert [each.fields["operator"][1] for each in events] == [operator.id]


def test_wrong_pins_are_counted_as_at_the_sign_in(workspace: Workspace, home: StationHome) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    give_pin(workspace, drafted.deputies[0])
    asked, read = signature(workspace, drafted, 0), digest_now(workspace, drafted.id)
    for _try in range(3):
        with pytest.raises(Refused, match="pin_wrong"):
            sign_in_person(workspace, asked.id, "0001", read=read)
    with pytest.raises(Refused, match="pin_wait"):
        sign_in_person(workspace, asked.id, PIN, read=read)
    home.wall.pass_by(timedelta(minutes=1))
    sign_in_person(workspace, asked.id, PIN, read=read)
    assert stands(workspace, drafted)[0] is Stand.SIGNED
    record_answer(workspace, asked.id, Answer(state=CosignatureState.WITHDRAWN, on=TODAY))
    with pytest.raises(Refused, match="pin_wrong"):  # counted from the beginning again
        sign_in_person(workspace, asked.id, "0001", read=read)
    sign_in_person(workspace, asked.id, PIN, read=read)


def test_nobody_signs_for_a_deputy_who_has_a_pin_here_nor_without_one(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    give_pin(workspace, drafted.deputies[0])
    in_person = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.IN_PERSON)
    with pytest.raises(Refused, match="signer_pin_needed"):
        record_answer(workspace, signature(workspace, drafted, 0).id, in_person)
    with pytest.raises(Refused, match="signer_no_pin"):
        sign_in_person(workspace, signature(workspace, drafted, 1).id, PIN, read=digest_now(workspace, drafted.id))
    record_answer(workspace, signature(workspace, drafted, 1).id, in_person)
    assert stands(workspace, drafted)[:2] == [Stand.ASKED, Stand.SIGNED]


def test_other_words_than_those_shown_are_not_signed(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    give_pin(workspace, drafted.deputies[0])
    read = digest_now(workspace, drafted.id)
    rewrite(workspace, drafted, "三、建议\n另一段话")
    with pytest.raises(Refused) as caught:
        sign_in_person(workspace, signature(workspace, drafted, 0).id, PIN, read=read)
    assert problems_of(caught.value) == [("words_changed", "state")]
    assert stands(workspace, drafted)[0] is Stand.ASKED


# --- a change of words ----------------------------------------------------------------------------------------------


def test_a_change_of_words_voids_and_one_deed_asks_all_of_them_again(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    for number in (0, 1):
        sign_on_paper(workspace, drafted, number)
    rewrite(workspace, drafted, "三、建议\n请换路灯")
    assert stands(workspace, drafted) == [Stand.OTHER_WORDS, Stand.OTHER_WORDS, Stand.ASKED]
    assert [each.name for each in prepared(workspace, drafted).to_ask_again] == ["代表乙", "代表丙"]
    ask_again(workspace, drafted.id, Invitation(way=TalkWay.MESSAGE, told="正文有改动"))
    assert stands(workspace, drafted) == [Stand.ASKED] * 3
    again = signature(workspace, drafted, 0)
    assert (again.told, again.signed_on, again.text_digest) == ("正文有改动", None, "")
    sign_on_paper(workspace, drafted, 0)
    assert stands(workspace, drafted)[0] is Stand.SIGNED


def test_words_that_are_written_back_stand_again(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    sign_on_paper(workspace, drafted, 0)
    before = words(workspace, drafted).text
    rewrite(workspace, drafted, "另")
    rewrite(workspace, drafted, before)
    assert stands(workspace, drafted)[0] is Stand.SIGNED
    assert ask_again(workspace, drafted.id, Invitation()).made == ()


# --- the mandate ------------------------------------------------------------------------------------------------------


def test_who_has_left_cannot_sign_and_the_message_says_since_when(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    asked = signature(workspace, drafted, 0)
    save(workspace, replace(drafted.term, ended_on=date(2026, 11, 20)))
    with pytest.raises(Refused) as caught:
        record_answer(workspace, asked.id, PHONED)
    assert problems_of(caught.value) == [("signer_ended", "signer")]
    assert "2026-11-20" in explain(caught.value)
    record_answer(workspace, asked.id, replace(PHONED, on=date(2026, 11, 19), way=SigningWay.PAPER))
    assert signature(workspace, drafted, 0).state == CosignatureState.SIGNED


def test_the_desk_lets_nobody_sign_who_has_left(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    save(workspace, replace(drafted.deputies[0], ended_on=date(2026, 11, 1)))
    sheet = suggestion_sheet(workspace, drafted.id)
    signed = (replace(sheet.signers[0], state=CosignatureState.SIGNED), *sheet.signers[1:])
    with pytest.raises(Refused) as caught:
        amend_suggestion(workspace, replace(sheet, signers=signed))
    assert problems_of(caught.value) == [("signer_ended", "signer")]


def test_one_who_leaves_later_is_struck_and_named_and_the_lead_is_told(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    sign_on_paper(workspace, drafted, 0)
    sign_on_paper(workspace, drafted, 1)
    end_mandate(workspace, drafted.deputies[0].id, TODAY, "工作调动")
    assert stands(workspace, drafted) == [Stand.STRUCK, Stand.SIGNED, Stand.ASKED]
    gone = signature(workspace, drafted, 0)
    assert (gone.struck_on, gone.struck_reason) == (TODAY, "工作调动")
    tell_lead(workspace, gone.id)
    assert signature(workspace, drafted, 0).lead_told_on == TODAY
    assert words(workspace, drafted).state == SuggestionState.COSIGNING


def test_whose_term_has_run_out_is_struck_when_somebody_says_so_or_with_the_submission(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    ask_all(workspace, drafted)
    sign_on_paper(workspace, drafted, 0)
    save(workspace, replace(drafted.deputies[0], ended_on=TODAY, ended_reason="任期届满"))
    assert stands(workspace, drafted)[0] is Stand.ENDED
    done = strike_ended(workspace, drafted.id)
    assert stands(workspace, drafted)[0] is Stand.STRUCK
    take_back(workspace, done)
    submit_suggestion(workspace, drafted.id)
    assert stands(workspace, drafted) == [Stand.STRUCK, Stand.ASKED, Stand.ASKED]
    assert signature(workspace, drafted, 0).struck_reason == "任期届满"


def test_after_submission_nobody_is_asked_or_answers(workspace: Workspace) -> None:
    drafted = a_drafted(workspace)
    invite(workspace, drafted.id, [drafted.deputies[0].id], Invitation())
    asked = signature(workspace, drafted, 0)
    submit_suggestion(workspace, drafted.id)
    for deed in (
        lambda: invite(workspace, drafted.id, [drafted.deputies[1].id], Invitation()),
        lambda: record_answer(workspace, asked.id, PHONED),
        lambda: ask_again(workspace, drafted.id, Invitation()),
        lambda: strike_ended(workspace, drafted.id),
    ):
        with pytest.raises(Refused, match="text_frozen"):
            deed()
    assert signature(workspace, drafted, 0) == asked
    assert digest_of_text(words(workspace, drafted)) == words(workspace, drafted).text_digest
