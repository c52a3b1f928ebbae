"""Stars and awards on a station: rated again and again, given to several, put right, taken back, listed, printed, saved."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.award import Award, AwardType, Stars
from app.domain.life import SuggestionState
from app.domain.papers import ALWAYS, PaperName, Span
from app.domain.people import Deputy, Operator, Role
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Entry, Note
from app.domain.unit import Unit
from app.domain.values import Id
from app.errors import Refused
from app.queries.award_ledger import award_ledger
from app.queries.awards import CONFIDENTIAL, AwardsWanted, award_to_correct, award_years, awards, awards_of
from app.queries.record import record_of
from app.queries.suggestion_handling import handling_card
from app.queries.suggestion_list import Narrowing, SuggestionGroup, suggestion_list
from app.use_cases.awards import KeptAward, correct_award, give_award, new_award, remove_award, unsaved_award
from app.use_cases.drafts import keep_draft
from app.use_cases.issues import take_back
from app.use_cases.ledger_table import save_ledger
from app.use_cases.papers import Asked, print_paper
from app.use_cases.suggestion_steps import decide_together, take_step
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, save

TODAY = date(2026, 11, 21)


@pytest.fixture
def lead(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "代表甲")
    save(workspace, made)
    return made


def handled(workspace: Workspace, lead: Deputy, subject: str = "关于路灯的建议", **told: object) -> Id:
    usual = {"subject": subject, "state": SuggestionState.HANDLING, "submitted_on": date(2026, 1, 5), "lead_deputy": lead.id}
    made = Suggestion(id=workspace.clock.new_id(), **{**usual, **told})  # type: ignore[arg-type]  # what each test says of it
    save(workspace, made)
    return made.id


def rate(workspace: Workspace, id: Id, stars: Stars, on: date, **told: str) -> None:
    take_step(workspace, id, Note.RATE, Entry(on=on, by="联络员", words="群众关切", fields={"stars": stars, **told}))


def with_stars(workspace: Workspace, stars: str) -> list[str]:
    return [row.title for row in suggestion_list(workspace, SuggestionGroup.ALL, Narrowing(stars=stars)).rows]


def honour(workspace: Workspace, award_type: AwardType = AwardType.DEPUTY, **told: object) -> Award:
    usual = {"award_type": award_type, "year": 2026, "on": TODAY, "issuer": "区人大常委会"}
    return Award(id=workspace.clock.new_id(), **{**usual, **told})  # type: ignore[arg-type]  # as above


def test_a_new_rating_holds_and_the_one_before_stays(workspace: Workspace, lead: Deputy) -> None:
    id = handled(workspace, lead)
    rate(workspace, id, Stars.TWO, date(2026, 3, 1), duties="每季度通报")
    rate(workspace, id, Stars.FOUR, date(2026, 6, 1), issuer="代表工作委员会")
    told = [(line.code, line.on, line.who) for line in handling_card(workspace, id).timeline]
    assert told == [
        (Note.RATE, date(2026, 3, 1), "联络员"),
        (Note.RATE, date(2026, 6, 1), "代表工作委员会　联络员"),
    ]
    assert [(row.award.stars, row.holds) for row in awards_of(workspace, id)] == [(Stars.FOUR, True), (Stars.TWO, False)]
    assert (with_stars(workspace, "4"), with_stars(workspace, "2")) == (["关于路灯的建议"], [])
    assert awards(workspace, AwardsWanted(holding=True)).total == 1
    assert record_of(workspace, Suggestion, id).state == SuggestionState.HANDLING
    undo_last(workspace, id)
    assert (with_stars(workspace, "4"), with_stars(workspace, "2")) == ([], ["关于路灯的建议"])


def test_who_rates_says_why_and_how_many(workspace: Workspace, lead: Deputy) -> None:
    id = handled(workspace, lead)
    with pytest.raises(Refused) as caught:
        take_step(workspace, id, Note.RATE, Entry(on=TODAY))
    assert set(problems_of(caught.value)) == {("step_words_missing", "words"), ("stars_missing", "stars")}
    draft = handled(workspace, lead, state=SuggestionState.DRAFT, submitted_on=None)
    with pytest.raises(Refused) as caught:
        rate(workspace, draft, Stars.ONE, TODAY)
    assert caught.value.code == "note_unfit"


def test_one_meeting_awards_several_suggestions_at_once(workspace: Workspace, lead: Deputy) -> None:
    ids = [handled(workspace, lead, subject) for subject in ("甲", "乙")]
    done = decide_together(workspace, ids, Note.AWARD, Entry(on=TODAY, fields={"award_year": 2026, "issuer": "区人大常委会"}))
    assert {(row.word, row.recipient.title, row.recipient.lead) for row in awards(workspace).rows} == {
        ("优秀建议", "甲", "代表甲"),
        ("优秀建议", "乙", "代表甲"),
    }
    assert {row.recipient.id for row in awards_of(workspace, lead.id)} == set(ids), "a deputy is told of what they led"
    take_back(workspace, done.done)
    assert awards(workspace).total == 0


def test_one_award_of_several_is_one_deed(workspace: Workspace, lead: Deputy) -> None:
    other, unit = a_deputy(workspace, "代表乙"), Unit(id=workspace.clock.new_id(), name="交通局")
    save(workspace, other, unit)
    done = give_award(workspace, honour(workspace), [lead.id, other.id, lead.id])
    assert {row.recipient.title for row in awards(workspace).rows} == {"代表甲", "代表乙"}
    with pytest.raises(Refused) as caught:
        give_award(workspace, honour(workspace), [lead.id, unit.id])
    assert {code for code, _field in problems_of(caught.value)} == {"award_unfit"}
    with pytest.raises(Refused) as caught:
        give_award(workspace, honour(workspace, year=0, issuer=""), [])
    assert {code for code, _field in problems_of(caught.value)} == {
        "award_recipient_missing",
        "award_year_missing",
        "issuer_missing",
    }
    undo_last(workspace, done.id)
    assert awards(workspace).total == 0


def test_an_award_is_put_right_or_removed_and_comes_back(workspace: Workspace, lead: Deputy) -> None:
    id = give_award(workspace, honour(workspace), [lead.id]).id
    stands, heads = award_to_correct(workspace, id)
    correct_award(workspace, Award(id=id, of=stands.of, award_type=stands.award_type, year=2025, issuer="省人大常委会"), heads)
    assert award_years(workspace) == (2025,)
    with pytest.raises(Refused) as caught:
        correct_award(workspace, stands, heads)
    assert caught.value.code == "stale"
    remove_award(workspace, id)
    assert awards(workspace).total == 0
    undo_last(workspace, id)
    assert [row.award.issuer for row in awards(workspace).rows] == ["省人大常委会"]


def test_what_is_typed_is_kept_until_it_is_saved(workspace: Workspace, lead: Deputy) -> None:
    award = honour(workspace, name="履职标兵")
    keep_draft(workspace, "award:new", "award", KeptAward(award=award, recipients=(lead.id,)).told())
    assert unsaved_award(workspace) == KeptAward(award=award, recipients=(lead.id,))
    give_award(workspace, award, [lead.id])
    assert unsaved_award(workspace) is None
    assert new_award(workspace).year == 2026


def test_a_secret_deputy_is_named_nowhere(workspace: Workspace, lead: Deputy, tmp_path: Path) -> None:
    id = handled(workspace, lead, confidential_identity=True)
    rate(workspace, id, Stars.ONE, TODAY, duties="请与代表甲联系")
    (row,) = awards(workspace).rows
    assert row.recipient.lead == CONFIDENTIAL
    (line,) = award_ledger(workspace, ALWAYS).lines
    assert "代表甲" not in str(line)
    path = tmp_path / "名单.xlsx"
    assert save_ledger(workspace, PaperName.AWARD_LEDGER, ALWAYS, path).records == 1
    assert "代表甲" not in str([cell.value for cell in load_workbook(path).worksheets[0][2]])


def test_the_list_is_of_a_period_and_is_printed(workspace: Workspace, lead: Deputy) -> None:
    give_award(workspace, honour(workspace, year=2025, on=None), [lead.id])
    give_award(workspace, honour(workspace), [lead.id])
    assert [each.year for each in award_ledger(workspace, ALWAYS).lines] == ["2026", "2025"]
    year = Span(first=date(2025, 1, 1), last=date(2025, 12, 31))
    assert [each.year for each in award_ledger(workspace, year).lines] == ["2025"]
    assert print_paper(workspace, Asked(name=PaperName.AWARD_LEDGER, span=year)).records == 1


def test_who_is_confined_to_their_own_sees_no_other_suggestions_stars(workspace: Workspace, lead: Deputy) -> None:
    other, unit = a_deputy(workspace, "代表乙"), Unit(id=workspace.clock.new_id(), name="交通局")
    head = Operator(id=workspace.clock.new_id(), name="站长", roles=(Role.STATION_HEAD,))
    own = Operator(id=workspace.clock.new_id(), name="代表甲", roles=(Role.DEPUTY,), deputy=lead.id)
    save(workspace, other, unit)
    for deputy, subject in ((lead, "自己的"), (other, "别人的")):
        rate(workspace, handled(workspace, deputy, subject), Stars.ONE, TODAY)
    give_award(workspace, honour(workspace, AwardType.UNIT), [unit.id])
    save(workspace, head, own)
    seen = {row.recipient.title for row in awards(workspace.acting_as(own.id)).rows}
    assert seen == {"自己的", "交通局"}
